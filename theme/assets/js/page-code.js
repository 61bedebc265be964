/* A page's address and its QR code: for paper and for the touch screen. The encoder is lean-qr
   (vendor/lean-qr.js); here is only which address, and how it becomes a drawing. */
import { correction, generate, mode } from "./vendor/lean-qr.js";

const QUIET = 4; /* light modules around the code, as the standard asks */
const LARGEST = 20; /* 666 bytes at level M; beyond that no telephone reads it off a sheet */
let known = null;

/* Return what the build wrote: the page's address on the city's domain, "" without one. */
function built() {
  const words = document.querySelector("[data-print-address]");
  if (known === null && words) known = words.textContent;
  return known || "";
}

/* Return where the page was read, unless that was a preview or a copy on this machine: then what
   the build wrote, the city's domain. */
export function address() {
  const here = window.location;
  return isPublic(here) ? here.href.replace(/#.*$/, "") : built();
}

/* Return the address of something else of this site as others can reach it; "" for nowhere. */
export function elsewhere(link) {
  const there = new URL(link, window.location);
  if (!/^https?:$/.test(there.protocol)) return "";
  if (isPublic(there)) return there.href;
  const root = new URL("../", import.meta.url).pathname;
  const read = window.location.pathname.slice(root.length);
  const page = built();
  if (!page || !page.endsWith(read) || !there.pathname.startsWith(root)) return "";
  return page.slice(0, page.length - read.length) + there.pathname.slice(root.length) + there.search;
}

function isPublic(place) {
  const own = /^(localhost|127\.[\d.]+|\[::1\])$/.test(place.hostname);
  return /^https?:$/.test(place.protocol) && !own;
}

/* Return the rows of the code for a text, true for dark; null for one that is too long. */
export function rows(text) {
  try {
    const code = generate(text, {
      minCorrectionLevel: correction.M, maxVersion: LARGEST, modes: [mode.ascii, mode.utf8],
    });
    const every = [...Array(code.size).keys()];
    return every.map((y) => every.map((x) => code.get(x, y)));
  } catch (error) {
    return null;
  }
}

/* Draw the code of an address into an empty svg; "" empties it. */
export function draw(place, text) {
  const found = text ? rows(text) : null;
  if (!found) {
    place.replaceChildren();
    place.removeAttribute("viewBox");
    return false;
  }
  const size = found.length + 2 * QUIET;
  place.setAttribute("viewBox", `${-QUIET} ${-QUIET} ${size} ${size}`);
  place.replaceChildren(
    stroke(place, `M${-QUIET} ${-QUIET}h${size}v${size}h${-size}z`, { fill: "#fff" }),
    stroke(place, path(found), { stroke: "#000", "shape-rendering": "crispEdges" })
  );
  return true;
}

function stroke(place, drawing, attributes) {
  const made = document.createElementNS(place.namespaceURI, "path");
  made.setAttribute("d", drawing);
  Object.keys(attributes).forEach((name) => made.setAttribute(name, attributes[name]));
  return made;
}

/* Return the dark modules as one path of horizontal strokes; each row's middle is at y + 0.5. */
function path(found) {
  let drawing = "";
  found.forEach((row, y) => {
    for (let x = 0; x < row.length; x += 1) {
      const start = x;
      while (row[x]) x += 1;
      if (x > start) drawing += `M${start} ${y}.5h${x - start}`;
    }
  });
  return drawing;
}
