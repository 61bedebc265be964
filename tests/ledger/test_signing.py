"""Order of sign-offs, what enters the ledger, and what never does."""

from __future__ import annotations

import json
import multiprocessing
from datetime import date
from pathlib import Path

import pytest

from generator.errors import ConfigError, GeneratorError
from generator.ledger import files, store, subjects
from generator.ledger.digest import digest_of
from generator.model.codes import PowerCode, Stage
from generator.model.release import SignOff

from .records import (
    DEPARTMENTS,
    FORMAT,
    INSTRUMENTS,
    LEGAL,
    a_ledger,
    a_record,
    drafts,
    every_byte,
    registers,
    release,
    sign,
    vet,
)


def test_a_record_enters_the_ledger_only_when_both_offices_have_signed(tmp_path):
    """A power published on one office's word alone would bind people unlawfully."""
    vet(tmp_path, registers(), "2025-01-01")
    outcome = sign(tmp_path, "legality", drafts(a_record()), "2025-01-10")

    assert (outcome.waiting, outcome.appended) == (("MK-0001",), ())
    assert not release(tmp_path).powers

    outcome = sign(tmp_path, "format", drafts(a_record()), "2025-01-12")

    assert (outcome.waiting, outcome.appended) == ((), ("MK-0001",))
    version = release(tmp_path).powers[PowerCode("MK-0001")]
    assert version.vetted_on == date(2025, 1, 12)
    assert version.sign_offs == (
        SignOff(stage=Stage.LEGALITY, office=LEGAL, date=date(2025, 1, 10)),
        SignOff(stage=Stage.FORMAT, office=FORMAT, date=date(2025, 1, 12)),
    )
    assert (tmp_path / "pending" / "markets.jsonl").read_bytes() == b""


def test_a_line_holds_the_canonical_record_as_the_contract_says(tmp_path):
    """Anyone must be able to check a vetted version with three lines of Python."""
    a_ledger(tmp_path)
    [line] = (tmp_path / "markets.jsonl").read_text(encoding="utf-8").splitlines()
    found = json.loads(line)

    assert set(found) == {
        "scheme", "digest", "code", "record", "sign_offs", "vetted_on", "line_digest"
    }  # fmt: skip
    assert found["record"] == a_record()
    assert found["digest"] == digest_of(a_record())
    assert found["sign_offs"] == [
        {"stage": "legality", "office": LEGAL, "date": "2025-01-10"},
        {"stage": "format", "office": FORMAT, "date": "2025-01-10"},
    ]


def test_format_is_refused_without_a_legality_sign_off_of_the_same_content(tmp_path):
    """A department could else change a record between the two reviews."""
    vet(tmp_path, registers(), "2025-01-01")
    [refusal] = sign(tmp_path, "format", drafts(a_record()), "2025-01-10").refused
    assert "sign stage legality first" in refusal.reason

    sign(tmp_path, "legality", drafts(a_record()), "2025-01-10")
    changed = drafts(a_record(summary="slipped in"))
    [refusal] = sign(tmp_path, "format", changed, "2025-01-11").refused

    assert refusal.name == "MK-0001"
    assert not release(tmp_path).powers


def test_a_sign_off_of_changed_content_replaces_the_one_that_was_pending(tmp_path):
    """A stale sign-off must not pile up beside the one that counts."""
    vet(tmp_path, registers(), "2025-01-01")
    sign(tmp_path, "legality", drafts(a_record()), "2025-01-10")
    changed = a_record(summary="better")
    sign(tmp_path, "legality", drafts(changed), "2025-01-11")

    [line] = (tmp_path / "pending" / "markets.jsonl").read_bytes().splitlines()
    assert json.loads(line)["digest"] == digest_of(changed)
    assert sign(tmp_path, "format", drafts(a_record()), "2025-01-12").refused
    assert sign(tmp_path, "format", drafts(changed), "2025-01-12").appended


def test_signing_the_same_again_writes_nothing(tmp_path):
    """CI repeats commands; a repeated sign-off must not become a second fact."""
    vet(tmp_path, registers(), "2025-01-01")
    sign(tmp_path, "legality", drafts(a_record()), "2025-01-10")
    before = every_byte(tmp_path)
    assert sign(tmp_path, "legality", drafts(a_record()), "2025-01-11").already == ("MK-0001",)
    assert every_byte(tmp_path) == before

    sign(tmp_path, "format", drafts(a_record()), "2025-01-12")
    before = every_byte(tmp_path)
    for stage in ("legality", "format"):
        assert sign(tmp_path, stage, drafts(a_record()), "2025-02-01").already == ("MK-0001",)
    assert every_byte(tmp_path) == before


