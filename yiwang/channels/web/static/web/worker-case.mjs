// How far away the case is, where the browser may know it without asking.
import { metres, worded } from "./distance.mjs";

const there = document.getElementById("there");
const allowed = await navigator.permissions?.query({ name: "geolocation" });
if (there.dataset.lon && allowed?.state === "granted") {
  navigator.geolocation.getCurrentPosition(({ coords }) => {
    const here = { lon: coords.longitude, lat: coords.latitude };
    const far = metres(here, { lon: Number(there.dataset.lon), lat: Number(there.dataset.lat) });
    there.querySelector(".away").textContent = worded(far, there.dataset);
  });
}
