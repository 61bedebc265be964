// What a reader's eyes get of every fact on a page: returns what is wrong, fact by fact.
// `before` is what the same function returned as `said` in the municipal look.
(before) => {
  const wrong = [], said = {}, count = {};
  const rgb = (text) => (text.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const light = (c) => {
    const [r, g, b] = c.slice(0, 3).map((v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, two) => {
    const [a, b] = [light(one), light(two)].sort((x, y) => y - x);
    return (a + 0.05) / (b + 0.05);
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgb(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] > 0.5) return colour;
    }
    return [255, 255, 255];
  };
  const wide = document.documentElement.clientWidth;
  for (const fact of document.querySelectorAll("main [data-fact]")) {
    if (fact.closest("svg, details:not([open]), [hidden]")) continue;
    const record = fact.closest("[data-record]");
    const name = `${record ? record.dataset.record : ""} ${fact.dataset.fact}`;
    const key = `${name} ${(count[name] = (count[name] || 0) + 1)}`;
    const style = getComputedStyle(fact);
    const tell = (what) => wrong.push(`${key}: ${what}`);
    said[key] = fact.innerText.replace(/\s+/g, " ").trim();
    if (before && before[key] !== said[key]) tell(`says ${said[key]}, not ${before[key]}`);
    if (!said[key]) continue;
    if (!fact.checkVisibility({ opacityProperty: true, visibilityProperty: true, contentVisibilityAuto: true }))
      tell("is not shown");
    let opacity = 1, clipped = false;
    for (let at = fact; at; at = at.parentElement) {
      const of = getComputedStyle(at);
      opacity *= Number(of.opacity);
      if (of.filter !== "none" || of.mixBlendMode !== "normal" || of.clipPath !== "none" || (of.maskImage || "none") !== "none")
        tell(`an element around it is filtered, blended or cut: ${at.className}`);
      if (at !== document.body && at !== document.documentElement && of.overflow !== "visible" && of.overflow !== "clip") {
        const box = at.getBoundingClientRect();
        clipped = clipped || box.height < 12 || box.width < 12;
      }
      if (of.textDecorationLine.includes("line-through") && !at.closest("del, s")) tell("is struck out");
      for (const part of ["::before", "::after"]) {
        const words = getComputedStyle(at, part).content;
        if (at.closest("main") && /[^"\s/·，、：:（）()<>→←-]/.test(words.replace(/^(none|normal)$/, "")))
          tell(`words are put in at ${at.className || at.tagName}${part}: ${words}`);
      }
    }
    if (opacity < 0.99) tell("is faint");
    if (clipped) tell("is cut off");
    if (parseFloat(style.fontSize) < 11) tell(`has ${style.fontSize}`);
    if (style.direction !== "ltr" || style.unicodeBidi.includes("override") || style.writingMode !== "horizontal-tb")
      tell("is turned round");
    if (parseFloat(style.letterSpacing) < -0.5 || parseFloat(style.wordSpacing) < -0.5) tell("stands on itself");
    if (parseFloat(style.lineHeight) < parseFloat(style.fontSize) * 0.99) tell("stands on the next line");
    if (style.webkitTextSecurity && style.webkitTextSecurity !== "none") tell("is dots");
    const ink = rgb(style.webkitTextFillColor || style.color);
    if ((ink.length > 3 && ink[3] < 0.9) || contrast(ink, ground(fact)) < 3) tell(`cannot be told from its ground`);
    const range = document.createRange();
    range.selectNodeContents(fact);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
    const [first] = boxes;
    if (!first) { tell("has no place"); continue; }
    if (boxes.some((box) => box.right > wide + 1 || box.left < -1)) tell("is outside the window");
    if (matchMedia("print").matches) continue;
    fact.scrollIntoView({ block: "center", behavior: "instant" });
    const [now] = [...range.getClientRects()].filter((box) => box.width > 0 && box.height > 0);
    const hit = document.elementFromPoint(now.left + Math.min(now.width / 2, 8), now.top + now.height / 2);
    if (!hit || !(fact.contains(hit) || hit.contains(fact)) || hit.tagName === "MAIN" && !hit.contains(fact))
      if (!(hit && hit.closest("a") && hit.closest("li, dd") && hit.closest("li, dd").contains(fact)))
        tell(`is covered by ${hit ? hit.tagName + "." + hit.className : "nothing"}`);
    for (let at = hit; at && at.contains(fact); at = at.parentElement)
      for (const part of ["::before", "::after"]) {
        const over = getComputedStyle(at, part);
        if (over.content !== "none" && over.content !== "normal" && over.position !== "static" && over.backgroundColor !== "rgba(0, 0, 0, 0)" && parseFloat(over.height) > 100)
          tell(`lies under ${at.className}${part}`);
      }
  }
  return { wrong, said, facts: Object.keys(said).length };
}
