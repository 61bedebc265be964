"""Puts citations such as "licensing-law 14, 16; legislation-law 81" into words."""

from __future__ import annotations

from functools import lru_cache

from generator.i18n import Translator


@lru_cache(maxsize=1024)
def cite(tr: Translator, citations: str) -> str:
    """Return citations in words; raises KeyError for a law that is not known here."""
    names = _names(tr)
    parts = (part.strip().partition(" ") for part in citations.split(";"))
    return tr("; ").join(
        tr("{law}, Art. {articles}", law=names[key], articles=articles.replace(", ", tr(", ")))
        for key, _, articles in parts
    )


@lru_cache(maxsize=4)
def _names(tr: Translator) -> dict[str, str]:
    return {
        "licensing-law": tr("Administrative Licensing Law of the PRC"),
        "penalty-law": tr("Administrative Penalty Law of the PRC"),
        "coercion-law": tr("Administrative Coercion Law of the PRC"),
        "legislation-law": tr("Legislation Law of the PRC"),
        "business-environment": tr("Regulation on Optimising the Business Environment of the PRC"),
        "tax-collection-law": tr("Tax Collection Administration Law of the PRC"),
        "agriculture-law": tr("Agriculture Law of the PRC"),
        "civil-code": tr("Civil Code of the PRC"),
        "real-estate-law": tr("Urban Real Estate Administration Law of the PRC"),
        "disclosure": tr("Regulation on the Disclosure of Government Information of the PRC"),
        "reconsideration-law": tr("Administrative Reconsideration Law of the PRC"),
        "litigation-law": tr("Administrative Litigation Law of the PRC"),
        "market-entities": tr("Regulation on the Registration of Market Entities of the PRC"),
        "fire-law": tr("Fire Protection Law of the PRC"),
        "holidays": tr("Measures for Holidays of Festivals and Memorial Days of the PRC"),
    }
