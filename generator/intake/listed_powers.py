"""The powers of a list: their department, their code taken apart, their main item."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import replace

from generator.intake import vocabulary
from generator.intake.composite import Parts, level_of_area, parts
from generator.intake.headings import AREA, COMPOSITE, MAIN, UNIT
from generator.intake.reading import Reading
from generator.intake.submission import Entry, Place, remark


def take(
    found: Map[str, str],
    cells: dict[str, str],
    defaults: dict[str, str],
    at: tuple[Place, Reading],
) -> tuple[str, ...]:
    """Take department and code apart; return the codes that the power may get."""
    place, reading = at
    name = found.get("department", "")
    if name:
        cells["department"] = reading.bodies.slug(name, place.row)
        reading.bodies.note_unit(name, "department", found.get(UNIT, ""))
    code = found.get(COMPOSITE, "")
    split = parts(code)
    if name:
        reading.bodies.note_unit(name, "power", split.unit)
    if level := level_of_area(found.get(AREA, "")) or level_of_area(split.area):
        defaults.setdefault("level", level)
    if found.get(MAIN):
        key = (cells.get("department", ""), found[MAIN])
        reading.mains.setdefault(key, []).append(place)
    if not code:
        return _plain(found.get("local_code", ""), found.get("implementation_code", ""))
    defaults.setdefault("local_code", split.local)
    if code != split.local:
        cells["former_codes"] = ";".join(filter(None, [cells.get("former_codes", ""), code]))
    _look_at(code, split, found, at)
    return _plain(split.local, f"{split.local}-{split.unit}" if split.unit else "", code)


def _plain(*codes: str) -> tuple[str, ...]:
    """Return those of some codes that may be codes of ours."""
    return tuple(dict.fromkeys(c for c in codes if c and c[0].isalnum() and _is_code(c)))


def _is_code(code: str) -> bool:
    return code.isascii() and code.replace("-", "").isalnum()


def _look_at(code: str, split: Parts, found: Map[str, str], at: tuple[Place, Reading]) -> None:
    """Note a code without its parts, and one whose letters say another kind than the row."""
    place, reading = at
    tr = reading.tr
    where = {"table": "powers", "row": place.row, "column": "local_code", "value": code}
    if not split.area:
        reading.findings.append(
            remark(
                "I205",
                tr("the code {code} names no area and no unit", code=code),
                reason=tr("Complete codes of the platform hold both; this one is a stand-in."),
                remedy=tr("look up the code that the platform gives the power"),
                **where,
            )
        )
    area = found.get(AREA, "")
    if split.area and area.isdecimal() and area != split.area:
        reading.findings.append(
            remark(
                "I215",
                tr("the code {code} names the area {area}, the row itself {own}, which is taken",
                   code=code, area=split.area, own=area),
                reason=tr("A code may have been copied from the list of a higher level."),
                remedy=tr("look at which level the power is exercised"),
                **{**where, "column": "level"},
            )
        )  # fmt: skip
    said = vocabulary.value("powers", "kind", found.get("kind", ""))
    means = vocabulary.value("powers", "kind", split.letters) if split.letters else None
    if said and means and said != means and not split.letters.isdecimal():
        reading.findings.append(
            remark(
                "I213",
                tr("the code {code} is one of another kind ({letters}); the row's own kind is taken",
                   code=split.local, letters=split.letters),
                reason=tr("One of the two is out of date."),
                remedy=tr("look which kind the power has"),
                **where,
            )
        )  # fmt: skip


def set_parents(reading: Reading) -> None:
    """Set the main item of the rows that name one, where it is itself a row with a code."""
    tr = reading.tr
    rows = {entry.place: entry for entry in reading.entries if entry.table == "powers"}
    of_name: dict[tuple[str, str], list[Entry]] = {}
    for entry in rows.values():
        key = (entry.cells.get("department", ""), entry.cells.get("name", ""))
        of_name.setdefault(key, []).append(entry)
    made: dict[Place, Entry] = {}
    for key, places in reading.mains.items():
        mains = of_name.get(key, [])
        own = {entry.place for entry in mains}
        children = [place for place in places if place in rows and place not in own]
        for place in children if len(mains) == 1 else ():
            made[place] = replace(rows[place], parent=mains[0].place)
        if children and len(mains) != 1:
            reading.findings.append(
                remark(
                    "I209",
                    tr("the main item “{name}” has no row of its own; it is not taken", name=key[1]),
                    reason=tr("A main item is a power with a code, to which sub-items refer."),
                    remedy=tr("add it as a power, and its code to the sub-items"),
                    table="powers", row=children[0].row, column="parent", value=key[1],
                )
            )  # fmt: skip
    reading.entries = [made.get(e.place, e) if e.table == "powers" else e for e in reading.entries]
