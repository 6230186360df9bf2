// The report's page: photos sent while one writes, and the place by the phone's position. Works without all this too.
import { takeOver } from "./photos.mjs";

const form = document.querySelector("#report");
const here = form.querySelector("#here");
const said = form.querySelector("#here-said");
const take = form.querySelector("#take-position");
const takePhotos = form.querySelector("#take-photos");
let ofPhoto = null;

function say(words) {
  said.textContent = words;
  said.hidden = !words;
}

function settle({ lon, lat }) {
  say("");
  const asked = new URLSearchParams({ lon: lon.toFixed(6), lat: lat.toFixed(6) });
  globalThis.htmx.ajax("GET", `${form.dataset.places}?${asked}`, { target: "#places", swap: "innerHTML" });
}

takeOver(form, (position) => {
  ofPhoto = position;
  here.hidden = takePhotos.hidden = false;
});
takePhotos.addEventListener("click", () => settle(ofPhoto));

// The map is heavy: it comes when it is asked for.
const byMap = form.querySelector("#by-map");
byMap.hidden = false;
byMap.addEventListener("toggle", () => import("./mapped.mjs"), { once: true });
byMap.addEventListener("map:picked", ({ detail }) => settle(detail));

// Browsers give no position to a page that came unencrypted.
take.hidden = !("geolocation" in navigator && isSecureContext);
here.hidden = take.hidden;
take.addEventListener("click", () => {
  say(form.dataset.waiting);
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => settle({ lon: coords.longitude, lat: coords.latitude }),
    () => say(form.dataset.refused),
    { enableHighAccuracy: true, timeout: 15_000, maximumAge: 30_000 },
  );
});
