/* What makes reading easier where scripts run: colours, text size, menu, place in the contents. */
(function () {
  "use strict";
  var root = document.documentElement;

  function keep(name, value) {
    try {
      window.localStorage.setItem("daylight." + name, value);
    } catch (error) {
      /* a private window forgets; the page still changes */
    }
  }

  function toggle(selector, name, on, off) {
    var button = document.querySelector(selector);
    if (!button) return;
    function show() {
      button.setAttribute("aria-pressed", String(root.dataset[name] === on));
    }
    button.hidden = false;
    show();
    button.addEventListener("click", function () {
      root.dataset[name] = root.dataset[name] === on ? off : on;
      keep(name, root.dataset[name]);
      root.dataset.mdColorScheme = root.dataset.scheme === "dark" ? "slate" : "default";
      show();
    });
  }

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

  function printed() {
    document.querySelectorAll("[data-print-address]").forEach(function (place) {
      place.textContent = window.location.href.replace(/#.*$/, "");
    });
  }

  toggle("[data-scheme-toggle]", "scheme", "dark", "light");
  toggle("[data-text-toggle]", "text", "large", "normal");
  menu();
  contents();
  printed();
})();
