// The wall's map: the ground, where much comes in, the open cases, and for a moment a ring around what is new.
import { colour, drawn, empty, fit, openMap } from "./map.mjs";
import { codes, legend } from "./mapped.mjs";
import { ground } from "./places.mjs";
import { points } from "./points.mjs";

const NEW_FOR = 10_000;
const spot = ([lon, lat, cases]) => ({
  type: "Feature",
  properties: { cases },
  geometry: { type: "Point", coordinates: [lon, lat] },
});

function layers(map) {
  map.addSource("hot", { type: "geojson", data: empty });
  map.addLayer({ id: "hot", type: "heatmap", source: "hot" });
  map.addSource("new", { type: "geojson", data: empty });
  map.addLayer({ id: "new", type: "circle", source: "new", paint: { "circle-color": "transparent" } });
}

/** The map, or nothing where it cannot be drawn; `show(news)` replaces what lies on it. */
export async function openGround(box) {
  const opened = await openMap(box, { still: true });
  if (!opened) return null;
  const { map, maplibre } = opened;
  const rem = () => parseFloat(getComputedStyle(document.documentElement).fontSize);
  const places = ground(box, opened, { follow: false });
  layers(map);
  const cases = points(box, opened, { size: (1.2 * rem()) / 16 });
  const areas = await places.show(codes(box.dataset.places));
  let known = null;
  let forgetting = 0;

  function refit() {
    map.resize();
    fit(map, maplibre, areas, { duration: 0, padding: 2 * rem() });
    places.write();
  }

  function colours() {
    map.setPaintProperty("paper", "background-color", colour("--map-ground"));
    places.colours();
    cases.colours();
    const ink = colour("--accent");
    map.setPaintProperty("hot", "heatmap-color", [
      "interpolate", ["linear"], ["heatmap-density"], 0, `${ink}00`, 0.2, `${ink}26`, 0.6, `${ink}80`, 1, `${ink}dd`,
    ]);
    map.setPaintProperty("hot", "heatmap-radius", 3.5 * rem());
    map.setPaintProperty("new", "circle-stroke-color", colour("--ink"));
    map.setPaintProperty("new", "circle-stroke-width", 0.25 * rem());
    map.setPaintProperty("new", "circle-radius", 1.5 * rem());
  }

  function ring(list) {
    const fresh = known ? list.filter(({ number }) => !known.has(number)) : [];
    known = new Set(list.map(({ number }) => number));
    if (!fresh.length) return;
    map.getSource("new").setData(drawn(box, { ...empty, features: fresh.map(({ lon, lat }) => spot([lon, lat])) }));
    clearTimeout(forgetting);
    forgetting = setTimeout(() => map.getSource("new").setData(empty), NEW_FOR);
  }

  function show({ hot, points: list }) {
    const most = Math.max(1, ...hot.map(([, , n]) => n));
    map.setPaintProperty("hot", "heatmap-weight", ["^", ["/", ["get", "cases"], most], 0.75]);
    map.getSource("hot").setData(drawn(box, { ...empty, features: hot.map(spot) }));
    cases.show(list);
    legend(box, list);
    ring(list);
  }

  colours();
  refit();
  // Whether all that came is drawn: what is still being cut into tiles holds a listener each until then.
  map.on("dataloading", () => (box.dataset.ready = "no"));
  map.on("idle", () => (box.dataset.ready = "yes"));
  box.dataset.ready = "yes";
  return { colours, fit: refit, show };
}
