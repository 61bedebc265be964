"""Draft a mapping from a list's own headings and values, so that most lists need none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.errors import SourceError
from generator.i18n import Translator
from generator.intake import headings, vocabulary
from generator.intake.bodies import Bodies
from generator.intake.composite import is_composite
from generator.intake.grids import Book, Grid, headings_at
from generator.intake.mapping import Mapping
from generator.sources import canonical

EMPTY = frozenset({"无", "/", "-", "—", "——", "未分类", "暂无", "N/A"})
"""Words with which lists say that there is nothing to say."""

_LOOKED_AT = 20
_MOST_VALUES = 40


@dataclass(frozen=True, slots=True)
class _Draft:
    grid: Grid
    header: int
    columns: dict[str, str]
    unused: list[str]

    @property
    def score(self) -> tuple[int, int]:
        return ("name" in self.columns.values()) * 100 + len(self.columns), len(self.grid.rows)


def suggest(book: Book, bodies: Bodies, *, source: str, tr: Translator) -> Mapping:
    """Return the mapping that fits a list best.

    Raises SourceError when no row looks like headings of a list of powers.
    """
    if not any(grid.rows for grid in book.grids):
        raise SourceError(tr("{source}: holds no row; name the file with the list", source=source))
    drafts = [
        _draft(grid, place)
        for grid in book.grids
        for place in range(min(len(grid.rows), _LOOKED_AT))
    ]
    best = max(drafts, key=lambda draft: (draft.score, -draft.header), default=None)
    if best is None or "name" not in best.columns.values():
        raise SourceError(
            tr(
                "{source}: no row has a heading that says which column holds the powers' names; "
                "write a mapping (columns: {{heading: name}}) and give it with --map",
                source=source,
            )
        )
    rows = [cells for number, cells in best.grid.rows if number > best.header]
    head = dict(enumerate(headings_at(best.grid, best.header)))
    columns = _by_values(best.columns, head, rows)
    values, unknown = _values(columns, head, rows)
    return Mapping(
        sheet=best.grid.name if len(book.grids) > 1 else "",
        header=best.header,
        columns=columns,
        unused=tuple(best.unused),
        values=values,
        unknown=unknown,
        departments=_departments(columns, head, rows, bodies),
        constants={} if "status" in columns.values() else {"status": "active"},
        empty=EMPTY & {cell.strip() for cells in rows for cell in cells},
    )


def _draft(grid: Grid, place: int) -> _Draft:
    header = grid.rows[place][0]
    columns: dict[str, str] = {}
    unused = []
    for heading in filter(None, headings_at(grid, header)):
        meaning = headings.meaning("powers", heading)
        if meaning and meaning not in columns.values() and heading not in columns:
            columns[heading] = meaning
        else:
            unused.append(heading)
    return _Draft(grid, header, columns, list(dict.fromkeys(unused)))


def _column(heading: str, head: dict[int, str], rows: Iterable[Sequence[str]]) -> list[str]:
    place = next(place for place, text in head.items() if text == heading)
    return [canonical.text(cells[place]) for cells in rows if place < len(cells) and cells[place]]


def _by_values(
    columns: dict[str, str], head: dict[int, str], rows: Sequence[Sequence[str]]
) -> dict[str, str]:
    """Return the columns, with each code called what its values show it to be."""
    found = dict(columns)
    for heading, column in columns.items():
        if column not in ("code", "local_code", "implementation_code", headings.COMPOSITE):
            continue
        codes = _column(heading, head, rows)
        whole = sum(map(is_composite, codes))
        if whole * 2 > len(codes) and headings.COMPOSITE not in found.values():
            found[heading] = headings.COMPOSITE
        elif column == "code" and not all(_is_code(code) for code in codes):
            # Codes with other signs are somebody else's; ours are made from them.
            found[heading] = headings.COMPOSITE
    taken = Counter(found.values())
    if taken[headings.COMPOSITE] > 1:
        return dict(columns)
    return found


def _is_code(code: str) -> bool:
    return code.isascii() and code.replace("-", "a").isalnum() and not code.startswith("-")


def _values(
    columns: dict[str, str], head: dict[int, str], rows: Sequence[Sequence[str]]
) -> tuple[dict[str, dict[str, str]], dict[str, tuple[str, ...]]]:
    """Return, by column, our value of each word of the list, and the words that mean nothing to us."""
    values: dict[str, dict[str, str]] = {}
    unknown: dict[str, tuple[str, ...]] = {}
    for heading, column in columns.items():
        if column in headings.SPECIAL or not vocabulary.is_controlled("powers", column):
            continue
        words = dict.fromkeys(_column(heading, head, rows))
        words = dict.fromkeys(word for word in words if word not in EMPTY or column == "fee")
        meant = {word: vocabulary.value("powers", column, word) for word in words}
        if len(words) > _MOST_VALUES:
            continue
        if found := {word: value for word, value in meant.items() if value}:
            values[column] = found
        if rest := tuple(word for word, value in meant.items() if not value):
            unknown[column] = rest
    return values, unknown


def _departments(
    columns: dict[str, str], head: dict[int, str], rows: Sequence[Sequence[str]], bodies: Bodies
) -> dict[str, str]:
    heading = next((text for text, column in columns.items() if column == "department"), "")
    if not heading:
        return {}
    names = dict.fromkeys(_column(heading, head, rows))
    return {name: bodies.slug(name, 0) for name in names if name not in EMPTY}
