"""Blank forms are part of what is signed: the page offers the very bytes that were vetted."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from pathlib import Path
from urllib.parse import urljoin

import pytest

from generator.errors import LedgerError
from generator.ledger import withdrawal
from generator.model.codes import PowerCode
from generator.pages import urls
from tests.publication.city import City

FORM = "forms/application.txt"
FIRST, SECOND = b"Name: ________\n", b"Name: ________ Date: ________\n"
DAY, LATER = date(2026, 3, 2), date(2026, 4, 1)


@pytest.fixture
def city(tmp_path: Path) -> City:
    """An English city whose first power with materials names a form."""
    return City.copy("en", tmp_path / "city")


def _name_form(city: City, content: bytes) -> PowerCode:
    """Let a material name a form of that content; return its power's code."""
    path = city.config.files / FORM
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    with city.table("materials") as rows:
        rows[0]["blank_form"] = FORM
        return PowerCode(rows[0]["power"])


def _address(content: bytes) -> str:
    return urls.attachment(hashlib.sha256(content).hexdigest(), "application.txt")


def _page(city: City, code: PowerCode) -> str:
    return (city.output / urls.file_of(urls.power(code))).read_text("utf-8")


def test_the_page_leads_to_the_form_as_it_was_vetted(city: City) -> None:
    """Who prints the form at home must not be sent away at the counter."""
    code = _name_form(city, FIRST)
    city.vet_and_sign(code, day=DAY)
    city.build()

    page = _page(city, code)
    (link,) = re.findall(r'<a class="file" href="([^"]+)"', page)
    assert urljoin(urls.power(code), link) == _address(FIRST)
    assert (city.output / _address(FIRST)).read_bytes() == FIRST
    table = (city.output / "data" / "materials.csv").read_text("utf-8-sig")
    assert hashlib.sha256(FIRST).hexdigest() in table


def test_a_form_that_is_changed_waits_for_new_sign_offs(city: City) -> None:
    """Nobody may exchange a form behind the back of those who vetted it."""
    code = _name_form(city, FIRST)
    city.vet_and_sign(code, day=DAY)
    _name_form(city, SECOND)

    report = city.build()

    assert code in report.waiting
    assert (city.output / _address(FIRST)).read_bytes() == FIRST
    assert not (city.output / _address(SECOND)).exists()


def test_a_form_keeps_its_address_after_the_next_one(city: City) -> None:
    """A link to a form in a newspaper must not die."""
    code = _name_form(city, FIRST)
    city.vet_and_sign(code, day=DAY)
    _name_form(city, SECOND)
    city.vet_and_sign(code, day=LATER)
    city.build()

    assert (city.output / _address(FIRST)).read_bytes() == FIRST
    assert (city.output / _address(SECOND)).read_bytes() == SECOND
    assert _address(SECOND).split("/")[1] in _page(city, code)
    assert _address(FIRST).split("/")[1] not in _page(city, code)


def test_a_form_is_published_though_its_draft_is_gone(city: City) -> None:
    """The ledger holds all that is published."""
    code = _name_form(city, FIRST)
    city.vet_and_sign(code, day=DAY)
    (city.config.files / FORM).unlink()

    report = city.build()

    assert code in report.refused
    assert (city.output / _address(FIRST)).read_bytes() == FIRST


def test_a_withdrawn_record_takes_its_forms_along(city: City) -> None:
    """A sample with a person's data must be gone from ledger and site."""
    code = _name_form(city, FIRST)
    city.vet_and_sign(code, day=DAY)
    city.build()

    reason = {"reason": "Court order", "document": "No. 7", "date": LATER}
    outcome = withdrawal.withdraw(city.config.vetted, code, **reason)  # type: ignore[arg-type]
    city.build(as_of=LATER)

    assert outcome.files == 1
    assert not list((city.config.vetted / "files").iterdir())
    assert not (city.output / _address(FIRST)).exists()


def test_a_form_that_two_records_name_stays_for_the_other(city: City) -> None:
    """One withdrawal must not break another department's page."""
    code = _name_form(city, FIRST)
    with city.table("materials") as rows:
        other = next(row for row in rows if row["power"] != code)
        other["blank_form"] = FORM
    city.vet_and_sign(code, other["power"], day=DAY)

    outcome = withdrawal.withdraw(
        city.config.vetted, code, reason="Court order", document="No. 7", date=LATER
    )
    city.build(as_of=LATER)

    assert outcome.files == 0
    assert (city.output / _address(FIRST)).read_bytes() == FIRST


@pytest.mark.parametrize("damage", ["altered", "missing"])
def test_a_vetted_form_that_was_tampered_with_stops_the_build(city: City, damage: str) -> None:
    """What was signed and what is published must be the same bytes."""
    code = _name_form(city, FIRST)
    city.vet_and_sign(code, day=DAY)
    (kept,) = (city.config.vetted / "files").iterdir()
    kept.write_bytes(SECOND) if damage == "altered" else kept.unlink()

    with pytest.raises(LedgerError, match=re.escape(f"vetted/files/{kept.name}")):
        city.build()
