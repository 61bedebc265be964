"""What controlled values, limits and places in a law are called, in both languages."""

from __future__ import annotations

import json
from enum import StrEnum
from importlib import resources

import pytest

from generator.i18n import Translator, translator
from generator.model import codes
from generator.model.codes import Applicant, FeeKind, PowerStatus, StepKind, TimeUnit
from generator.pages.labels import chinese_number, citation, label, limit, uncounted

ZH, EN = translator("zh-CN"), translator("en")
ENUMS = [
    kind
    for kind in vars(codes).values()
    if isinstance(kind, type) and issubclass(kind, StrEnum) and kind is not StrEnum
]
MEMBERS = [member for kind in ENUMS for member in kind]
SUGGESTED = [
    (field["name"], slug)
    for file in sorted(resources.files("generator.sources.schema").iterdir(), key=str)
    if file.name.endswith(".json")
    for field in json.loads(file.read_text("utf-8")).get("fields", ())
    for slug in field.get("suggested", ())
]


@pytest.mark.parametrize("member", MEMBERS, ids=lambda m: f"{type(m).__name__}.{m.name}")
def test_every_member_of_every_enum_has_a_name_in_both_languages(member: StrEnum):
    """A citizen must never read `state_council_decision`."""
    english, chinese = label(member, EN), label(member, ZH)

    assert english != member.value and english[0].isupper()
    assert all("\u4e00" <= char <= "\u9fff" or char == "、" for char in chinese)


@pytest.mark.parametrize(("column", "slug"), SUGGESTED)
def test_every_suggested_value_has_a_name_in_both_languages(column: str, slug: str):
    """The schema offers these values; whoever takes one must not see its slug in the page."""
    english, chinese = label(slug, EN, column=column), label(slug, ZH, column=column)

    assert english != slug and english[0].isupper()
    assert all("\u4e00" <= char <= "\u9fff" or char == "、" for char in chinese)
    assert label(slug, ZH) == chinese, "without its column, a slug means the same"


def test_members_of_one_slug_in_two_enums_keep_their_own_names():
    """`none` is "no fee" for a fee and "not applied for" for an applicant."""
    assert label(FeeKind.NONE, ZH) == "不收费"
    assert label(Applicant.NONE, ZH) == "不依申请"
    assert label(PowerStatus.MERGED, ZH) != label(codes.DepartmentStatus.MERGED, ZH)
    assert label(StepKind.DECISION, ZH) == "判断"


def test_a_word_of_the_citys_own_is_shown_as_it_is():
    """Suggested values are advice: a city that writes 窗口和自助机 means that."""
    assert label("窗口和自助机", ZH, column="channels") == "窗口和自助机"
    assert label("", ZH) == ""


@pytest.mark.parametrize(
    ("n", "unit", "english", "chinese"),
    [
        (20, TimeUnit.WORKING_DAY, "20 working days", "20个工作日"),
        (1, TimeUnit.WORKING_DAY, "1 working day", "1个工作日"),
        (90, TimeUnit.CALENDAR_DAY, "90 calendar days", "90个自然日"),
        (1, TimeUnit.HOUR, "1 hour", "1小时"),
        (6, TimeUnit.MONTH, "6 months", "6个月"),
        (2, TimeUnit.YEAR, "2 years", "2年"),
        (0, TimeUnit.ON_THE_SPOT, "on the spot", "当场办结"),
        (None, TimeUnit.ON_THE_SPOT, "on the spot", "当场办结"),
        (0, TimeUnit.WORKING_DAY, "on the spot", "当场办结"),
        (None, None, "", ""),
        (5, None, "", ""),
    ],
)
def test_a_limit_is_said_with_its_unit(
    n: int | None, unit: TimeUnit | None, english: str, chinese: str
):
    """Twenty days and twenty working days are a week apart."""
    assert limit(n, unit, EN) == english
    assert limit(n, unit, ZH) == chinese


@pytest.mark.parametrize(
    ("place", "english", "chinese"),
    [
        ((35, "", None, None), "Article 35", "第三十五条"),
        ((35, "", 1, 2), "Article 35(1)(2)", "第三十五条第一款第（二）项"),
        ((120, "之一", None, None), "Article 120之一", "第一百二十条之一"),
        ((12, "", None, 5), "Article 12(5)", "第十二条第（五）项"),
        ((110, "", 11, None), "Article 110(11)", "第一百一十条第十一款"),
        ((None, "", None, None), "", ""),
    ],
)
def test_a_place_in_a_law_is_cited_as_the_texts_cite(
    place: tuple[int | None, str, int | None, int | None], english: str, chinese: str
):
    """Whoever looks the article up must find it under these very words."""
    assert citation(*place, EN) == english
    assert citation(*place, ZH) == chinese


def test_chinese_numbers_read_back():
    """A wrong numeral is a wrong article."""
    digits = {char: n for n, char in enumerate("零一二三四五六七八九")}
    places = {"十": 10, "百": 100, "千": 1000}

    def read(text: str) -> int:
        total, digit = 0, 0
        for char in text:
            if char in places:
                total, digit = total + (digit or 1) * places[char], 0
            else:
                digit = digits[char]
        return total + digit

    assert [read(chinese_number(n)) for n in range(10_000)] == list(range(10_000))
    spelled = {101: "一百零一", 110: "一百一十", 1001: "一千零一", 1010: "一千零一十", 15: "十五"}
    assert {n: chinese_number(n) for n in spelled} == spelled
    assert chinese_number(10_000) == "10000"


def test_time_that_does_not_count_is_said_so():
    """行政许可法 Art. 45: hearings, tests and reviews are not counted, and people must be told."""
    assert uncounted(EN) == "not counted in the time limit"
    assert uncounted(ZH) == "不计入时限"
    assert uncounted(Translator("xx")) == "not counted in the time limit"
