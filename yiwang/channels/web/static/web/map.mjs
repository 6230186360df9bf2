// One way to make a map: the base map that the installation chose, our own colours, the library from our own address.
import { onto } from "./datum.mjs";

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const empty = { type: "FeatureCollection", features: [] };
const NIGHT = { "raster-brightness-max": 0.6, "raster-saturation": -0.5 };

function styled(box) {
  const base = JSON.parse(box.dataset.base);
  const dark = getComputedStyle(document.documentElement).colorScheme.includes("dark");
  const sources = base.layers.map((tiles, n) => [`base-${n}`, { type: "raster", tiles, tileSize: 256, maxzoom: 18 }]);
  const paper = { id: "paper", type: "background", paint: { "background-color": colour("--map-ground") } };
  const layers = sources.map(([id]) => ({ id, type: "raster", source: id, paint: dark ? NIGHT : {} }));
  return { version: 8, sources: Object.fromEntries(sources), layers: [paper, ...layers] };
}

// Whose map it is, as plain text: what stands in a setting is never markup.
class Credit {
  constructor(words) {
    this.words = words;
  }

  onAdd() {
    this.element = document.createElement("div");
    this.element.className = "maplibregl-ctrl map-credit";
    this.element.textContent = this.words;
    return this.element;
  }

  onRemove() {
    this.element.remove();
  }
}

// The styles come with the map, so that a page without one is light.
function dress(box) {
  const needed = box.dataset.styles.split(" ").filter((href) => !document.querySelector(`link[href="${href}"]`));
  return Promise.all(
    needed.map((href) => {
      const link = Object.assign(document.createElement("link"), { rel: "stylesheet", href });
      return new Promise((done) => {
        link.onload = link.onerror = done;
        document.head.append(link);
      });
    }),
  );
}

/** Whether this browser can draw maps at all; where it cannot, the box says so in words. */
function able(box) {
  if (document.createElement("canvas").getContext("webgl2")) return true;
  const said = document.createElement("p");
  said.className = "map-unable";
  said.textContent = box.dataset.unable;
  box.replaceChildren(said);
  box.dataset.ready = "unable";
  return false;
}

/** The map in its box, and the library; nothing where the browser cannot draw. Positions on it are of its datum. */
async function openMap(box, { still = false } = {}) {
  const [drawing] = [able(box), await dress(box)];
  if (!drawing) return null;
  const maplibre = await import(box.dataset.library);
  maplibre.setWorkerUrl(box.dataset.worker);
  const map = new maplibre.Map({
    container: box,
    style: styled(box),
    center: [104.5, 34.5],
    zoom: 3,
    maxZoom: 19,
    interactive: !still,
    attributionControl: false,
    locale: {
      "Map.Title": box.dataset.title,
      "Marker.Title": box.dataset.marker,
      "Popup.Close": box.dataset.close,
      "NavigationControl.ZoomIn": box.dataset.zoomIn,
      "NavigationControl.ZoomOut": box.dataset.zoomOut,
    },
  });
  // Tiles that do not come leave our own drawing to be seen, and are no fault of the page.
  map.on("error", (fault) => fault.sourceId?.startsWith("base-") || console.error(fault.error));
  if (!still) map.addControl(new maplibre.NavigationControl({ showCompass: false }));
  if (!still) map.addControl(new maplibre.ScaleControl());
  const { credit } = JSON.parse(box.dataset.base);
  if (credit) map.addControl(new Credit(credit));
  await new Promise((done) => map.once("style.load", done));
  return { map, maplibre };
}

const datumOf = (box) => JSON.parse(box.dataset.base).datum;

/** What is known in WGS 84, as it is drawn on this map. */
function drawn(box, collection) {
  const datum = datumOf(box);
  if (datum === "wgs84") return collection;
  const walk = (part) => (typeof part[0] === "number" ? onto(part, datum) : part.map(walk));
  const features = collection.features.map((one) => ({
    ...one,
    properties: one.properties?.at ? { ...one.properties, at: onto(one.properties.at, datum) } : one.properties,
    geometry: { ...one.geometry, coordinates: walk(one.geometry.coordinates) },
  }));
  return { ...collection, features };
}

/** A place and the places directly in it, as they are drawn on this map. */
async function outline(box, code) {
  const answer = await fetch(box.dataset.outlines.replace("CODE", code));
  return answer.ok && !answer.redirected ? drawn(box, await answer.json()) : empty;
}

function bounds(maplibre, features) {
  const found = new maplibre.LngLatBounds();
  const walk = (part) => (typeof part[0] === "number" ? found.extend(part) : part.forEach(walk));
  features.forEach((feature) => walk(feature.geometry.coordinates));
  return found;
}

function fit(map, maplibre, features, { duration = 400, maxZoom = 18, padding = 28 } = {}) {
  const around = bounds(maplibre, features);
  if (!around.isEmpty()) map.fitBounds(around, { padding, maxZoom, duration });
}

export { bounds, colour, datumOf, drawn, empty, fit, openMap, outline };
