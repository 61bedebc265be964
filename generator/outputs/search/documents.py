"""What is indexed of a power: few words, since an index costs by the character.

2,515 pages of 450 characters take 2.2 s and 0.4 GB, of 2,000 characters 8.4 s and
1.4 GB. So a record's document holds at most 600 characters, the most telling first.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from generator.i18n import Translator
from generator.model.release import Release, VettedVersion
from generator.pages.labels import label

LIMIT = 600
"""Characters of a record, the space between two parts counted as one."""


def parts(version: VettedVersion, release: Release, tr: Translator) -> tuple[str, ...]:
    """Return what is indexed of a power, at most 600 characters together, its name first.

    Names, aliases, codes, body, laws, materials, steps; one that no longer fits is left
    out whole, since half a word would be found as a word that nobody wrote.
    """
    name = version.power.name[:LIMIT]
    found, room = [name], LIMIT - len(name)
    for part in dict.fromkeys(_parts(version, release, tr)):
        if part == name or len(part) + 1 > room:
            continue
        found.append(part)
        room -= len(part) + 1
    return tuple(found)


def page(version: VettedVersion, release: Release, tr: Translator) -> bytes:
    """Return the page that Pagefind reads in place of the power's own: words and code.

    Every part stands in an element of its own, so that no phrase is found across two of
    them. Body and kind are facets for those who ask the index themselves; our own pages
    count and narrow by `titles.json`, which they have at hand anyway.
    """
    power = version.power
    name, *others = parts(version, release, tr)
    facets = {"department": power.department, "kind": power.kind.value}
    marks = "".join(
        f'<span data-pagefind-filter="{facet}:{escape(value)}"></span>'
        for facet, value in facets.items()
    )
    words = "".join(f"<p>{escape(part)}</p>" for part in others)
    return (
        f'<!doctype html><html lang="{tr.language}"><title>{escape(name)}</title>'
        f"<body data-pagefind-body><h1>{escape(name)}</h1>{words}{marks}"
        f'<span data-pagefind-meta="code:{escape(power.code)}"></span></body></html>'
    ).encode()


def _parts(version: VettedVersion, release: Release, tr: Translator) -> Iterator[str]:
    power = version.power
    department = release.departments[power.department]
    yield power.code
    yield from power.aliases
    yield from power.former_codes
    yield from filter(None, (power.local_code, power.implementation_code))
    yield department.name
    yield department.label
    yield label(power.kind, tr)
    for basis in power.legal_bases:
        if basis.instrument in release.instruments:
            yield release.instruments[basis.instrument].label
    yield from (material.name for material in power.materials)
    yield from (step.name for step in power.procedure.steps)
