"""A power's page on a telephone: the answers on the first screen, and few bytes to wait for."""

from __future__ import annotations

import gzip

import pytest

from generator.model.codes import Applicant
from tests.site.browsing import visit
from tests.site.output import Output

MOST_BYTES, MOST_COMPRESSED = 60_000, 15_000
"""Of a power's page, as it is and compressed with gzip -6."""

FIRST_SCREEN = 844
"""Height in pixels of the telephone (390 wide) on whose first screen the answers end."""

END = "() => document.querySelector('.answers').getBoundingClientRect().bottom + window.scrollY"
QUESTIONS = 5


def test_every_page_of_a_power_is_light(bundled):
    """On a village's network a heavy page is a page that does not come."""
    heavy = {}
    for _, *addresses in bundled.power_pages():
        for address in addresses:
            content = (bundled.root / address / "index.html").read_bytes()
            sizes = len(content), len(gzip.compress(content, 6))
            if sizes[0] > MOST_BYTES or sizes[1] > MOST_COMPRESSED:
                heavy[address] = sizes

    assert not heavy


def to_apply_for(output: Output) -> list[tuple[int, str, str]]:
    """Return the powers that one can apply for, those with most words first, with their pages."""
    found = []
    for code, here, there in output.power_pages():
        power = output.release.powers[code].power
        if power.is_active and power.applicant is not Applicant.NONE:
            words = (power.name * 3, *power.aliases, power.summary, power.place, power.level)
            found.append((len("".join(words)), here, there))
    return sorted(found, reverse=True)


def too_low(host: str, chromium, addresses: list[str]) -> dict[str, object]:
    """Return the pages whose answers end below the first screen, or lack one of the questions."""
    found: dict[str, object] = {}
    with visit(chromium, host, size="narrow") as tab:
        for address in addresses:
            tab.open(address)
            end = tab.page.evaluate(END)
            if end > FIRST_SCREEN or tab.page.locator(".answer").count() != QUESTIONS:
                found[address] = end
    return found


def test_the_first_screen_of_a_telephone_holds_the_answers(bundled, chromium, site_server):
    """Can I, who decides, how long, what does it cost, where do I go: nobody scrolls for that."""
    powers = to_apply_for(bundled)
    below = [
        here
        for _, here, _ in powers
        if bundled.release.powers[here.split("/")[1]].power.level == "county"
    ]
    longest_names = sorted(
        powers, key=lambda power: -len(bundled.pages[power[1]].findtext(".//title"))
    )
    chosen = [
        *(here for _, here, _ in powers[:3]),
        *(there for _, _, there in powers[:3]),
        *(there for _, _, there in longest_names[:3]),
        *below[:2],
    ]

    assert len(powers) > 200
    assert not too_low(site_server(bundled.root).root, chromium, chosen)


@pytest.mark.prove
def test_the_first_screen_holds_the_answers_of_every_power(bundled, chromium, site_server):
    """The rare power is looked up by those who cannot ask a neighbour."""
    pages = [page for _, *both in to_apply_for(bundled) for page in both]

    assert not too_low(site_server(bundled.root).root, chromium, pages)
