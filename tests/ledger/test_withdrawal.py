"""What is withdrawn is gone from every byte and every day; a tombstone stays."""

from __future__ import annotations

import json
import shutil
from datetime import date

import pytest

from generator.errors import ConfigError, LedgerError
from generator.ledger import store
from generator.ledger.digest import digest_of
from generator.ledger.withdrawal import WithdrawalOutcome, withdraw
from generator.model.codes import PowerCode
from generator.model.release import Withdrawal

from .records import a_ledger, a_record, drafts, every_byte, release, sign, vet

CODE = PowerCode("MK-0001")
SECRET = "李雷130401199001010011"


def _withdraw(root, day="2025-03-01", reason="Court order", document="No. 7"):
    when = date.fromisoformat(day)
    return withdraw(root, CODE, reason=reason, document=document, date=when)


def _leak(root):
    """Return a ledger in which a power's three versions, one moved, hold personal data."""
    a_ledger(root)
    vet(root, drafts(a_record(summary=SECRET)), "2025-01-20")
    vet(root, drafts(a_record(department="health", place=SECRET)), "2025-02-01")
    draft = a_record(department="health", place=SECRET, summary="next")
    sign(root, "legality", drafts(draft), "2025-02-10")
    return root


def test_no_byte_of_the_content_is_left_in_the_ledger(tmp_path):
    """A person whose data leaked must be able to rely on its removal."""
    root = _leak(tmp_path / "vetted")
    (root / ".markets.jsonl.new").write_text(SECRET)  # what a killed command may leave
    assert SECRET.encode() in every_byte(root)

    assert _withdraw(root) == WithdrawalOutcome(versions=3, pending=1)

    left = every_byte(root)
    assert SECRET.encode() not in left
    assert SECRET.encode("unicode_escape") not in left
    assert a_record()["name"].encode() not in left
    pending = (root / "pending" / "health.jsonl").read_bytes()
    assert b"MK-0001" not in pending
    store.read(root, thorough=True)


def test_a_tombstone_keeps_who_signed_when_and_why_it_went(tmp_path):
    """That something was published and removed is itself public."""
    root = a_ledger(tmp_path / "vetted")
    before = json.loads((root / "markets.jsonl").read_bytes())
    _withdraw(root)
    after = json.loads((root / "markets.jsonl").read_bytes())

    del before["record"]
    assert after.pop("withdrawn") == {
        "reason": "Court order", "document": "No. 7", "date": "2025-03-01"
    }  # fmt: skip
    assert after.pop("line_digest") != before.pop("line_digest")
    assert after == before
    assert after["digest"] == digest_of(a_record())


@pytest.mark.parametrize("as_of", ["", "2025-01-10", "2025-02-28", "2025-03-01", "2025-12-31"])
def test_a_withdrawn_record_is_in_no_release_of_any_day(tmp_path, as_of):
    """A list "as it was" would otherwise publish again what a court forbade."""
    root = _leak(tmp_path / "vetted")
    _withdraw(root)
    found = release(root, as_of)
    assert set(found.powers) == {"HE-0001"}
    [tombstone] = found.withdrawals
    assert tombstone == Withdrawal(
        code=CODE,
        department=tombstone.department,
        reason="Court order",
        document="No. 7",
        date=date(2025, 3, 1),
    )
    assert tombstone.department == ("markets" if as_of == "2025-01-10" else "health")


def test_a_day_before_the_record_existed_knows_no_tombstone(tmp_path):
    """An address that was never published needs no grave."""
    root = a_ledger(tmp_path / "vetted")
    _withdraw(root)
    assert release(root, "2025-01-09").withdrawals == ()


def test_the_releases_date_is_that_of_a_withdrawal_after_the_last_sign_off(tmp_path):
    """Readers must see that the list has changed."""
    root = a_ledger(tmp_path / "vetted")
    signed = release(root)
    _withdraw(root)
    withdrawn = release(root)
    assert (signed.date, withdrawn.date) == (date(2025, 1, 10), date(2025, 3, 1))
    assert signed.digest != withdrawn.digest


