"""Shoots every kind of page in every way it is read, one sheet for each.

`python docs/looks.py public` makes all sheets, `python docs/looks.py public home power` these two.

The single pictures go to a scratch folder; the sheets, small, to `docs/images/looks/`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import sync_playwright

if TYPE_CHECKING:
    from playwright.sync_api import Browser

SHEETS = Path(__file__).parent / "images" / "looks"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PAGES = {
    "home": "",
    "list": "kinds/licensing/",
    "power": "powers/HD31-XK-002/",
    "department": "departments/fire-rescue/",
    "law": "laws/food-safety-law/",
    "life-event": "life-events/opening-a-restaurant/",
    "dataset": "data/",
    "search": "search/?q=%E5%BC%80%E9%A4%90%E9%A6%86",
    "404": "404.html",
    "abolished": "powers/HD11-QZ-090/",
}
WIDE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
ZOOMED = {"width": 320, "height": 256}
"""A window of 1280 × 1024 at 400 %: what WCAG 1.4.10 asks a page to survive."""

WAYS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "wide": ({"viewport": WIDE}, {}),
    "wide-dark": ({"viewport": WIDE, "color_scheme": "dark"}, {}),
    "phone": ({"viewport": PHONE}, {}),
    "phone-dark": ({"viewport": PHONE, "color_scheme": "dark"}, {}),
    "forced-colours": ({"viewport": PHONE, "forced_colors": "active"}, {}),
    "no-scripts": ({"viewport": PHONE, "java_script_enabled": False}, {}),
    "printed": ({"viewport": {"width": 794, "height": 1123}}, {"media": "print"}),
    "zoomed-400": ({"viewport": ZOOMED, "device_scale_factor": 2}, {}),
}
"""Name → how the window is opened, and the medium it is shown in."""


def shoot(browser: Browser, root: str, folder: Path, address: str) -> list[Path]:
    """Take one page in every way; return the pictures."""
    pictures = []
    for way, (window, medium) in WAYS.items():
        context = browser.new_context(**window)
        page = context.new_page()
        if medium:
            page.emulate_media(**medium)
        page.goto(f"{root}{address}")
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(400)
        pictures.append(folder / f"{way}.png")
        page.screenshot(path=pictures[-1])
        context.close()
    return pictures


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and keeps quiet."""

    def log_message(self, format: str, *args: Any) -> None:
        """Leave the terminal readable."""


def main(site: Path, *names: str) -> None:
    """Serve a built site and make the sheets of some kinds of page, or of all."""
    handler = partial(Quiet, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    root = f"http://127.0.0.1:{server.server_port}/"
    browser_path = next(filter(None, map(shutil.which, BROWSERS)))
    SHEETS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as scratch:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for name in names or PAGES:
            pictures = shoot(browser, root, Path(scratch), PAGES[name])
            # ImageMagick: every picture 360 high, side by side
            subprocess.run(
                ["montage", "-background", "#888", *pictures, "-resize", "x360", "-quality", "42",
                 "-tile", "4x", "-geometry", "+6+6", SHEETS / f"{name}.jpg"],
                check=True,
            )  # fmt: skip
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
