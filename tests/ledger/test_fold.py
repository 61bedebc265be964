"""The list as of any day, out of the same lines, in whatever order they lie."""

from __future__ import annotations

import json
import random
from datetime import date

import pytest

from generator.errors import LedgerError
from generator.ledger import store, subjects
from generator.ledger.acts import sealed
from generator.ledger.digest import digest_of
from generator.ledger.fold import fold
from generator.model.codes import PowerCode, PowerStatus
from generator.model.release import VersionMark

from .records import (
    DEPARTMENTS,
    INSTRUMENTS,
    a_ledger,
    a_record,
    drafts,
    registers,
    release,
    sign,
    vet,
)

CODE = PowerCode("MK-0001")


def test_an_earlier_day_gives_that_days_list(tmp_path):
    """A journalist must be able to show what the list said when it was quoted."""
    a_ledger(tmp_path, "2025-01-10")
    vet(tmp_path, drafts(a_record(summary="second"), a_record("MK-0002")), "2025-02-01")
    gone = a_record(summary="second", status="abolished", status_from="2025-03-01")
    vet(tmp_path, drafts(gone), "2025-03-01")

    def told(day):
        return {
            code: (version.power.summary, version.power.status)
            for code, version in release(tmp_path, day).powers.items()
        }

    plain = ("", PowerStatus.ACTIVE)
    assert told("2025-01-09") == {}
    assert told("2025-01-10") == told("2025-01-31") == {"HE-0001": plain, "MK-0001": plain}
    second = {"HE-0001": plain, "MK-0001": ("second", PowerStatus.ACTIVE), "MK-0002": plain}
    assert told("2025-02-01") == second
    assert told("") == {**second, "MK-0001": ("second", PowerStatus.ABOLISHED)}
    assert list(told("")) == sorted(told("")), "powers stand in the order of their codes"


def test_a_version_knows_its_own_history_and_a_release_its_own_date(tmp_path):
    """A page says when its record last changed, not when the city last built."""
    a_ledger(tmp_path, "2025-01-10")
    vet(tmp_path, drafts(a_record(summary="second")), "2025-02-01")
    found = release(tmp_path)

    assert (found.date, found.as_of) == (date(2025, 2, 1), date(2025, 2, 1))
    version = found.powers[CODE]
    assert (version.first_vetted_on, version.vetted_on) == (date(2025, 1, 10), date(2025, 2, 1))
    owner = version.power.department
    assert version.history == (
        VersionMark(vetted_on=date(2025, 1, 10), digest=digest_of(a_record()), department=owner),
        VersionMark(
            vetted_on=date(2025, 2, 1),
            digest=digest_of(a_record(summary="second")),
            department=owner,
            changed=("summary",),
        ),
    )
    assert found.powers[PowerCode("HE-0001")].vetted_on == date(2025, 1, 10)

    early = release(tmp_path, "2025-01-31")
    assert (early.date, early.as_of) == (date(2025, 1, 10), date(2025, 1, 31))
    assert len(early.powers[CODE].history) == 1
    assert early.digest != found.digest
    assert early.editions["departments"].digest == digest_of(DEPARTMENTS)


def test_pending_sign_offs_change_nothing_in_a_release(tmp_path):
    """An edited draft must change no published byte until both sign-offs stand."""
    a_ledger(tmp_path)
    before = release(tmp_path)
    sign(tmp_path, "legality", drafts(a_record(summary="next"), a_record("MK-0009")), "2025-02-01")
    assert release(tmp_path) == before


def test_registers_of_the_day_are_used_and_keep_their_order(tmp_path):
    """A department renamed in June was not yet renamed in May."""
    vet(tmp_path, registers(), "2025-01-01")
    vet(tmp_path, drafts(a_record()), "2025-01-10")
    renamed = [{**DEPARTMENTS[0], "name": "Trade Office"}, *DEPARTMENTS[:0:-1]]
    vet(tmp_path, [subjects.register("departments", renamed)], "2025-06-01")

    names = [department.name for department in release(tmp_path, "2025-05-31").departments.values()]
    assert names == ["Market Office", "Health Office", "Transport Office"]
    names = [department.name for department in release(tmp_path).departments.values()]
    assert names == ["Trade Office", "Transport Office", "Health Office"]
    assert list(release(tmp_path).instruments) == ["food-act", "road-act"]


def test_life_events_and_synonyms_come_from_their_registers(tmp_path):
    """A link to a power that is not published would lead nowhere."""
    a_ledger(tmp_path)
    members = [
        {"life_event": "open-shop", "power": "MK-0001", "after": ["MK-0404"]},
        {"life_event": "open-shop", "power": "MK-0404"},
    ]
    tables = [
        subjects.register("life_event_powers", members),
        subjects.register("life_events", [{"slug": "open-shop", "name": "Open a shop"}]),
        subjects.register("synonyms", [{"term": "shop", "target": "Licence"}]),
    ]
    assert vet(tmp_path, tables, "2025-02-01").appended == (
        "life_events", "life_event_powers", "synonyms"
    )  # fmt: skip
    found = release(tmp_path)
    [event] = found.life_events.values()
    assert [(each.power, each.after) for each in event.powers] == [("MK-0001", ())]
    assert [each.term for each in found.synonyms] == ["shop"]
    assert release(tmp_path, "2025-01-31").life_events == {}

    vet(tmp_path, [subjects.register("synonyms", [])], "2025-03-01")
    assert release(tmp_path).synonyms == (), "an emptied register is an edition like any other"


