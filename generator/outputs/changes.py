"""What is new: every version that entered the ledger, day by day, and what of it changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import groupby

from generator.model.codes import PowerStatus
from generator.model.release import VersionMark, VettedVersion
from generator.outputs.heads import head
from generator.outputs.listing import paged
from generator.outputs.publication import Publication
from generator.pages import changed, urls
from generator.pages.contexts import ChangeRow, ChangesOfDay, ChangesPage
from generator.pages.site import Site

PER_PAGE = 100
_ADDED, _AMENDED = "added", "amended"


def pages(publication: Publication) -> Iterator[ChangesPage]:
    """Yield what was vetted when, newest first; of a day, what was amended or ended comes first."""
    tr = publication.tr
    rows = events(publication, publication.municipal)
    of_day = {day: Counter(map(_sort_of, found)) for day, found in groupby(rows, key=_day)}
    first = head(
        publication,
        urls.CHANGES,
        tr("What is new"),
        description=tr("What was vetted when, newest first."),
        column_type=tr("News of work"),
    )
    seen: set[date] = set()
    for on_page, pager, chunk in paged(publication, first, rows, PER_PAGE):
        days = []
        for day, found in groupby(chunk, key=_day):
            days.append(
                ChangesOfDay(day=day, rows=tuple(found), **of_day[day], continued=day in seen)
            )
            seen.add(day)
        yield ChangesPage(
            head=on_page,
            heading=tr("What is new"),
            days=tuple(days),
            pager=pager,
            feeds=(urls.FEED, urls.JSON_FEED),
        )


def events(publication: Publication, site: Site) -> tuple[ChangeRow, ...]:
    """Return a row for every version that was not revoked, newest day first."""
    first = publication.lookup.first_vetted_on
    found = [
        replace(row, initial=row.day == first)
        for version in publication.release.powers.values()
        for row in _events(publication, version, site)
    ]
    return tuple(sorted(found, key=lambda row: (-row.day.toordinal(), _weight(row), row.row.code)))


def _events(publication: Publication, version: VettedVersion, site: Site) -> Iterator[ChangeRow]:
    row = publication.row(version, site)
    held = [mark for mark in version.history if not mark.revoked]
    for place, mark in enumerate(held):
        change = _change(mark, held[place - 1] if place else None)
        fields = changed.in_words(mark.changed, publication.tr) if change == _AMENDED else ()
        yield ChangeRow(day=mark.vetted_on, row=row, change=change, fields=fields)


def _change(mark: VersionMark, before: VersionMark | None) -> str:
    """Return what a version did: added the power, amended it, or ended it in one of the ways."""
    is_new_status = before is None or before.status is not mark.status
    if mark.status is not PowerStatus.ACTIVE and is_new_status:
        return mark.status.value
    return _AMENDED if before else _ADDED


def _day(row: ChangeRow) -> date:
    return row.day


def _sort_of(row: ChangeRow) -> str:
    return row.change if row.change in (_ADDED, _AMENDED) else "ended"


def _weight(row: ChangeRow) -> int:
    return {"ended": 0, _AMENDED: 1, _ADDED: 2}[_sort_of(row)]
