"""A theme of the first form, untouched since: an upgrade must not break it."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.model.codes import DepartmentSlug
from generator.rendering import theme as theming
from generator.rendering.theming import rehearsal
from tests.rendering.themes import TR

FROZEN = Path(__file__).parent / "frozen_theme_1"
KEPT = {
    "fire-rescue": (
        "wide",
        ("banner", "flowcharts", "search", "powers", "life-events", "contact", "prose", "changes",
         "kinds", "data"),
        {"banner", "flowcharts"},
        ("--fill: #b0141c;", "--link: #ff9c8f;", "--radius: 0;", "--space: 0.8;", "--width: 84rem;",
         ".own-alarm__number {", "font-size: 3.5rem", "repeat(auto-fit, minmax("),
    ),
    "ecology-environment": (
        "paper",
        ("banner", "about", "prose", "search", "life-events", "changes", "contact", "powers",
         "flowcharts", "data", "kinds"),
        {"about", "banner", "prose"},
        ("--fill: #2c5e3f;", "--page: #f5f1e6;", "--radius: 0.875rem;", "--space: 1.25;", "Songti",
         ".own-leaf__count {", "oldstyle-nums", "border-block: 0.25rem double var(--accent-ink)"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("slug", KEPT)
def test_a_theme_of_the_first_form_is_what_it_was(slug):
    """A department that did nothing wrong must not find its house changed after an upgrade."""
    theme, findings = theming.load(FROZEN / slug, DepartmentSlug(slug), tr=TR)
    structure, blocks, templates, css = KEPT[slug]

    assert findings == (), "nothing of it is dropped"
    assert (theme.key, theme.structure, theme.arrangement) == (slug, structure, "plain")
    assert theme.blocks == blocks and set(theme.templates) == templates
    assert {"mark.svg", "banner.svg"} <= set(theme.pictures)
    assert [part for part in css if part not in theme.css.decode()] == []


@pytest.mark.parametrize("slug", KEPT)
def test_its_templates_still_stand(slug):
    """Names that templates were given once must stay."""
    theme, _ = theming.load(FROZEN / slug, DepartmentSlug(slug), tr=TR)

    for site, page in rehearsal.specimens():
        assert list(theme.rehearse(site, page, TR)) == []
