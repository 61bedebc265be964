"""Takes README's pictures of the built city anew: `python docs/screenshots.py public`."""

from __future__ import annotations

import shutil
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parent / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
POWER = "powers/HD31-XK-002/"
PICTURES = {
    "home": ("", 1280, 900, "light", ""),
    "power": (POWER, 1280, 900, "light", ""),
    "flowchart": (POWER, 1280, 1250, "light", "svg[role]"),
    "fire-rescue": ("departments/fire-rescue/", 1280, 900, "light", ""),
    "ecology-environment": ("departments/ecology-environment/", 1280, 900, "light", ""),
    "data": ("data/", 1280, 900, "light", ""),
    "home-dark-phone": ("", 390, 844, "dark", ""),
    "power-phone": (POWER, 390, 844, "light", ""),
    "penalty-phone": ("powers/HD05-CF-001/", 390, 844, "light", ""),
    "design": ("design/", 1280, 900, "light", ""),
    "design-fire-rescue-dark": ("departments/fire-rescue/design/", 1280, 900, "dark", ""),
}
"""Name → address, width and height of the window, colour scheme, the element to show alone."""


def main(site: Path) -> None:
    """Serve a built site and take every picture."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    browser_path = next(filter(None, map(shutil.which, BROWSERS)))
    IMAGES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for name, (address, width, height, scheme, element) in PICTURES.items():
            page = browser.new_page(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
            )
            page.goto(f"http://127.0.0.1:{server.server_port}/{address}")
            page.wait_for_timeout(300)
            shown = page.locator(element).first if element else page
            shown.screenshot(path=IMAGES / f"{name}.png")
            page.close()
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
