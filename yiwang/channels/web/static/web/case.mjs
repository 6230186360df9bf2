// A case: long lists that can be searched, the sender's position, and the map.
import { colour, empty, fit, openMap, outline } from "./map.mjs";

// Above a long list a field that narrows it; without scripts the list is there whole.
function narrowing(list) {
  const field = document.createElement("input");
  const all = [...list.children].map((part) => part.cloneNode(true));
  field.type = "search";
  field.className = "form-control";
  field.dataset.filter = "";
  field.placeholder = document.getElementById("act").dataset.narrow;
  field.setAttribute("aria-label", field.placeholder);
  field.addEventListener("input", () => {
    const words = field.value.trim().toLowerCase();
    const chosen = list.value;
    const has = (option) => option.textContent.toLowerCase().includes(words) || option.value === words;
    list.replaceChildren(...all.map((part) => part.cloneNode(true)));
    for (const option of list.querySelectorAll("option")) if (!has(option)) option.remove();
    for (const group of list.querySelectorAll("optgroup")) if (!group.children.length) group.remove();
    if ([...list.options].some((option) => option.value === chosen)) list.value = chosen;
  });
  list.before(field);
}

function locating(button) {
  const form = button.closest("form");
  const said = form.querySelector("[data-located]");
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.lat.value = coords.latitude.toFixed(6);
        form.elements.lon.value = coords.longitude.toFixed(6);
        said.textContent = said.dataset.found;
      },
      () => (said.textContent = said.dataset.failed),
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
}

function prepare(part) {
  part.querySelectorAll("select[data-filtered]").forEach((list) => list.length > 12 && narrowing(list));
  if (navigator.geolocation) part.querySelectorAll("[data-locate]").forEach(locating);
}

prepare(document);
document.addEventListener("htmx:afterSwap", (event) => {
  prepare(event.target);
  event.target.querySelector("#move :is(input:not([type=hidden]), select, textarea, button)")?.focus();
});

const box = document.getElementById("map");
const spots = JSON.parse(document.getElementById("spots")?.textContent ?? "[]");

async function draw() {
  const { map, maplibre } = await openMap(box);
  const ground = box.dataset.drawn ? await outline(box, box.dataset.drawn) : empty;
  const place = { ...ground, features: ground.features.slice(0, 1) };
  map.addSource("place", { type: "geojson", data: place });
  map.addLayer({ id: "border", type: "line", source: "place", paint: { "line-color": colour("--map-line"), "line-width": 1.5 } });
  for (const { kind, lon, lat } of spots) {
    const element = document.createElement("div");
    element.className = `spot ${kind}`;
    new maplibre.Marker({ element }).setLngLat([lon, lat]).addTo(map);
  }
  const marked = spots.map(({ lon, lat }) => ({ geometry: { coordinates: [lon, lat] } }));
  fit(map, maplibre, [...place.features, ...marked]);
  box.dataset.ready = "yes";
}

// The map is heavy: it is fetched when it comes into sight.
if (box) {
  new IntersectionObserver((seen, watching) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    watching.disconnect();
    draw();
  }).observe(box);
}
