// The chosen case on the map: its position, and the place around it.
import { codes, show } from "./mapped.mjs";

const box = document.getElementById("map");
const side = document.getElementById("chosen");

async function put() {
  const { places, around, tone, lon, lat, where } = side.querySelector("article")?.dataset ?? {};
  if (!box || places === undefined) return;
  // Where nothing is drawn and nobody said where, there is nothing to look at.
  box.closest("figure").hidden = !places && !lon;
  const list = lon ? [{ kind: tone, lon: Number(lon), lat: Number(lat), label: where }] : [];
  if (places || lon) await show(box, { list, places: codes(places), around: codes(around) });
}

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target === side) put();
});
await put();
