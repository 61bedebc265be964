"""The layer of our own: codes, titles, aliases and initials, small enough to load at once.

The browser folds and ranks; what stands here is plain data, one row a power, and the
names behind its slugs. Without the spelling in pinyin it is quick to make, so whether
it changed is known before any name is spelt.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from generator.builder import fingerprint
from generator.model.codes import Applicant, InstrumentId, PowerCode, PowerKind, PowerStatus
from generator.model.release import Release, VettedVersion
from generator.outputs.publication import Publication
from generator.outputs.search import question_words, variants
from generator.outputs.search.spelling import spell
from generator.pages.labels import label

COLUMNS = (
    "code", "name", "department", "kind", "status", "aliases", "former", "laws", "applicants",
    "themes",
)  # fmt: skip
"""The fields of a row of `powers`."""

_APPLICANTS: Mapping[Applicant, tuple[str, ...]] = {
    Applicant.CITIZEN: ("citizen",),
    Applicant.FIRM: ("firm",),
    Applicant.BOTH: ("citizen", "firm"),
    Applicant.NONE: ("none",),
}


def collect(publication: Publication) -> Mapping[str, Any]:
    """Return the names, the synonyms and a row for each power, still without spellings.

    A department or law is given with every name it goes by, its label first. A row holds
    a department's slug, not its name, since names stand once in `departments`, and the
    places of its laws in `laws`. `stages`
    are the powers of each life event. A power that both citizens and firms may apply for
    stands under both, as whoever narrows a list to "firms" expects.
    """
    release, tr = publication.release, publication.tr
    themes = dict.fromkeys(t for version in release.powers.values() for t in version.power.themes)
    kinds = {version.power.kind for version in release.powers.values()}
    laws = {
        identifier: _names(instrument.label, instrument.title)
        for identifier, instrument in release.instruments.items()
        if identifier in publication.lookup.by_instrument
    }
    numbers = {identifier: number for number, identifier in enumerate(laws)}
    return {
        "columns": list(COLUMNS),
        "edition": edition(release),
        "departments": {
            slug: _names(body.label, body.name, *body.former_names)
            for slug, body in release.departments.items()
        },
        "kinds": {kind.value: label(kind, tr) for kind in PowerKind if kind in kinds},
        "applicants": {
            applicant.value: label(applicant, tr)
            for applicant in (Applicant.CITIZEN, Applicant.FIRM, Applicant.NONE)
        },
        "themes": {theme: label(theme, tr, column="themes") for theme in themes},
        "says": {
            "one": tr("{n} suggestion; arrow keys choose"),
            "many": tr("{n} suggestions; arrow keys choose"),
            "all": tr("Everything about “{query}”"),
            "life-events": tr("Life event"),
            "departments": tr("Department"),
            "kinds": tr("Kind of power"),
            "laws": tr("Legal basis"),
        },
        "statuses": {status.value: label(status, tr) for status in PowerStatus},
        "laws": laws,
        "life-events": {slug: event.name for slug, event in release.life_events.items()},
        "stages": {
            slug: [entry.power for entry in event.powers if entry.power in release.powers]
            for slug, event in release.life_events.items()
        },
        "synonyms": _synonyms(release),
        "asides": question_words.words(tr.language),
        "variants": variants.pairs() if tr.language.startswith("zh") else "",
        "powers": [_row(release.powers[code], numbers) for code in order(release)],
    }


def encode(collected: Mapping[str, Any]) -> bytes:
    """Return `titles.json`: what was collected, and how its names are read in pinyin.

    There `powers` holds a list for each column, not for each power: like stands beside like,
    and hosts that compress send a city of 2,515 powers in a third of the bytes.
    """
    names = dict.fromkeys(name for row in collected["powers"] for name in (row[1], *row[5]))
    readings, spellings = spell(names)
    columns = list(zip(*collected["powers"], strict=True))
    whole = {**collected, "powers": columns, "readings": readings, "spellings": spellings}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode()


def order(release: Release) -> list[PowerCode]:
    """Return the codes by their powers' kinds and names: like names together compress best."""
    powers = (version.power for version in release.powers.values())
    return [power.code for power in sorted(powers, key=lambda p: (p.kind.value, p.name, p.code))]


def edition(release: Release) -> str:
    """Return what names the codes in their order: two files that go together share it."""
    return fingerprint.of("edition", order(release))[:8]


def _row(version: VettedVersion, numbers: Mapping[InstrumentId, int]) -> list[Any]:
    power = version.power
    former = (*power.former_codes, *filter(None, (power.local_code, power.implementation_code)))
    laws = dict.fromkeys(basis.instrument for basis in power.legal_bases)
    return [
        power.code, power.name, power.department, power.kind.value, power.status.value,
        list(power.aliases), list(former), [numbers[law] for law in laws if law in numbers],
        list(_APPLICANTS[power.applicant]), list(power.themes),
    ]  # fmt: skip


def _names(*names: str) -> list[str]:
    return list(dict.fromkeys(filter(None, names)))


def _synonyms(release: Release) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for synonym in release.synonyms:
        found.setdefault(synonym.term, []).append(synonym.target)
    return found
