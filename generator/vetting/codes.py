"""Rules F40: national codes, which other systems read and which carry check digits."""

from __future__ import annotations

from collections.abc import Iterator

from generator.sources.canonical import Line
from generator.vetting import numbers
from generator.vetting.desk import Desk, shown
from generator.vetting.finding import Finding, Severity
from generator.vetting.rule import rule


@rule("F401")
def credit_code_is_sound(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each unified social credit code whose form or check digit is wrong.

    Source: GB 32100-2015 (18 characters without I, O, S, V, Z; check digit modulo 31).
    """
    tr = desk.tr
    for line in desk.lines["departments"]:
        code = line.values.get("credit_code", "")
        if not code:
            continue
        message = _credit_fault(desk, code)
        if message:
            yield desk.error(
                line,
                "credit_code",
                message=message,
                reason=tr("Other systems find the body by this code, and would not."),
                remedy=tr("copy it from the body's certificate, or leave it empty"),
            )


def _credit_fault(desk: Desk, code: str) -> str:
    tr = desk.tr
    if len(code) != numbers.CREDIT_LENGTH:
        return tr(
            "has {n} characters; a unified social credit code has {right}",
            n=len(code),
            right=numbers.CREDIT_LENGTH,
        )
    if not numbers.has_credit_form(code):
        return tr(
            "has characters that a unified social credit code cannot have where they stand "
            "(capital letters without I, O, S, V, Z; digits 3 to 8 are the region)"
        )
    right = numbers.credit_check(code)
    if code[-1] != right:
        return tr("the check digit is {found}, but must be {right}", found=code[-1], right=right)
    return ""


@rule("F402")
def implementation_code_is_sound(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each implementation code that is not of the national form.

    It is made of the body's unified social credit code (18), the level (1) and the basic code
    (12). Source: the tables of the national service platform's exchange (`task_code`);
    GB 32100-2015 for the check digit.
    """
    tr = desk.tr
    for draft in desk.drafts:
        code = draft.line.values.get("implementation_code", "")
        message = _implementation_fault(desk, code) if code else ""
        if message:
            yield desk.warning(
                draft.line,
                "implementation_code",
                message=message,
                reason=tr("The national platform would not know the power by it."),
                remedy=tr("copy it from the platform, or leave it empty; older codes go elsewhere"),
            )


def _implementation_fault(desk: Desk, code: str) -> str:
    tr = desk.tr
    if len(code) != numbers.IMPLEMENTATION_LENGTH:
        return tr(
            "has {n} characters; an implementation code has {right}",
            n=len(code),
            right=numbers.IMPLEMENTATION_LENGTH,
        )
    if not numbers.IMPLEMENTATION.fullmatch(code):
        return tr(
            "is not made of a unified social credit code, the level 1 to 6 and a basic code of "
            "12 characters"
        )
    right = numbers.credit_check(code)
    if code[17] != right:
        return tr(
            "the credit code at its beginning has the check digit {found}, but must have {right}",
            found=code[17],
            right=right,
        )
    return ""


@rule("F403")
def implementation_code_agrees(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each implementation code of another body or level than the power has.

    A body to which the power is entrusted may have a code of its own.
    """
    tr = desk.tr
    for draft in desk.drafts:
        values = draft.line.values
        code = values.get("implementation_code", "")
        if not numbers.IMPLEMENTATION.fullmatch(code):
            continue
        body = desk.keys["departments"].get(values.get("department", ""))
        credit = body.values.get("credit_code", "") if body else ""
        level = numbers.LEVELS.get(code[18], "")
        if credit and credit != code[:18] and "entrusted_to" not in values:
            message = tr(
                "begins with {found}, but the department's credit code is {right}",
                found=code[:18],
                right=shown(credit),
            )
        elif level and values.get("level", level) in set(numbers.LEVELS.values()) - {level}:
            message = tr(
                "says by its 19th character {digit} that the level is {found}, "
                "but the power's is {right}",
                digit=code[18],
                found=level,
                right=shown(values["level"]),
            )
        else:
            continue
        yield desk.warning(
            draft.line,
            "implementation_code",
            message=message,
            reason=tr("The code would lead to another body's power."),
            remedy=tr("find out which of the two is right, and correct the other"),
        )


@rule("F404")
def basic_code_agrees(desk: Desk) -> Iterator[Finding]:
    """Yield a note for each basic code whose region, type or main item is not the power's.

    It is looked for at the end of the implementation code, and where a local code has its form
    with a letter in its type. Provinces number types differently, so nothing is refused.
    Source: GB/T 39554.1-2020, as read from published lists.
    """
    tr = desk.tr
    for draft in desk.drafts:
        for column, code in _basic_codes(draft.line):
            message = _basic_fault(desk, draft.line, code)
            if message:
                yield desk.finding(
                    Severity.INFO,
                    draft.line,
                    column,
                    message=message,
                    reason=tr("Codes are compared and counted by their parts."),
                    remedy=tr("see whether the code belongs to this power"),
                )


def _basic_codes(line: Line) -> Iterator[tuple[str, numbers.BasicCode]]:
    implementation = line.values.get("implementation_code", "")
    if numbers.IMPLEMENTATION.fullmatch(implementation):
        found = numbers.basic_code(implementation[19:])
        if found:
            yield "implementation_code", found
    local = numbers.basic_code(line.values.get("local_code", ""))
    if local and not local.kind.isdigit() and local.kind in numbers.KINDS:
        yield "local_code", local


def _basic_fault(desk: Desk, line: Line, code: numbers.BasicCode) -> str:
    tr, values = desk.tr, line.values
    if code.region != numbers.NATION and code.region not in numbers.REGIONS:
        return tr("{region} is no province's number, nor 00 for the nation", region=code.region)
    kinds = numbers.KINDS.get(code.kind)
    if kinds and values.get("kind") not in kinds:
        return tr(
            "the type {type} in the code means {meant}, but the power's kind is {kind}",
            type=code.kind,
            meant=kinds[0],
            kind=shown(values.get("kind", "")),
        )
    if "parent" in values and code.is_main:
        return tr("ends in 000 like the code of a main item, but the power is a sub-item")
    main = desk.keys["powers"].get(values.get("parent", ""))
    stems = {other.stem for _, other in _basic_codes(main)} if main else set()
    if stems and code.stem not in stems:
        return tr("does not begin like the code of its main item, {code}", code=min(stems))
    return ""


@rule("F405")
def implementation_code_is_of_one_power(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each implementation code that another power in force has too."""
    tr = desk.tr
    first: dict[str, Line] = {}
    for line in desk.lines["powers"]:
        code = line.values.get("implementation_code")
        if not code or line.values.get("status") != "active":
            continue
        other = first.setdefault(code, line)
        if other is line or not desk.covers(line):
            continue
        yield desk.warning(
            line,
            "implementation_code",
            message=tr(
                "is also the implementation code of {code} in row {row}",
                code=shown(other.values.get("code", "")),
                row=other.number,
            ),
            reason=tr("A case reported under it could belong to either power."),
            remedy=tr("keep the code with the power to which the platform gave it"),
        )
