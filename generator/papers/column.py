"""A column for the newspaper: a period's changes in plain words, cut to length, in four forms."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from html import escape
from itertools import groupby

from generator.config import SiteConfig
from generator.i18n import Translator
from generator.ledger import diff
from generator.ledger.diff import Change
from generator.ledger.store import Ledger
from generator.model.codes import PowerCode
from generator.model.release import Release
from generator.pages import change_words, urls
from generator.rendering.facts import day_writer

PERIOD = timedelta(days=30)
"""How far back a column looks that is given no first day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One change in print: under whose name, what it is about, in words, where to read on.

    `brief` leaves reason and document out, for a column that has no room for them.
    """

    department: str
    title: str
    text: str
    brief: str
    day: str
    kind: str
    code: str
    address: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A column ready to print; `left_out` counts the changes that did not fit."""

    headline: str
    lead: str
    items: tuple[Item, ...]
    left_out: int
    more: str
    source: str
    notice: str
    since: str
    until: str
    language: str


def column(
    config: SiteConfig,
    ledger: Ledger,
    release: Release,
    *,
    period: tuple[date, date],
    department: str = "",
    tr: Translator,
) -> Column:
    """Return the column of a period, of one department if one is named.

    `release` is the ledger folded as of the period's last day. The first publication is told
    as one sentence, not power by power.
    """
    since, until = period
    names = _names(release)
    start = diff.first_day(ledger)
    found = [
        change
        for change in diff.changes(ledger, since, until)
        if not department or _concerns(change, department)
    ]
    told = [change for change in found if change.day != start or change.old]
    first = sum(1 for c in found if c not in told and c.kind is diff.ChangeKind.ADDED)
    items = tuple(_item(config, change, names, tr) for change in told)
    return Column(
        headline=_headline(config, release, department, period, tr),
        lead=_lead(told, first, tr),
        items=tuple(sorted(items, key=lambda i: (-i.weight, i.department, i.title))),
        left_out=0,
        more="",
        source=_source(config, release, tr),
        notice=tr("This is a demonstration, not an official publication.")
        if config.demonstration
        else "",
        since=since.isoformat(),
        until=until.isoformat(),
        language=tr.language,
    )


def cut(made: Column, characters: int, tr: Translator) -> Column:
    """Return the column in so many characters of text, the most important changes first.

    A change whose reason has no room stands in brief; from the first that does not fit at
    all, changes are only counted. Headline, lead, source and notice always stand, so that a
    very small number gives a column somewhat longer.
    """
    if len(text(made, tr)) <= characters:
        return made
    kept: list[Item] = []
    for item in made.items:
        for form in (item, replace(item, text=item.brief)):
            if len(text(_with(made, [*kept, form], tr), tr)) <= characters:
                kept.append(form)
                break
        else:
            break
    return _with(made, kept, tr)


def _with(made: Column, kept: Sequence[Item], tr: Translator) -> Column:
    out = len(made.items) - len(kept)
    more = tr.plural(
        "{n} more change is on the website.", "{n} more changes are on the website.", out
    )
    return replace(made, items=tuple(kept), left_out=out, more=more if out else "")


def text(made: Column, tr: Translator) -> str:
    """Return the column as plain text, by department."""
    lines = [made.headline, "", made.lead]
    for department, items in sections(made):
        lines += ["", tr("[{name}]", name=department)]
        lines += [f"{tr('“{name}”', name=item.title)}{tr(': ')}{item.text}" for item in items]
    if made.more:
        lines += ["", made.more]
    lines += ["", made.source]
    return "\n".join([*lines, made.notice] if made.notice else lines) + "\n"


def markdown(made: Column) -> str:
    """Return the column as Markdown; what comes from records is escaped."""
    lines = [f"# {_plain(made.headline)}", "", _plain(made.lead)]
    for department, items in sections(made):
        lines += ["", f"## {_plain(department)}", ""]
        lines += [f"- **{_plain(item.title)}**  \n  {_plain(item.text)}" for item in items]
    lines += ["", *((_plain(made.more), "") if made.more else ()), _plain(made.source)]
    return "\n".join([*lines, "", f"*{_plain(made.notice)}*"] if made.notice else lines) + "\n"


