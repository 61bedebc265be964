"""What is wrong with a line of the ledger, and what to do, in words: where, what, remedy."""

from __future__ import annotations

from dataclasses import dataclass

from generator.errors import LedgerError
from generator.i18n import Translator
from generator.ledger import digest

ENGLISH = Translator("en")
_MARKERS = (b"<<<<<<<", b"=======", b">>>>>>>", b"|||||||")
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A line of a ledger file; lines count from 1.

    `file` begins with the ledger's folder; `stem` is its name alone, a department's slug.
    """

    file: str
    line: int
    stem: str = ""

    def words(self, tr: Translator) -> str:
        """Return the place as messages name it."""
        return tr("{file} line {line}", file=self.file, line=self.line)


def fault(place: Place, tr: Translator, message: str, /, **fields: object) -> LedgerError:
    """Return the error that a line is not as it was written; `message` begins with "{place}: "."""
    return LedgerError(tr(message, place=place.words(tr), **fields))


def changed(place: Place, tr: Translator) -> LedgerError:
    """Return the error that a line's bytes are not those it was sealed with."""
    return fault(
        place,
        tr,
        "{place}: was changed after it was written (its line_digest does not fit); "
        "restore the line from version control and sign the change instead",
    )


def uncanonical(place: Place, tr: Translator) -> LedgerError:
    """Return the error that a line says something in another form than the ledger's."""
    return fault(
        place,
        tr,
        "{place}: is not in the ledger's canonical form (keys in order, no spaces, no empty "
        "fields, the members of its kind of line and no others); "
        "restore the line from version control",
    )


def explain(raw: bytes, place: Place, tr: Translator) -> LedgerError:
    """Return the error for a line that has not the form of its file."""
    if raw.startswith(_MARKERS):
        message = (
            "{place}: holds a mark of an unfinished merge; keep the lines of both sides, "
            "each once, and delete the mark"
        )
    elif raw.endswith(b"\r"):
        message = (
            "{place}: ends as on Windows (CR LF); check the file out again with "
            "`*.jsonl text eol=lf merge=union` in .gitattributes"
        )
    elif raw.startswith(_BYTE_ORDER_MARK):
        message = (
            "{place}: begins with a byte order mark; restore the file from version control, "
            "an editor has rewritten it"
        )
    elif not raw.strip():
        message = "{place}: is blank; delete the line"
    else:
        return _explain_content(raw, place, tr)
    return fault(place, tr, message)


def _explain_content(raw: bytes, place: Place, tr: Translator) -> LedgerError:
    try:
        value = digest.decode(raw)
    except ValueError as error:
        return fault(
            place,
            tr,
            "{place}: is not whole JSON (character {character}); "
            "restore the line from version control",
            character=getattr(error, "pos", getattr(error, "start", 0)) + 1,
        )
    except RecursionError:
        value = None
    if isinstance(value, dict) and "line_digest" in value and _seal_holds(value):
        return uncanonical(place, tr)
    return changed(place, tr)


def _seal_holds(members: dict[str, object]) -> bool:
    rest = {key: value for key, value in members.items() if key != "line_digest"}
    return digest.sha256_of(digest.encode(rest)) == members["line_digest"]
