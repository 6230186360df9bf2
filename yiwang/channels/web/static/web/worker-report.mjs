// Report outside: photo, position and item by themselves; what has no line waits on the phone and goes later.
import { forget, lay, recordOf, startingWith } from "./kept.mjs";
import { sendRecord, takeOver } from "./sent.mjs";
import { laid } from "./shots.mjs";

const unsent = document.getElementById("unsent");
const PAUSE = 500;
let form = document.getElementById("report");
// The form as it came: a new report begins with it.
const blank = form.cloneNode(true);

// Where

async function settleWhere(here, places = []) {
  const asked = new URLSearchParams(here ?? {});
  places.filter(Boolean).forEach((code) => asked.append("place", code));
  try {
    const answer = await fetch(`${form.dataset.where}?${asked}`, { redirect: "error" });
    if (answer.ok) form.querySelector("#where").innerHTML = await answer.text();
  } catch {
    // No line: the position is kept, and the server finds the place when it has the report.
  }
}

function placesOf() {
  return [...form.querySelectorAll("[name=place]")].map((list) => list.value);
}

function positionOf() {
  const { lon, lat } = form.elements;
  return lon.value && lat.value ? { lon: lon.value, lat: lat.value } : null;
}

// What it is, and whether it may be settled here

function optionOf(code) {
  return code ? form.querySelector(`#item option[value="${CSS.escape(code)}"]`) : null;
}

function offerToSettle(option) {
  const spot = form.querySelector("#spot");
  const wanted = form.querySelector("#wanted");
  spot.hidden = option?.dataset.spot === undefined;
  if (spot.hidden) form.elements.settle.checked = false;
  else wanted.textContent = option.dataset.spot ? wanted.dataset.words.replace("{}", option.dataset.spot) : "";
}

async function propose() {
  const proposed = form.querySelector("#proposed");
  let option = optionOf(form.elements.item.value);
  if (!option) {
    option = optionOf(await recognised());
    proposed.textContent = option ? proposed.dataset.words.replace("{}", option.textContent) : proposed.dataset.unclear;
  }
  offerToSettle(option);
}

async function recognised() {
  const text = form.elements.text.value.trim();
  if (!text) return "";
  const body = new URLSearchParams({ text, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  placesOf().filter(Boolean).forEach((code) => body.append("place", code));
  try {
    const answer = await fetch(form.dataset.item, { method: "POST", body, redirect: "error" });
    return answer.ok ? (await answer.json()).item : "";
  } catch {
    return "";
  }
}

// The form on the page

async function begin() {
  let pause = 0;
  form.addEventListener("input", ({ target }) => {
    if (target.name !== "text") return;
    clearTimeout(pause);
    pause = setTimeout(propose, PAUSE);
  });
  form.addEventListener("change", ({ target }) => {
    if (target.name === "item") propose();
    if (target.name === "place") settleWhere(positionOf(), placesOf());
  });
  form.addEventListener("refused", ({ detail }) => {
    form = detail;
    begin();
  }, { once: true });
  await takeOver(form, {
    moved: (here) => settleWhere(here, placesOf()),
    restored: ({ fields }) => settleWhere(positionOf(), fields.filter(([name]) => name === "place").map(([, code]) => code)),
    waits: queued,
  });
  propose();
}

// Reports that wait for a line

async function queued(record) {
  const key = record.fields.find(([name]) => name === "key")?.[1];
  const kept = await lay({ ...record, by: undefined, waiting: true, name: `${form.dataset.keep}:${key}`, photos: plain(record) });
  // A browser that keeps nothing leaves the form as it is: it is sent by tapping again.
  if (!kept) return;
  await forget(record.name);
  const again = blank.cloneNode(true);
  again.elements.key.value = crypto.randomUUID();
  form.replaceWith(again);
  form = again;
  await begin();
  await list();
}

function plain({ photos }) {
  return Object.fromEntries(Object.entries(photos).map(([box, shots]) => [box, shots.map(laid)]));
}

async function waiting() {
  try {
    return await startingWith(`${form.dataset.keep}:`);
  } catch {
    return [];
  }
}

async function list() {
  const records = await waiting();
  unsent.hidden = !records.length;
  unsent.replaceChildren(...(records.length ? [heading(), ...records.map(line), sender()] : []));
}

function made(tag, className, text) {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

function heading() {
  return made("h2", "weui-cells__title", unsent.dataset.heading);
}

function line(record) {
  const cell = made("div", "weui-cell", "");
  const said = record.fields.find(([name]) => name === "text")?.[1] || optionOf(record.fields.find(([name]) => name === "item")?.[1])?.textContent || "—";
  const words = made("span", "weui-cell__bd", said);
  words.append(made("br", "", ""), made("span", "soft", `${new Date(record.at).toLocaleTimeString([], { timeStyle: "short" })} · ${unsent.dataset.photos.replace("{}", record.photos.before?.length ?? 0)}`));
  const drop = made("button", "plain", unsent.dataset.drop);
  drop.type = "button";
  drop.addEventListener("click", async () => {
    if (!confirm(unsent.dataset.really)) return;
    await forget(record.name);
    list();
  });
  cell.append(words, drop);
  return cell;
}

function sender() {
  const button = made("button", "weui-btn weui-btn_primary", unsent.dataset.send);
  button.type = "button";
  button.addEventListener("click", () => flush(button));
  return button;
}

let flushing = false;

/** Send what waits, one after the other; what is refused becomes the form again, which says why. */
async function flush(button) {
  if (flushing) return;
  flushing = true;
  if (button) button.disabled = true;
  for (const record of await waiting()) {
    const answer = await sendRecord(form, record).catch((failed) => failed);
    if (answer.address) await went(record, answer);
    else if (answer.page) await opened(record);
    else break;
  }
  flushing = false;
  list();
}

async function went(record, { address, number }) {
  await forget(record.name);
  const said = made("p", "note success", unsent.dataset.went.replace("{}", number));
  said.setAttribute("role", "status");
  said.append(" ", Object.assign(made("a", "", unsent.dataset.open), { href: address }));
  unsent.before(said);
}

/** What the server does not take as it is becomes the form, unless somebody is writing another. */
async function opened(record) {
  const now = await recordOf(form.dataset.keep);
  if (now.fields.length || Object.values(now.photos).some((shots) => shots.length)) return;
  await lay({ ...record, name: form.dataset.keep });
  await forget(record.name);
  location.reload();
}

addEventListener("online", () => flush());
await begin();
await list();
flush();
