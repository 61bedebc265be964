/* What comes nearest to a question that nothing answers word for word: a slip, a sentence.
   Names are compared by their pairs of characters; a pair that few names hold tells most. */

import { fold, units } from "./search-fold.js";

/* What people say around their question; it tells nothing of what they ask for. */
const FILLERS =
  /请问|想要|我想|我要|我们|我家|怎么办|怎么样|怎么|如何|什么|多少钱|多少|多久|多长时间|哪里|哪儿|在哪|去哪|找谁|谁管|可以|能不能|要不要|需要|吗|呢|吧|啊|了|的|我|你|想/g;

export class Near {
  /** Take `[text, what]` pairs: all names there are, and what each is the name of. Names are
      weighed when a question comes near them: few do, and a reader waits for this. */
  constructor(names) {
    this.names = [];
    this.holding = new Map(); // how many names hold each pair of characters
    for (const [text, what] of names) {
      const found = units(text);
      this.names.push({ text, what, units: found });
      for (const unit of found) this.holding.set(unit, (this.holding.get(unit) ?? 0) + 1);
    }
  }

  /** How much a pair of characters tells, squared. */
  weight(unit) {
    return Math.log(1 + this.names.length / this.holding.get(unit)) ** 2;
  }

  norm(found) {
    let sum = 0;
    for (const unit of found) sum += this.weight(unit);
    return Math.sqrt(sum) || 1;
  }

  /** The best name of each thing that is at least so near: `{what, text, share}`, nearest first.
      Pairs of characters that no name holds are left out of account. */
  find(question, least) {
    const asked = [...unitsOf(question)].filter((unit) => this.holding.has(unit));
    const weights = asked.map((unit) => [unit, this.weight(unit)]);
    const whole = this.norm(asked);
    const best = new Map();
    for (const name of this.names) {
      let sum = 0;
      for (const [unit, weight] of weights) if (name.units.has(unit)) sum += weight;
      if (!sum) continue;
      // how alike both are (cosine), and how much of the question the name holds: a long name
      // that holds its telling word serves too
      const share = (sum / ((name.norm ??= this.norm(name.units)) * whole) + sum / whole ** 2) / 2;
      const { what, text } = name;
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
