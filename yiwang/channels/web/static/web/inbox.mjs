// The chosen case on the map: its position, and the place around it.
import { colour, empty, fit, openMap, outline } from "./map.mjs";

const box = document.getElementById("map");
const side = document.getElementById("chosen");
let shown = null;

async function open() {
  const { map, maplibre } = await openMap(box);
  map.addSource("place", { type: "geojson", data: empty });
  map.addLayer({ id: "inside", type: "fill", source: "place", paint: { "fill-color": colour("--accent"), "fill-opacity": 0.06 } });
  map.addLayer({ id: "border", type: "line", source: "place", paint: { "line-color": colour("--accent"), "line-width": 1.5 } });
  return { map, maplibre, sign: new maplibre.Marker({ color: colour("--accent") }) };
}

async function show() {
  const { place, lon, lat } = side.querySelector("article")?.dataset ?? {};
  if (!box || !place) return;
  shown ??= open();
  const { map, maplibre, sign } = await shown;
  const features = (await outline(box, place)).features.slice(0, 1);
  const spot = lon ? [{ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: [Number(lon), Number(lat)] } }] : [];
  // Where nothing is drawn and nobody said where, there is nothing to look at.
  box.hidden = !features.length && !spot.length;
  map.getSource("place").setData({ ...empty, features });
  sign.remove();
  if (spot.length) sign.setLngLat(spot[0].geometry.coordinates).addTo(map);
  map.resize();
  fit(map, maplibre, [...features, ...spot]);
  box.dataset.ready = "yes";
}

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target === side) show();
});
await show();
