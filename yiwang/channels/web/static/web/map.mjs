// One way to make a map: no base map, our own colours, the library's worker from our own address.
const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const empty = { type: "FeatureCollection", features: [] };

async function openMap(box) {
  const maplibre = await import(box.dataset.library);
  maplibre.setWorkerUrl(box.dataset.worker);
  const map = new maplibre.Map({
    container: box,
    style: { version: 8, sources: {}, layers: [{ id: "paper", type: "background", paint: { "background-color": colour("--map-ground") } }] },
    center: [104.5, 34.5],
    zoom: 3,
    attributionControl: false,
    locale: {
      "Map.Title": box.dataset.title,
      "Marker.Title": box.dataset.marker,
      "NavigationControl.ZoomIn": box.dataset.zoomIn,
      "NavigationControl.ZoomOut": box.dataset.zoomOut,
    },
  });
  map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  map.addControl(new maplibre.ScaleControl());
  await new Promise((done) => map.on("load", done));
  return { map, maplibre };
}

async function outline(box, code) {
  const answer = await fetch(box.dataset.outline.replace("CODE", code));
  return answer.ok ? answer.json() : empty;
}

function bounds(maplibre, features) {
  const found = new maplibre.LngLatBounds();
  const walk = (part) => (typeof part[0] === "number" ? found.extend(part) : part.forEach(walk));
  features.forEach((feature) => walk(feature.geometry.coordinates));
  return found;
}

function fit(map, maplibre, features) {
  const around = bounds(maplibre, features);
  if (!around.isEmpty()) map.fitBounds(around, { padding: 28, maxZoom: 18, duration: 400 });
}

export { colour, empty, fit, openMap, outline };
