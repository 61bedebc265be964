/* The steps of a chart: each one in the drawing and in the list below it is the same one.
   Pointing at it, moving to it by key or tapping it tells what the list says of it. */

const SVG = document.querySelector("figure.flowchart svg").namespaceURI;

function read(line, place) {
  const name = line.querySelector(".step__name [data-fact='steps.name']");
  const post = line.querySelector("[data-fact='steps.post']");
  const kind = line.querySelector("[data-fact='steps.kind']");
  return {
    line: line,
    id: line.id,
    number: place + 1,
    name: name ? name.textContent : "",
    kind: kind ? kind.value || kind.getAttribute("value") : "task",
    kindName: kind ? kind.textContent : "",
    post: post ? post.textContent : "",
  };
}

/* The moves in the drawing's order: by source in reading order, none twice. */
function movesOf(list, steps) {
  const place = {};
  steps.forEach(function (step, number) {
    place[step.id] = number;
  });
  const moves = [];
  const seen = new Set();
  steps.forEach(function (step, source) {
    step.line.querySelectorAll(".moves > li").forEach(function (way) {
      const link = way.querySelector("a");
      const target = place[decodeURIComponent(link.hash.slice(1))];
      const said = way.querySelector("[data-fact='moves.condition']");
      const condition = said ? said.textContent : "";
      const key = [source, target, condition].join("\n");
      if (target === undefined || seen.has(key)) return;
      seen.add(key);
      moves.push({ source: source, target: target, condition: condition });
    });
  });
  return moves;
}

function plain(node) {
  const copy = node.cloneNode(true);
  [copy].concat(Array.from(copy.querySelectorAll("*"))).forEach(function (element) {
    element.removeAttribute("id");
    element.removeAttribute("data-fact");
  });
  return copy;
}

function link(address, text) {
  const made = document.createElement("a");
  made.href = address;
  made.textContent = text;
  return made;
}

