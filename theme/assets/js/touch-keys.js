/* The keyboard on the touch screen: letters for the initials of what one looks for, digits for
   codes, everyday words to tap. A field keeps the focus while it is written in by pointer, so the
   suggestions stand above the keyboard. */
import { made } from "./touch-card.js";

const ROWS = ["1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm"];
const FIELDS = 'input[type="search"], input[type="text"], input:not([type])';

/** Prepare the keyboard for every field of the page; it shows with the first focus. */
export function keyboard(words) {
  new Keyboard(words).start();
}

class Keyboard {
  constructor(words) {
    this.words = words;
    this.field = null;
    this.panel = null;
  }

  start() {
    document.querySelectorAll(FIELDS).forEach((field) => (field.inputMode = "none"));
    document.addEventListener("focusin", (event) => this.follow(event.target));
    document.addEventListener("focusout", (event) => this.leave(event));
    document.addEventListener("submit", () => this.field && this.field.blur(), true);
    this.follow(document.activeElement);
  }

  follow(target) {
    if (!target.matches || !target.matches(FIELDS)) return;
    target.inputMode = "none"; // the device's own keyboard stays away
    this.field = target;
    if (!this.panel) this.build();
    this.show(true);
  }

  leave(event) {
    const next = event.relatedTarget;
    if (this.panel && !(next && (next === this.field || this.panel.contains(next)))) this.show(false);
  }

  show(isOpen) {
    const { dataset, style } = document.documentElement;
    this.panel.hidden = !isOpen;
    if (!isOpen) {
      delete dataset.touchKeys;
      return;
    }
    dataset.touchKeys = "open";
    style.setProperty("--touch-keys", `${this.panel.offsetHeight}px`);
    this.chips.hidden = !this.field.closest("[data-search-form]");
    (this.field.closest("form") ?? this.field).scrollIntoView({ block: "start" });
  }

  build() {
    const { words } = this;
    const rows = ROWS.map((row) => made("div", { className: "touch-row" }, [...row].map((letter) => this.letter(letter))));
    rows[0].append(this.key(words.delete, () => this.erase(), "touch-key--wide"));
    rows[2].append(this.key(words.clear, () => this.write(""), "touch-key--wide"));
    rows[3].append(
      this.key(words.space, () => this.type(" "), "touch-key--wide"),
      this.key(words.search, () => this.submit(), "touch-key--wide touch-key--main"),
    );
    this.chips = made("div", { className: "touch-chips" }, words.chips.map((word) =>
      this.key(word, () => this.write(word), "touch-key--chip")));
    this.chips.setAttribute("role", "group");
    this.chips.setAttribute("aria-label", words.chipsOf);
    const hide = this.key("×", () => this.put(), "touch-key--hide");
    hide.setAttribute("aria-label", words.hide);
    const top = made("div", { className: "touch-top" }, [this.chips, hide]);
    this.panel = made("section", { className: "touch-keys", hidden: true }, [top, ...rows]);
    this.panel.setAttribute("aria-label", words.keyboard);
    this.panel.addEventListener("pointerdown", (event) => event.target.closest("button") && event.preventDefault());
    this.panel.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus
    document.body.append(this.panel);
  }

  letter(letter) {
    return this.key(letter, () => this.type(letter), "touch-key--letter");
  }

  key(words, act, more) {
    const button = made("button", { type: "button", className: `touch-key ${more}`, textContent: words });
    button.addEventListener("click", act);
    return button;
  }

  type(text) {
    const { field } = this;
    field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
    this.tell();
  }

  erase() {
    const { field } = this;
    const { selectionStart: from, selectionEnd: to } = field;
    if (from === to && !from) return;
    field.setRangeText("", from === to ? from - 1 : from, to, "end");
    this.tell();
  }

  write(text) {
    this.field.value = text;
    this.field.focus();
    this.tell();
  }

  tell() {
    this.field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  }

  submit() {
    const { field } = this;
    if (field.form && field.value.trim()) field.form.requestSubmit();
    this.put();
  }

  put() {
    this.field.blur();
    this.show(false);
  }
}
