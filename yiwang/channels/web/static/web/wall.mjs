// The wall asks again and again, and writes what it hears into what is there already: for a month, nothing is added.
import { board } from "./wall_charts.mjs";
import { openGround } from "./wall_map.mjs";

const { body, documentElement: root } = document;
const LOOKS = ["auto", "day", "night"];
const [MORNING, EVENING] = [7, 19];
const WAIT = 20_000;
const said = document.getElementById("said");
const switched = document.getElementById("look");
const [date, time] = [document.getElementById("date"), document.getElementById("time")];
const days = new Intl.DateTimeFormat(root.lang, { dateStyle: "full" });
const hours = new Intl.DateTimeFormat(root.lang, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const charts = board();
const ground = await openGround(document.getElementById("map"));
let etag = "";
let room = "";
let heard = new Date();

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function rows(list, lines, { arriving = false } = {}) {
  const known = new Set([...list.children].map((row) => row.dataset.key));
  [...list.children].forEach((row, n) => {
    const line = lines[n];
    row.hidden = !line;
    if (!line) return;
    const isNew = arriving && known.size > 1 && !known.has(line.key);
    row.dataset.key = line.key;
    row.className = isNew ? `${line.kind} arrived` : (line.kind ?? "");
    row.querySelectorAll("[data-is]").forEach((part) => write(part, line[part.dataset.is] ?? ""));
  });
}

function numbers(news) {
  document.querySelectorAll("[data-figure]").forEach((figure) => {
    const value = news.figures[figure.dataset.figure];
    write(figure, String(value));
    figure.closest("div").classList.toggle("none", !value);
  });
  rows(document.getElementById("units"), news.units.map((one) => ({ ...one, key: one.name })));
  const listed = document.getElementById("listed");
  rows(listed, news.listed.map((one) => ({ ...one, key: one.number })));
  listed.closest("section").hidden = !news.listed.length;
  const spots = document.getElementById("spots");
  rows(spots, news.spots);
  spots.parentElement.hidden = !news.spots.length;
  // What takes room away from the map, or gives it back, moves what can be seen on it.
  const taken = `${Math.min(news.spots.length, spots.children.length)} ${news.listed.length}`;
  if (taken !== room) ground?.fit();
  room = taken;
  charts.show(news);
}

function put(news) {
  rows(document.getElementById("newest"), news.newest.map((one) => ({ ...one, key: one.number })), { arriving: true });
  numbers(news);
  ground?.show(news);
}

async function ask() {
  const known = etag ? { "If-None-Match": etag } : {};
  const answer = await fetch(body.dataset.now, {
    headers: known, cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(WAIT),
  });
  if (answer.type === "opaqueredirect" || answer.status === 404) return write(said, body.dataset.ended);
  if (answer.status !== 304) {
    if (!answer.ok) throw new Error(answer.status);
    put(await answer.json());
    etag = answer.headers.get("ETag") ?? "";
  }
  heard = new Date();
  write(said, "");
  body.dataset.heard = Number(body.dataset.heard ?? 0) + 1;
}

async function again() {
  try {
    await ask();
  } catch {
    // The line is cut: what is shown stays, and it is said of when it is.
    write(said, body.dataset.stale.replace("{}", hours.format(heard)));
  }
  setTimeout(again, Number(body.dataset.every));
}

const chosen = () => localStorage.getItem("wall-look") ?? "auto";

function dress() {
  const hour = new Date().getHours();
  const byHour = hour >= MORNING && hour < EVENING ? "day" : "night";
  const look = chosen() === "auto" ? byHour : chosen();
  write(switched, switched.dataset[chosen()]);
  if (root.dataset.look === look && body.dataset.dressed) return;
  root.dataset.look = look;
  body.dataset.dressed = "yes";
  charts.colours();
  ground?.colours();
}

function tick() {
  const now = new Date();
  write(date, days.format(now));
  write(time, hours.format(now));
  dress();
  setTimeout(tick, 1000);
}

switched.addEventListener("click", () => {
  localStorage.setItem("wall-look", LOOKS[(LOOKS.indexOf(chosen()) + 1) % LOOKS.length]);
  dress();
});
addEventListener("resize", () => {
  charts.colours();
  ground?.fit();
});

tick();
again();