def test_life_event_powers_wait_for_their_life_events(tmp_path):
    """A step of a life event that nobody has signed must not appear."""
    rows = [{"life_event": "open-shop", "power": "MK-0001"}]
    table = [subjects.register("life_event_powers", rows)]
    sign(tmp_path, "legality", table, "2025-02-01")
    [refusal] = sign(tmp_path, "format", table, "2025-02-01").refused
    assert "sign the register life_events first" in refusal.reason


def test_a_release_does_not_depend_on_the_order_of_lines_from_different_days(tmp_path):
    """Two offices that merge in another order must get the same city, byte for byte."""
    a_ledger(tmp_path)
    for day in range(1, 9):
        record = a_record(summary=f"version {day}")
        more = a_record(f"MK-01{day:02}")
        vet(tmp_path, drafts(record, more), f"2025-02-{day:02}")
        vet(
            tmp_path,
            registers([*DEPARTMENTS, {**DEPARTMENTS[0], "slug": f"d{day}"}]),
            f"2025-02-{day:02}",
        )
    expected = {day: release(tmp_path, day) for day in ("", "2025-02-04")}
    for seed in range(5):
        for path in tmp_path.glob("*.jsonl"):
            lines = path.read_bytes().splitlines(keepends=True)
            random.Random(seed).shuffle(lines)
            path.write_bytes(b"".join(lines))
        assert {day: release(tmp_path, day) for day in expected} == expected


def _without(root, table):
    path = root / "registers.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(line for line in lines if json.loads(line)["table"] != table))


@pytest.mark.parametrize("table, key", [("departments", "health"), ("instruments", "food-act")])
def test_a_power_without_its_register_stops_the_fold_and_is_named(tmp_path, table, key):
    """A page without its department would be worse than the old page."""
    a_ledger(tmp_path)
    _without(tmp_path, table)
    with pytest.raises(LedgerError) as caught:
        release(tmp_path)
    assert f"rests on {key}" in str(caught.value)
    assert "line 1: HE-0001" in str(caught.value)


def test_a_row_that_a_merged_edition_lacks_is_carried_over_from_the_last_that_has_it(tmp_path):
    """Two departments' editions, signed apart and merged, must not stop the city's build."""
    a_ledger(tmp_path)
    before = release(tmp_path)
    members = json.loads((tmp_path / "registers.jsonl").read_bytes().splitlines()[0])
    fewer = {**members, "rows": DEPARTMENTS[1:], "digest": digest_of(DEPARTMENTS[1:])}
    fewer["vetted_on"] = "2025-02-01"
    for each in fewer["sign_offs"]:
        each["date"] = "2025-02-01"
    del fewer["line_digest"]
    with (tmp_path / "registers.jsonl").open("ab") as file:
        file.write(sealed(fewer))

    found = release(tmp_path)
    assert list(found.departments) == ["health", "transport", "markets"]
    assert found.departments["markets"] == before.departments["markets"]


def test_the_release_is_the_same_object_for_the_same_lines(tmp_path):
    """Same ledger, same bytes, on any machine."""
    a_ledger(tmp_path / "one")
    a_ledger(tmp_path / "two")
    assert release(tmp_path / "one") == release(tmp_path / "two")
    assert release(tmp_path / "one").digest == release(tmp_path / "two").digest


def test_every_field_of_a_record_comes_through_the_ledger(tmp_path):
    """What was signed is what is shown."""
    record = a_record(
        materials=[{"seq": 1, "name": "Form", "required": False, "copies": 2}],
        statutory_limit=20,
        statutory_unit="working_day",
        moves=[{"source": "a", "target": "a", "condition": "again"}],
        fees=[{"seq": 1, "name": "Stamp"}],
        penalties=[{"seq": 1, "conduct": "None"}],
        responsibilities=[{"seq": 1, "duty": "Check"}],
    )
    vet(tmp_path, [*registers(), *drafts(record)], "2025-01-01")
    from generator.sources import decode, encode

    power = release(tmp_path).powers[CODE].power
    assert encode.record(power) == record
    assert power == decode.power(record)


def test_the_city_is_part_of_the_release(tmp_path):
    """A province will hold many cities by the same code."""
    a_ledger(tmp_path)
    assert fold(store.read(tmp_path), city="handan").city == "handan"
    assert len(INSTRUMENTS) == len(release(tmp_path).instruments)
