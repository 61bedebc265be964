/* A power's flowchart to work with: zoom and pan, a large view, one step in detail, the longest way, lanes.
   Everything it shows is taken from the drawing and the list of steps that stand on the page. */
import words from "./chart-words.js";
import { board } from "./chart-steps.js";
import { zoomable } from "./chart-zoom.js";

function button(label, act, name) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "button button--quiet chart-bar__button";
  made.textContent = label;
  if (name) {
    made.setAttribute("aria-label", name);
    made.title = name;
    made.classList.add("chart-bar__button--sign");
  }
  made.addEventListener("click", act);
  return made;
}

function pressed(control, on) {
  control.setAttribute("aria-pressed", String(on));
}

/* The large view: the chart with its tools and panel moves into a dialog, and back when that is closed. */
function largeView(figure, parts, zoom, steps) {
  const dialog = document.createElement("dialog");
  dialog.className = "chart-view";
  dialog.setAttribute("aria-label", figure.querySelector("svg title").textContent);
  figure.append(dialog);
  const mark = document.createElement("span");
  mark.hidden = true;
  const opener = button(words.large, function () {
    if (dialog.open) {
      dialog.close();
      return;
    }
    figure.insertBefore(mark, parts[0]);
    dialog.append.apply(dialog, parts);
    dialog.showModal();
    document.documentElement.classList.add("chart-is-open");
    opener.textContent = words.close;
    zoom.open(true);
    opener.focus();
  });
  dialog.addEventListener("close", function () {
    parts.forEach(function (part) {
      figure.insertBefore(part, mark);
    });
    mark.remove();
    document.documentElement.classList.remove("chart-is-open");
    opener.textContent = words.large;
    zoom.open(false);
    if (steps.leaving) steps.leaving();
    else opener.focus();
  });
  return { opener: opener, dialog: dialog };
}

function lanesSwitch(frame, flow, steps, zoom) {
  let lanes = null;
  const control = button(words.byPost, async function () {
    if (!lanes) {
      const drawing = await import("./chart-lanes.js");
      lanes = drawing.lanes(flow, steps, words);
      frame.append(lanes);
      steps.draw(lanes);
    }
    const on = flow.hasAttribute("hidden") === false;
    flow.toggleAttribute("hidden", on);
    lanes.toggleAttribute("hidden", !on);
    pressed(control, on);
    zoom.show(on ? lanes : flow);
  });
  pressed(control, false);
  return control;
}

function longestSwitch(steps) {
  const control = button(words.longest, function () {
    const on = control.getAttribute("aria-pressed") !== "true";
    pressed(control, on);
    steps.longest(on);
  });
  pressed(control, false);
  return control;
}

function downloads(figure, frame) {
  const caption = figure.querySelector("figcaption");
  const source = caption && caption.querySelector("a");
  if (!source) return;
  const record = document.querySelector("[data-record]");
  if (record && figure.dataset.alone === undefined && caption.querySelectorAll("a").length > 1) {
    const beside = document.createElement("a");
    const place = new URL("../flowcharts/compare/", import.meta.url);
    place.searchParams.set("a", record.dataset.record);
    beside.href = place.href;
    beside.textContent = words.beside;
    caption.append(" ", beside);
  }
  ["light", "dark"].forEach(function (ground) {
    const link = button(ground === "light" ? words.pngLight : words.pngDark, async function () {
      const picture = await import("./chart-picture.js");
      const shown = frame.querySelector("svg.fc-lanes:not([hidden])");
      picture.save(source.href, ground, shown);
    });
    link.className = "link-button";
    caption.append(" ", link);
  });
}

function set(figure) {
  const frame = figure.querySelector(".fc-frame");
  const flow = frame.querySelector("svg");
  const steps = board(figure, words);
  if (!steps) return;
  const zoom = zoomable(frame, flow);
  const bar = document.createElement("div");
  bar.className = "chart-bar";
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", words.tools);
  const large = largeView(figure, [bar, frame, steps.panel], zoom, steps);
  bar.append(
    button("−", function () { zoom.by(1 / 1.25); }, words.out),
    button("+", function () { zoom.by(1.25); }, words.in),
    button(words.reset, zoom.reset),
    large.opener,
    longestSwitch(steps),
    lanesSwitch(frame, flow, steps, zoom)
  );
  frame.tabIndex = 0;
  frame.setAttribute("role", "region");
  frame.setAttribute("aria-label", words.region);
  frame.removeAttribute("aria-labelledby");
  figure.insertBefore(bar, frame);
  frame.after(steps.panel);
  steps.draw(flow);
  steps.inDialog(large.dialog);
  downloads(figure, frame);
  figure.classList.add("is-ready");
  steps.follow();
}

document.querySelectorAll("figure.flowchart").forEach(set);
