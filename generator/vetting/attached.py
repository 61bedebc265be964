"""Rules F106 to F109: blank forms and samples are there, and are what their names say."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from generator.model.attachment import COLUMNS
from generator.sources.attachments import is_inside
from generator.sources.canonical import Line
from generator.vetting.desk import Desk
from generator.vetting.finding import Finding
from generator.vetting.rule import rule

LARGEST_BYTES = 5_000_000
"""More than a reader on a cheap phone should have to fetch to fill in a form."""

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEGINS = {
    ".pdf": b"%PDF-",
    **dict.fromkeys((".docx", ".xlsx", ".odt", ".ods"), _ZIP),
    **dict.fromkeys((".doc", ".xls"), _OLE),
    ".png": b"\x89PNG\r\n\x1a\n",
    **dict.fromkeys((".jpg", ".jpeg"), b"\xff\xd8\xff"),
    **dict.fromkeys((".txt", ".csv"), b""),
}
"""How files of the kinds that may be published begin; text begins as it likes, without a NUL."""


@rule("F106")
def file_lies_in_the_folder(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each form or sample whose path leads out of content/files."""
    tr = desk.tr
    for line, column, path in _named(desk):
        if is_inside(path):
            continue
        yield desk.error(
            line,
            column,
            message=tr("is not a path below content/files"),
            reason=tr("A file from elsewhere on the machine could be published."),
            remedy=tr(
                "put the file in content/files and name it from there, "
                "such as forms/application.pdf"
            ),
        )


@rule("F107")
def file_is_there(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each form or sample that content/files does not hold.

    Source: 行政许可法 Art. 30 (forms and filled samples are displayed, so they must exist).
    """
    tr = desk.tr
    for line, column, path in _named(desk):
        if desk.beside.root is None or not is_inside(path) or _found(desk, path):
            continue
        yield desk.error(
            line,
            column,
            message=tr("content/files holds no such file"),
            reason=tr("Who wants to apply would find a form that cannot be fetched."),
            remedy=tr(
                "put the file there under this very name, capitals included, or clear the cell"
            ),
            law=tr("Administrative Licensing Law of the PRC, Art. 30"),
        )


@rule("F108")
def file_is_what_its_name_says(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each form or sample of a kind that is not published, or of another.

    Documents, tables, pictures and plain text are published. A page or a drawing could run
    code at the city's address, and so could a file that only bears a document's name.
    Source: OWASP File Upload Cheat Sheet (allow-list of kinds, content compared with them).
    """
    tr = desk.tr
    for line, column, path in _named(desk):
        file = _found(desk, path)
        if file is None:
            continue
        start = _BEGINS.get(file.suffix.lower())
        if start is None:
            kinds = " ".join(sorted(each.lstrip(".") for each in _BEGINS))
            yield desk.error(
                line,
                column,
                message=tr("is no kind of file that is published"),
                reason=tr("Pages and programs would run at the city's address."),
                remedy=tr("save it as one of these: {kinds}", kinds=kinds),
            )
        elif not _begins(file, start):
            yield desk.error(
                line,
                column,
                message=tr("the file is not what the end of its name says"),
                reason=tr("No program would open it."),
                remedy=tr("save it anew in the form that its name gives"),
            )


@rule("F109")
def file_is_small_enough(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each form or sample of more than 5 MB, and for each empty one."""
    tr = desk.tr
    for line, column, path in _named(desk):
        file = _found(desk, path)
        if file is None:
            continue
        size = file.stat().st_size
        if not 0 < size <= LARGEST_BYTES:
            yield desk.warning(
                line,
                column,
                message=tr("the file has {size} bytes", size=f"{size:,}"),
                reason=tr("People fetch forms with their phones, and fill them in."),
                remedy=tr("make pictures in it smaller, at most 5 MB in all")
                if size
                else tr("put the finished file in its place"),
            )


def _named(desk: Desk) -> Iterator[tuple[Line, str, str]]:
    for line in desk.vetted("materials"):
        for column in COLUMNS:
            if path := line.values.get(column, ""):
                yield line, column, path


def _found(desk: Desk, path: str) -> Path | None:
    """Return the file that a path names, in this very spelling; None for links too."""
    folder = desk.beside.files
    if folder is None or not is_inside(path):
        return None
    file = folder / path
    try:
        spelt = file.name in {each.name for each in file.parent.iterdir()}
        return file if spelt and file.is_file() and not file.is_symlink() else None
    except (OSError, ValueError):
        return None


def _begins(file: Path, start: bytes) -> bool:
    with file.open("rb") as opened:
        head = opened.read(4096)
    return head.startswith(start) if start else b"\0" not in head
