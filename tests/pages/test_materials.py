"""One list of what to bring: each thing once, enough of it for every office."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from generator.model.power import Material
from generator.pages.materials import merge


def _power(name: str, *materials: Material) -> Any:
    return SimpleNamespace(code=name, name=name, materials=materials)


def _thing(name: str, form: str, copies: int | None = 1, **more: Any) -> Material:
    return Material(seq=1, name=name, form=form, copies=copies, required=True, **more)


def test_copies_add_up_and_a_shown_original_is_one() -> None:
    """Two offices keep a copy each; one identity card is shown to both."""
    asking = [
        (_power("A", _thing("身份证", "original_and_copy", 2)), False),
        (_power("B", _thing("身份证 ", "original_and_copy")), False),
        (_power("C", _thing("身份证", "original_and_copy", 9)), True),
    ]

    (found,) = merge(asking)

    assert (found.originals, found.copies, found.electronic) == (1, 3, False)
    assert [each.name for each in found.asked] == ["A", "B", "C"]
    assert [each.certain for each in found.asked] == [True, True, False]


def test_what_only_some_need_is_counted_for_all_who_ask() -> None:
    """Who does need it must not come back for a second sheet."""
    asking = [(_power(name, _thing("授权书", "original")), True) for name in "AB"]

    (found,) = merge(asking)

    assert (found.always, found.originals) == (False, 2)


def test_what_one_office_fetches_is_not_counted_for_it() -> None:
    """The office that fetches the licence wants no copy; the other does."""
    fetched = _thing("营业执照", "electronic", source="shared")

    (found,) = merge(
        [(_power("A", fetched), False), (_power("B", _thing("营业执照", "copy")), False)]
    )

    assert (found.shared, found.copies, found.electronic) == (False, 1, False)


def test_the_same_thing_typed_otherwise_is_one_and_another_is_not() -> None:
    """Full-width brackets make no other paper; other words in them do."""
    names = ["合同（租房的提交）", "合同(租房的提交)", "合同（买房的提交）"]

    found = merge([(_power(str(n), _thing(name, "copy")), False) for n, name in enumerate(names)])

    assert [len(each.asked) for each in found] == [2, 1]
