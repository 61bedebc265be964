/* Offers powers while someone types: plain links under the field, nothing more.
   Arrow keys walk through them, Escape closes them; Enter in the field searches as ever. */

import { powerOf } from "./search-addresses.js";
import { marked } from "./search-marks.js";

const PAUSE = 150; // milliseconds without a keystroke

/** Take the form and a function that gives a promise of the engine. */
export function suggest(form, openEngine) {
  return new Suggestions(form, openEngine).start();
}

class Suggestions {
  constructor(form, openEngine) {
    Object.assign(this, { form, openEngine, timer: 0, turn: 0 });
    this.words = form.elements.q;
    this.list = form.querySelector("[data-suggest]");
    this.status = form.querySelector("[data-suggest-status]");
  }

  start() {
    this.words.addEventListener("input", (event) => {
      clearTimeout(this.timer);
      if (event.isComposing) return; // letters on their way to becoming characters
      this.timer = setTimeout(() => this.show(), PAUSE);
    });
    this.words.addEventListener("compositionend", () => this.show());
    this.form.addEventListener("submit", () => this.close());
    this.form.addEventListener("keydown", (event) => this.walk(event));
    this.form.addEventListener("focusout", (event) => {
      if (!this.form.contains(event.relatedTarget)) this.close();
    });
    if (document.activeElement === this.words) this.show(); // what was typed while this was loading
  }

  async show() {
    const turn = ++this.turn;
    const text = this.words.value.trim();
    if (!text) return this.close();
    try {
      const engine = await this.openEngine();
      if (turn === this.turn && this.form.contains(document.activeElement))
        this.fill(engine.suggest(text), engine, text);
    } catch (error) {
      console.warn(error); // the form still works without suggestions
    }
    return undefined;
  }

  fill(hits, engine, text) {
    this.list.replaceChildren(...hits.map((hit) => this.entry(hit, engine, text)));
    this.list.hidden = !hits.length;
    const { one, many } = this.status.dataset;
    this.status.textContent = (hits.length === 1 ? one : many).replace("{n}", hits.length);
  }

  entry({ row, name }, { titles }, text) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    const aside = document.createElement("span");
    link.href = powerOf(this.form, row.code);
    const title = document.createElement("span");
    title.append(...marked(row.name, text));
    const body = this.form.dataset.scope ? "" : titles.label("departments", row.department);
    aside.className = "suggest__aside";
    aside.textContent = [name, body].filter(Boolean).join(" · ");
    link.append(title, aside);
    item.append(link);
    return item;
  }

  close() {
    clearTimeout(this.timer);
    this.turn++;
    this.list.hidden = true;
    this.list.replaceChildren();
    this.status.textContent = "";
  }

  walk(event) {
    if (this.list.hidden) return;
    const stops = [this.words, ...this.list.querySelectorAll("a")];
    const at = stops.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") {
      this.words.focus();
      this.close();
    } else if (step && at >= 0 && stops[at + step]) stops[at + step].focus();
    else return;
    event.preventDefault();
  }
}
