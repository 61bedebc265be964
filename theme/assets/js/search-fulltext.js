/* The layer that reads what stands in a power's materials, steps and laws: Pagefind.
   Nothing of it is loaded before the first search. */

import { fold } from "./search-fold.js";

export class Fulltext {
  /** Take the address of the `pagefind/` folder and the department to keep to, "" for all. */
  constructor(folder, scope = "") {
    this.folder = folder;
    this.scope = scope;
  }

  /** Load Pagefind once; a second call waits for the same loading. */
  open() {
    this.opening ??= this.load().catch((error) => {
      this.opening = undefined;
      throw error;
    });
    return this.opening;
  }

  async load() {
    const pagefind = await import(new URL("pagefind.js", this.folder).href);
    await pagefind.init();
    await pagefind.filters(); // until they are loaded, a search counts nothing
    return pagefind;
  }

  /** Let go of a Pagefind that does not answer; the next search loads it anew. */
  forget() {
    this.opening?.then((pagefind) => pagefind.destroy()).catch(console.warn);
    this.opening = undefined;
  }

  /** Find the pages that hold these words in this order, and, unless `quoted`, in any.
      Gives `pages`, best first, and `codes`, the codes of all of them. */
  async find(words, { choices = {}, quoted = false } = {}) {
    const asked = words.replaceAll('"', " ").trim();
    const pages = new Map();
    const codes = new Set();
    for (const text of quoted ? [`"${asked}"`] : [`"${asked}"`, asked]) {
      if (!fold(text)) break;
      const found = await this.ask(text, choices);
      for (const page of found.results)
        if (!pages.has(page.id)) pages.set(page.id, { quoted: text !== asked, load: () => read(page) });
      for (const [code, count] of Object.entries(found.filters.code ?? {})) if (count) codes.add(code);
    }
    return { pages: [...pages.values()], codes };
  }

  /** Search once. `code` is a filter with one page to each value, so its counts name the pages. */
  async ask(text, choices) {
    const pagefind = await this.open();
    const chosen = Object.entries(choices).filter(([, value]) => value);
    const scope = this.scope ? [["department", this.scope]] : [];
    return pagefind.search(text, { filters: Object.fromEntries([...chosen, ...scope]) });
  }
}

async function read(page) {
  const { content, meta } = await page.data();
  return { code: meta.code, content };
}
