/* Shows in a text where the words of a question stand, as nodes: markup is never parsed. */

import { fold, terms, units } from "./search-fold.js";

const END = /([.。!！?？;；)）”"》]) +/gu; // how a part of a record ends in the index
const PARTS = 3;

/** Return the nodes of a text with the question's words in `<mark>`; loosely, its pieces too. */
export function marked(text, question, isLoose = false) {
  const nodes = [];
  let end = 0;
  for (const [from, to] of spans(text, question, isLoose)) {
    if (from > end) nodes.push(text.slice(end, from));
    const mark = document.createElement("mark");
    mark.textContent = text.slice(from, to);
    nodes.push(mark);
    end = to;
  }
  return [...nodes, text.slice(end)];
}

/** Return the few parts of a record's text that hold most of a question, the name left out. */
export function telling(content, name, question) {
  const wanted = wantedOf(content, question, true);
  return content
    .replace(END, "$1\n")
    .split("\n")
    .map((part) => part.replace(/\.$/, "").trim())
    .filter((part) => part && part !== name)
    .map((part, at) => ({ part, at, held: wanted.filter((word) => fold(part).includes(word)).length }))
    .filter(({ held }) => held > 0)
    .sort((a, b) => b.held - a.held || a.at - b.at)
    .slice(0, PARTS)
    .map(({ part }) => part);
}

/** What to look for in a text: the whole question, else its words, else its pairs of characters. */
function wantedOf(text, question, isLoose) {
  const folded = fold(text);
  const tries = [[fold(question)], terms(question), isLoose ? [...units(question)] : []];
  const held = tries.map((words) => words.filter((word) => word && folded.includes(word)));
  return held.find((words) => words.length > 0) ?? [];
}

/** The places of the words in a text, in order, touching ones joined. */
function spans(text, question, isLoose) {
  const letters = Array.from(text);
  const places = []; // for each character of the folded text, which letter it comes from
  let folded = "";
  letters.forEach((letter, at) => {
    for (const character of fold(letter)) {
      places.push(at);
      folded += character;
    }
  });
  const isMarked = new Array(letters.length).fill(false);
  for (const word of wantedOf(text, question, isLoose))
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + 1))
      isMarked.fill(true, places[at], places[at + word.length - 1] + 1);
  return joined(letters, isMarked);
}

function joined(letters, isMarked) {
  const found = [];
  let offset = 0;
  letters.forEach((letter, at) => {
    if (isMarked[at] && isMarked[at - 1]) found[found.length - 1][1] = offset + letter.length;
    else if (isMarked[at]) found.push([offset, offset + letter.length]);
    offset += letter.length;
  });
  return found;
}
