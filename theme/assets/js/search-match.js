/* How a power's code, names or laws answer a question, best way first. Every keystroke asks
   this of every power of a city, so it compares folded text and nothing else. */

import { HAN } from "./search-fold.js";

const WAYS = [
  "code", "title", "alias", "synonym",
  "title-start", "title-part", "alias-start", "alias-part",
  "former", "former-start", "code-part",
  "spelling", "spelling-start", "spelling-part",
  "terms", "mention", "law",
];
/** How well a way of matching answers; a smaller number is better. */
export const RANKS = Object.fromEntries(WAYS.map((way, rank) => [way, rank]));

/** Whether a query may be a code or a part of one: it has a digit, or is in capitals. */
export function isCode(text) {
  return text.length > 1 && (/\d/.test(text) || /^[A-Z -]+$/.test(text));
}

/** Say how a row answers a query, and by which name if not by its title; null if it does not.
    `mayBeCode` tells whether to look into the codes. */
export function match(row, folded, mayBeCode) {
  const own = row.folded;
  if (!own.whole.includes(folded)) return null;
  if (own.code === folded) return ["code"];
  if (own.name === folded) return ["title"];
  const alias = among("alias", own.aliases, row.aliases, folded);
  if (alias?.[0] === "alias") return alias;
  if (own.name.startsWith(folded)) return ["title-start"];
  if (mayBeCode && own.code.startsWith(folded)) return ["title-start"];
  if (own.name.includes(folded)) return ["title-part"];
  if (alias) return alias;
  if (!mayBeCode) return null;
  const former = among("former", own.former, row.former, folded);
  return former ?? (own.code.includes(folded) ? ["code-part"] : null);
}

function among(way, names, written, folded) {
  const find = (test) => written[names.findIndex(test)];
  const exact = find((name) => name === folded);
  if (exact) return [way, exact];
  const start = find((name) => name.startsWith(folded));
  if (start) return [`${way}-start`, start];
  const part = way === "alias" && find((name) => name.includes(folded));
  return part ? [`${way}-part`, part] : null;
}

/** Say how letters answer, as the initials or the spelling of a name in pinyin. */
export function spelt(spellings, folded) {
  if (folded.length < 2) return null;
  if (spellings.includes(folded)) return ["spelling"];
  if (spellings.some((spelling) => spelling.startsWith(folded))) return ["spelling-start"];
  if (folded.length < 4) return null;
  return spellings.some((spelling) => spelling.includes(folded)) ? ["spelling-part"] : null;
}

/** Every one of several words stands in a power's names, its body's or its kind's. */
export function holds(text, words) {
  return words.every((word) => text.includes(word)) ? ["terms"] : null;
}

/** A sentence may hold a name: "where do I apply for a drainage permit". The longest one counts. */
export function mentioned(row, folded) {
  let longest = -1;
  row.folded.names.forEach((name, at, names) => {
    if (name.length > (names[longest]?.length ?? 0) && isTelling(name) && folded.includes(name))
      longest = at;
  });
  if (longest < 0) return null;
  return ["mention", longest ? row.aliases[longest - 1] : "", row.folded.names[longest].length];
}

/** Two Han characters make a word; a few letters may stand by chance in another word. */
export function isTelling(name) {
  return name.length > (HAN.test(name) ? 1 : 5);
}

/** Whether a power is gone and was not asked for by its code or whole title: others go before it. */
const isPast = (hit) => hit.row.status !== "active" && (hit.rank ?? 0) > RANKS.title;

/** Powers in force before those that are gone, then best way first, the longer name that a
    sentence holds, the shorter name of a power, codes. */
export function byRank(a, b) {
  return (
    isPast(a) - isPast(b) ||
    (a.rank ?? 0) - (b.rank ?? 0) ||
    (b.held ?? 0) - (a.held ?? 0) ||
    (a.row.status !== "active") - (b.row.status !== "active") ||
    a.row.name.length - b.row.name.length ||
    (a.row.code < b.row.code ? -1 : 1)
  );
}
