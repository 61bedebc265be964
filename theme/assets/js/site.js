/* What makes reading easier where scripts run: menu, place in the contents. */
(function () {
  "use strict";
  var source = document.currentScript.src;

  function menu() {
    var control = document.getElementById("menu-switch");
    if (!control) return;
    document.addEventListener("keydown", function (event) {
      if (event.key !== "Escape" || !control.checked) return;
      control.checked = false;
      control.focus();
    });
    control.addEventListener("keydown", function (event) {
      if (event.key !== "Enter") return;
      event.preventDefault();
      control.checked = !control.checked;
    });
  }

  function contents() {
    var list = document.querySelector("[data-contents]");
    if (!list || !("IntersectionObserver" in window)) return;
    var links = {};
    list.querySelectorAll("a").forEach(function (link) {
      links[decodeURIComponent(link.hash.slice(1))] = link;
    });
    var seen = {};
    var current = null;
    var observer = new IntersectionObserver(function (entries) {
      entries.forEach(function (entry) {
        seen[entry.target.id] = entry.isIntersecting;
      });
      var next = Object.keys(links).find(function (id) {
        return seen[id];
      });
      if (!next || links[next] === current) return;
      if (current) current.removeAttribute("aria-current");
      current = links[next];
      current.setAttribute("aria-current", "location");
      var left = current.offsetLeft - list.clientWidth / 3;
      if (list.scrollWidth > list.clientWidth) list.scrollTo({ left: left, behavior: "auto" });
    }, { rootMargin: "-20% 0px -60% 0px" });
    Object.keys(links).forEach(function (id) {
      var part = document.getElementById(id);
      if (part) observer.observe(part);
    });
  }

  /* Once the page is at rest, load what prepares it for paper. */
  function paper() {
    var script = document.createElement("script");
    script.type = "module";
    script.src = source.replace("site.js", "print-code.js");
    document.head.append(script);
  }

  function later(task) {
    if (window.requestIdleCallback) window.requestIdleCallback(task, { timeout: 2000 });
    else window.setTimeout(task, 500);
  }

  menu();
  contents();
  if (document.readyState === "complete") later(paper);
  else window.addEventListener("load", later.bind(null, paper));
})();
