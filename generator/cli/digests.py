"""The digests of a proof sheet, as `sign` is given them: one by hand, or the list beside the sheet."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click

from generator.errors import ConfigError
from generator.i18n import Translator
from generator.ledger import digest as d1
from generator.ledger.subjects import Refusal, Subject

SHORTEST_DIGEST = 16
"""Characters of a digest that are enough: 64 bits, too many to find another record that has them."""
_WHOLE = 64


def read(path: Path, tr: Translator) -> dict[str, str]:
    """Return the digests of a proof sheet's list by code or table; raise ConfigError if none."""
    try:
        read = json.loads(path.read_text("utf-8"))
        found = read["digests"]
        if read["scheme"] != d1.SCHEME or {len(each) for each in found.values()} - {_WHOLE}:
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise ConfigError(
            tr(
                "--digests: {file} is not the list of a proof sheet; name the file that "
                "`daylight proof` wrote beside it",
                file=path,
            )
        ) from None
    return dict(found)


def one(named: str, wanted: list[str], tr: Translator) -> dict[str, str]:
    """Return the digest given for the one record that is wanted; raise ConfigError if it is none."""
    text = named.strip().lower().removeprefix(f"{d1.SCHEME}:")
    if len(wanted) != 1:
        raise click.UsageError("--digest goes with one record or register; --digests with several")
    if len(text) < SHORTEST_DIGEST or not set(text) <= set("0123456789abcdef"):
        raise ConfigError(
            tr(
                "--digest: “{digest}” is no digest; give at least its first {least} characters",
                digest=named,
                least=SHORTEST_DIGEST,
            )
        )
    return {wanted[0]: text}


def as_on_sheet(
    chosen: list[Subject], sheet: Mapping[str, str], checked: bool, tr: Translator
) -> tuple[list[Subject], list[Refusal]]:
    """Divide subjects into those whose present digest is the sheet's, and the others."""
    if not checked:
        return chosen, []
    same, refused = [], []
    for subject in chosen:
        present, given = d1.digest_of(subject.content), sheet.get(subject.name)
        if given and present.startswith(given):
            same.append(subject)
            continue
        message = (
            "{name}: is not as on the proof sheet (there {given}, now {present}); "
            "make a new proof sheet and review it"
            if given
            else "{name}: is not on the proof sheet; make a new one and review it"
        )
        reason = tr(message, name=subject.name, given=given or "", present=present)
        refused.append(Refusal(name=subject.name, reason=reason))
    return same, refused
