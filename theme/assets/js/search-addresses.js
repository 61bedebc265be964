/* Where things stand, seen from a page at any depth: its search form knows. */

/** The address of the root of what is served together: titles, index, assets. */
export function rootOf(form) {
  return new URL(form.dataset.root, location.href);
}

/** The address of the city's lists: its root, but where a department has a domain of its own. */
function cityOf(form) {
  return new URL(form.dataset.city ?? form.dataset.root, location.href);
}

/** The address of a power's page on the form's own site. */
export function powerOf(form, code) {
  return new URL(`../powers/${encodeURIComponent(code)}/`, form.action).href;
}

/** The address of a list of the city: a department's, a kind's, a law's. */
export function listOf(form, group, slug) {
  return new URL(`${group}/${encodeURIComponent(slug)}/`, cityOf(form)).href;
}

/** The address of the form's search page for a question. */
export function searchOf(form, question) {
  return new URL(`?${new URLSearchParams({ q: question })}`, form.action).href;
}
