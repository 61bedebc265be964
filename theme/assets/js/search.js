/* Search in the browser, on every page with a search form. Without it the form leads to the
   search page, and that page to the lists. Loads nothing before someone is about to search. */

const form = document.querySelector("[data-search-form]");
const place = document.querySelector("[data-search]");
let opening;

/** Load the titles once, when they are first asked for; after a failure, again. */
function openEngine() {
  opening ??= load().catch((error) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

async function load() {
  const [{ Engine }, { rootOf }] = await Promise.all([
    import("./search-engine.js"),
    import("./search-addresses.js"),
  ]);
  return Engine.open(rootOf(form), form.dataset.scope);
}

/** Prepare the suggestions as soon as the field has the focus. */
async function prepare() {
  const { suggest } = await import("./search-suggest.js");
  suggest(form, openEngine);
}

if (form) {
  const words = form.elements.q;
  if (document.activeElement === words) prepare();
  else words.addEventListener("focus", prepare, { once: true });
  if (place) import("./search-page.js").then(({ start }) => start(form, place, openEngine));
}
