// Points on a map, told apart by colour and by shape; a click says what one is, and leads there.
import { colour, drawn, empty } from "./map.mjs";

const SIZE = 22;
const RATIO = 2;
// In the middle of a field of 22: what is late has corners, what is soon is full, what has time is hollow.
const SHAPES = {
  late: { token: "--late", path: "M11 2.5 20 18.5H2Z" },
  soon: { token: "--soon", path: "M11 4a7 7 0 1 0 0 14a7 7 0 1 0 0-14Z" },
  calm: { token: "--accent", path: "M11 4.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13Z", hollow: true },
  done: { token: "--done", path: "M4 11.5 9 16.5 18 6", stroke: true },
  photo: { token: "--ink-soft", path: "M6 6h10v10h-10Z" },
  there: { token: "--ink-soft", path: "M11 4 18 11 11 18 4 11Z" },
  hot: { token: "--ink", path: "M11 3a8 8 0 1 0 0 16a8 8 0 1 0 0-16ZM11 9.5a1.5 1.5 0 1 0 0 3a1.5 1.5 0 1 0 0-3Z", hollow: true },
  here: { token: "--accent", path: "M11 2c-4 0-6.5 3-6.5 6.5C4.5 13 11 20 11 20s6.5-7 6.5-11.5C17.5 5 15 2 11 2Z" },
};

function drawing({ token, path, hollow, stroke }) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIZE * RATIO;
  const pen = canvas.getContext("2d");
  pen.scale(RATIO, RATIO);
  pen.lineJoin = pen.lineCap = "round";
  const shape = new Path2D(path);
  const line = (width, ink) => {
    pen.lineWidth = width;
    pen.strokeStyle = ink;
    pen.stroke(shape);
  };
  const [ink, paper] = [colour(token), colour("--paper")];
  line(hollow ? 6 : stroke ? 6.5 : 3.5, paper);
  pen.fillStyle = hollow ? paper : ink;
  if (!stroke) pen.fill(shape);
  if (hollow || stroke) line(hollow ? 3 : 3.5, ink);
  return pen.getImageData(0, 0, canvas.width, canvas.height);
}

const featureOf = ({ lon, lat, ...properties }) => ({
  type: "Feature",
  properties,
  geometry: { type: "Point", coordinates: [lon, lat] },
});

function worded({ label, href }) {
  const line = document.createElement(href ? "a" : "p");
  if (href) line.href = href;
  line.textContent = label;
  return line;
}

/** A layer of points; `show(list)` replaces them and returns the features. */
export function points(box, { map, maplibre }, { size = 1 } = {}) {
  function colours() {
    for (const [kind, shape] of Object.entries(SHAPES)) {
      if (map.hasImage(kind)) map.updateImage(kind, drawing(shape));
      else map.addImage(kind, drawing(shape), { pixelRatio: RATIO });
    }
  }

  colours();
  map.addSource("points", { type: "geojson", data: empty });
  map.addLayer({
    id: "points",
    type: "symbol",
    source: "points",
    layout: {
      "icon-image": ["get", "kind"],
      "icon-size": size,
      "icon-allow-overlap": true,
      // What is late lies on top of what is not.
      "symbol-sort-key": ["match", ["get", "kind"], "late", 3, "soon", 2, "here", 4, "hot", 4, "calm", 1, 0],
    },
  });

  const said = new maplibre.Popup({ closeButton: true, offset: 12, maxWidth: "18rem" });
  map.on("click", "points", ({ lngLat, features }) => {
    const labelled = features.map((one) => one.properties).filter((one) => one.label);
    if (!labelled.length) return;
    const lines = document.createElement("div");
    lines.append(...labelled.slice(0, 6).map(worded));
    said.setLngLat(lngLat).setDOMContent(lines).addTo(map);
  });
  map.on("mouseenter", "points", () => (map.getCanvas().style.cursor = "pointer"));
  map.on("mouseleave", "points", () => (map.getCanvas().style.cursor = ""));

  function show(list) {
    const placed = list.filter(({ lon }) => lon !== null && lon !== undefined);
    const collection = drawn(box, { ...empty, features: placed.map(featureOf) });
    map.getSource("points").setData(collection);
    return collection.features;
  }

  return { colours, show };
}
