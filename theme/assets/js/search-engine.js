/* One question to both layers and one list of answers: titles first, then the full text,
   then what the list calls the same thing. Knows nothing of the page. */

import { coverage, units } from "./search-fold.js";
import { Fulltext } from "./search-fulltext.js";
import { Titles } from "./search-titles.js";

export const FACETS = ["department", "kind", "law"];
const PATIENCE_MS = 30_000; // a reader does not wait longer for the full text
const FEW = 30; // so many pages are read and judged; the words of more pages are common words
const LOOSE = 0.6; // a text that holds less of the question than this was found by chance

export class Engine {
  constructor(titles, fulltext) {
    this.titles = titles;
    this.fulltext = fulltext;
  }

  /** Load the titles of the city whose root is given; `scope` is the department to keep to. */
  static async open(root, scope = "") {
    const response = await fetch(new URL("assets/titles.json", root), { cache: "no-cache" });
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    const titles = new Titles(await response.json(), scope);
    return new Engine(titles, new Fulltext(new URL("pagefind/", root), scope));
  }

  /** The powers to offer while someone types. */
  suggest(text, limit = 8) {
    return this.titles.find(this.titles.simplify(text)).slice(0, limit);
  }

  /** Answer from the titles alone; the answer's `complete()` asks the full text too. */
  answer(text, choices = {}) {
    return new Answer(this, this.titles.simplify(text.normalize("NFKC")).trim(), choices);
  }
}

class Answer {
  constructor(engine, asked, choices) {
    Object.assign(this, { engine, asked, choices, isPartial: false });
    this.also = []; // synonyms that were searched for besides
    this.codes = new Set(); // of all that was found, whatever facets are chosen
    this.hits = []; // those that pass the choices, in order: {row, way, name, words, content}
    this.waiting = []; // pages that come behind them, not read yet
    this.listed = new Set();
    for (const hit of engine.titles.find(asked)) this.add(hit, asked);
    for (const hit of engine.titles.ofEvents(asked)) this.add(hit, asked);
    this.isExact = this.codes.size > 0;
  }

  /** Ask the full text and the synonyms; where nothing fits, say what comes nearest. */
  async complete() {
    const { titles } = this.engine;
    const loose = await this.read(this.asked);
    for (const word of titles.synonymsOf(this.asked)) {
      this.also.push(word);
      for (const hit of titles.find(word)) if (hit.way !== "mention") this.add(hit, word);
      for (const hit of titles.ofEvents(word)) this.add(hit, word);
      for (const hit of titles.ofBody(word)) this.add(hit, word);
      await this.read(word, { quoted: true });
      this.isExact ||= this.codes.size > 0;
    }
    if (!this.isExact) {
      for (const hit of titles.near(this.asked)) this.add(hit, this.asked);
      for (const text of loose) this.addText(text);
    }
    return this;
  }

  /** Search the full text; returns the texts that hold too little of the words to count. */
  read(words, { quoted = false } = {}) {
    return this.reading(() => this.look(words, quoted));
  }

  /** Do without the full text, from here on, where it fails or does not answer in time. */
  async reading(ask) {
    try {
      return await inTime(ask());
    } catch (error) {
      console.warn(error);
      this.engine.fulltext.forget();
      this.isPartial = true;
      this.waiting = [];
    }
    return [];
  }

  async look(words, quoted) {
    const found = await this.engine.fulltext.find(words, { quoted });
    const isFew = found.pages.length <= FEW;
    if (isFew || !this.isExact) {
      const loose = await this.judge(found.pages.slice(0, FEW), words);
      if (isFew || !this.isExact) return loose;
    }
    await this.queue(found, words, quoted);
    return [];
  }

  /** Read pages and add those that hold most of the words; returns the others. */
  async judge(pages, words) {
    const wanted = units(words);
    const texts = await Promise.all(pages.map((page) => page.load()));
    const judged = texts.map((text, at) => {
      const share = pages[at].quoted ? 1 : coverage(wanted, `${text.code} ${text.content}`);
      return { ...text, words, share };
    });
    this.isExact ||= judged.some(({ share }) => share >= LOOSE);
    for (const text of judged) if (text.share >= LOOSE) this.addText(text);
    return judged.filter(({ share }) => share > 0 && share < LOOSE);
  }

  /** Count many pages by their codes, and read them only when they are to be shown. */
  async queue(found, words, quoted) {
    const { fulltext, titles } = this.engine;
    for (const code of found.codes) if (titles.byCode.has(code)) this.codes.add(code);
    const isNarrowed = FACETS.some((facet) => this.choices[facet]);
    const { choices } = this;
    const { pages } = isNarrowed ? await fulltext.find(words, { choices, quoted }) : found;
    for (const page of pages) this.waiting.push({ page, words });
  }

  /** The first `count` hits that pass the choices. */
  async take(count) {
    while (this.hits.length < count && this.waiting.length) {
      const next = this.waiting.splice(0, count - this.hits.length);
      const texts = await this.reading(() => Promise.all(next.map(({ page }) => page.load())));
      texts.forEach((text, at) => this.addText({ ...text, words: next[at].words }));
    }
    return this.hits.slice(0, count);
  }

  /** How many powers pass the choices. */
  get total() {
    return this.rows().filter((row) => FACETS.every((facet) => this.passes(row, facet))).length;
  }

  /** For each facet its values with their counts, the other facets' choices kept. */
  get facets() {
    const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Map()]));
    for (const row of this.rows())
      for (const facet of FACETS)
        if (FACETS.every((other) => other === facet || this.passes(row, other)))
          for (const value of valuesOf(row, facet))
            counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
    return counts;
  }

  rows() {
    return [...this.codes].map((code) => this.engine.titles.byCode.get(code));
  }

  passes(row, facet) {
    return !this.choices[facet] || valuesOf(row, facet).includes(this.choices[facet]);
  }

  addText({ code, content, words }) {
    const row = this.engine.titles.byCode.get(code);
    if (row) this.add({ row, way: "text", name: "", content }, words);
  }

  add(hit, words) {
    const { code } = hit.row;
    if (this.listed.has(code)) return;
    this.listed.add(code);
    this.codes.add(code);
    if (FACETS.every((facet) => this.passes(hit.row, facet))) this.hits.push({ ...hit, words });
  }
}

function valuesOf(row, facet) {
  return facet === "law" ? row.laws : [row[facet]];
}

/** Wait for a promise, but not for ever: an endless "searching" is worse than half an answer. */
function inTime(promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("the full text does not answer")), PATIENCE_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
