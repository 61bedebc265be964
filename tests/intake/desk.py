"""A desk at which lists are taken in: a copy of a city, and `daylight` run in its folder."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from generator.ledger import digest as d1
from generator.sources import decode
from generator.sources.stores import open_store
from generator.sources.tables import Tables
from tests.cli.test_bad_input import Ending, Shell
from tests.publication.city import City
from tests.stores import CITIES, TR

GUANGAN = Path(__file__).parent / "guangan" / "items.csv"


@dataclass(frozen=True, slots=True)
class Desk:
    """A city's folder, and what can be done there."""

    shell: Shell

    @property
    def root(self) -> Path:
        """The city's folder."""
        return self.shell.city.root

    def run(self, *arguments: str | Path) -> Ending:
        """Run `daylight` with these arguments."""
        return self.shell.run(*map(str, arguments))

    def take(self, source: str | Path, *options: str) -> dict[str, Any]:
        """Import a source; return the account, whose rows must add up."""
        done = self.run("import", source, "--format", "json", *options)
        assert done.code in (0, 1), done.err
        account: dict[str, Any] = json.loads(done.out)
        refused = account["refused"]
        assert account["rows"] == account["taken"] + account["unchanged"] + len(refused)
        places = [(row["sheet"], row["row"]) for row in refused]
        assert len(set(places)) == len(places), "one entry for each row"
        assert all(row["code"] and row["message"] for row in refused)
        return account

    def template(self, slug: str) -> Path:
        """Return the workbook of a department, made anew."""
        path = self.root.parent / f"{slug}.xlsx"
        done = self.run("template", slug, "--output", path, "--force", "--quiet")
        assert done.code == 0, done.err
        return path

    def write(self, name: str, content: str | bytes | Iterable[Iterable[str]]) -> Path:
        """Write a file beside the city: text as UTF-8, rows as CSV."""
        path = self.root.parent / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        elif isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        else:
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows(content)
        return path

    @property
    def tables(self) -> Tables:
        """The working tables as they are now."""
        config = self.shell.city.config
        return open_store(config.source, config.root, TR).read(TR)

    def powers(self) -> dict[str, Mapping[str, str]]:
        """Return the rows of powers by code."""
        return {row.cells["code"]: row.cells for row in self.tables.rows("powers")}

    def digests(self) -> dict[str, str]:
        """Return the digest of every power and of every table."""
        tables = self.tables
        found = {str(code): d1.digest_of(record) for code, record in decode.records(tables).items()}
        for table in tables:
            found[f"table {table.name}"] = d1.digest_of(decode.register_rows(tables, table.name))
        return found

    def files(self) -> dict[str, bytes]:
        """Return the bytes of every working table."""
        folder = self.root / "content" / "database"
        return {path.name: path.read_bytes() for path in sorted(folder.glob("[a-z]*.csv"))}


Desks = Callable[[str], Desk]


@pytest.fixture
def desk_of(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Desks:
    """Return a function that sets up a desk over a copy of a city: bundled, zh or en."""

    def desk(name: str) -> Desk:
        root = tmp_path / name / "city"
        root.mkdir(parents=True)
        shutil.copy(CITIES[name] / "site_config.yml", root)
        shutil.copytree(CITIES[name] / "content", root / "content")
        return Desk(Shell(City(root), monkeypatch, capsys))

    return desk


@pytest.fixture
def desk(desk_of: Desks) -> Desk:
    """Return a desk over the Chinese example city, which speaks English to these tests."""
    made = desk_of("zh")
    config = made.root / "site_config.yml"
    text = config.read_text("utf-8")
    assert "language: zh-CN" in text
    config.write_text(text.replace("language: zh-CN", "language: en"), "utf-8")
    return made


def records_of(findings: Iterable[Mapping[str, Any]], code: str) -> list[Mapping[str, Any]]:
    """Return the findings with a code."""
    return [finding for finding in findings if finding["code"] == code]
