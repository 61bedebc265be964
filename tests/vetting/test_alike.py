"""Names compared: what is one name in two writings, what is nearly one, and at what cost."""

from __future__ import annotations

import random
from itertools import combinations
from time import process_time

import pytest

from generator.vetting.alike import ENOUGH, pairs, plain

SIGNS = [chr(0x6000 + place) for place in range(600)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("企业投资项目备案（技术改造）", "企业投资项目备案(技术改造)"),
        ("食品及药品的检查", "食品、药品检查"),
        ("云溪市城市服务局店招审查", "店招审查"),
        ("ＡＢ类许可", "ab类许可"),
    ],
)
def test_one_name_in_two_writings_is_one(one: str, other: str) -> None:
    """Two departments that both list a power seldom write it with the same brackets."""
    own = ("云溪市城市服务局",)

    assert plain(one, own) == plain(other, own)


def test_a_real_pair_of_two_departments_is_found_and_classes_are_kept_apart() -> None:
    """The pair stands in a real district's list; first and second class are two permits."""
    names = [
        "建设项目古树名木保护方案备案",
        "建设项目古树名木保护方案备案住建行使",
        "第一类医疗器械生产备案",
        "第二类医疗器械生产备案",
    ]

    assert list(pairs(names)) == [(names[0], names[1])]


def test_no_near_pair_is_lost_by_looking_at_the_rarest_characters_only() -> None:
    """A short way that loses pairs would leave two departments side by side, unseen."""
    rng = random.Random(3)
    names = set()
    for _ in range(120):
        name = [rng.choice(SIGNS[:30]) for _ in range(rng.randint(6, 14))]
        names.add("".join(name))
        name[rng.randrange(len(name))] = rng.choice(SIGNS)
        names.add("".join(name))

    def jaccard(one: str, other: str) -> float:
        a, b = ({name[i : i + 2] for i in range(len(name) - 1)} for name in (one, other))
        return len(a & b) / len(a | b)

    slow = {frozenset(pair) for pair in combinations(sorted(names), 2) if jaccard(*pair) >= ENOUGH}
    assert {frozenset(pair) for pair in pairs(names)} == slow
    assert slow


def test_twice_the_names_take_about_twice_the_time() -> None:
    """A province's list must not take a night."""
    rng = random.Random(7)
    words = ["".join(rng.choices(SIGNS, k=rng.randint(2, 4))) for _ in range(900)]

    def seconds(count: int) -> float:
        names = {"".join(rng.choices(words, k=4)) + "许可" for _ in range(count)}
        start = process_time()
        list(pairs(names))
        return process_time() - start

    seconds(500)
    small, large = min(seconds(2500) for _ in range(3)), min(seconds(10000) for _ in range(3))
    assert small < 0.3 and large < 10 * small
