// What was typed before the session ended is filled into its form again; what the page writes itself stays as it is.
const { to, fields } = JSON.parse(document.querySelector("#unsent").textContent);
const names = new Set(fields.map(([name]) => name));
const answers = (form) => new URL(form.action, location.href).pathname === to;
const known = (form) => [...form.elements].filter((one) => names.has(one.name) && one.type !== "hidden").length;

const [form] = [...document.forms].filter(answers).sort((one, other) => known(other) - known(one));
if (form && known(form)) fill(form);
else document.querySelector("#unsent-list").open = true;

function fill(form) {
  for (const name of names) {
    const values = fields.filter(([one]) => one === name).map(([, value]) => value);
    const inputs = [...form.elements].filter((one) => one.name === name);
    inputs.forEach((input) => put(input, values));
  }
  for (let around = form.closest("details"); around; around = around.parentElement?.closest("details")) around.open = true;
  form.querySelector("textarea, input:not([type=hidden]), select")?.focus();
}

function put(input, values) {
  if (["hidden", "password", "file", "submit", "button"].includes(input.type)) return;
  if (["checkbox", "radio"].includes(input.type)) {
    input.checked = values.includes(input.value);
  } else if (input.multiple) {
    [...input.options].forEach((one) => (one.selected = values.includes(one.value)));
  } else {
    input.value = values.shift() ?? "";
  }
  input.dispatchEvent(new Event(input.matches("select") ? "change" : "input", { bubbles: true }));
}
