/* A city's powers as rows to sort and filter: what `lists.json` holds, put into words. */

const TEXT = ["q", "department", "kind", "theme", "applicant", "fee", "status", "sort"];
const LAST = Number.MAX_SAFE_INTEGER;

/** The state of a list in an address: `?kind=licensing&sort=name`; what is empty is left out. */
export function stateOf(search) {
  const given = new URLSearchParams(search);
  return Object.fromEntries(TEXT.map((name) => [name, (given.get(name) || "").trim()]));
}

/** The same the other way round, "" for a list as it is. */
export function addressOf(state) {
  const filled = TEXT.filter((name) => state[name]).map((name) => [name, state[name]]);
  const text = new URLSearchParams(filled).toString();
  return text ? `?${text}` : "";
}

/** Letters and digits alike in width, case and composition, so that ＡＢ finds ab. */
export function folded(text) {
  return text.normalize("NFKC").toLowerCase();
}

export class Rows {
  /** Take `lists.json`, the language, what the list keeps to and which powers it shows unasked. */
  constructor(source, language, scope, status) {
    this.collator = new Intl.Collator(language, { numeric: true });
    this.status = status;
    const at = Object.fromEntries(source.columns.map((name, place) => [name, place]));
    const slug = (pair) => ({ slug: pair[0], text: pair[1] });
    const named = (pairs) => pairs.map(slug);
    const [departments, kinds, statuses] = ["departments", "kinds", "statuses"].map((name) =>
      named(source[name]),
    );
    const [applicants, fees] = [named(source.applicants), named(source.fees)];
    this.all = source.powers
      .map((cells, place) => ({
        place,
        code: cells[at.code],
        name: cells[at.name],
        department: departments[cells[at.department]],
        register: cells[at.department],
        kind: kinds[cells[at.kind]],
        status: statuses[cells[at.status]],
        applicant: applicants[cells[at.applicant]],
        fee: fees[cells[at.fee]],
        limit: cells[at.limit] < 0 ? "" : source.limits[cells[at.limit]][2],
        length: cells[at.limit] < 0 ? LAST : cells[at.limit],
        changed: cells[at.changed],
        themes: cells[at.themes].map((theme) => source.themes[theme]),
        parent: cells[at.parent],
        folded: folded(`${cells[at.name]} ${cells[at.code]}`),
      }))
      .filter((row) => Object.keys(scope).every((name) => has(row, name, scope[name])));
  }

  /** The rows that pass a state's filters, one column left aside if named, in its order. */
  passing(state, aside = "") {
    const words = folded(state.q).split(/\s+/).filter(Boolean);
    const status = state.status || this.status;
    const columns = ["department", "kind", "theme", "applicant", "fee"].filter(
      (name) => name !== aside && state[name],
    );
    return this.all.filter(
      (row) =>
        (aside === "status" || hasStatus(row, status)) &&
        columns.every((name) => has(row, name, state[name])) &&
        words.every((word) => row.folded.includes(word)),
    );
  }

  sorted(rows, order) {
    const by = this.collator.compare;
    const first = {
      name: (a, b) => by(a.name, b.name),
      code: (a, b) => (a.code < b.code ? -1 : 1),
      department: (a, b) => a.register - b.register,
      limit: (a, b) => a.length - b.length,
      changed: (a, b) => (a.changed === b.changed ? 0 : a.changed < b.changed ? 1 : -1),
    }[order];
    return first ? rows.slice().sort((a, b) => first(a, b) || a.place - b.place) : rows;
  }

  /** How many rows each value of a column would leave. */
  counts(state, column) {
    const found = {};
    for (const row of this.passing(state, column)) {
      for (const value of values(row, column)) found[value] = (found[value] || 0) + 1;
    }
    return found;
  }

  /** How many powers there are to filter: those in force, or what a state asks for instead. */
  total(state) {
    return this.all.filter((row) => hasStatus(row, state.status || this.status)).length;
  }
}

function values(row, column) {
  if (column === "theme") return row.themes;
  if (column === "status") return [row.status.slug === "active" ? "active" : "ended", "all"];
  if (column !== "applicant") return [row[column].slug];
  return row.applicant.slug === "both" ? ["citizen", "firm"] : [row.applicant.slug];
}

function has(row, column, value) {
  return values(row, column).includes(value);
}

function hasStatus(row, status) {
  return status === "all" || (status === "active") === (row.status.slug === "active");
}
