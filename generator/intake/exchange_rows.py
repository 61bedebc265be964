"""The platform's columns as ours: powers, materials, fees, steps, citations.

Columns and codes as its exchange tables have them; where a code has its word beside it,
the word counts, since provinces number differently.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from generator.citations import numerals
from generator.i18n import Translator
from generator.intake import vocabulary
from generator.intake.composite import level_of_implementation
from generator.intake.submission import Place, warning
from generator.sources import canonical, schema
from generator.vetting.finding import Finding

_NOTHING = frozenset({"无", "/", "-", "null", "NULL", "暂无"})
_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li|tr)>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:p|div|span|b|strong|font|ul|ol|li|table|tbody|tr|td)\b[^<>]*>", re.IGNORECASE
)
_CODES = ("TASK_HANDLE_ITEM", "TASK_CODE", "CATALOG_CODE", "LOCAL_TASK_CODE", "LOCAL_CATALOG_CODE")


class Columns:
    """One row of an exchange table; names of columns in either case."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        self._row = {str(name).upper(): value for name, value in row.items()}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in upper case."""
        return tuple(self._row)

    def text(self, *names: str) -> str:
        """Return the first of some columns that says something, as plain text."""
        for name in names:
            value = self._row.get(name)
            if isinstance(value, bool):
                value = "1" if value else "0"
            if isinstance(value, int) or (isinstance(value, float) and value.is_integer()):
                value = str(int(value))
            if not isinstance(value, str):
                continue
            if "&" in value or "<" in value:
                value = _TAG.sub("", _BREAK.sub("\n", unescape(value)))
            text = canonical.text(value)
            if text and text not in _NOTHING:
                return text
        return ""

    def said(self, name: str) -> str:
        """Return the word beside a code, or the code."""
        return self.text(f"{name}_TEXT", name)


def scheme(rows: Sequence[Columns]) -> str:
    """Return how a file numbers the kinds: `cn` (20 is a service) or `gd` (20 other, 21 service)."""
    return "gd" if any(row.text("TASK_TYPE") == "21" for row in rows) else "cn"


def power(row: Columns, numbering: str) -> tuple[dict[str, str], dict[str, str], tuple[str, ...]]:
    """Return the cells of a power, what fills empty ones, and the codes that it may get."""
    kind = row.said("TASK_TYPE")
    cells = {
        "name": row.text("CATANAME", "TASK_NAME"),
        "kind": "other" if kind == "20" and numbering == "gd" else _value("kind", kind),
        "implementation_code": row.text("TASK_CODE"),
        "local_code": row.text("LOCAL_TASK_CODE", "LOCAL_CATALOG_CODE", "CATALOG_CODE"),
        "level": _value("level", row.said("USE_LEVEL")),
        "source_of_power": _value("source_of_power", row.said("POWER_SOURCE")),
        "applicant": _value("applicant", row.said("SERVE_TYPE")),
        "case_type": _value("case_type", row.said("PROJECT_TYPE")),
        "fee": _value("fee", row.said("IS_FEE")),
        "channels": _value("channels", row.said("HANDLE_TYPE")),
        "conditions": row.text("ACCEPT_CONDITION", "ACCEPT_NAME"),
        "quantity_limit": row.text("LIMIT_EXPLAIN", "AMOUNT_LIMIT_DESC"),
        "limit_note": _notes(row),
        "result": row.text("RESULT_NAME"),
        "place": row.text("TRANSACT_ADDR", "XHTSDZ"),
        "hours": row.text("TRANSACT_TIME"),
        "phone": row.text("LINK_WAY", "LINK_TEL"),
        "supervision_phone": row.text("SUPERVISE_WAY", "SUPERVISE_TEL", "TSTEL"),
        "remedy": row.text("RECONSIDERAT", "REMEDY"),
        **_limit(row, "ANTICIPATE", "statutory"),
        **_limit(row, "PROMISE", "promised"),
    }
    state = _value("status", row.said("TASK_STATE"))
    if state == "abolished":
        cells |= {"status": state, "status_from": _day(row.text("PLAN_CANCEL_DATE"))}
    elif state:
        cells["status"] = state
    level = level_of_implementation(cells["implementation_code"])
    defaults = {"status": "active", "level": level} if level else {"status": "active"}
    codes = [
        row.text(name) for name in ("CATALOG_CODE", *_CODES, "ITEM_ID", "ROWGUID", "TASK_GUID")
    ]
    usable = (code for code in codes if code.isascii() and code.replace("-", "a").isalnum())
    return cells, defaults, tuple(dict.fromkeys(c for c in usable if not c.startswith("-")))


def _limit(row: Columns, name: str, ours: str) -> dict[str, str]:
    """Return number and unit of a limit: 1 is working days, 2 calendar days; others by their word."""
    number, unit = row.text(f"{name}_DAY"), row.said(f"{name}_TYPE")
    read = vocabulary.time(number) if number else None
    if read is None:
        return {}
    means = read[1] or vocabulary.value("powers", "statutory_unit", unit) or ""
    return {f"{ours}_limit": read[0], f"{ours}_unit": means}


def _notes(row: Columns) -> str:
    notes = (
        row.text("ANTICIPATE_EXPLAIN", "ANTICIPATE_DAY_EXPLAIN", "FDBLSXSM"),
        row.text("PROMISE_EXPLAIN", "PROMISE_DAY_EXPLAIN", "CRBJSXSM"),
    )
    return "\n".join(dict.fromkeys(filter(None, notes)))


def _value(column: str, text: str, table: str = "powers") -> str:
    """Return our value of a word or code, "" if it means none; `doubts` tells of those."""
    return vocabulary.value(table, column, text) or "" if text else ""


