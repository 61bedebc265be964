/* The same chart with a lane for each post: who does what, and where a case changes hands.
   Boxes are taken over from the drawing; columns are posts, rows follow the order of the steps. Arrows run
   in channels between rows and in gutters between lanes, each line on a track of its own. */
import { element } from "./chart-steps.js";

const TRACK = 9;
const SIGN = 20;
const HEAD = 15;
const LINE = 16;
const ROUND = 6;

/* The least track whose lines leave a span free. */
function track(tracks, from, to) {
  const low = Math.min(from, to) - 6;
  const high = Math.max(from, to) + 6;
  let place = tracks.findIndex(function (taken) {
    return taken.every(function (span) { return span[1] < low || span[0] > high; });
  });
  if (place < 0) place = tracks.push([]) - 1;
  tracks[place].push([low, high]);
  return place;
}

function boxes(flow) {
  return Array.from(flow.querySelectorAll("g[transform]")).map(function (group) {
    const box = group.querySelector(".fc-s").getBBox();
    return { group: group, wide: box.width, high: box.height };
  });
}

/* Lane and row of each step: a row lower than whatever leads to it, and alone in its cell. */
function cells(steps, moves) {
  const posts = [];
  const taken = {};
  const found = steps.map(function (step) {
    if (!posts.includes(step.post)) posts.push(step.post);
    return { lane: posts.indexOf(step.post), row: 0 };
  });
  steps.forEach(function (step, number) {
    const cell = found[number];
    moves.forEach(function (move) {
      if (move.target === number && move.source < number) cell.row = Math.max(cell.row, found[move.source].row + 1);
    });
    while (taken[cell.lane + " " + cell.row]) cell.row += 1;
    taken[cell.lane + " " + cell.row] = true;
  });
  return { posts: posts, cells: found, taken: taken };
}

function isFree(grid, runs, lane, from, to, target) {
  for (let row = from; row <= to; row += 1) {
    if (grid.taken[lane + " " + row]) return false;
  }
  return (runs[lane] || []).every(function (run) {
    return run.target === target || run.to < from || run.from > to;
  });
}

/* How each arrow goes: the channels and the column or gutter in which it runs past rows. */
function plan(grid, moves) {
  const runs = {};
  return moves.map(function (move, number) {
    const from = grid.cells[move.source];
    const to = grid.cells[move.target];
    const way = { number: number, move: move, from: from, to: to, back: to.row <= from.row };
    way.upper = way.back ? to.row - 1 : from.row;
    way.lower = to.row - 1;
    if (way.back) {
      way.gutter = from.lane + (to.lane > from.lane || to.lane === from.lane ? 1 : 0);
    } else if (way.lower > from.row) {
      const first = from.row + 1;
      const lane = [to.lane, from.lane].find(function (tried) {
        return isFree(grid, runs, tried, first, way.lower, tried === to.lane ? move.target : -1);
      });
      if (lane === undefined) way.gutter = to.lane + (from.lane > to.lane ? 1 : 0);
      else {
        way.column = lane;
        (runs[lane] = runs[lane] || []).push({ from: first, to: way.lower, target: lane === to.lane ? move.target : -2 - number });
      }
    }
    return way;
  });
}

/* Where arrows leave and enter a box, spread over its edge by where they come from or go to. */
function spread(ways, all) {
  const out = {};
  ways.forEach(function (way) {
    if (!way.back) (out[way.move.source] = out[way.move.source] || []).push(way);
  });
  Object.keys(out).forEach(function (source) {
    const leaving = out[source].sort(function (one, other) { return one.to.lane - other.to.lane; });
    const room = Math.min(22, (all[source].wide - 40) / Math.max(1, leaving.length - 1));
    leaving.forEach(function (way, place) {
      way.off = (place - (leaving.length - 1) / 2) * room;
    });
  });
}

function signWide(text) {
  return Array.from(text).reduce(function (sum, sign) { return sum + (sign > "\u2e80" ? 12 : 7); }, 8);
}

function path(points) {
  let d = "M" + points[0].join(" ");
  for (let place = 1; place < points.length; place += 1) {
    const a = points[place - 1];
    const b = points[place];
    const c = points[place + 1];
    if (!c) {
      d += "L" + b.join(" ");
      break;
    }
    const before = Math.hypot(b[0] - a[0], b[1] - a[1]);
    const after = Math.hypot(c[0] - b[0], c[1] - b[1]);
    const reach = Math.min(ROUND, before / 2, after / 2);
    const near = function (p, far) {
      return far ? [b[0] + ((p[0] - b[0]) * reach) / far, b[1] + ((p[1] - b[1]) * reach) / far] : b;
    };
    d += "L" + near(a, before).join(" ") + "Q" + b.join(" ") + " " + near(c, after).join(" ");
  }
  return d;
}

