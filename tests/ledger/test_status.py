"""What is published, what waits and for whom, and what was deleted without a word."""

from __future__ import annotations

from datetime import date

from generator.ledger import store
from generator.ledger.digest import digest_of
from generator.ledger.fold import fold
from generator.ledger.status import Waiting, compare
from generator.ledger.withdrawal import withdraw
from generator.model.codes import PowerCode, Stage

from .records import DEPARTMENTS, INSTRUMENTS, a_ledger, a_record, drafts, registers, sign, vet

TABLES = {"departments": DEPARTMENTS, "instruments": INSTRUMENTS}


def _compare(root, *records, tables=TABLES):
    ledger = store.read(root)
    by_code = {PowerCode(record["code"]): record for record in records}
    return compare(ledger, by_code, tables, release=fold(ledger))


def test_drafts_equal_to_the_ledger_wait_for_nothing(tmp_path):
    """A city at rest must see that it is at rest."""
    a_ledger(tmp_path)
    found = _compare(tmp_path, a_record(), a_record("HE-0001", department="health"))
    assert (found.waiting, found.deleted, found.registers) == ((), (), ())
    assert {slug: each.published for slug, each in found.departments.items()} == {
        "health": 1, "markets": 1
    }  # fmt: skip


def test_new_and_changed_drafts_wait_with_the_sign_offs_they_have(tmp_path):
    """Each office must see what lies on its own desk."""
    a_ledger(tmp_path)
    changed, new = a_record(summary="x"), a_record("MK-0002")
    sign(tmp_path, "legality", drafts(changed), "2025-02-01")
    found = _compare(tmp_path, changed, new, a_record("HE-0001", department="health"))

    assert found.departments["markets"].waiting == (
        Waiting(name="MK-0001", digest=digest_of(changed), is_new=False, stages=(Stage.LEGALITY,)),
        Waiting(name="MK-0002", digest=digest_of(new), is_new=True),
    )
    assert found.departments["markets"].published == 1, "the old version stays published"


def test_a_sign_off_of_older_content_does_not_count(tmp_path):
    """An office must not believe that it has read what it has not."""
    a_ledger(tmp_path)
    sign(tmp_path, "legality", drafts(a_record(summary="x")), "2025-02-01")
    found = _compare(tmp_path, a_record(summary="y"), a_record("HE-0001", department="health"))
    assert [each.stages for each in found.waiting] == [()]


def test_a_deleted_draft_is_told_unless_the_power_was_ended_in_the_ledger(tmp_path):
    """A row lost in a spreadsheet must not look like an abolition."""
    a_ledger(tmp_path)
    vet(tmp_path, drafts(a_record(status="abolished", status_from="2025-01-31")), "2025-02-01")
    found = _compare(tmp_path)
    assert found.deleted == ("HE-0001",)
    assert found.departments["health"].published == 1
    assert found.departments["markets"].published == 0


def test_drafts_that_still_hold_withdrawn_content_are_told(tmp_path):
    """What a court forbade must leave the working tables too."""
    a_ledger(tmp_path)
    withdraw(tmp_path, PowerCode("MK-0001"), reason="x", document="", date=date(2025, 2, 1))
    found = _compare(tmp_path, a_record(), a_record("HE-0001", department="health"))
    assert found.departments["markets"].withdrawn == ("MK-0001",)
    assert found.waiting == ()
    assert _compare(tmp_path, a_record(summary="clean")).departments["markets"].waiting[0].is_new


def test_registers_that_differ_wait_too(tmp_path):
    """A new law in the register is as little published as a new power."""
    a_ledger(tmp_path)
    more = [*INSTRUMENTS, {"id": "sea-act", "title": "Sea Act", "rank": "law"}]
    tables = {**TABLES, "instruments": more, "life_events": [], "synonyms": [{"term": "a"}]}
    sign(tmp_path, "legality", registers(instruments=more), "2025-02-01")
    [instruments, synonyms] = _compare(tmp_path, tables=tables).registers
    assert (instruments.name, instruments.is_new) == ("instruments", False)
    assert instruments.stages == (Stage.LEGALITY,)
    assert (synonyms.name, synonyms.is_new, synonyms.stages) == ("synonyms", True, ())


def test_garbled_drafts_wait_and_never_raise(tmp_path):
    """One department's slip must not hide the state of seventy others."""
    a_ledger(tmp_path)
    found = _compare(tmp_path, a_record(summary=1.5), a_record("MK-0002", department=None))
    assert [each.digest for each in found.departments["markets"].waiting] == [""]
    assert [each.name for each in found.departments[""].waiting] == ["MK-0002"]
