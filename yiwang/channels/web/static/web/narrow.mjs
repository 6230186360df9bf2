// Above a long list a field that narrows it, by the keyboard too; without scripts the list is there whole.
const LONG = 12;

/** Take over the long lists of this part: selects marked `data-filtered`, and ticks. Words stand at `data-narrow`. */
export function narrow(part) {
  for (const list of part.querySelectorAll("select[data-filtered]")) if (list.options.length > LONG) once(list, chosenFrom);
  for (const list of part.querySelectorAll("fieldset")) if (ticks(list).length > LONG) once(list, tickedIn);
}

const ticks = (list) => [...list.querySelectorAll("input[type=checkbox]")];
const plain = (text) => text.trim().toLowerCase();

function once(list, narrowed) {
  const { dataset } = list.closest("[data-narrow]") ?? {};
  if (!dataset || list.dataset.narrowed) return;
  list.dataset.narrowed = "yes";
  const field = Object.assign(document.createElement("input"), {
    type: "search", className: "form-control", placeholder: dataset.narrow, autocomplete: "off",
  });
  const said = Object.assign(document.createElement("p"), { className: "soft narrow-said", hidden: true });
  field.dataset.filter = "";
  field.setAttribute("aria-label", dataset.narrow);
  said.setAttribute("role", "status");
  const { by, first, enter } = narrowed(list, [field, said], dataset);
  const type = () => by(plain(field.value));
  field.addEventListener("input", (event) => event.isComposing || type());
  field.addEventListener("compositionend", type);
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && field.value) event.stopPropagation();
    if (event.key !== "Enter" && event.key !== "ArrowDown") return;
    // Enter would send the form.
    event.preventDefault();
    if (event.key === "Enter") enter(field);
    else first()?.focus();
  });
}

function say(said, words) {
  said.textContent = words;
  said.hidden = !words;
}

/** A list of which one is chosen: what does not match is taken out of it. */
function chosenFrom(list, [field, said], words) {
  const all = [...list.children].map((part) => part.cloneNode(true));
  list.before(field, said);
  const by = (wanted) => {
    const chosen = list.value;
    const has = (option) => plain(`${option.parentElement.label ?? ""} ${option.textContent}`).includes(wanted) || option.value === wanted;
    list.replaceChildren(...all.map((part) => part.cloneNode(true)));
    for (const option of [...list.options]) if (!has(option)) option.remove();
    for (const group of list.querySelectorAll("optgroup")) if (!group.children.length) group.remove();
    if ([...list.options].some((option) => option.value === chosen)) list.value = chosen;
    say(said, list.options.length ? "" : words.nothing);
  };
  const enter = () => {
    const found = [...list.options].find((option) => option.value);
    if (!found) return;
    list.value = found.value;
    list.dispatchEvent(new Event("change", { bubbles: true }));
    list.focus();
  };
  return { by, enter, first: () => list };
}

/** Ticks: what does not match is hidden, but for what is ticked. */
function tickedIn(list, above, words) {
  const [field, said] = above;
  const lines = ticks(list).map((tick) => {
    const line = tick.closest("label");
    const group = line.closest(".unit")?.firstElementChild.textContent ?? "";
    return { tick, line, text: plain(`${group} ${line.textContent}`) };
  });
  const fitting = () => lines.filter(({ text }) => text.includes(plain(field.value))).map(({ tick }) => tick);
  const shown = () => lines.filter(({ line }) => !line.hidden).map(({ tick }) => tick);
  list.querySelector("legend").after(...above);

  const by = (wanted) => {
    for (const { tick, line, text } of lines) line.hidden = !text.includes(wanted) && !tick.checked;
    for (const group of list.querySelectorAll(".unit")) group.hidden = !group.querySelector("label:not([hidden])");
    const count = lines.filter(({ tick }) => tick.checked).length;
    say(said, [!fitting().length && words.nothing, count && words.ticked.replace("{}", count)].filter(Boolean).join(" "));
  };
  const enter = () => {
    if (!plain(field.value)) return;
    fitting().find((tick) => !tick.checked)?.click();
    field.select();
  };
  list.addEventListener("change", () => by(plain(field.value)));
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const at = shown().indexOf(event.target);
    if (!step || at < 0) return;
    event.preventDefault();
    (shown()[at + step] ?? (step < 0 ? field : event.target)).focus();
  });
  by("");
  return { by, enter, first: () => fitting()[0] };
}
