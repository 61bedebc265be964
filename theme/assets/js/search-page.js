/* The search page: the address holds the question, this shows its answer. */

import { listOf, powerOf } from "./search-addresses.js";
import { FACETS } from "./search-engine.js";
import { marked, telling } from "./search-marks.js";

const PAGE = 20;
const LONGEST = 200; // characters of a question
const GROUPS = { department: "departments", kind: "kinds", law: "laws" };

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
    this.hit = document.getElementById("search-hit").content.firstElementChild;
    this.parts = byPart(place);
  }

  start() {
    const { clear, facets, more } = this.parts;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.go({ ...this.chosen(), q: this.words.value.trim() });
    });
    facets.addEventListener("submit", (event) => event.preventDefault());
    facets.addEventListener("change", () => this.go({ ...this.chosen(), q: asked() }));
    clear.addEventListener("click", (event) => {
      event.preventDefault();
      facets.querySelector("select").focus(); // the button goes away
      this.go({ q: asked() });
    });
    more.addEventListener("click", () => this.showMore());
    addEventListener("popstate", () => this.show());
    return this.show();
  }

  /** Put a question into the address and answer it. */
  go(state) {
    const filled = Object.entries(state).filter(([, value]) => value);
    const query = new URLSearchParams(filled).toString();
    const address = `${location.pathname}${query && "?"}${query}`;
    if (address !== location.pathname + location.search) history.pushState({}, "", address);
    return this.show();
  }

  /** Answer the question in the address. */
  async show() {
    const turn = ++this.turn;
    const question = asked();
    const choices = this.choicesAsked();
    this.words.value = question;
    document.title = question ? `${question} - ${this.title}` : this.title;
    if (!question) return this.clear();
    this.say(this.parts.count.dataset.searching);
    try {
      this.engine = await this.openEngine();
      const answer = this.engine.answer(question, choices);
      const first = await answer.take(PAGE);
      if (turn !== this.turn) return undefined;
      if (first.length) this.list(first);
      await answer.complete();
      if (turn === this.turn) await this.present(answer, turn);
    } catch (error) {
      console.warn(error);
      if (turn === this.turn) this.fail();
    }
    return undefined;
  }

  /** Show a whole answer: what was found, how to narrow it, where else to look. */
  async present(answer, turn) {
    const { also, city, list, none, partial } = this.parts;
    this.answer = answer;
    const hits = await answer.take(history.state?.shown ?? PAGE);
    if (turn !== this.turn) return;
    this.say(this.outcome(answer), answer);
    const words = answer.also.join(also.dataset.comma);
    also.textContent = fill(also.dataset.text, { words });
    also.hidden = !answer.also.length;
    partial.hidden = !answer.isPartial;
    if (city) pointTo(city, asked());
    list.hidden = !hits.length;
    none.hidden = answer.codes.size > 0;
    this.offerFacets(answer);
    this.offerPlaces(answer);
    this.list(hits);
    this.offerMore(answer, hits.length);
  }

  /** Say in one sentence what came of the question. */
  outcome(answer) {
    const { dataset } = this.parts.count;
    if (!answer.codes.size) return dataset.none;
    if (!answer.total) return fill(dataset.narrow, { n: answer.codes.size });
    if (!answer.isExact) return dataset.nearest;
    return answer.total === 1 ? dataset.one : dataset.many;
  }

  say(sentence, answer) {
    this.parts.count.textContent = fill(sentence, { n: answer?.total ?? 0, query: asked() });
  }

  /** Bring the list up to date; entries that stay are left alone, with the focus in them. */
  list(hits) {
    const { hits: list } = this.parts;
    this.parts.list.hidden = !hits.length;
    const stays = hits.findIndex((hit, at) => list.children[at]?.dataset.code !== hit.row.code);
    const kept = stays < 0 ? hits.length : stays;
    while (list.children.length > kept) list.lastElementChild.remove();
    for (const hit of hits.slice(kept)) list.append(this.entry(hit));
  }

  entry({ row, way, name, words, content }) {
    const { titles } = this.engine;
    const entry = this.hit.cloneNode(true);
    const parts = byPart(entry);
    entry.dataset.code = row.code;
    entry.dataset.way = way;
    parts.name.href = powerOf(this.form, row.code);
    parts.name.replaceChildren(...marked(row.name, words, way === "near"));
    parts.kind.textContent = titles.label("kinds", row.kind);
    parts.kind.classList.add(`badge--${row.kind}`);
    parts.status.textContent = titles.label("statuses", row.status);
    parts.status.classList.add(row.status === "active" ? "badge--active" : "badge--ended");
    parts.code.textContent = row.code;
    if (!this.form.dataset.scope)
      parts.department.textContent = titles.label("departments", row.department);
    if (way.startsWith("alias") || way === "mention") because(parts.alias, name, words);
    if (way === "event") because(parts.event, name, words);
    if (way.startsWith("former")) because(parts.former, name, words);
    if (way === "text") because(parts.text, telling(content, row.name, words).join(" · "), words);
    return entry;
  }

  offerFacets(answer) {
    const { clear, facets } = this.parts;
    const counts = answer.facets;
    let isUseful = false;
    for (const field of facets.querySelectorAll("[data-facet]")) {
      const { facet } = field.dataset;
      const chosen = answer.choices[facet];
      field.hidden = !chosen && (counts[facet].size < 2 || answer.codes.size < 2);
      isUseful ||= !field.hidden;
      this.fillSelect(field.querySelector("select"), GROUPS[facet], counts[facet], chosen);
    }
    facets.hidden = !isUseful || !answer.codes.size;
    clear.hidden = !FACETS.some((facet) => answer.choices[facet]);
  }

  fillSelect(select, group, counts, chosen) {
    if (chosen && !counts.has(chosen)) counts.set(chosen, 0);
    const options = [...counts]
      .map(([slug, n]) => ({ slug, n, name: this.engine.titles.label(group, slug) }))
      .filter(({ name }) => name)
      .sort((a, b) => b.n - a.n || a.name.localeCompare(b.name, document.documentElement.lang));
    select.replaceChildren(
      select.options[0],
      ...options.map(({ slug, n, name }) => new Option(fill(select.dataset.option, { name, n }), slug)),
    );
    select.value = options.some(({ slug }) => slug === chosen) ? chosen : "";
  }

  /** Lead to the lists that the question names, or, where nothing was found, to the nearest. */
  offerPlaces(answer) {
    const { near, places } = this.parts;
    const { titles } = this.engine;
    const isCity = !this.form.dataset.scope;
    const groups = isCity ? ["life-events", ...Object.values(GROUPS)] : [];
    const questions = [answer.asked, ...answer.also];
    const named = groups.flatMap((group) => {
      const slugs = new Set(questions.flatMap((question) => titles.named(group, question)));
      return [...slugs].slice(0, 3).map((slug) => this.placeLink(group, slug));
    });
    places.replaceChildren(...named);
    places.hidden = !named.length;
    if (answer.codes.size) return;
    const nearest = ["departments", "kinds"].flatMap((group) =>
      titles.nearest(group, answer.asked).map((slug) => this.placeLink(group, slug)),
    );
    const kinds = Object.keys(titles.kinds).map((slug) => this.placeLink("kinds", slug));
    near.replaceChildren(...(nearest.length ? nearest : kinds));
  }

  placeLink(group, slug) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = listOf(this.form, group, slug);
    link.textContent = this.engine.titles.label(group, slug);
    item.append(link);
    return item;
  }

  offerMore(answer, shown) {
    const { more } = this.parts;
    const rest = answer.total - shown;
    more.hidden = rest <= 0;
    more.textContent = fill(more.dataset.text, { n: Math.min(PAGE, rest) });
  }

  /** Show the next hits and go to the first of them; the address remembers how many there are. */
  async showMore() {
    const turn = this.turn;
    const shown = this.parts.hits.children.length;
    const hits = await this.answer.take(shown + PAGE);
    if (turn !== this.turn) return;
    history.replaceState({ shown: hits.length }, "");
    this.list(hits);
    this.offerMore(this.answer, hits.length);
    this.parts.hits.children[shown]?.querySelector("a").focus();
  }

  clear() {
    const { count, ...others } = this.parts;
    count.textContent = "";
    for (const name of ["also", "city", "facets", "list", "none", "partial", "places"])
      if (others[name]) others[name].hidden = true;
    this.parts.hits.replaceChildren();
  }

  fail() {
    this.clear();
    this.say(this.parts.count.dataset.failed);
  }

  /** The facets' choices in the address; a department's site has made the first one itself. */
  choicesAsked() {
    const state = new URLSearchParams(location.search);
    const open = FACETS.filter((facet) => facet !== "department" || !this.form.dataset.scope);
    return Object.fromEntries(open.map((facet) => [facet, state.get(facet) ?? ""]));
  }

  /** The facets' choices in their fields. */
  chosen() {
    return Object.fromEntries(new FormData(this.parts.facets));
  }
}

function asked() {
  return new URLSearchParams(location.search).get("q")?.trim().slice(0, LONGEST) ?? "";
}

function byPart(element) {
  return Object.fromEntries(
    [...element.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]),
  );
}

function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

function because(part, name, words) {
  if (!name) return;
  const [before, after = ""] = part.dataset.text.split("{name}");
  part.replaceChildren(before, ...marked(name, words, true), after);
  part.hidden = false;
}

function pointTo(paragraph, question) {
  const link = paragraph.querySelector("a");
  link.search = `?${new URLSearchParams({ q: question })}`;
  paragraph.hidden = false;
}
