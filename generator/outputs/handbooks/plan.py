"""Plans a handbook for each department and each life event; one whose facts stand is not set again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import chain
from typing import Any

from generator.builder import fingerprint
from generator.builder.artifact import Artifact
from generator.flowcharts.printed import printed
from generator.model.codes import DepartmentSlug
from generator.outputs.handbooks import books, look
from generator.outputs.handbooks.books import Book
from generator.outputs.handbooks.press import Press
from generator.outputs.handbooks.words import words
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.site import MUNICIPAL
from generator.rendering.theme import Theme


def plan(
    publication: Publication, press: Press | None, themes: Mapping[DepartmentSlug, Theme]
) -> Iterator[Artifact]:
    """Yield the handbooks; none without a press or with the feature switched off."""
    if press is None or not publication.has("handbooks"):
        return
    for slug in publication.departments:
        if slug in publication.lookup.by_department:
            book = {**books.of_department(publication, slug), **_look(themes.get(slug))}
            yield _artifact(publication, press, urls.department_handbook(slug), book, slug)
    for event in publication.release.life_events.values():
        book = {**books.of_event(publication, event), **_look(None)}
        if book["parts"]:
            path = urls.life_event_handbook(event.slug)
            yield _artifact(publication, press, path, book, MUNICIPAL)


def _look(theme: Theme | None) -> Book:
    return {"colours": look.colours(theme), "mark": look.mark(theme)}


def _artifact(publication: Publication, press: Press, path: str, book: Book, site: str) -> Artifact:
    said = {**book, "words": words(publication.tr)}
    job = press.job(partial(enrich, publication, press, said))
    return Artifact(
        path=path,
        fingerprint=fingerprint.of("handbook", press.digest, said),
        render=job.result,
        site=site,
        begin=job.begin,
    )


def enrich(publication: Publication, press: Press, book: Book) -> Book:
    """Return a book with what is dear to make and follows from its facts: drawings, codes, index."""
    colours = look.chart_colours(book["colours"])
    drawn = publication.charts.drawn

    def power(each: Mapping[str, Any]) -> Book:
        chart = drawn[each["chart"]] if each["chart"] else None
        picture = chart and {
            "svg": printed(chart, colours, font=press.family),
            "wide": chart.wide,
            "high": chart.high,
            "alt": chart.summary,
        }
        return {**each, "chart": picture, "qr": _qr(each["url"])}

    parts = [{**part, "powers": [*map(power, part["powers"])]} for part in book["parts"]]
    powers = chain.from_iterable(part["powers"] for part in parts)
    names = {each["code"]: each["name"] for each in powers}
    return {**book, "parts": parts, "qr": _qr(book["url"]), "index": _index(names, book["lang"])}


def _qr(address: str) -> str:
    """Return an address as a QR code, an SVG element; "" for none."""
    if not address:
        return ""
    import segno

    made: str = segno.make(address, error="m", micro=False).svg_inline(
        border=0, omitsize=True, svgclass=None, lineclass=None
    )
    return made


def _index(names: Mapping[str, str], lang: str) -> list[Book]:
    """Return the powers by the first letter of their names, in pinyin where they are Chinese."""
    letters: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for code, name in names.items():
        spelt = _spelt(name) if lang == "zh" else name.casefold()
        first = next((c for c in spelt if c.isalnum()), "#").upper()
        letters[first if first.isascii() and first.isalpha() else "#"].append((spelt, name, code))
    return [
        {
            "letter": letter,
            "powers": [{"name": n, "code": c} for _, n, c in sorted(letters[letter])],
        }
        for letter in sorted(letters)
    ]


def _spelt(name: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(name.lstrip("《“（ "), style=Style.NORMAL)).casefold()
