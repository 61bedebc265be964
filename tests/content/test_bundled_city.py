"""The bundled city is what it says: real powers, each with a way of its own, all signed."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from generator import config, drafts
from generator.i18n import translator
from generator.ledger import store
from generator.model.codes import PowerKind
from generator.vetting.beside import every_file, lines_of
from tests.content import citations, past
from tests.content.sample import sample

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


def test_it_has_the_publishers_of_a_city(active: list[Row]) -> None:
    """Seventy bodies and the city government: a demonstration with a gap convinces nobody."""
    bodies = {row["slug"]: row for row in rows("departments") if row["status"] == "active"}
    held = Counter(row["department"] for row in active)

    assert len(bodies) == 71
    assert {slug for slug in bodies if held[slug] < 2} == set()
    assert sum(1 for slug in bodies if held[slug] >= 6) >= 20
    assert held["municipal-government"] >= 12
    assert {row["kind"] for row in bodies.values()} == {
        "government",
        "department",
        "institution",
        "authorised_organisation",
    }
    assert {slug for slug, row in bodies.items() if row["summary"].count("。") < 2} == set()


def test_it_holds_powers_of_every_kind_and_shape(active: list[Row]) -> None:
    """Whoever tries the product must find his own city's cases in it."""
    assert len(active) >= 240
    assert {kind.value for kind in PowerKind} == {row["kind"] for row in active}
    for column in ("parent", "joint_departments", "entrusted_to", "quantity_limit"):
        assert sum(1 for row in active if row[column]) >= 3, column
    assert {row["fee"] for row in active} == {"none", "statutory"}
    assert {row["applicant"] for row in active} == {"citizen", "firm", "both", "none"}


def test_what_the_city_gave_up_is_worth_reading() -> None:
    """The permanent record of ended powers tells when, why and by what."""
    ended = [row for row in rows("powers") if row["status"] != "active"]

    assert len(ended) >= 15
    assert {row["status"] for row in ended} == {"abolished", "merged", "devolved"}
    for row in ended:
        assert row["status_from"] and row["status_reason"], row["code"]
    assert sum(1 for row in ended if row["status_document"]) >= 15
    assert sum(1 for row in ended if row["successor"]) >= 8


def test_its_registers_are_as_rich_as_a_citys(active: list[Row]) -> None:
    """Search, law pages and life events show what they can only with enough to show."""
    names = {
        row["name"] for table in ("powers", "departments", "life_events") for row in rows(table)
    }

    assert len(rows("instruments")) >= 150
    assert {row["id"] for row in rows("instruments")} >= {key[0] for key in citations.cited()}
    assert len(rows("life_events")) >= 12
    assert {row["audience"] for row in rows("life_events")} == {"citizen", "firm", "both"}
    assert len(rows("synonyms")) >= 150
    assert [row for row in rows("synonyms") if row["target"] not in names] == []
    members = Counter(row["life_event"] for row in rows("life_event_powers"))
    assert min(members.values()) >= 3
    assert {row["power"] for row in rows("life_event_powers")} <= {row["code"] for row in active}


def test_forms_and_samples_are_there_and_say_that_they_are_none() -> None:
    """A form that passes for a real one could be handed in at a real counter."""
    folder = ROOT / "content" / "files"
    named = {row[column] for row in rows("materials") for column in ("blank_form", "sample")}
    named -= {""}

    assert len(named) >= 12
    assert {path.relative_to(folder).as_posix() for path in every_file(folder)} == named
    for name in sorted(named):
        if not name.endswith(".pdf"):
            assert "演示" in "".join(lines_of(folder / name)), name


def test_eight_departments_have_pages_of_their_own() -> None:
    """A department's site is its own house only if it may speak there."""
    folder = ROOT / "content" / "departments"
    slugs = {row["slug"] for row in rows("departments") if row["status"] == "active"}
    speaking = {path.parent.name for path in folder.glob("*/*.md")}

    assert len(speaking) >= 8
    assert speaking <= slugs


def test_the_ledger_holds_a_past() -> None:
    """History, differences and feeds have something to show only if something happened."""
    city = config.load(ROOT / "site_config.yml")
    ledger = store.read(city.vetted)
    days = sorted({line.vetted_on for lines in ledger.versions.values() for line in lines})
    versions = [line for lines in ledger.versions.values() for line in lines]
    held = {code: {line.department for line in lines} for code, lines in ledger.versions.items()}

    assert len(days) >= 6
    assert days[0] < date(2024, 5, 1) and days[-1] <= date(2025, 4, 19)
    assert any(line.withdrawn for line in versions)
    assert any(len(bodies) > 1 for bodies in held.values())
    assert sum(1 for lines in ledger.versions.values() if len(lines) > 1) >= 10


@pytest.mark.prove
def test_the_ledger_is_what_the_scripted_past_makes(tmp_path: Path) -> None:
    """Whoever changes the content must be able to make its ledger again, to the byte."""
    assert past.files(past.make(tmp_path)) == past.files(ROOT / "content" / "vetted")


def test_the_sample_that_was_checked_twice_is_the_one_drawn() -> None:
    """Nobody may choose which powers are looked at a second time."""
    report = (ROOT / "docs" / "content-review.md").read_text("utf-8")

    assert [code for code in sample() if f"| {code} |" not in report] == []


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
    city = config.load(ROOT / "site_config.yml")
    comparison = drafts.read(city, day=date(2025, 4, 19), tr=translator("zh-CN")).compare()
    assert (comparison.waiting, comparison.refused) == ((), ())
