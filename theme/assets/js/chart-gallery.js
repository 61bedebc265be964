/* The gallery of flowcharts, searched: by words in steps, posts and documents, by time and number of steps.
   The list as it stands in the page comes back when nothing is asked; every search has an address. */
import words from "./chart-words.js";
import { fold, terms } from "./search-fold.js";

const BATCH = 60;
const CODE = 0, NAME = 1, KIND = 2, BODY = 3, STEPS = 4, DAYS = 8, TAKES = 9;
const PARTS = { step: 5, post: 6, document: 7 };

function node(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
}

function within(range, value) {
  if (!range) return true;
  if (range === "none") return value < 0;
  const ends = range.split("-");
  return value >= Number(ends[0]) && (ends[1] === "" || value <= Number(ends[1]));
}

/* Which texts hold a word: one look at each text, not one per power. */
function holding(index, word) {
  const found = new Set();
  index.folded.forEach(function (text, number) {
    if (text.includes(word)) found.add(number);
  });
  return found;
}

function hits(power, asked, holders) {
  const parts = asked.in ? [asked.in] : Object.keys(PARTS);
  const found = [];
  const all = holders.every(function (holder) {
    let any = false;
    parts.forEach(function (part) {
      power[PARTS[part]].forEach(function (text) {
        if (!holder.texts.has(text)) return;
        any = true;
        if (!found.some(function (hit) { return hit.text === text; })) found.push({ part: part, text: text });
      });
    });
    if (!any && !asked.in && fold(power[NAME]).includes(holder.word)) any = true;
    return any;
  });
  return all ? found : null;
}

export function search(index, asked, scope) {
  const holders = terms(asked.q || "").map(function (word) {
    return { word: word, texts: holding(index, word) };
  });
  const found = [];
  index.powers.forEach(function (power) {
    if (scope && index.departments[power[BODY]][0] !== scope) return;
    if (asked.kind && index.kinds[power[KIND]][0] !== asked.kind) return;
    if (!within(asked.days, power[DAYS]) || !within(asked.steps, power[STEPS])) return;
    const matched = hits(power, asked, holders);
    if (matched) found.push({ power: power, hits: matched });
  });
  const order = {
    longest: function (a, b) { return b.power[DAYS] - a.power[DAYS]; },
    shortest: function (a, b) { return (a.power[DAYS] < 0) - (b.power[DAYS] < 0) || a.power[DAYS] - b.power[DAYS]; },
    most: function (a, b) { return b.power[STEPS] - a.power[STEPS]; },
  }[asked.sort];
  return order ? found.sort(order) : found;
}

function card(index, entry, form) {
  const power = entry.power;
  const root = form.dataset.root;
  const made = node("li", "card card--chart");
  const link = node("a");
  link.href = form.dataset.powers + power[CODE] + "/#procedure";
  const frame = node("span", "card__picture");
  const image = node("img");
  image.loading = "lazy";
  image.decoding = "async";
  image.alt = "";
  image.src = root + "powers/" + power[CODE] + ".svg";
  frame.append(image);
  link.append(frame, node("span", "card__name", power[NAME]));
  const meta = node("p", "power__meta");
  const about = [words.steps.replace("{n}", power[STEPS]), words.posts.replace("{n}", power[PARTS.post].length)];
  if (!form.dataset.scope) about.unshift(index.departments[power[BODY]][1]);
  if (power[TAKES]) about.push(words.longest + " " + power[TAKES]);
  about.forEach(function (text) { meta.append(node("span", "", text), " "); });
  made.append(link, meta);
  if (entry.hits.length) {
    const list = node("ul", "chart-hits");
    entry.hits.slice(0, 4).forEach(function (hit) {
      const line = node("li");
      const name = { step: words.hitStep, post: words.hitPost, document: words.hitDocument }[hit.part];
      line.append(node("span", "chart-hits__part", name), " ", index.texts[hit.text]);
      list.append(line);
    });
    made.append(list);
  }
  const aside = node("p", "card__aside");
  const compare = node("a", "", words.compare);
  compare.href = form.dataset.compare + "?a=" + encodeURIComponent(power[CODE]);
  aside.append(compare);
  made.append(aside);
  return made;
}

function asked(form) {
  const found = {};
  new FormData(form).forEach(function (value, key) {
    if (value.trim()) found[key] = value.trim();
  });
  return found;
}

function start(form) {
  const status = form.querySelector("[role=status]");
  const place = document.querySelector(".chart-found");
  const list = document.querySelector(".chart-list");
  let loading = null;

  function load() {
    loading = loading || fetch(form.dataset.index).then(function (reply) {
      if (!reply.ok) throw new Error(String(reply.status));
      return reply.json();
    }).then(function (index) {
      index.folded = index.texts.map(fold);
      return index;
    });
    return loading;
  }

  function show(index, found) {
    const cards = node("ul", "gallery");
    let shown = 0;
    const more = node("button", "button button--quiet", words.more);
    more.type = "button";
    function add() {
      const first = cards.children.length;
      found.slice(shown, shown + BATCH).forEach(function (entry) { cards.append(card(index, entry, form)); });
      shown += BATCH;
      more.hidden = shown >= found.length;
      if (first) cards.children[first].querySelector("a").focus();
    }
    more.addEventListener("click", add);
    add();
    place.replaceChildren(found.length ? cards : node("p", "empty", words.none), more);
  }

  async function update(remember) {
    const wanted = asked(form);
    const isAsked = Object.keys(wanted).length > 0;
    if (remember) {
      const query = new URLSearchParams(wanted).toString();
      window.history.replaceState(null, "", query ? "?" + query : window.location.pathname);
    }
    list.hidden = isAsked;
    place.hidden = !isAsked;
    status.textContent = "";
    if (!isAsked) return;
    try {
      const index = await load();
      const scope = form.dataset.scope;
      const found = search(index, wanted, scope);
      const all = search(index, {}, scope).length;
      status.textContent = words.found.replace("{n}", found.length).replace("{all}", all);
      show(index, found);
    } catch (error) {
      loading = null;
      list.hidden = false;
      status.textContent = words.failed;
    }
  }

  let waiting = 0;
  form.addEventListener("input", function () {
    window.clearTimeout(waiting);
    waiting = window.setTimeout(function () { update(true); }, 150);
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    update(true);
  });
  new URLSearchParams(window.location.search).forEach(function (value, key) {
    const control = form.elements[key];
    if (control) control.value = value;
  });
  update(false);
}

const form = document.querySelector(".chart-filter");
if (form) start(form);
