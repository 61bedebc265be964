"""Draws the powers of the bundled city that were checked a second time, field by field.

    python -m tests.content.sample

The powers in force are put in the order of the SHA-256 of seed and code, and the first are
taken: nobody chose them, and a power that is added later moves few of the others.
"""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

POWERS = Path(__file__).resolve().parents[2] / "content" / "database" / "powers.csv"
SEED = "2025-04-19"
SIZE = 60


def sample() -> list[str]:
    """Return the codes of the sample, in their own order."""
    with POWERS.open(encoding="utf-8", newline="") as file:
        codes = [row["code"] for row in csv.DictReader(file) if row["status"] == "active"]
    return sorted(sorted(codes, key=_place)[:SIZE])


def _place(code: str) -> str:
    return hashlib.sha256(f"{SEED} {code}".encode()).hexdigest()


if __name__ == "__main__":
    print("\n".join(sample()))
