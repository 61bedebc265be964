/* How words are compared: without case, width, accents, spaces or punctuation. */

const MARKS = /\p{M}+/gu;
const OUTSIDE = /[^\p{L}\p{N}]+/gu;
export const HAN = /\p{Script=Han}/u;
const PLAIN_HAN = /^[一-鿿]*$/;
const RUNS = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu;

/** Write text in its plainest form: half-width, lower case, no accents. */
export function plain(text) {
  return text.normalize("NFKD").replace(MARKS, "").normalize("NFC").toLowerCase();
}

/** Write text as its letters and digits alone; "HD31-XK-002" and "hd31 xk 002" are the same. */
export function fold(text) {
  if (PLAIN_HAN.test(text)) return text; // most names are; a city has ten thousand
  return plain(text).replace(OUTSIDE, "");
}

/** The words that a reader set apart, each folded. */
export function terms(text) {
  return plain(text).split(OUTSIDE).filter(Boolean);
}

/** What is compared where nothing matches whole: pairs of characters in Han, else words.
    Words of one or two letters tell nothing where there are others. */
export function units(text) {
  if (text.length > 1 && PLAIN_HAN.test(text)) return new Set(pairs(text));
  const found = [];
  for (const run of plain(text).match(RUNS) ?? []) {
    if (run.length === 1 || !HAN.test(run)) found.push(run);
    else found.push(...pairs(run));
  }
  const telling = found.filter((unit) => HAN.test(unit) || unit.length > 2);
  return new Set(telling.length ? telling : found);
}

function pairs(run) {
  const found = [];
  for (let at = 0; at + 2 <= run.length; at++) found.push(run.slice(at, at + 2));
  return found;
}

/** The share of the units that stand in a text, from 0 to 1; letters count from a word's start. */
export function coverage(wanted, text) {
  if (!wanted.size) return 0;
  const folded = fold(text);
  const words = terms(text);
  let found = 0;
  for (const unit of wanted)
    if (HAN.test(unit) ? folded.includes(unit) : words.some((word) => word.startsWith(unit))) found++;
  return found / wanted.size;
}

/** How alike two sets of units are, from 0 to 1 (Dice's coefficient). */
export function likeness(one, other) {
  let shared = 0;
  for (const unit of one) if (other.has(unit)) shared++;
  return one.size + other.size ? (2 * shared) / (one.size + other.size) : 0;
}

/** The words of a text as the browser cuts them; a browser that cannot leaves it whole. */
export function segments(text) {
  if (!Intl.Segmenter) return [text];
  const cut = new Intl.Segmenter(document.documentElement.lang, { granularity: "word" });
  return [...cut.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}
