"""Makes cities of any size from the bundled one, the same bytes for the same arguments.

    python -m benchmarks.maker FOLDER [--powers 2515] [--departments 71] [--seed 2005] [--everyday]

Each made power keeps the shape of a bundled one, so lengths and chart sizes keep their
spread; its words come from others of the same column and like length, and its procedure
gains, loses or renames steps. No two records, procedures or charts are equal: `make_city`
proves it before it returns. The city is drafted, not signed; `sign_city` does that.
With `everyday` it also knows everyday words and life events, for measurements of search.
"""

from __future__ import annotations

import argparse
import csv
import random
import shutil
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUNDLED = ROOT / "content" / "database"
FILES = ROOT / "content" / "files"
CHILDREN = ("legal_bases", "materials", "fees", "responsibilities", "penalties", "steps", "moves")
MIXED = {
    "powers": ("summary", "conditions", "limit_note", "result", "remedy"),
    "materials": ("name",),
    "responsibilities": ("duty", "accountability"),
    "penalties": ("conduct", "range"),
    "steps": ("name", "post", "document"),
}
"""The columns whose words are exchanged for others of like length."""

COUNTED = {
    "citations a record": "legal_bases",
    "steps a chart": "steps",
    "moves a chart": "moves",
}

Row = dict[str, str]
Tables = dict[str, list[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spread:
    """How sizes lie: least, median, mean, most."""

    least: float
    median: float
    mean: float
    most: float

    @classmethod
    def of(cls, values: Iterable[int]) -> Spread:
        """Measure some sizes."""
        found = sorted(values)
        return cls(
            least=found[0],
            median=statistics.median(found),
            mean=round(statistics.mean(found), 1),
            most=found[-1],
        )


class Words:
    """The words of the bundled city by column, to be exchanged for others of like length."""

    def __init__(self, tables: Tables, chance: random.Random) -> None:
        self._chance = chance
        self._by_length: dict[tuple[str, str], dict[int, list[str]]] = {}
        for table, columns in MIXED.items():
            for column in columns:
                lengths: dict[int, list[str]] = defaultdict(list)
                for text in sorted({row[column] for row in tables[table] if row[column]}):
                    lengths[len(text)].append(text)
                self._by_length[table, column] = lengths

    def like(self, table: str, column: str, text: str) -> str:
        """Return another text of that column, of nearly the same length."""
        if not text:
            return text
        lengths = self._by_length[table, column]
        near = [t for n in range(len(text) - 2, len(text) + 3) for t in lengths.get(n, ())]
        return self._chance.choice(near) if near else text


def read(folder: Path) -> Tables:
    """Read every table of a folder."""
    found = {}
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.stem] = list(csv.DictReader(file))
    return found


def make_city(
    folder: Path,
    *,
    powers: int = 2515,
    departments: int = 71,
    seed: int = 2005,
    everyday: bool = False,
) -> Mapping[str, Spread]:
    """Write a city of that size into a folder and return the spread of its sizes."""
    chance = random.Random(seed)
    bundled = read(BUNDLED)
    words = Words(bundled, chance)
    children = {name: _by_power(bundled[name]) for name in CHILDREN}
    made: Tables = {name: [] for name in bundled}
    made["instruments"] = bundled["instruments"]
    made["departments"] = _departments(bundled["departments"], departments)
    slugs = [row["slug"] for row in made["departments"]]
    bases = [row for row in bundled["powers"] if row["status"] == "active"]
    for number in range(powers):
        base = bases[number % len(bases)]
        code = f"HD{number // 100:02d}-{base['code'].split('-')[1]}-{number:05d}"
        made["powers"].append(_power(base, code, slugs[number % len(slugs)], number, words))
        for name in CHILDREN:
            rows = [dict(row, power=code) for row in children[name].get(base["code"], ())]
            for row in rows if name != "steps" else filter(_may_change, rows):
                for column in MIXED.get(name, ()):
                    row[column] = words.like(name, column, row[column])
            made[name].extend(rows)
        _vary(made, code, number, chance)
    if everyday:
        _add_everyday(made, bundled, bases)
    _prove_distinct(made)
    _write(folder, made)
    return spreads(made)


def _add_everyday(made: Tables, bundled: Tables, bases: list[Row]) -> None:
    """Bring the bundled synonyms and life events along, each for the first power made of its own."""
    pairs = list(zip(bases, made["powers"], strict=False))
    codes = {base["code"]: power["code"] for base, power in pairs}
    names = {base["name"]: power["name"] for base, power in pairs}
    kept = {row["name"] for table in ("departments", "life_events") for row in bundled[table]}
    for row in bundled["synonyms"]:
        target = names.get(row["target"], row["target"] if row["target"] in kept else "")
        if target:
            made["synonyms"].append(dict(row, target=target))
    made["life_events"] = bundled["life_events"]
    for row in bundled["life_event_powers"]:
        if row["power"] in codes:
            after = [codes[code] for code in row["after"].split(";") if code in codes]
            made["life_event_powers"].append(
                dict(row, power=codes[row["power"]], after=";".join(after))
            )


def _may_change(step: Row) -> bool:
    """Tell whether a step may be exchanged: the gate refuses a penalty without its notice."""
    return "告知" not in step["name"] + step["document"]


def _by_power(rows: list[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["power"]].append(row)
    return found


def _departments(bundled: list[Row], count: int) -> list[Row]:
    rows = []
    active = [row for row in bundled if row["status"] == "active"]
    for number in range(count):
        row = dict(active[number % len(active)])
        if number >= len(active):
            row["slug"] = f"{row['slug']}-{number // len(active)}"
            row["name"] = f"{row['name']}第{number // len(active)}分局"
            row["short_name"] = f"{row['short_name'] or row['name']}{number // len(active)}"
        rows.append(row)
    return rows


def _power(base: Row, code: str, department: str, number: int, words: Words) -> Row:
    row = dict(
        base, code=code, department=department, parent="", successor="", joint_departments=""
    )
    row["name"] = f"{base['name']}{number:04d}"
    for column in MIXED["powers"]:
        row[column] = words.like("powers", column, row[column])
    return row


def _vary(made: Tables, code: str, number: int, chance: random.Random) -> None:
    """Give the procedure a step more or less, or leave it, and a name that no other has."""
    steps = [row for row in made["steps"][-40:] if row["power"] == code]
    moves = [row for row in made["moves"][-80:] if row["power"] == code]
    tasks = [row for row in steps if row["kind"] == "task" and _may_change(row)]
    if number % 3 == 1 and moves:
        move = chance.choice(moves)
        between = dict(
            chance.choice(tasks or steps),
            id="extra",
            kind="task",
            name="复核材料",
            limit="",
            unit="",
        )
        made["steps"].append(between)
        made["moves"].append(
            {"power": code, "source": "extra", "target": move["target"], "condition": ""}
        )
        move["target"] = "extra"
    elif number % 3 == 2:
        _drop_a_task(made, steps, moves, chance)
    marked = chance.choice(tasks or steps)
    marked["name"] = f"{marked['name'][:8]}{number:04d}"


def _drop_a_task(made: Tables, steps: list[Row], moves: list[Row], chance: random.Random) -> None:
    into = defaultdict(list)
    out = defaultdict(list)
    for move in moves:
        into[move["target"]].append(move)
        out[move["source"]].append(move)
    taken = {(move["source"], move["target"]) for move in moves}
    spare = [
        step
        for step in steps
        if step["kind"] == "task"
        and _may_change(step)
        and len(into[step["id"]]) == 1
        and len(out[step["id"]]) == 1
        and (into[step["id"]][0]["source"], out[step["id"]][0]["target"]) not in taken
    ]
    if len(spare) < 2:
        return
    step = chance.choice(spare)
    before, after = into[step["id"]][0], out[step["id"]][0]
    before["target"] = after["target"]
    made["moves"].remove(after)
    made["steps"].remove(step)


def _prove_distinct(made: Tables) -> None:
    """Raise if two names, or two procedures, are alike: no cache may shorten a cold build."""
    names = {row["name"] for row in made["powers"]}
    drawn: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for table in ("steps", "moves"):
        for row in made[table]:
            drawn[row["power"]].append(tuple(v for k, v in row.items() if k != "power"))
    charts = {tuple(rows) for rows in drawn.values()}
    if not len(names) == len(charts) == len(made["powers"]):
        raise AssertionError(
            f"{len(names)} names, {len(charts)} charts, {len(made['powers'])} powers"
        )


def spreads(tables: Tables) -> Mapping[str, Spread]:
    """Return the spread of record lengths (characters), citations and chart sizes.

    Of powers in force only: those that ended keep little more than their end.
    """
    lengths = {
        row["code"]: sum(map(len, row.values()))
        for row in tables["powers"]
        if row["status"] == "active"
    }
    for name in CHILDREN:
        for row in tables[name]:
            if row["power"] in lengths:
                lengths[row["power"]] += sum(map(len, row.values()))
    counts = {name: Counter(row["power"] for row in tables[name]) for name in COUNTED.values()}
    return {
        "characters a record": Spread.of(lengths.values()),
        **{
            words: Spread.of(counts[name][code] for code in lengths)
            for words, name in COUNTED.items()
        },
    }


def _write(folder: Path, tables: Tables) -> None:
    database = folder / "content" / "database"
    database.mkdir(parents=True, exist_ok=True)
    for name, rows in tables.items():
        columns = list(read_header(BUNDLED / f"{name}.csv"))
        with (database / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
    shutil.copy(ROOT / "site_config.yml", folder / "site_config.yml")
    shutil.copytree(FILES, folder / "content" / "files", dirs_exist_ok=True)


def read_header(path: Path) -> list[str]:
    """Return the column names of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return next(csv.reader(file))


def sign_city(folder: Path) -> None:
    """Sign every register and record twice, as the bundled city's demonstration desk does."""
    from click.testing import CliRunner

    from generator.cli.main import daylight, load_commands
    from generator.config import load

    load_commands()
    config = folder / "site_config.yml"
    offices = load(config).offices
    for stage in ("legality", "format"):
        arguments = [
            "sign",
            "--config",
            str(config),
            "--stage",
            stage,
            "--office",
            getattr(offices, stage)[0],
            "--date",
            "2025-03-31",
            "--all",
            "--quiet",
        ]
        done = CliRunner().invoke(daylight, arguments, catch_exceptions=False)
        if done.exit_code:
            raise SystemExit(done.output)


def main() -> None:
    """Make and sign a city, and print its spread beside the bundled one's."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--powers", type=int, default=2515)
    parser.add_argument("--departments", type=int, default=71)
    parser.add_argument("--seed", type=int, default=2005)
    parser.add_argument("--everyday", action="store_true", help="with synonyms and life events")
    options = parser.parse_args()
    made = make_city(**vars(options))
    sign_city(options.folder)
    bundled = spreads(read(BUNDLED))
    for name, spread in made.items():
        print(f"{name}: made {spread}, bundled {bundled[name]}")


if __name__ == "__main__":
    main()
