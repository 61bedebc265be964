/* One hit as an entry of the list: its name, what it is, and why it was found. */

import { powerOf } from "./search-addresses.js";
import { marked, telling } from "./search-marks.js";

/** The marked parts of an element by their names. */
export function byPart(element) {
  return Object.fromEntries(
    [...element.querySelectorAll("[data-part]")].map((part) => [part.dataset.part, part]),
  );
}

/** Put values into the places of a sentence: "{n} more". */
export function fill(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** Return the entry of a hit, made from the page's frame for one. */
export function entryOf(hit, form, titles) {
  const { row, way, words } = hit;
  const entry = document.getElementById("search-hit").content.firstElementChild.cloneNode(true);
  const parts = byPart(entry);
  entry.dataset.code = row.code;
  entry.dataset.way = way;
  parts.name.href = powerOf(form, row.code);
  parts.name.replaceChildren(...marked(row.name, words, way === "near"));
  parts.kind.textContent = titles.label("kinds", row.kind);
  parts.kind.classList.add(`badge--${row.kind}`);
  parts.status.textContent = titles.label("statuses", row.status);
  parts.status.classList.add(row.status === "active" ? "badge--active" : "badge--ended");
  parts.code.textContent = row.code;
  if (!form.dataset.scope) parts.department.textContent = titles.label("departments", row.department);
  explain(parts, hit);
  return entry;
}

/** Say why a power was found whose title does not show it. */
function explain(parts, { row, way, name, words, content }) {
  const [kind] = way.split("-");
  const reason = { mention: "alias", near: "alias" }[kind] ?? kind;
  const text = way === "text" ? telling(content ?? "", row.name, words).join(" · ") : name;
  if (!["alias", "event", "former", "law", "text"].includes(reason) || !text) return;
  const [before, after = ""] = parts[reason].dataset.text.split("{name}");
  parts[reason].replaceChildren(before, ...marked(text, words, true), after);
  parts[reason].hidden = false;
}
