// A move of a case, outside: its form is kept on the phone, and comes back as it was where it is refused.
import { narrow } from "./narrow.mjs";
import { takeOver } from "./sent.mjs";

function begin(form) {
  form.addEventListener("refused", ({ detail }) => {
    begin(detail);
    globalThis.htmx?.process(detail);
  }, { once: true });
  // Once it stands there as it was left.
  takeOver(form).then(() => narrow(form));
}

begin(document.getElementById("move"));
