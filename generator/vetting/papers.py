"""Rules V3: files and pages of prose name no private person either."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.model.attachment import COLUMNS
from generator.sources.canonical import Line
from generator.vetting.beside import UnreadError, every_file, lines_of
from generator.vetting.desk import Desk
from generator.vetting.finding import Finding, Severity
from generator.vetting.persons import Sighting, Trait, sightings
from generator.vetting.privacy import law, official_numbers, words
from generator.vetting.rule import rule

_DETAIL = {Trait.HOME: Severity.WARNING}


@rule("V301")
def file_names_no_person(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each form or sample, and other file of content/files, with such a thing.

    The line of the file is named; a file that no material names is told by its path.
    Source: as for V101, V102, V201 and V202.
    """
    tr = desk.tr
    official = official_numbers(desk)
    for path, places in _files(desk):
        try:
            seen = list(_seen(lines_of(path), desk, official))
        except UnreadError:
            continue  # V303 has it
        for number, sighting in seen:
            what, remedy = words(sighting.trait, tr)
            message = tr("the file, in its line {n}, {what}", n=number, what=what)
            if not places:
                yield _beside_tables(desk, ("files", path), (number, sighting), message, remedy)
            for line, column in places:
                yield desk.finding(
                    _DETAIL.get(sighting.trait, Severity.ERROR),
                    line,
                    column,
                    message=message,
                    reason=tr("Once published it can never be called back."),
                    remedy=remedy,
                    law=law(tr),
                    value=sighting.masked,
                )


@rule("V302")
def prose_names_no_person(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each line of prose, or of a theme's texts, with such a thing.

    Read when the whole list is vetted, and told with the department whose page it is.
    Source: as for V101, V102, V201 and V202.
    """
    official = official_numbers(desk)
    for department, path in desk.beside.pages() if desk.only is None else ():
        try:
            seen = list(_seen(lines_of(path), desk, official))
        except UnreadError:
            continue  # whoever renders it says so
        for number, sighting in seen:
            message, remedy = words(sighting.trait, desk.tr)
            yield _beside_tables(desk, (department, path), (number, sighting), message, remedy)


@rule("V303")
def file_can_be_read(desk: Desk) -> Iterator[Finding]:
    """Yield a note for each form or sample that could not be read for private persons.

    Pictures, PDFs and the old formats of office programs are none that can be read here.
    """
    tr = desk.tr
    for path, places in _files(desk):
        try:
            lines_of(path)
        except UnreadError:
            for line, column in places[:1]:
                yield desk.finding(
                    Severity.INFO,
                    line,
                    column,
                    message=tr("the file was not read for private persons"),
                    reason=tr("A filled-in sample often names somebody."),
                    remedy=tr("look at it yourself, page by page"),
                )


def _files(desk: Desk) -> Iterator[tuple[Path, list[tuple[Line, str]]]]:
    """Yield the files that materials being vetted name, with the cells that do.

    Where the whole list is vetted, every other file of content/files besides.
    """
    folder = desk.beside.files
    if folder is None:
        return
    named: dict[str, list[tuple[Line, str]]] = {}
    for line in desk.vetted("materials"):
        for column in COLUMNS:
            if column in line.values:
                named.setdefault(line.values[column], []).append((line, column))
    for path in every_file(folder):
        places = named.get(path.relative_to(folder).as_posix(), [])
        if places or desk.only is None:
            yield path, places


def _seen(lines: list[str], desk: Desk, official: frozenset[str]) -> Iterator[tuple[int, Sighting]]:
    for number, text in enumerate(lines, start=1):
        for sighting in sightings(text, desk.day):
            if sighting.value not in official:
                yield number, sighting


def _beside_tables(
    desk: Desk, place: tuple[str, Path], seen: tuple[int, Sighting], message: str, remedy: str
) -> Finding:
    (record, path), (number, sighting) = place, seen
    return Finding(
        code=desk.rule,
        severity=_DETAIL.get(sighting.trait, Severity.ERROR),
        record=record,
        row=number,
        column=desk.beside.name_of(path),
        value=sighting.masked,
        message=message,
        reason=desk.tr("Once published it can never be called back."),
        remedy=remedy,
        law=law(desk.tr),
    )
