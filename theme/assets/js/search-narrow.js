/* Narrows what was found by the reader's choices, counts what each further choice would leave,
   and puts it in order. Every hit is a power whose facets `titles.json` tells, so no file is asked. */

import { FACETS } from "./search-state.js";

const ORDERS = {
  name: (a, b) => a.row.name.localeCompare(b.row.name, document.documentElement.lang),
  code: (a, b) => (a.row.code < b.row.code ? -1 : 1),
};

export class Narrowing {
  /** Take all hits, `{facet: [value, …]}` and the name of an order. */
  constructor(all, choices, sort) {
    this.choices = choices;
    this.all = all;
    this.hits = all.filter((hit) => FACETS.every((facet) => this.passes(hit.row, facet)));
    if (ORDERS[sort]) this.hits.sort(ORDERS[sort]);
  }

  /** For each facet its values with their counts, the other facets' choices kept. */
  get facets() {
    const counts = Object.fromEntries(FACETS.map((facet) => [facet, new Map()]));
    for (const { row } of this.all) {
      const refused = FACETS.filter((facet) => !this.passes(row, facet));
      if (refused.length > 1) continue;
      for (const facet of refused.length ? refused : FACETS)
        for (const value of valuesOf(row, facet))
          counts[facet].set(value, (counts[facet].get(value) ?? 0) + 1);
    }
    for (const facet of FACETS)
      for (const value of this.choices[facet] ?? [])
        if (!counts[facet].has(value)) counts[facet].set(value, 0);
    return counts;
  }

  /** Several values of one facet widen it, several facets narrow. */
  passes(row, facet) {
    const chosen = this.choices[facet] ?? [];
    return !chosen.length || valuesOf(row, facet).some((value) => chosen.includes(value));
  }
}

function valuesOf(row, facet) {
  return { law: row.laws, applicant: row.applicants, theme: row.themes }[facet] ?? [row[facet]];
}
