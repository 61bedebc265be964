"""The departments' themes as looks of their sites, with the files that come with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.config import SiteConfig
from generator.i18n import Translator
from generator.model.codes import DepartmentSlug, DepartmentStatus
from generator.model.release import Release
from generator.pages.site import MUNICIPAL
from generator.rendering import theme as theming
from generator.rendering.templates import Look
from generator.rendering.theme import Theme
from generator.vetting.finding import Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Looks:
    """Every department's theme, the looks by their key, and what was wrong with them."""

    themes: Mapping[DepartmentSlug, Theme]
    by_key: Mapping[str, Look]
    findings: tuple[Finding, ...]

    def assets(self) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of the themes' own files."""
        for theme in self.themes.values():
            yield from theming.files(theme)


def load(config: SiteConfig, release: Release, tr: Translator, only: str = "") -> Looks:
    """Load the theme of each body that exists; a broken one gives way to the municipal look.

    With `only`, the other bodies' themes are left as they lie: their sites are not made.
    """
    active = tuple(
        slug
        for slug, department in release.departments.items()
        if department.status is DepartmentStatus.ACTIVE
    )
    if only in active:
        slug = DepartmentSlug(only)
        folder = theming.folder_name(config.departments.get(slug)) or slug
        theme, found = theming.load(config.themes / folder, slug, tr=tr)
        others = {each: Theme(key=MUNICIPAL, slug=each) for each in active}
        return Looks(themes={**others, slug: theme}, by_key={theme.key: theme}, findings=found)
    themes, findings = theming.load_all(config.themes, active, config.departments, tr=tr)
    return Looks(
        themes=themes,
        by_key={theme.key: theme for theme in themes.values()},
        findings=tuple(findings),
    )
