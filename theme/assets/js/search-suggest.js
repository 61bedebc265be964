/* Offers powers and lists while someone types, as a combobox (WAI-ARIA 1.2): the focus stays in
   the field, arrow keys walk through the offers, Enter follows the chosen one or searches as
   ever, Escape closes. Each offer is a link, so it can be opened in a new tab too. */

import { listOf, powerOf, searchOf } from "./search-addresses.js";
import { marked } from "./search-marks.js";

const PAUSE = 120; // milliseconds without a keystroke
let made = 0;

/** Take the form and a function that gives a promise of the engine. */
export function suggest(form, openEngine) {
  return new Suggestions(form, openEngine).start();
}

class Suggestions {
  constructor(form, openEngine) {
    Object.assign(this, { form, openEngine, timer: 0, turn: 0, at: -1 });
    this.words = form.elements.q;
    this.list = document.createElement("div");
    this.status = document.createElement("p");
  }

  start() {
    this.build();
    this.words.addEventListener("input", (event) => {
      clearTimeout(this.timer);
      if (event.isComposing) return; // letters on their way to becoming characters
      this.timer = setTimeout(() => this.show(), PAUSE);
    });
    this.words.addEventListener("compositionend", () => this.show());
    this.words.addEventListener("keydown", (event) => this.press(event));
    this.form.addEventListener("submit", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus
    this.form.addEventListener("focusout", (event) => {
      if (!this.form.contains(event.relatedTarget)) this.close();
    });
    this.openEngine().catch(() => {}); // so that the first letter need not wait
    if (document.activeElement === this.words && this.words.value !== this.words.defaultValue)
      this.show(); // what was typed while this was loading
  }

  build() {
    const identifier = `suggest-${++made}`;
    Object.assign(this.list, { id: identifier, className: "suggest", hidden: true });
    Object.assign(this.status, { className: "unseen" });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.words.labels[0]?.textContent ?? "");
    this.status.setAttribute("role", "status");
    this.form.append(this.list, this.status);
    const says = {
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": identifier, "aria-haspopup": "listbox",
    };
    for (const [name, value] of Object.entries(says)) this.words.setAttribute(name, value);
  }

  async show() {
    const turn = ++this.turn;
    const text = this.words.value.trim();
    if (!text) return this.close();
    try {
      const engine = await this.openEngine();
      if (turn === this.turn && document.activeElement === this.words) this.fill(engine, text);
    } catch (error) {
      console.warn(error); // the form still works without suggestions
    }
    return undefined;
  }

  fill(engine, text) {
    const { titles } = engine;
    const { places, hits } = engine.suggest(text);
    const offers = [
      ...places.map(({ group, slug }) => this.placeOffer(titles, group, slug, text)),
      ...hits.map((hit) => this.powerOffer(titles, hit, text)),
    ];
    const count = offers.length;
    if (count) offers.push(this.offer(searchOf(this.form, text), [fill(titles.says.all, { query: text })], ""));
    offers.at(-1)?.classList.add("suggest__all");
    offers.forEach((offer, at) => (offer.id = `${this.list.id}-${at}`));
    this.list.replaceChildren(...offers);
    this.open(count > 0);
    this.choose(-1);
    this.status.textContent = fill(count === 1 ? titles.says.one : titles.says.many, { n: count });
  }

  placeOffer(titles, group, slug, text) {
    const href = listOf(this.form, group, slug);
    return this.offer(href, marked(titles.label(group, slug), text), titles.says[group]);
  }

  powerOffer(titles, { row, name, way }, text) {
    const body = this.form.dataset.scope ? "" : titles.label("departments", row.department);
    const past = row.status === "active" ? "" : titles.label("statuses", row.status);
    const called = /^(alias|mention|near|former)/.test(way) ? name : "";
    const aside = [past, called, body].filter(Boolean).join(" · ");
    return this.offer(powerOf(this.form, row.code), marked(row.name, text), aside);
  }

  offer(href, words, note) {
    const link = document.createElement("a");
    const title = document.createElement("span");
    const aside = document.createElement("span");
    Object.assign(link, { href, tabIndex: -1 });
    link.setAttribute("role", "option");
    title.append(...words);
    aside.className = "suggest__aside";
    aside.textContent = note;
    link.append(title, " ", aside);
    return link;
  }

  open(isOpen) {
    this.list.hidden = !isOpen;
    this.words.setAttribute("aria-expanded", String(isOpen));
  }

  close() {
    clearTimeout(this.timer);
    this.turn++;
    this.open(false);
    this.choose(-1);
    this.list.replaceChildren();
    this.status.textContent = "";
  }

  /** Make an offer the chosen one; -1 is the field itself. */
  choose(at) {
    const offers = [...this.list.children];
    offers.forEach((offer, place) => offer.setAttribute("aria-selected", String(place === at)));
    this.at = offers[at] ? at : -1;
    if (this.at < 0) return this.words.removeAttribute("aria-activedescendant");
    this.words.setAttribute("aria-activedescendant", offers[at].id);
    return offers[at].scrollIntoView({ block: "nearest" });
  }

  press(event) {
    const { key } = event;
    if (event.isComposing) return;
    if (this.list.hidden) {
      if (key !== "ArrowDown" || !this.words.value.trim()) return;
      this.show();
    } else if (key === "Escape") this.close();
    else if (key === "ArrowDown" || key === "ArrowUp") this.choose(this.next(key === "ArrowDown" ? 1 : -1));
    else if (key === "Enter" && this.at >= 0) this.list.children[this.at].click();
    else return;
    event.preventDefault();
  }

  /** The place that a step leads to, round through the field. */
  next(step) {
    const stops = this.list.children.length + 1;
    return ((this.at + 1 + step + stops) % stops) - 1;
  }
}

function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
