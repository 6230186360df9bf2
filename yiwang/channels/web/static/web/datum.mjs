// WGS 84 and GCJ-02, the datum of most Chinese maps. The same published formulas as in places/rules/coordinates.py.
const [WEST, EAST, SOUTH, NORTH] = [72.004, 137.8347, 0.8293, 55.8271];
const AXIS = 6_378_245;
const FLAT = 0.00669342162296594323;
const ROUNDS = 8;
const { PI, abs, cos, sin, sqrt } = Math;

const wave = (x) => (20 * sin(6 * PI * x) + 20 * sin(2 * PI * x)) * (2 / 3);

function shift(lon, lat) {
  const [x, y] = [lon - 105, lat - 35];
  const root = sqrt(abs(x));
  let east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + wave(x);
  east += (20 * sin(PI * x) + 40 * sin((PI / 3) * x)) * (2 / 3);
  east += (150 * sin((PI / 12) * x) + 300 * sin((PI / 30) * x)) * (2 / 3);
  let north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + wave(x);
  north += (20 * sin(PI * y) + 40 * sin((PI / 3) * y)) * (2 / 3);
  north += (160 * sin((PI / 12) * y) + 320 * sin((PI / 30) * y)) * (2 / 3);
  const angle = (lat * PI) / 180;
  const bulge = 1 - FLAT * sin(angle) ** 2;
  const perNorth = (((AXIS * (1 - FLAT)) / (bulge * sqrt(bulge))) * PI) / 180;
  const perEast = ((AXIS / sqrt(bulge)) * cos(angle) * PI) / 180;
  return [east / perEast, north / perNorth];
}

const inChina = (lon, lat) => lon > WEST && lon < EAST && lat > SOUTH && lat < NORTH;

/** A WGS 84 point as it is drawn on a map of this datum. */
export function onto([lon, lat], datum) {
  if (datum !== "gcj02" || !inChina(lon, lat)) return [lon, lat];
  const [east, north] = shift(lon, lat);
  return [lon + east, lat + north];
}

/** A point of a map of this datum in WGS 84, to the millimetre: found by going forth until it stands still. */
export function back([lon, lat], datum) {
  let found = [lon, lat];
  for (let round = 0; datum === "gcj02" && round < ROUNDS; round += 1) {
    const there = onto(found, datum);
    found = [found[0] - (there[0] - lon), found[1] - (there[1] - lat)];
  }
  return found;
}
