"""The bundled city is what it says: real powers, each with a way of its own, all signed."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from tests.content import citations

ROOT = Path(__file__).resolve().parents[2]
DATABASE = ROOT / "content" / "database"
Row = dict[str, str]


def rows(table: str) -> list[Row]:
    with (DATABASE / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_power(table: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows(table):
        found[row["power"]].append(row)
    return found


@pytest.fixture(scope="module")
def active() -> list[Row]:
    return [row for row in rows("powers") if row["status"] == "active"]


def test_it_holds_at_least_forty_powers_of_thirteen_publishers(active: list[Row]) -> None:
    """A demonstration that shows three records convinces nobody."""
    assert len(active) >= 40
    assert len({row["department"] for row in active}) == 13
    assert {"licensing", "penalty", "inspection", "payment", "confirmation"} <= {
        row["kind"] for row in active
    }
    assert len(rows("powers")) - len(active) >= 3


def test_every_procedure_has_five_steps_a_decision_posts_and_limits(active: list[Row]) -> None:
    """A flowchart of "apply, decide, end" tells a citizen nothing."""
    steps = by_power("steps")
    for row in active:
        own = steps[row["code"]]
        assert len(own) >= 5, row["code"]
        assert any(step["kind"] == "decision" for step in own), row["code"]
        assert any(step["post"] for step in own), row["code"]
    without = [row["code"] for row in active if not any(s["limit"] for s in steps[row["code"]])]
    assert len(without) <= len(active) // 5, without


def shape(steps: list[Row], moves: list[Row]) -> frozenset[tuple[tuple[str, ...], int]]:
    """Return what is left of a procedure when its words are gone, the same for equal drawings.

    Each step is coloured by its kind, limit and post's presence, then by the colours
    around it, as often as there are steps (Weisfeiler and Leman, 1968).
    """
    colours = {s["id"]: f"{s['kind']}|{s['limit']}|{s['unit']}|{s['counted']}" for s in steps}
    for _ in steps:
        colours = {
            identifier: str(
                hash(
                    (
                        colours[identifier],
                        tuple(
                            sorted(colours[m["target"]] for m in moves if m["source"] == identifier)
                        ),
                        tuple(
                            sorted(colours[m["source"]] for m in moves if m["target"] == identifier)
                        ),
                    )
                )
            )
            for identifier in colours
        }
    return frozenset(Counter((colour,) for colour in colours.values()).items())


def test_no_two_charts_differ_in_names_only(active: list[Row]) -> None:
    """A licence, a penalty and a payment do not run alike; a copied chart misleads."""
    steps, moves = by_power("steps"), by_power("moves")
    alike: dict[object, list[str]] = defaultdict(list)
    for row in active:
        alike[shape(steps[row["code"]], moves[row["code"]])].append(row["code"])
    assert [codes for codes in alike.values() if len(codes) > 1] == []


def test_every_citation_is_locked(active: list[Row]) -> None:
    """An article that nobody read must not be cited."""
    assert citations.cited() - citations.locked().keys() == set()


@pytest.mark.parametrize(
    "number, words",
    [
        (5, "五"),
        (10, "十"),
        (15, "十五"),
        (35, "三十五"),
        (110, "一百一十"),
        (205, "二百零五"),
        (1260, "一千二百六十"),
    ],
)
def test_article_numbers_are_written_as_law_texts_write_them(number: int, words: str) -> None:
    """A wrong numeral would find the wrong article."""
    assert citations.numeral(number) == words


def test_nothing_in_it_passes_for_a_real_office(active: list[Row]) -> None:
    """Nobody may be called by accident, nor take the sign-offs for real."""
    for row in [*rows("departments"), *rows("powers")]:
        for column in ("phone", "supervision_phone"):
            assert not row[column] or "-555-" in row[column], row
    assert not any(row["credit_code"] for row in rows("departments"))
    assert all(not row["email"] or row["email"].endswith(".invalid") for row in rows("departments"))


def test_drafts_and_ledger_agree() -> None:
    """`make site` must not begin with a list of what waits."""
    from datetime import date

    from generator import config, drafts
    from generator.i18n import translator

    city = config.load(ROOT / "site_config.yml")
    comparison = drafts.read(city, day=date(2025, 4, 19), tr=translator("zh-CN")).compare()
    assert (comparison.waiting, comparison.refused) == ((), ())
