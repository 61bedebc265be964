/* Two procedures side by side: their steps are aligned by name, kind and post, and what differs is named.
   The pair stands in the address (?a=CODE&b=CODE); facts come from the powers' own JSON. */
import words from "./chart-words.js";
import { likeness, units } from "./search-fold.js";

const CODE = 0, NAME = 1, KIND = 2, BODY = 3, NAMES = 5;
const GAP = 0.3;
const ALIKE = 0.4;
const PAIRS = 6;

function node(tag, name, text) {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text !== undefined) made.textContent = text;
  return made;
}

/* How well two steps go together, from 0 to 1. Pairs of characters tell most, single ones a little;
   a procedure has one start, so starts belong together whatever they are called. */
function match(one, other) {
  const name = one.name === other.name ? 1
    : 0.6 * likeness(one.units, other.units) + 0.4 * likeness(one.signs, other.signs);
  const post = one.post && one.post === other.post ? 1 : 0;
  const kind = one.kind !== other.kind ? 0 : one.kind === "start" ? 0.4 : 0.25;
  return Math.min(1, 0.65 * name + kind + 0.1 * post);
}

/* The best alignment of two orders of steps (Needleman and Wunsch 1970); pairs, one side empty for a gap. */
export function align(a, b) {
  [a, b].forEach(function (steps) {
    steps.forEach(function (step) {
      step.units = units(step.name);
      step.signs = new Set(step.name);
    });
  });
  const score = [];
  for (let i = 0; i <= a.length; i += 1) {
    score.push([]);
    for (let j = 0; j <= b.length; j += 1) {
      if (!i || !j) score[i][j] = -GAP * (i + j) * 0.1;
      else {
        const together = match(a[i - 1], b[j - 1]);
        score[i][j] = Math.max(
          score[i - 1][j - 1] + (together >= ALIKE ? together : -1),
          score[i - 1][j] - GAP * 0.1,
          score[i][j - 1] - GAP * 0.1
        );
      }
    }
  }
  const rows = [];
  let i = a.length;
  let j = b.length;
  while (i || j) {
    const together = i && j ? match(a[i - 1], b[j - 1]) : 0;
    if (i && j && together >= ALIKE && score[i][j] === score[i - 1][j - 1] + together) {
      rows.unshift([a[(i -= 1)], b[(j -= 1)]]);
    } else if (i && (!j || score[i][j] === score[i - 1][j] - GAP * 0.1)) rows.unshift([a[(i -= 1)], null]);
    else rows.unshift([null, b[(j -= 1)]]);
  }
  return rows;
}

function limit(step) {
  if (step.unit === "on_the_spot") return words.on_the_spot;
  if (step.limit === undefined || !step.unit) return "";
  return step.limit === 1 ? words[step.unit + "_1"] : words[step.unit].replace("{n}", step.limit);
}

function told(step) {
  return {
    name: step.name,
    kind: words[step.kind] || step.kind,
    post: step.post || "",
    limit: limit(step),
    counted: step.counted === undefined ? "" : step.counted ? words.yes : words.no,
    document: step.document || "",
  };
}

/* What differs between two aligned steps, by column. */
export function differences(one, other) {
  const a = told(one);
  const b = told(other);
  return Object.keys(a).filter(function (column) { return a[column] !== b[column]; });
}

function cell(step, differing, power) {
  const made = node("td", step ? "" : "compare__none");
  made.dataset.side = power.name;
  if (!step) {
    made.textContent = "–";
    return made;
  }
  const say = told(step);
  const link = node("a", "compare__name", say.name);
  link.href = power.address + "#step-" + step.id;
  made.append(link);
  const list = node("ul", "compare__facts");
  ["kind", "post", "limit", "counted", "document"].forEach(function (column) {
    if (!say[column] && !differing.includes(column)) return;
    const line = node("li");
    const text = column === "counted" || column === "kind" ? say[column] : words[column] + " " + (say[column] || words.none_);
    line.append(differing.includes(column) ? node("mark", "", text || words.none_) : text);
    list.append(line);
  });
  made.append(list);
  return made;
}

