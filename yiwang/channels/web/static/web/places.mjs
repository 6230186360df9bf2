// The ground under everything: boundaries with their names, and what lies within as one comes nearer.
import { bounds, colour, empty, outline } from "./map.mjs";

const MOST_NAMES = 40;
const WIDE_ENOUGH = 90;

/** Draws places; `show(codes, around)` replaces what is drawn, and returns the features of the first ones. */
export function ground(box, { map, maplibre }, { follow = true } = {}) {
  const inner = ["!=", ["get", "outer"], true];
  map.addSource("ground", { type: "geojson", data: empty });
  map.addLayer({ id: "ground-areas", type: "fill", source: "ground", paint: { "fill-opacity": 0.04 } });
  map.addLayer({ id: "ground-lines", type: "line", source: "ground", filter: inner, paint: { "line-width": 1 } });
  map.addLayer({ id: "ground-outer", type: "line", source: "ground", filter: ["!", inner], paint: { "line-width": 2 } });
  const known = new Map();
  const asked = new Set();
  let names = [];

  function colours() {
    map.setPaintProperty("ground-areas", "fill-color", colour("--accent"));
    map.setPaintProperty("ground-lines", "line-color", colour("--map-line"));
    map.setPaintProperty("ground-outer", "line-color", colour("--accent"));
  }

  async function load(code, outer) {
    if (asked.has(code)) return;
    asked.add(code);
    for (const feature of (await outline(box, code)).features) {
      const place = feature.properties.code;
      if (!feature.geometry.type.endsWith("Polygon") || known.has(place)) continue;
      feature.properties.outer = outer && place === code;
      known.set(place, { feature, around: bounds(maplibre, [feature]) });
    }
  }

  function put() {
    map.getSource("ground").setData({ ...empty, features: [...known.values()].map(({ feature }) => feature) });
  }

  // Names as page elements: the map's own letters would need a font server. Only what is wide enough for one.
  function write() {
    names.forEach((name) => name.remove());
    const seen = map.getBounds();
    const fitting = [...known.values()].filter(({ feature, around }) => {
      const [west, east] = [map.project(around.getSouthWest()), map.project(around.getNorthEast())];
      const wide = east.x - west.x;
      const whole = wide > map.getContainer().clientWidth * 1.5;
      return wide > WIDE_ENOUGH && !whole && !feature.properties.outer && seen.contains(feature.properties.at);
    });
    const innermost = fitting.filter(({ feature }) => !fitting.some((one) => lies(one.feature, feature)));
    names = innermost.slice(0, MOST_NAMES).map(({ feature }) => {
      const element = document.createElement("div");
      element.className = "map-name";
      element.textContent = feature.properties.name;
      return new maplibre.Marker({ element }).setLngLat(feature.properties.at).addTo(map);
    });
  }

  const lies = (inside, outside) =>
    inside !== outside && inside.properties.code.startsWith(outside.properties.code);

  // Nearer than a place is wide, the places in it are fetched.
  async function nearer() {
    const middle = map.project(map.getCenter());
    const here = map.queryRenderedFeatures(middle, { layers: ["ground-areas"] }).map((one) => one.properties.code);
    const code = here.toSorted((one, other) => other.length - one.length)[0];
    // What is still drawn may be gone already, while the next ones are on their way.
    if (!known.has(code) || asked.has(code)) return;
    const around = known.get(code).around;
    const wide = map.project(around.getNorthEast()).x - map.project(around.getSouthWest()).x;
    if (wide < map.getContainer().clientWidth * 0.6) return;
    await load(code, false);
    put();
    write();
  }

  async function show(codes, around = []) {
    known.clear();
    asked.clear();
    const shown = codes.slice(0, MOST_NAMES);
    await Promise.all(shown.map((code) => load(code, shown.length === 1)));
    const features = [...known.values()].map(({ feature }) => feature);
    await Promise.all(around.map((code) => load(code, false)));
    put();
    write();
    return features;
  }

  colours();
  map.on("moveend", write);
  if (follow) map.on("idle", nearer);
  return { colours, show, write };
}
