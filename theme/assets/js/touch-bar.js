/* What stands on every page of the touch screen: ways back, search, print, the code of the page,
   and in the corner what only staff hold long enough. */
import { address, draw } from "./page-code.js";
import { codePlace, made } from "./touch-card.js";

const HOLD = 3000; // milliseconds that leaving takes

/** Put up the bar; `leave` is called when the corner was held. */
export function bar({ words, start, atStart, leave }) {
  const home = made("a", { className: "touch-key", href: start, textContent: words.home });
  const back = key(words.back, () => history.back());
  back.disabled = atStart; // behind the start is what the last visitor read
  const keys = [home, back, key(words.search, () => search())];
  keys.push(key(words.print, () => window.print()));
  const code = codePlace("");
  const figure = made("figure", { className: "touch-code" }, [
    code, made("figcaption", { textContent: words.take }),
  ]);
  const element = made("nav", { className: "touch-bar" }, [
    made("div", { className: "touch-bar__keys" }, keys), figure, corner(words, leave),
  ]);
  element.setAttribute("aria-label", words.bar);
  document.body.append(element);
  follow(figure, code, words);
}

function key(words, act) {
  const button = made("button", { type: "button", className: "touch-key", textContent: words });
  button.addEventListener("click", act);
  return button;
}

/* Keep the code that of the page: a search gets another address with each question. */
function follow(figure, code, words) {
  let shown = null;
  const look = () => {
    const found = address();
    if (found === shown) return;
    shown = found;
    figure.hidden = !draw(code, found);
    code.setAttribute("aria-label", words.code.replace("{address}", found));
  };
  look();
  addEventListener("popstate", look);
  setInterval(look, 1000);
}

/* Go to the field of this page, or to the search page of its site. */
function search() {
  const forms = [...document.querySelectorAll("[data-search-form]")];
  const field = forms.map((form) => form.elements.q).find((one) => one.offsetParent);
  if (field) field.focus();
  else if (forms[0]) location.assign(`${forms[0].action}#q`);
}

function corner(words, leave) {
  const button = made("button", { type: "button", className: "touch-corner", textContent: "···" });
  let timer = 0;
  button.setAttribute("aria-label", words.corner);
  const begin = (event) => {
    if (event.repeat || timer || (event.key && event.key !== "Enter" && event.key !== " ")) return;
    button.classList.add("touch-corner--held");
    timer = setTimeout(leave, HOLD);
  };
  const end = () => {
    clearTimeout(timer);
    timer = 0;
    button.classList.remove("touch-corner--held");
  };
  for (const kind of ["pointerdown", "keydown"]) button.addEventListener(kind, begin);
  for (const kind of ["pointerup", "pointercancel", "pointerleave", "keyup", "blur"]) button.addEventListener(kind, end);
  return button;
}
