// Each flaw has a number: in the list, and on the map.
import { colour, fit, openMap } from "./map.mjs";

const box = document.getElementById("map");
const shapes = JSON.parse(document.getElementById("shapes").textContent);
const { map, maplibre } = await openMap(box);

map.addSource("flaws", { type: "geojson", data: shapes });
map.addLayer({ id: "flaws", type: "fill", source: "flaws", paint: { "fill-color": colour("--late"), "fill-opacity": 0.35 } });
map.addLayer({ id: "edges", type: "line", source: "flaws", paint: { "line-color": colour("--late"), "line-width": 1.5 } });
fit(map, maplibre, shapes.features);

document.addEventListener("click", (event) => {
  const number = event.target.dataset?.flaw;
  if (number) fit(map, maplibre, [shapes.features[number - 1]]);
});
box.dataset.ready = "yes";
