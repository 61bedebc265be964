"""Who may sign which act with which key, as the configuration names them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

WITHDRAWAL = "withdrawal"
"""The act beside the two stages that a key can be named for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """An office's public key for a stage or for withdrawals, and the days on which it may sign.

    `key` is an OpenSSH public key of the kind ssh-ed25519; a comment after it says nothing.
    """

    office: str
    stage: str
    key: str
    valid_from: date | None = None
    until: date | None = None

    def may_sign(self, stage: str, office: str, day: date) -> bool:
        """Tell whether the key may sign for an office on a day."""
        return (
            (self.stage, self.office) == (stage, office)
            and (self.valid_from is None or self.valid_from <= day)
            and (self.until is None or day <= self.until)
        )
