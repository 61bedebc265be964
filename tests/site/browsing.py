"""A browser that writes down whatever goes wrong on a page: errors, failures, foreign requests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

SIZES = {"wide": (1280, 900), "narrow": (390, 844)}
SCHEMES = ("light", "dark")
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "resultTypes": ["violations"],
}
STATE = """() => ({
  headings: [...document.querySelectorAll("h1")].filter((h) => h.checkVisibility()).length,
  overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
})"""


@dataclass
class Visit:
    """A tab of the browser, with the faults of the pages it has shown."""

    page: Page
    host: str
    faults: list[str] = field(default_factory=list)

    def open(self, address: str) -> None:
        """Open a page of the city and wait until it has all it asked for."""
        self.page.goto(f"{self.host}{address}", wait_until="load")
        if "search/" in address:  # asks for its index after it has loaded
            self.page.wait_for_load_state("networkidle")

    def took(self) -> list[str]:
        """Return the faults since the last call."""
        faults, self.faults = self.faults, []
        return faults

    def note_message(self, message: ConsoleMessage) -> None:
        """Note what the console complains about."""
        if message.type in ("error", "warning"):
            self.faults.append(f"console: {message.text}")

    def note_failure(self, request: Request) -> None:
        """Note what did not come, unless the page was left before it could."""
        if request.failure != "net::ERR_ABORTED":
            self.faults.append(f"failed: {request.url}")

    def note_response(self, response: Response) -> None:
        """Note what is missing, or comes from another host."""
        if response.status >= 400:
            self.faults.append(f"{response.status}: {response.url}")
        if not response.url.startswith((self.host, "data:", "blob:")):
            self.faults.append(f"foreign: {response.url}")


@contextmanager
def visit(
    browser: Browser,
    host: str,
    *,
    size: str = "wide",
    scheme: str = "light",
    **options: Any,
) -> Iterator[Visit]:
    """Yield a tab of its own, of a size and a colour scheme."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, color_scheme=scheme, **options
    )
    opened = Visit(context.new_page(), host)
    opened.page.on("console", opened.note_message)
    opened.page.on("pageerror", lambda error: opened.faults.append(f"script: {error}"))
    opened.page.on("requestfailed", opened.note_failure)
    opened.page.on("response", opened.note_response)
    try:
        yield opened
    finally:
        context.close()


def inspect(tab: Visit, address: str, axe: str) -> list[str]:
    """Open a page and return everything that is wrong with it."""
    tab.open(address)
    faults = tab.took()
    state = tab.page.evaluate(STATE)
    if state["headings"] != 1:
        faults.append(f"{state['headings']} main headings to be seen")
    if state["overflow"] > 0:
        faults.append(f"{state['overflow']} pixels wider than the window")
    tab.page.evaluate(axe)
    for found in tab.page.evaluate("(options) => axe.run(document, options)", AXE)["violations"]:
        places = ", ".join(str(node["target"][0]) for node in found["nodes"][:3])
        faults.append(f"axe {found['id']}: {places}")
    return [f"{address or 'home'}: {fault}" for fault in (*faults, *tab.took())]
