"""Ranks of norms in words."""

from __future__ import annotations

from generator.i18n import Translator


def rank_name(tr: Translator, rank: str) -> str:
    """Return a rank in words; raises KeyError for one that is none."""
    return {
        "law": tr("a law"),
        "administrative_regulation": tr("an administrative regulation"),
        "state_council_decision": tr("a decision of the State Council"),
        "local_regulation": tr("a local regulation"),
        "department_rule": tr("a rule of a ministry"),
        "provincial_rule": tr("a rule of a provincial government"),
        "city_rule": tr("a rule of a city government"),
        "normative_document": tr("a normative document"),
    }[rank]
