// Every box `[data-map]` becomes a map when it comes into sight: the ground, points on it, and perhaps a picker.
//
// data-places: codes, parted by commas, that are drawn with what lies directly in them; data-around: others, which the
//   view need not hold.
// data-points: the id of a JSON script, or an address, with [{kind, lon, lat, label, href}] in WGS 84;
//   kind: late, soon, calm, done, photo, there or here.
// data-fit: "points" where the view is theirs alone. data-pick: a position can be chosen (see picker.mjs).
import { fit, openMap } from "./map.mjs";
import { picker } from "./picker.mjs";
import { ground } from "./places.mjs";
import { points } from "./points.mjs";

const begun = new WeakMap();

async function open(box) {
  const opened = await openMap(box);
  if (!opened) return null;
  const maps = { ...opened, ground: ground(box, opened), points: points(box, opened) };
  if ("pick" in box.dataset) maps.picker = picker(box, opened);
  return maps;
}

async function given(where) {
  if (!where) return [];
  const here = document.getElementById(where);
  if (here) return JSON.parse(here.textContent);
  const answer = await fetch(where);
  return answer.ok && !answer.redirected ? answer.json() : [];
}

export function legend(box, list) {
  const shown = new Set(list.filter(({ lon }) => lon !== null && lon !== undefined).map(({ kind }) => kind));
  box.closest("figure")?.querySelectorAll("[data-kind]").forEach((line) => (line.hidden = !shown.has(line.dataset.kind)));
}

/** Shows these points on these places (codes) in a box; what was shown in it before is replaced. */
export async function show(box, { list, places, around = [] }) {
  if (!begun.has(box)) begun.set(box, open(box));
  const maps = await begun.get(box);
  legend(box, list);
  if (!maps) return;
  const areas = await maps.ground.show(places, around);
  const spots = maps.points.show(list);
  const wanted = box.dataset.fit === "points" && spots.length ? spots : [...areas, ...spots];
  maps.map.resize();
  fit(maps.map, maps.maplibre, wanted, { maxZoom: 17, duration: 0 });
  box.dataset.ready = "yes";
}

export const codes = (listed) => (listed ?? "").split(",").filter(Boolean);

const watching = new IntersectionObserver((seen) => {
  for (const { isIntersecting, target } of seen) {
    if (!isIntersecting) continue;
    watching.unobserve(target);
    const { points: where, places, around } = target.dataset;
    given(where).then((list) => show(target, { list, places: codes(places), around: codes(around) }));
  }
});

// A box that says data-map="later" is shown by its page's own script.
const watch = (root) => root.querySelectorAll('[data-map]:not([data-map="later"])').forEach((box) => watching.observe(box));
watch(document);
document.addEventListener("htmx:afterSwap", (event) => watch(event.target));
