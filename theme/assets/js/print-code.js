/* Prepares a page for paper: its address in words and as a QR code. Both are there once the page
   is at rest, before anybody prints; nobody sees them on a screen. */
import { address, draw } from "./page-code.js";

const words = document.querySelector("[data-print-address]");
const place = document.querySelector("[data-print-code]");

function prepare() {
  const found = address();
  if (words) words.textContent = found;
  if (!place || place.dataset.printCode === found) return;
  place.dataset.printCode = found;
  draw(place, found);
}

prepare();
window.addEventListener("beforeprint", prepare); /* a search has another address by then */
