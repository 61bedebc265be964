/* Prepares a page for paper: its address in words and as a QR code. Both are there once the page
   is at rest, before anybody prints; nobody sees them on a screen. */
import { path, qr } from "./qr.js";

const QUIET = 4; /* light modules around the code, as the standard asks */
const words = document.querySelector("[data-print-address]");
const place = document.querySelector("[data-print-code]");
const built = words ? words.textContent : "";

/* Return where the page was read, unless that was a preview or a copy on this machine: then what
   the build wrote, the city's domain. */
function address() {
  const here = window.location;
  const own = /^(localhost|127\.[\d.]+|\[::1\])$/.test(here.hostname);
  return /^https?:$/.test(here.protocol) && !own ? here.href.replace(/#.*$/, "") : built;
}

function stroke(drawing, attributes) {
  const made = document.createElementNS(place.namespaceURI, "path");
  made.setAttribute("d", drawing);
  Object.keys(attributes).forEach((name) => made.setAttribute(name, attributes[name]));
  return made;
}

function draw() {
  const found = address();
  if (words) words.textContent = found;
  if (!place || place.dataset.printCode === found) return;
  place.dataset.printCode = found;
  const rows = found ? qr(found) : null;
  if (!rows) {
    place.replaceChildren();
    return;
  }
  const size = rows.length + 2 * QUIET;
  place.setAttribute("viewBox", `${-QUIET} ${-QUIET} ${size} ${size}`);
  place.replaceChildren(
    stroke(`M${-QUIET} ${-QUIET}h${size}v${size}h${-size}z`, { fill: "#fff" }),
    stroke(path(rows), { stroke: "#000", "shape-rendering": "crispEdges" })
  );
}

draw();
window.addEventListener("beforeprint", draw); /* a search has another address by then */
