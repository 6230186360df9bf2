// The chosen case: its position on the map with the place around it, items that are proposed for it, its long lists.
import { codes, show } from "./mapped.mjs";
import { narrow } from "./narrow.mjs";

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

// A proposal is put where it would be typed, and everything that follows from what is typed follows from it.
document.addEventListener("click", (event) => {
  const proposal = event.target.closest("[data-fills]");
  if (!proposal) return;
  const field = document.getElementById(proposal.dataset.fills);
  field.value = proposal.value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
});

document.addEventListener("htmx:afterSwap", (event) => {
  narrow(event.detail.target);
  if (event.detail.target === side) put();
});
narrow(side);
await put();
