/* Sorts and filters a list of powers: over the whole list, not the page that the server made.
   The page stands complete without it; the state is in the address, so it can be shared. */

import { Rows, addressOf, stateOf } from "./lists-rows.js";

const STEP = 100; // how many rows are shown at a time
const PAUSE = 250; // milliseconds after the last key before the address changes

function start(form) {
  const list = new List(form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    list.take(true);
  });
  form.addEventListener("focusin", () => list.load(), { once: true });
  form.addEventListener("input", (event) => list.typed(event.target));
  form.addEventListener("change", (event) => {
    if (event.target.matches("select")) list.take(true);
  });
  form.addEventListener("reset", () => window.setTimeout(() => list.take(true)));
  window.addEventListener("popstate", () => list.restore());
  list.restore();
}

class List {
  constructor(form) {
    this.form = form;
    this.sifted = document.querySelector("[data-sifted]");
    this.listed = document.querySelector("[data-listed]");
    this.specimen = document.querySelector("[data-sift-row]").content.firstElementChild;
    this.shown = STEP;
    this.rows = null;
    this.day = new Intl.DateTimeFormat(document.documentElement.lang, {
      dateStyle: "medium", timeZone: "UTC",
    });
    const open = this.part("open");
    open.addEventListener("click", () => {
      const isOpen = this.form.classList.toggle("is-open");
      open.setAttribute("aria-expanded", String(isOpen));
    });
    this.part("more").addEventListener("click", () => this.showMore());
  }

  part(name) {
    return this.form.querySelector(`[data-part="${name}"]`) || this.sifted.querySelector(`[data-part="${name}"]`);
  }

  /** Fetch the rows, once; the filters that the page offers then say how many each would leave. */
  load() {
    if (!this.loading) {
      this.loading = fetch(this.form.dataset.source)
        .then((answer) => {
          if (!answer.ok) throw new Error(answer.statusText);
          return answer.json();
        })
        .then((source) => {
          const { lang } = document.documentElement;
          this.rows = new Rows(source, lang, scopeOf(this.form), this.form.dataset.status);
          this.offer(this.state());
        });
      this.loading.catch(() => {
        this.loading = null;
      });
    }
    return this.loading;
  }

  state() {
    const given = Object.fromEntries(new FormData(this.form));
    return stateOf(addressOf({ ...stateOf(""), ...given }));
  }

  /** Put the address's state into the form, and show it. */
  restore() {
    const state = stateOf(window.location.search);
    for (const field of this.form.elements) {
      if (!field.name) continue;
      field.value = state[field.name];
      if (field.value !== state[field.name]) field.value = "";
    }
    this.shown = (window.history.state && window.history.state.shown) || STEP;
    this.show();
  }

