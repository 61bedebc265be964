"""The layer of our own: codes, titles, aliases and initials, small enough to load at once.

The browser folds and ranks; what stands here is plain data, one row a power, and the
names behind its slugs. Without the spelling in pinyin it is quick to make, so whether
it changed is known before any name is spelt.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from generator.model.codes import PowerStatus
from generator.model.release import Release, VettedVersion
from generator.outputs.publication import Publication
from generator.outputs.search import variants
from generator.outputs.search.spelling import speller
from generator.pages.labels import label

COLUMNS = ("code", "name", "department", "kind", "status", "aliases", "former", "laws")
"""The fields of a row of `powers`; `spellings` follows them in the published file."""


def collect(publication: Publication) -> Mapping[str, Any]:
    """Return the names, the synonyms and a row for each power, still without spellings.

    A department or law is given with every name it goes by, its label first. A row holds
    a department's slug, not its name, since names stand once in `departments`.
    """
    release, tr = publication.release, publication.tr
    kinds = {version.power.kind: None for version in release.powers.values()}
    return {
        "columns": [*COLUMNS, "spellings"],
        "departments": {
            slug: _names(body.label, body.name, *body.former_names)
            for slug, body in release.departments.items()
        },
        "kinds": {kind.value: label(kind, tr) for kind in kinds},
        "statuses": {status.value: label(status, tr) for status in PowerStatus},
        "laws": {
            identifier: _names(instrument.label, instrument.title)
            for identifier, instrument in release.instruments.items()
            if identifier in publication.lookup.by_instrument
        },
        "synonyms": _synonyms(release),
        "variants": variants.pairs() if tr.language.startswith("zh") else "",
        "powers": [_row(version) for version in release.powers.values()],
    }


def encode(collected: Mapping[str, Any]) -> bytes:
    """Return `titles.json`: what was collected, with each name and alias spelt in pinyin."""
    spell = speller()
    powers = [[*row, _spellings(row, spell)] for row in collected["powers"]]
    whole = {**collected, "powers": powers}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def _row(version: VettedVersion) -> list[Any]:
    power = version.power
    former = (*power.former_codes, *filter(None, (power.local_code, power.implementation_code)))
    laws = dict.fromkeys(basis.instrument for basis in power.legal_bases)
    return [
        power.code, power.name, power.department, power.kind.value, power.status.value,
        list(power.aliases), list(former), list(laws),
    ]  # fmt: skip


def _spellings(row: list[Any], spell: Callable[[str], list[str]]) -> str:
    """Return a name's and its aliases' initials and full spellings, a space between two."""
    found: dict[str, None] = {}
    for name in (row[1], *row[5]):
        syllables = spell(name)
        if syllables:
            found["".join(syllable[0] for syllable in syllables)] = None
            found["".join(syllables)] = None
    return " ".join(found)


def _names(*names: str) -> list[str]:
    return list(dict.fromkeys(filter(None, names)))


def _synonyms(release: Release) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for synonym in release.synonyms:
        found.setdefault(synonym.term, []).append(synonym.target)
    return found