def html(made: Column) -> str:
    """Return the column as a page of HTML without a style, to be taken into a layout."""
    parts = [f"<h1>{escape(made.headline)}</h1>", f"<p>{escape(made.lead)}</p>"]
    for department, items in sections(made):
        parts.append(f"<section>\n<h2>{escape(department)}</h2>")
        for item in items:
            name = escape(item.title)
            if "://" in item.address:
                name = f'<a href="{escape(item.address)}">{name}</a>'
            parts.append(f"<h3>{name}</h3>\n<p>{escape(item.text)}</p>")
        parts.append("</section>")
    parts += [f"<p>{escape(words)}</p>" for words in (made.more, made.source, made.notice) if words]
    body = "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="{made.language}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(made.headline)}</title>\n</head>\n<body>\n<article>\n{body}\n"
        "</article>\n</body>\n</html>\n"
    )


def as_json(made: Column) -> str:
    """Return the column as JSON."""
    return json.dumps(asdict(made), ensure_ascii=False, indent=1) + "\n"


def sections(made: Column) -> Iterable[tuple[str, list[Item]]]:
    """Return the items under their departments, that with the weightiest change first."""
    first: dict[str, int] = {}
    for place, item in enumerate(made.items):
        first.setdefault(item.department, place)
    ordered = sorted(made.items, key=lambda item: first[item.department])
    return [(name, [*items]) for name, items in groupby(ordered, key=lambda item: item.department)]


def _concerns(change: Change, department: str) -> bool:
    return department in (change.department, change.old.get("department"))


def _names(release: Release) -> dict[str, str]:
    names: dict[str, str] = {code: v.power.name for code, v in release.powers.items()}
    return names | {slug: body.name for slug, body in release.departments.items()}


def _item(config: SiteConfig, change: Change, names: Mapping[str, str], tr: Translator) -> Item:
    path = urls.power(PowerCode(change.subject))
    if change.is_body:
        path = urls.department(change.department)
    return Item(
        department=names.get(change.department, change.department),
        title=change_words.title(change),
        text=change_words.sentences(change, names, tr),
        brief=change_words.brief(change, names, tr),
        day=change.day.isoformat(),
        kind=change.kind.value,
        code="" if change.is_body else change.subject,
        address=f"https://{config.domain}/{path}" if config.domain else path,
        weight=change_words.weight(change),
    )


def _headline(
    config: SiteConfig, release: Release, department: str, period: tuple[date, date], tr: Translator
) -> str:
    names = {slug: body.name for slug, body in release.departments.items()}
    who = names.get(department, department) if department else config.name  # type: ignore[call-overload]
    day = day_writer(tr.language)
    return tr(
        "{name}: changes to the list of powers, {since} to {until}",
        name=who,
        since=day(period[0]),
        until=day(period[1]),
    )


def _lead(told: Sequence[Change], first: int, tr: Translator) -> str:
    said = []
    if first:
        said.append(
            tr.plural(
                "The list was published for the first time, with {n} power.",
                "The list was published for the first time, with {n} powers.",
                first,
            )
        )
    counts = [(kind, sum(1 for c in told if c.kind is kind)) for kind in diff.ChangeKind]
    words = [_counted(kind, n, tr) for kind, n in counts if n]
    if words:
        total = tr.plural("{n} change in all", "{n} changes in all", len(told))
        said.append(tr("{total}: {counts}.", total=total, counts=tr(", ").join(words)))
    elif not first:
        said.append(tr("Nothing changed in this period."))
    return ("" if tr.language.startswith("zh") else " ").join(said)


def _counted(kind: diff.ChangeKind, n: int, tr: Translator) -> str:
    return {
        diff.ChangeKind.ADDED: tr("{n} added", n=n),
        diff.ChangeKind.ABOLISHED: tr("{n} abolished", n=n),
        diff.ChangeKind.MERGED: tr("{n} merged", n=n),
        diff.ChangeKind.DEVOLVED: tr("{n} handed down", n=n),
        diff.ChangeKind.RESTORED: tr("{n} in force again", n=n),
        diff.ChangeKind.MOVED: tr("{n} given to another body", n=n),
        diff.ChangeKind.AMENDED: tr("{n} amended", n=n),
        diff.ChangeKind.REVOKED: tr("{n} revoked", n=n),
        diff.ChangeKind.WITHDRAWN: tr("{n} withdrawn", n=n),
    }[kind]


def _source(config: SiteConfig, release: Release, tr: Translator) -> str:
    where = f"https://{config.domain}/{urls.CHANGES}" if config.domain else ""
    day = day_writer(tr.language)(release.date)
    said = tr("Source: {title}, as of {day}.", title=config.title, day=day)
    return f"{said} {where}".strip()


def _plain(words: str) -> str:
    """Return a text that Markdown shows as it is."""
    return "".join(f"\\{c}" if c in "\\`*_{}[]<>#|" else c for c in " ".join(words.split()))
