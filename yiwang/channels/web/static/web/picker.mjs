// A position chosen on the map: by a tap, by dragging the sign, or the middle of the map by the button or Enter.
import { back, onto } from "./datum.mjs";
import { colour, datumOf } from "./map.mjs";

/** Writes what is chosen into the form's `lon` and `lat`, and says it as the event `map:picked`, in WGS 84. */
export function picker(box, { map, maplibre }) {
  const figure = box.closest("figure");
  const sign = new maplibre.Marker({ color: colour("--accent"), draggable: true });
  const cross = document.createElement("div");
  cross.className = "map-cross";
  box.append(cross);

  function put(at) {
    sign.setLngLat(at).addTo(map);
    const [lon, lat] = back([at.lng, at.lat], datumOf(box)).map((degrees) => Number(degrees.toFixed(6)));
    const form = box.closest("form");
    for (const [name, value] of Object.entries({ lon, lat })) {
      const field = form?.elements[name];
      if (field) field.value = value;
    }
    figure.querySelector("[data-chosen]").textContent = figure.dataset.said;
    box.dispatchEvent(new CustomEvent("map:picked", { bubbles: true, detail: { lon, lat } }));
  }

  map.on("click", ({ lngLat }) => put(lngLat));
  sign.on("dragend", () => put(sign.getLngLat()));
  figure.querySelector("[data-middle]").addEventListener("click", () => put(map.getCenter()));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    put(map.getCenter());
  });

  /** Shows a position that is known already; nothing is chosen by that. */
  function show({ lon, lat }) {
    const at = onto([lon, lat], datumOf(box));
    sign.setLngLat(at).addTo(map);
    map.jumpTo({ center: at, zoom: Math.max(map.getZoom(), 15) });
  }

  return { show };
}
