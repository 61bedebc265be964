"""Codes with check digits: published examples pass, and any single slip is noticed."""

from __future__ import annotations

from datetime import date

import pytest

from generator.vetting import numbers
from generator.vetting.persons import is_identity_number

CREDIT_CODES = (
    "115113010833722043",
    "11511301MB1549994W",
    "1151130100877844X4",
    "12441500196720244T",
)
"""Public bodies' codes on published service lists (letters, digits and X as check digits)."""

IDENTITY = "11010519491231002X"
"""The example of GB 11643-1999 itself."""


@pytest.mark.parametrize("code", CREDIT_CODES)
def test_published_credit_codes_pass_and_their_slips_do_not(code: str) -> None:
    """A body whose code is right must not be told that it is wrong."""
    assert numbers.has_credit_form(code) and numbers.credit_check(code) == code[17]
    for place in range(17):
        other = "1" if code[place] != "1" else "2"
        slip = code[:place] + other + code[place + 1 :]
        assert numbers.credit_check(slip) != code[17]


@pytest.mark.parametrize("code", ["TE5116020105116050", "1151130100877844x4", "11511301083372204"])
def test_placeholders_and_small_letters_are_no_credit_codes(code: str) -> None:
    """Two such codes stood in a real district's list; nobody could have looked them up."""
    assert not numbers.has_credit_form(code) or numbers.credit_check(code) != code[17]


def test_the_example_of_the_standard_is_an_identity_number_and_its_slips_are_none() -> None:
    """A check that lets nothing pass, or everything, protects nobody."""
    day = date(2026, 1, 1)

    assert is_identity_number(IDENTITY, day)
    assert not is_identity_number(IDENTITY, date(1949, 12, 30))  # not born yet
    assert not any(is_identity_number(IDENTITY[:17] + check, day) for check in "0123456789")
    assert not is_identity_number("99" + IDENTITY[2:], day)


def test_a_basic_code_comes_apart() -> None:
    """The parts are those under which a district published its items."""
    found = numbers.basic_code("511Z07001006")

    assert found is not None and not found.is_main
    assert (found.region, found.kind, found.department, found.main, found.sub) == (
        "51", "1Z", "07", "001", "006",
    )  # fmt: skip
    assert numbers.basic_code("511Z0700100") is None
    assert numbers.basic_code("HD31-XK-0001") is None
