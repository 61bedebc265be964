"""The JSON of a report."""

from __future__ import annotations

import json
from collections.abc import Sequence

from generator.vetting.finding import Finding
from generator.vetting.reports.scorecard import Scorecard


def as_json(findings: Sequence[Finding], cards: Sequence[Scorecard] | None = None) -> str:
    """Return the findings as a JSON array of the contract's eleven fields.

    With scorecards it is an object of `findings`, that array, and `scorecards`.
    """
    found: object = [finding.as_dict() for finding in findings]
    if cards is not None:
        found = {"findings": found, "scorecards": [card.as_dict() for card in cards]}
    return json.dumps(found, ensure_ascii=False, indent=1)
