// What others have changed meanwhile: the list is asked for again, and comes only when it is another one.
const EVERY = 10;

async function ask(box) {
  const known = box.dataset.etag ? { "If-None-Match": box.dataset.etag } : {};
  const answer = await fetch(box.dataset.poll, { headers: known, cache: "no-store", redirect: "error" });
  if (answer.status !== 200) return;
  const first = !box.dataset.etag;
  box.dataset.etag = answer.headers.get("ETag") ?? "";
  const html = await answer.text();
  // The page itself came a moment ago: what is ticked or focused is not disturbed for the mark alone.
  if (box.querySelector("[data-part]")) putParts(box, html);
  else if (!first || differs(box, html)) put(box, html);
}

function numbers(root) {
  return [...root.querySelectorAll("[data-number]")].map((row) => row.dataset.number + row.textContent).join();
}

function differs(box, html) {
  const other = document.createElement("template");
  other.innerHTML = html;
  return numbers(box) !== numbers(other.content);
}

function put(box, html) {
  const ticked = new Set([...box.querySelectorAll("input:checked")].map((one) => one.value));
  const chosen = box.querySelector(".chosen")?.dataset.number;
  const focused = box.contains(document.activeElement) && document.activeElement.closest("[data-number]")?.dataset.number;
  box.innerHTML = html;
  box.querySelectorAll("input[type=checkbox]").forEach((one) => (one.checked = ticked.has(one.value)));
  box.querySelector(`[data-number="${chosen}"]`)?.classList.add("chosen");
  if (focused) box.querySelector(`[data-number="${focused}"] [data-row]`)?.focus();
  globalThis.htmx?.process(box);
  box.dispatchEvent(new Event("polled"));
}

// Of a page on which somebody may be writing only the parts change that others can change.
function putParts(box, html) {
  const other = document.createElement("template");
  other.innerHTML = html;
  for (const part of other.content.querySelectorAll("[data-part]")) {
    const here = box.querySelector(`[data-part="${part.dataset.part}"]`);
    const focused = here.contains(document.activeElement) && document.activeElement.dataset.key;
    here.innerHTML = part.innerHTML;
    globalThis.htmx?.process(here);
    if (focused) here.querySelector(`[data-key="${focused}"]`)?.focus();
  }
  const said = box.querySelector("[data-changed]");
  if (said) said.hidden = false;
}

async function again(box) {
  try {
    if (!document.hidden) await ask(box);
  } catch {
    // The line is cut: what is shown stays, and the next question comes in its time.
  }
  setTimeout(again, pause(box), box);
}

function pause(box) {
  return Number(box.dataset.every ?? EVERY) * 1000;
}

document.querySelectorAll("[data-poll]").forEach((box) => setTimeout(again, "atOnce" in box.dataset ? 0 : pause(box), box));
