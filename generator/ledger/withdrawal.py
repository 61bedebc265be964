"""Withdrawal: the only act that rewrites ledger lines. The content goes, a tombstone stays."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.errors import ConfigError
from generator.i18n import Translator
from generator.ledger import attachments, digest, files, store
from generator.ledger.acts import sealed
from generator.ledger.faults import ENGLISH
from generator.model.codes import PowerCode
from generator.model.release import Day


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawalOutcome:
    """How many vetted versions lost their content, how many pending sign-offs and files went."""

    versions: int
    pending: int
    files: int = 0


def withdraw(
    root: Path,
    code: PowerCode,
    *,
    reason: str,
    document: str,
    date: Day,
    tr: Translator = ENGLISH,
    office: str = "",
    signature: str = "",
) -> WithdrawalOutcome:
    """Remove every vetted version of a power from the ledger; leave who signed, when, and why.

    Runs again without harm: versions withdrawn before keep their tombstones, and content
    that a merge brought back goes. Raises ConfigError for a code the ledger does not know
    and for an empty reason. The working tables and the history of version control are not
    touched. `signature` is the office's, over what `trust.withdrawal` returns.
    """
    if not reason.strip():
        raise ConfigError(tr("--reason: is empty; say why the record is withdrawn"))
    act = {"reason": reason.strip(), "document": document.strip(), "date": date.isoformat()}
    act |= {"office": office.strip(), "signature": signature}
    with files.locked(root, tr):
        ledger = store.collect(root, tr)
        if code not in ledger.versions:
            raise _unknown(code, ledger, tr)
        content = {line.raw + b"\n" for line in ledger.versions[code] if not line.withdrawn}
        tombstone = digest.canonical(act)
        for department in sorted({line.department for line in ledger.versions[code]}):
            _bury(root / f"{department}.jsonl", content, tombstone)
        pending = {line.raw + b"\n" for line in ledger.pending.get(code, ())}
        for path in files.of_departments(root / files.PENDING, tr):
            lines = files.raw_lines(path)
            if not pending.isdisjoint(lines):
                files.replace(path, b"".join(line for line in lines if line not in pending))
        others = (line for key, lines in ledger.versions.items() if key != code for line in lines)
        dropped = attachments.drop(root, ledger.versions[code], others)
    return WithdrawalOutcome(versions=len(content), pending=len(pending), files=dropped)


def _bury(path: Path, content: set[bytes], tombstone: dict[str, str]) -> None:
    """Put the tombstone into the lines of a file that hold the content."""
    lines = files.raw_lines(path)
    if content.isdisjoint(lines):
        return
    buried = (_buried(line, tombstone) if line in content else line for line in lines)
    files.replace(path, b"".join(dict.fromkeys(buried)))  # one that came back, only once


def _buried(line: bytes, tombstone: dict[str, str]) -> bytes:
    members: dict[str, Any] = digest.decode(line)
    for gone in ("record", "line_digest"):
        del members[gone]
    return sealed({**members, "withdrawn": tombstone})


def _unknown(code: str, ledger: store.Ledger, tr: Translator) -> ConfigError:
    near = difflib.get_close_matches(code, ledger.versions, 1)
    if near:
        return ConfigError(
            tr(
                "{code}: no such power was ever vetted; did you mean {near}?",
                code=code,
                near=near[0],
            )
        )
    return ConfigError(
        tr("{code}: no such power was ever vetted; nothing is to be withdrawn", code=code)
    )
