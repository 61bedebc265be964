"""The layer of our own: codes, titles, aliases and initials, small enough to load at once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from pypinyin import Style, lazy_pinyin

from generator.model.release import Release, VettedVersion
from generator.outputs.publication import Publication
from generator.pages.labels import label


def encode(publication: Publication) -> bytes:
    """Return `titles.json`: one row a power, the facets' names, and the synonyms.

    A row is code, name, department, kind, status, aliases, initials, former codes; a
    department's slug, not its name, since names stand once in `departments`.
    """
    release, tr = publication.release, publication.tr
    found: dict[str, Any] = {
        "departments": {slug: body.label for slug, body in release.departments.items()},
        "kinds": {kind.value: label(kind, tr) for kind in publication.lookup.by_kind},
        "laws": {
            identifier: release.instruments[identifier].label
            for identifier in publication.lookup.by_instrument
            if identifier in release.instruments
        },
        "synonyms": _synonyms(release),
        "powers": [_row(version) for version in release.powers.values()],
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _row(version: VettedVersion) -> list[Any]:
    power = version.power
    former = (*power.former_codes, *filter(None, (power.local_code, power.implementation_code)))
    laws = list(dict.fromkeys(basis.instrument for basis in power.legal_bases))
    return [
        power.code, power.name, power.department, power.kind.value, power.status.value,
        list(power.aliases), " ".join(dict.fromkeys(_initials(version))), list(former), laws,
    ]


def _initials(version: VettedVersion) -> Iterator[str]:
    """Yield the initials and the spelling of a name and its aliases, for typing in pinyin."""
    for name in (version.power.name, *version.power.aliases):
        syllables = lazy_pinyin(name, style=Style.NORMAL, errors="ignore")
        if syllables:
            yield "".join(syllable[0] for syllable in syllables)
            yield "".join(syllables)


def _synonyms(release: Release) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for synonym in release.synonyms:
        found.setdefault(synonym.term, []).append(synonym.target)
    return found
