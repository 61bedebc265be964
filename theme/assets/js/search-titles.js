/* The layer that answers first: codes, titles, aliases, spellings, all of them in memory.
   Full-text search in Chinese depends on how words are cut; a title must be found without it. */

import { HAN, coverage, fold, likeness, terms, units } from "./search-fold.js";

const NEAR = 0.34; // the least share of a query's pairs of characters for a name to be "near"
const LETTERS = /^[a-z0-9]*[a-z][a-z0-9]*$/;

/** How a name may match, best first; a hit's rank is its place here. */
const WAYS = [
  "code", "title", "alias", "synonym",
  "title-start", "title-part", "alias-start", "alias-part",
  "former", "former-start",
  "spelling", "spelling-start", "spelling-part",
  "terms", "mention",
];
export const RANKS = Object.fromEntries(WAYS.map((way, rank) => [way, rank]));

export class Titles {
  /** Take `titles.json`, and the department to keep to ("" for the whole city). */
  constructor(source, scope = "") {
    const { columns, powers, readings, synonyms, variants, ...groups } = source;
    Object.assign(this, groups); // what departments, kinds, laws, life events are called, by slug
    this.variants = variantsOf(variants);
    this.readings = new Map(Object.entries(readings));
    const column = Object.fromEntries(columns.map((name, at) => [name, at]));
    this.rows = powers
      .filter((cells) => !scope || cells[column.department] === scope)
      .map((cells) => this.row(cells, column));
    this.byCode = new Map(this.rows.map((row) => [row.code, row]));
    this.synonyms = Object.entries(synonyms)
      .map(([term, targets]) => [fold(term), targets])
      .sort(([one], [other]) => other.length - one.length); // the longest says most
  }

  /** A power with its names folded once, since every keystroke compares them all. */
  row(cells, column) {
    const power = Object.fromEntries(Object.entries(column).map(([name, at]) => [name, cells[at]]));
    const context = [power.department, power.kind].flatMap((slug) =>
      [this.departments[slug] ?? this.kinds[slug] ?? ""].flat(),
    );
    const [code, name] = [fold(power.code), fold(power.name)];
    const [aliases, former] = [power.aliases.map(fold), power.former.map(fold)];
    const names = [name, ...aliases];
    const whole = [code, ...names, ...former].join(" ");
    const words = [...names, ...context.map(fold)].join(" ");
    return { ...power, folded: { code, name, aliases, former, names, whole, words } };
  }

  /** The initials and the spellings in pinyin of a power's names, made when first asked for. */
  spellingsOf(row) {
    return (row.folded.spellings ??= [row.name, ...row.aliases].filter(isHan).flatMap((name) => {
      const read = (character) => this.readings.get(character) ?? character;
      const syllables = this.spellings[name]?.split(" ") ?? Array.from(fold(name), read);
      return [syllables.map((syllable) => syllable[0]).join(""), syllables.join("")];
    }));
  }

  /** Write a query in the characters of the list: 許可 as 许可. */
  simplify(text) {
    return Array.from(text, (character) => this.variants.get(character) ?? character).join("");
  }

  /** The powers whose code, title, alias or spelling matches, best first: `{row, way, name}`.
      Where none does, those that hold every word, or whose name stands in the question. */
  find(text) {
    const folded = fold(text);
    if (!folded) return [];
    const words = terms(text);
    const meant = this.meant(folded);
    const hits = this.matching((row) => {
      const found = match(row, folded) ?? this.spelt(row, folded);
      const isBetter = found && RANKS[found[0]] < RANKS.synonym;
      return meant.has(row.folded.name) && !isBetter ? ["synonym", text] : found;
    });
    if (hits.length) return hits;
    const all = words.length > 1 ? this.matching((row) => holds(row, words)) : [];
    return all.length ? all : this.matching((row) => mentioned(row, folded));
  }

  /** The names, folded, of what the list calls an everyday word that is the whole query. */
  meant(folded) {
    const targets = this.synonyms.filter(([term]) => term === folded).flatMap(([, names]) => names);
    return new Set(targets.map(fold));
  }

  spelt(row, folded) {
    return LETTERS.test(folded) ? spelt(this.spellingsOf(row), folded) : null;
  }

  matching(test) {
    const hits = [];
    for (const row of this.rows) {
      const found = test(row);
      if (found) hits.push({ row, rank: RANKS[found[0]], way: found[0], name: found[1] ?? "" });
    }
    return hits.sort(byRank);
  }

  /** The powers whose names share most with a query that matches none: a slip, a sentence. */
  near(text, limit = 5) {
    const wanted = units(text);
    return this.rows
      .map((row) => ({ row, way: "near", name: "", share: nearness(wanted, row) }))
      .filter((hit) => hit.share >= NEAR)
      .sort((a, b) => b.share - a.share || byRank(a, b))
      .slice(0, limit);
  }

