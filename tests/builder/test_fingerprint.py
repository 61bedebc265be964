from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum, StrEnum
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.builder import fingerprint


class Kind(StrEnum):
    LICENSING = "licensing"


class Colour(Enum):
    RED = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    name: str
    limit: int | None = None


@dataclass(frozen=True)
class OtherStep:
    name: str
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Single:
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    title: str
    day: date
    kind: Kind
    steps: tuple[Step, ...]
    labels: Mapping[str, str]


def a_page(**changes: object) -> Page:
    values: dict[str, object] = {
        "title": "食品经营许可",
        "day": date(2025, 4, 19),
        "kind": Kind.LICENSING,
        "steps": (Step(name="受理", limit=5), Step(name="决定")),
        "labels": {"a": "1", "b": "2"},
    }
    return Page(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"title": "食品经营许可 "}, id="text"),
        pytest.param({"day": date(2025, 4, 20)}, id="day"),
        pytest.param({"steps": (Step(name="受理", limit=6), Step(name="决定"))}, id="nested"),
        pytest.param({"steps": (Step(name="决定"), Step(name="受理", limit=5))}, id="order"),
        pytest.param({"steps": (Step(name="受理", limit=5),)}, id="one-less"),
        pytest.param({"labels": {"a": "1", "b": "2", "c": ""}}, id="mapping"),
        pytest.param({"labels": {"a": "2", "b": "1"}}, id="values-swapped"),
    ],
)
def test_any_change_in_a_page_changes_its_fingerprint(changes: dict[str, object]) -> None:
    """A reader must never see an old page because a change went unnoticed."""
    assert fingerprint.of(a_page(**changes)) != fingerprint.of(a_page())


def test_equal_pages_have_equal_fingerprints_whatever_the_order_of_a_mapping() -> None:
    """CI would rewrite the whole city on each run."""
    turned = a_page(labels=MappingProxyType({"b": "2", "a": "1"}))

    assert fingerprint.of(turned) == fingerprint.of(a_page())
    assert fingerprint.canonical(turned) == fingerprint.canonical(a_page())


def test_values_that_only_look_alike_differ() -> None:
    """A page that swapped one kind of value for another would not be made again."""
    alike: list[list[object]] = [
        ["1", 1, 1.0, True, b"1", Single("1"), ("1",), {"1": "1"}, None, "null", Colour.RED],
        [date(2025, 4, 19), "2025-04-19", datetime(2025, 4, 19)],
        [Step(name="a"), OtherStep("a"), ("a", None), {"name": "a", "limit": None}],
        [("a", "bc"), ("ab", "c"), ("abc",), "abc", (("a", "bc"),)],
    ]
    for values in alike:
        assert len({fingerprint.of(value) for value in values}) == len(values), values


def test_the_bounds_between_parts_count() -> None:
    """Two different pages must not share a fingerprint by how their parts meet."""
    assert len({fingerprint.of("a", "b"), fingerprint.of("ab"), fingerprint.of(("a", "b"))}) == 3


def test_a_known_value_keeps_its_form() -> None:
    """A form that drifts between versions of Python would rewrite every city at each update."""
    assert fingerprint.canonical({"b": (1, None, True), "a": "汉"}) == (
        '{"a":"汉","b":[1,null,true]}'.encode()
    )
    # printf '["a",1]' | sha256sum
    known = "135f17a475a61afdeeaf3759ad2e45ad1c7abb192395abe47e41fc8e395dc1a9"
    assert fingerprint.of("a", 1) == known


@pytest.mark.parametrize("value", [{1, 2}, frozenset("ab"), object(), print, float("nan")])
def test_what_has_no_stable_form_is_refused(value: object) -> None:
    """A set's order follows the hash seed: pages would differ and nobody could say why."""
    with pytest.raises((TypeError, ValueError)):
        fingerprint.of(("page", value))


@pytest.mark.parametrize("seed", ["0", "1", "4242"])
def test_the_hash_seed_does_not_matter(seed: str) -> None:
    """Two machines must agree on what changed."""
    code = (
        "from generator.builder import fingerprint as f;"
        "print(f.of({k: k for k in {'a','b','c','d','e','汉','邯','郸'}}))"
    )
    env = {**os.environ, "PYTHONHASHSEED": seed}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=env,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.strip() == fingerprint.of({k: k for k in "abcde汉邯郸"})


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.binary() | st.dates(),
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(), inner, max_size=3)
        | st.builds(Step, name=st.text(), limit=st.none() | st.integers())
        | st.builds(Single, inner)
    ),
    max_leaves=12,
)


@settings(deadline=None)
@given(PLAIN, PLAIN)
def test_fingerprints_are_equal_exactly_when_values_are(one: object, other: object) -> None:
    """Unequal: a stale page. Equal but told apart: a needless rewrite."""
    same = repr(in_order(one)) == repr(in_order(other))

    assert (fingerprint.of(one) == fingerprint.of(other)) is same
    assert fingerprint.of(one) == fingerprint.of(in_order(one))


def in_order(value: object) -> object:
    """Return a value with its mappings sorted, so that its repr says what is equal."""
    if isinstance(value, dict):
        return {key: in_order(value[key]) for key in sorted(value)}
    if isinstance(value, tuple):
        return tuple(in_order(part) for part in value)
    if isinstance(value, Single):
        return Single(in_order(value.name))  # type: ignore[arg-type]
    return value
