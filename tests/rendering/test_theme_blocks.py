"""A department's own block templates: a small language, and no fact changed by what comes out."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest
from jinja2.sandbox import ImmutableSandboxedEnvironment

from generator import bundled
from generator.i18n import translator
from generator.rendering.environment import Links
from generator.rendering.templates import Renderer
from generator.rendering.theming import rehearsal, sandbox
from generator.rendering.theming.block_rules import OWN_BLOCKS, block, facts, required
from generator.rendering.theming.blocks import block_data
from tests.rendering.themes import PICTURE, TR, load, rendered

SITE, PAGE = rehearsal.specimens()[0]
DATA = block_data(SITE, PAGE, Links(PAGE.head.address), {"drop.svg": f"{SITE.home}assets/drop.svg"})


class NoCharts:
    """No page of this test draws a chart."""

    failed: frozenset[str] = frozenset()

    def inline(self, key: str, id_prefix: str) -> str:
        raise AssertionError(key)


@pytest.fixture(scope="module")
def renderer():
    return Renderer(
        language="en", tr=translator("en"), theme_root=bundled.theme(), charts=NoCharts()
    )


def made(source: str, name: str = "about") -> str:
    return block(source, name, DATA, TR)


def reasons(source: str, name: str = "about") -> str:
    with pytest.raises(sandbox.SandboxError) as refused:
        made(source, name)
    assert refused.value.reasons
    return str(refused.value)


@pytest.mark.parametrize(
    "source",
    [
        "{{ ''.__class__ }}",
        "{{ ''.__class__.__mro__[1].__subclasses__() }}",
        "{{ department.__class__ }}",
        "{{ department.name.format }}",
        "{{ department.name.upper() }}",
        "{{ department.keys() }}",
        "{{ powers.__len__ }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ self.__init__ }}",
        "{{ self }}",
        "{{ loop }}",
        "{{ range(9) }}",
        "{{ lipsum() }}",
        "{{ namespace() }}",
        "{{ dict(a=1) }}",
        "{{ config }}",
        "{{ page }}",
        "{{ request }}",
        "{{ 'a' * 10 ** 10 }}",
        "{{ 9 ** 9 ** 9 }}",
        "{{ 'a' ~ department.name }}",
        "{{ 'a' + 'b' }}",
        "{{ '%s' % department.name }}",
        "{{ department.name[0] }}",
        "{{ department.name[1:] }}",
        "{{ department.name | safe }}",
        "{{ department | attr('name') }}",
        "{{ department | xmlattr }}",
        "{{ department | tojson }}",
        "{{ department.name | replace('a', 'b') }}",
        "{{ department.name | truncate(2) }}",
        "{{ department.name | center(100000000) }}",
        "{{ powers | map(attribute='name') | list }}",
        "{{ powers | join('x') }}",
        "{{ powers }}",
        "{{ department }}",
        "{{ ['a'] }}",
        "{{ {'a': 1} }}",
        "{% set x = 1 %}",
        "{% macro x() %}{% endmacro %}",
        "{% call x() %}{% endcall %}",
        "{% include 'banner.html' %}",
        "{% include '/etc/passwd' %}",
        "{% import 'macros.html' as m %}",
        "{% from 'macros.html' import row %}",
        "{% extends 'main.html' %}",
        "{% block x %}{% endblock %}",
        "{% filter upper %}x{% endfilter %}",
        "{% with x = 1 %}{% endwith %}",
        "{% autoescape false %}{{ department.name }}{% endautoescape %}",
        "{% for i in range(1000000000) %}x{% endfor %}",
        "{% for p in powers %}{% for q in powers %}x{% endfor %}{% endfor %}",
        "{% for p in powers %}{% for q in powers %}{% for r in powers %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for p in powers recursive %}{{ loop(powers) }}{% endfor %}",
        "{% for p in powers if p.name %}x{% endfor %}",
        "{% for a, b in powers %}x{% endfor %}",
        "{% for loop in powers %}x{% endfor %}",
        "{% if department.name == department.summary %}x{% endif %}",
        "{% if 'a' in department.name %}x{% endif %}",
        "{{ nothing }}",
        "{{ department.nothing }}",
        "{% for p in powers %}",
        "{{ " + "(" * 3_000 + "1" + ")" * 3_000 + " }}",
        "{{ " + "9" * 5_000 + " }}",
        "{% if " + " and ".join(["active"] * 2_000) + " %}{% endif %}",
        "{% for p in powers %}" * 40 + "{% endfor %}" * 40,
        "x" * 17_000,
    ],
)
def test_the_language_is_too_small_to_do_harm(source):
    """A department's template is a stranger's program on the city's machine."""
    start = time.perf_counter()
    assert reasons(source)
    assert time.perf_counter() - start < 5


