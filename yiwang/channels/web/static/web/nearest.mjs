// What lies nearest to the reader first, and back to the most pressing. The position stays in the browser.
import { metres, worded } from "./distance.mjs";

const order = document.querySelector("#order");
const turns = document.querySelector("#turns");
const CHOSEN = "yiwang.order";
let here = null;

function say(words) {
  const said = order.querySelector("[role=status]");
  said.textContent = words;
  said.hidden = !words;
}

function far(turn) {
  return turn.dataset.lon ? metres(here, { lon: Number(turn.dataset.lon), lat: Number(turn.dataset.lat) }) : Infinity;
}

/** What lies somewhere. Forms that are to be filled in stand above it, in a list of their own. */
function lines() {
  return [...turns.querySelectorAll("[data-row]")];
}

function arrange(compare) {
  const sorted = lines().sort(compare);
  sorted[0]?.parentElement.replaceChildren(...sorted);
}

/** Put the list that has come into the order that was chosen; the server sends the most pressing first. */
function sort() {
  if (!here) return;
  const away = new Map(lines().map((turn) => [turn, far(turn)]));
  for (const [turn, metres] of away) {
    turn.querySelector(".away").textContent = Number.isFinite(metres) ? worded(metres, order.dataset) : "";
  }
  if (chosen() === "nearest") arrange((one, other) => away.get(one) - away.get(other) || 0);
}

function chosen() {
  return order.querySelector('[aria-pressed="true"]').dataset.order;
}

function choose(wanted) {
  order.querySelectorAll("[data-order]").forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.order === wanted)));
  sessionStorage.setItem(CHOSEN, wanted);
}

/** Remember the order in which the server has sent the list. */
function rank() {
  lines().forEach((turn, n) => (turn.dataset.rank = n));
}

function pressing() {
  arrange((one, other) => one.dataset.rank - other.dataset.rank);
}

function locate(then) {
  say(order.dataset.waiting);
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      say("");
      here = { lon: coords.longitude, lat: coords.latitude };
      then();
    },
    () => say(order.dataset.refused),
    { timeout: 15_000, maximumAge: 60_000 },
  );
}

function nearest() {
  locate(() => {
    choose("nearest");
    sort();
  });
}

if (navigator.geolocation && isSecureContext) {
  order.querySelector(".switch").hidden = false;
  order.addEventListener("click", ({ target }) => {
    if (target.dataset.order === "nearest") nearest();
    if (target.dataset.order === "pressing") {
      choose("pressing");
      pressing();
    }
  });
  rank();
  turns.addEventListener("polled", () => {
    rank();
    sort();
  });
  if (sessionStorage.getItem(CHOSEN) === "nearest") nearest();
}
