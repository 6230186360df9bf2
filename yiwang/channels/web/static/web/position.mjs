// Where the phone is: asked for as the page opens, so that nobody need think of it.
import { metres, worded } from "./distance.mjs";

const USUAL = { enableHighAccuracy: true, timeout: 20_000, maximumAge: 15_000 };
const VAGUE = 100;

/** Take the phone's position into the form's `lon` and `lat`; `told` hears of it. A button asks once more. */
export function takePosition(form, told = () => {}) {
  const part = form.querySelector("[data-position-of]");
  if (!part) return;
  const said = part.querySelector("[role=status]");
  const button = part.querySelector("button");
  const say = (words) => {
    said.textContent = words;
    said.hidden = !words;
  };

  function found({ coords }) {
    const here = { lon: Number(coords.longitude.toFixed(6)), lat: Number(coords.latitude.toFixed(6)) };
    put(form, here);
    say(sentence(part.dataset, here, coords.accuracy));
    told(here);
  }

  function take() {
    say(part.dataset.waiting);
    navigator.geolocation.getCurrentPosition(found, () => say(part.dataset.refused), USUAL);
  }

  // Browsers give no position to a page that came unencrypted.
  if (!("geolocation" in navigator && isSecureContext)) return;
  button.hidden = false;
  button.addEventListener("click", take);
  // What was taken before, in a draft or in a form that came back, is said too.
  const before = of(form);
  if (before) say(sentence(part.dataset, before, 0));
  else take();
}

/** Write a position into the form. */
export function put(form, { lon, lat }) {
  form.elements.lon.value = lon;
  form.elements.lat.value = lat;
}

/** The position that stands in the form, or null. */
export function of(form) {
  const { lon, lat } = form.elements;
  return lon?.value && lat?.value ? { lon: Number(lon.value), lat: Number(lat.value) } : null;
}

function sentence(words, here, accuracy) {
  const vague = accuracy > VAGUE ? words.vague.replace("{}", Math.round(accuracy)) : "";
  const far = words.lon ? worded(metres(here, { lon: Number(words.lon), lat: Number(words.lat) }), words) : "";
  return [words.found, far, vague].filter(Boolean).join(" · ");
}
