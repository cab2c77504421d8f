// Pictures of screens with at most 256 colours, a third of the size (PNG, ISO/IEC 15948). Reads what
// the browser writes: 8 bits a channel, not interlaced.
import { crc32 as zlibCrc, deflateSync, inflateSync } from 'node:zlib';

function table() {
  return Array.from({ length: 256 }, (_, n) => {
    let c = n;
    for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
    return c >>> 0;
  });
}
const crcs = table();
// Node 18 has none of its own.
const crc32 = zlibCrc ?? ((bytes) => {
  let c = 0xffffffff;
  for (const byte of bytes) c = crcs[(c ^ byte) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
});

function paeth(a, b, c) {
  const p = a + b - c;
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  if (pa <= pb && pa <= pc) return a;
  return pb <= pc ? b : c;
}

/** {width, height, channels, pixels}, a byte a channel. */
function decode(png) {
  const data = [];
  let head;
  for (let at = 8; at < png.length;) {
    const size = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    const body = png.subarray(at + 8, at + 8 + size);
    if (type === 'IHDR') head = body;
    if (type === 'IDAT') data.push(body);
    at += size + 12;
  }
  const [width, height] = [head.readUInt32BE(0), head.readUInt32BE(4)];
  const channels = { 2: 3, 6: 4 }[head[9]];
  if (head[8] !== 8 || !channels || head[12] !== 0) throw new Error('another kind of PNG');
  const raw = inflateSync(Buffer.concat(data));
  const row = width * channels;
  const pixels = Buffer.alloc(row * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (row + 1)];
    for (let x = 0; x < row; x += 1) {
      const at = y * row + x;
      const left = x >= channels ? pixels[at - channels] : 0;
      const up = y > 0 ? pixels[at - row] : 0;
      const corner = x >= channels && y > 0 ? pixels[at - row - channels] : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      pixels[at] = raw[y * (row + 1) + 1 + x] + guess;
    }
  }
  return { width, height, channels, pixels };
}

const chunk = (type, body) => {
  const out = Buffer.alloc(body.length + 12);
  out.writeUInt32BE(body.length, 0);
  out.write(type, 4, 'latin1');
  body.copy(out, 8);
  out.writeUInt32BE(crc32(out.subarray(4, body.length + 8)), body.length + 8);
  return out;
};

/** The same picture in the 256 most used colours; others become the nearest of them. */
export function withFewColours(png) {
  const { width, height, channels, pixels } = decode(png);
  const used = new Map();
  const colour = (at) => (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2];
  for (let at = 0; at < pixels.length; at += channels) {
    used.set(colour(at), (used.get(colour(at)) ?? 0) + 1);
  }
  const palette = [...used].sort((a, b) => b[1] - a[1]).slice(0, 256).map(([one]) => one);
  const index = new Map(palette.map((one, n) => [one, n]));
  const distance = (a, b) => ((a >> 16) - (b >> 16)) ** 2 + (((a >> 8) & 255) - ((b >> 8) & 255)) ** 2
    + ((a & 255) - (b & 255)) ** 2;
  const nearest = (one) => {
    let best = 0;
    palette.forEach((other, n) => { if (distance(one, other) < distance(one, palette[best])) best = n; });
    index.set(one, best);
    return best;
  };
  const rows = Buffer.alloc((width + 1) * height);  // each begins with filter 0
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const one = colour((y * width + x) * channels);
      rows[y * (width + 1) + 1 + x] = index.get(one) ?? nearest(one);
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3, 0, 0, 0], 8);
  const colours = Buffer.from(palette.flatMap((one) => [one >> 16, (one >> 8) & 255, one & 255]));
  return Buffer.concat([png.subarray(0, 8), chunk('IHDR', head), chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
}
