"""What changed in a power, in the words of those who read its page rather than of the tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # keeps Babel out of the workers
    from generator.i18n import Translator


def in_words(columns: Iterable[str], tr: Translator) -> tuple[str, ...]:
    """Return what the changed columns and tables are about, each once, weightiest first.

    A column that no reader asks for is told as "other details".
    """
    words = {
        tr("name"): ("name", "aliases"),
        tr("whether it is in force"): (
            "status", "status_from", "status_reason", "status_document", "successor",
        ),
        tr("who decides"): ("department", "joint_departments", "entrusted_to", "level"),
        tr("who may apply"): ("applicant", "conditions", "quantity_limit"),
        tr("time limit"): (
            "statutory_limit", "statutory_unit", "promised_limit", "promised_unit", "limit_note",
            "case_type",
        ),
        tr("cost"): ("fee", "fees"),
        tr("what to bring"): ("materials",),
        tr("where and when to go"): ("channels", "place", "hours", "phone"),
        tr("steps of the procedure"): ("steps", "moves"),
        tr("legal basis"): ("legal_bases",),
        tr("what is penalised, and how"): ("penalties",),
        tr("what you get"): ("result", "validity"),
        tr("duties of the department"): ("responsibilities",),
        tr("how to object or complain"): ("remedy", "supervision_phone"),
        tr("description"): ("summary", "themes"),
        tr("kind of power"): ("kind", "subtype", "source_of_power"),
    }  # fmt: skip
    left = set(columns)
    found = [word for word, names in words.items() if left & set(names)]
    left -= {name for names in words.values() for name in names}
    return (*found, *((tr("other details"),) if left else ()))