def _day(text: str) -> str:
    """Return the day of a date as the platform writes dates: 2020-01-01 00:00:00, 20200101."""
    found = re.match(r"(\d{4})[-/年]?(\d{2})[-/月]?(\d{2})", text)
    return "-".join(found.groups()) if found else ""


def doubts(
    row: Columns, cells: Mapping[str, str], place: Place, tr: Translator
) -> Iterator[Finding]:
    """Yield a finding for each code or limit of a power that means nothing to us."""
    for name, column in (
        ("TASK_TYPE", "kind"),
        ("USE_LEVEL", "level"),
        ("POWER_SOURCE", "source_of_power"),
        ("SERVE_TYPE", "applicant"),
        ("PROJECT_TYPE", "case_type"),
        ("IS_FEE", "fee"),
        ("HANDLE_TYPE", "channels"),
        ("TASK_STATE", "status"),
        ("ANTICIPATE_DAY", "statutory_limit"),
        ("ANTICIPATE_TYPE", "statutory_unit"),
        ("PROMISE_DAY", "promised_limit"),
        ("PROMISE_TYPE", "promised_unit"),
    ):
        said = row.said(name)
        if not said or cells.get(column):
            continue
        label = schema.tables()["powers"].field(column).label(tr.language)
        yield warning(
            "I214",
            tr("{name} says “{value}”, which is no value known for “{column}”; it is not taken",
               name=name, value=said[:60], column=label),
            reason=tr("Provinces number their codes differently."),
            remedy=tr("fill in the column by hand"),
            table="powers", row=place.row, column=column, value=said[:200],
        )  # fmt: skip


def material(row: Columns) -> dict[str, str]:
    """Return the cells of a material."""
    copies = numerals.value(row.text("PAGE_NUM", "COPIES").rstrip("份"))
    return {
        "seq": _number(row.text("ORDER_NUM", "ORDERNUM")),
        "name": row.text("MATERIAL_NAME", "NAME"),
        "form": _value(
            "form", row.said("MATERIAL_FORM") or row.said("ZZHDZB") or row.text("FORM"), "materials"
        ),
        "copies": str(copies) if copies else "",
        "required": _value("required", row.said("IS_NEED"), "materials"),
        "source": _value("source", row.said("SOURCE_TYPE"), "materials"),
        "basis": row.text("BY_LAW"),
    }


def _number(text: str) -> str:
    return text if text.isdecimal() and text.isascii() and int(text[:9]) > 0 else ""


def fee(row: Columns) -> dict[str, str]:
    """Return the cells of a fee."""
    return {
        "name": row.text("FEE_NAME", "NAME", "CHARGE_NAME"),
        "standard": row.text("FEE_STAND", "CHARGE_STAND"),
        "basis": row.text("BY_LAW", "FEE_BASIS"),
        "reductions": row.text("DESC_EXPLAIN"),
    }


def step(row: Columns) -> dict[str, str]:
    """Return the cells of a step."""
    read = vocabulary.time(row.text("TRANSACT_TIME_LIMIT", "STEP_LIMIT"))
    limit = {"limit": read[0], "unit": read[1]} if read and read[1] else {}
    return {
        "name": row.text("STEP_TEXT", "STEP", "STEP_NAME", "UNTI_LINK_TEXT", "NAME"),
        "post": row.text("TRANSACTOR"),
        "document": row.text("TRANSACT_RESULT"),
        **limit,
    }


def extend(row: Columns) -> dict[str, str]:
    """Return the cells of a power that stand in AUDIT_ITEM_EXTEND."""
    return {
        "result": row.text("RESULT_NAME"),
        "quantity_limit": row.text("LIMIT_EXPLAIN", "AMOUNT_LIMIT_DESC"),
    }


def result(row: Columns) -> dict[str, str]:
    """Return the cells of a power that stand in AUDIT_ITEM_RESULT."""
    return {
        "result": row.text("NAME", "RESULT_NAME"),
        "validity": row.text("CARD_VALIDDATE"),
    }


def window(row: Columns) -> dict[str, str]:
    """Return the cells of a power that stand in the table of its windows."""
    return {
        "place": row.text("TRANSACT_ADDR", "ADDRESS"),
        "hours": row.text("TRANSACT_TIME", "TIME"),
        "phone": row.text("WINDOW_TEL", "TEL"),
    }


_BARE = re.compile("[0-9０-９一二三四五六七八九十百千零〇]+")
"""A number alone, which is that of an article."""


def citation(row: Columns) -> str:
    """Return a basis as a text: 《title》（number）第三条第四款."""
    title = row.text("LAW_NAME", "LAWNAME", "BY_LAW", "NAME")
    number = row.text("LAW_NUMBER", "ACCORDINGNUMBER")
    if title and "《" not in title:
        title = f"《{title}》"
    place = row.text("CLAUSE_NUMBER", "TERMSNUMBER")
    if _BARE.fullmatch(place):
        place = f"第{place}条"
    return title + (f"（{number}）" if number else "") + place


OF_TABLE: Mapping[str, Callable[[Columns], dict[str, str]]] = {
    "AUDIT_ITEM_EXTEND": extend,
    "AUDIT_ITEM_RESULT": result,
    "AUDIT_ITEM_WINDOW": window,
    "AUDIT_CATALOG_LOBBY": window,
    "AUDIT_MATERIAL": material,
    "AUDIT_ITEM_MATERIAL": material,
    "AUDIT_CHARGE": fee,
    "AUDIT_ITEM_CHARGE": fee,
    "AUDIT_ITEM_FEE": fee,
    "AUDIT_FEE": fee,
}
"""What makes cells of ours from a row of each of the platform's tables."""
