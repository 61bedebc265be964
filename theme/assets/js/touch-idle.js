/* Brings the touch screen back to its start when nobody touches it, after a warning that any
   touch puts away. What the last visitor chose, wrote and scrolled goes with it. */
import { card } from "./touch-card.js";

const NOTICE = 15; // seconds that the warning counts down
const SIGNS = ["pointerdown", "keydown", "wheel", "touchmove"];

/** Watch for touches; `atStart` says that there is nothing to bring back yet. */
export function watch({ seconds, start, atStart, words }) {
  let timer = 0;
  let ticking = 0;
  let warning = null;
  let left = 0;

  function poke() {
    if (warning) return; // its own touch puts it away
    clearTimeout(timer);
    timer = setTimeout(warn, Math.max(seconds - NOTICE, 5) * 1000);
  }

  function warn() {
    document.querySelectorAll("dialog[open]").forEach((open) => open.close());
    left = NOTICE;
    warning = card({ says: words.still, large: count(), button: words.stay, role: "alertdialog" });
    warning.dialog.addEventListener("close", stay);
    warning.dialog.addEventListener("click", () => warning && warning.dialog.close());
    ticking = setInterval(tick, 1000);
  }

  function count() {
    return words.soon.replace("{n}", left);
  }

  function tick() {
    left -= 1;
    if (left <= 0) return reset(start);
    warning.dialog.querySelector(".touch-card__large").textContent = count();
    return undefined;
  }

  function stay() {
    clearInterval(ticking);
    warning = null;
    poke();
  }

  SIGNS.forEach((sign) => addEventListener(sign, poke, { capture: true, passive: true }));
  addEventListener("pageshow", (event) => event.persisted && poke());
  if (!atStart) poke();
}

function reset(start) {
  const settings = window.daylight;
  for (const name of ["text", "mode", "text", "contrast", "scheme"]) settings.choose(name, "");
  document.querySelectorAll("form").forEach((form) => form.reset());
  document.querySelectorAll('input[type="search"]').forEach((field) => (field.value = ""));
  history.scrollRestoration = "manual";
  location.replace(start);
}