function verdict(row) {
  if (!row[1]) return { text: words.onlyA, sort: "a" };
  if (!row[0]) return { text: words.onlyB, sort: "b" };
  const differing = differences(row[0], row[1]);
  if (!differing.length) return { text: words.same, sort: "same", columns: [] };
  return {
    text: differing.map(function (column) { return words[column]; }).join(words.comma),
    sort: "differs",
    columns: differing,
  };
}

function table(rows, a, b) {
  const made = node("table", "compare");
  const caption = node("caption", "", words.table);
  const head = node("tr");
  [a.name, b.name, words.differs].forEach(function (text) {
    const title = node("th", "", text);
    title.scope = "col";
    head.append(title);
  });
  const top = node("thead");
  top.append(head);
  const body = node("tbody");
  rows.forEach(function (row) {
    const found = verdict(row);
    const line = node("tr", "compare__" + found.sort);
    const last = node("td", "compare__verdict", found.text);
    last.dataset.side = words.differs;
    line.append(cell(row[0], found.columns || [], a), cell(row[1], found.columns || [], b), last);
    body.append(line);
  });
  made.append(caption, top, body);
  return made;
}

/* Posts or documents that only one of them has. */
function lone(column, name, a, b) {
  const values = [a, b].map(function (power) {
    return new Set(power.steps.map(function (step) { return step[column]; }).filter(Boolean));
  });
  const parts = [[a, values[0], values[1]], [b, values[1], values[0]]].map(function (side) {
    return [side[0], Array.from(side[1]).filter(function (value) { return !side[2].has(value); })];
  });
  const list = node("ul", "compare__lone");
  parts.forEach(function (part, place) {
    if (!part[1].length) return;
    const line = node("li");
    line.append(node("strong", "", (place ? words.onlyB : words.onlyA) + " "), part[1].join(words.comma));
    list.append(line);
  });
  if (!list.children.length) return [];
  return [node("h3", "", name), list];
}

function summary(rows, a, b, index) {
  const sorts = rows.map(function (row) { return verdict(row).sort; });
  function count(sort) { return String(sorts.filter(function (each) { return each === sort; }).length); }
  const made = node("section", "group");
  made.append(node("h2", "", words.together));
  const sums = node("ul", "compare__sums");
  [["shared", "same"], ["changed", "differs"], ["aLone", "a"], ["bLone", "b"]].forEach(function (pair) {
    sums.append(node("li", "", words[pair[0]].replace("{n}", count(pair[1]))));
  });
  made.append(sums);
  const powers = node("ul", "compare__powers");
  [[words.a, a], [words.b, b]].forEach(function (pair) {
    const power = pair[1];
    const line = node("li");
    const link = node("a", "", power.name);
    link.href = power.address + "#procedure";
    line.append(node("strong", "", pair[0] + " "), link, " " + power.department_name);
    const entry = index.byCode.get(power.code);
    if (entry && entry[9]) line.append(" · " + words.longestWay + " " + entry[9]);
    powers.append(line);
  });
  made.append(powers);
  made.append.apply(made, lone("post", words.postsOf, a, b).concat(lone("document", words.documents, a, b)));
  return made;
}

/* The pairs of a kind whose steps' names are most alike; of one power if that is chosen. */
export function pairs(index, kind, code) {
  const same = index.powers.filter(function (power) { return power[KIND] === kind; });
  const sets = same.map(function (power) {
    const all = new Set();
    power[NAMES].forEach(function (text) { units(index.texts[text]).forEach(function (unit) { all.add(unit); }); });
    return all;
  });
  const found = [];
  same.forEach(function (one, i) {
    for (let j = i + 1; j < same.length; j += 1) {
      if (code && one[CODE] !== code && same[j][CODE] !== code) continue;
      const alike = likeness(sets[i], sets[j]);
      if (alike > 0) found.push({ a: one, b: same[j], alike: alike });
    }
  });
  found.sort(function (p, q) { return q.alike - p.alike; });
  return found.slice(0, PAIRS);
}

function options(select, rows) {
  select.replaceChildren.apply(select, rows.map(function (row) { return new Option(row[1], row[0]); }));
}

