"""Long lists, page by page: groups of powers cut into pages of a hundred, with ways to each.

Every list is complete as plain pages. The order is that of the groups and of the codes, so
that one changed field of a power moves no other; what a reader sorts by is the browser's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import TypeVar

from generator.model.codes import PowerKind
from generator.model.release import VettedVersion
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import Counts, Head, Jump, Pager, PowerListPage, RowGroup
from generator.pages.site import Site

PER_PAGE = 100
"""How many powers stand on a page of a list: 50 KB, eight screens of a desk, a minute's leafing."""

Group = tuple[str, str, Sequence[VettedVersion]]
"""A group of a list: its key, its heading, its powers."""
_Each = TypeVar("_Each")


def pages(
    publication: Publication, site: Site, first: PowerListPage, groups: Iterable[Group]
) -> Iterator[PowerListPage]:
    """Yield the pages of a list; `first` is what all of them share, the groups aside."""
    found = [group for group in groups if group[2]]
    flat = [(group, version) for group in found for version in group[2]]
    parts = list(paged(publication, first.head, flat, PER_PAGE))
    begins: dict[str, int] = {}
    for _, pager, chunk in parts:
        for (key, _, _), _ in chunk:
            begins.setdefault(key, pager.number)
    shown: set[str] = set()
    for head, pager, chunk in parts:
        made = []
        for (key, heading, all_of_it), entries in groupby(chunk, key=lambda entry: entry[0]):
            versions = tuple(version for _, version in entries)
            made.append(
                RowGroup(
                    key=key,
                    heading=heading,
                    rows=publication.rows(versions, site),
                    count=len(all_of_it),
                    continued=key in shown,
                )
            )
            shown.add(key)
        yield replace(
            first,
            head=head,
            groups=tuple(made),
            pager=pager,
            jumps=_jumps(found, begins, pager),
        )


def cut(rows: Sequence[_Each], length: int) -> list[Sequence[_Each]]:
    """Return rows in pages of a length; a list without rows is one empty page.

    A last page of less than a tenth is put to the one before.
    """
    starts = list(range(0, len(rows), length)) or [0]
    if len(starts) > 1 and len(rows) - starts[-1] < length / 10:
        starts.pop()
    return [rows[a:b] for a, b in zip(starts, [*starts[1:], len(rows)], strict=True)]


def paged(
    publication: Publication, first: Head, rows: Sequence[_Each], length: int
) -> Iterator[tuple[Head, Pager, Sequence[_Each]]]:
    """Yield the pages of a list, each with its head, its place among them and its rows."""
    chunks = cut(rows, length)
    addresses = tuple(urls.part(first.address, n) for n in range(1, len(chunks) + 1))
    for number, chunk in enumerate(chunks, 1):
        pager = Pager(number=number, addresses=addresses)
        yield _numbered(publication, first, number, len(chunks)), pager, chunk


def _numbered(publication: Publication, head: Head, number: int, of: int) -> Head:
    """Return the head of a page of a list; pages after the first say which they are."""
    if number == 1:
        return head
    title = publication.tr("{title}, page {n} of {all}", title=head.title, n=number, all=of)
    return replace(head, address=urls.part(head.address, number), title=title)


def _jumps(groups: Sequence[Group], begins: dict[str, int], pager: Pager) -> tuple[Jump, ...]:
    if len(groups) < 2:
        return ()
    return tuple(
        Jump(
            key=key,
            text=heading,
            count=len(versions),
            address=""
            if begins[key] == pager.number
            else f"{pager.addresses[begins[key] - 1]}#{key}",
        )
        for key, heading, versions in groups
    )


def counts(versions: Iterable[VettedVersion]) -> Counts:
    """Return how many powers these are, and how many of them are parts or services."""
    powers = [version.power for version in versions]
    return Counts(
        total=len(powers),
        parts=sum(1 for power in powers if power.parent),
        services=sum(1 for power in powers if power.kind is PowerKind.SERVICE),
    )
