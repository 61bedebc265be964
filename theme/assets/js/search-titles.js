/* The layer that answers first: codes, titles, aliases, spellings, all of them in memory.
   Full-text search in Chinese depends on how words are cut; a title must be found without it. */

import { HAN, coverage, fold, segments, terms, units } from "./search-fold.js";
import { RANKS, byRank, holds, isCode, isTelling, match, mentioned, spelt } from "./search-match.js";
import { Near } from "./search-near.js";

const NEAR = 0.2; // how near a name must come to a question that nothing answers
const LETTERS = /^[a-z0-9]*[a-z][a-z0-9]*$/;

export class Titles {
  /** Take `titles.json`, and the department to keep to ("" for the whole city). */
  constructor(source, scope = "") {
    const { asides, columns, edition, powers, readings, synonyms, variants, ...groups } = source;
    Object.assign(this, groups); // what departments, kinds, laws, life events are called, by slug
    this.variants = variantsOf(variants);
    this.readings = new Map(Object.entries(readings));
    const column = Object.fromEntries(columns.map((name, at) => [name, at]));
    const [codes = []] = powers; // one list for each column
    Object.assign(this, { codes, edition, asides: new Set(asides), lawSlugs: Object.keys(this.laws) });
    this.rows = codes
      .map((_, at) => powers.map((cells) => cells[at]))
      .filter((cells) => !scope || cells[column.department] === scope)
      .map((cells) => this.row(cells, column));
    this.contexts = new Map(
      Object.entries({ ...this.kinds, ...this.departments }).map(([slug, names]) => [
        slug, [names].flat().map(fold).join(" "),
      ]),
    );
    this.byCode = new Map(this.rows.map((row) => [row.code, row]));
    this.synonyms = Object.entries(synonyms)
      .map(([term, targets]) => [fold(term), targets])
      .sort(([one], [other]) => other.length - one.length); // the longest says most
  }

  /** A power with its names folded once, since every keystroke compares them all. */
  row(cells, column) {
    const power = {};
    for (const name in column) power[name] = cells[column[name]];
    power.laws = power.laws.map((at) => this.lawSlugs[at]);
    const [code, name] = [fold(power.code), fold(power.name)];
    const [aliases, former] = [power.aliases.map(fold), power.former.map(fold)];
    const names = [name, ...aliases];
    const whole = [code, ...names, ...former].join(" ");
    power.folded = { code, name, aliases, former, names, whole };
    return power;
  }

  /** A power's names, its body's and its kind's, folded, in one text. */
  wordsOf(row) {
    const own = [row.department, row.kind].map((slug) => this.contexts.get(slug));
    return [...row.folded.names, ...own].join(" ");
  }

  /** The initials and the spellings in pinyin of a power's names, made when first asked for. */
  spellingsOf(row) {
    return (row.folded.spellings ??= [row.name, ...row.aliases].filter((name) => HAN.test(name)).flatMap((name) => {
      const read = (character) => this.readings.get(character) ?? character;
      const syllables = this.spellings[name]?.split(" ") ?? Array.from(fold(name), read);
      return [syllables.map((syllable) => syllable[0]).join(""), syllables.join("")];
    }));
  }

  /** Write a query in the characters of the list: 許可 as 许可. */
  simplify(text) {
    return Array.from(text, (character) => this.variants.get(character) ?? character).join("");
  }

  /** What a text is about: its words, if it is a question without those that only make it one
      and those that say little. */
  matterOf(text) {
    const said = segments(text);
    const asked = said.filter((word) => !this.asides.has(word.toLowerCase()));
    if (!asked.length || asked.length === said.length) return { words: said, isQuestion: false };
    const telling = asked.filter((word) => word.length > 1);
    return { words: telling.length ? telling : asked, isQuestion: true };
  }

  /** The powers whose code, title, alias, spelling or law's name matches, best first:
      `{row, way, name}`. Where none does, those that hold every word, or whose name stands in
      the question. */
  find(text) {
    const folded = fold(text);
    if (!folded) return [];
    const words = terms(text);
    const meant = this.meant(folded);
    const laws = this.lawsCalled(folded);
    const mayBeCode = isCode(text);
    const hits = this.matching((row) => {
      const found = match(row, folded, mayBeCode) ?? this.spelt(row, folded);
      const isBetter = found && RANKS[found[0]] < RANKS.synonym;
      if (meant.has(row.folded.name) && !isBetter) return ["synonym", text];
      return found ?? this.rests(row, laws);
    });
    if (hits.length) return hits;
    const all = words.length > 1 ? this.matching((row) => holds(this.wordsOf(row), words)) : [];
    return all.length ? all : this.matching((row) => mentioned(row, folded));
  }

