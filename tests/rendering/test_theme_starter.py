"""`daylight theme new`: whatever is chosen, the theme that comes out is finished and sound."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from generator.model.codes import DepartmentSlug
from generator.rendering import theme as theming
from generator.rendering.theming import glyphs, looks, mending, settings, starter
from tests.rendering.themes import SLUG, TR, load


def started(tmp_path, **wishes):
    """Write the theme that is started for these wishes, and load it."""
    wish = starter.Wish(**{"slug": SLUG, "settings": {}, **wishes})
    for name, content in starter.files(wish, TR).items():
        path = tmp_path / SLUG / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return theming.load(tmp_path / SLUG, SLUG, tr=TR)


@pytest.mark.parametrize("structure", looks.STRUCTURES)
def test_every_layout_starts_sound(tmp_path, structure):
    """A department must not begin with somebody else's faults."""
    theme, findings = started(tmp_path, structure=structure, colour="teal", tagline='Say "so": #1')

    assert findings == ()
    assert theme.structure == structure and theme.key == SLUG and theme.tagline == 'Say "so": #1'
    assert theme.mark == "mark.svg" and theme.picture == "banner.svg"


@pytest.mark.parametrize("colour", [*starter.COLOURS, "#ff0", "#ffffff", "#000000", "#7f7f7f"])
def test_every_colour_can_be_read(tmp_path, colour):
    """Yellow on white is the commonest wish and the least legible; its twin stands there."""
    _, findings = started(tmp_path, colour=colour)

    assert findings == ()


def test_layouts_start_as_different_houses():
    """Eight layouts with one order of blocks would be one house."""
    orders = set()
    for structure in looks.STRUCTURES:
        wish = starter.Wish(slug="water", structure=structure, settings={})
        yml = starter.files(wish, TR)["theme.yml"]
        orders.add(tuple(settings.read(yml, TR)[0]["blocks"]))

    assert len(orders) == len(looks.STRUCTURES)


@pytest.mark.parametrize("name", [*glyphs.PICTURES, *glyphs.SIGNS])
def test_every_sign_is_drawn(tmp_path, name):
    """A mark that comes out empty leaves a hole beside the department's name."""
    theme, findings = started(tmp_path, mark=name)

    assert findings == ()
    path = ElementTree.fromstring(theme.pictures["mark.svg"])[1]
    assert path.get("d") == glyphs.strokes(name)


@pytest.mark.parametrize(
    ("slug", "sign"),
    [("fire-rescue", "flame"), ("education", "book"), ("zhaoxin", "Z"), ("9-lives", "star")],
)
def test_a_sign_is_proposed_for_every_department(slug, sign):
    """A clerk who presses enter must get something that fits."""
    assert glyphs.suggested(DepartmentSlug(slug)) == sign


MISSES = """\
# ours since 2019
schema: 1
colours:
  primary: "#ffcc00"   # the sun
  accent: {light: '#ffaaaa', dark: "#aa0000"}
  text:
    dark: "#333333"
"""


def test_contrast_twins_are_written_where_the_colours_stand(tmp_path):
    """Mending must not cost a department its own notes, nor need a second hand."""
    before = load(tmp_path, MISSES)
    assert before.codes == {"F302"} and len(before.findings) == 4

    source, told = mending.mended(MISSES, TR)

    assert len(told) == 3 and "# ours since 2019" in source and "# the sun" in source
    assert load(tmp_path, source).findings == ()
    assert mending.mended(source, TR) == (source, ())


@pytest.mark.parametrize("broken", ["schema: 1\ncolours: [", "colours: {primary: '#ff0'}\n", ""])
def test_a_file_with_other_faults_is_left_alone(broken):
    """Mending what cannot be read would make it worse."""
    assert mending.mended(broken, TR) == (broken, ())
