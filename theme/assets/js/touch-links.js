/* Keeps the touch screen on the site: other sites, mail, telephones and files are explained, with
   a code to take them along, instead of opened. */
import { elsewhere } from "./page-code.js";
import { card } from "./touch-card.js";

/** Return what a link leads to: page, call, mail, file or away. */
function kindOf(there, root) {
  if (there.protocol === "tel:") return "call";
  if (there.protocol === "mailto:") return "mail";
  if (there.protocol === "blob:" || there.protocol === "data:") return "file";
  if (there.origin !== root.origin || !there.pathname.startsWith(root.pathname)) return "away";
  return /(?:\/|\.html)$/.test(there.pathname) ? "page" : "file";
}

/** Take over every link of the page. */
export function keep(root, words) {
  const click = HTMLAnchorElement.prototype.click;
  HTMLAnchorElement.prototype.click = function () {
    if (this.hasAttribute("download")) explain("file", new URL(this.href), words);
    else click.call(this);
  };
  for (const kind of ["click", "auxclick"]) addEventListener(kind, follow, true);
  addEventListener("contextmenu", (event) => event.preventDefault());
  addEventListener("dragstart", (event) => event.preventDefault());

  function follow(event) {
    const link = event.target.closest && event.target.closest("a");
    const address = link && (link.getAttribute("href") ?? link.getAttribute("xlink:href"));
    if (address === null || address === undefined) return;
    const there = new URL(address, document.baseURI);
    const kind = link.hasAttribute("download") ? "file" : kindOf(there, root);
    const stays = !link.target && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (kind === "page" && stays && event.type === "click") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (kind === "page") location.assign(there);
    else explain(kind, there, words, link.textContent.trim());
  }
}

function explain(kind, there, words, text = "") {
  const button = words.close;
  const plain = decodeURIComponent(there.pathname);
  if (kind === "call") card({ says: words.call, large: /^[-+\d ()（）]+$/.test(text) ? text : plain, button });
  else if (kind === "mail") card({ says: words.mail, large: plain, button });
  else if (kind === "away") card({ says: words.away, large: there.href, code: there.href, button });
  else {
    const code = elsewhere(there);
    card({ says: code ? words.file : words.fileOnly, code, button });
  }
}
