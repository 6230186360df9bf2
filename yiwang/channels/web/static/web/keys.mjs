// A desk by its keys: whatever names a key in data-key is pressed by it; j and k walk the rows, / goes to the search.
const writes = (element) => element.matches("textarea, select, [contenteditable], input:not([type=checkbox])");

function walk(step) {
  const rows = [...document.querySelectorAll("[data-row]")];
  const at = rows.findIndex((row) => row.closest("li, tr").classList.contains("chosen"));
  const to = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
  if (!to || rows[at] === to) return;
  choose(to);
  to.focus();
  if (to.hasAttribute("hx-get")) to.click();
}

function choose(row) {
  document.querySelectorAll("li.chosen, tr.chosen").forEach((one) => one.classList.remove("chosen"));
  row.closest("li, tr").classList.add("chosen");
}

function press(key) {
  const named = [...document.querySelectorAll("[data-key]")].filter((one) => one.dataset.key === key);
  // What is folded away, stands open for good, or has no room on a narrow page is pressed all the same where nothing
  // in sight has its key.
  const button = named.find((one) => one.checkVisibility())
    ?? named.find((one) => one.closest("details:not([open]), .standing, #show-keys"));
  if (!button) return false;
  button.click();
  if (button.matches("summary")) button.parentElement.querySelector("textarea, input:not([type=hidden])")?.focus();
  return true;
}

function answer(key) {
  const tick = document.querySelector(":is(li, tr).chosen input[type=checkbox]");
  if (key === "j" || key === "k") walk(key === "j" ? 1 : -1);
  else if (key === "/") document.querySelector("[data-search]")?.select();
  else if (key === "t" && tick) tick.click();
  else return press(key);
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || event.repeat) return;
  if (event.key === "Escape" && writes(event.target)) event.target.blur();
  if (writes(event.target) || document.querySelector("dialog[open]")) return;
  if (answer(event.key)) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-row]");
  if (row) choose(row);
  if (event.target.closest("#show-keys")) document.getElementById("keys").showModal();
});

// On a narrow screen the chosen case stands before the list; the list is first while none is chosen.
document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
  const beside = target.id === "chosen" && target.closest(".beside");
  if (!beside) return;
  beside.classList.add("named");
  if (matchMedia("(max-width: 60rem)").matches) beside.scrollIntoView();
});
