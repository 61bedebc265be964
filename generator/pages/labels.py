"""What controlled values, time limits and citations are called in the city's language.

English stands in the code and is translated by the catalogue; only numerals, which
no catalogue can translate, are made here for each language.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from generator.model.codes import (
    Applicant,
    BasisRole,
    DepartmentStatus,
    FeeKind,
    PowerKind,
    PowerStatus,
    Rank,
    Stage,
    StepKind,
    TimeUnit,
)

if TYPE_CHECKING:  # keeps Babel out of the workers
    from generator.i18n import Translator

CONTROLLED: Mapping[tuple[str, str], type[StrEnum]] = {
    ("powers", "kind"): PowerKind,
    ("powers", "applicant"): Applicant,
    ("powers", "fee"): FeeKind,
    ("powers", "status"): PowerStatus,
    ("powers", "statutory_unit"): TimeUnit,
    ("powers", "promised_unit"): TimeUnit,
    ("legal_bases", "role"): BasisRole,
    ("steps", "kind"): StepKind,
    ("steps", "unit"): TimeUnit,
}
"""The values of a power's columns, and of its children's, that are one of an enumeration."""

# Source of the kinds: 中办发〔2015〕21号 (ten kinds), 河北省行政权力公开透明运行规定 Art. 6 (two more).
_ENUMS: dict[type[StrEnum], dict[str, str]] = {
    PowerKind: {
        "licensing": "Administrative licensing",
        "penalty": "Administrative penalty",
        "coercion": "Administrative coercion",
        "levy": "Administrative levy",
        "payment": "Administrative payment",
        "inspection": "Administrative inspection",
        "confirmation": "Administrative confirmation",
        "reward": "Administrative reward",
        "adjudication": "Administrative adjudication",
        "other": "Other administrative power",
        "service": "Public service",
        "filing": "Record-filing",
        "requisition": "Administrative requisition",
    },
    Rank: {
        "law": "Law",
        "administrative_regulation": "Administrative regulation",
        "state_council_decision": "State Council decision",
        "local_regulation": "Local regulation",
        "department_rule": "Rule of a State Council department",
        "provincial_rule": "Rule of the provincial government",
        "city_rule": "Rule of the city government",
        "normative_document": "Normative document",
    },
    TimeUnit: {
        "working_day": "Working day",
        "calendar_day": "Calendar day",
        "hour": "Hour",
        "month": "Month",
        "year": "Year",
        "on_the_spot": "On the spot",
    },
    PowerStatus: {
        "active": "In force",
        "abolished": "Abolished",
        "merged": "Merged into another power",
        "devolved": "Devolved",
    },
    DepartmentStatus: {
        "active": "In existence",
        "merged": "Merged into another body",
        "abolished": "Dissolved",
    },
    Applicant: {
        "citizen": "Citizens",
        "firm": "Firms and other organisations",
        "both": "Citizens, firms and other organisations",
        "none": "Not applied for",
    },
    FeeKind: {"none": "No fee", "statutory": "Statutory fee"},
    BasisRole: {"sets": "Sets the power", "details": "Details how it is exercised"},
    StepKind: {
        "start": "Start",
        "task": "Task",
        "decision": "Decision",
        "wait": "Wait",
        "end": "End",
    },
    Stage: {"legality": "Legality review", "format": "Format review"},
}

# The `suggested` values of the table schemas: advice, not law, so a city may write its own.
_SUGGESTED: dict[str, dict[str, str]] = {
    "level": {
        "national": "National",
        "provincial": "Provincial",
        "municipal": "Municipal",
        "county": "County",
        "township": "Township",
    },
    "source_of_power": {
        "statutory": "Held by law at this level",
        "devolved": "Devolved from a higher level",
        "authorised": "Authorised",
        "entrusted": "Entrusted",
    },
    "case_type": {"immediate": "Decided on the spot", "promised": "Decided by a promised day"},
    "channels": {
        "counter": "At the counter",
        "online": "Online",
        "post": "By post",
        "phone": "By phone",
    },
    "form": {
        "original": "Original",
        "copy": "Copy",
        "electronic": "Electronic file",
        "original_and_copy": "Original and copy",
    },
    "source": {
        "applicant": "Brought by the applicant",
        "authority": "Issued by an authority",
        "third_party": "Issued by a third party",
        "shared": "Obtained by data sharing",
    },
    "kind": {
        "government": "Government",
        "department": "Government department",
        "institution": "Public institution",
        "authorised_organisation": "Authorised organisation",
        "holiday": "Day off",
        "workday": "Day of work",
    },
    "subtype": {
        "liberty_or_freezing": "Restricting liberty or freezing deposits",
        "measure": "Coercive measure",
        "enforcement": "Coercive enforcement",
        "enterprise_fee_or_fund": "Fee or fund levied on enterprises",
        "expropriation": "Expropriation",
        "farmer_fee": "Fee levied on farmers",
        "licence_fee": "Fee for a licence",
        "personal_liberty": "Restricting personal liberty",
        "tax": "Tax",
    },
}

_LIMITS = {
    TimeUnit.WORKING_DAY: ("{n} working day", "{n} working days"),
    TimeUnit.CALENDAR_DAY: ("{n} calendar day", "{n} calendar days"),
    TimeUnit.HOUR: ("{n} hour", "{n} hours"),
    TimeUnit.MONTH: ("{n} month", "{n} months"),
    TimeUnit.YEAR: ("{n} year", "{n} years"),
}


def label(value: str, tr: Translator, *, column: str = "") -> str:
    """Return what a controlled value is called.

    A member of an enum is looked up by its type. A plain slug is looked up among the
    values of `column`, or of every column if none is named or that one has no such value;
    one not known is the city's own word and is shown as it is.
    """
    if isinstance(value, StrEnum):
        name = _ENUMS.get(type(value), {}).get(value.value)
        return tr(name) if name else value.value
    tables = [_SUGGESTED[column]] if column in _SUGGESTED else [*_SUGGESTED.values()]
    if enum := CONTROLLED.get(("powers", column)):
        tables.insert(0, _ENUMS[enum])
    for names in (*tables, *_ENUMS.values()):
        if value in names:
            return tr(names[value])
    return value


def limit(n: int | None, unit: TimeUnit | None, tr: Translator) -> str:
    """Return a time limit in words: "20 working days", "on the spot"; empty if there is none."""
    if unit is TimeUnit.ON_THE_SPOT or (n == 0 and unit is not None):
        return tr("on the spot")
    if n is None or unit is None:
        return ""
    return tr.plural(*_LIMITS[unit], n)


def uncounted(tr: Translator) -> str:
    """Return the mark of a step whose time is not counted (行政许可法 Art. 45)."""
    return tr("not counted in the time limit")


def citation(
    article: int | None,
    suffix: str,
    paragraph: int | None,
    subparagraph: int | None,
    tr: Translator,
) -> str:
    """Return a place in a legal text: "第三十五条第一款第（二）项", "Article 35(1)(2)".

    Numerals as the texts themselves have them (立法法 Art. 65: 条、款、项, the number of an
    项 in brackets). `suffix` is that of an inserted article, such as "之一".
    """
    if article is None:
        return ""
    if not tr.language.startswith("zh"):
        parts = [str(n) for n in (paragraph, subparagraph) if n is not None]
        return tr("Article {number}", number=f"{article}{suffix}") + "".join(
            f"({n})" for n in parts
        )
    place = f"第{chinese_number(article)}条{suffix}"
    if paragraph is not None:
        place += f"第{chinese_number(paragraph)}款"
    if subparagraph is not None:
        place += f"第（{chinese_number(subparagraph)}）项"
    return place


def chinese_number(n: int) -> str:
    """Return a number from 0 to 9999 in Chinese numerals: 10 十, 35 三十五, 107 一百零七."""
    digits = "零一二三四五六七八九"
    if not 0 <= n <= 9999:
        return str(n)
    if n < 10:
        return digits[n]
    text, gap = "", False
    for place, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = n // place % 10
        if digit:
            text += ("零" if gap and text else "") + digits[digit] + name
        gap = not digit
    return text.removeprefix("一") if 10 <= n < 20 else text
