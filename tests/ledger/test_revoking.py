"""What is revoked counts no more from a day on; nothing is erased, and the past stays as it was."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.errors import ConfigError, LedgerError
from generator.ledger import signatures, store
from generator.ledger.faults import ENGLISH
from generator.ledger.fold import fold
from generator.ledger.revoking import Revoked, Wish, revoke
from generator.ledger.subjects import register
from generator.ledger.trust import NOBODY, Trust
from generator.ledger.withdrawal import withdraw
from generator.model.codes import PowerCode, Stage

from .keys import Keys, rewrite_last
from .records import (
    DEPARTMENTS,
    FORMAT,
    LEGAL,
    a_ledger,
    a_record,
    drafts,
    every_byte,
    registers,
    sign,
    vet,
)

CODE = PowerCode("MK-0001")
FIRST, SECOND, THIRD, LATER = "2025-01-10", "2025-02-01", "2025-03-01", "2025-04-01"
NEW = a_record(summary="new")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A ledger in which a power has two versions."""
    a_ledger(tmp_path / "vetted", FIRST)
    vet(tmp_path / "vetted", drafts(NEW), SECOND)
    return tmp_path / "vetted"


def take_out(root: Path, day: str = THIRD, subject: str = CODE, **more: Any) -> Revoked:
    """Revoke as the legality office does; `more` goes to the wish, or to the command."""
    stage = more.pop("stage", Stage.LEGALITY)
    wish = Wish(
        subject=subject,
        stage=stage,
        office=LEGAL if stage is Stage.LEGALITY else FORMAT,
        reason=more.pop("reason", "its basis was repealed"),
        date=date.fromisoformat(day),
        is_register=more.pop("is_register", False),
        version=more.pop("version", False),
    )
    return revoke(root, wish, **more)


def summary(root: Path, as_of: str = "", trust: Trust = NOBODY) -> str | None:
    """Return the summary of the power as published on a day; None if it is not."""
    day = date.fromisoformat(as_of) if as_of else None
    version = fold(store.read(root, thorough=True, trust=trust), as_of=day).powers.get(CODE)
    return version.power.summary if version else None


def test_the_version_before_applies_again_from_the_day_on(root: Path):
    """A reader must meet the last version that an office still stands behind."""
    done = take_out(root)

    assert (done.pending, done.applies_again) == (False, date(2025, 1, 10))
    assert summary(root) == ""
    assert summary(root, THIRD) == ""


def test_the_list_of_an_earlier_day_stays_as_it_was(root: Path):
    """What a city said on a day, and people acted upon, must remain to be seen."""
    before = summary(root, "2025-02-28")

    take_out(root)

    assert summary(root, "2025-02-28") == before == "new"
    assert summary(root, FIRST) == ""


def test_not_a_byte_of_the_ledger_is_erased(root: Path):
    """Revoking must be an act on record, not a way to make one vanish."""
    before = (root / "markets.jsonl").read_bytes()

    take_out(root, reason="废止依据")

    after = (root / "markets.jsonl").read_bytes()
    assert after.startswith(before)
    assert after.count(b"\n") == before.count(b"\n") + 1
    act = store.read(root).revocations[0]
    assert (act.office, act.reason, act.date) == (LEGAL, "废止依据", date(2025, 3, 1))


def test_without_a_version_before_the_address_tells_why_the_power_is_gone(root: Path):
    """An address once published never dies."""
    take_out(root)
    take_out(root, LATER, reason="never had a basis")

    release = fold(store.read(root))

    assert CODE not in release.powers
    assert [(gone.code, gone.reason) for gone in release.withdrawals] == [
        (CODE, "never had a basis")
    ]
    assert release.date == date(2025, 4, 1)
    assert summary(root, SECOND) == "new"


def test_a_revoked_content_can_be_signed_again_on_a_later_day(root: Path):
    """An office that erred in revoking must be able to stand behind the record again."""
    take_out(root)
    assert "was revoked" in sign(root, "legality", drafts(NEW), "2025-02-15").refused[0].reason

    vet(root, drafts(NEW), LATER)

    assert [summary(root, day) for day in (SECOND, THIRD, LATER)] == ["new", "", "new"]


def test_a_pending_sign_off_comes_first_and_opens_no_second_stage_any_more(root: Path):
    """A reviewer who changes his mind must be able to stop what is under way."""
    draft = drafts(a_record(summary="newest"))
    sign(root, "legality", draft, THIRD)
    before = (root / "pending" / "markets.jsonl").read_bytes()

    done = take_out(root, LATER)

    assert (done.pending, done.applies_again) == (True, None)
    assert (root / "pending" / "markets.jsonl").read_bytes().startswith(before)
    assert "no legality sign-off" in sign(root, "format", draft, LATER).refused[0].reason
    assert summary(root) == "new"


def test_the_version_can_be_meant_although_a_sign_off_is_pending(root: Path):
    """What is published must be stoppable at once, whatever is under way."""
    sign(root, "legality", drafts(a_record(summary="newest")), THIRD)

    assert take_out(root, LATER, version=True).pending is False
    assert summary(root) == ""


def test_the_other_office_may_revoke_the_version_too(root: Path):
    """Both offices stand behind a version; it stands no more when one steps back."""
    take_out(root, stage=Stage.FORMAT)

    assert summary(root) == ""


def test_a_register_goes_back_to_its_edition_before(root: Path):
    """A wrong register must be put right like a wrong record."""
    renamed = [{**DEPARTMENTS[0], "name": "Wrong Office"}, *DEPARTMENTS[1:]]
    vet(root, [register("departments", renamed)], THIRD)

    take_out(root, LATER, "departments", is_register=True)

    names = [
        fold(store.read(root), as_of=date.fromisoformat(day)).departments["markets"].name
        for day in (SECOND, THIRD, LATER)
    ]
    assert names == ["Market Office", "Wrong Office", "Market Office"]


