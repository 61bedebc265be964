"""What a process that builds again and again, such as a preview, need not read anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.flowcharts import draw
from generator.ledger.store import Ledger
from generator.model.codes import PowerCode
from generator.model.release import Release
from generator.rendering.templates import Renderer
from generator.standing import Comparison


@dataclass(slots=True)
class Memory:
    """What a process that builds again and again keeps: the release, its drawings, the shells.

    All of it stands while the files of the ledger and of the city's theme are as they were.
    """

    state: object = None
    release: tuple[Ledger, Release] | None = None
    drawn: tuple[Mapping[PowerCode, str], draw.Charts] | None = None
    renderer: Renderer | None = None
    waiting: Comparison | None = None

    def look(self, *folders: Path) -> None:
        """Forget everything if a file below the folders is not as it was."""
        found = sorted(
            (str(path), path.stat().st_mtime_ns, path.stat().st_size)
            for folder in folders
            for path in folder.rglob("*")
            if path.is_file()
        )
        if found != self.state:
            self.state, self.release, self.drawn = found, None, None
            self.renderer, self.waiting = None, None
