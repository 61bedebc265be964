"""Hostile themes: what each of them tries is refused before anything is published."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path

import pytest

from generator.pages.site import MUNICIPAL
from generator.rendering import theme as theming
from tests.rendering.themes import PICTURE, load

HOSTILE = Path(__file__).parent / "hostile"
BOUNDED = {
    "padding-on-padding",
    "wide-tracks",
    "letters-on-stilts",
    "columns",
    "unclosed",
    "important",
}
"""Attacks by things that may stand; the browser looks at what is left of them."""

EVIL = re.compile(
    r"evil|javascript|<script|onclick|onload|passwd|url\((?!\"(?:wave\.svg|\w+\.woff2)\")|@import"
    r"|(?<![\w-])(?:opacity|visibility|position|transform|filter|animation|overflow|clip-path|mask"
    r"|float|direction|unicode-bidi|text-indent|z-index)\s*:|display: none|content: \"[^\"]"
)


def files(kind: str) -> list[Path]:
    return sorted((HOSTILE / kind).glob("*.*"))


def test_there_are_attacks_of_every_kind():
    """A catalogue that lost its files would pass every test."""
    assert [len(files(kind)) > least for kind, least in
            (("css", 50), ("templates", 20), ("pictures", 10), ("settings", 8))] == [True] * 4  # fmt: skip


@pytest.mark.parametrize("attack", [pytest.param(p, id=p.stem) for p in files("css")])
def test_css_that_would_touch_a_fact_is_left_out_and_told(tmp_path, attack):
    """Whoever pays a fine because the way to appeal was hidden is not helped by a report."""
    source = attack.read_bytes()
    loaded = load(tmp_path, "schema: 1\ncss: look.css\n", {"look.css": source})
    own = loaded.css.partition("@layer department")[2]

    assert not EVIL.search(own), own
    assert own.count("{") == 0 or attack.stem in BOUNDED, own
    assert loaded.codes == {"F304"} or attack.stem in BOUNDED
    assert all(found.remedy and found.message for found in loaded.findings)


@pytest.mark.parametrize("attack", [pytest.param(p, id=p.stem) for p in files("templates")])
def test_a_template_that_would_touch_a_fact_or_run_is_not_used(tmp_path, attack):
    """The city's own block stands there, and the department learns why."""
    block = attack.stem.rpartition(".")[2]
    started = time.perf_counter()
    loaded = load(tmp_path, files={f"templates/blocks/{block}.html": attack.read_text("utf-8")})

    assert loaded.theme.templates == {} and loaded.codes == {"F305"}
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize("attack", [pytest.param(p, id=p.stem) for p in files("pictures")])
def test_a_picture_is_built_anew_or_not_shown(tmp_path, attack):
    """A banner is looked at by everybody, also by those who open it alone."""
    loaded = load(tmp_path, files={"assets/x.svg": attack.read_bytes()})
    shown = loaded.theme.pictures.get("x.svg", b"").decode()

    assert not re.search(r"script|evil|on\w+=|<text|foreign|<a|href|style|&|ENTITY", shown), shown
    assert loaded.codes == {"F303"}


@pytest.mark.parametrize("attack", [pytest.param(p, id=p.stem) for p in files("settings")])
def test_settings_that_break_out_give_the_municipal_look(tmp_path, attack):
    """One department's file must neither stop the build nor write into a style sheet."""
    started = time.perf_counter()
    loaded = load(tmp_path, attack.read_bytes())

    assert loaded.theme.key == MUNICIPAL and loaded.codes == {"F301"}
    assert not list(theming.files(loaded.theme)) and time.perf_counter() - started < 10


def test_nothing_is_read_outside_the_folder_nor_without_end(tmp_path):
    """Links, pipes and thousands of files in a folder must not reach, hang or fill the machine."""
    folder = tmp_path / "water"
    load(tmp_path, "schema: 1\ncss: look.css\nlogo: mark.svg\n")
    (folder / "assets").mkdir()
    (folder / "templates").mkdir()
    (folder / "look.css").symlink_to("/etc/passwd")
    (folder / "assets" / "mark.svg").symlink_to("/etc/passwd")
    (folder / "templates" / "blocks").symlink_to("/etc")
    (folder / "assets" / "loop").symlink_to(folder)
    os.mkfifo(folder / "assets" / "pipe.svg")
    (folder / "assets" / "bomb.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(1_200_000))
    for n in range(300):
        (folder / "assets" / f"p{n}.svg").write_text(PICTURE)
    started = time.perf_counter()
    theme, findings = theming.load(
        folder, theming.DepartmentSlug("water"), tr=theming.Translator("en")
    )
    served = b"".join(content for _, content in theming.files(theme))

    assert b"root:" not in served and len(served) < 200_000 and not theme.templates
    assert time.perf_counter() - started < 20
    assert {"F303", "F304", "F306"} >= {found.code for found in findings} > {"F306"}
