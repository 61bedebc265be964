"""Checks every citation of the bundled city again, against the law collection itself.

    python -m tests.content.citations FOLDER

FOLDER is a clone (bare or not) of the public collection named in `content/citations.lock.jsonl`.
For each locked article it finds the text at the locked commit and compares its SHA-256; it also
tells which cited articles are not locked and which locked ones nobody cites any more.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

CONTENT = Path(__file__).resolve().parents[2] / "content"
LOCK = CONTENT / "citations.lock.jsonl"
DIGITS = "零一二三四五六七八九"
HEADING = re.compile(r"^[#\s　]*第[零〇一二三四五六七八九十百千]+条(之[一二三四五六七八九十]+)?")

Key = tuple[str, int, str]


def locked() -> dict[Key, dict[str, str]]:
    """Return the lock's entries by instrument, article and suffix."""
    entries = [json.loads(line) for line in LOCK.read_text("utf-8").splitlines()]
    return {(e["instrument"], e["article"], e["article_suffix"]): e for e in entries}


def cited() -> set[Key]:
    """Return the articles on which the working tables rest a power."""
    with (CONTENT / "database" / "legal_bases.csv").open(encoding="utf-8", newline="") as file:
        return {
            (row["instrument"], int(row["article"]), row["article_suffix"])
            for row in csv.DictReader(file)
            if row["article"]
        }


def numeral(number: int, *, inner: bool = False) -> str:
    """Return a number from 1 to 9,999 as Chinese law texts write it: 15 is 十五, 115 一百一十五."""
    if number < 10:
        return DIGITS[number]
    for size, word in ((1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            head, rest = divmod(number, size)
            lead = "" if size == 10 and head == 1 and not inner else DIGITS[head]
            gap = "零" if rest and rest < size // 10 else ""
            return f"{lead}{word}{gap}{numeral(rest, inner=True) if rest else ''}"
    raise ValueError(number)


def article(text: str, number: int, suffix: str) -> str:
    """Return an article's text: lines stripped, blank ones dropped, NFC; "" if there is none.

    The last heading of that number counts: a table of contents may come first.
    """
    ending = re.escape(suffix) if suffix else "(?!之)"
    wanted = re.compile(rf"^[#\s　]*第{numeral(number)}条{ending}")
    found: list[str] = []
    inside = False
    for line in text.splitlines():
        if wanted.match(line):
            found, inside = [line], True
        elif inside and (HEADING.match(line) or line.lstrip().startswith("#")):
            inside = False
        elif inside:
            found.append(line)
    lines = (line.strip().strip("　") for line in found)
    return unicodedata.normalize("NFC", "\n".join(line for line in lines if line))


def check(repository: Path) -> Iterator[str]:
    """Yield what does not hold, one line a fault."""

    @cache
    def text(commit: str, file: str) -> str:
        command = ["git", "-C", str(repository), "show", f"{commit}:{file}"]
        done = subprocess.run(command, capture_output=True)
        return done.stdout.decode("utf-8", "replace")

    lock = locked()
    for key in sorted(cited() - lock.keys()):
        yield f"{key}: cited but not locked; read the article and lock it"
    for key, entry in lock.items():
        found = article(text(entry["commit"], entry["file"]), key[1], key[2])
        if not found:
            yield f"{key}: {entry['file']} has no such article"
        elif hashlib.sha256(found.encode()).hexdigest() != entry["sha256"]:
            yield f"{key}: the text in {entry['file']} is not the one that was read"


def main() -> int:
    """Run the check on the folder named on the command line."""
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    faults = list(check(Path(sys.argv[1])))
    for fault in faults:
        print(fault)
    print(f"{len(locked())} articles checked, {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    raise SystemExit(main())
