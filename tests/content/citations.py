"""Checks every citation of the bundled city again, against the law collection itself.

    python -m tests.content.citations FOLDER

FOLDER is a clone (bare or not) of the public collection named in `content/citations.lock.jsonl`.
Cited is what stands in `legal_bases` and what any text of the working tables cites in words.
For each locked article it finds the text at the locked commit and compares its SHA-256; it
sees that the paragraphs and subparagraphs cited are there, and tells which cited articles are
not locked and which locked ones nobody cites any more.
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
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from generator.citations import read as reading
from generator.i18n import translator

CONTENT = Path(__file__).resolve().parents[2] / "content"
LOCK = CONTENT / "citations.lock.jsonl"
DIGITS = "零一二三四五六七八九"
HEADING = re.compile(r"^[#\s　]*第[零〇一二三四五六七八九十百千]+条(之[一二三四五六七八九十]+)?")

ITEM = re.compile(r"^[（(][一二三四五六七八九十百]+[）)]")
TEXTS = {
    "powers": (
        "summary conditions quantity_limit limit_note result validity remedy status_reason "
        "status_document"
    ).split(),
    "materials": ["name", "basis"],
    "fees": ["standard", "basis", "reductions"],
    "responsibilities": ["duty", "duty_basis", "accountability", "accountability_basis"],
    "penalties": ["conduct", "circumstance", "sanction", "range", "discretion"],
}
"""The columns whose texts cite."""

Key = tuple[str, int, str]
"""An article: instrument, number, suffix."""


def locked() -> dict[Key, dict[str, str]]:
    """Return the lock's entries by instrument, article and suffix."""
    entries = [json.loads(line) for line in LOCK.read_text("utf-8").splitlines()]
    return {(e["instrument"], e["article"], e["article_suffix"]): e for e in entries}


@dataclass(frozen=True, slots=True)
class Citation:
    """One place cited: where it stands, and what it names; 0 for no paragraph or subparagraph."""

    where: str
    key: Key
    paragraph: int = 0
    subparagraph: int = 0


def table(name: str) -> list[dict[str, str]]:
    """Return the rows of a working table."""
    with (CONTENT / "database" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def citations() -> tuple[Citation, ...]:
    """Return every place that the working tables cite, as a basis or in a text."""
    return (*_bases(), *_texts())


def cited() -> set[Key]:
    """Return the articles that the working tables cite."""
    return {each.key for each in citations()}


def _bases() -> Iterator[Citation]:
    for row in table("legal_bases"):
        if row["article"]:
            key = (row["instrument"], int(row["article"]), row["article_suffix"])
            place = (int(row["paragraph"] or 0), int(row["subparagraph"] or 0))
            yield Citation(f"legal_bases {row['power']} {row['seq']}", key, *place)


def _texts() -> Iterator[Citation]:
    tr = translator("zh-CN")
    register = reading.register(_canonical(row) for row in table("instruments"))
    for name, columns in TEXTS.items():
        for row in table(name):
            for column in columns:
                if "第" not in row[column]:
                    continue
                where = f"{name} {row.get('power') or row['code']} {row.get('seq', '')} {column}"
                for found in reading.citations(row[column], register, tr):
                    if found.instrument and found.article:
                        key = (str(found.instrument), found.article, found.article_suffix)
                        place = (found.paragraph or 0, found.subparagraph or 0)
                        yield Citation(where, key, *place)


def _canonical(row: dict[str, str]) -> dict[str, object]:
    last = row["last_article"]
    return {k: v for k, v in row.items() if v} | ({"last_article": int(last)} if last else {})


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
    for key in sorted(lock.keys() - cited()):
        yield f"{key}: locked, and nobody cites it any more"
    for each in citations():
        entry = lock.get(each.key)
        if entry and (each.paragraph or each.subparagraph):
            found = article(text(entry["commit"], entry["file"]), each.key[1], each.key[2])
            yield from missing(each, shape(found))


def shape(text: str) -> list[int]:
    """Return for each paragraph of an article how many subparagraphs stand under it."""
    found: list[int] = []
    for line in text.splitlines():
        if ITEM.match(line) and found:
            found[-1] += 1
        else:
            found.append(0)
    return found


def missing(citation: Citation, paragraphs: list[int]) -> Iterator[str]:
    """Yield a fault if the article has no such paragraph or subparagraph."""
    if citation.paragraph > len(paragraphs):
        yield f"{citation.where}: {citation.key} has {len(paragraphs)} paragraphs only"
        return
    chosen = paragraphs[citation.paragraph - 1 :][:1] if citation.paragraph else paragraphs
    if citation.subparagraph > sum(chosen):
        yield f"{citation.where}: {citation.key} has {sum(chosen)} subparagraphs there"


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
