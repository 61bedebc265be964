"""What a power's page answers first, and the order of its parts; the templates only write it.

The order is that of its reader: whoever applies asks first whether they can, who decides, how
long, what it costs and where to go; whoever is fined or inspected asks what for, how much, under
which article and how to challenge it. `docs/design/pages.md` says why.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.model.codes import Applicant, FeeKind, PowerKind
from generator.model.power import Power
from generator.model.registers import Department

BELOW = frozenset({"county", "township"})
"""Levels at which an office of the county, district or township decides, not the department."""


def of(power: Power, body: Department) -> tuple[str, ...]:
    """Return which questions a power in force answers above all else, in the reader's order.

    Each name is a case of `theme/templates/power/answers.html`; none for a power that ended.
    """
    if not power.is_active:
        return ()
    if power.applicant is Applicant.NONE:
        return tuple(_to_whom_it_happens(power))
    return tuple(_to_whom_applies(power, body))


def parts(power: Power) -> tuple[str, ...]:
    """Return the parts of a power's page that have something to say, in the reader's order."""
    if power.applicant is Applicant.NONE:
        order = ("penalties", "law", "remedy", "procedure", "time", "materials", "duties",
                 "apply")  # fmt: skip
    else:
        order = ("materials", "apply", "penalties", "law", "procedure", "time", "duties",
                 "remedy")  # fmt: skip
    filled = {
        "penalties": bool(power.penalties),
        "materials": bool(power.materials),
        "procedure": bool(power.procedure),
        "time": not power.procedure and bool(_time(power) or power.limit_note),
        "duties": bool(power.responsibilities),
    }
    return (*(part for part in order if filled.get(part, True)), "record")


def _to_whom_applies(power: Power, body: Department) -> Iterator[str]:
    below = power.level in BELOW
    yield "applicant"
    yield "decided-below" if below else "decided"
    yield _time(power) or "untimed"
    yield "fee"
    if below:
        yield "place-below"
    elif power.place:
        yield "place"
    elif body.address:
        yield "place-of-department"


def _to_whom_it_happens(power: Power) -> Iterator[str]:
    if power.penalties:
        yield "penalised"
    elif power.kind is not PowerKind.INSPECTION:
        yield "applicant"
    yield "decided-below" if power.level in BELOW else "decided"
    if power.legal_bases:
        yield "article"
    if found := _time(power):
        yield found
    if power.fee is not FeeKind.NONE:
        yield "fee"
    if power.remedy:
        yield "remedy"


def _time(power: Power) -> str:
    """Return the limit that binds first: what the department promises, else what the law allows."""
    if power.promised_unit or power.promised_limit is not None:
        return "promised"
    if power.statutory_unit or power.statutory_limit is not None:
        return "statutory"
    return ""
