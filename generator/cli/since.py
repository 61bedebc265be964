"""`vet --changed-since REV [--as DEPARTMENT]`: what a change brings, and whether it may."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

from generator.config import SiteConfig
from generator.drafts import Drafts
from generator.errors import ConfigError
from generator.i18n import Translator
from generator.sources import former
from generator.sources.revision import Revision, open_revision
from generator.sources.stores import Folder, Store
from generator.vetting import changes, gate, guard
from generator.vetting.beside import Beside
from generator.vetting.finding import Finding


class Since:
    """The drafts beside those of a git revision.

    Raises ConfigError if the tables are kept where git does not see them, or git cannot
    compare.
    """

    def __init__(
        self, config: SiteConfig, store: Store, desk: Drafts, name: str, tr: Translator
    ) -> None:
        self._config, self._desk, self._tr = config, desk, tr
        self._folder = csv_folder(store, tr)
        self.revision = open_revision(self._folder, name, tr)
        self._former = former.read(self.revision, self._inside(self._folder), tr)
        city = _slashed(self._inside(config.root))
        paths = (*self.revision.changed, *self.revision.untracked)
        self._changes = changes.with_files(
            changes.compare(self._former.tables, desk.tables),
            {path.removeprefix(city) for path in paths if path.startswith(city)},
            desk.tables,
        )

    def brought(self, findings: tuple[Finding, ...], day: date) -> tuple[Finding, ...]:
        """Return the findings on what changed, and those that the change brought elsewhere."""

        def known() -> tuple[Finding, ...]:
            # Where a table of the past cannot be read, nobody can say what was found then.
            if self._former.unreadable:
                return ()
            beside = Beside(root=self._config.root, allowed=self._config.privacy.allowed_numbers)
            old = gate.vet(self._former.tables, tr=self._tr, day=day, beside=beside)
            return old.findings

        return changes.brought(findings, known, self._changes)

    def guard(self, department: str) -> tuple[Finding, ...]:
        """Return what the change touches that is not the department's."""
        area = guard.Area(
            department=department,
            city=_slashed(self._inside(self._config.root)),
            tables=_slashed(self._inside(self._folder)),
            revision=self.revision.name,
        )
        return guard.guard(
            area,
            changes=self._changes,
            before=self._former.tables,
            after=self._desk.tables,
            files=_files(self.revision, _slashed(self._inside(self._config.cache))),
            tr=self._tr,
        )

    @property
    def departments(self) -> tuple[str, ...]:
        """The departments of the register, and those that it had."""
        rows = (
            *self._desk.tables.rows("departments"),
            *self._former.tables.rows("departments"),
        )
        return tuple(dict.fromkeys(row.cells.get("slug", "").strip() for row in rows))

    def _inside(self, path: Path) -> str:
        try:
            return self.revision.inside(path)
        except ValueError as error:
            raise ConfigError(
                self._tr(
                    "--changed-since {name}: {path} lies outside the repository {top}; keep the "
                    "tables and the configuration in one repository",
                    name=self.revision.name,
                    path=path,
                    top=self.revision.top,
                )
            ) from error


def csv_folder(store: Store, tr: Translator) -> Path:
    """Return the folder of the tables; raise ConfigError if they are in no files that git sees."""
    if isinstance(store, Folder):
        return store.path
    raise ConfigError(
        tr(
            "{option}: goes by what git knows of CSV files, and the tables are kept in {location}; "
            "leave it out, or copy them first: `daylight copy-tables content/database`",
            option="--changed-since",
            location=store.location,
        )
    )


def _slashed(path: str) -> str:
    return f"{path}/" if path else ""


def _files(revision: Revision, cache: str) -> list[guard.FileChange]:
    """Return every file that differs from the revision; untracked ones of the cache do not count."""
    paths = {*revision.changed, *(p for p in revision.untracked if not p.startswith(cache))}
    return [
        guard.FileChange(
            path=path,
            was_there=path in revision.tree,
            is_there=os.path.lexists(revision.top / path),
        )
        for path in sorted(paths)
    ]