def test_a_dry_run_tells_the_outcome_and_writes_nothing(tmp_path):
    """Whoever looks first must not have signed by looking."""
    a_ledger(tmp_path)
    new = drafts(a_record("MK-0002"))
    before = every_byte(tmp_path)
    assert sign(tmp_path, "legality", new, "2025-02-01", dry_run=True).waiting == ("MK-0002",)
    assert every_byte(tmp_path) == before


@pytest.mark.parametrize(
    "first, day, word",
    [
        pytest.param("2025-03-01", "2025-02-28", "2025-03-01", id="before-a-newer-version"),
        pytest.param("2025-03-01", "2025-03-01", "", id="the-same-day-is-fine"),
    ],
)
def test_a_version_cannot_be_dated_before_the_one_it_replaces(tmp_path, first, day, word):
    """A back-dated sign-off would rewrite what the list was on a past day."""
    a_ledger(tmp_path)
    vet(tmp_path, drafts(a_record(summary="second")), first)
    outcome = sign(tmp_path, "legality", drafts(a_record(summary="third")), day)
    assert [word in refusal.reason for refusal in outcome.refused] == ([True] if word else [])


def test_a_format_sign_off_cannot_be_older_than_the_legality_it_rests_on(tmp_path):
    """The second review looks at what the first has passed."""
    vet(tmp_path, registers(), "2025-01-01")
    sign(tmp_path, "legality", drafts(a_record()), "2025-01-10")
    [refusal] = sign(tmp_path, "format", drafts(a_record()), "2025-01-09").refused
    assert "2025-01-10" in refusal.reason


def test_content_can_return_to_an_earlier_version_but_not_on_the_same_day(tmp_path):
    """Two equal lines could not tell which of a day's versions holds."""
    a_ledger(tmp_path)
    vet(tmp_path, drafts(a_record(summary="second")), "2025-02-01")
    vet(tmp_path, drafts(a_record(summary="third")), "2025-02-01")
    [refusal] = sign(tmp_path, "legality", drafts(a_record(summary="second")), "2025-02-01").refused
    assert "2025-02-02" in refusal.reason

    vet(tmp_path, drafts(a_record(summary="second")), "2025-02-02")
    assert release(tmp_path).powers[PowerCode("MK-0001")].power.summary == "second"
    assert release(tmp_path, "2025-02-01").powers[PowerCode("MK-0001")].power.summary == "third"


@pytest.mark.parametrize(
    "record, table",
    [
        pytest.param(a_record(department="fire"), "departments", id="department"),
        pytest.param(a_record(joint_departments=["fire"]), "departments", id="joint-department"),
        pytest.param(
            a_record(legal_bases=[{"seq": 1, "instrument": "sea-act", "role": "sets"}]),
            "instruments",
            id="instrument",
        ),
    ],
)
def test_a_power_waits_for_the_register_it_rests_on(tmp_path, record, table):
    """A page must never name a department or law that nobody has signed."""
    vet(tmp_path, registers(), "2025-01-01")
    assert sign(tmp_path, "legality", drafts(record), "2025-01-10").waiting == ("MK-0001",)
    [refusal] = sign(tmp_path, "format", drafts(record), "2025-01-10").refused
    assert f"sign the register {table} first" in refusal.reason

    rows = {"departments": [*DEPARTMENTS, {**DEPARTMENTS[0], "slug": "fire"}]}
    rows["instruments"] = [*INSTRUMENTS, {**INSTRUMENTS[0], "id": "sea-act"}]
    vet(tmp_path, [subjects.register(table, rows[table])], "2025-01-11")
    [refusal] = sign(tmp_path, "format", drafts(record), "2025-01-10").refused
    assert table in refusal.reason, "the register of that day did not hold the row yet"
    assert sign(tmp_path, "format", drafts(record), "2025-01-11").appended == ("MK-0001",)


def test_registers_and_powers_can_be_signed_by_one_command(tmp_path):
    """A new city signs everything at once, in whatever order it is named."""
    everything = [*drafts(a_record()), *registers()]
    sign(tmp_path, "legality", everything, "2025-01-10")
    outcome = sign(tmp_path, "format", everything, "2025-01-10")
    assert outcome.appended == ("departments", "instruments", "MK-0001")


