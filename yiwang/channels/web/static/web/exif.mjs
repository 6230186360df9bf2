// Where a photo was taken, as its camera wrote it (Exif 2.32): read here, because what is sent was drawn anew.
const GPS = 0x8825;
const SOUTH_OR_WEST = new Set(["S", "W"]);

/** Longitude and latitude in degrees, or null. */
export async function positionOf(file) {
  try {
    const view = new DataView(await file.slice(0, 256 * 1024).arrayBuffer());
    return read(view, tiffOf(view));
  } catch (damaged) {
    if (damaged instanceof RangeError) return null;
    throw damaged;
  }
}

function tiffOf(view) {
  if (view.getUint16(0) !== 0xffd8) return 0;
  for (let at = 2; view.getUint8(at) === 0xff && view.getUint8(at + 1) !== 0xda; at += 2 + view.getUint16(at + 2)) {
    if (view.getUint8(at + 1) === 0xe1 && view.getUint32(at + 4) === 0x45786966) return at + 10;
  }
  return 0;
}

function read(view, tiff) {
  if (!tiff) return null;
  const little = view.getUint16(tiff) === 0x4949;
  const first = tags(view, tiff, view.getUint32(tiff + 4, little), little);
  if (!first.has(GPS)) return null;
  const gps = tags(view, tiff, view.getUint32(first.get(GPS), little), little);
  if (![1, 2, 3, 4].every((tag) => gps.has(tag))) return null;
  const [lat, lon] = [degrees(view, tiff, gps, 1, little), degrees(view, tiff, gps, 3, little)];
  const sound = Number.isFinite(lat) && Number.isFinite(lon) && Math.abs(lat) <= 90 && Math.abs(lon) <= 180;
  // Cameras without a fix write zeroes.
  return sound && (lat || lon) ? { lon, lat } : null;
}

function tags(view, tiff, directory, little) {
  const found = new Map();
  const start = tiff + directory;
  for (let n = 0; n < view.getUint16(start, little); n += 1) {
    const at = start + 2 + 12 * n;
    found.set(view.getUint16(at, little), at + 8);
  }
  return found;
}

function degrees(view, tiff, gps, reference, little) {
  const at = tiff + view.getUint32(gps.get(reference + 1), little);
  const [whole, minutes, seconds] = [0, 8, 16].map((n) => view.getUint32(at + n, little) / view.getUint32(at + n + 4, little));
  const sign = SOUTH_OR_WEST.has(String.fromCharCode(view.getUint8(gps.get(reference)))) ? -1 : 1;
  return sign * (whole + minutes / 60 + seconds / 3600);
}
