/* The touch screen of a service hall, on the devices where touch/ started it: early.js loads this
   and touch.css there and nowhere else. */
import { bar } from "./touch-bar.js";
import { watch } from "./touch-idle.js";
import { keyboard } from "./touch-keys.js";
import { keep } from "./touch-links.js";
import words from "./touch-words.js";

const USUAL = 90; // seconds
const [SHORTEST, LONGEST] = [30, 1800];
const settings = window.daylight;
const root = new URL("../", import.meta.url);

function pause() {
  const chosen = Number(settings.chosen("touch-idle")) || USUAL;
  return Math.min(Math.max(chosen, SHORTEST), LONGEST);
}

function leave() {
  for (const name of ["touch", "touch-start", "touch-idle"]) settings.choose(name, "");
  location.reload();
}

function begin() {
  const start = new URL(settings.chosen("touch-start"), root).href;
  const atStart = location.href.replace(/[?#].*$/, "") === start;
  keep(root, words);
  bar({ words, start, atStart, leave });
  keyboard(words);
  watch({ seconds: pause(), start, atStart, words });
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
else begin();
