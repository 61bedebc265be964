"""One CSV file into header and numbered rows; every way in which it cannot be read is named."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from generator.errors import SourceError
from generator.i18n import Translator

LONGEST_FIELD = 1 << 20
"""Characters in one cell; more is a quotation mark left open, not a text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A header and the rows below it, each with the line on which it starts."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]


def parse(content: bytes, file: str, tr: Translator) -> Sheet:
    """Return the sheet of a CSV file in UTF-8, with or without a byte-order mark.

    Rows without any content are left out, and so are empty columns without a name, which
    spreadsheets like to add on the right. Raises SourceError, which names `file` and line.
    """
    lines = _records(_text(content, file, tr), file, tr)
    _, names = next(lines, (1, []))
    columns = header(names, file, tr)
    rows = []
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        # Only where the header is padded too: elsewhere an empty cell too many means that a
        # comma stands without quotation marks, and every cell after it is in the wrong column.
        if len(cells) == len(names) and not any(cell.strip() for cell in cells[len(columns) :]):
            cells = cells[: len(columns)]
        rows.append((number, tuple(cells)))
    return Sheet(header=columns, rows=tuple(rows))


def _text(content: bytes, file: str, tr: Translator) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(tr("{file}: is encoded as UTF-16; save it as CSV in UTF-8", file=file))
    nul = content.find(b"\0")
    if nul >= 0:
        line = content.count(b"\n", 0, nul) + 1
        raise SourceError(
            tr(
                "{file} row {line}: holds a NUL byte, so it is not a text file; "
                "save it again as CSV in UTF-8",
                file=file,
                line=line,
            )
        )
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(_not_utf8(content, error.start, file, tr)) from error


def _not_utf8(content: bytes, start: int, file: str, tr: Translator) -> str:
    place = {"file": file, "line": content.count(b"\n", 0, start) + 1, "byte": start}
    try:
        content.decode("gb18030")
    except UnicodeDecodeError:
        return tr("{file} row {line}: byte {byte} is not UTF-8; save it as CSV in UTF-8", **place)
    return tr(
        "{file} row {line}: byte {byte} is not UTF-8, but the file reads as GB18030, in which "
        "a Chinese Excel saves CSV; save it as “CSV UTF-8”",
        **place,
    )


def _records(text: str, file: str, tr: Translator) -> Iterator[tuple[int, list[str]]]:
    # The limit is the module's, not the reader's; it is always set to the same number.
    csv.field_size_limit(LONGEST_FIELD)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise SourceError(
                tr(
                    "{file} row {line}: cannot be split into cells, most likely a quotation mark "
                    "that is not closed or not doubled; mend the row",
                    file=file,
                    line=number,
                )
            ) from error
        yield number, cells


def header(cells: list[str], file: str, tr: Translator) -> tuple[str, ...]:
    """Return the names of the columns; raise SourceError, which names `file`, if they are none."""
    names = [unicodedata.normalize("NFC", cell.strip()) for cell in cells]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise SourceError(
            tr("{file}: has no header row; its first row names the columns", file=file)
        )
    if len(names) == 1 and any(mark in names[0] for mark in ";\t；，"):
        raise SourceError(
            tr(
                "{file} row 1: the columns are not separated by commas; save it as CSV with commas",
                file=file,
            )
        )
    for position, name in enumerate(names, 1):
        if not name:
            raise SourceError(
                tr(
                    "{file} row 1: column {position} has no name; name it or take it out",
                    file=file,
                    position=position,
                )
            )
        if name in names[: position - 1]:
            raise SourceError(
                tr(
                    "{file} row 1: the column “{column}” stands twice; take one of them out",
                    file=file,
                    column=name,
                )
            )
    return tuple(names)
