// Each flaw has a number: in the list, and on the map. Behind it lie the outlines of the places that it concerns.
import { colour, drawn, empty, fit, openMap, outline } from "./map.mjs";

const box = document.getElementById("map");

async function begin({ map, maplibre }) {
  const shapes = drawn(box, JSON.parse(document.getElementById("shapes").textContent));
  map.addSource("places", { type: "geojson", data: empty });
  map.addLayer({ id: "borders", type: "line", source: "places", paint: { "line-color": colour("--map-line"), "line-width": 1 } });
  map.addSource("flaws", { type: "geojson", data: shapes });
  map.addLayer({ id: "flaws", type: "fill", source: "flaws", paint: { "fill-color": colour("--late"), "fill-opacity": 0.35 } });
  map.addLayer({ id: "edges", type: "line", source: "flaws", paint: { "line-color": colour("--late"), "line-width": 1.5 } });

  async function draw(codes) {
    const parts = await Promise.all(codes.map((code) => outline(box, code)));
    const features = parts.flatMap((collection) => collection.features.slice(0, 1));
    map.getSource("places").setData({ ...empty, features });
    return features;
  }

  const ground = await draw(box.dataset.places.split(",").filter(Boolean).slice(0, 40));
  fit(map, maplibre, shapes.features.length ? shapes.features : ground);

  document.addEventListener("click", (event) => {
    const { flaw, places } = event.target.dataset ?? {};
    if (!flaw) return;
    document.querySelectorAll("tr.chosen").forEach((line) => line.classList.remove("chosen"));
    event.target.closest("tr").classList.add("chosen");
    fit(map, maplibre, [shapes.features[flaw - 1]]);
    draw(places.trim().split(" "));
  });
  box.dataset.ready = "yes";
}

const opened = await openMap(box);
if (opened) await begin(opened);
