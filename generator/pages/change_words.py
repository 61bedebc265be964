"""A change in one or two plain sentences, as a newspaper would print it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from generator.i18n import Translator
from generator.ledger.diff import Change, ChangeKind, Record, RowsChange
from generator.model.codes import PowerKind, TimeUnit
from generator.pages.labels import label, limit
from generator.sources import schema

WEIGHTS = {
    ChangeKind.WITHDRAWN: 90,
    ChangeKind.REVOKED: 85,
    ChangeKind.ABOLISHED: 80,
    ChangeKind.DEVOLVED: 75,
    ChangeKind.ADDED: 57,
    ChangeKind.RESTORED: 70,
    ChangeKind.MERGED: 65,
    ChangeKind.MOVED: 60,
    ChangeKind.AMENDED: 0,
}
"""How much a reader has to know of it; amendments are weighed by what they amend."""
_AMENDED = {"fee": 58, "fees": 56, "promised_limit": 54, "statutory_limit": 52, "materials": 48,
            "conditions": 46, "applicant": 46, "penalties": 44, "name": 40, "legal_bases": 30,
            "remedy": 28, "place": 26, "phone": 26, "hours": 24}  # fmt: skip
_LEAST = 10
_HOW_MANY_NAMES = 3
_DAYS = {"hour": 1 / 8, "working_day": 1.0, "calendar_day": 5 / 7, "month": 21.0, "year": 250.0}
"""About how many working days a unit is; only to tell shorter from longer where units change."""


def weight(change: Change) -> int:
    """Return how important a change is; more is more."""
    if change.kind is not ChangeKind.AMENDED:
        return WEIGHTS[change.kind]
    touched = [each.column for each in change.difference.fields]
    touched += [each.table for each in change.difference.rows]
    return max((_AMENDED.get(name, _LEAST) for name in touched), default=_LEAST)


def title(change: Change) -> str:
    """Return what the change is about: the name, or the bare code of what was taken back."""
    name = change.new.get("name") or (
        change.old.get("name") if change.kind is not ChangeKind.WITHDRAWN else ""
    )
    return str(name or change.subject)


def sentences(change: Change, names: Mapping[str, str], tr: Translator) -> str:
    """Return the change in words; `names` are those of departments by slug and powers by code."""
    if change.is_body:
        return _body(change, names, tr)
    said = _first(change, names, tr)
    more = _reasons(change, names, tr)
    if change.kind in (ChangeKind.AMENDED, ChangeKind.MOVED):
        more = "".join(_parts(change, tr))
    return _joined(said, more, tr)


def brief(change: Change, names: Mapping[str, str], tr: Translator) -> str:
    """Return the change without reason and document."""
    if change.is_body or change.kind is ChangeKind.AMENDED:
        return sentences(change, names, tr)
    return _first(change, names, tr)


def _joined(first: str, rest: str, tr: Translator) -> str:
    gap = "" if tr.language.startswith("zh") else " "
    return gap.join(part for part in (first, rest.strip()) if part)


def _first(change: Change, names: Mapping[str, str], tr: Translator) -> str:
    new, old = change.new, change.old
    match change.kind:
        case ChangeKind.ADDED:
            kind = label(PowerKind(new["kind"]), tr)
            said = tr("A new power enters the list ({kind}).", kind=kind)
            time = _limit(new, "promised", tr) or _limit(new, "statutory", tr)
            if time:
                said = _joined(said, tr("It is decided within {limit}.", limit=time), tr)
            return said
        case ChangeKind.ABOLISHED:
            return tr("The power is abolished.")
        case ChangeKind.MERGED:
            into = names.get(str(new.get("successor", "")), "")
            if into:
                return tr("The power is merged into “{name}”.", name=into)
            return tr("The power is merged into another one.")
        case ChangeKind.DEVOLVED:
            return tr("The power is handed down to a lower level.")
        case ChangeKind.RESTORED:
            return tr("The power is in force again.")
        case ChangeKind.MOVED:
            before, after = (str(each.get("department", "")) for each in (old, new))
            return tr(
                "The power goes from {old} to {new}.",
                old=names.get(before, before),
                new=names.get(after, after),
            )
        case ChangeKind.WITHDRAWN:
            return tr("A published record is withdrawn; its content has been removed.")
        case ChangeKind.REVOKED:
            return tr("A published version is revoked and no longer counts.")
    return ""


def _reasons(change: Change, names: Mapping[str, str], tr: Translator) -> str:
    taken_back = change.kind in (ChangeKind.WITHDRAWN, ChangeKind.REVOKED)
    reason = change.reason if taken_back else str(change.new.get("status_reason", ""))
    document = change.document if taken_back else str(change.new.get("status_document", ""))
    if change.kind is ChangeKind.ADDED:
        reason = document = ""
    said = [tr("Reason: {text}", text=_stopped(reason, tr))] if reason else []
    if document:
        said.append(tr("Decided by: {text}", text=_stopped(document, tr)))
    gap = "" if tr.language.startswith("zh") else " "
    return gap.join(said)


def _stopped(text: str, tr: Translator) -> str:
    """Return a text with a full stop at its end."""
    text = text.strip()
    return text if text.endswith(("。", ".", "！", "!", "？", "?")) else text + tr(".")


def _parts(change: Change, tr: Translator) -> Iterator[str]:
    """Yield a sentence for each thing amended, the weightiest first; the rest by their titles."""
    gap = "" if tr.language.startswith("zh") else " "
    difference = change.difference
    told: set[str] = {"department"}
    for name in ("promised", "statutory"):
        if difference.field(f"{name}_limit", f"{name}_unit"):
            told |= {f"{name}_limit", f"{name}_unit", "limit_note"}
            yield _time(name, change, tr) + gap
    for each in difference.fields:
        if each.column == "fee":
            told.add("fee")
            free = each.new == "none"
            yield (tr("It is free of charge now.") if free else tr("A fee is charged now.")) + gap
        elif each.column == "name":
            told.add("name")
            yield tr("It was called “{old}” before.", old=each.old) + gap
    for rows in difference.rows:
        if rows.table == "materials":
            yield from (text + gap for text in _materials(rows, tr))
    others = [each.column for each in difference.fields if each.column not in told]
    others += [each.table for each in difference.rows if each.table != "materials"]
    if others:
        yield tr("Also changed: {columns}.", columns=tr(", ").join(_titles(others, tr)))


def _time(name: str, change: Change, tr: Translator) -> str:
    """Return how a time limit changed: shortened, lengthened, set or lifted."""
    old, new = (_limit(record, name, tr) for record in (change.old, change.new))
    is_shorter = _days(change.new, name) < _days(change.old, name)
    if name == "promised":
        if not old:
            return tr("The department promises {new} now.", new=new)
        if not new:
            return tr("The department no longer promises a time (it was {old}).", old=old)
        if is_shorter:
            return tr("The promised time is shortened from {old} to {new}.", old=old, new=new)
        return tr("The promised time is lengthened from {old} to {new}.", old=old, new=new)
    if not old or not new:
        text = new or tr("none")
        return tr("The time that the law allows is given as {new}.", new=text)
    return tr("The time that the law allows is corrected from {old} to {new}.", old=old, new=new)


def _days(record: Record, name: str) -> float:
    unit = str(record.get(f"{name}_unit", ""))
    return float(record.get(f"{name}_limit") or 0) * _DAYS.get(unit, 0)


def _limit(record: Record, name: str, tr: Translator) -> str:
    unit = record.get(f"{name}_unit")
    return limit(record.get(f"{name}_limit"), TimeUnit(unit) if unit else None, tr)


def _materials(rows: RowsChange, tr: Translator) -> Iterator[str]:
    if rows.removed:
        yield tr.plural(
            "{n} document less to bring: {names}.",
            "{n} documents less to bring: {names}.",
            len(rows.removed),
            names=_names(rows.removed, tr),
        )
    if rows.added:
        yield tr.plural(
            "{n} document more to bring: {names}.",
            "{n} documents more to bring: {names}.",
            len(rows.added),
            names=_names(rows.added, tr),
        )
    if rows.altered:
        names = _names([new for _, new in rows.altered], tr)
        yield tr("What must be brought is put differently: {names}.", names=names)


def _names(rows: Any, tr: Translator) -> str:
    names = [str(row["name"]) for row in rows]
    said = tr(", ").join(names[:_HOW_MANY_NAMES])
    rest = len(names) - _HOW_MANY_NAMES
    return tr("{names} and {n} more", names=said, n=rest) if rest > 0 else said


def _titles(names: list[str], tr: Translator) -> Iterator[str]:
    tables = schema.tables()
    columns = {field.name: field.label(tr.language) for field in tables["powers"].fields}
    for name in names:
        yield columns.get(name) or (tables[name].label(tr.language) if name in tables else name)


def _body(change: Change, names: Mapping[str, str], tr: Translator) -> str:
    new = change.new
    if change.kind is ChangeKind.ADDED:
        return tr("A body that publishes its powers here from now on.")
    if change.kind is ChangeKind.MERGED:
        into = str(new.get("merged_into", ""))
        return tr("The body is merged into {name}.", name=names.get(into, into))
    if change.kind is ChangeKind.ABOLISHED:
        return tr("The body is dissolved.")
    if change.kind is ChangeKind.RESTORED:
        return tr("The body exists again.")
    fields = {
        field.name: field.label(tr.language) for field in schema.tables()["departments"].fields
    }
    said = [
        tr("{column}: {new}", column=fields.get(each.column, each.column), new=each.new or "–")
        for each in change.difference.fields
        if each.column != "summary"
    ]
    return tr("New particulars: {text}.", text=tr("; ").join(said))
