/* The filters beside the answers: for each facet its values with their counts, most first, and
   the chosen ones again as buttons above the list, where they are seen when the filters are folded. */

import { fill } from "./search-entries.js";
import { FACETS } from "./search-state.js";

const OPEN = 6; // so many values of a facet are seen at once
const GROUPS = {
  kind: "kinds", department: "departments", applicant: "applicants", theme: "themes",
  status: "statuses", law: "laws",
};

export class Facets {
  /** Take the parts of the page, the titles' promise is settled when this is first drawn. */
  constructor(parts, change) {
    Object.assign(this, { parts, change });
    const { facets, narrow } = parts;
    facets.addEventListener("submit", (event) => event.preventDefault());
    facets.addEventListener("change", () => change(this.chosen()));
    narrow.open = matchMedia("(min-width: 60em)").matches; // a phone shows the answers first
  }

  /** The choices as the boxes stand. */
  chosen() {
    const boxes = [...this.parts.facets.querySelectorAll("input:checked")];
    return Object.fromEntries(
      FACETS.map((facet) => [
        facet,
        boxes.filter(({ name }) => name === facet).map(({ value }) => value),
      ]),
    );
  }

  /** Draw all facets anew; the focus stays where it was. */
  draw(narrowing, titles) {
    const { facets } = this.parts;
    const focus = document.activeElement;
    const isInside = facets.contains(focus);
    const unfolded = new Set([...facets.querySelectorAll("details[open]")].map((d) => d.dataset.of));
    const counts = narrowing.facets;
    for (const field of facets.querySelectorAll("[data-facet]")) {
      const { facet } = field.dataset;
      const chosen = narrowing.choices[facet] ?? [];
      field.hidden = !chosen.length && counts[facet].size < 2;
      this.drawOne(field, this.options(titles, facet, counts[facet], chosen), unfolded.has(facet));
    }
    if (isInside && focus.name) this.refocus(focus);
    this.drawChosen(narrowing.choices, titles);
  }

  refocus({ name, value }) {
    const selector = `input[name="${CSS.escape(name)}"][value="${CSS.escape(value)}"]`;
    this.parts.facets.querySelector(selector)?.focus();
  }

  /** A facet's values as options, the chosen ones first, then those with most powers. */
  options(titles, facet, counts, chosen) {
    const { lang } = document.documentElement;
    return [...counts]
      .map(([value, n]) => ({ value, n, name: titles.label(GROUPS[facet], value), facet }))
      .filter(({ name }) => name)
      .map((option) => ({ ...option, isChosen: chosen.includes(option.value) }))
      .sort((a, b) => b.isChosen - a.isChosen || b.n - a.n || a.name.localeCompare(b.name, lang));
  }

  drawOne(field, options, isUnfolded) {
    const boxes = options.map((option) => this.box(option));
    field.replaceChildren(field.querySelector("legend"), ...boxes.slice(0, OPEN));
    if (boxes.length <= OPEN) return;
    const rest = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = fill(this.parts.facets.dataset.more, { n: boxes.length - OPEN });
    rest.open = isUnfolded;
    rest.dataset.of = field.dataset.facet;
    rest.append(summary, ...boxes.slice(OPEN));
    field.append(rest);
  }

  box({ facet, value, name, n, isChosen }) {
    const label = document.createElement("label");
    const box = document.createElement("input");
    const text = document.createElement("span");
    const count = document.createElement("span");
    Object.assign(box, { type: "checkbox", name: facet, value, checked: isChosen });
    label.className = "facet__value";
    text.textContent = name;
    count.className = "facet__count";
    count.textContent = n;
    label.append(box, text, " ", count);
    return label;
  }

  drawChosen(choices, titles) {
    const { chips, chosen } = this.parts;
    const all = FACETS.flatMap((facet) => (choices[facet] ?? []).map((value) => ({ facet, value })));
    const buttons = all.map(({ facet, value }) => {
      const name = titles.label(GROUPS[facet], value) || value;
      const others = { ...choices, [facet]: choices[facet].filter((one) => one !== value) };
      return this.chip(`${name} ×`, fill(chips.dataset.off, { name }), () => this.change(others));
    });
    if (all.length > 1)
      buttons.push(this.chip(chips.dataset.clear, chips.dataset.clear, () => this.change({}), "clear"));
    chips.replaceChildren(...buttons);
    chips.hidden = !all.length;
    chosen.textContent = all.length ? fill(chosen.dataset.text, { n: all.length }) : "";
  }

  chip(text, label, act, part = "") {
    const entry = document.createElement("li");
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "chip", textContent: text });
    button.setAttribute("aria-label", label);
    if (part) button.dataset.part = part;
    button.addEventListener("click", () => {
      this.parts.sort.focus(); // the button goes away
      act();
    });
    entry.append(button);
    return entry;
  }
}
