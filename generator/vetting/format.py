"""Rules F2: what a complete sheet has besides its own cells, for the review of format."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.vetting.desk import Desk
from generator.vetting.finding import Finding
from generator.vetting.rule import rule

_FINE = re.compile(r"罚款|\bfine", re.IGNORECASE)


@rule("F201")
def end_of_a_power_is_explained(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each power no longer in force without its date or its reason.

    Source: design (an abolished power keeps its page with date, reason and successor);
    Hebei order 〔2009〕9 Art. 8 (changes are published).
    """
    tr = desk.tr
    for draft in desk.drafts:
        if draft.line.values.get("status") not in ("abolished", "merged", "devolved"):
            continue
        for column in ("status_from", "status_reason"):
            if column in draft.line.values:
                continue
            label = desk.label("powers", column)
            yield desk.error(
                draft.line,
                column,
                message=tr("the power is no longer in force, but “{label}” is empty", label=label),
                reason=tr("Its page stays, and must say since when and why."),
                remedy=tr("fill in “{label}”", label=label),
            )


@rule("F202")
def statutory_fee_is_listed(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each power in force with a statutory fee that is not listed.

    Source: 政府信息公开条例 Art. 20(8) (fees with basis and rate are published).
    """
    tr = desk.tr
    for draft in desk.active():
        if draft.line.values.get("fee") == "statutory" and not draft["fees"]:
            yield desk.error(
                draft.line,
                "fee",
                message=tr("a statutory fee is charged, but fees.csv has no row for it"),
                reason=tr("Who pays must know what, how much and on what basis."),
                remedy=tr("add the fee to fees.csv, or write none"),
                law=tr(
                    "Regulation on the Disclosure of Government Information of the PRC, Art. 20(8)"
                ),
            )


@rule("F203")
def no_fee_means_no_fee(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each power that charges nothing, yet lists a fee."""
    tr = desk.tr
    for draft in desk.drafts:
        if draft.line.values.get("fee") == "none" and draft["fees"]:
            yield desk.error(
                draft["fees"][0],
                "name",
                message=tr("a fee is listed, but the power charges none"),
                reason=tr("Who pays must know what, how much and on what basis."),
                remedy=tr("take the row out, or write statutory in the power's fee"),
            )


@rule("F204")
def penalty_lists_its_sanctions(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each penalty in force without conduct and sanction, each fine without range.

    Source: 行政处罚法 Art. 34 (standards of discretion are published), Art. 39.
    """
    tr = desk.tr
    for draft in desk.active():
        if draft.line.values.get("kind") == "penalty" and not draft["penalties"]:
            yield desk.warning(
                draft.line,
                "kind",
                message=tr("the penalty lists no conduct and no sanction"),
                reason=tr("Everybody may know what is forbidden and what follows."),
                remedy=tr("add its rows to penalties.csv"),
                law=tr("Administrative Penalty Law of the PRC, Art. 34 and 39"),
            )
        for line in draft["penalties"] if draft.line.values.get("kind") == "penalty" else ():
            fine = _FINE.search(line.values.get("sanction", ""))
            for column in ("sanction", "range") if fine else ("sanction",):
                if column not in line.values:
                    yield desk.warning(
                        line,
                        column,
                        message=tr("“{label}” is empty", label=desk.label("penalties", column)),
                        reason=tr("Everybody may know what is forbidden and what follows."),
                        remedy=tr("fill in “{label}”", label=desk.label("penalties", column)),
                        law=tr("Administrative Penalty Law of the PRC, Art. 34 and 39"),
                    )


@rule("F205")
def merged_department_names_its_heir(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each merged department that does not say into which."""
    tr = desk.tr
    for line in desk.lines["departments"]:
        if line.values.get("status") == "merged" and "merged_into" not in line.values:
            yield desk.error(
                line,
                "merged_into",
                message=tr("the department was merged, but not said into which"),
                reason=tr("Its addresses lead on to the body that took over."),
                remedy=tr("fill in “{label}”", label=desk.label("departments", "merged_into")),
            )
