/* The list of what to bring keeps its ticks in this browser, for each life event its own. */
(function () {
  "use strict";
  var list = document.querySelector("[data-bring]");
  if (!list) return;
  var key = "daylight.bring." + list.dataset.bring;
  var boxes = Array.prototype.slice.call(list.querySelectorAll("input"));

  function kept() {
    try {
      return (window.localStorage.getItem(key) || "").split(" ");
    } catch (error) {
      return []; /* a private window forgets */
    }
  }

  function keep() {
    var ticked = boxes.filter(function (box) { return box.checked; });
    var text = ticked.map(function (box) { return box.value; }).join(" ");
    try {
      if (text) window.localStorage.setItem(key, text);
      else window.localStorage.removeItem(key);
    } catch (error) {
      return;
    }
  }

  function show() {
    var known = kept();
    boxes.forEach(function (box) { box.checked = known.indexOf(box.value) >= 0; });
  }

  show();
  list.addEventListener("change", keep);
  window.addEventListener("storage", show); /* ticked in another tab */
})();
