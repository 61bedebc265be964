"""Recording a count of what is published, waits and is refused, so that it may be published."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from generator.errors import ConfigError
from generator.i18n import Translator
from generator.ledger import files, store
from generator.ledger.acts import sealed
from generator.ledger.faults import ENGLISH
from generator.model.release import StatusCount


def record(root: Path, count: StatusCount, tr: Translator = ENGLISH) -> bool:
    """Append a count to the ledger; tell whether it says anything that the last one does not.

    Raises ConfigError for a day before that of the last count.
    """
    with files.locked(root, tr):
        last = store.read(root, tr).statuses[-1:]
        if last and count.date < last[0].count.date:
            raise ConfigError(
                tr(
                    "--date: {day} comes before the last recorded count, of {last}; "
                    "give that day or a later one",
                    day=count.date,
                    last=last[0].count.date,
                )
            )
        if last and last[0].count == count:
            return False
        members = {
            "date": count.date.isoformat(),
            "city": asdict(count.city),
            "departments": {slug: asdict(found) for slug, found in count.departments.items()},
        }
        files.append(root / f"{files.STATUS}.jsonl", [sealed(members)])
    return True
