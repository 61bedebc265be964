"""Find what of a published site is planned as it stands, so that it need not be made again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.builder.disk import Stat
from generator.builder.plan import Plan
from generator.builder.state import Entry, State, is_intact


@dataclass(frozen=True, slots=True)
class Kept:
    """The published files that stay, each with its entry, and the bundles that stay whole."""

    files: Mapping[str, Entry]
    bundles: frozenset[str]


def compare(plan: Plan, before: State, published: Mapping[str, Stat], output: Path) -> Kept:
    """Hold the plan against the last build's state, and that against the files on the disk.

    A file stays if its fingerprint is the planned one and the disk still has it as it was
    published; a bundle stays if that is so for every file of it.
    """
    files: dict[str, Entry] = {}
    parts: dict[str, dict[str, Entry]] = {
        prefix: {}
        for prefix, bundle in plan.bundles.items()
        if before.bundles.get(prefix) == bundle.fingerprint
    }
    for path, entry in before.files.items():
        if entry.bundle:
            if entry.bundle not in parts:
                continue
        elif path not in plan.files or plan.files[path].fingerprint != entry.fingerprint:
            continue
        at = published.get(path)
        if is_intact(entry, at, f"{output}/{path}"):
            mine = parts[entry.bundle] if entry.bundle else files
            mine[path] = entry
        elif entry.bundle:
            del parts[entry.bundle]
    for part in parts.values():
        files.update(part)
    return Kept(files, frozenset(parts))
