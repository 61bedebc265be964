"""The touch screen of a service hall: the page that starts the mode on a device, and its words."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator

from generator.builder.artifact import Artifact
from generator.i18n import Translator
from generator.outputs.heads import head
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import Choice, TouchPage

CHIPS = 10
"""How many everyday words stand above the keyboard."""
LONGEST = 14
"""How wide such a word may be, in letters; a Chinese character counts as two."""
PAUSES = (60, 90, 120, 180, 300)
"""After how many seconds without a touch the screen goes back, as the page offers it."""


def plan(publication: Publication) -> Iterator[Artifact]:
    """Yield `touch/` and `assets/touch-words.js`."""
    text = json.dumps(
        {**_words(publication.tr), "chips": chips(publication)}, ensure_ascii=False, indent=0
    )
    content = f"/* What the touch screen says. */\nexport default {text};\n".encode()
    yield publication.file(urls.TOUCH_WORDS, content)
    yield publication.page(publication.municipal, _page(publication))


def chips(publication: Publication) -> tuple[str, ...]:
    """Return everyday words for what goes by the most of them, one each, the shortest.

    What people have many words for is what they ask for most.
    """
    departments = publication.release.departments.values()
    bodies = {name for body in departments for name in (body.name, body.label)}
    terms: dict[str, list[str]] = defaultdict(list)
    for synonym in publication.release.synonyms:
        if synonym.target not in bodies and _width(synonym.term) <= LONGEST:
            terms[synonym.target].append(synonym.term)
    most = sorted(terms.values(), key=lambda known: (-len(known), known))
    found = dict.fromkeys(min(known, key=lambda term: (_width(term), term)) for known in most)
    events = (event.name for event in publication.release.life_events.values())
    short = (name for name in events if _width(name) <= LONGEST)
    return tuple(dict.fromkeys((*found, *short)))[:CHIPS]


def _width(text: str) -> int:
    return sum(1 if letter.isascii() else 2 for letter in text)


def _page(publication: Publication) -> TouchPage:
    tr = publication.tr
    return TouchPage(
        head=head(
            publication,
            urls.TOUCH,
            tr("Touch screen for the service hall"),
            description=tr("Turns this device into a touch screen that visitors use standing."),
            column_type=tr("Overview"),
            indexed=False,
        ),
        starts=(
            Choice(value="", text=tr("The whole city")),
            *(
                Choice(value=urls.department(slug), text=site.name)
                for slug, site in publication.departments.items()
            ),
        ),
        pauses=PAUSES,
    )


def _words(tr: Translator) -> dict[str, str]:
    return _bar(tr) | _cards(tr) | _keyboard(tr)


def _bar(tr: Translator) -> dict[str, str]:
    return {
        "bar": tr("Touch screen"),
        "home": tr("To the start"),
        "back": tr("Back"),
        "search": tr("Search"),
        "print": tr("Print"),
        "take": tr("Scan to take this page along"),
        "code": tr("QR code of {address}", address="{address}"),
        "corner": tr("For staff: hold for three seconds to leave the touch screen"),
        "hold": tr("Keep holding …"),
    }


def _cards(tr: Translator) -> dict[str, str]:
    return {
        "close": tr("Close"),
        "call": tr("Call this number from your own telephone"),
        "mail": tr("This screen sends no mail. The address is"),
        "file": tr("This screen keeps no files. Scan the code to fetch the file with your telephone."),
        "fileOnly": tr("This screen keeps no files. Scan the code beside the page and fetch it there."),
        "away": tr("This leads to another site, which this screen does not open. Scan it or write it down:"),
        "still": tr("Are you still there?"),
        "soon": tr("In {n} seconds this screen goes back to the start.", n="{n}"),
        "stay": tr("Go on reading"),
    }  # fmt: skip


def _keyboard(tr: Translator) -> dict[str, str]:
    return {
        "keyboard": tr("Keyboard on the screen"),
        "chipsOf": tr("Often asked for"),
        "delete": tr("Delete"),
        "clear": tr("Clear"),
        "space": tr("Space"),
        "hide": tr("Put the keyboard away"),
    }
