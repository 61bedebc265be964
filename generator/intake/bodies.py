"""Names of departments in a list, matched to the register; a draft row for each that is not in it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from generator.i18n import Translator
from generator.intake.body_words import SLUGS
from generator.intake.composite import has_form_of_credit_code, is_credit_code
from generator.intake.submission import remark, warning
from generator.sources import canonical
from generator.sources.tables import Tables
from generator.vetting.finding import Finding

DRAFTED = "I201"
"""The code of the finding on a department that gets a draft row."""

_LEVEL = re.compile(
    "^(?:[^省市县区旗]{2,}(?:省|自治区))?(?:[^省市县区旗]{2,}[市州盟])?"
    "(?:[^省市县区旗]+[县区旗]|[省市县区旗])?"
)
_FORMS = (
    "局 委 办 厅 分局 中心 支队 大队 管理局 监督局 委员会 办公室 事务局 管委会 委员会办公室".split()
)
_PREFIXES = {
    "省": "provincial",
    "市": "municipal",
    "县": "county",
    "区": "district",
    "旗": "banner",
}


class Bodies:
    """The departments that a list names, by name; those the register lacks get a draft row.

    A name is matched to the name, short name or former name of one department of the
    register, with or without the city's own name in front; never to one merely like it.
    """

    def __init__(
        self, tables: Tables, *, city: str, given: Mapping[str, str], tr: Translator
    ) -> None:
        self._tr, self._city, self._given = tr, city, given
        rows = canonical.register_rows(tables, "departments")
        self.slugs = {str(row["slug"]) for row in rows if "slug" in row}
        self._known = self._by_name(rows)
        self._drafts: dict[str, dict[str, str]] = {}
        self._first: dict[str, int] = {}
        self._units: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))

    def _by_name(self, rows: list[dict[str, Any]]) -> dict[str, str]:
        found: dict[str, set[str]] = defaultdict(set)
        for columns in (("name",), ("short_name",), ("former_names",)):
            of_rank: dict[str, set[str]] = defaultdict(set)
            for row in rows:
                for column in columns:
                    value = row.get(column, ())
                    for name in [value] if isinstance(value, str) else value:
                        of_rank[self._plain(name)].add(str(row.get("slug", "")))
            for name, slugs in of_rank.items():
                found.setdefault(name, slugs)
        return {name: min(slugs) for name, slugs in found.items() if len(slugs) == 1}

    def _plain(self, name: str) -> str:
        name = re.sub(r"\s", "", canonical.text(name)).casefold()
        city = self._city.casefold()
        if city and name.startswith(city):
            return name.removeprefix(city)
        # "市教育局" in the city's own list is the city's; in another city's it would not be here.
        return name.removeprefix(city[-1]) if city and city[-1] in "省市县" else name

    def slug(self, name: str, row: int) -> str:
        """Return the slug of a department; one that is not known becomes a draft row."""
        name = canonical.text(name)
        if not name:
            return ""
        if name in self._given:
            return self._given[name] if self._given[name] in self.slugs else self._draft(name, row)
        if name in self.slugs:
            return name
        known = self._known.get(self._plain(name))
        return known or self._draft(name, row)

    def _draft(self, name: str, row: int) -> str:
        if name not in self._drafts:
            slug = self._given.get(name) or self._new_slug(name)
            self._first[name] = row
            self._drafts[name] = {"slug": slug, "name": name, "status": "active"}
        return self._drafts[name]["slug"]

    def _new_slug(self, name: str) -> str:
        taken = self.slugs | {row["slug"] for row in self._drafts.values()}
        word = slug_of(name)
        prefix = next((_PREFIXES[sign] for sign in name[:1] if sign in _PREFIXES), "local")
        choices = [word, f"{prefix}-{word}", *(f"{word}-{n}" for n in range(2, 1000))]
        return next(choice for choice in choices if choice not in taken)

    def note_unit(self, name: str, column: str, code: str) -> None:
        """Note a unit code that a row gives for a department, and in which part of the row."""
        if code and code not in self._units[name][column]:
            self._units[name][column].append(code)

    def drafts(self) -> tuple[Mapping[str, str], ...]:
        """Return the draft rows, each with its credit code where the list leaves no doubt."""
        found = []
        for name, row in self._drafts.items():
            code = self._credit_code(name)
            found.append(row | ({"credit_code": code} if code else {}))
        return tuple(found)

    def _credit_code(self, name: str) -> str:
        """Return the one valid code of the department's own column, else of its powers' codes."""
        for column in ("department", "power"):
            valid = [code for code in self._units[name][column] if is_credit_code(code)]
            if valid:
                return valid[0] if len(valid) == 1 else ""
        return ""

    def findings(self) -> Iterator[Finding]:
        """Yield what is to be said of the departments: new ones, codes that do not hold."""
        tr = self._tr
        for name, row in self._drafts.items():
            yield warning(
                DRAFTED,
                tr("“{name}” is not in the register; a draft row “{slug}” was made for it",
                   name=name, slug=row["slug"]),
                reason=tr("A power stands on the site of a department of the register."),
                remedy=tr("complete the row in departments.csv, or map the name to the right slug"),
                table="departments", row=self._first[name], column="name",
                record=row["slug"], value=name,
            )  # fmt: skip
        for name, units in self._units.items():
            yield from self._of_units(
                name, list(dict.fromkeys(code for codes in units.values() for code in codes))
            )

    def _of_units(self, name: str, codes: list[str]) -> Iterator[Finding]:
        tr = self._tr
        where: dict[str, Any] = {"table": "departments", "column": "credit_code"}
        where["record"] = self.slug(name, 0)
        for code in codes:
            if is_credit_code(code):
                continue
            message = (
                tr("{name}: the check digit of the unit code {code} does not fit",
                        name=name, code=code)
                if has_form_of_credit_code(code)
                else tr("{name}: {code} is no unified social credit code", name=name, code=code)
            )  # fmt: skip
            yield remark(
                "I202", message, value=code, **where,
                reason=tr("Codes of units that do not check are typing faults or stand-ins."),
                remedy=tr("write the code of the unit's certificate into departments.csv"),
                law="GB 32100-2015",
            )  # fmt: skip
        valid = [code for code in codes if is_credit_code(code)]
        if len(valid) > 1:
            yield warning(
                "I203",
                tr("{name}: the list gives several unit codes: {codes}",
                   name=name, codes=", ".join(valid)),
                reason=tr("Some are those of units below it, or from before a reform."),
                remedy=tr("keep the right one in departments.csv"), value=";".join(valid), **where,
            )  # fmt: skip


def slug_of(name: str) -> str:
    """Return an address for a department: English words where its field is known, else pinyin."""
    if name.isascii():
        return re.sub("[^a-z0-9]+", "-", name.lower()).strip("-") or "department"
    core = _LEVEL.sub("", name) or name
    for text in (name, core):
        for form in ("", *_FORMS):
            if text.endswith(form) and text.removesuffix(form) in SLUGS:
                return SLUGS[text.removesuffix(form)]
    from pypinyin import lazy_pinyin  # a second that every other command need not wait

    sounds = "-".join(lazy_pinyin(name, errors="ignore"))
    return re.sub("[^a-z0-9]+", "-", sounds.lower()).strip("-") or "department"
