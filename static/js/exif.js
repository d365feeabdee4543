/* Time and place written into a JPEG by the camera; nothing else of it is read. */

const EXIF = 0x8769;
const GPS = 0x8825;

/* {taken_at: "2026-11-21T07:12:00+07:00", latitude: -7.6514, longitude: 111.334}; what is missing is left out. */
export async function readExif(file) {
  const view = new DataView(await file.slice(0, 262_144).arrayBuffer());
  try {
    const base = findTiff(view);
    return base ? readTiff(view, base) : {};
  } catch (error) {
    if (error instanceof RangeError) return {}; // cut or broken block
    throw error;
  }
}

function findTiff(view) {
  if (view.getUint16(0) !== 0xffd8) return 0;
  for (let at = 2; at < view.byteLength - 10; at += 2 + view.getUint16(at + 2)) {
    const marker = view.getUint16(at);
    if (marker === 0xffe1 && view.getUint32(at + 4) === 0x45786966) return at + 10;
    if (marker < 0xff00 || marker === 0xffda) return 0;
  }
  return 0;
}

function readTiff(view, base) {
  const little = view.getUint16(base) === 0x4949;
  const u16 = (at) => view.getUint16(base + at, little);
  const u32 = (at) => view.getUint32(base + at, little);

  function entries(at) {
    const found = {};
    for (let n = u16(at), i = 0; i < n; i += 1) found[u16(at + 2 + i * 12)] = at + 2 + i * 12;
    return found;
  }
  function text(at) {
    const count = u32(at + 4);
    const from = count > 4 ? u32(at + 8) : at + 8;
    let out = "";
    for (let i = 0; i < count - 1 && i < 40; i += 1) out += String.fromCharCode(view.getUint8(base + from + i));
    return out;
  }
  function degrees(at, ref, negative) {
    const from = u32(at + 8);
    const [d, m, s] = [0, 8, 16].map((step) => u32(from + step) / (u32(from + step + 4) || 1));
    const value = d + m / 60 + s / 3600;
    return Number((text(ref)[0] === negative ? -value : value).toFixed(6));
  }

  const root = entries(u32(4));
  const result = {};
  if (root[EXIF]) {
    const exif = entries(u32(root[EXIF] + 8));
    const taken = exif[0x9003] && text(exif[0x9003]).match(/^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/);
    const zone = exif[0x9011] ? text(exif[0x9011]) : "";
    if (taken && taken[1] !== "0000") result.taken_at = `${taken[1]}-${taken[2]}-${taken[3]}T${taken[4]}${/^[+-]\d\d:\d\d$/.test(zone) ? zone : ""}`;
  }
  if (root[GPS]) {
    const gps = entries(u32(root[GPS] + 8));
    if (gps[1] && gps[2] && gps[3] && gps[4]) {
      result.latitude = degrees(gps[2], gps[1], "S");
      result.longitude = degrees(gps[4], gps[3], "W");
    }
  }
  return result;
}
