"""Real SSH keys of two offices, and forged ledger lines."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from generator.ledger import signatures, signing
from generator.ledger.acts import sealed
from generator.ledger.faults import ENGLISH
from generator.ledger.subjects import SigningOutcome, Subject
from generator.ledger.trust import Trust
from generator.model.codes import Stage
from generator.model.reviewers import Reviewer

from .records import FORMAT, LEGAL

OFFICES = {"legality": LEGAL, "format": FORMAT}
Members = dict[str, Any]
Change = Callable[[Members], None]


@dataclass(frozen=True, slots=True)
class Key:
    """A key that ssh-keygen made: the private file and the line of the public one."""

    path: Path

    @classmethod
    def make(cls, path: Path, kind: str = "ed25519") -> Key:
        """Make a key without a passphrase."""
        command = ["ssh-keygen", "-q", "-t", kind, "-N", "", "-C", path.name, "-f", str(path)]
        subprocess.run(command, check=True)
        return cls(path)

    @property
    def public(self) -> str:
        """The line of the public key file."""
        return self.path.with_name(f"{self.path.name}.pub").read_text().strip()

    def sign(self, message: bytes, namespace: str = "daylight-ledger") -> str:
        """Return ssh-keygen's signature as a ledger line holds it."""
        command = ["ssh-keygen", "-q", "-Y", "sign", "-n", namespace, "-f", str(self.path), "-"]
        done = subprocess.run(command, input=message, capture_output=True, check=True)
        return "".join(each for each in done.stdout.decode().splitlines() if each[0] != "-")


@dataclass(frozen=True, slots=True)
class Keys:
    """The key of each office, by stage, and a stranger's."""

    of: Mapping[str, Key]
    stranger: Key

    @classmethod
    def make(cls, folder: Path) -> Keys:
        """Make three keys."""
        folder.mkdir()
        of = {stage: Key.make(folder / stage) for stage in OFFICES}
        return cls(of, Key.make(folder / "stranger"))

    @property
    def trust(self) -> Trust:
        """The trust of a city that names both offices' keys."""
        return Trust(reviewers=tuple(self.reviewer(stage) for stage in OFFICES))

    def reviewer(self, stage: str, **more: Any) -> Reviewer:
        """Return the configuration of an office's key."""
        return Reviewer(office=OFFICES[stage], stage=stage, key=self.of[stage].public, **more)

    def sign(self, root: Path, stage: str, what: Sequence[Subject], day: str) -> SigningOutcome:
        """Sign one stage with its office's key."""
        return signing.sign(
            root,
            what,
            stage=Stage(stage),
            office=OFFICES[stage],
            date=date.fromisoformat(day),
            trust=self.trust,
            signer=signatures.signer(self.of[stage].path, ENGLISH),
        )

    def vet(self, root: Path, what: Sequence[Subject], day: str) -> SigningOutcome:
        """Sign both stages; everything must enter the ledger."""
        self.sign(root, "legality", what, day)
        outcome = self.sign(root, "format", what, day)
        assert not outcome.refused
        return outcome


def rewrite_last(path: Path, change: Change) -> None:
    """Change the last line of a ledger file and seal it anew, as somebody with access could."""
    *kept, last = path.read_bytes().splitlines(keepends=True)
    members = json.loads(last)
    del members["line_digest"]
    change(members)
    path.write_bytes(b"".join([*kept, sealed(members)]))
