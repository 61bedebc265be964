/* Runs before the first paint: the reader's choice of colours and text size, so that nothing flashes. */
(function () {
  "use strict";
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function chosen(name) {
    try {
      return window.localStorage.getItem("daylight." + name);
    } catch (error) {
      return null;
    }
  }

  function paint() {
    var scheme = chosen("scheme") || (dark.matches ? "dark" : "light");
    root.dataset.scheme = scheme;
    root.dataset.mdColorScheme = scheme === "dark" ? "slate" : "default";
    root.dataset.text = chosen("text") || "normal";
  }

  root.classList.remove("no-js");
  root.classList.add("js");
  paint();
  if (dark.addEventListener) dark.addEventListener("change", paint);
})();
