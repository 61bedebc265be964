"""The conditions on which a rank may set a power, in words, for the reviewer who must check them."""

from __future__ import annotations

from functools import lru_cache

from generator.i18n import Translator


def condition(tr: Translator, name: str) -> str:
    """Return a condition of the setting rules in words; raises KeyError for one not known."""
    return _regulations(tr).get(name) or _rules(tr)[name]


@lru_cache(maxsize=4)
def _regulations(tr: Translator) -> dict[str, str]:
    return {
        "no_law_yet": tr("no law regulates the matter yet; else it can only detail the law's"),
        "necessary_and_passing": tr(
            "it was necessary, and a law or administrative regulation follows, "
            "unless the licence is temporary"
        ),
        "local_licence": tr(
            "no law or administrative regulation yet; no qualification that the nation grants "
            "alike, no registration of enterprises or what precedes it, no barrier to others; "
            "a city's regulation only on building, ecology, heritage and local governance"
        ),
        "penalty_regulation": tr(
            "no restriction of liberty; where a law penalises, only within its acts, kinds and "
            "ranges, or as a supplement that was heard and explained"
        ),
        "penalty_local": tr(
            "neither restriction of liberty nor revocation of a business licence; where a law or "
            "regulation penalises, only within its acts, kinds and ranges, or as a supplement "
            "that was heard and explained"
        ),
        "coercion_regulation": tr(
            "no law yet and a matter of the State Council, or a law that delegates it; "
            "neither liberty nor freezing nor what only a law may set"
        ),
        "coercion_local": tr(
            "no law or administrative regulation yet, and a local matter; "
            "only sealing and seizure, and no more than a law allows"
        ),
        "tax_authorised": tr("a law or decision of the congress authorises the State Council"),
        "fee_catalogue": tr("the State Council approved it, and the published catalogue names it"),
        "delegated_details": tr("a law delegates it, and it fixes only the procedure"),
        "no_general_statute": tr("no general statute says who may set it; check the special law"),
    }


@lru_cache(maxsize=4)
def _rules(tr: Translator) -> dict[str, str]:
    return {
        "temporary_licence": tr(
            "a temporary licence of at most one year, urgently needed, with no law or regulation "
            "yet; no national qualification, no registration of enterprises, no barrier to others"
        ),
        "penalty_department": tr(
            "no law or administrative regulation yet; only warning, circulated criticism and "
            "fines up to the State Council's cap"
        ),
        "penalty_province": tr(
            "no law or regulation yet; only warning, circulated criticism and fines up to the "
            "cap of the provincial congress's committee"
        ),
        "penalty_city": tr(
            "no law or regulation yet; only warning, circulated criticism and fines up to the "
            "cap of the provincial congress's committee; only on building, ecology, heritage and "
            "local governance"
        ),
        "no_duty_department": tr(
            "it cuts no right, adds no duty and no power of its own without a law, "
            "administrative regulation or decision of the State Council"
        ),
        "no_duty_province": tr("it cuts no right and adds no duty without a law or regulation"),
        "no_duty_city": tr(
            "it cuts no right and adds no duty without a law or regulation, "
            "and keeps to building, ecology, heritage and local governance"
        ),
        "document_published": tr(
            "it is published, cuts no right and adds no duty, condition or step"
        ),
    }
