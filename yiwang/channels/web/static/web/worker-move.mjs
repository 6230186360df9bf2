// A move of a case, outside: its form is kept on the phone, and comes back as it was where it is refused.
import { takeOver } from "./sent.mjs";

function begin(form) {
  form.addEventListener("refused", ({ detail }) => {
    begin(detail);
    globalThis.htmx?.process(detail);
  }, { once: true });
  takeOver(form);
}

begin(document.getElementById("move"));
