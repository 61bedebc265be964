"""Makes the bundled city's ledger from its working tables and its scripted past.

    python -m tests.content.past [--check]

`content/past.yml` says what the list looked like before each day on which it changed. Wound
back to the first day, the tables are signed state by state as a city signs them, by `daylight
sign` and `daylight withdraw`, and the ledger takes the place of `content/vetted/`. A power
enters with the first state whose review began when the law that it rests on was in force. The
same tables and the same past give the same bytes; `--check` only compares.
"""

from __future__ import annotations

import argparse
import csv
import shutil
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml
from click.testing import CliRunner

from generator import config
from generator.cli.main import daylight, load_commands

ROOT = Path(__file__).resolve().parents[2]
PAST = ROOT / "content" / "past.yml"
OF_POWERS = (
    "legal_bases",
    "materials",
    "fees",
    "responsibilities",
    "penalties",
    "steps",
    "moves",
)
KEYS = {"powers": "code", "departments": "slug", "instruments": "id", "life_events": "slug"}
REVIEW = timedelta(days=6)
"""How long before the second sign-off the first is given."""

Row = dict[str, str]
Tables = dict[str, list[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A day on which the list changed, and how it looked before."""

    day: date
    what: str
    before: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    withdrawn: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def states() -> list[State]:
    """Return the states of the past, the first publication first."""
    raw = yaml.safe_load(PAST.read_text("utf-8"))["states"]
    return sorted((State(**each) for each in raw), key=lambda state: state.day)


def wound_back(tables: Tables, state: State) -> Tables:
    """Return the tables as they were just before a state; the given ones stay as they are."""
    found = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    for code, act in state.withdrawn.items():
        _copy(found, act["like"], code, {"name": act["name"]})
    for table, rows in state.before.items():
        for key, changes in rows.items():
            _change(found, table, key, changes)
    return found


def in_force(tables: Tables, day: date) -> Tables:
    """Return the tables without the powers that rest on law not yet in force on a day."""
    ahead = {
        row["id"]
        for row in tables["instruments"]
        if (row["effective_from"] or row["adopted_on"]) > day.isoformat()
    }
    active = {row["code"] for row in tables["powers"] if row["status"] == "active"}
    out = {
        row["power"]
        for row in tables["legal_bases"]
        if row["instrument"] in ahead and row["power"] in active
    }
    found = {
        name: [dict(row) for row in rows if _owner(name, row) not in out]
        for name, rows in tables.items()
    }
    found["life_event_powers"] = [r for r in found["life_event_powers"] if r["power"] not in out]
    for row in found["life_event_powers"]:
        row["after"] = ";".join(code for code in row["after"].split(";") if code not in out)
    for row in found["powers"]:
        row |= {column: "" for column in ("parent", "successor") if row[column] in out}
    return found


def _owner(table: str, row: Row) -> str:
    return row[KEYS[table]] if table in KEYS else row["power"] if table in OF_POWERS else ""


def _copy(tables: Tables, source: str, code: str, changes: Mapping[str, str]) -> None:
    """Add a power that is like another."""
    for name in ("powers", *OF_POWERS):
        key = "code" if name == "powers" else "power"
        tables[name] += [{**row, key: code} for row in tables[name] if row[key] == source]
    _change(tables, "powers", code, changes)


def _change(tables: Tables, table: str, key: str, changes: Mapping[str, Any]) -> None:
    """Change the row of a key, or of a power and what stands after "/" in its `seq` or `id`."""
    owner, _, place = key.partition("/")
    rows = [
        row
        for row in tables[table]
        if _owner(table, row) == owner and (not place or place in (row.get("seq"), row.get("id")))
    ]
    if len(rows) != 1:
        raise SystemExit(f"{PAST.name}: {table} {key}: {len(rows)} rows")
    unknown = changes.keys() - rows[0].keys()
    if unknown:
        raise SystemExit(f"{PAST.name}: {table} {key}: no column {', '.join(unknown)}")
    rows[0] |= {name: str(value) for name, value in changes.items()}


class Desk:
    """A copy of the city in a folder of its own, whose tables are signed as they are wound on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copy(ROOT / "site_config.yml", folder)
        shutil.copytree(
            ROOT / "content", folder / "content", ignore=shutil.ignore_patterns("vetted")
        )
        for name in (".gitattributes", ".gitignore"):
            (self.ledger).mkdir(exist_ok=True)
            shutil.copy(ROOT / "content" / "vetted" / name, self.ledger)
        self._offices = config.load(folder / "site_config.yml").offices
        load_commands()

    @property
    def ledger(self) -> Path:
        """The ledger being made."""
        return self.folder / "content" / "vetted"

    def write(self, tables: Tables) -> None:
        """Put tables in the place of the present ones."""
        for name, rows in tables.items():
            path = self.folder / "content" / "database" / f"{name}.csv"
            with path.open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, _header(name), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)

    def sign(self, day: date) -> str:
        """Sign what is new or changed for both stages; return what the second said."""
        told = ""
        for stage, when in (("legality", day - REVIEW), ("format", day)):
            office = getattr(self._offices, stage)[0]
            told = self._run("sign", "--stage", stage, "--office", office, "--date", when, "--all")
        return told

    def withdraw(self, code: str, act: Mapping[str, str], day: date) -> str:
        """Withdraw a record."""
        named = ("--reason", act["reason"], "--document", act["document"])
        return self._run("withdraw", code, *named, "--date", day, "--yes")

    def record(self, day: date) -> None:
        """Write the counts of the day into the ledger."""
        self._run("status", "--record", "--date", day)

    def _run(self, command: str, *arguments: object) -> str:
        place = ("--config", str(self.folder / "site_config.yml"))
        words = [command, *place, *map(str, arguments)]
        done = CliRunner().invoke(daylight, words, catch_exceptions=False)
        if done.exit_code:
            raise SystemExit(f"{' '.join(words)}\n{done.output[-4000:]}")
        return done.stdout.strip().splitlines()[-1]


def make(folder: Path) -> Path:
    """Make the ledger in an empty folder, telling of each state on stderr; return its folder."""
    tables = {
        path.stem: _read(path) for path in sorted((ROOT / "content" / "database").glob("*.csv"))
    }
    past = states()
    after = [tables]
    for state in reversed(past[1:]):
        after.append(wound_back(after[-1], state))
    desk = Desk(folder)
    for state, now in zip(past, reversed(after), strict=True):
        for code, act in state.withdrawn.items():
            _tell(state, desk.withdraw(code, act, state.day))
        desk.write(in_force(now, state.day - REVIEW))
        _tell(state, desk.sign(state.day))
        desk.record(state.day)
    shutil.rmtree(desk.ledger / "pending", ignore_errors=True)
    (desk.ledger / ".lock").unlink(missing_ok=True)
    return desk.ledger


def files(folder: Path) -> dict[str, bytes]:
    """Return the ledger's files by name, without what is made anew."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def _tell(state: State, what: str) -> None:
    print(f"{state.day} {state.what}: {what}", file=sys.stderr)


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _header(name: str) -> list[str]:
    with (ROOT / "content" / "database" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def main() -> int:
    """Make the ledger and put it in place, or compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only compare with content/vetted")
    check = parser.parse_args().check
    with tempfile.TemporaryDirectory() as folder:
        made = files(make(Path(folder)))
    standing = files(ROOT / "content" / "vetted")
    if check:
        differing = sorted(
            name for name in made.keys() | standing.keys() if made.get(name) != standing.get(name)
        )
        print("\n".join(differing) or "the ledger is what the past makes")
        return 1 if differing else 0
    for name in standing.keys() - made.keys():
        (ROOT / "content" / "vetted" / name).unlink()
    for name, content in made.items():
        path = ROOT / "content" / "vetted" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
