// The tree opens and closes; choosing a place shows it and what lies in it on the map.
import { colour, empty, fit, openMap, outline } from "./map.mjs";

const box = document.getElementById("map");
const tree = document.getElementById("tree");
const AREA = ["in", ["geometry-type"], ["literal", ["Polygon", "MultiPolygon"]]];

tree.addEventListener("click", (event) => {
  if (!event.target.matches(".open")) return;
  const inside = event.target.closest("li").querySelector(":scope > ul");
  const opened = event.target.getAttribute("aria-expanded") === "true";
  event.target.setAttribute("aria-expanded", String(!opened));
  inside.hidden = opened;
});

function layers(map) {
  map.addSource("places", { type: "geojson", data: empty });
  map.addLayer({ id: "areas", type: "fill", source: "places", filter: AREA, paint: { "fill-color": colour("--accent"), "fill-opacity": 0.06 } });
  map.addLayer({ id: "borders", type: "line", source: "places", paint: { "line-color": colour("--map-line"), "line-width": ["case", AREA, 1, 6] } });
  map.addLayer({ id: "roads", type: "line", source: "places", filter: ["!", AREA], paint: { "line-color": colour("--paper"), "line-width": 4 } });
  map.addLayer({ id: "chosen", type: "line", source: "places", filter: ["==", ["get", "code"], ""], paint: { "line-color": colour("--accent"), "line-width": 2.5 } });
}

async function begin({ map, maplibre }) {
  let names = [];

  // Chinese names as page elements: the map's own letters would need a font server.
  function write(features, chosen) {
    names.forEach((name) => name.remove());
    // A road would write over the places it crosses; it is named when pointed at.
    const written = features.filter((feature) => feature.properties.code !== chosen && feature.geometry.type.endsWith("Polygon"));
    if (written.length > 60) return;
    names = written.map((feature) => {
      const element = document.createElement("div");
      element.className = "map-name";
      element.textContent = feature.properties.name;
      return new maplibre.Marker({ element }).setLngLat(feature.properties.at).addTo(map);
    });
  }

  function show(collection, chosen) {
    write(collection.features, chosen);
    map.getSource("places").setData(collection);
    map.setFilter("chosen", ["==", ["get", "code"], chosen ?? ""]);
    fit(map, maplibre, collection.features);
  }

  async function choose(code) {
    tree.querySelectorAll(".chosen").forEach((line) => line.classList.remove("chosen"));
    tree.querySelector(`li[data-code="${code}"] > .line`)?.classList.add("chosen");
    const collection = await outline(box, code);
    if (collection.features.length) show(collection, code);
  }

  layers(map);
  const label = new maplibre.Popup({ closeButton: false, closeOnClick: false });
  // Roads after areas: where both lie under the pointer, the road has the last word.
  for (const layer of ["areas", "roads"]) {
    map.on("mousemove", layer, (event) => {
      // The innermost place lies on top.
      label.setLngLat(event.lngLat).setText(event.features[0].properties.name).addTo(map);
    });
    map.on("mouseleave", layer, () => label.remove());
  }
  map.on("click", "areas", (event) => choose(event.features[0].properties.code));
  tree.addEventListener("click", (event) => {
    if (event.target.matches(".name")) choose(event.target.closest("li").dataset.code);
  });

  const drawn = box.dataset.places.split(",").filter(Boolean);
  const parts = await Promise.all(drawn.slice(0, 40).map((code) => outline(box, code)));
  if (parts.length === 1) show(parts[0], drawn[0]);
  else if (parts.length) show({ ...empty, features: parts.flatMap((part) => part.features.slice(0, 1)) });
  box.dataset.ready = "yes";
  return parts.length;
}

const opened = await openMap(box);
if (opened && (await begin(opened)) === 1) tree.querySelector(".open")?.click();
