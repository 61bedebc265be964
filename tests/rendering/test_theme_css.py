"""A theme's own CSS: what passes, and that nothing passes which could hide or falsify a fact."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import tinycss2
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.rendering.theming.block_rules import CITY_CLASSES
from generator.rendering.theming.css_values import GROUNDS, INKS, PROPERTIES
from generator.rendering.theming.own_css import filtered
from tests.rendering.themes import PICTURE, TR, load

CITY = Path(__file__).parents[2] / "theme" / "assets" / "css"


def kept(css: str) -> str:
    return filtered(css, ["wave.svg"], TR)[0].strip()


HIDING = """
display: none; visibility: hidden; opacity: 0; font-size: 0; font-size: 1px; font-size: .1em;
text-indent: -999em; position: fixed; position: absolute; clip: rect(0 0 0 0); clip-path: inset(50%);
height: 0; max-height: 0; max-width: 0; max-width: 1px; overflow: hidden; transform: scale(0);
transform: translateX(-999em); margin: -999em; margin-top: -1px; line-height: 0; line-height: 1px;
letter-spacing: -1em; letter-spacing: 9rem; word-spacing: -9em; color: transparent; color: #fff;
color: red; color: var(--page); color: var(--surface); background: #000; background-color: #000;
background-color: var(--ink); filter: blur(9px); filter: opacity(0); mix-blend-mode: difference;
z-index: 9; content: "0元"; content: attr(title); text-decoration: line-through;
text-decoration-line: line-through; text-transform: lowercase; direction: rtl; unicode-bidi: plaintext;
writing-mode: vertical-rl; order: -1; float: right; columns: 9; zoom: 0; scale: 0; rotate: 180deg;
mask: url(x); -webkit-text-fill-color: #fff; -webkit-text-security: disc; text-shadow: 0 0 9px #000;
animation: x 1s; transition: all 9s; all: unset; --ink: #fff; --page: #000; cursor: none;
pointer-events: none; user-select: none; box-shadow: inset 0 0 0 99rem #000; box-shadow: 0 0 0 99rem #000;
outline: none; font: 0/0 a; font-family: Wingdings; src: url(x); behavior: url(x); width: 0; width: 1px;
inset: 0; top: -99em; left: -99em; content-visibility: hidden; columns: 1px; white-space: nowrap;
text-overflow: ellipsis; -webkit-line-clamp: 1; margin: 1e9rem; padding: 999rem; margin: calc(-1px);
margin: env(x); margin: 0 0 -1px; border-width: 99rem; font-size: 99rem; border: 99rem solid #000
"""


@pytest.mark.parametrize("declaration", [d.strip() for d in HIDING.replace("\n", " ").split(";")])
@pytest.mark.parametrize("selector", ["p", ".own-x"])
def test_what_could_hide_or_falsify_a_fact_is_dropped_and_told(selector, declaration):
    """A department must not be able to make its time limit vanish."""
    css, dropped = filtered(f"{selector} {{ {declaration} }}", [], TR)

    assert css == ""
    assert len(dropped) == 1 and dropped[0].reason and dropped[0].line == 1


@pytest.mark.parametrize(
    "rule",
    [
        "[data-fact] { padding: 1rem }",
        "[data-fact='fee'] { padding: 1rem }",
        ".facts { padding: 1rem }",
        ".facts__row dd { padding: 1rem }",
        ".fc text { padding: 1rem }",
        "* { padding: 1rem }",
        ":root { padding: 1rem }",
        ":not(p) { padding: 1rem }",
        "p:has(a) { padding: 1rem }",
        "#main { padding: 1rem }",
        "html { padding: 1rem }",
        "body p, body { padding: 1rem }",
        "p:target { padding: 1rem }",
        "p::after { padding: 1rem }",
        "p::first-line { padding: 1rem }",
        "@import url(//evil.example/x.css);",
        "@import 'x.css';",
        "@font-face { font-family: x; src: url(x) }",
        "@keyframes x { to { padding: 1rem } }",
        "@supports (x: y) { p { padding: 1rem } }",
        "@layer x { p { padding: 1rem } }",
        "@page { margin: 1rem }",
        "@namespace x url(y);",
        "@media (prefers-color-scheme: dark) { p { padding: 1rem } }",
        "@media not print { p { padding: 1rem } }",
        "@media print { @media print { p { padding: 1rem } } }",
        "p { padding: 1rem !important }",
        "p { a { padding: 1rem } }",
        ".own-x { background-image: url(assets/wave.svg) }",
        ".own-x::before { background-image: url(//evil.example/x.svg) }",
        ".own-x::before { background-image: url(assets/../wave.svg) }",
        ".own-x::before { background-image: url(assets/other.svg) }",
        ".own-x::before { background-image: url('data:image/svg+xml,x') }",
        ".own-x::before { content: '0' }",
        "p::before { content: '' }",
        "p { display: flex }",
        ".own-x p { color: var(--ink); background-color: var(--page) }",
        ".own-x { color: var(--ink) }",
        ".own-x { background-color: var(--tint) }",
        "p { border-color: #fff }",
        "</style><script>alert(1)</script>",
    ],
)
def test_a_rule_that_reaches_too_far_is_dropped_and_told(rule):
    """Neither facts nor flowcharts nor another host is a theme's to touch."""
    css, dropped = filtered(rule, ["wave.svg"], TR)

    assert css.strip() == ""
    assert dropped


