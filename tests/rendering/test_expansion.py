"""How a fact in a template becomes markup."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from jinja2 import Environment, UndefinedError

from generator.i18n import Translator
from generator.model.codes import PowerStatus, TimeUnit
from generator.rendering.environment import environment

BAD = "<b>\"'&"
SAFE = "&lt;b&gt;&#34;&#39;&amp;"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Environment:
    return environment(tmp_path_factory.mktemp("templates"), Translator("en"))


@pytest.mark.parametrize(
    "source, markup",
    [
        pytest.param('fact("name", x)', f'<span data-fact="name">{SAFE}</span>', id="text"),
        pytest.param('coded("kind", x)', f'<data value="{SAFE}" data-fact="kind">{SAFE}</data>', id="unknown-code"),
        pytest.param('coded("a.status", s)', '<data value="merged" data-fact="a.status">Merged into another power</data>', id="code"),
        pytest.param('coded("seq", 3, x)', f'<data value="3" data-fact="seq">{SAFE}</data>', id="own-words"),
        pytest.param('coded("a", 1, fact("b", x))', f'<data value="1" data-fact="a"><span data-fact="b">{SAFE}</span></data>', id="nested"),
        pytest.param('flag("needed", no, x, x)', f'<data value="false" data-fact="needed">{SAFE}</data>', id="no"),
        pytest.param('dated("on", day)', '<time datetime="2025-04-19" data-fact="on">19 April 2025</time>', id="day"),
        pytest.param('several("alias", (x, "b"))', f'<span data-fact="alias">{SAFE}</span>, <span data-fact="alias">b</span>', id="several"),
        pytest.param('phone("phone", "0310-5 (1)")', '<a class="phone" href="tel:031051"><span data-fact="phone">0310-5 (1)</span></a>', id="telephone"),
        pytest.param('phone("phone", x)', f'<span data-fact="phone">{SAFE}</span>', id="no-telephone"),
        pytest.param('timed("limit", 2, unit)', '<data value="hour" data-fact="unit"><data value="2" data-fact="limit">2 hours</data></data>', id="limit"),
        pytest.param('timed("limit", none, unit)', '<data value="hour" data-fact="unit">Hour</data>', id="unit-alone"),
        pytest.param('timed("limit", 2, none)', '<data value="2" data-fact="limit">2</data>', id="number-alone"),
    ],
)  # fmt: skip
def test_a_fact_says_what_it_is_and_cannot_be_markup(made, source, markup):
    """Re-users read the columns, and a clerk's angle bracket must not become an element."""
    names = {
        "x": BAD,
        "s": PowerStatus.MERGED,
        "no": False,
        "day": date(2025, 4, 19),
        "unit": TimeUnit.HOUR,
    }

    assert made.from_string(f"{{{{ {source} }}}}").render(names) == markup


@pytest.mark.parametrize("empty", ["", None])
def test_a_line_without_content_is_no_line(made, empty):
    """A title with nothing beside it looks like a fact that somebody hid."""
    template = made.from_string('{{ row("Title", fact("a", x) or fact("b", y)) }}')

    assert template.render(x=empty, y=empty) == ""
    assert 'data-fact="b">Y<' in template.render(x=empty, y="Y")
    assert 'data-fact="a">X<' in template.render(x="X", y="Y")


def test_nought_and_no_are_content(made):
    """“0 copies” and “not needed” are answers."""
    assert ">0<" in made.from_string('{{ row("T", coded("n", 0)) }}').render()
    assert ">no<" in made.from_string('{{ row("T", flag("n", false, "yes", "no")) }}').render()


def test_a_fact_that_is_not_written_out_is_an_error(made):
    """Where the expansion does not reach, a fact must not vanish quietly."""
    with pytest.raises(UndefinedError):
        made.from_string('{% set x = fact("a", "b") %}{{ x }}').render()


def test_a_name_that_the_page_does_not_have_is_an_error(made):
    """A mistyped column would else be an empty fact on every page."""
    with pytest.raises(UndefinedError):
        made.from_string('{{ fact("a", power.nmae) }}').render(power=PowerStatus.ACTIVE)


def test_texts_are_translated_as_a_template_is_read(tmp_path: Path):
    """Every word of the interface is in the city's language, quotation marks and all."""
    (tmp_path / "a.html").write_text('  <p>{{ _("One") }}</p>\n{% include "b.html" %}')
    (tmp_path / "b.html").write_text('    {{ _("Two {n}", n=x) }}|{{ _("Two {n}") }}')
    words = {"One": 'Ei"<ns>', "Two {n}": "Zwei {n}"}
    made = environment(tmp_path, Translator("de", words))

    assert made.get_template("a.html").render(x="<2>") == (
        "<p>Ei&#34;&lt;ns&gt;</p>\nZwei &lt;2&gt;|Zwei {n}"
    )