function wrapped(text, wide) {
  const most = Math.max(4, Math.floor(wide / 13));
  const lines = [];
  const signs = Array.from(text);
  const isHan = signs.some(function (sign) { return sign > "\u2e80"; });
  if (isHan) {
    const each = Math.ceil(signs.length / Math.ceil(signs.length / most));
    for (let from = 0; from < signs.length; from += each) lines.push(signs.slice(from, from + each).join(""));
    return lines;
  }
  text.split(/\s+/).forEach(function (word) {
    const last = lines.length - 1;
    if (last >= 0 && (lines[last] + " " + word).length <= most * 1.8) lines[last] += " " + word;
    else lines.push(word);
  });
  return lines;
}

function layOut(grid, all, ways, heads) {
  const rows = Math.max.apply(null, grid.cells.map(function (cell) { return cell.row; })) + 1;
  const lanes = grid.posts.length;
  const gutters = Array.from({ length: lanes + 1 }, function () { return []; });
  const channels = Array.from({ length: rows + 1 }, function () { return []; });
  const laneWide = grid.posts.map(function (post, lane) {
    return grid.cells.reduce(function (most, cell, step) {
      return cell.lane === lane ? Math.max(most, all[step].wide) : most;
    }, 84);
  });
  const rowHigh = Array.from({ length: rows }, function (none, row) {
    return grid.cells.reduce(function (most, cell, step) {
      return cell.row === row ? Math.max(most, all[step].high) : most;
    }, 0);
  });
  ways.forEach(function (way) {
    if (way.gutter !== undefined) way.slot = track(gutters[way.gutter], way.upper, way.back ? way.from.row : way.lower);
  });
  const gap = gutters.map(function (tracks) { return 16 + tracks.length * TRACK; });
  const left = [];
  let x = 0;
  laneWide.forEach(function (wide, lane) {
    x += gap[lane] / 2;
    left.push(x);
    x += gap[lane] / 2 + wide;
  });
  const edge = left.concat(x + gap[lanes] / 2);
  const middle = laneWide.map(function (wide, lane) { return left[lane] + gap[lane] / 2 + wide / 2; });
  const gutterX = function (way) {
    return edge[way.gutter] + (way.slot - (gutters[way.gutter].length - 1) / 2) * TRACK;
  };
  ways.forEach(function (way) {
    way.x0 = middle[way.from.lane] + (way.off || 0);
    way.x1 = middle[way.to.lane];
    way.xv = way.gutter !== undefined ? gutterX(way) : way.column === undefined ? way.x1
      : way.column === way.from.lane && way.column !== way.to.lane ? way.x0 : middle[way.column];
    const sign = way.move.condition ? signWide(way.move.condition) : 0;
    const a = way.back ? way.xv : way.x0;
    const b = way.back ? way.x1 : way.xv === way.x0 && way.column === way.from.lane ? way.x0 : way.xv;
    const span = [Math.min(a, b), Math.max(a, b)];
    way.signWide = sign;
    way.signX = (span[0] + span[1]) / 2;
    const half = Math.max(sign / 2, (span[1] - span[0]) / 2);
    if (sign || span[1] - span[0] > 0.5) way.track0 = track(channels[way.upper + 1], way.signX - half, way.signX + half);
    if (!way.back && way.lower > way.upper && way.xv !== way.x1) {
      way.track1 = track(channels[way.lower + 1], way.xv, way.x1);
    }
  });
  /* A channel's tracks lie apart by a line of text where conditions stand in it. */
  const pitch = channels.map(function (tracks, channel) {
    return ways.some(function (way) { return way.signWide && way.upper + 1 === channel; }) ? SIGN : TRACK;
  });
  const high = channels.map(function (tracks, channel) {
    return 12 + (tracks.length ? tracks.length * pitch[channel] : 0) + HEAD;
  });
  const top = [];
  const channelTop = [];
  let y = heads;
  for (let row = 0; row < rows; row += 1) {
    channelTop.push(y);
    y += high[row];
    top.push(y);
    y += rowHigh[row];
  }
  channelTop.push(y);
  const trackY = function (channel, slot) { return channelTop[channel] + 10 + (slot + 0.5) * pitch[channel]; };
  return {
    wide: x + gap[lanes], high: y + 14, middle: middle, edge: [0].concat(edge.slice(1, -1), x + gap[lanes]),
    centre: function (cell) { return [middle[cell.lane], top[cell.row] + rowHigh[cell.row] / 2]; },
    trackY: trackY, channelTop: channelTop,
  };
}

