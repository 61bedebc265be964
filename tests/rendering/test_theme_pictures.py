"""Pictures of a theme: what they say they are, and harmless even to one who opens them alone."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from generator.rendering.theming import marks, pictures
from generator.rendering.theming.palette import derived_wishes, palette
from tests.rendering.themes import PICTURE, TR, load

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
    'viewBox="0 0 4 4">{}</svg>'
)


def rebuilt(content: str) -> tuple[str, tuple[str, ...]]:
    svg, left_out = pictures.checked("x.svg", SVG.format(content).encode(), TR)
    return svg.decode(), left_out


@pytest.mark.parametrize(
    "content, left_out",
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<g onload='alert(1)'/>", "onload"),
        ("<foreignObject><p>x</p></foreignObject>", "<foreignObject>"),
        ("<image href='http://evil.example/x.png'/>", "<image>"),
        ("<use xlink:href='http://evil.example/x.svg#a'/>", "<use>"),
        ("<a xlink:href='javascript:alert(1)'><path d='M0 0'/></a>", "<a>"),
        ("<style>@import url(//evil.example)</style>", "<style>"),
        ("<path style='fill:url(//evil.example)' d='M0 0'/>", "style"),
        ("<path fill='url(http://evil.example/x#a)' d='M0 0'/>", "fill"),
        ("<path fill='URL(//evil.example/x#a)' d='M0 0'/>", "fill"),
        ("<animate attributeName='href' to='javascript:alert(1)'/>", "<animate>"),
        ("<set attributeName='onmouseover' to='alert(1)'/>", "<set>"),
        ("<text>false fact</text>", "<text>"),
        ("<path xlink:href='//evil.example' d='M0 0'/>", "href"),
        ("<html xmlns='http://www.w3.org/1999/xhtml'><script>1</script></html>", ""),
    ],
)
def test_what_acts_or_asks_is_left_out(content, left_out):
    """A logo must neither run nor report who looked at it."""
    svg, told = rebuilt(f"{content}<path d='M1 1h2v2z'/>")

    assert any(part.strip("<").startswith(left_out.strip("<>")) for part in told) or not left_out
    for bad in ("script", "alert", "evil", "javascript", "style", "xlink", "foreign", "text>"):
        assert bad not in svg
    assert 'd="M1 1h2v2z"' in svg
    ElementTree.fromstring(svg)


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE svg [<!ENTITY a "xx"><!ENTITY b "&a;&a;">]>' + PICTURE,
        '<!DOCTYPE svg SYSTEM "file:///etc/passwd">' + PICTURE,
        "<svg>" + "<g>" * 10,
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        '<html xmlns="http://www.w3.org/1999/xhtml"/>',
        SVG.format("<g>" * 40 + "</g>" * 40),
        SVG.format("<g/>" * 3_000),
        SVG.format("<!-- -->" + "<path d='" + "M0 0" * 40_000 + "'/>"),
        "\ufeff\x00",
    ],
)
def test_a_picture_that_cannot_be_trusted_is_refused(content):
    """An expanding or endless picture must not reach a reader's browser, or ours."""
    with pytest.raises(pictures.PictureError):
        pictures.checked("x.svg", content.encode(), TR)


@pytest.mark.parametrize("name", ["x.png", "x.jpg", "x.jpeg", "x.webp"])
@pytest.mark.parametrize("content", [b"", b"<html><script>1</script>", b"GIF89a", b"MZ\x90\x00"])
def test_a_file_that_is_not_what_it_says_is_refused(name, content):
    """A page or program under a picture's name must not be served."""
    with pytest.raises(pictures.PictureError):
        pictures.checked(name, content, TR)


@pytest.mark.parametrize(
    "name, content",
    [
        ("x.png", b"\x89PNG\r\n\x1a\n0"),
        ("x.jpg", b"\xff\xd8\xff\xe0"),
        ("x.webp", b"RIFF\x0a\x00\x00\x00WEBPVP8 "),
    ],
)
def test_a_raster_picture_is_served_as_it_is(name, content):
    """A department's photograph must arrive unchanged."""
    assert pictures.checked(name, content, TR) == (content, ())


def test_too_large_a_picture_is_refused():
    """Readers on a village line pay for every byte."""
    with pytest.raises(pictures.PictureError):
        pictures.checked("x.png", b"\x89PNG\r\n\x1a\n" + bytes(pictures.LARGEST_BYTES), TR)


def test_a_sound_svg_keeps_its_drawing():
    """Gradients, clips and titles belong to an honest mark."""
    content = (
        '<title>日 &lt;</title><defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/>'
        '</linearGradient></defs><path fill="url(#a)" d="M0 0L1-1e-3z" transform="rotate(3 1 1)"/>'
    )
    svg, left_out = rebuilt(content)

    assert left_out == ()
    for part in (
        "日 &lt;",
        'fill="url(#a)"',
        'd="M0 0L1-1e-3z"',
        "rotate(3 1 1)",
        "linearGradient",
    ):
        assert part in svg


def test_a_hostile_logo_gives_way_and_is_told(tmp_path):
    """The department keeps its colours and gets a mark made from its slug."""
    loaded = load(
        tmp_path, "schema: 1\nlogo: bad.svg\n", {"assets/bad.svg": "<!DOCTYPE svg><svg/>"}
    )

    assert loaded.theme.key == "water" and loaded.theme.logo.endswith("/mark.svg")
    assert loaded.codes == {"F303"}
    assert b"DOCTYPE" not in loaded.theme.pictures["mark.svg"]


def test_parts_left_out_of_a_logo_are_told(tmp_path):
    """A mark without its lettering would surprise the department."""
    loaded = load(
        tmp_path, "schema: 1\nlogo: own.svg\n", {"assets/own.svg": SVG.format("<text>W</text>")}
    )

    assert loaded.theme.logo.endswith("/own.svg") and loaded.told("<text> was left out")


@pytest.mark.parametrize("draw", [marks.mark, marks.banner])
def test_a_made_picture_passes_its_own_check(draw):
    """What Daylight draws must be as harmless as what it lets in."""
    made, _ = palette(derived_wishes("water"))
    svg = draw("water", made.light)

    _, left_out = pictures.checked("x.svg", svg, TR)
    assert left_out == () and svg == draw("water", made.light)
