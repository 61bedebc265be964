"""What the tests of themes share: a folder written in one line, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator.i18n import Translator
from generator.model.codes import DepartmentSlug
from generator.rendering import theme as theming
from generator.rendering.environment import Links
from generator.rendering.theme import Theme
from generator.rendering.theming import rehearsal
from generator.vetting.finding import Finding

TR = Translator("en")
SLUG = DepartmentSlug("water")
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4"><path d="M0 0h4v4z"/></svg>'


class Loaded(NamedTuple):
    """A theme as it came out, and the findings about it."""

    theme: Theme
    findings: tuple[Finding, ...]

    @property
    def codes(self) -> set[str]:
        return {finding.code for finding in self.findings}

    @property
    def css(self) -> str:
        return self.theme.css.decode()

    def told(self, words: str) -> bool:
        """Tell whether a finding says these words."""
        return any(
            words in f"{found.column}: {found.message} {found.remedy}" for found in self.findings
        )


def load(
    root: Path, yml: str = "schema: 1\n", files: Mapping[str, str | bytes] | None = None
) -> Loaded:
    """Write a theme's folder and load it."""
    folder = root / SLUG
    for name, content in {"theme.yml": yml, **(files or {})}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Loaded(*theming.load(folder, SLUG, tr=TR))


def rendered(theme: Theme, block: str) -> str | None:
    """Return what a theme makes of a block for a department that has everything."""
    site, page = rehearsal.specimens()[0]
    return theme.render_block(site, block, {"page": page, "href": Links(page.head.address)})
