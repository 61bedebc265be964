/* Draws QR codes: bytes, error level M, versions 1 to 20 (666 bytes), the mask with the least
   penalty. Source: ISO/IEC 18004:2015. tests/browser/test_printed.py compares every module with
   what another encoder makes. */

const CHECKS = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];
const MASKS = [
  (x, y) => (x + y) % 2,
  (x, y) => y % 2,
  (x) => x % 3,
  (x, y) => (x + y) % 3,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2,
  (x, y) => ((x * y) % 2) + ((x * y) % 3),
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2,
];

/* Return the rows of the code for a text, true for dark; null for one that is too long. */
export function qr(text) {
  const bytes = new TextEncoder().encode(text);
  for (let version = 1; version <= CHECKS.length; version += 1) {
    if (bytes.length + (version < 10 ? 2 : 3) <= capacity(version)) return drawn(bytes, version);
  }
  return null;
}

/* Return the dark modules as one path of horizontal strokes; each row's middle is at y + 0.5. */
export function path(rows) {
  let drawing = "";
  rows.forEach((row, y) => {
    for (let x = 0; x < row.length; x += 1) {
      const start = x;
      while (row[x]) x += 1;
      if (x > start) drawing += `M${start} ${y}.5h${x - start}`;
    }
  });
  return drawing;
}

function centres(version) {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  const found = [6];
  for (let at = version * 4 + 10; found.length < count; at -= step) found.splice(1, 0, at);
  return found;
}

function codewords(version) {
  const marks = centres(version).length;
  let modules = (16 * version + 128) * version + 64;
  if (marks) modules -= (25 * marks - 10) * marks - 55;
  if (version > 6) modules -= 36;
  return Math.floor(modules / 8);
}

function capacity(version) {
  return codewords(version) - CHECKS[version - 1] * BLOCKS[version - 1];
}

function drawn(bytes, version) {
  const frame = blank(version);
  place(frame, interleaved(packed(bytes, version), version));
  let best = null;
  for (let mask = 0; mask < MASKS.length; mask += 1) {
    const rows = masked(frame, mask);
    const score = penalty(rows);
    if (!best || score < best.score) best = { rows, score };
  }
  return best.rows;
}

/* Return mode, length, bytes, end and padding as codewords. */
function packed(bytes, version) {
  const bits = [];
  const push = (value, length) => {
    for (let i = length - 1; i >= 0; i -= 1) bits.push((value >> i) & 1);
  };
  push(4, 4);
  push(bytes.length, version < 10 ? 8 : 16);
  bytes.forEach((byte) => push(byte, 8));
  push(0, Math.min(4, capacity(version) * 8 - bits.length));
  while (bits.length % 8) bits.push(0);
  const words = [];
  for (let i = 0; i < bits.length; i += 8) words.push(parseInt(bits.slice(i, i + 8).join(""), 2));
  for (let pad = 236; words.length < capacity(version); pad ^= 253) words.push(pad);
  return words;
}

/* Return data and checks, the blocks by turns. */
function interleaved(words, version) {
  const count = BLOCKS[version - 1];
  const short = Math.floor(words.length / count);
  const longer = words.length % count;
  const divisor = generator(CHECKS[version - 1]);
  const blocks = [];
  let from = 0;
  for (let i = 0; i < count; i += 1) {
    const data = words.slice(from, (from += short + (i >= count - longer ? 1 : 0)));
    blocks.push({ data, checks: remainder(data, divisor) });
  }
  const turns = (part, length) => {
    const found = [];
    for (let i = 0; i < length; i += 1) {
      blocks.forEach((block) => i < block[part].length && found.push(block[part][i]));
    }
    return found;
  };
  return [...turns("data", short + 1), ...turns("checks", divisor.length)];
}

function times(x, y) {
  let product = 0;
  for (let i = 7; i >= 0; i -= 1) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((y >> i) & 1) * x;
  }
  return product;
}

function generator(degree) {
  const found = new Array(degree).fill(0);
  found[degree - 1] = 1;
  let root = 1;
  for (let i = 0; i < degree; i += 1) {
    for (let j = 0; j < degree; j += 1) {
      found[j] = times(found[j], root) ^ (j + 1 < degree ? found[j + 1] : 0);
    }
    root = times(root, 2);
  }
  return found;
}

function remainder(data, divisor) {
  const rest = divisor.map(() => 0);
  data.forEach((byte) => {
    const factor = byte ^ rest.shift();
    rest.push(0);
    divisor.forEach((coefficient, i) => (rest[i] ^= times(coefficient, factor)));
  });
  return rest;
}