def test_an_ordinary_sandbox_would_have_let_some_of_it_through():
    """The near miss: what is refused here runs in Jinja's own sandbox, so the test can fail."""
    ordinary = ImmutableSandboxedEnvironment(autoescape=True)

    assert ordinary.from_string("{{ '<b>' | safe }}").render() == "<b>"
    assert len(ordinary.from_string("{{ 'a' * 10 ** 6 }}").render()) == 10**6


def test_output_stops_at_a_size():
    """A page of a gigabyte must not leave the sandbox."""
    rows = tuple({"name": "x"} for _ in range(2_000))

    with pytest.raises(sandbox.SandboxError, match="makes more than"):
        sandbox.render("{% for r in rows %}" + "y" * 900 + "{% endfor %}", {"rows": rows}, TR)


def test_the_language_is_large_enough_to_be_of_use():
    """Loops, fields, conditions, counts and defaults are what a home page needs."""
    source = """
    {% for group in groups %}{% if not loop.first and group.count > 1 %}<p>{{ loop.index }} of
    {{ groups | length }}: {{ group.text }}{% for power in group.powers %} {{ power.limit }}{% endfor %}</p>
    {% endif %}{% else %}<p>nothing</p>{% endfor %}
    <p>{{ department.summary | default("none") }} {{ 'many' if active >= 4 else 'few' }}
    {{ contact[0].title }} {{ pictures["drop.svg"] }} {{ links.search }}</p>
    """
    text = made(source)

    assert "2 of\n    2: inspection 20 working days 20 working days" in text
    assert "Summary many" in text and "Address" in text and "assets/drop.svg" in text


def test_what_comes_from_the_data_is_text():
    """A department's name with a tag in it must show, not run."""
    page = replace(PAGE, department=replace(PAGE.department, summary="<script>alert(1)</script>"))
    data = block_data(SITE, page, Links(page.head.address), {})

    assert block("<p>{{ department.summary }}</p>", "about", data, TR) == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>"
    )


@pytest.mark.parametrize(
    "markup, reason",
    [
        ("<script>alert(1)</script>", "<script>"),
        ("<p onclick='x()'>a</p>", "onclick"),
        ("<p style='display:none'>a</p>", "style"),
        ("<p hidden>a</p>", "hidden"),
        ("<p aria-hidden='true'>a</p>", "aria-hidden"),
        ("<p class='unseen'>a</p>", "unseen"),
        ("<details><p>a</p></details>", "<details>"),
        ("<template><p>a</p></template>", "<template>"),
        ("<noscript>a</noscript>", "<noscript>"),
        ("<iframe src='x'></iframe>", "<iframe>"),
        ("<form action='x'></form>", "<form>"),
        ("<style>p{display:none}</style>", "<style>"),
        ("<link rel='stylesheet' href='x'>", "<link>"),
        ("<svg><path d='M0 0'/></svg>", "<svg>"),
        ("<main>a</main>", "<main>"),
        ("<!doctype html>", "<!doctype"),
        ("<a href='javascript:alert(1)'>a</a>", "javascript"),
        ("<a href='jav&#x09;ascript:alert(1)'>a</a>", "href"),
        ("<a href='data:text/html,x'>a</a>", "data:"),
        ("<a href='//evil.example'>a</a>", "//evil"),
        ("<a href='/'>a</a>", "href"),
        ("<a target='_blank' href='x'>a</a>", "target"),
        ("<img src='https://evil.example/x.png' alt=''>", "src"),
        ("<img src='x.png' alt=''>", "no picture of the theme"),
        ("<img src='{{ pictures[\"drop.svg\"] }}'>", "alt"),
        ("<h1>a</h1>", "first-level"),
        ("<h3>a</h3>", "heading level"),
        ("<p id='main'>a</p>", "id="),
        ("<p id='own-banner'>a</p>", "must begin"),
        ("<p id='own-about'>a</p><p id='own-about'>b</p>", "twice"),
        ("<nav><a href='x'>a</a></nav>", "without aria-label"),
        ("<section aria-labelledby='own-about-x'>a</section>", "label"),
        ("<p data-fact='fee'>0</p>", "not in the data"),
        ("<p data-{{ 'fact' }}='departments.phone'>911</p>", "not in the data"),
    ],
)
def test_markup_that_may_not_stand_is_refused(markup, reason):
    """What acts, asks, hides or lies does not come onto a government page."""
    assert reason in reasons(markup)


def test_a_hidden_fact_is_found():
    """The department's complaints line is not the theme's to leave out."""
    source = """<section class="band" aria-labelledby="own-contact"><h2 id="own-contact">Here</h2><dl>
    {% for entry in contact %}<dt>{{ entry.title }}</dt><dd>{{ entry.fact }}</dd>{% endfor %}
    </dl></section>"""

    assert facts(made(source, "contact")) == required("contact", DATA)
    kept = "{% if entry.key != 'supervision_phone' %}{{ entry.fact }}{% endif %}"
    cut = source.replace("{{ entry.fact }}", kept)
    assert "leaves out the fact departments.supervision_phone" in reasons(cut, "contact")


