/* The layer that reads what stands in a power's materials, steps and laws: Pagefind.
   Nothing of it is loaded before the first search. It runs without its worker: a question
   takes it milliseconds, and a worker that does not start would hold up the answer. */

import { fold } from "./search-fold.js";

export class Fulltext {
  /** Take the address of the `pagefind/` folder and the titles. */
  constructor(folder, titles) {
    this.folder = folder;
    this.titles = titles;
    this.tries = 0;
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
    const again = this.tries++ ? `?${this.tries}` : ""; // a module that hung would hang again
    const [{ createInstance }, rowOf] = await Promise.all([
      import(new URL(`pagefind.js${again}`, this.folder).href),
      this.pages(),
    ]);
    const pagefind = createInstance({ noWorker: true });
    await pagefind.init();
    return { pagefind, rowOf };
  }

  /** What finds the power of one of Pagefind's pages by its name. */
  async pages() {
    const response = await fetch(new URL("pages.json", this.folder), { cache: "no-cache" });
    if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
    const { edition, width, pages } = await response.json();
    if (edition !== this.titles.edition) throw new Error("titles and full text are not of one edition");
    const { codes, byCode } = this.titles;
    const rows = new Map(
      codes.map((code, at) => [pages.slice(at * width, (at + 1) * width), byCode.get(code)]),
    );
    return (name) => rows.get(name.slice(-width));
  }

  /** Let go of a Pagefind that does not answer; the next search loads it anew. */
  forget() {
    this.opening?.then(({ pagefind }) => pagefind.destroy()).catch(console.warn);
    this.opening = undefined;
  }

  /** Find the powers whose text holds these words in this order, then those that hold them in
      any, best first: `{row, way, name, load}`. Of a question in a sentence no text holds the
      words that make it one, so it is searched for without them. */
  async find(words) {
    const asked = words.replaceAll('"', " ").trim();
    if (!fold(asked)) return [];
    const { words: matter, isQuestion } = this.titles.matterOf(asked);
    const { pagefind, rowOf } = await this.open();
    const found = new Map();
    for (const text of isQuestion ? [matter.join(" ")] : [`"${asked}"`, asked]) {
      const { results } = await pagefind.search(text);
      for (const page of results) {
        const row = rowOf(page.id);
        if (row && !found.has(row)) found.set(row, hitOf(row, page));
      }
    }
    return [...found.values()];
  }
}

function hitOf(row, page) {
  const load = async () => (await page.data()).content;
  return { row, way: "text", name: "", load };
}