def test_a_row_that_only_the_revoked_edition_held_stays_while_a_power_rests_on_it(root: Path):
    """Revoking a register must not break the powers of a department, nor the build."""
    added = [*DEPARTMENTS, {"slug": "parks", "name": "Parks Office", "status": "active"}]
    record = a_record("PA-0001", department="parks")
    vet(root, [register("departments", added), *drafts(record)], THIRD)

    take_out(root, LATER, "departments", is_register=True)

    release = fold(store.read(root))
    assert "PA-0001" in release.powers
    assert release.departments["parks"].name == "Parks Office"


def test_a_dry_run_writes_nothing(root: Path):
    """One must be able to ask first."""
    before = every_byte(root)

    assert take_out(root, dry_run=True).applies_again == date(2025, 1, 10)
    assert every_byte(root) == before


@pytest.mark.parametrize(
    "wish, words",
    [
        pytest.param({"subject": "MK-9999"}, "no vetted version", id="unknown"),
        pytest.param({"day": "2025-01-31"}, "--date", id="before-it-was-signed"),
        pytest.param({"reason": " "}, "--reason", id="no-reason"),
    ],
)
def test_what_cannot_be_revoked_is_told_and_writes_nothing(root: Path, wish, words: str):
    """A line that takes nothing out must not be left in the ledger."""
    before = every_byte(root)

    with pytest.raises(ConfigError, match=words):
        take_out(root, **wish)

    assert every_byte(root) == before


def test_a_withdrawal_outranks_a_revocation(root: Path):
    """Leaked data must go from a revoked version as from any other."""
    take_out(root)

    withdraw(root, CODE, reason="Court order", document="No. 7", date=date(2025, 4, 1))

    release = fold(store.read(root))
    assert b'"new"' not in every_byte(root)
    assert [gone.reason for gone in release.withdrawals] == ["Court order"]


def test_a_changed_revocation_is_a_broken_ledger(root: Path):
    """A revocation must be as hard to falsify as what it revokes."""
    take_out(root)
    path = root / "markets.jsonl"
    path.write_bytes(path.read_bytes().replace(b"was repealed", b"was restored"))

    with pytest.raises(LedgerError, match="line 3"):
        store.read(root)


def test_lines_of_a_merge_in_another_order_say_the_same(root: Path):
    """Two clerks work on two branches; what is published must not depend on who merged."""
    take_out(root)
    path = root / "markets.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    before = fold(store.read(root)).digest
    path.write_bytes(b"".join(reversed(lines)))

    assert fold(store.read(root)).digest == before


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> Keys:
    return Keys.make(tmp_path_factory.mktemp("keys") / "of-offices")


@pytest.fixture
def trust(keys: Keys) -> Trust:
    """The trust of a city that names the key of its legality office."""
    return Trust(reviewers=(keys.reviewer("legality"),))


@pytest.fixture
def signed(tmp_path: Path, keys: Keys) -> Path:
    """A ledger in which a power has two versions, signed with keys."""
    keys.vet(tmp_path / "vetted", [*registers(), *drafts(a_record())], FIRST)
    keys.vet(tmp_path / "vetted", drafts(NEW), SECOND)
    return tmp_path / "vetted"


def test_a_signed_revocation_counts(signed: Path, keys: Keys, trust: Trust):
    """The office must be able to revoke at all."""
    signer = signatures.signer(keys.of["legality"].path, ENGLISH)

    take_out(signed, trust=trust, signer=signer)

    assert summary(signed, trust=trust) == ""
    assert store.read(signed, trust=trust).uncounted == ()


def test_without_the_offices_key_nothing_is_written(signed: Path, keys: Keys, trust: Trust):
    """Whoever can write to the files must not be able to take powers off the list."""
    before = every_byte(signed)
    for signer in (None, signatures.signer(keys.stranger.path, ENGLISH)):
        with pytest.raises(ConfigError, match="--key"):
            take_out(signed, trust=trust, signer=signer)

    assert every_byte(signed) == before


@pytest.mark.parametrize("forged", ["unsigned", "other-reason"])
def test_a_forged_revocation_takes_nothing_out(signed: Path, keys: Keys, trust: Trust, forged: str):
    """A power must not vanish by a line that its reviewer never wrote."""
    signer = signatures.signer(keys.of["legality"].path, ENGLISH)
    take_out(signed, signer=None if forged == "unsigned" else signer)
    if forged == "other-reason":
        rewrite_last(signed / "markets.jsonl", lambda line: line["revoked"].update(reason="other"))

    ledger = store.read(signed, trust=trust)

    assert summary(signed, trust=trust) == "new"
    assert [line.place.line for line in ledger.uncounted] == [3]


def test_a_revoked_sign_off_counts_in_no_version_made_of_it_elsewhere(root: Path):
    """Legal review takes its sign-off back while the other office signs on another branch."""
    newer = a_record(summary="newer")
    sign(root, "legality", drafts(newer), THIRD)
    pending = (root / "pending" / "markets.jsonl").read_bytes()
    take_out(root, THIRD)
    revoked = (root / "pending" / "markets.jsonl").read_bytes()
    (root / "pending" / "markets.jsonl").write_bytes(pending)
    sign(root, "format", drafts(newer), LATER)

    (root / "pending" / "markets.jsonl").write_bytes(revoked.replace(pending, b""))

    release = fold(store.read(root))
    assert release.powers[CODE].power.summary == "new"