def test_a_register_keeps_the_rows_on_which_vetted_powers_rest(tmp_path):
    """A department struck from the register would take its powers' pages with it."""
    a_ledger(tmp_path)
    fewer = registers(departments=DEPARTMENTS[1:])
    sign(tmp_path, "legality", fewer, "2025-02-01")
    outcome = sign(tmp_path, "format", fewer, "2025-02-01")
    [refusal] = outcome.refused
    assert refusal.name == "departments"
    assert "markets" in refusal.reason
    assert "MK-0001" in refusal.reason
    assert outcome.already == ("instruments",)

    unused = registers(departments=DEPARTMENTS[:2])
    sign(tmp_path, "legality", unused, "2025-02-01")
    assert sign(tmp_path, "format", unused, "2025-02-01").appended == ("departments",)


@pytest.mark.parametrize("slug", ["registers", "pending", "releases", "../markets", "A", ""])
def test_a_department_cannot_take_the_name_of_a_ledger_file(tmp_path, slug):
    """A slug must never become a path of its own choosing."""
    rows = [{"slug": slug, "name": "Sly", "status": "active"}]
    for what in (subjects.register("departments", rows), *drafts(a_record(department=slug))):
        [refusal] = sign(tmp_path / "vetted", "legality", [what], "2025-01-01").refused
        assert "daylight vet" in refusal.reason
    assert {path.name for path in tmp_path.rglob("*")} == {"vetted", ".lock"}


@pytest.mark.parametrize(
    "change",
    [{"kind": "no-kind"}, {"name": None}, {"summary": 1.5}, {"summary": "\ud800"}, {"steps": "x"}],
)
def test_a_record_that_cannot_be_read_back_is_never_stored(tmp_path, change):
    """One unreadable line would stop the whole city's next build."""
    vet(tmp_path, registers(), "2025-01-01")
    what = [*drafts(a_record(**change), a_record("MK-0002"))]
    outcome = sign(tmp_path, "legality", what, "2025-01-10")
    assert [refusal.name for refusal in outcome.refused] == ["MK-0001"]
    assert outcome.waiting == ("MK-0002",)


def test_a_power_that_moves_goes_to_its_new_departments_file(tmp_path):
    """History stays whole when a reform moves a power to another office."""
    a_ledger(tmp_path)
    moved = drafts(a_record(department="health"))
    [refusal] = sign(tmp_path, "legality", moved, "2025-01-10").refused
    assert "2025-01-11" in refusal.reason, "which file came last on one day, nobody could tell"

    vet(tmp_path, moved, "2025-02-01")
    version = release(tmp_path).powers[PowerCode("MK-0001")]
    assert version.power.department == "health"
    assert len(version.history) == 2
    assert version.first_vetted_on == date(2025, 1, 10)
    assert (
        release(tmp_path, "2025-01-31").powers[PowerCode("MK-0001")].power.department == "markets"
    )


def test_a_sign_off_may_carry_more_than_three_members(tmp_path):
    """A signature or a case number must survive into the ledger."""
    vet(tmp_path, registers(), "2025-01-01")
    for stage in ("legality", "format"):
        sign(tmp_path, stage, drafts(a_record()), "2025-01-10", extra={"signature": f"by {stage}"})
    line = json.loads((tmp_path / "markets.jsonl").read_bytes())
    assert [each["signature"] for each in line["sign_offs"]] == ["by legality", "by format"]
    assert release(tmp_path).powers


def test_an_office_must_be_named(tmp_path):
    """A sign-off by nobody attests nothing."""
    with pytest.raises(ConfigError, match="--office"):
        from generator.ledger import signing

        signing.sign(tmp_path, [], stage=Stage.LEGALITY, office=" ", date=date(2025, 1, 1))


def _hold(root: Path, held: object, done: object) -> None:
    from generator.i18n import Translator

    with files.locked(root, Translator("en")):
        held.set()  # type: ignore[attr-defined]
        done.wait(20)  # type: ignore[attr-defined]


def test_two_commands_never_write_to_the_ledger_at_once(tmp_path):
    """The later of two writers would silently drop the sign-offs of the other."""
    root = a_ledger(tmp_path / "vetted")
    context = multiprocessing.get_context("spawn")
    held, done = context.Event(), context.Event()
    other = context.Process(target=_hold, args=(root, held, done))
    other.start()
    try:
        assert held.wait(20)
        with pytest.raises(GeneratorError, match="another command") as caught:
            sign(root, "legality", drafts(a_record("MK-0002")), "2025-02-01")
        assert caught.value.exit_code == 4
        assert store.read(root).versions, "reading needs no lock"
    finally:
        done.set()
        other.join(20)
    assert sign(root, "legality", drafts(a_record("MK-0002")), "2025-02-01").waiting
