"""Faults planted in an example city: a small list of changes, and the findings they must bring."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from generator.i18n import Translator
from generator.sources import datapackage
from generator.vetting.beside import Beside
from generator.vetting.gate import Verdict, vet

CITIES = Path(__file__).parents[1] / "cities"
DEFECTS = Path(__file__).parents[1] / "defects"
DAY = date(2026, 3, 1)

Row = dict[str, str]


@dataclass(frozen=True)
class Defect:
    """One folder of tests/defects: what is changed, and every finding expected."""

    code: str
    name: str
    changes: tuple[dict[str, Any], ...]
    expect: tuple[dict[str, Any], ...]
    refused: tuple[str, ...] | None
    day: date

    @property
    def fires(self) -> bool:
        """Whether the rule of the folder is expected to fire."""
        return any(found["code"] == self.code for found in self.expect)

    def __str__(self) -> str:
        return f"{self.code}-{self.name}"


def defects() -> Iterator[Defect]:
    """Yield every defect, by code and name."""
    for path in sorted(DEFECTS.glob("*/*/defect.yml")):
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield Defect(
            code=path.parent.parent.name,
            name=path.parent.name,
            changes=tuple(raw["changes"]),
            expect=tuple(raw["expect"]),
            refused=tuple(raw["refused"]) if "refused" in raw else None,
            day=raw.get("day", DAY),
        )


def vet_changed(
    folder: Path, changes: tuple[dict[str, Any], ...], day: date = DAY, **options: Any
) -> Verdict:
    """Return the verdict on the Chinese city with some changes, made in an empty folder.

    A change may also write a `page`: a file below the city's folder, with its `text`.
    """
    for change in changes:
        if "page" in change:
            path = folder / change["page"]
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(change["text"], encoding="utf-8")
    changed = changed_city(folder, tuple(change for change in changes if "page" not in change))
    allowed = frozenset(options.pop("allowed", ()))
    beside = Beside(root=folder, allowed=allowed)
    tables = datapackage.read(changed)
    return vet(tables, tr=Translator("en"), day=day, beside=beside, **options)


def changed_city(
    folder: Path,
    changes: tuple[dict[str, Any], ...],
    tables: Path = CITIES / "zh" / "content" / "database",
) -> Path:
    """Copy a city's tables, the Chinese one's or others, and change them; return their folder."""
    database = folder / "database"
    shutil.copytree(tables, database)
    for change in changes:
        path = database / f"{change['table']}.csv"
        if "file" in change:
            path.write_text(change["file"], encoding="utf-8")
        elif "line" in change:
            with path.open("a", encoding="utf-8") as file:
                file.write(change["line"] + "\n")
        else:
            _edit(path, change)
    return database


def _edit(path: Path, change: dict[str, Any]) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        columns, rows = list(reader.fieldnames or ()), list(reader)
    if "column" in change:
        columns.append(change["column"])
    elif "add" in change:
        rows += [blank(columns) | texts(row) for row in change["add"]]
    elif "many" in change:
        rows += _many(columns, change["many"])
    else:
        chosen = [row for row in rows if _matches(row, change["where"])]
        assert chosen, f"{path.name}: no row is {change['where']}"
        if change.get("delete"):
            rows = [row for row in rows if row not in chosen]
        for row in chosen:
            row |= texts(change.get("set", {}))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _many(columns: list[str], rule: dict[str, Any]) -> Iterator[Row]:
    """Yield `times` rows, `{n}` in their cells counting from 1 and `{next}` from 2."""
    for n in range(1, rule["times"] + 1):
        filled = {key: text.format(n=n, next=n + 1) for key, text in texts(rule["row"]).items()}
        yield blank(columns) | filled


def _matches(row: Row, where: dict[str, Any]) -> bool:
    return all(row[key] == value for key, value in texts(where).items())


def blank(columns: list[str]) -> Row:
    return dict.fromkeys(columns, "")


def texts(values: dict[str, Any]) -> Row:
    """Return cells as text; `{repeat: [text, times]}` stands for a long one."""
    return {
        key: value["repeat"][0] * value["repeat"][1] if isinstance(value, dict) else str(value)
        for key, value in values.items()
    }
