"""Reading without a network: a service worker for the city, and a page for what is not stored.

The worker's file carries the release, so a new release is a new worker, and the browser
drops what the old one had stored.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from string import Template

from generator import bundled
from generator.builder.artifact import Artifact
from generator.outputs.heads import head
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import OfflinePage
from generator.pages.site import Site

CORE = tuple(
    f"{urls.ASSETS}{name}"
    for name in (
        "early.js",
        "site.css",
        "site.js",
        "reading.js",
        "offline.js",
        "mark.svg",
    )
)
"""What the page for what is not stored needs, fetched when the worker is installed."""


def plan(publication: Publication) -> Iterator[Artifact]:
    """Yield the worker and its page."""
    source = (bundled.theme() / "offline" / "sw.js").read_text(encoding="utf-8")
    core = json.dumps((urls.OFFLINE, *CORE))
    worker = Template(source).safe_substitute(release=publication.release.digest, core=core)
    yield publication.file(urls.SERVICE_WORKER, worker.encode())
    yield publication.page(publication.municipal, page(publication, publication.municipal))


def page(publication: Publication, site: Site) -> OfflinePage:
    """Return the page that stands in for one that is not stored."""
    tr = publication.tr
    return OfflinePage(
        head=head(
            publication,
            urls.OFFLINE,
            tr("No network"),
            site=site,
            description=tr("What was read on this device can be read again."),
            column_type=tr("Overview"),
        )
    )
