// Forms of whoever works outside: kept on the phone while they are written, and until the server says it has them.
import { forget, lay, recordOf } from "./kept.mjs";
import { of, put, takePosition } from "./position.mjs";
import { ahead, boxOf, laid, told } from "./shots.mjs";

// The page's own: what stands in a new page is right, not what stood in the one before.
const FRESH = new Set(["csrfmiddlewaretoken", "seen", "kept"]);
const HERE = new Set(["lat", "lon"]);

/** Take a form over. `waits` hears of a record that could not be sent for want of a line; `shown` of one restored. */
export async function takeOver(form, { waits = () => {}, restored = () => {}, moved = () => {} } = {}) {
  const record = await recordOf(form.dataset.keep);
  const changed = () => save(form, record);
  restore(form, record.fields);
  const where = () => of(form);
  const arrived = (here) => {
    moved(here);
    return changed();
  };
  const brought = (position) => {
    put(form, position);
    arrived(position);
  };
  form.querySelectorAll("[data-shots]").forEach((box) => boxOf(box, form, record, { changed, where, brought }));
  // The boxes show them already.
  if (Object.values(record.photos).some((shots) => shots.length)) form.querySelector("[data-kept-before]")?.remove();
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!form.dataset.sent) go(form, record, event.submitter, waits);
  });
  // What could not be sent goes as soon as there is a line again, while the page is open.
  addEventListener("online", () => record.waiting && form.isConnected && form.requestSubmit(record.by?.isConnected ? record.by : null));
  if (record.fields.length) {
    say(form, "kept");
    restored(record);
  }
  takePosition(form, arrived);
}

async function save(form, record) {
  if (form.dataset.sent) return;
  record.fields = fieldsOf(form);
  record.at = Date.now();
  // A position alone is nothing that anybody would miss.
  if (!isWritten(form, record)) await forget(record.name);
  else if (await lay(plain(record))) return say(form, "kept");
  say(form, "");
}

function isWritten(form, { photos }) {
  const typed = [...form.querySelectorAll("textarea, input[type=text], input[type=number]")];
  return Object.values(photos).some((shots) => shots.length) || typed.some(({ name, value }) => value && !HERE.has(name));
}

/** A record without what belongs to the page that is open. */
function plain({ name, fields, photos, at }) {
  const boxes = Object.entries(photos).map(([box, shots]) => [box, shots.map(laid)]);
  return { name, fields, photos: Object.fromEntries(boxes), at };
}

async function go(form, record, button, waits) {
  form.dataset.sent = "yes";
  record.fields = fieldsOf(form, button);
  record.by = button;
  await lay(plain(record));
  say(form, "sending");
  try {
    await went(form, record, await sendRecord(form, record));
  } catch (failed) {
    delete form.dataset.sent;
    record.waiting = !failed.words;
    say(form, record.waiting ? "noLine" : "", failed.words);
    if (record.waiting) waits(record);
  }
}

async function went(form, record, { address, page }) {
  if (address) {
    await forget(record.name);
    location.assign(address);
    return;
  }
  // Refused: the same form comes back and says why. What lies on the phone stays there.
  const again = new DOMParser().parseFromString(page, "text/html").getElementById(form.id);
  if (!again) throw refusal(form.dataset.failed);
  form.replaceWith(again);
  form.dispatchEvent(new CustomEvent("refused", { detail: again }));
  again.querySelector("[role=alert]:not([hidden])")?.scrollIntoView({ block: "center" });
}

/** Send a record: its photos first, then itself. Gives where to go on, or the page that says why it was refused. */
export async function sendRecord(form, record) {
  const body = new FormData();
  for (const [name, value] of record.fields) body.append(name, value);
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  for (const [box, photos] of Object.entries(record.photos)) {
    for (const photo of photos) {
      await ahead(form, form.dataset.files, photo);
      body.append(`${box}_sent`, told(photo));
    }
  }
  const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
  if (answer.redirected) throw refusal(form.dataset.signedOut);
  if (answer.ok && answer.headers.get("Content-Type").startsWith("application/json")) return answer.json();
  if (answer.status >= 500) throw refusal(form.dataset.failed);
  return { page: await answer.text() };
}

function refusal(words) {
  return Object.assign(new Error("refused"), { words });
}

function fieldsOf(form, button) {
  const written = [...new FormData(form, button)].filter(([, value]) => typeof value === "string");
  return written.filter(([name]) => name !== "csrfmiddlewaretoken");
}

function restore(form, fields) {
  if (!fields.length) return;
  for (const element of form.elements) {
    const { name, type } = element;
    if (!name || FRESH.has(name) || type === "file" || element.matches("button")) continue;
    const known = fields.filter(([one]) => one === name).map(([, value]) => value);
    if (type === "checkbox" || type === "radio") element.checked = known.includes(element.value);
    else if (known.length) element.value = known[0];
  }
}

/** What is the matter with the form's record, in words that stand in the form. */
function say(form, state, words = "") {
  const said = form.querySelector("[data-standing]");
  said.textContent = words || (state ? said.dataset[state] : "");
  said.hidden = !said.textContent;
  said.className = `standing-line ${words || state === "noLine" ? "warning" : ""}`;
}
