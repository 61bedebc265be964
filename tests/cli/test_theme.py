"""`theme new` and `theme check`: a finished look at once, and every fault with its remedy."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.test_bad_input import Shell, shell

__all__ = ["shell"]
SLUG = "market-regulation"


@pytest.fixture
def city(shell):
    shutil.rmtree(shell.city.root / "department_themes" / SLUG)
    return shell.city.root


def run(shell: Shell, city: Path, *words: str, code: int = 0) -> tuple[str, str]:
    ending = shell.run("theme", *words, "--config", str(city / "site_config.yml"))
    assert ending.code == code, ending.err
    return ending.out, ending.err


def test_a_theme_is_started_finished_and_never_written_over(shell, city):
    """A department that tries the command twice must not lose what it made of the first."""
    folder = city / "department_themes" / SLUG
    shown, _ = run(shell, city, "new", SLUG, "--layout", "tiles", "--dry-run")
    assert "structure: tiles" in shown and not folder.exists()

    written, _ = run(shell, city, "new", SLUG, "--layout", "tiles", "--mark", "scales")
    assert all(Path(line.rsplit(" (", 1)[0]).is_file() for line in written.splitlines())
    run(shell, city, "check", SLUG)

    (folder / "theme.yml").write_text("schema: 1\nname: Ours\n")
    assert "is there already" in run(shell, city, "new", SLUG, code=2)[1]
    assert "name: Ours" in (folder / "theme.yml").read_text()


def test_a_misspelt_department_is_told_the_nearest(shell, city):
    """A theme for a department that does not exist would be missed only after publishing."""
    assert f"did you mean {SLUG}?" in run(shell, city, "new", "market-regulatoin", code=2)[1]
    assert f"did you mean {SLUG}?" in run(shell, city, "check", "market-regulatoin", code=2)[1]


FAULTY = """\
# keep this
schema: 1
fonts: serif
colours: {primary: "#ffcc00"}
"""


def test_every_fault_comes_with_its_remedy_and_the_safe_ones_are_mended(shell, city):
    """CI goes by the exit code, a clerk by the words; `--fix` must touch nothing but colours."""
    folder = city / "department_themes" / SLUG
    folder.mkdir()
    theme = folder / "theme.yml"
    theme.write_text(FAULTY)
    out, _ = run(shell, city, "check", SLUG, code=1)
    assert "did you mean font?" in out

    theme.write_text(FAULTY.replace("fonts", "font"))
    found = json.loads(run(shell, city, "check", "--format", "json", code=1)[0])
    assert [(each["code"], each["record"]) for each in found] == [("F302", SLUG)]
    assert found[0]["remedy"].count("#") == 1

    run(shell, city, "check", SLUG, "--fix", "--dry-run", code=1)
    assert theme.read_text() == FAULTY.replace("fonts", "font")
    run(shell, city, "check", SLUG, "--fix")
    assert "# keep this" in theme.read_text() and "#ffcc00" not in theme.read_text()


def test_a_template_is_tried_on_the_department_s_own_page(shell, city):
    """A block that stands on an invented department and fails on the real one helps nobody."""
    (city / "department_themes" / SLUG / "templates" / "blocks").mkdir(parents=True)
    (city / "department_themes" / SLUG / "theme.yml").write_text("schema: 1\n")
    block = city / "department_themes" / SLUG / "templates" / "blocks" / "contact.html"
    block.write_text("<section class='band' aria-label='x'><h2>Where</h2></section>")

    out, _ = run(shell, city, "check", SLUG, code=1)

    assert "F305" in out and "leaves out the fact departments.phone" in out


def test_a_heavy_picture_is_advice_and_no_fault(shell, city):
    """A photograph of a megabyte keeps a phone waiting; it is told, and CI goes on."""
    folder = city / "department_themes" / SLUG
    (folder / "assets").mkdir(parents=True)
    (folder / "theme.yml").write_text("schema: 1\nbanner: {image: hall.png}\n")
    (folder / "assets" / "hall.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(400_000))

    out, _ = run(shell, city, "check", SLUG)

    assert "has 400 KB" in out and "200 KB" in out
