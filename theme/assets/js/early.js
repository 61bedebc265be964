/* Runs before the first paint: the reader's settings, so that nothing flashes, and whether the
   address asks a question, so that nothing jumps and its answer is on the way at once. The settings are kept for the origin, not for
   a folder: every site of the city follows them. What changes them later (reading.js) asks here,
   as `window.daylight`. */
(function () {
  "use strict";
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");
  var more = window.matchMedia("(prefers-contrast: more)");
  var files = document.currentScript.src.replace("early.js", "");
  var unkept = {};
  var failed = false;

  function key(name) {
    return name === "text" && chosen("mode") === "simple" ? "simple-text" : name;
  }

  /* Return what the reader chose, "" for nothing. */
  function chosen(name) {
    if (name in unkept) return unkept[name];
    try {
      return window.localStorage.getItem("daylight." + name) || "";
    } catch (error) {
      return "";
    }
  }

  /* Keep a choice and follow it; "" takes it back. A private window forgets it with the page. */
  function choose(name, value) {
    name = key(name);
    try {
      if (value) window.localStorage.setItem("daylight." + name, value);
      else window.localStorage.removeItem("daylight." + name);
    } catch (error) {
      unkept[name] = value;
    }
    paint();
  }

  function paint() {
    var simple = chosen("mode") === "simple" && !failed;
    var scheme = chosen("scheme") || (dark.matches ? "dark" : "light");
    root.dataset.scheme = scheme;
    root.dataset.mdColorScheme = scheme === "dark" ? "slate" : "default";
    root.dataset.contrast = chosen("contrast") || (more.matches ? "more" : "normal");
    root.dataset.mode = simple ? "simple" : "full";
    var plain = chosen("touch") ? "large" : "normal";
    root.dataset.text = chosen(key("text")) || (simple ? "largest" : plain);
    document.dispatchEvent(new Event("daylight:settings"));
  }

  /* The touch screen's style sheet and script come only where that mode is on. */
  function touch() {
    var sheet = document.createElement("link");
    var script = document.createElement("script");
    root.dataset.touch = "on";
    sheet.rel = "stylesheet";
    sheet.href = files + "touch.css";
    sheet.setAttribute("blocking", "render");
    script.type = "module";
    script.src = files + "touch.js";
    document.head.append(sheet, script);
    ["bar", "card", "idle", "keys", "links", "words"].forEach(function (part) {
      var soon = document.createElement("link");
      soon.rel = "modulepreload";
      soon.href = files + "touch-" + part + ".js";
      document.head.append(soon);
    });
  }

  root.classList.remove("no-js");
  root.classList.add("js");
  window.daylight = { chosen: chosen, choose: choose, ready: false };
  if (/[?&]q=[^&]/.test(window.location.search)) root.dataset.asked = "";
  if (window.fetch && "asked" in root.dataset && /\/search\/$/.test(window.location.pathname)) {
    window.daylight.titles = fetch(files + "titles.json", { cache: "no-cache" });
    window.daylight.titles.catch(function () {}); /* asked for anew by whoever needs them */
  }
  paint();
  if (chosen("touch")) touch();
  if (dark.addEventListener) dark.addEventListener("change", paint);
  if (more.addEventListener) more.addEventListener("change", paint);
  window.addEventListener("storage", paint); /* chosen in another tab */
  window.addEventListener("pageshow", paint); /* come back to by the Back button */
  document.addEventListener("DOMContentLoaded", function () {
    if (window.daylight.ready) return;
    failed = true; /* what unfolds the parts of a page did not arrive: show them all */
    paint();
  });
})();
