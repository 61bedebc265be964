/* The reading settings: a panel in the masthead, the simple mode, the folding of what it leaves
   aside. What is chosen is kept and followed by early.js. */
(function () {
  "use strict";
  var root = document.documentElement;
  var settings = window.daylight;
  if (!settings) return;

  /* Each group of the panel with its values, in the order of the words on the button. */
  var GROUPS = [
    ["mode", ["", "simple"]],
    ["text", ["normal", "large", "largest"]],
    ["contrast", ["", "normal", "more"]],
    ["scheme", ["", "light", "dark"]],
  ];
  var opener = document.querySelector("[data-reading]");
  var panel = null;
  var titles = new WeakMap(); /* what stood in the heading of a folded part */

  function made(tag, properties, parts) {
    var element = Object.assign(document.createElement(tag), properties);
    element.append.apply(element, parts || []);
    return element;
  }

  function current(name) {
    return name === "text" ? root.dataset.text : settings.chosen(name);
  }

  function option(name, value, words) {
    var button = made("input", { type: "radio", name: "reading-" + name, value: value });
    button.addEventListener("change", function () {
      settings.choose(name, value);
    });
    return made("label", { className: "reading__option" }, [button, made("span", {}, [words])]);
  }

  function group(name, values, words) {
    var parts = [made("legend", {}, [words.shift()])];
    values.forEach(function (value) {
      parts.push(option(name, value, words.shift()));
    });
    return made("fieldset", { className: "reading__group" }, parts);
  }

  function build() {
    var words = opener.dataset.reading.split("|");
    var parts = GROUPS.map(function (one) {
      return group(one[0], one[1], words);
    });
    var reset = made("button", { type: "button", className: "reading__button" }, [words.shift()]);
    var close = made("button", { type: "button", className: "reading__button" }, [words.shift()]);
    reset.addEventListener("click", function () {
      ["mode", "text", "contrast", "scheme"].forEach(function (name) {
        settings.choose(name, "");
      });
    });
    close.addEventListener("click", function () {
      show(false);
      opener.focus();
    });
    parts.push(made("p", { className: "reading__end" }, [reset, close]));
    panel = made("div", { className: "reading", id: "reading", hidden: true }, parts);
    panel.setAttribute("role", "group");
    panel.setAttribute("aria-label", opener.querySelector(".tool__word").textContent);
    opener.after(panel);
  }

  function show(open) {
    if (open && !panel) build();
    if (!panel) return;
    panel.hidden = !open;
    opener.setAttribute("aria-expanded", String(open));
    if (open) follow();
  }

  function leave(event) {
    if (!panel || panel.hidden) return;
    if (event.type === "keydown") {
      if (event.key !== "Escape") return;
      show(false);
      opener.focus();
    } else if (!panel.contains(event.target) && !opener.contains(event.target)) {
      show(false);
    }
  }

  /* Bring every control to what holds now. */
  function follow() {
    if (panel) {
      panel.querySelectorAll("input").forEach(function (button) {
        button.checked = button.value === current(button.name.slice("reading-".length));
      });
    }
    document.querySelectorAll("[data-mode-toggle]").forEach(function (button) {
      if (button.hasAttribute("aria-pressed")) {
        button.setAttribute("aria-pressed", String(root.dataset.mode === "simple"));
      }
    });
    fold(root.dataset.mode === "simple");
  }

  /* The style sheet says what the simple mode folds (--folds) and hides it from the first paint;
     here it gets its button. `until-found` lets the browser's own search open it. */
  function fold(simple) {
    document.querySelectorAll("main section").forEach(function (part) {
      var folds = simple && getComputedStyle(part).getPropertyValue("--folds").trim() === "1";
      if (folds === part.hasAttribute("data-folded")) return;
      if (part.parentNode.closest("[data-folded]")) return; /* within one that folds */
      if (folds) close(part);
      else undo(part);
    });
  }

  function close(part) {
    var title = part.querySelector("h2");
    if (!title || title.parentNode !== part) return;
    var link = title.querySelector("a"); /* a button holds no link: it moves below */
    var button = made("button", { type: "button", className: "fold" }, [title.textContent]);
    var rest = made("div", { className: "folded" }, Array.from(part.childNodes).filter(function (node) {
      return node !== title;
    }));
    if (link) rest.append(made("p", { className: "folded__link" }, [link.cloneNode(true)]));
    titles.set(part, Array.from(title.childNodes));
    title.replaceChildren(button);
    part.append(rest);
    button.addEventListener("click", function () {
      open(part, rest.hasAttribute("hidden"));
    });
    rest.addEventListener("beforematch", function () {
      open(part, true);
    });
    part.setAttribute("data-folded", "");
    open(part, Boolean(target() && rest.contains(target())));
  }

  function open(part, wide) {
    var rest = part.querySelector(".folded");
    part.setAttribute("data-folded", wide ? "open" : "");
    part.querySelector(".fold").setAttribute("aria-expanded", String(wide));
    if (wide) rest.removeAttribute("hidden");
    else rest.setAttribute("hidden", "until-found");
  }

  function undo(part) {
    var title = part.querySelector("h2");
    var rest = part.querySelector(".folded");
    var link = rest.querySelector(".folded__link");
    if (link) link.remove();
    title.replaceChildren.apply(title, titles.get(part));
    rest.replaceWith.apply(rest, Array.from(rest.childNodes));
    part.removeAttribute("data-folded");
  }

  /* Return the element that the address names. */
  function target() {
    try {
      return document.getElementById(decodeURIComponent(window.location.hash.slice(1)));
    } catch (error) {
      return null;
    }
  }

  function reveal() {
    var named = target();
    var part = named && named.closest("[data-folded]");
    if (!part) return;
    open(part, true);
    named.scrollIntoView();
  }

  document.querySelectorAll("[data-mode-toggle]").forEach(function (button) {
    button.addEventListener("click", function () {
      var simple = root.dataset.mode === "simple";
      settings.choose("mode", simple ? "" : "simple");
      if (simple && opener) opener.focus();
      window.scrollTo(0, 0);
    });
  });
  if (opener) {
    opener.addEventListener("click", function () {
      show(opener.getAttribute("aria-expanded") !== "true");
    });
    document.addEventListener("keydown", leave);
    document.addEventListener("click", leave);
  }
  window.addEventListener("hashchange", reveal);
  document.addEventListener("daylight:settings", follow);
  settings.ready = true;
  follow();
})();
