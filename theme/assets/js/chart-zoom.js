/* Zoom and pan of a drawing in its frame. The frame scrolls as any box does, so keys, wheels and screen
   readers need nothing new; one finger scrolls the page until the large view is open. */

const LEAST = 0.25;
const MOST = 4;
const FAR = 5;

export function zoomable(frame, first) {
  let svg = first;
  let isOpen = false;
  let moved = false;
  const fingers = new Map();
  let grip = null;

  function wide() {
    return svg.viewBox.baseVal.width;
  }

  function scale() {
    return svg.getBoundingClientRect().width / wide();
  }

  function middle() {
    const box = frame.getBoundingClientRect();
    return { x: box.left + box.width / 2, y: box.top + Math.min(box.height, window.innerHeight) / 2 };
  }

  /* Keeps what lies under a point of the screen where it is. */
  function to(wanted, point) {
    const at = point || middle();
    const before = svg.getBoundingClientRect();
    const x = (at.x - before.left) / before.width;
    const y = (at.y - before.top) / before.height;
    svg.style.maxWidth = "none";
    svg.style.width = Math.min(MOST, Math.max(LEAST, wanted)) * wide() + "px";
    const after = svg.getBoundingClientRect();
    frame.scrollLeft += after.left + x * after.width - at.x;
    if (isOpen) frame.scrollTop += after.top + y * after.height - at.y;
  }

  function by(factor, point) {
    to(scale() * factor, point);
  }

  function reset() {
    svg.style.maxWidth = "";
    svg.style.width = "";
    if (!isOpen) return;
    to(Math.min(1.5, Math.max(1, (frame.clientWidth - 16) / wide())));
    frame.scrollTo(0, 0);
    const chosen = svg.querySelector(".is-current");
    if (chosen) chosen.scrollIntoView({ block: "center", inline: "center", behavior: "instant" });
  }

  function pan(x, y) {
    frame.scrollLeft -= x;
    frame.scrollTop -= y;
  }

  function spread() {
    const ends = Array.from(fingers.values());
    const x = ends[0].x - ends[1].x;
    const y = ends[0].y - ends[1].y;
    return {
      far: Math.sqrt(x * x + y * y),
      x: (ends[0].x + ends[1].x) / 2,
      y: (ends[0].y + ends[1].y) / 2,
    };
  }

  function down(event) {
    if (event.pointerType === "mouse" ? event.button !== 0 : !isOpen) return;
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (fingers.size === 1) moved = false;
    grip = fingers.size === 2 ? spread() : null;
  }

  function move(event) {
    const was = fingers.get(event.pointerId);
    if (!was) return;
    const x = event.clientX - was.x;
    const y = event.clientY - was.y;
    if (!moved && Math.abs(x) + Math.abs(y) < FAR) return;
    if (!moved) {
      moved = true;
      frame.classList.add("is-held");
      try {
        frame.setPointerCapture(event.pointerId);
      } catch (error) {
        /* a pointer that has just gone: nothing to hold */
      }
    }
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (fingers.size === 1) pan(x, y);
    if (fingers.size !== 2 || !grip) return;
    const now = spread();
    pan(now.x - grip.x, now.y - grip.y);
    by(now.far / grip.far, now);
    grip = now;
  }

  function up(event) {
    fingers.delete(event.pointerId);
    grip = fingers.size === 2 ? spread() : null;
    if (!fingers.size) frame.classList.remove("is-held");
  }

  function wheel(event) {
    if (!isOpen && !event.ctrlKey) return;
    if (event.shiftKey) return;
    event.preventDefault();
    by(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)), { x: event.clientX, y: event.clientY });
  }

  function key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const aside = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] }[event.key];
    if (event.key === "+" || event.key === "=") by(1.25);
    else if (event.key === "-" || event.key === "_") by(1 / 1.25);
    else if (event.key === "0") reset();
    else if (aside && (aside[0] || isOpen)) pan(aside[0], aside[1]);
    else return;
    event.preventDefault();
  }

  frame.addEventListener("pointerdown", down);
  frame.addEventListener("pointermove", move);
  frame.addEventListener("mousedown", function (event) {
    event.preventDefault(); // a drag must neither choose a step nor mark words
  });
  frame.addEventListener("pointerup", up);
  frame.addEventListener("pointercancel", up);
  frame.addEventListener("wheel", wheel, { passive: false });
  frame.addEventListener("keydown", key);
  frame.addEventListener("click", function (event) {
    if (moved) event.stopPropagation();
    else if (!event.target.closest("[role=button]")) frame.focus({ preventScroll: true });
    moved = false;
  }, true);

  return {
    by: by,
    reset: reset,
    scale: scale,
    open: function (on) {
      isOpen = on;
      frame.classList.toggle("is-open", on);
      reset();
    },
    show: function (other) {
      svg = other;
      reset();
    },
  };
}