/* Return the code without data: the finders, the timing, the places of format and version. */
function blank(version) {
  const size = version * 4 + 17;
  const dark = Array.from({ length: size }, () => new Array(size).fill(false));
  const fixed = Array.from({ length: size }, () => new Array(size).fill(false));
  const set = (x, y, on) => {
    if (x < 0 || y < 0 || x >= size || y >= size) return;
    dark[y][x] = Boolean(on);
    fixed[y][x] = true;
  };
  const square = (x, y, reach, light) => {
    for (let dy = -reach; dy <= reach; dy += 1) {
      for (let dx = -reach; dx <= reach; dx += 1) {
        set(x + dx, y + dy, !light.includes(Math.max(Math.abs(dx), Math.abs(dy))));
      }
    }
  };
  for (let i = 0; i < size; i += 1) {
    set(6, i, i % 2 === 0);
    set(i, 6, i % 2 === 0);
  }
  const marks = centres(version);
  const last = marks[marks.length - 1];
  marks.forEach((x) =>
    marks.forEach((y) => {
      const corner = (x === 6 && (y === 6 || y === last)) || (x === last && y === 6);
      if (!corner) square(x, y, 2, [1]);
    })
  );
  [[3, 3], [size - 4, 3], [3, size - 4]].forEach(([x, y]) => square(x, y, 4, [2, 4]));
  const frame = { size, version, dark, fixed, set };
  format(frame, 0);
  if (version > 6) {
    const bits = (version << 12) | checked(version, 12, 0x1f25);
    for (let i = 0; i < 18; i += 1) {
      const [a, b] = [size - 11 + (i % 3), Math.floor(i / 3)];
      set(a, b, (bits >> i) & 1);
      set(b, a, (bits >> i) & 1);
    }
  }
  return frame;
}

/* Return the check bits of a number (BCH). */
function checked(number, length, polynomial) {
  let rest = number;
  for (let i = 0; i < length; i += 1) rest = (rest << 1) ^ ((rest >> (length - 1)) * polynomial);
  return rest;
}

/* Write level (M is 0) and mask, twice. */
function format({ size, set }, mask) {
  const bits = ((mask << 10) | checked(mask, 10, 0x537)) ^ 0x5412;
  const bit = (i) => (bits >> i) & 1;
  for (let i = 0; i < 6; i += 1) set(8, i, bit(i));
  set(8, 7, bit(6));
  set(8, 8, bit(7));
  set(7, 8, bit(8));
  for (let i = 9; i < 15; i += 1) set(14 - i, 8, bit(i));
  for (let i = 0; i < 8; i += 1) set(size - 1 - i, 8, bit(i));
  for (let i = 8; i < 15; i += 1) set(8, size - 15 + i, bit(i));
  set(8, size - 8, true);
}

/* Lay the bits in pairs of columns, up and down, from the right. */
function place({ size, dark, fixed }, words) {
  let at = 0;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const y = (right + 1) & 2 ? step : size - 1 - step;
      for (let x = right; x > right - 2; x -= 1) {
        if (fixed[y][x]) continue;
        dark[y][x] = at < words.length * 8 && ((words[at >> 3] >> (7 - (at & 7))) & 1) === 1;
        at += 1;
      }
    }
  }
}

function masked(frame, mask) {
  const dark = frame.dark.map((row, y) =>
    row.map((on, x) => (frame.fixed[y][x] ? on : on !== (MASKS[mask](x, y) === 0)))
  );
  format({
    size: frame.size,
    set: (x, y, on) => {
      dark[y][x] = Boolean(on);
    },
  }, mask);
  return dark;
}

function penalty(rows) {
  const size = rows.length;
  const columns = rows.map((_, x) => rows.map((row) => row[x]));
  let score = 0;
  [...rows, ...columns].forEach((line) => {
    const text = line.map((on) => (on ? "1" : "0")).join("");
    (text.match(/(0{5,}|1{5,})/g) || []).forEach((run) => (score += run.length - 2));
    for (let i = 0; i + 11 <= size; i += 1) {
      const seen = text.slice(i, i + 11);
      if (seen === "10111010000" || seen === "00001011101") score += 40;
    }
  });
  let total = 0;
  rows.forEach((row, y) =>
    row.forEach((on, x) => {
      total += on ? 1 : 0;
      const below = rows[y + 1];
      if (below && x + 1 < size && on === row[x + 1] && on === below[x] && on === below[x + 1]) score += 3;
    })
  );
  return score + Math.floor(Math.abs((total * 20) / (size * size) - 10)) * 10;
}
