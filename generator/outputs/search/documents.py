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


def text(version: VettedVersion, release: Release, tr: Translator) -> str:
    """Return at most 600 characters: name, aliases, codes, body, laws, materials, steps."""
    words: list[str] = []
    room = LIMIT
    for part in dict.fromkeys(_parts(version, release, tr)):
        if len(part) + 1 > room:
            continue
        words.append(part)
        room -= len(part) + 1
    return " ".join(words)


def _parts(version: VettedVersion, release: Release, tr: Translator) -> Iterator[str]:
    power = version.power
    department = release.departments[power.department]
    yield power.name
    yield power.code
    yield from power.aliases
    yield from power.former_codes
    yield from filter(None, (power.local_code, power.implementation_code))
    yield department.label
    yield label(power.kind, tr)
    for basis in power.legal_bases:
        if basis.instrument in release.instruments:
            yield release.instruments[basis.instrument].label
    yield from (material.name for material in power.materials)
    yield from (step.name for step in power.procedure.steps)


def page(version: VettedVersion, release: Release, tr: Translator) -> bytes:
    """Return the page that Pagefind reads in place of the power's own: text, facets, labels."""
    power = version.power
    facets = [
        ("department", power.department),
        ("kind", power.kind.value),
        ("status", power.status.value),
        *(("law", basis.instrument) for basis in power.legal_bases),
    ]
    marks = "".join(
        f'<span data-pagefind-filter="{name}:{escape(value)}"></span>'
        for name, value in dict.fromkeys(facets)
    )
    meta = f"code:{escape(power.code)}, department:{escape(power.department)}"
    return (
        f'<!doctype html><html lang="{tr.language}"><title>{escape(power.name)}</title>'
        f'<body data-pagefind-body><h1 data-pagefind-meta="title">{escape(power.name)}</h1>'
        f'<p data-pagefind-meta="{meta}">{escape(text(version, release, tr))}</p>{marks}</body></html>'
    ).encode()
