/* One question to all layers and one list of answers: names first, then what the list calls
   the same thing, then the full text, then what comes near. Knows nothing of the page. */

import { coverage, fold, units } from "./search-fold.js";
import { Fulltext } from "./search-fulltext.js";
import { RANKS } from "./search-match.js";
import { Narrowing } from "./search-narrow.js";
import { Titles } from "./search-titles.js";

const PATIENCE_MS = [8_000, 20_000]; // a full text that does not answer is asked once more, anew
const FEW = 12; // so many pages are read and judged; the words of more pages are common words
const LOOSE = 0.6; // a text that holds less of the question than this was found by chance
const NEAR_WORD = 0.5; // how near an everyday word must come to be searched for besides
const NEAR_BESIDES = 0.4; // how near a name must come to stand beside what was found
const NEAREST = 20;
const WORDS = 6; // so many everyday words are searched for besides
const PLACES = ["life-events", "departments", "kinds", "laws"];

export class Engine {
  constructor(titles, fulltext) {
    this.titles = titles;
    this.fulltext = fulltext;
  }

  /** Load the titles of the city whose root is given; `scope` is the department to keep to.
      A page that asked for them before this script came gives what it is waiting for. */
  static async open(root, scope = "", asked = undefined) {
    const titlesOf = () => fetch(new URL("assets/titles.json", root), { cache: "no-cache" });
    const response = await (asked ?? titlesOf());
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    const titles = new Titles(await response.json(), scope);
    return new Engine(titles, new Fulltext(new URL("pagefind/", root), titles));
  }

  /** What to offer while someone types: `{places, hits}`, few of each. */
  suggest(text, limit = 8) {
    const answer = this.answer(text);
    answer.follow(this.titles.begunBy(answer.asked).map((word) => ({ word })));
    const places = answer.places(["life-events", "departments"]).slice(0, 2);
    return { places, hits: answer.hits.slice(0, limit - places.length) };
  }

  /** Answer from the names alone; the answer's `complete()` asks the full text too.
      The everyday words in `without` are not searched for besides. */
  answer(text, without = []) {
    return new Answer(this, this.titles.simplify(text.normalize("NFKC")).trim(), without);
  }
}

class Answer {
  constructor(engine, asked, without) {
    Object.assign(this, { engine, asked, isPartial: false, isWhole: false, mayWait: false });
    this.hits = []; // all that was found, best first: {row, way, name, words, content, page}
    this.listed = new Set(); // their codes
    this.also = []; // what was searched for besides
    this.left = []; // what was not, because the reader said so
    this.events = []; // life events that come near
    this.named(without);
  }

  /** Decide whether the full text may wait: several words cost several pieces of the index, and
      the texts that hold them all stand last. Cutting words takes a browser a while the first
      time, so a page shows the names before. */
  weigh() {
    const { words, isQuestion } = this.engine.titles.matterOf(this.asked);
    const isSentence = isQuestion || words.filter(isTelling).length > 1;
    if (this.isExact && isSentence) this.addBodies();
    this.mayWait = this.isExact && isSentence && this.hits.length > 0;
  }

  /** Ask the names: strong matches, everyday words, names that the question holds, laws. */
  named(without) {
    const { titles } = this.engine;
    const found = titles.find(this.asked);
    const strong = found.filter(({ rank }) => rank < RANKS.terms);
    this.add(strong);
    this.add(titles.ofEvents(this.asked));
    const near = strong.length || !fold(this.asked) ? null : titles.near(this.asked);
    const [close, synonyms] = split(this.wordsFor(near, without), ({ isClose }) => isClose);
    const others = found.filter(({ rank }) => rank >= RANKS.terms);
    const longest = Math.max(0, ...others.map(({ held }) => held));
    const [telling, vague] = split(synonyms, ({ term }) => term.length >= longest);
    this.follow(telling);
    this.add(others);
    this.follow(vague);
    this.isExact = this.hits.length > 0 || synonyms.length > 0;
    this.follow(close);
    this.near = near;
    if (near && this.hits.length)
      this.add(near.hits.filter(({ share }) => share >= NEAR_BESIDES).slice(0, NEAREST));
  }

