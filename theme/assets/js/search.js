/* Search in the browser, on every page with a search form. Without it the form leads to the
   search page, and that page to the lists. Loads nothing before someone is about to search. */

const forms = document.querySelectorAll("[data-search-form]");
const place = document.querySelector("[data-search]");
let opening;
let { titles: asked } = window.daylight; // on their way since early.js, where the address asks

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
  const first = asked;
  asked = undefined; // an answer is read once, and a failed one asked for anew
  return Engine.open(rootOf(forms[0]), forms[0].dataset.scope, first);
}

/** Prepare the suggestions as soon as a field has the focus. */
async function prepare(form) {
  const { suggest } = await import("./search-suggest.js");
  suggest(form, openEngine);
}

for (const form of forms) {
  const words = form.elements.q;
  if (document.activeElement === words) prepare(form);
  else words.addEventListener("focus", () => prepare(form), { once: true });
}

if (place) {
  const form = [...forms].find((one) => place.parentElement.contains(one)) ?? forms[0];
  if (asked) openEngine().catch(() => {}); // the page says so if it fails
  import("./search-page.js").then(({ start }) => start(form, place, openEngine));
}
