/* Sorts and filters a short list that stands whole on its page: departments, laws, themes. */

import { addressOf, folded, stateOf } from "./lists-rows.js";

const form = document.querySelector("[data-sift-index]");
if (form) start(form);

function start(form) {
  const groups = Array.from(document.querySelectorAll(".group ul"), (list) => ({
    list,
    lines: Array.from(list.children, (line) => ({
      line,
      text: folded(line.textContent),
      name: line.querySelector(".tally__text").textContent,
      count: Number(line.querySelector(".tally__count").textContent.replace(/\D/g, "")),
    })),
  }));
  const collator = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const orders = {
    name: (a, b) => collator.compare(a.name, b.name),
    count: (a, b) => b.count - a.count || collator.compare(a.name, b.name),
  };

  function show() {
    const state = read(form);
    const words = folded(state.q).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { list, lines } of groups) {
      const order = orders[state.sort];
      const sorted = order ? lines.slice().sort(order) : lines;
      list.append(...sorted.map(({ line }) => line));
      let left = 0;
      for (const { line, text } of lines) {
        line.hidden = !words.every((word) => text.includes(word));
        if (!line.hidden) left += 1;
      }
      list.closest(".group").hidden = left === 0;
      shown += left;
    }
    tell(form, shown, groups.reduce((sum, group) => sum + group.lines.length, 0), state.q);
  }

  function take() {
    window.history.replaceState(null, "", window.location.pathname + addressOf(read(form)));
    show();
  }

  function restore() {
    const state = stateOf(window.location.search);
    for (const name of ["q", "sort"]) form.elements[name].value = state[name];
    show();
  }

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", take);
  window.addEventListener("popstate", restore);
  restore();
}

function read(form) {
  return { ...stateOf(""), q: form.elements.q.value.trim(), sort: form.elements.sort.value };
}

function tell(form, n, all, asked) {
  const count = form.querySelector('[data-part="count"]');
  const key = n === 0 ? "none" : n === 1 ? "one" : "many";
  const words = count.dataset[key].replace("{n}", n).replace("{all}", all);
  count.textContent = asked ? words : "";
}