  /** What the list calls a query's everyday words. */
  synonymsOf(text) {
    const folded = fold(text);
    const found = new Set();
    for (const [term, targets] of this.synonyms) {
      const stands = term.length > 1 ? folded.includes(term) : folded === term;
      if (stands) for (const target of targets) if (fold(target) !== folded) found.add(target);
    }
    return [...found].slice(0, 5);
  }

  /** The powers of a life event that a question holds by its name, in their order. */
  ofEvents(text) {
    const folded = fold(text);
    const named = Object.entries(this["life-events"]).filter(([, name]) => folded.includes(fold(name)));
    const hits = named.flatMap(([slug, name]) =>
      this.stages[slug].map((code) => ({ row: this.byCode.get(code), way: "event", name })),
    );
    return hits.filter(({ row }) => row);
  }

  /** The powers of a department that is called so. */
  ofBody(text) {
    const folded = fold(text);
    const isNamed = ([, names]) => [names].flat().some((name) => fold(name) === folded);
    const slugs = new Set(Object.entries(this.departments).filter(isNamed).map(([slug]) => slug));
    return this.rows.filter((row) => slugs.has(row.department)).map((row) => ({ row, way: "body", name: "" })).sort(byRank);
  }

  /** The departments, kinds, laws or life events that a query names: their slugs, best first. */
  named(group, text) {
    const folded = fold(text);
    if (folded.length < 2) return [];
    const found = [];
    for (const [slug, names] of Object.entries(this[group])) {
      const own = [names].flat().map(fold);
      if (own.includes(folded)) found.unshift(slug);
      else if (own.some((name) => name.includes(folded) || (isTelling(name) && folded.includes(name))))
        found.push(slug);
    }
    return found;
  }

  /** The departments or kinds whose names come nearest to a query. */
  nearest(group, text, limit = 4) {
    const wanted = units(text);
    return Object.entries(this[group])
      .map(([slug, names]) => [slug, coverage(wanted, [names].flat().join(" "))])
      .filter(([, share]) => share > 0)
      .sort((a, b) => b[1] - a[1])
      .slice(0, limit)
      .map(([slug]) => slug);
  }

  /** What a department, kind or law is called. */
  label(group, slug) {
    return [this[group][slug] ?? ""].flat()[0];
  }
}

/** Say how a row answers a query, and by which name if not by its title; null if it does not. */
function match(row, folded) {
  const own = row.folded;
  if (!own.whole.includes(folded)) return null;
  if (own.code === folded) return ["code"];
  if (own.name === folded) return ["title"];
  const alias = among("alias", own.aliases, row.aliases, folded);
  if (alias?.[0] === "alias") return alias;
  if (own.name.startsWith(folded)) return ["title-start"];
  if (isCode(folded) && own.code.startsWith(folded)) return ["title-start"];
  if (own.name.includes(folded)) return ["title-part"];
  return alias ?? (isCode(folded) ? among("former", own.former, row.former, folded) : null);
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

function spelt(spellings, folded) {
  if (folded.length < 2) return null;
  if (spellings.includes(folded)) return ["spelling"];
  if (spellings.some((spelling) => spelling.startsWith(folded))) return ["spelling-start"];
  if (folded.length < 4) return null;
  return spellings.some((spelling) => spelling.includes(folded)) ? ["spelling-part"] : null;
}

function holds(row, words) {
  return words.every((word) => row.folded.words.includes(word)) ? ["terms"] : null;
}

/** A sentence may hold a name: "where do I apply for a drainage permit". */
function mentioned(row, folded) {
  const at = row.folded.names.findIndex((name) => folded.includes(name) && isTelling(name));
  if (at < 0) return null;
  return ["mention", at ? row.aliases[at - 1] : ""];
}

/** Two Han characters make a word; a few letters may stand by chance in another word. */
function isTelling(name) {
  return name.length > (isHan(name) ? 1 : 5);
}

function isHan(name) {
  return HAN.test(name);
}

function isCode(folded) {
  return /\d/.test(folded) && folded.length > 2;
}

function nearness(wanted, row) {
  const likenesses = [row.name, ...row.aliases].map((name) => {
    const held = coverage(wanted, name);
    return held && Math.max(held, likeness(wanted, units(name)));
  });
  return Math.max(...likenesses);
}

/** Whether a power is gone and was not asked for by its code or whole title: others go before it. */
const isPast = (hit) => hit.row.status !== "active" && (hit.rank ?? 0) > RANKS.title;

/** Powers in force before those that are gone, then best way first, then the shorter name, then codes. */
function byRank(a, b) {
  return (
    isPast(a) - isPast(b) ||
    (a.rank ?? 0) - (b.rank ?? 0) ||
    (a.row.status !== "active") - (b.row.status !== "active") ||
    a.row.name.length - b.row.name.length ||
    (a.row.code < b.row.code ? -1 : 1)
  );
}

function variantsOf(pairs) {
  const characters = Array.from(pairs);
  const found = new Map();
  for (let at = 0; at + 1 < characters.length; at += 2) found.set(characters[at], characters[at + 1]);
  return found;
}
