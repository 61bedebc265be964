/* The search page: the address holds the question, this shows its answer. */

import { listOf, searchOf } from "./search-addresses.js";
import { byPart, entryOf, fill } from "./search-entries.js";
import { Facets } from "./search-facets.js";
import { PAGE, SORTS, read, write } from "./search-state.js";

/** Take the form, the place for the results, and a promise of the engine. */
export function start(form, place, openEngine) {
  return new SearchPage(form, place, openEngine).start();
}

class SearchPage {
  constructor(form, place, openEngine) {
    Object.assign(this, { form, place, openEngine });
    this.words = form.elements.q;
    this.title = document.title;
    this.turn = 0; // an answer that comes after a newer question is dropped
    place.append(document.getElementById("search-frame").content.cloneNode(true));
    this.parts = byPart(place);
    this.facets = new Facets(this.parts, (choices) => this.go({ choices, shown: PAGE }));
  }

  start() {
    const { more, sort, texts } = this.parts;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const q = this.words.value.trim();
      // filters and order that were meant for another question would hide answers to this one
      this.go(q === read().q ? {} : { ...read(""), q });
    });
    sort.addEventListener("change", () => this.go({ sort: sort.value }));
    more.addEventListener("click", () => this.showMore());
    texts.addEventListener("click", () => this.readOn());
    new IntersectionObserver(([{ isIntersecting }]) => isIntersecting && this.readOn()).observe(texts);
    addEventListener("popstate", () => this.show());
    return this.show();
  }

  /** Put a change of the state into the address and answer it. */
  go(change) {
    const query = write({ ...read(), ...change });
    const address = `${location.pathname}${query && "?"}${query}`;
    if (address !== location.pathname + location.search) history.pushState({}, "", address);
    return this.show();
  }

  /** Answer the question in the address; the same question is not asked twice. */
  async show() {
    const turn = ++this.turn;
    const state = read();
    this.words.value = state.q;
    document.title = state.q ? `${state.q} - ${this.title}` : this.title;
    if (!state.q) return this.clear();
    const key = write({ q: state.q, without: state.without });
    try {
      if (key !== this.answered) await this.ask(state, key, turn);
      await this.present(turn);
    } catch (error) {
      console.warn(error);
      if (turn === this.turn) this.fail();
    }
    return undefined;
  }

  async ask(state, key, turn) {
    this.say(this.parts.count.dataset.searching);
    this.parts.texts.hidden = true;
    this.answered = "";
    const engine = await this.openEngine();
    const answer = engine.answer(state.q, state.without);
    if (turn !== this.turn) return;
    Object.assign(this, { answer, titles: engine.titles });
    this.answered = key;
    // the names answer at once; what the full text adds comes below and moves no hit
    this.parts.none.hidden = true;
    this.parts.narrow.hidden = false;
    this.draw(state, answer.narrow(state.choices, state.sort));
    await new Promise((resolve) => setTimeout(resolve)); // so that they can be seen
    answer.weigh();
  }

  /** Show a whole answer: what was found, how to narrow it, where else to look. Where the names
      answer a question of several words, the full text waits until the reader has come to their end. */
  async present(turn) {
    if (turn !== this.turn) return;
    const { answer, parts } = this;
    const state = read();
    if (!answer.mayWait || state.sort !== SORTS[0]) await answer.complete();
    const narrowing = answer.narrow(state.choices, state.sort);
    await answer.fetchTexts(narrowing.hits.slice(0, state.shown));
    if (turn !== this.turn) return;
    this.say(this.outcome(narrowing), narrowing.hits.length);
    parts.partial.hidden = !answer.isPartial;
    parts.texts.hidden = answer.isWhole || narrowing.hits.length > state.shown;
    parts.narrow.hidden = answer.hits.length < 2;
    this.offerWaysOut(answer);
    this.draw(state, narrowing);
  }

  /** Draw the hits and what stands around them. */
  draw(state, narrowing) {
    const { answer, parts } = this;
    const hits = narrowing.hits.slice(0, state.shown);
    parts.sort.value = state.sort;
    parts.columns.hidden = !answer.hits.length;
    this.offerWords(answer, state);
    this.offerPlaces(answer);
    this.facets.draw(narrowing, this.titles);
    this.list(hits);
    this.offerMore(narrowing.hits.length - hits.length);
  }

  /** Go on to the full text. */
  readOn() {
    this.answer.mayWait = false;
    return this.present(this.turn);
  }

  /** Say in one sentence what came of the question. */
  outcome(narrowing) {
    const { dataset } = this.parts.count;
    if (!narrowing.all.length) return dataset.none;
    if (!narrowing.hits.length) return fill(dataset.narrow, { n: narrowing.all.length });
    if (!this.answer.isExact) return dataset.nearest;
    return narrowing.hits.length === 1 ? dataset.one : dataset.many;
  }

  say(sentence, n = 0) {
    this.parts.count.textContent = fill(sentence, { n, query: read().q });
  }

  /** Bring the list up to date; entries that stay are left alone, with the focus in them. */
  list(hits) {
    const { hits: list } = this.parts;
    const isShown = ({ row, content }, entry) =>
      entry?.dataset.code === row.code && (content === undefined || entry.dataset.read === "yes");
    const stays = hits.findIndex((hit, at) => !isShown(hit, list.children[at]));
    const kept = stays < 0 ? hits.length : stays;
    while (list.children.length > kept) list.lastElementChild.remove();
    for (const hit of hits.slice(kept)) {
      const entry = entryOf(hit, this.form, this.titles);
      if (hit.content !== undefined) entry.dataset.read = "yes";
      list.append(entry);
    }
  }

  /** Show which everyday words were searched for besides; each can be followed or left out. */
  offerWords(answer, { without }) {
    const { also, words } = this.parts;
    const { on, off } = also.dataset;
    words.replaceChildren(
      ...answer.also.map((word) => this.word(word, fill(off, { name: word }), [...without, word])),
      ...answer.left.map((word) =>
        this.word(word, fill(on, { name: word }), without.filter((one) => one !== word), true),
      ),
    );
    also.hidden = !words.children.length;
  }

  word(word, label, without, isLeft = false) {
    const entry = document.createElement("li");
    const link = document.createElement(isLeft ? "s" : "a");
    const button = document.createElement("button");
    link.textContent = word;
    if (!isLeft) link.href = searchOf(this.form, word);
    Object.assign(button, { type: "button", textContent: isLeft ? "+" : "×", title: label });
    button.setAttribute("aria-label", label);
    button.addEventListener("click", async () => {
      const at = [...this.parts.words.children].indexOf(entry);
      await this.go({ without, shown: PAGE });
      (this.parts.words.children[at]?.querySelector("button") ?? this.words).focus();
    });
    entry.append(link, button);
    return entry;
  }

  /** Lead to the lists that the question names. */
  offerPlaces(answer) {
    const { city, places } = this.parts;
    const named = this.form.dataset.scope ? [] : answer.places();
    places.replaceChildren(...named.map(({ group, slug }) => this.placeLink(group, slug)));
    places.hidden = !named.length;
    if (!city) return;
    city.querySelector("a").search = `?${new URLSearchParams({ q: read().q })}`;
    city.hidden = false;
  }

  /** Where nothing fits, lead to the lists that come nearest, or to all kinds. */
  offerWaysOut(answer) {
    const { near, none } = this.parts;
    const { titles } = this;
    none.hidden = answer.isExact;
    if (answer.isExact) return;
    const nearest = ["life-events", "departments", "kinds"].flatMap((group) =>
      titles.nearest(group, answer.asked, 3).map((slug) => [group, slug]),
    );
    const kinds = Object.keys(titles.kinds).map((slug) => ["kinds", slug]);
    const ways = nearest.length ? nearest : kinds;
    near.replaceChildren(...ways.map(([group, slug]) => this.placeLink(group, slug)));
  }

  placeLink(group, slug) {
    const entry = document.createElement("li");
    const link = document.createElement("a");
    const sort = document.createElement("span");
    link.href = listOf(this.form, group, slug);
    link.textContent = this.titles.label(group, slug);
    sort.className = "results__sort";
    sort.textContent = this.titles.says[group];
    link.prepend(sort, " ");
    entry.append(link);
    return entry;
  }

  offerMore(rest) {
    const { more } = this.parts;
    more.hidden = rest <= 0;
    more.textContent = fill(more.dataset.text, { n: Math.min(PAGE, rest) });
  }

  /** Show the next hits and go to the first of them; the address remembers how many there are. */
  async showMore() {
    const turn = this.turn;
    const first = this.parts.hits.children.length;
    const state = { ...read(), shown: first + PAGE };
    history.replaceState({}, "", `?${write(state)}`);
    await this.present(turn);
    if (turn === this.turn) this.parts.hits.children[first]?.querySelector("a").focus();
  }

  clear() {
    const { count, hits, ...others } = this.parts;
    count.textContent = "";
    this.answered = "";
    for (const name of ["also", "city", "columns", "none", "partial", "places", "texts"])
      if (others[name]) others[name].hidden = true;
    hits.replaceChildren();
  }

  fail() {
    this.clear();
    this.say(this.parts.count.dataset.failed);
  }
}