  /** The everyday words that the question holds, then those that come nearest. */
  wordsFor(near, without) {
    const { titles } = this.engine;
    const held = titles.synonymsOf(this.asked);
    const close = near?.words.filter(({ share }) => share >= NEAR_WORD).slice(0, 2) ?? [];
    if (near) this.events = near.events.slice(0, 1);
    const all = [
      ...held,
      ...close.map(({ word }) => ({ term: word, targets: titles.targetsOf(word), isClose: true })),
    ];
    const known = new Set();
    const pairs = all.flatMap(({ targets, ...of }) => targets.map((word) => ({ ...of, word })));
    const fresh = pairs.filter(({ word }) => !known.has(word) && known.add(word)).slice(0, WORDS);
    const [left, kept] = split(fresh, ({ word }) => without.includes(word));
    this.left = left.map(({ word }) => word);
    return kept;
  }

  /** Add what everyday words lead to; a body's powers wait, since its name alone was meant. */
  follow(synonyms) {
    const { titles } = this.engine;
    for (const { word } of synonyms) {
      this.also.push(word);
      const hits = titles.find(word).filter(({ rank }) => rank < RANKS.terms);
      this.add(hits, word);
      this.add(titles.ofEvents(word), word);
    }
  }

  /** Ask the full text too, once; where nothing fits, take what comes nearest. */
  complete() {
    this.completing ??= this.completed();
    return this.completing;
  }

  async completed() {
    const { titles } = this.engine;
    const loose = await this.read();
    this.addBodies();
    if (!this.isExact) {
      this.add((this.near ?? titles.near(this.asked)).hits.slice(0, NEAREST));
      this.add(loose);
    }
    this.isWhole = true;
    return this;
  }

  /** Add the powers of the bodies that the everyday words lead to. */
  addBodies() {
    for (const word of this.also) this.add(this.engine.titles.ofBody(word), word);
  }

  /** Search the full text; returns the texts that hold too little of the words to count. */
  async read() {
    const found = await this.patiently(() => this.engine.fulltext.find(this.asked));
    if (!found) return [];
    const isFew = found.length <= FEW;
    if (!isFew && this.isExact) {
      this.add(found);
      return [];
    }
    const loose = await this.patiently(() => this.judge(found.slice(0, FEW)));
    if (!isFew && this.isExact) this.add(found.slice(FEW));
    return loose ?? [];
  }

  /** Read pages and add those that hold most of the words; returns the others. */
  async judge(pages) {
    const wanted = units(this.asked);
    const texts = await Promise.all(pages.map((page) => page.load()));
    const judged = pages.map((page, at) => {
      const share = coverage(wanted, `${page.row.code} ${texts[at]}`);
      return { ...page, content: texts[at], share };
    });
    const [fitting, loose] = split(judged, ({ share }) => share >= LOOSE);
    this.isExact ||= fitting.length > 0;
    this.add(fitting);
    return loose.filter(({ share }) => share > 0);
  }

  /** Ask the full text; if it does not answer, once more from the start; then do without it. */
  async patiently(ask) {
    for (const patience of PATIENCE_MS) {
      if (this.isPartial) return null;
      try {
        return await inTime(ask(), patience);
      } catch (error) {
        console.warn(error);
        this.engine.fulltext.forget();
      }
    }
    this.isPartial = true;
    return null;
  }

  /** The hits that pass the choices, in an order, with the counts of all facets. */
  narrow(choices = {}, sort = "best") {
    return new Narrowing(this.hits, choices, sort);
  }

  /** Fetch the texts of those hits that were found by them and are about to be shown. */
  async fetchTexts(hits) {
    const bare = hits.filter((hit) => hit.load && hit.content === undefined);
    const texts = await this.patiently(() => Promise.all(bare.map((hit) => hit.load())));
    bare.forEach((hit, at) => (hit.content = texts?.[at] ?? ""));
  }

  /** The lists that the question names, or, life events and bodies, that its everyday words
      lead to: `{group, slug}`. */
  places(groups = PLACES) {
    const { titles } = this.engine;
    return groups.flatMap((group) => {
      const isMeant = group === "life-events" || group === "departments";
      const questions = isMeant ? [this.asked, ...this.also] : [this.asked];
      const slugs = new Set(questions.flatMap((question) => titles.named(group, question)));
      if (group === "life-events") for (const slug of this.events) slugs.add(slug);
      return [...slugs].slice(0, 3).map((slug) => ({ group, slug }));
    });
  }

  add(hits, words = this.asked) {
    for (const hit of hits) {
      if (this.listed.has(hit.row.code)) continue;
      this.listed.add(hit.row.code);
      this.hits.push({ ...hit, words });
    }
  }
}

const isTelling = (word) => word.length > 1;

function split(all, test) {
  return [all.filter(test), all.filter((one) => !test(one))];
}

/** Wait for a promise, but not for ever: an endless "searching" is worse than half an answer. */
function inTime(promise, patience) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("the full text does not answer")), patience);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