  /** The laws whose names hold the question, in folded text. */
  lawsCalled(folded) {
    const holdsIt = ([, names]) => names.some((name) => fold(name).includes(folded));
    const called = folded.length > 1 ? Object.entries(this.laws).filter(holdsIt) : [];
    return new Set(called.map(([slug]) => slug));
  }

  rests(row, laws) {
    const law = laws.size ? row.laws.find((slug) => laws.has(slug)) : undefined;
    return law ? ["law", this.label("laws", law)] : null;
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
      if (!found) continue;
      const [way, name = "", held = 0] = found;
      hits.push({ row, rank: RANKS[way], way, name, held });
    }
    return hits.sort(byRank);
  }

  /** What comes nearest to a question that nothing answers, a slip or a sentence: the powers,
      the everyday words and the life events, by their names. */
  near(text) {
    this.nearness ??= new Near(this.allNames());
    const found = this.nearness.find(text, NEAR);
    const of = (kind) => found.filter(({ what }) => what.kind === kind);
    const hits = of("power").map(({ what, text: name, share }) => ({
      row: what.row, way: "near", name: name === what.row.name ? "" : name, share,
    }));
    hits.sort((a, b) => b.share - a.share || byRank(a, b));
    return {
      hits,
      words: of("synonym").map(({ what, share }) => ({ word: what.word, share })),
      events: of("event").map(({ what }) => what.slug),
    };
  }

  *allNames() {
    for (const row of this.rows) {
      const what = { kind: "power", row };
      for (const name of [row.name, ...row.aliases]) yield [name, what];
    }
    for (const [word] of this.synonyms) yield [word, { kind: "synonym", word }];
    for (const [slug, name] of Object.entries(this["life-events"])) yield [name, { kind: "event", slug }];
  }

  /** What the list calls a query's everyday words: `{term, targets}`, the longest word first.
      A word that stands within a longer one that stands there too is left out: who asks for
      消防通道停车 does not ask for 停车. */
  synonymsOf(text) {
    const folded = fold(text);
    const found = [];
    for (const [term, targets] of this.synonyms) {
      const stands = term.length > 1 ? folded.includes(term) : folded === term;
      if (stands && !found.some((longer) => longer.term.includes(term)))
        found.push({ term, targets: targets.filter((target) => fold(target) !== folded) });
    }
    return found;
  }

  /** What the everyday words are called that a question begins. */
  begunBy(text, limit = 3) {
    const folded = fold(text);
    if (folded.length < 2) return [];
    const begun = this.synonyms.filter(([term]) => term !== folded && term.startsWith(folded));
    return [...new Set(begun.flatMap(([, targets]) => targets))].slice(0, limit);
  }

  /** What one everyday word is called in the list. */
  targetsOf(word) {
    return this.synonyms.find(([term]) => term === word)?.[1] ?? [];
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
    return this.rows
      .filter((row) => slugs.has(row.department))
      .map((row) => ({ row, way: "body", name: this.label("departments", row.department) }))
      .sort(byRank);
  }

  /** The departments, kinds, laws or life events that a query names: their slugs, best first.
      Two characters stand in too many laws' titles to mean one of them. */
  named(group, text) {
    const folded = fold(text);
    if (folded.length < (group === "laws" ? 3 : 2)) return [];
    const found = [];
    for (const [slug, names] of Object.entries(this[group])) {
      const own = [names].flat().map(fold);
      if (own.includes(folded)) found.unshift(slug);
      else if (own.some((name) => name.includes(folded) || (isTelling(name) && folded.includes(name))))
        found.push(slug);
    }
    return found;
  }

  /** The slugs of a group whose names share most with a query. */
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

function variantsOf(pairs) {
  const characters = Array.from(pairs);
  const found = new Map();
  for (let at = 0; at + 1 < characters.length; at += 2) found.set(characters[at], characters[at + 1]);
  return found;
}
