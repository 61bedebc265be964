"""Rules L3: what the law asks a licence, a penalty and a coercive measure to say, and to whom
their exercise may be given."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.vetting.desk import Desk, shown
from generator.vetting.finding import Finding, Severity
from generator.vetting.law.citations import cite
from generator.vetting.rule import rule

_NO_ORGAN = re.compile(
    r"公司|企业|中心|协会|学会|商会|研究[院所]|事务所|学校|医院|服务站|centre|center|company|"
    r"association|institute|\bltd\b|\binc\b|school|hospital",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"公司|企业|商会|事务所|个人|\bcompany|\bltd\b|\binc\b|law firm", re.IGNORECASE
)


@rule("L301", waivable=False)
def licence_fixes_what_it_must(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each licence in force without its conditions or its time limit.

    A provision on a licence fixes body, conditions, procedure and limit; the body is S101's
    matter, the procedure P101's.

    Source: 行政许可法 Art. 18, 42.
    """
    tr = desk.tr
    for draft in desk.active("licensing"):
        values = draft.line.values
        for column in ("conditions", "statutory_limit"):
            if column in values:
                continue
            label = desk.label("powers", column)
            yield desk.error(
                draft.line,
                column,
                message=tr("the licence does not say “{label}”", label=label),
                reason=tr("A provision on a licence fixes body, conditions, procedure and limit."),
                remedy=tr("write the conditions that the setting norm names")
                if column == "conditions"
                else tr("write the limit of the setting norm; where it has none, 20 working days"),
                law=cite(tr, "licensing-law 18")
                if column == "conditions"
                else cite(tr, "licensing-law 18, 42"),
            )


@rule("L302")
def licence_shows_its_materials(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each licence in force that somebody applies for and that lists no material.

    Source: 行政许可法 Art. 30, 33 (all materials to be handed in are displayed, on paper and on
    the web).
    """
    tr = desk.tr
    for draft in desk.active("licensing"):
        if draft["materials"] or draft.line.values.get("applicant") == "none":
            continue
        yield desk.warning(
            draft.line,
            "code",
            message=tr("the licence lists nothing that an applicant must hand in"),
            reason=tr("The full list of materials is displayed, so that nobody comes twice."),
            remedy=tr("add the materials to materials.csv, the application form among them"),
            law=cite(tr, "licensing-law 30, 33"),
        )


@rule("L305")
def penalty_publishes_its_discretion(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each penalty in force with sanctions but no standard of discretion.

    Source: 行政处罚法 Art. 34 (standards of discretion are made public).
    """
    tr = desk.tr
    for draft in desk.active("penalty"):
        rows = draft["penalties"]
        if not rows or any("discretion" in line.values for line in rows):
            continue
        yield desk.warning(
            rows[0],
            "discretion",
            message=tr("none of the sanctions says by what standard it is measured out"),
            reason=tr("Equal cases are treated alike only if the standard is known."),
            remedy=tr("fill in “{label}”", label=desk.label("penalties", "discretion")),
            law=cite(tr, "penalty-law 34"),
        )


@rule("L306")
def remedy_is_told(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each penalty in force without a remedy, and a warning for other decisions.

    Source: 行政处罚法 Art. 39 (remedies are made public); 行政许可法 Art. 38(2); 行政强制法 Art. 18(5),
    24, 37; 行政复议法 Art. 20.
    """
    tr = desk.tr
    laws = {
        "penalty": "penalty-law 39",
        "licensing": "licensing-law 38(2)",
        "coercion": "coercion-law 18(5), 24, 37",
        "levy": "reconsideration-law 20",
        "requisition": "reconsideration-law 20",
        "payment": "reconsideration-law 20",
        "confirmation": "reconsideration-law 20",
    }
    for draft in desk.active(*laws):
        values = draft.line.values
        if "remedy" in values:
            continue
        yield desk.finding(
            Severity.ERROR if values["kind"] == "penalty" else Severity.WARNING,
            draft.line,
            "remedy",
            message=tr("the power decides about somebody and names no remedy"),
            reason=tr("Whoever is decided about is told where to turn, and until when."),
            remedy=tr("name both: 60 days for reconsideration, 6 months to go to court"),
            law=cite(tr, laws[values["kind"]]),
        )


@rule("L307", waivable=False)
def coercion_is_never_delegated(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each coercive measure in force that is entrusted to another body.

    Of enforcement the article does not speak, so that there it is a warning.

    Source: 行政强制法 Art. 17.
    """
    tr = desk.tr
    for draft in desk.active("coercion"):
        values = draft.line.values
        entrusted = "entrusted_to" in values
        if not entrusted and values.get("source_of_power") != "entrusted":
            continue
        enforces = values.get("subtype") == "enforcement"
        yield desk.finding(
            Severity.WARNING if enforces else Severity.ERROR,
            draft.line,
            "entrusted_to" if entrusted else "source_of_power",
            message=tr("a coercive power is entrusted to another body"),
            reason=tr("Coercive measures may not be delegated to anybody."),
            remedy=tr("name the organ that the law itself empowers, and entrust nobody"),
            law=cite(tr, "coercion-law 17"),
        )


@rule("L308")
def licence_is_delegated_to_an_organ(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each licence in force entrusted to what does not look like an organ.

    Source: 行政许可法 Art. 24 (only another administrative organ, and announced).
    """
    tr = desk.tr
    organs = _organs(desk)
    for draft in desk.active("licensing"):
        body = draft.line.values.get("entrusted_to", "")
        if not body or body in organs or not _NO_ORGAN.search(body):
            continue
        yield desk.warning(
            draft.line,
            "entrusted_to",
            message=tr("“{body}” does not look like an administrative organ", body=shown(body)),
            reason=tr("A licence may be entrusted to administrative organs only."),
            remedy=tr("entrust an organ, or have the department decide itself"),
            law=cite(tr, "licensing-law 24"),
        )


@rule("L309")
def penalty_is_delegated_to_a_qualified_body(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each penalty in force that is entrusted: to firms it may not be at all.

    It is an error for a firm. Any other body must manage public affairs and have qualified staff,
    which the tables cannot show, and the letter of delegation is published: a note says so.

    Source: 行政处罚法 Art. 20, 21.
    """
    tr = desk.tr
    organs = _organs(desk)
    for draft in desk.active("penalty"):
        body = draft.line.values.get("entrusted_to", "")
        if not body:
            continue
        private = body not in organs and bool(_PRIVATE.search(body))
        yield desk.finding(
            Severity.ERROR if private else Severity.INFO,
            draft.line,
            "entrusted_to",
            message=tr(
                "the penalty is entrusted to “{body}”, which looks like a firm", body=shown(body)
            )
            if private
            else tr("the penalty is entrusted to “{body}”", body=shown(body)),
            reason=tr("Only bodies that manage public affairs and have qualified staff may do it."),
            remedy=tr("entrust a qualified body, or impose the penalty yourselves")
            if private
            else tr("check its qualification, and publish the letter of delegation"),
            law=cite(tr, "penalty-law 20, 21"),
        )


def _organs(desk: Desk) -> frozenset[str]:
    """Return the names of the departments that are organs, not institutions."""
    rows = (line.values for line in desk.lines["departments"])
    return frozenset(
        row["name"]
        for row in rows
        if "name" in row and row.get("kind") in ("government", "department")
    )
