// How far away something is, said the way people say it. The position stays in the browser.
const METRES_A_DEGREE = 111_320;

/** Metres between two points (lon, lat in degrees), good enough within a county. */
export function metres(here, there) {
  const east = (there.lon - here.lon) * Math.cos((here.lat * Math.PI) / 180);
  return Math.hypot(east, there.lat - here.lat) * METRES_A_DEGREE;
}

/** A distance in words; `words` holds the sentences for metres and kilometres, with {} for the figure. */
export function worded(far, words) {
  return far < 950
    ? words.metres.replace("{}", Math.round(far / 10) * 10)
    : words.kilometres.replace("{}", (far / 1000).toFixed(1));
}
