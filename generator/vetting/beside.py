"""What lies beside the working tables and is published too: files, prose, texts of themes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from zipfile import BadZipFile, ZipFile

LARGEST_BYTES = 5_000_000
"""Of a file, or of one unpacked; a blank form is far below."""

_PLAIN = frozenset(".txt .csv .tsv .md .json .yml .yaml".split())
_MARKUP = frozenset(".html .htm .svg .xml".split())
_ZIPPED = {
    ".docx": re.compile(r"word/(?:document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"),
    ".xlsx": re.compile(r"xl/(?:sharedStrings|worksheets/[^/]+|comments\d*)\.xml"),
    ".pptx": re.compile(r"ppt/(?:slides|notesSlides)/[^/]+\.xml"),
    **dict.fromkeys((".odt", ".ods"), re.compile(r"content\.xml")),
}
_BREAK = re.compile(
    r"</(?:[a-z]+:)?(?:p|si|is|c|v|h|tr|li|td|th|div|table-cell|text|h[1-6])>|<(?:w:)?(?:br|tab)\b[^>]*>"
)
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_THEME_FILES = (".yml", ".html", ".svg", ".md")


class UnreadError(Exception):
    """A file whose words cannot be read here, such as a picture or a PDF."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The folder of a city, and the telephone and account numbers it declares to be official.

    Without a folder only the tables are vetted. `allowed` holds digits only.
    """

    root: Path | None = None
    allowed: frozenset[str] = frozenset()

    @property
    def files(self) -> Path | None:
        """The folder of blank forms and samples, if there is one."""
        return self._folder("content/files")

    def pages(self) -> Iterator[tuple[str, Path]]:
        """Yield each page of prose and each text of a theme with the department it belongs to.

        The department of the city's own prose is "prose".
        """
        for path in _below(self._folder("content/prose"), (".md",)):
            yield "prose", path
        for name, suffixes in (
            ("content/departments", (".md",)),
            ("department_themes", _THEME_FILES),
        ):
            folder = self._folder(name)
            for path in _below(folder, suffixes):
                yield path.relative_to(folder or path).parts[0], path

    def digest(self) -> str:
        """Return a hash over the names and bytes of all that is read."""
        sums = hashlib.sha256()
        for path in (*every_file(self.files), *(path for _, path in self.pages())):
            content = hashlib.sha256(path.read_bytes()).digest()
            sums.update(f"{self.name_of(path)}\0".encode() + content)
        sums.update(repr(sorted(self.allowed)).encode())
        return sums.hexdigest()

    def name_of(self, path: Path) -> str:
        """Return a path as people write it, from the city's folder."""
        return path.relative_to(self.root or path.anchor).as_posix()

    def _folder(self, name: str) -> Path | None:
        folder = self.root / name if self.root else None
        return folder if folder and folder.is_dir() else None


def every_file(folder: Path | None) -> Iterator[Path]:
    """Yield every file below a folder in the order of their paths; links and hidden ones are not."""
    return _below(folder, None)


def lines_of(path: Path) -> list[str]:
    """Return the words of a file line by line; raise UnreadError if it is of no known form.

    Text, markup, and the documents of office programs are read, whose words lie as XML in a
    zip archive. A PDF has its words in compressed drawing commands with its own alphabets.
    """
    suffix = path.suffix.lower()
    try:
        if suffix in _ZIPPED:
            return _unzipped(path, _ZIPPED[suffix])
        if suffix not in _PLAIN | _MARKUP or path.stat().st_size > LARGEST_BYTES:
            raise UnreadError(suffix or path.name)
        text = _decoded(path.read_bytes())
    except (OSError, BadZipFile, NotImplementedError, RuntimeError) as error:
        raise UnreadError(str(error)) from error
    return (_words(text) if suffix in _MARKUP else text).split("\n")


def _below(folder: Path | None, suffixes: tuple[str, ...] | None) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")) if folder else ():
        hidden = any(part.startswith(".") for part in path.relative_to(folder or path).parts)
        if path.is_symlink() or not path.is_file() or hidden:
            continue
        if suffixes is None or path.suffix.lower() in suffixes:
            yield path


def _unzipped(path: Path, wanted: re.Pattern[str]) -> list[str]:
    with ZipFile(path) as archive:
        members = [found for found in archive.infolist() if wanted.fullmatch(found.filename)]
        if sum(found.file_size for found in members) > LARGEST_BYTES:
            raise UnreadError(path.name)
        return [
            line
            for member in members
            for line in _words(_decoded(archive.read(member))).split("\n")
        ]


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030", errors="replace")


def _words(markup: str) -> str:
    """Return markup without its tags; a paragraph or a cell ends a line, a run of letters does not."""
    return unescape(_TAG.sub("", _BREAK.sub("\n", markup)))
