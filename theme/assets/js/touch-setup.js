/* The page touch/: starts and leaves the touch screen. `?start=departments/x/` starts it at a page
   of this site, `&idle=90` says after how many seconds it goes back there, `?off` leaves it. */

const PLACE = /^(?:[a-z0-9-]+\/)*$/i; // a page of this site, never an address elsewhere
const settings = window.daylight;
const asked = new URLSearchParams(location.search);
const root = new URL("../", location.href);
const says = document.querySelector("[data-touch-says]");

function say(name, start = "") {
  says.textContent = says.dataset[name].replace("{start}", start);
}

async function isThere(address) {
  try {
    return (await fetch(address, { method: "HEAD" })).ok;
  } catch (error) {
    return true; // no network: the stored pages will do
  }
}

async function begin() {
  const wish = asked.get("start");
  const start = wish && !wish.endsWith("/") ? `${wish}/` : wish;
  if (!PLACE.test(start) || !(await isThere(new URL(start, root)))) return say("refused", wish);
  settings.choose("touch", "on");
  settings.choose("touch-start", start);
  settings.choose("touch-idle", /^\d{1,4}$/.test(asked.get("idle")) ? asked.get("idle") : "");
  return location.replace(new URL(start, root));
}

function leave() {
  for (const name of ["touch", "touch-start", "touch-idle"]) settings.choose(name, "");
  location.replace(`${location.pathname}?left`); // without what early.js brought along
}

if (asked.has("off")) leave();
else if (asked.has("start")) begin();
else if (settings.chosen("touch")) {
  say("on");
  document.querySelector("[data-touch-setup]").remove(); // visitors change nothing
} else if (asked.has("left")) say("off");