function powerOptions(select, index, kind) {
  const first = new Option(words.choose, "");
  const groups = index.departments.map(function (department) {
    const group = document.createElement("optgroup");
    group.label = department[1];
    return group;
  });
  index.powers.forEach(function (power) {
    if (power[KIND] === kind) groups[power[BODY]].append(new Option(power[NAME], power[CODE]));
  });
  select.replaceChildren.apply(select, [first].concat(groups.filter(function (group) {
    return group.children.length;
  })));
}

async function power(root, code) {
  const reply = await fetch(root + "powers/" + encodeURIComponent(code) + ".json");
  if (!reply.ok) throw new Error(String(reply.status));
  const facts = await reply.json();
  facts.steps = facts.steps || [];
  facts.address = root + "powers/" + code + "/";
  return facts;
}

async function start(form) {
  const status = form.querySelector("[role=status]");
  const place = document.querySelector(".compare-result");
  const suggested = document.querySelector(".compare-pairs");
  const kinds = form.querySelector("[data-kinds]");
  let index = null;
  let turn = 0;

  function suggest() {
    const list = suggested.querySelector("ol");
    const code = form.elements.a.value;
    const found = pairs(index, Number(kinds.value), code);
    suggested.hidden = !found.length;
    list.replaceChildren.apply(list, found.map(function (pair) {
      const turned = code && pair.b[CODE] === code;
      const a = turned ? pair.b : pair.a;
      const b = turned ? pair.a : pair.b;
      const line = node("li");
      const link = node("a", "", a[NAME] + " / " + b[NAME]);
      link.href = "?a=" + encodeURIComponent(a[CODE]) + "&b=" + encodeURIComponent(b[CODE]);
      line.append(link, " ", node("span", "count", words.alike.replace("{n}", Math.round(pair.alike * 100))));
      return line;
    }));
  }

  async function draw() {
    const a = form.elements.a.value;
    const b = form.elements.b.value;
    const mine = (turn += 1);
    place.replaceChildren();
    status.textContent = "";
    if (!a || !b) return;
    try {
      const both = await Promise.all([power(form.dataset.root, a), power(form.dataset.root, b)]);
      if (mine !== turn) return;
      const rows = align(both[0].steps, both[1].steps);
      const holder = node("div", "compare-frame");
      holder.append(table(rows, both[0], both[1]));
      place.append(summary(rows, both[0], both[1], index), holder);
    } catch (error) {
      status.textContent = words.failed;
    }
  }

  function fill(kind) {
    kinds.value = String(kind);
    powerOptions(form.elements.a, index, kind);
    powerOptions(form.elements.b, index, kind);
  }

  function changed() {
    const query = new URLSearchParams();
    ["a", "b"].forEach(function (name) {
      if (form.elements[name].value) query.set(name, form.elements[name].value);
    });
    const text = query.toString();
    window.history.replaceState(null, "", text ? "?" + text : window.location.pathname);
    suggest();
    draw();
  }

  /* A pair of two kinds can be asked for by address; each field then offers its own power's kind. */
  function read() {
    const query = new URLSearchParams(window.location.search);
    const first = index.byCode.get(query.get("a")) || index.byCode.get(query.get("b"));
    fill(first ? first[KIND] : 0);
    ["a", "b"].forEach(function (name) {
      const entry = index.byCode.get(query.get(name));
      if (!entry) return;
      if (entry[KIND] !== first[KIND]) powerOptions(form.elements[name], index, entry[KIND]);
      form.elements[name].value = entry[CODE];
    });
  }

  try {
    index = await (await fetch(form.dataset.index)).json();
  } catch (error) {
    status.textContent = words.failed;
    return;
  }
  index.byCode = new Map(index.powers.map(function (each) { return [each[CODE], each]; }));
  options(kinds, index.kinds.map(function (kind, place_) { return [place_, kind[1]]; }));
  read();
  suggest();
  draw();
  kinds.addEventListener("change", function () {
    fill(Number(kinds.value));
    changed();
  });
  form.elements.a.addEventListener("change", changed);
  form.elements.b.addEventListener("change", changed);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
}

const form = document.querySelector(".chart-filter--two");
if (form) start(form);
