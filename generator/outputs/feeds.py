"""What is new, for feed readers: Atom (RFC 4287) and JSON Feed 1.1, dated by the ledger."""

from __future__ import annotations

import json
from collections.abc import Iterator
from xml.etree import ElementTree

from generator.builder.artifact import Artifact
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import ChangeRow

NEWEST = 50
ATOM = "http://www.w3.org/2005/Atom"


def plan(publication: Publication) -> Iterator[Artifact]:
    """Yield the city's two feeds of vetted changes."""
    rows = publication.changes(tuple(publication.release.powers.values()), publication.municipal)
    yield publication.file(urls.FEED, _atom(publication, rows[:NEWEST]))
    yield publication.file(urls.JSON_FEED, _json(publication, rows[:NEWEST]))


def _title(publication: Publication) -> str:
    tr = publication.tr
    title = tr("{name}: what is new", name=publication.municipal.name)
    note = tr("This is a demonstration, not an official publication.")
    return f"{title} ({note})" if publication.config.demonstration else title


def _identity(publication: Publication, path: str) -> str:
    """A tag URI (RFC 4151) that stays the same wherever the site is served."""
    authority = publication.config.domain.split("/")[0] or "daylight.invalid"
    return f"tag:{authority},2005:{path}"


def _words(publication: Publication, row: ChangeRow) -> str:
    tr = publication.tr
    words = {
        "added": tr("Added"),
        "amended": tr("Amended"),
        "abolished": tr("Abolished"),
        "merged": tr("Merged"),
        "devolved": tr("Devolved"),
    }
    return words[row.change]


def _atom(publication: Publication, rows: tuple[ChangeRow, ...]) -> bytes:
    ElementTree.register_namespace("", ATOM)
    origin = publication.municipal.origin
    feed = ElementTree.Element(
        f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": publication.tr.language}
    )

    def add(
        parent: ElementTree.Element, name: str, text: str = "", **attributes: str
    ) -> ElementTree.Element:
        element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", attributes)
        element.text = text or None
        return element

    add(feed, "title", _title(publication))
    add(feed, "id", _identity(publication, "changes"))
    add(feed, "updated", f"{publication.release.date.isoformat()}T00:00:00Z")
    add(add(feed, "author"), "name", publication.config.sponsor or publication.config.name)
    add(feed, "link", href=f"{origin}/{urls.FEED}" if origin else urls.FEED, rel="self")
    add(feed, "link", href=f"{origin}/{urls.CHANGES}" if origin else urls.CHANGES)
    for row in rows:
        entry = add(feed, "entry")
        add(entry, "title", f"{_words(publication, row)}: {row.row.name}")
        add(entry, "id", _identity(publication, f"{row.row.code}/{row.day.isoformat()}"))
        add(entry, "updated", f"{row.day.isoformat()}T00:00:00Z")
        add(entry, "link", href=f"{origin}/{row.row.address}" if origin else row.row.address)
        add(entry, "summary", row.row.summary or row.row.name)
    text: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return text + b"\n"


def _json(publication: Publication, rows: tuple[ChangeRow, ...]) -> bytes:
    origin = publication.municipal.origin
    base = f"{origin}/" if origin else ""
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _title(publication),
        "home_page_url": f"{base}{urls.CHANGES}",
        "feed_url": f"{base}{urls.JSON_FEED}",
        "language": publication.tr.language,
        "items": [
            {
                "id": _identity(publication, f"{row.row.code}/{row.day.isoformat()}"),
                "url": f"{base}{row.row.address}",
                "title": f"{_words(publication, row)}: {row.row.name}",
                "content_text": row.row.summary or row.row.name,
                "date_modified": f"{row.day.isoformat()}T00:00:00Z",
            }
            for row in rows
        ],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()