def test_what_dresses_passes():
    """A department must be able to look like itself."""
    css = """
    h2 { border-block-end: 2px solid var(--fill); letter-spacing: 0.02em; font-weight: 700 }
    .own-x, .card .own-y { color: var(--ink); background-color: var(--tint); padding: 1rem 2rem }
    .own-x::before { content: ""; display: block; min-height: 2rem;
      background-image: url("assets/wave.svg"); background-repeat: repeat-x }
    .own-g { display: grid; grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); gap: 1rem }
    @media (min-width: 40em) { h1 { font-size: 3rem } }
    .own-x:hover { border-color: #c00 }
    """
    written, dropped = filtered(css, ["wave.svg"], TR)

    assert dropped == ()
    assert (
        'url("wave.svg")' in written
        and "repeat(auto-fit, minmax(min(14rem, 100%), 1fr))" in written
    )


def test_a_bad_declaration_does_not_take_its_neighbours_down():
    """One mistake costs one line."""
    assert (
        kept("p { margin-top: 1rem; display: none; padding-top: 1rem }")
        == "p { margin-top: 1rem; padding-top: 1rem; }"
    )


SOUP = st.lists(st.sampled_from([
    *"{}();:,.'\"\\/*@#-<>!+~ \n=[]", "a", "var(--ink)", "url(", ".own-x", "color: ", "padding: ",
    "display: ", "none", "1rem", "@media print", "/*", "*/", "p { padding: 1rem }", "p {",
]), max_size=40).map("".join)  # fmt: skip


@given(SOUP)
@settings(max_examples=150, deadline=None)
def test_whatever_comes_in_what_goes_out_is_in_the_list(css):
    """The filter is judged by a parser, not by the imagination of whoever wrote it."""
    written, _ = filtered(css, [], TR)
    for rule in tinycss2.parse_stylesheet(written, skip_whitespace=True):
        rules = [rule]
        if rule.type == "at-rule":
            assert rule.at_keyword == "media"
            rules = tinycss2.parse_rule_list(rule.content, skip_whitespace=True)
        for inner in rules:
            assert inner.type == "qualified-rule"
            for part in tinycss2.parse_blocks_contents(inner.content, skip_whitespace=True):
                assert part.type == "declaration" and part.name in PROPERTIES


def test_dropped_css_is_told_with_its_line(tmp_path):
    """Whoever wrote it must find the place."""
    css = "h2 { margin-top: 1rem }\np {\n  opacity: 0;\n}\n"
    loaded = load(tmp_path, "schema: 1\ncss: look.css\n", {"look.css": css})

    assert loaded.codes == {"F304"} and loaded.told("line 3, opacity: 0")
    assert "h2 { margin-top: 1rem !important; }" in loaded.css and "opacity" not in loaded.css


