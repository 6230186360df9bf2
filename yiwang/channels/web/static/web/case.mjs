// A case: long lists that can be narrowed, and the sender's position.
import { narrow } from "./narrow.mjs";

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
  narrow(part);
  if (navigator.geolocation) part.querySelectorAll("[data-locate]").forEach(locating);
}

prepare(document);
document.addEventListener("htmx:afterSwap", (event) => {
  prepare(event.target);
  event.target.querySelector("#move :is(input:not([type=hidden]), select, textarea, button)")?.focus();
});
