"""Plans the search index: one for the city, which every site asks."""

from __future__ import annotations

import gzip
import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
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
        fingerprint=fingerprint.of("titles/5", version("pypinyin"), collected),
        render=lambda: titles.encode(collected),
        site=publication.municipal.slug,
    )
    codes, edition = titles.order(publication.release), titles.edition(publication.release)
    pages = {
        urls.file_of(urls.power(vetted.power.code)): documents.page(
            vetted, publication.release, publication.tr
        )
        for vetted in publication.release.powers.values()
    }
    yield Bundle(
        prefix=urls.PAGEFIND,
        fingerprint=fingerprint.of(
            "pagefind/5", indexer.version, indexer.is_extended, edition, pages
        ),
        render_into=lambda folder: _index(indexer, pages, folder, codes=codes, edition=edition),
        site=publication.municipal.slug,
    )


def _index(
    indexer: Indexer,
    pages: Mapping[str, bytes],
    folder: Path,
    *,
    codes: Sequence[str],
    edition: str,
) -> None:
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
    names = {"edition": edition, **_pages(folder, codes)}
    told = json.dumps(names, ensure_ascii=False, separators=(",", ":"))
    (folder / PAGES).write_text(told, encoding="utf-8")


def _pages(folder: Path, codes: Sequence[str]) -> dict[str, str | int]:
    """Return the ends of Pagefind's names of the pages, in the order of the codes.

    A search answers with such names. A browser that knows whose they are counts, narrows
    and sorts all of its hits without fetching a file for each. The names are random digits
    and do not compress: of each as many stand here as tell them apart, all in one text.
    """
    names = {}
    for path in (folder / "fragment").iterdir():
        texts = json.loads(gzip.decompress(path.read_bytes()).removeprefix(_MAGIC))
        for name, text in ({path.stem: texts} if "meta" in texts else texts).items():
            names[text["meta"]["code"]] = name
    longest = max(map(len, names.values()), default=1)
    width = next(
        n
        for n in range(1, longest + 1)
        if len({name[-n:] for name in names.values()}) == len(names)
    )
    ends = "".join(names[code][-width:] for code in codes)
    return {"width": width, "pages": ends}