  typed(field) {
    if (field.type !== "search") return;
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => this.take(false), PAUSE);
  }

  /** Take the form's state into the address: a choice is a step back, a key is not. */
  take(isStep) {
    window.clearTimeout(this.timer);
    this.shown = STEP;
    const address = window.location.pathname + addressOf(this.state());
    const isNew = address !== window.location.pathname + window.location.search;
    const isFirst = isNew && !window.location.search;
    if (isNew) window.history[isStep || isFirst ? "pushState" : "replaceState"](null, "", address);
    this.show();
  }

  show() {
    const state = this.state();
    const isAsked = addressOf(state) !== "";
    this.mark(state);
    if (!isAsked) {
      this.swap(false);
      if (this.rows) this.offer(state);
      return;
    }
    const count = this.part("count");
    if (!this.rows) {
      this.sifted.hidden = false;
      count.textContent = count.dataset.loading;
    }
    this.load().then(
      () => {
        if (addressOf(this.state()) === addressOf(state)) this.fill(state);
      },
      () => {
        count.textContent = count.dataset.failed;
        this.listed.hidden = false;
      },
    );
  }

  swap(isSifted) {
    this.sifted.hidden = !isSifted;
    this.listed.hidden = isSifted;
  }

  /** Say how many filters are set, where they are folded away. */
  mark(state) {
    const folded = Object.keys(state).filter((name) => state[name] && !["q", "sort"].includes(name));
    this.part("used").textContent = folded.length ? ` (${folded.length})` : "";
    this.part("clear").disabled = addressOf(state) === "";
  }

  fill(state) {
    this.found = this.rows.sorted(this.rows.passing(state), state.sort);
    this.order = state.sort;
    this.part("rows").replaceChildren(...this.found.slice(0, this.shown).map((row) => this.row(row)));
    this.swap(true);
    this.tell(state);
    this.offer(state);
  }

  tell(state) {
    const count = this.part("count");
    const n = this.found.length;
    const all = this.rows.total(state);
    const key = n === 0 ? "none" : n === 1 ? "one" : "many";
    const words = count.dataset[key].replace("{n}", n).replace("{all}", all);
    const first = n > this.shown ? ` ${count.dataset.first.replace("{shown}", this.shown)}` : "";
    count.textContent = words + first;
    this.offerMore();
    const elsewhere = this.part("elsewhere");
    if (!elsewhere) return;
    const link = elsewhere.querySelector("a");
    elsewhere.hidden = !state.q || n > 3;
    link.textContent = link.dataset.text.replace("{query}", state.q);
    link.search = `?q=${encodeURIComponent(state.q)}`;
  }

  offerMore() {
    const more = this.part("more");
    const left = Math.min(STEP, this.found.length - this.shown);
    more.hidden = left <= 0;
    more.textContent = more.dataset.text.replace("{n}", left);
  }

  showMore() {
    const next = this.found.slice(this.shown, this.shown + STEP).map((row) => this.row(row));
    this.part("rows").append(...next);
    this.shown += STEP;
    window.history.replaceState({ shown: this.shown }, "");
    this.offerMore();
    next[0].querySelector("a").focus();
  }

  row(row) {
    const made = this.specimen.cloneNode(true);
    made.dataset.record = row.code;
    const set = (name, text) => {
      const part = made.querySelector(`[data-part="${name}"]`);
      if (!text) part.remove();
      else if (part.dataset.text) part.textContent = part.dataset.text.replace("{day}", text);
      else part.textContent = text;
    };
    const scope = scopeOf(this.form);
    const link = made.querySelector('[data-part="name"]');
    link.textContent = row.name;
    link.dataset.fact = "name";
    link.href = `${this.form.dataset.powers}${row.code}/`;
    set("code", row.code);
    made.querySelector('[data-part="code"]').dataset.fact = "code";
    made.querySelector('[data-part="kind"]').classList.add(`kind--${row.kind.slug}`);
    set("kind", scope.kind ? "" : row.kind.text);
    set("status", row.status.slug === "active" ? "" : row.status.text);
    if (!row.parent) made.querySelector('[data-part="parent"]').remove();
    set("department", scope.department ? "" : row.department.text);
    set("limit", row.limit);
    set("fee", row.fee.slug === "none" ? "" : row.fee.text);
    set("changed", this.order === "changed" ? this.day.format(new Date(row.changed)) : "");
    return made;
  }

  /** Write beside each choice how many powers it would leave. */
  offer(state) {
    for (const select of this.form.querySelectorAll("select")) {
      if (select.name === "sort") continue;
      const counts = this.rows.counts(state, select.name);
      for (const option of select.options) {
        if (!option.value) continue;
        option.dataset.name = option.dataset.name || option.textContent;
        const words = { name: option.dataset.name, n: counts[option.value] || 0 };
        option.textContent = this.form.dataset.option.replace(/\{(\w+)\}/g, (_, key) => words[key]);
      }
    }
  }
}

/** What a list keeps to whatever is chosen: `kind=licensing`. */
function scopeOf(form) {
  return Object.fromEntries(new URLSearchParams(form.dataset.scope));
}

const form = document.querySelector("[data-sift]");
if (form) start(form);
