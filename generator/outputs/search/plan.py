"""Plans the search index: one for the city, which every site asks."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from generator.builder import fingerprint
from generator.builder.artifact import Artifact, Bundle
from generator.outputs.publication import Publication
from generator.outputs.search import documents, titles
from generator.outputs.search.indexer import Indexer
from generator.pages import urls

TITLES = "assets/titles.json"


def plan(publication: Publication, indexer: Indexer) -> Iterator[Artifact | Bundle]:
    """Yield the index of codes and titles, and Pagefind's folder as a whole."""
    if not publication.has("search"):
        return
    content = titles.encode(publication)
    yield Artifact(
        path=TITLES,
        fingerprint=fingerprint.of("titles/1", content),
        render=lambda: content,
        site=publication.municipal.slug,
    )
    pages = {
        urls.file_of(urls.power(version.power.code)): documents.page(
            version, publication.release, publication.tr
        )
        for version in publication.release.powers.values()
    }
    yield Bundle(
        prefix=urls.PAGEFIND,
        fingerprint=fingerprint.of("pagefind/1", indexer.version, indexer.is_extended, pages),
        render_into=lambda folder: _index(indexer, pages, folder),
        site=publication.municipal.slug,
    )


def _index(indexer: Indexer, pages: dict[str, bytes], folder: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="daylight-search-") as scratch:
        for path, content in pages.items():
            target = Path(scratch, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        indexer.run(Path(scratch), folder)
    for unused in ("pagefind-ui.js", "pagefind-ui.css", "pagefind-modular-ui.js", "pagefind-modular-ui.css"):
        (folder / unused).unlink(missing_ok=True)
