"""A file that a record names: a blank form or a filled sample, known by its content."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

COLUMNS = ("blank_form", "sample")
"""The columns of `materials` that name a file, by its path below `content/files`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file as it was vetted: the path that the record gives, the SHA-256 of its bytes.

    `size` is in bytes, 0 where nobody has looked.
    """

    path: str
    sha256: str
    size: int = 0

    @property
    def name(self) -> str:
        """The name under which people save it."""
        return PurePosixPath(self.path).name

    @property
    def form(self) -> str:
        """What kind of file it is, by the end of its name, in capitals: PDF, DOCX."""
        return PurePosixPath(self.path).suffix.lstrip(".").upper()


def digest_column(column: str) -> str:
    """Return the name of the column that holds the digest of the file that `column` names."""
    return f"{column}_sha256"
