"""Plans the search index: one for the city, which every site asks."""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from pathlib import Path

from generator.builder import fingerprint
from generator.builder.artifact import Artifact, Bundle
from generator.outputs.publication import Publication
from generator.outputs.search import documents, titles
from generator.outputs.search.indexer import Indexer
from generator.pages import urls

TITLES = f"{urls.ASSETS}titles.json"
PAGES = "pages.json"
_KEPT_SCRIPTS = frozenset({"pagefind.js", "pagefind-worker.js"})
_MAGIC = b"pagefind_dcd"
"""What Pagefind puts before the JSON of a page's fragment."""


def plan(publication: Publication, indexer: Indexer) -> Iterator[Artifact | Bundle]:
    """Yield the index of codes and titles, and Pagefind's folder as a whole."""
    if not publication.has("search"):
        return
    collected = titles.collect(publication)
    yield Artifact(
        path=TITLES,
        fingerprint=fingerprint.of("titles/4", version("pypinyin"), collected),
        render=lambda: titles.encode(collected),
        site=publication.municipal.slug,
    )
    pages = {
        urls.file_of(urls.power(vetted.power.code)): documents.page(
            vetted, publication.release, publication.tr
        )
        for vetted in publication.release.powers.values()
    }
    yield Bundle(
        prefix=urls.PAGEFIND,
        fingerprint=fingerprint.of("pagefind/3", indexer.version, indexer.is_extended, pages),
        render_into=lambda folder: _index(indexer, pages, folder),
        site=publication.municipal.slug,
    )


def _index(indexer: Indexer, pages: Mapping[str, bytes], folder: Path) -> None:
    with tempfile.TemporaryDirectory(prefix="daylight-search-") as scratch:
        for path, content in pages.items():
            target = Path(scratch, path)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        indexer.run(Path(scratch), folder)
    # Pagefind brings ready-made interfaces, 470 KB that no page of ours asks for.
    for unused in {*folder.glob("*.css"), *folder.glob("*.js")}:
        if unused.name not in _KEPT_SCRIPTS:
            unused.unlink()
    codes = json.dumps(_pages(folder), ensure_ascii=False, separators=(",", ":"))
    (folder / PAGES).write_text(codes, encoding="utf-8")


def _pages(folder: Path) -> dict[str, str]:
    """Return Pagefind's name of the page of each code, in the order of the codes.

    A search answers with such names. A browser that knows whose they are counts, narrows
    and sorts all of its hits without fetching a file for each.
    """
    found = {}
    for path in (folder / "fragment").iterdir():
        fragment = json.loads(gzip.decompress(path.read_bytes()).removeprefix(_MAGIC))
        found[fragment["meta"]["code"]] = path.stem
    return dict(sorted(found.items()))
