"""Walks a page by the Tab key and says of each stop whether a reader can see where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

STOP = r"""() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const name = `${at.tagName.toLowerCase()}.${at.getAttribute("class") || at.name || ""} ` +
    `“${(at.textContent || at.value || at.getAttribute("aria-label") || "").trim().slice(0, 20)}”`;
  // what shows the focus of a control without a face of its own
  const faceless = getComputedStyle(at).opacity === "0";
  const face = faceless ? (at.nextElementSibling || at) : at;
  const style = getComputedStyle(face);
  const drawn = [style, getComputedStyle(face, "::before")].find(
    (one) => one.outlineStyle !== "none" && parseFloat(one.outlineWidth) >= 2);
  const faults = [];
  if (!drawn) faults.push("no ring of 2 pixels");
  // a link that runs over two lines has two boxes; an element of none is nowhere
  const boxes = [...face.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
  const inside = boxes.filter((box) =>
    box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth);
  if (!inside.length) faults.push("outside the window");
  const hit = inside.some((box) => {
    const x = Math.min(Math.max((box.left + box.right) / 2, 1), innerWidth - 1);
    const y = Math.min(Math.max((box.top + box.bottom) / 2, 1), innerHeight - 1);
    const top = document.elementFromPoint(x, y);
    const page = [document.body, document.documentElement].includes(top);
    return top && !page && (face.contains(top) || top.contains(face) || at.contains(top));
  });
  if (inside.length && !hit) faults.push("covered");
  // a ring outside its box is cut off by what stands around and hides what overflows
  const reach = drawn ? parseFloat(drawn.outlineOffset) + parseFloat(drawn.outlineWidth) : 0;
  for (let around = face.parentElement; around && drawn; around = around.parentElement) {
    const own = getComputedStyle(around);
    if (own.overflowX === "visible" && own.overflowY === "visible") continue;
    if (around === document.body || around === document.documentElement) continue;
    const area = around.getBoundingClientRect();
    const box = face.getBoundingClientRect();
    const left = Math.min(Math.max(box.left, area.left), area.right);
    if (box.top - reach < area.top - 1 && box.bottom + reach > area.bottom + 1 ||
        left - reach < area.left - 1 && box.right + reach > area.right + 1)
      faults.push(`ring cut off by ${around.className}`);
  }
  // two colours of 9:1 against each other: one of them is 3:1 against whatever lies under them
  const colours = drawn && `${drawn.outlineColor} ${drawn.boxShadow}`.match(/rgba?\([^)]+\)/g);
  if (colours && colours.length > 1) {
    const light = (colour) => colour.match(/[\d.]+/g).slice(0, 3).map((one) => one / 255)
      .map((one) => (one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4))
      .reduce((sum, one, i) => sum + one * [0.2126, 0.7152, 0.0722][i], 0.05);
    const [ring, halo] = colours.map(light);
    if (Math.max(ring, halo) / Math.min(ring, halo) < 9) faults.push("ring and halo too alike");
  }
  const seen = at.dataset.stop === "seen";
  at.dataset.stop = "seen";
  return { name, faults, seen };
}"""


def walk(page: Page, most: int = 400) -> tuple[int, list[str]]:
    """Press Tab until the page is through; return the number of stops and what was wrong."""
    faults: list[str] = []
    for number in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None or stop["seen"]:
            return number, faults
        faults += [f"{stop['name']}: {fault}" for fault in stop["faults"]]
    return most, [*faults, f"more than {most} stops"]
