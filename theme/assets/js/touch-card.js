/* A card over the page of the touch screen: a few large words, a code if there is something to
   fetch, one button. */
import { draw } from "./page-code.js";

/** Return an element with these properties and parts. */
export function made(tag, properties = {}, parts = []) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...parts);
  return element;
}

/** Return an empty drawing for a code, with its name. */
export function codePlace(name) {
  const place = made("div", { innerHTML: "<svg></svg>" }).firstChild;
  place.setAttribute("class", "touch-code__drawing");
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", name);
  return place;
}

/** Show a card until it is put away: what it says, in large letters what it names, a code. */
export function card({ says, large = "", code = "", button, role = "dialog" }) {
  const close = made("button", { type: "button", className: "touch-key touch-key--main", textContent: button });
  const words = made("p", { className: "touch-card__says", textContent: says });
  const dialog = made("dialog", { className: "touch-card" }, [words]);
  dialog.setAttribute("role", role);
  dialog.setAttribute("aria-label", says);
  if (large) dialog.append(made("p", { className: "touch-card__large", textContent: large }));
  if (code) {
    const place = codePlace(code);
    if (draw(place, code)) dialog.append(place);
  }
  dialog.append(close);
  document.body.append(dialog);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target === close) dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
  return { dialog, words };
}