export function board(figure, words) {
  const list = document.querySelector("ol.steps");
  const lines = list ? Array.from(list.querySelectorAll(":scope > .step")) : [];
  const flow = figure.querySelector("svg.fc");
  const drawn = flow.querySelectorAll("g[transform]").length;
  if (!lines.length || drawn !== lines.length) return null;

  const steps = lines.map(read);
  const moves = movesOf(list, steps);
  const way = (figure.dataset.way || "").split(" ").filter(Boolean).map(Number);
  const drawings = [];
  const panel = document.createElement("div");
  panel.className = "chart-panel";
  panel.setAttribute("aria-live", "polite");
  panel.tabIndex = -1;
  let current = -1;
  let dialog = null;
  const self = { steps: steps, moves: moves, panel: panel, leaving: null };

  function hint() {
    const line = document.createElement("p");
    line.className = "chart-panel__hint";
    line.textContent = words.hint;
    panel.replaceChildren(line);
    panel.classList.remove("has-step");
  }

  function tell(place) {
    if (place < 0) {
      hint();
      return;
    }
    const step = steps[place];
    const parts = [".step__name", ".step__meta", ".moves"]
      .map(function (part) { return step.line.querySelector(":scope > " + part); })
      .filter(Boolean)
      .map(plain);
    if (step.line.querySelector("data[value='true'][data-fact='steps.counted'] [data-fact='steps.unit']")) {
      const counts = document.createElement("p");
      counts.textContent = words.yes;
      parts.splice(2, 0, counts);
    }
    const last = document.createElement("p");
    last.className = "chart-panel__links";
    const own = link("#" + step.id, words.inList);
    own.dataset.leave = "";
    last.append(own);
    if (document.getElementById("law")) {
      const law = link("#law", words.law);
      law.dataset.leave = "";
      last.append(" ", law);
    }
    panel.replaceChildren.apply(panel, parts.concat(last));
    panel.classList.add("has-step");
  }

  function mark(place, name) {
    drawings.forEach(function (drawing) {
      drawing.groups.forEach(function (group, number) {
        group.classList.toggle(name, number === place);
      });
    });
    lines.forEach(function (line, number) {
      line.classList.toggle(name, number === place);
    });
  }

  function choose(place) {
    current = place;
    mark(place, "is-current");
    drawings.forEach(function (drawing) {
      drawing.groups.forEach(function (group, number) {
        group.tabIndex = number === Math.max(place, 0) ? 0 : -1;
        if (number === place) group.setAttribute("aria-current", "step");
        else group.removeAttribute("aria-current");
      });
    });
    tell(place);
  }

  function remember(place) {
    window.history.replaceState(window.history.state, "", "#" + steps[place].id);
  }

  function onKey(event, groups, number) {
    const last = groups.length - 1;
    const to = {
      ArrowDown: number + 1, ArrowRight: number + 1,
      ArrowUp: number - 1, ArrowLeft: number - 1, Home: 0, End: last,
    }[event.key];
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      remember(number);
      panel.focus({ preventScroll: !dialog || !dialog.open });
    } else if (to !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      event.stopPropagation();
      const next = groups[Math.min(last, Math.max(0, to))];
      next.focus();
      next.scrollIntoView({ block: "nearest", inline: "nearest", behavior: "instant" });
    }
  }

  self.draw = function (svg) {
    const groups = Array.from(svg.querySelectorAll("g[transform]"));
    const arrows = Array.from(svg.querySelectorAll(".fc-ways path"));
    drawings.push({ groups: groups, arrows: arrows, svg: svg });
    svg.setAttribute("role", "group");
    groups.forEach(function (group, number) {
      group.setAttribute("role", "button");
      group.addEventListener("focus", function () { choose(number); });
      group.addEventListener("pointerenter", function (event) {
        if (event.pointerType !== "mouse") return;
        tell(number);
        mark(number, "is-near");
      });
      group.addEventListener("pointerleave", function () {
        mark(-1, "is-near");
        tell(current);
      });
      group.addEventListener("click", function () {
        group.focus({ preventScroll: true });
        choose(number);
        remember(number);
      });
      group.addEventListener("keydown", function (event) { onKey(event, groups, number); });
    });
    choose(current);
    self.longest(self.isLongest);
  };

  self.longest = function (on) {
    self.isLongest = on;
    const through = new Set(way);
    const next = {};
    way.forEach(function (number, place) { next[number] = way[place + 1]; });
    drawings.forEach(function (drawing) {
      drawing.svg.classList.toggle("shows-way", Boolean(on));
      drawing.groups.forEach(function (group, number) {
        group.classList.toggle("is-way", Boolean(on) && through.has(number + 1));
      });
      if (drawing.arrows.length !== moves.length) return;
      drawing.arrows.forEach(function (arrow, number) {
        const move = moves[number];
        arrow.classList.toggle("is-way", Boolean(on) && next[move.source + 1] === move.target + 1);
      });
    });
    lines.forEach(function (line, number) {
      line.classList.toggle("is-way", Boolean(on) && through.has(number + 1));
    });
  };

  self.inDialog = function (element) {
    dialog = element;
  };

  self.follow = function () {
    const id = decodeURIComponent(window.location.hash.slice(1));
    const place = steps.findIndex(function (step) { return step.id === id; });
    if (place >= 0) choose(place);
  };

  panel.addEventListener("click", function (event) {
    const clicked = event.target.closest("a");
    if (!clicked) return;
    const id = decodeURIComponent(clicked.hash.slice(1));
    const place = steps.findIndex(function (step) { return step.id === id; });
    if (clicked.dataset.leave !== undefined) {
      if (!dialog || !dialog.open) return;
      event.preventDefault();
      self.leaving = function () {
        self.leaving = null;
        window.location.hash = "";
        window.location.hash = id;
      };
      dialog.close();
    } else if (place >= 0) {
      event.preventDefault();
      const shown = drawings.find(function (drawing) { return !drawing.svg.hasAttribute("hidden"); });
      choose(place);
      remember(place);
      shown.groups[place].focus();
    }
  });
  lines.forEach(function (line, number) {
    line.addEventListener("pointerenter", function () { mark(number, "is-near"); });
    line.addEventListener("pointerleave", function () { mark(-1, "is-near"); });
  });
  window.addEventListener("hashchange", self.follow);
  hint();
  return self;
}

export function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  Object.keys(attributes).forEach(function (key) {
    made.setAttribute(key, attributes[key]);
  });
  return made;
}