def test_own_css_shows_only_pictures_that_passed(tmp_path):
    """A picture that was refused must not come back through CSS."""
    css = '.own-x::before { content: ""; background-image: url(assets/bad.svg) }'
    loaded = load(
        tmp_path,
        "schema: 1\ncss: look.css\n",
        {"look.css": css, "assets/bad.svg": "<svg", "assets/good.svg": PICTURE},
    )

    assert loaded.codes == {"F303", "F304"} and "bad.svg" not in loaded.css


def test_inks_and_grounds_are_variables_of_the_city():
    """A name that the city does not know would give black on whatever is behind."""
    tokens = (CITY / "10-tokens.css").read_text("utf-8")

    assert all(f"--{name}:" in tokens for name in INKS | GROUNDS)


def test_the_city_lifts_no_before_out_of_the_flow_where_a_theme_can_reach():
    """The reason why a picture may stand on ::before: nothing of the city's makes it cover text."""
    sheets = "\n".join(path.read_text("utf-8") for path in sorted(CITY.glob("*.css")))
    sheets = re.sub(r"/\*.*?\*/", "", sheets, flags=re.DOTALL)
    lifted = [
        selector.strip()
        for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheets)
        for selector in selectors.split(",")
        if "::before" in selector and re.search(r"position:\s*(absolute|fixed)", body)
    ]
    reached = [
        selector
        for selector in lifted
        if not set(re.findall(r"\.([\w-]+)", re.split(r"[\s>+~]+", selector)[-1])) - {*CITY_CLASSES}
    ]

    assert lifted and not reached


@pytest.mark.parametrize(
    "css",
    [
        "(" * 30_000,
        "p {" * 9_000,
        "@media print {" * 2_000,
        "\x00",
        "p { margin: " + "0 " * 9_000 + "}",
    ],
)
def test_css_that_is_made_to_exhaust_is_dropped(css):
    """A theme must not stop the build by depth or length."""
    written, dropped = filtered(css, [], TR)

    assert written == "" and dropped


@pytest.mark.parametrize(
    ("declaration", "bounded"),
    [
        ("padding: 6rem", "padding: 6rem min(6rem, max(4%, 1.25vw))"),
        ("margin: 0 auto", "margin: 0 auto"),
        ("margin: 1rem 2rem 1rem 3rem",
         "margin: 1rem min(2rem, max(4%, 1.25vw)) 1rem min(3rem, max(4%, 1.25vw))"),
        ("padding-inline: 6rem", "padding-inline: min(6rem, max(4%, 1.25vw))"),
        ("padding-block: 6rem", "padding-block: 6rem"),
        ("border: 1rem solid", "border: min(1rem, max(2px, 1vw)) solid"),
        ("border-block-end: 1rem solid", "border-block-end: 1rem solid"),
        ("width: 90rem", "width: min(90rem, 100%)"),
        ("gap: 1rem 6rem", "gap: 1rem min(6rem, 4%)"),
        ("gap: 1rem", "gap: 1rem min(1rem, 4%)"),
        ("flex: 0 0 90rem", "flex: 0 1 min(90rem, 100%)"),
        ("flex: none", "flex: 0 1 auto"),
        ("grid-template-columns: 10rem 1fr", "grid-template-columns: minmax(0, 10rem) minmax(0, 1fr)"),
        ("grid-template-columns: repeat(6, 20rem)", "grid-template-columns: repeat(6, minmax(0, 20rem))"),
        ("grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr))",
         "grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr))"),
    ],
)  # fmt: skip
def test_what_takes_room_in_the_line_can_be_repeated_without_pushing_a_fact_out(
    declaration, bounded
):
    """Eight paddings around one another would carry a time limit off a phone's screen."""
    assert kept(f".own-x {{ {declaration} }}") == f".own-x {{ {bounded}; }}"
