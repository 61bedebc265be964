/* The chart as a PNG, made here from the drawing's own file: twice as fine as a screen, on white or dark,
   in the reader's fonts, with the heading and the credit that stand in the file. */

const FINE = 2;
const LANES =
  ".fc-lane{fill:none;stroke:var(--fc-edge)}.fc-lane-head{fill:var(--fc-box);stroke:var(--fc-edge)}";
const BESIDE = 12;

function number(node, name) {
  return Number(node.getAttribute(name));
}

/* Puts the lanes in the place of the chart; heading, credit and ground move with its size. */
function withLanes(svg, lanes) {
  const inside = Array.from(svg.children).find(function (child) {
    return child.tagName === "g" && child.hasAttribute("transform");
  });
  const box = lanes.viewBox.baseVal;
  const paper = svg.querySelector(".fc-paper");
  const old = svg.viewBox.baseVal;
  const top = Number(/[\d.]+\)$/.exec(inside.getAttribute("transform"))[0].slice(0, -1));
  const titles = Array.from(svg.querySelectorAll(".fc-title"));
  const credits = Array.from(svg.querySelectorAll(".fc-credit"));
  const wide = Math.max(box.width, old.width - 2 * BESIDE);
  const under = credits.length ? BESIDE + credits.length * 16 : 0;
  const high = top + box.height + under;
  inside.setAttribute("transform", "translate(" + (wide - box.width) / 2 + " " + top + ")");
  inside.replaceChildren.apply(inside, Array.from(lanes.childNodes).map(function (node) {
    return svg.ownerDocument.importNode(node, true);
  }));
  titles.concat(credits).forEach(function (text) { text.setAttribute("x", wide / 2); });
  credits.forEach(function (text, place) {
    text.setAttribute("y", top + box.height + BESIDE + 11 + place * 16);
  });
  [svg, paper].forEach(function (node) {
    node.setAttribute("width", wide + 2 * BESIDE);
    node.setAttribute("height", high + 2 * BESIDE);
  });
  svg.setAttribute("viewBox", [-BESIDE, -BESIDE, wide + 2 * BESIDE, high + 2 * BESIDE].join(" "));
}

/* Returns the file's text with one ground for good, whatever the system prefers. Its style is taken out while
   it is parsed: the page's policy lets no document of this page hold one. */
function grounded(text, ground, lanes) {
  const style = /<style>([^<]*)<\/style>/.exec(text);
  const rules = style[1].replace(
    "@media(prefers-color-scheme:dark)",
    ground === "dark" ? "@media all" : "@media not all"
  );
  const bare = text.replace(style[0], "");
  const svg = new DOMParser().parseFromString(bare, "image/svg+xml").documentElement;
  if (lanes) withLanes(svg, lanes);
  const whole = new XMLSerializer().serializeToString(svg);
  return {
    text: whole.replace(">", "><style>" + rules + (lanes ? LANES : "") + "</style>"),
    wide: number(svg, "width"),
    high: number(svg, "height"),
  };
}

function drawn(text) {
  const picture = new Image();
  return new Promise(function (done, fail) {
    picture.onload = function () { done(picture); };
    picture.onerror = fail;
    picture.src = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(text);
  });
}

export async function save(address, ground, lanes) {
  const reply = await fetch(address);
  const file = grounded(await reply.text(), ground, lanes);
  const canvas = document.createElement("canvas");
  canvas.width = Math.ceil(file.wide * FINE);
  canvas.height = Math.ceil(file.high * FINE);
  const picture = await drawn(file.text);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  const link = document.createElement("a");
  link.download = address.replace(/^.*\/|\.svg$/g, "") + (lanes ? "-lanes" : "") + ".png";
  link.href = canvas.toDataURL("image/png");
  link.click();
}
