/* What is asked stands in the address, whole: it can be shared, reloaded and gone back to. */

export const FACETS = ["kind", "department", "applicant", "theme", "status", "law"];
export const SORTS = ["best", "name", "code"];
export const PAGE = 20;
const LONGEST = 200; // characters of a question
const MOST = 2000; // hits that an address may ask to see at once

/** Read the address: question, choices by facet, synonyms left out, order, number of hits. */
export function read(search = location.search) {
  const said = new URLSearchParams(search);
  const order = said.get("sort");
  const shown = Math.trunc(Number(said.get("shown")));
  return {
    q: said.get("q")?.trim().slice(0, LONGEST) ?? "",
    choices: Object.fromEntries(FACETS.map((facet) => [facet, said.getAll(facet).filter(Boolean)])),
    without: said.getAll("without").filter(Boolean),
    sort: SORTS.includes(order) ? order : SORTS[0],
    shown: shown > PAGE ? Math.min(shown, MOST) : PAGE,
  };
}

/** Write a state as the part of an address behind its "?"; what goes without saying is left out. */
export function write({ q, choices = {}, without = [], sort = SORTS[0], shown = PAGE }) {
  const said = new URLSearchParams();
  if (q) said.set("q", q);
  for (const facet of FACETS) for (const value of choices[facet] ?? []) said.append(facet, value);
  for (const word of without) said.append("without", word);
  if (sort !== SORTS[0]) said.set("sort", sort);
  if (shown > PAGE) said.set("shown", String(shown));
  return said.toString();
}