def test_a_fact_among_comments_is_no_fact():
    """Commented out is hidden too."""
    assert "leaves out" in reasons(
        "<!-- {% for e in contact %}{{ e.fact }}{% endfor %} -->", "contact"
    )


@pytest.mark.parametrize("name", OWN_BLOCKS)
def test_a_block_must_show_what_the_citys_shows(renderer, name):
    """Else a theme's block could hide what the city's own tells; the city's template is the measure."""
    site = replace(SITE, theme="municipal", blocks=(name,))
    page = replace(PAGE, blocks=(name,))

    assert facts(renderer.page(site, page).decode()) == required(name, DATA)


def test_anchors_of_the_kinds_must_stay():
    """The city's block of kinds leads to them."""
    body = "{% for p in powers %}<p>{{ p.name }} {{ p.code }} {{ p.applicant }}</p>{% endfor %}"

    assert "kind-licensing" in reasons(body, "powers")
    ids = "{% for g in groups %}<p id='kind-{{ g.key }}'>{{ g.text }}</p>{% endfor %}"
    assert "kind-licensing" in made(ids + body, "powers")


def test_a_templates_block_stands_on_the_page(renderer, tmp_path):
    """What a department wrote must be what its readers see, in place of the city's block."""
    source = "<section aria-label='Us'><p class='own-x'>{{ site.city }}!</p></section>"
    yml = "schema: 1\nblocks: [banner, about]\n"
    loaded = load(tmp_path, yml, {"templates/blocks/about.html": source})
    assert loaded.findings == ()
    dressed = Renderer(
        language="en",
        tr=translator("en"),
        theme_root=bundled.theme(),
        charts=NoCharts(),
        themes={"water": loaded.theme},
    )
    html = dressed.page(replace(SITE, theme="water", blocks=loaded.theme.blocks),
                        replace(PAGE, blocks=loaded.theme.blocks)).decode()  # fmt: skip

    assert '<section aria-label="Us"><p class="own-x">City!</p></section>' in html
    assert 'id="about-title"' not in html and "assets/theme.css" in html


@pytest.mark.parametrize(
    "name, source, told",
    [
        ("about", "{{ ''.__class__ }}", "__class__"),
        ("about", "{% for a in powers %}{% for b in powers %}{% endfor %}{% endfor %}", "loop"),
        ("about", "{{ 'a' * 10000000000 }}", "Mul"),
        ("about", "<script>alert(1)</script>", "<script>"),
        ("contact", "<p>call us</p>", "leaves out the fact departments.phone"),
        ("about", "{{ powers[0].name }}", "fails"),
        ("search", "<p>no</p>", "no such block"),
        ("abuot", "<p>no</p>", "did you mean about?"),
    ],
)
def test_a_template_that_fails_gives_way_and_is_told(tmp_path, name, source, told):
    """The city's block stands in; the department learns why; its other blocks stay."""
    loaded = load(
        tmp_path,
        "schema: 1\n",
        {f"templates/blocks/{name}.html": source, "templates/blocks/data.html": "<p>Data</p>"},
    )

    assert loaded.codes == {"F305"} and loaded.told(told)
    assert rendered(loaded.theme, name) is None
    assert rendered(loaded.theme, "data") == "<p>Data</p>"
    assert loaded.theme.key == "water" and loaded.theme.css


def test_a_template_that_fails_on_real_data_gives_way_and_can_be_told(tmp_path):
    """Two specimens cannot foresee every department; the page must stand all the same."""
    source = "{% if kinds %}<p>{{ changes[0].day }}</p>{% endif %}"
    theme, findings = load(tmp_path, files={"templates/blocks/about.html": source})
    page = replace(PAGE, changes=())

    assert findings == () and rendered(theme, "about")
    assert (
        theme.render_block(SITE, "about", {"page": page, "href": Links(page.head.address)}) is None
    )
    assert [found.code for found in theme.rehearse(SITE, page, TR)] == ["F305"]


def test_a_picture_of_the_theme_may_stand_in_a_block(tmp_path):
    """A picture that passed is the department's to show."""
    source = '<p><img src="{{ pictures["drop.svg"] }}" alt=""></p>'
    loaded = load(
        tmp_path, files={"assets/drop.svg": PICTURE, "templates/blocks/about.html": source}
    )

    assert loaded.findings == ()
    assert 'src="../../departments/water/assets/drop.svg"' in str(rendered(loaded.theme, "about"))


def test_templates_see_plain_values_only():
    """An object with methods is a way out; none is handed in."""

    def kinds(value: object) -> set[type]:
        if isinstance(value, dict):
            return {dict}.union(*map(kinds, value.values()), *map(kinds, value))
        if isinstance(value, tuple):
            return {tuple}.union(*map(kinds, value))
        return {type(value)}

    assert {found.__name__ for found in kinds(DATA)} <= {"dict", "tuple", "str", "int", "Markup"}
    json.dumps(DATA)
