"""Any source by what it is: our workbook, the platform's exchange file, or a list of any form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from generator.citations.read import CitationReader
from generator.errors import ConfigError
from generator.i18n import Translator
from generator.intake import exchange, filled, grids, listed, mapping, suggest
from generator.intake.bodies import Bodies
from generator.intake.reading import Reading
from generator.intake.submission import Submission
from generator.sources import canonical
from generator.sources.tables import Tables


def is_exchange(path: Path, tr: Translator) -> bool:
    """Tell whether a file is JSON, by how it begins."""
    return grids.read_bytes(path, tr)[:64].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"[")


def submission(
    path: Path,
    tables: Tables,
    *,
    city: str,
    map_path: Path | None,
    tr: Translator,
) -> tuple[Submission, str]:
    """Return what a source holds, and the department whose workbook it is, or "".

    Raises SourceError when it cannot be read, ConfigError when the mapping, or the one
    that is drafted where none is given, does not fit.
    """
    cite = CitationReader()
    if is_exchange(path, tr):
        bodies = Bodies(tables, city=city, given={}, tr=tr)
        found = exchange.submission(path, bodies, instruments=_register(tables), cite=cite, tr=tr)
        return found, ""
    book = grids.read(path, tr)
    if map_path is None and filled.is_ours(book):
        return filled.submission(book, tables, slug=book.owner, tr=tr), book.owner
    chosen = mapping.load(map_path, tr) if map_path else _drafted(book, path, tables, city, tr)
    reading = Reading(
        mapping=chosen,
        bodies=Bodies(tables, city=city, given=chosen.departments, tr=tr),
        instruments=_register(tables),
        cite=cite,
        tr=tr,
    )
    return listed.submission(book, reading, path.name), ""


def draft(path: Path, tables: Tables, *, city: str, tr: Translator) -> str:
    """Return a mapping for a list as YAML; raises ConfigError for a source that needs none."""
    if is_exchange(path, tr) or filled.is_ours(book := grids.read(path, tr)):
        raise ConfigError(tr("{file}: needs no mapping; import it as it is", file=path.name))
    return mapping.dump(_drafted(book, path, tables, city, tr), path.name, tr)


def _drafted(
    book: grids.Book, path: Path, tables: Tables, city: str, tr: Translator
) -> mapping.Mapping:
    bodies = Bodies(tables, city=city, given={}, tr=tr)
    return suggest.suggest(book, bodies, source=path.name, tr=tr)


def _register(tables: Tables) -> dict[str, Any]:
    """Return the law register's rows by identifier, as a reader of citations wants them."""
    rows = canonical.register_rows(tables, "instruments")
    return {str(row["id"]): row for row in rows if "id" in row}
