"""The places of findings in files, as a code host wants them: relative to the repository."""

from __future__ import annotations

from pathlib import Path

from generator.sources.places import Places, locate
from generator.vetting.finding import Finding
from generator.vetting.reports.sarif import Spot


class Spots:
    """Finds the file, the lines and the columns of findings.

    `tables` is the folder of CSV files, None if the tables are kept elsewhere; `config`
    stands for what is in no file; `base` is the folder that paths are relative to.
    """

    def __init__(self, tables: Path | None, *, config: Path, base: Path) -> None:
        self._tables, self._config, self._base = tables, config, base
        self._places: dict[str, Places] = {}

    def __call__(self, finding: Finding) -> Spot | None:
        """Return the spot of a finding; None if its table is in no file."""
        if not finding.table:
            return self._file(finding)
        if self._tables is None:
            return None
        path = self._tables / f"{finding.table}.csv"
        if finding.row is None:
            return Spot(path=self._relative(path))
        places = self._of(path)
        return Spot(path=self._relative(path), region=places.find(finding.row, finding.column))

    def _file(self, finding: Finding) -> Spot:
        """Return the spot of a finding on a file: of the path guard, or on a line of the city's."""
        if finding.code == "G104":
            return Spot(path=finding.record)  # relative to the repository already
        named = self._config.parent / finding.column
        if finding.column and named.is_file():
            return Spot(path=self._relative(named), line=finding.row or 1)
        return Spot(path=self._relative(self._config))

    def _of(self, path: Path) -> Places:
        if path.name not in self._places:
            try:
                self._places[path.name] = locate(path.read_bytes())
            except OSError:
                self._places[path.name] = Places((), {})
        return self._places[path.name]

    def _relative(self, path: Path) -> str:
        try:
            return path.resolve().relative_to(self._base.resolve()).as_posix()
        except ValueError:
            return path.as_posix()


def base_of(folder: Path, otherwise: Path) -> Path:
    """Return the top of the checkout that a folder lies in, or another folder if it is in none."""
    folder = folder.resolve()
    return next((f for f in (folder, *folder.parents) if (f / ".git").exists()), otherwise)
