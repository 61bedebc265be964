/* What comes nearest to a question that nothing answers word for word: a slip, a sentence.
   Names are compared by their pairs of characters; a pair that few names hold tells most. */

import { fold, units } from "./search-fold.js";

/* What people say around their question; it tells nothing of what they ask for. */
const FILLERS =
  /请问|想要|我想|我要|我们|我家|怎么办|怎么样|怎么|如何|什么|多少钱|多少|多久|多长时间|哪里|哪儿|在哪|去哪|找谁|谁管|可以|能不能|要不要|需要|吗|呢|吧|啊|了|的|我|你|想/g;

export class Near {
  /** Take `[text, what]` pairs: all names there are, and what each is the name of. */
  constructor(names) {
    this.names = [];
    this.places = new Map(); // for each pair of characters the names that hold it
    for (const [text, what] of names) this.add(text, what);
    const all = this.names.length;
    this.weights = new Map(
      [...this.places].map(([unit, { length }]) => [unit, Math.log(1 + all / length)]),
    );
    for (const name of this.names) name.norm = this.norm(name.units);
  }

  add(text, what) {
    const name = { text, what, units: units(text), norm: 0 };
    const at = this.names.push(name) - 1;
    for (const unit of name.units) {
      if (!this.places.has(unit)) this.places.set(unit, []);
      this.places.get(unit).push(at);
    }
  }

  norm(found) {
    let sum = 0;
    for (const unit of found) sum += (this.weights.get(unit) ?? 0) ** 2;
    return Math.sqrt(sum) || 1;
  }

  /** The best name of each thing that is at least so near: `{what, text, share}`, nearest first.
      Pairs of characters that no name holds are left out of account. */
  find(question, least) {
    const asked = [...unitsOf(question)].filter((unit) => this.weights.has(unit));
    const shares = new Map();
    for (const unit of asked)
      for (const at of this.places.get(unit))
        shares.set(at, (shares.get(at) ?? 0) + this.weights.get(unit) ** 2);
    const whole = this.norm(asked);
    const best = new Map();
    for (const [at, sum] of shares) {
      const { what, text, norm } = this.names[at];
      // how alike both are (cosine), and how much of the question the name holds: a long name
      // that holds its telling word serves too
      const share = (sum / (norm * whole) + sum / whole ** 2) / 2;
      if (share >= least && share > (best.get(what)?.share ?? 0)) best.set(what, { what, text, share });
    }
    return [...best.values()].sort((a, b) => b.share - a.share);
  }
}

/** The pairs of characters of a question without what is said around it, if anything is left. */
function unitsOf(question) {
  const rest = question.replace(FILLERS, " ");
  return fold(rest).length > 1 ? units(rest) : units(question);
}
