"""Colours: contrast as WCAG defines it, and no pair of a palette below it."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.rendering.theming import colours
from generator.rendering.theming.palette import (
    HUES,
    PAIRS,
    TONES,
    Scheme,
    derived_wishes,
    misses,
    palette,
)  # fmt: skip
from tests.rendering.themes import load

HEX = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


@pytest.mark.parametrize(
    "one, other, ratio",
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.00),
        ("#0000ff", "#ffffff", 8.59),
        ("#00ff00", "#000000", 15.30),
        ("#1d70b8", "#ffffff", 5.17),
        ("#949494", "#ffffff", 3.03),
    ],
)
def test_contrast_is_what_others_measure(one, other, ratio):
    """A wrong formula would pass every theme and fail every reader with weak eyes.

    The ratios are those that the checkers of WebAIM and W3C give; 1d70b8 is GOV.UK's link blue.
    """
    assert colours.contrast(one, other) == pytest.approx(ratio, abs=0.006)
    assert colours.contrast(other, one) == colours.contrast(one, other)


def test_a_ratio_is_never_rounded_up():
    """#777 on white has 4.478: it misses, though it prints as 4.5."""
    assert not colours.is_safe("#777777", ["#ffffff"])
    assert colours.is_safe("#767676", ["#ffffff"])


@pytest.mark.parametrize("name", ["#ff0000", "#123456", "#abcdef", "#000000", "#ffffff", "#00ff88"])
def test_perceptual_lightness_leads_back_to_the_same_colour(name):
    """A department's own colour must not drift on the way through."""
    assert colours.from_oklch(*colours.to_oklch(name)) == name


def test_oklch_is_the_published_one():
    """Ottosson's own figures for red: L 0.628, C 0.2577, h 29.23."""
    assert colours.to_oklch("#ff0000") == pytest.approx((0.62796, 0.25768, 29.234), abs=2e-4)


def test_a_safe_colour_is_its_own_twin():
    """What a department chose well stays as it is."""
    assert colours.nearest_safe("#0B5C94", ["#ffffff"]) == "#0b5c94"
    assert colours.nearest_safe("#fff", ["#000000"]) == "#ffffff"


@given(HEX, st.lists(HEX, min_size=1, max_size=1))
@settings(max_examples=30, deadline=None)
def test_a_twin_can_be_read_and_keeps_its_hue(colour, grounds):
    """A twin that misses, or comes in another colour, would be no answer."""
    twin = colours.nearest_safe(colour, grounds)

    assert colours.is_safe(twin, grounds)
    _, chroma, hue = colours.to_oklch(colour)
    _, kept, turned = colours.to_oklch(twin)
    assert kept <= chroma + 0.01
    if kept > 0.06:
        assert abs((turned - hue + 180) % 360 - 180) < 8


@given(HEX)
@settings(max_examples=40, deadline=None)
def test_no_lighter_change_would_have_done(colour):
    """The nearest twin, not the easiest: black would always be safe on white."""
    twin = colours.nearest_safe(colour, ["#ffffff"])
    lightness, chroma, hue = colours.to_oklch(colour)

    if twin != colour:
        nearer = colours.from_oklch(colours.to_oklch(twin)[0] + 0.012, chroma, hue)
        assert not colours.is_safe(nearer, ["#ffffff"])
        assert colours.to_oklch(twin)[0] < lightness


@pytest.mark.parametrize("hue", HUES)
def test_every_derived_palette_can_be_read(hue):
    """Departments that chose nothing must not be punished with grey on grey."""
    for lightness, chroma in TONES:
        for turn in (120, 150, 180, 210, 240):
            made, answers = palette(
                {
                    "primary": colours.from_oklch(lightness, chroma, hue),
                    "accent": colours.from_oklch(0.5, 0.12, (hue + turn) % 360),
                }
            )
            assert list(misses(made.light)) == list(misses(made.dark)) == []
            assert answers == ()


def test_there_are_hues_enough():
    """A dozen departments side by side should not look alike."""
    assert len(HUES) >= 12
    assert len({str(derived_wishes(f"d{n}")) for n in range(71)}) > 50


COLOUR = HEX | st.fixed_dictionaries({}, optional={"light": HEX, "dark": HEX})


@given(
    st.dictionaries(st.sampled_from(["primary", "accent", "background", "surface", "text"]), COLOUR)
)
@settings(max_examples=30, deadline=None)
def test_whatever_a_theme_asks_for_can_be_read(wishes):
    """No choice of colours by anyone may make a page unreadable."""
    made, answers = palette(wishes)

    assert list(misses(made.light)) == list(misses(made.dark)) == []
    for answer in answers:
        assert answer.wanted != answer.given and answer.ratio < answer.least


def test_an_answer_is_told_with_both_colours(tmp_path):
    """A department must learn what stands in place of its colour, and why."""
    loaded = load(tmp_path, "schema: 1\ncolours: {primary: {light: '#ffcc00'}, text: '#bbbbbb'}\n")

    assert loaded.theme.key == "water" and loaded.codes == {"F302"}
    told = {found.column: found for found in loaded.findings}
    assert set(told) == {"colours.primary.light", "colours.text.light"}
    assert told["colours.primary.light"].value == "#ffcc00"
    given = re.search(r"(#[0-9a-f]{6}) stands for it", told["colours.primary.light"].message)
    assert given and f"--link: {given[1]};" in loaded.css and "--link: #ffcc00" not in loaded.css


def test_a_brand_colour_stays_on_large_areas_with_ink_that_can_be_read(tmp_path):
    """A yellow house keeps its yellow button; its words turn dark."""
    loaded = load(tmp_path, "schema: 1\ncolours: {primary: '#ffcc00'}\n")

    light = loaded.css.partition("[data-scheme")[0]
    assert "--fill: #ffcc00;" in light and "--on-fill: #14181d;" in light


def test_the_style_sheet_sets_every_colour_that_the_city_uses():
    """A variable left to the city would put one house's ink on another's ground."""
    tokens = (Path(__file__).parents[2] / "theme/assets/css/10-tokens.css").read_text("utf-8")
    city = set(re.findall(r"--([a-z-]+): #[0-9a-f]{3,6};", tokens))
    ours = {name.replace("_", "-") for name in Scheme.__dataclass_fields__}

    assert city == ours


def test_every_colour_is_in_a_tested_pair_or_only_adorns():
    """A colour that no pair names is a colour that nobody checked."""
    paired = {role for upper, lower, _ in PAIRS for role in (upper, lower)}

    assert set(asdict(palette({})[0].light)) - paired == {"line"}