function route(way, all, at) {
  const from = at.centre(way.from);
  const to = at.centre(way.to);
  const end = [way.x1, to[1] - all[way.move.target].high / 2];
  const y0 = way.track0 === undefined ? null : at.trackY(way.upper + 1, way.track0);
  way.signY = y0;
  if (way.back) {
    const side = way.xv > from[0] ? 1 : -1;
    return [[from[0] + (side * all[way.move.source].wide) / 2, from[1]], [way.xv, from[1]], [way.xv, y0], [way.x1, y0], end];
  }
  const start = [way.x0, from[1] + all[way.move.source].high / 2];
  const points = [start];
  if (y0 !== null) points.push([way.x0, y0], [way.xv, y0]);
  if (way.track1 !== undefined) {
    const y1 = at.trackY(way.lower + 1, way.track1);
    points.push([way.xv, y1], [way.x1, y1]);
  }
  points.push(end);
  return points.filter(function (point, place) {
    const before = points[place - 1];
    return !before || before[0] !== point[0] || before[1] !== point[1];
  });
}

function sign(way) {
  const group = element("g", { class: "fc-if" });
  group.append(
    element("rect", { x: way.signX - way.signWide / 2, y: way.signY - 8, width: way.signWide, height: 16, rx: 4 }),
    element("text", { x: way.signX, y: way.signY + 4 })
  );
  group.lastChild.textContent = way.move.condition;
  return group;
}

function header(grid, at, heads, lines) {
  const group = element("g", { class: "fc-lane-heads" });
  grid.posts.forEach(function (post, lane) {
    const wide = at.edge[lane + 1] - at.edge[lane];
    group.append(element("rect", { class: "fc-lane", x: at.edge[lane], y: 0, width: wide, height: at.high }));
    group.append(element("rect", { class: "fc-lane-head", x: at.edge[lane], y: 0, width: wide, height: heads }));
    lines[lane].forEach(function (line, place) {
      const base = heads / 2 + 5 + (place - (lines[lane].length - 1) / 2) * LINE;
      const text = element("text", { class: "fc-n", x: (at.edge[lane] + at.edge[lane + 1]) / 2, y: base });
      text.textContent = line;
      group.append(text);
    });
  });
  return group;
}

export function lanes(flow, board, words) {
  const all = boxes(flow);
  const grid = cells(board.steps, board.moves);
  const ways = plan(grid, board.moves);
  spread(ways, all);
  const lines = grid.posts.map(function (post) { return wrapped(post || words.noPost, 96); });
  const heads = 16 + LINE * Math.max.apply(null, lines.map(function (each) { return each.length; }));
  const at = layOut(grid, all, ways, heads);
  const svg = element("svg", {
    class: "fc fc-wide fc-lanes", fill: "none", stroke: "currentColor", "text-anchor": "middle",
    width: at.wide / 14 + "em", viewBox: "0 0 " + at.wide + " " + at.high,
    role: "group", "aria-label": flow.querySelector("title").textContent + " " + words.byPost, hidden: "",
  });
  const arrows = element("g", { class: "fc-ways" });
  const heads_ = element("g", { class: "fc-heads" });
  const signs = element("g", {});
  ways.forEach(function (way) {
    const points = route(way, all, at);
    arrows.append(element("path", { d: path(points) }));
    const end = points[points.length - 1];
    heads_.append(element("path", { d: "M" + end.join(" ") + "l-4-8h8z" }));
    if (way.signWide) signs.append(sign(way));
  });
  svg.append(header(grid, at, heads, lines), arrows, heads_, signs);
  all.forEach(function (box, number) {
    const copy = box.group.cloneNode(true);
    ["tabindex", "role", "aria-label", "aria-current"].forEach(function (name) {
      copy.removeAttribute(name);
    });
    copy.classList.remove("is-current", "is-near", "is-way");
    copy.setAttribute("transform", "translate(" + at.centre(grid.cells[number]).join(" ") + ")");
    svg.append(copy);
  });
  return svg;
}
