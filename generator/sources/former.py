"""The working tables as a revision held them, as far as they can be read."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from generator.errors import SourceError
from generator.i18n import Translator
from generator.sources import csvfile, datapackage, schema
from generator.sources.revision import Revision
from generator.sources.tables import Irregularity, Table, Tables

SIGNS = ("powers.csv", "departments.csv")
"""The tables by which a folder of tables is known that had another name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Former:
    """The tables of a revision, the folder they lay in, and those that could not be read."""

    tables: Tables
    folder: str
    unreadable: tuple[str, ...] = ()


def read(revision: Revision, folder: str, tr: Translator) -> Former:
    """Read the tables that a folder held at a revision, or the folder that became it.

    A fault of the past is nobody's to mend: what cannot be read is named and left out.
    """
    found = revision.folder_of(folder, SIGNS)
    tables: dict[str, Table] = {}
    noted: list[Irregularity] = []
    unreadable = []
    for name in schema.tables():
        path = f"{found}/{name}.csv" if found not in ("", ".") else f"{name}.csv"
        content = revision.content(path)
        if content is None:
            continue
        try:
            sheet = csvfile.parse(content, path, tr)
        except SourceError:
            unreadable.append(name)
            continue
        rows, ragged = datapackage.split(sheet, name)
        noted += ragged
        tables[name] = Table(
            name=name,
            path=path,
            columns=sheet.header,
            rows=tuple(rows),
            digest=hashlib.sha256(content).hexdigest(),
        )
    return Former(
        tables=Tables(location=revision.name, tables=tables, irregularities=tuple(noted)),
        folder=found,
        unreadable=tuple(unreadable),
    )
