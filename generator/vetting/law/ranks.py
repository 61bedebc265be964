"""Ranks of norms in words."""

from __future__ import annotations

from functools import lru_cache

from generator.i18n import Translator


def rank_name(tr: Translator, rank: str) -> str:
    """Return a rank in words; raises KeyError for one that is none."""
    return _names(tr)[rank]


@lru_cache(maxsize=4)
def _names(tr: Translator) -> dict[str, str]:
    return {
        "law": tr("a law"),
        "administrative_regulation": tr("an administrative regulation"),
        "state_council_decision": tr("a decision of the State Council"),
        "local_regulation": tr("a local regulation"),
        "department_rule": tr("a rule of a ministry"),
        "provincial_rule": tr("a rule of a provincial government"),
        "city_rule": tr("a rule of a city government"),
        "normative_document": tr("a normative document"),
    }