def test_withdrawn_content_can_never_be_signed_again(tmp_path):
    """An office that signs everything at once must not publish it anew."""
    root = a_ledger(tmp_path / "vetted")
    _withdraw(root)
    for stage in ("legality", "format"):
        [refusal] = sign(root, stage, drafts(a_record()), "2025-06-01").refused
        assert "withdrawn on 2025-03-01" in refusal.reason


def test_a_corrected_record_is_published_from_the_day_after_the_withdrawal(tmp_path):
    """Removing personal data must not remove the power from the list for good."""
    root = a_ledger(tmp_path / "vetted")
    _withdraw(root)
    clean = drafts(a_record(summary="clean"))
    [refusal] = sign(root, "legality", clean, "2025-03-01").refused
    assert "2025-03-02" in refusal.reason

    vet(root, clean, "2025-03-02")
    found = release(root)
    assert found.powers[CODE].power.summary == "clean"
    assert found.withdrawals == ()
    assert len(found.powers[CODE].history) == 2
    earlier = release(root, "2025-03-01")
    assert CODE not in earlier.powers
    assert [each.code for each in earlier.withdrawals] == [CODE]


def test_a_withdrawal_can_be_repeated_and_keeps_its_first_tombstone(tmp_path):
    """A nervous second press of the key must not rewrite history."""
    root = a_ledger(tmp_path / "vetted")
    _withdraw(root)
    before = every_byte(root)
    assert _withdraw(root, "2025-04-01", "other") == WithdrawalOutcome(versions=0, pending=0)
    assert every_byte(root) == before


def test_content_that_a_merge_brought_back_stops_the_build_until_withdrawn_again(tmp_path):
    """A colleague's older branch must not put the leak back online."""
    root = _leak(tmp_path / "vetted")
    old = {path: path.read_bytes() for path in root.glob("*.jsonl")}
    _withdraw(root)
    for path, raw in old.items():  # what `merge=union` makes of both sides
        new = path.read_bytes()
        lines = dict.fromkeys(new.splitlines(True) + raw.splitlines(True))
        path.write_bytes(b"".join(lines))

    with pytest.raises(LedgerError, match="daylight withdraw MK-0001") as caught:
        store.read(root)
    assert "line" in str(caught.value)
    with pytest.raises(LedgerError):
        sign(root, "legality", drafts(a_record("MK-0002")), "2025-04-01")

    _withdraw(root)
    assert SECRET.encode() not in every_byte(root)
    assert len((root / "markets.jsonl").read_bytes().splitlines()) == 2
    store.read(root, thorough=True)


def test_a_stopped_withdrawal_of_a_power_that_moved_is_finished_by_the_next(tmp_path):
    """Half a removal is none: the build must stop until it is whole."""
    root = _leak(tmp_path / "vetted")
    saved = shutil.copy(root / "markets.jsonl", tmp_path)
    _withdraw(root)
    shutil.copy(saved, root / "markets.jsonl")  # as if killed between the two files
    with pytest.raises(LedgerError, match="withdrawn on 2025-03-01"):
        store.read(root)
    _withdraw(root)
    assert SECRET.encode() not in every_byte(root)


def test_an_unknown_code_or_an_empty_reason_withdraws_nothing(tmp_path):
    """A slip of the finger must not bury another department's power."""
    root = a_ledger(tmp_path / "vetted")
    before = every_byte(root)
    with pytest.raises(ConfigError, match="did you mean MK-0001"):
        withdraw(root, PowerCode("MK-001"), reason="x", document="", date=date(2025, 3, 1))
    with pytest.raises(ConfigError, match="--reason"):
        _withdraw(root, reason=" ")
    assert every_byte(root) == before + str(root / ".lock").encode() or every_byte(root) == before
