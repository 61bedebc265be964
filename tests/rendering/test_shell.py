"""Shells: what is poured where, how often, and what happens when a theme's template is wrong."""

from __future__ import annotations

import re
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from jinja2 import Environment, FileSystemLoader

from generator.i18n import Translator
from generator.rendering.pour import ShellError, entry_token, shell, token, without_indentation
from generator.rendering.shell import FORMS, Form, ShellMaker, material_templates, prepared
from tests.rendering.pages import THEME, every_page, renderer

SOUND = f"<html><body><main>{token('lead')}{token('body')}</main></body></html>"
LINKS = "".join(
    f'<li><a href="{entry_token("crumb", n, "href")}">{entry_token("crumb", n, "text")}</a></li>\n'
    for n in range(3)
)


def cut(specimen: str, **expected: int):
    return shell("test", specimen, {"lead": 1, "body": 1, **expected})


def plain_specimen(form: Form) -> str:
    """Return a specimen made without a line of MkDocs: the tested way out of it."""
    loader = FileSystemLoader([THEME / "material", material_templates()])
    environment = prepared(Environment(loader=loader, auto_reload=False), Translator("en"))

    def link(group: str, n: int) -> SimpleNamespace:
        return SimpleNamespace(
            title=entry_token(group, n, "text"), url=entry_token(group, n, "href")
        )

    headings = [
        SimpleNamespace(title=entry_token("toc", n, "text"), url="#" + entry_token("toc", n, "id"))
        for n in range(3)
    ]
    page = SimpleNamespace(
        title=token("title"),
        meta=SimpleNamespace(layout=form.layout),
        content=token("body"),
        ancestors=[link("crumb", n) for n in (2, 1, 0)] if form.crumbs else [],
        toc=[SimpleNamespace(children=headings if form.toc else [])],
    )
    names: dict[str, Any] = {
        "page": page,
        "nav": SimpleNamespace(items=[link("nav", n) for n in range(3)]),
        "config": SimpleNamespace(site_name=token("sitename")),
    }
    return without_indentation(environment.get_template("main.html").render(names))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.name.replace(" ", "-"))
def test_mkdocs_makes_the_same_shell_as_its_templates_alone(form):
    """MkDocs 1.x ends some day; the city must be able to leave it without a reader noticing."""
    assert ShellMaker(THEME, Translator("en")).specimen(form) == plain_specimen(form)


def test_a_list_grows_and_shrinks_as_its_entries_do():
    """A contents list with a line too many leads a reader nowhere."""
    made = cut(f"<ol>{LINKS}</ol>{SOUND}", crumb=1)
    entries = [{"href": f"/{n}", "text": f"T{n}"} for n in range(4)]
    for count in (1, 2, 4):
        poured = made.pour({"lead": "", "body": ""}, {"crumb": entries[:count]})
        assert re.findall(r'<li><a href="(.*?)">(.*?)</a></li>', poured) == [
            (f"/{n}", f"T{n}") for n in range(count)
        ]


def test_what_is_poured_is_escaped_and_never_poured_into():
    """A power called like a placeholder must not tear its page apart."""
    made = cut(f"<title>{token('title')}</title>{SOUND}", title=1)
    poured = made.pour({"title": f"<b>{token('body')}", "lead": "", "body": "<p>"}, {})

    assert (
        poured.startswith(f"<title>&lt;b&gt;{token('body')}</title>") and poured.count("<p>") == 1
    )


@pytest.mark.parametrize(
    "specimen, expected, complaint",
    [
        pytest.param(SOUND + token("title"), {}, "slot title occurs 1 times, not 0", id="unforeseen"),
        pytest.param(SOUND, {"title": 1}, "slot title occurs 0 times, not 1", id="missing"),
        pytest.param(SOUND + 2 * token("title"), {"title": 1}, "occurs 2 times, not 1", id="twice"),
        pytest.param(SOUND + token("title").title(), {}, "mangled", id="mangled"),
        pytest.param(SOUND.replace("main", "div"), {}, "no main element", id="outside-main"),
        pytest.param(SOUND.replace("<main", "<main hidden"), {}, "not seen", id="hidden"),
        pytest.param(SOUND.replace("<main", '<main style="display:none"'), {}, "not seen", id="styled"),
        pytest.param(SOUND.replace("<main>", "<main><details>"), {}, "details", id="folded-away"),
        pytest.param(SOUND.replace("<body>", "<body inert>"), {}, "not seen", id="inert"),
        pytest.param(SOUND.replace("<main>", "<main><!--").replace("</main>", "--></main>"), {},
                     "no element's text", id="commented-out"),
        pytest.param(LINKS.replace("</li>", "", 1) + SOUND, {"crumb": 1}, "differ", id="irregular-list"),
        pytest.param(LINKS.split("\n")[0] + SOUND, {"crumb": 1}, "list crumb", id="half-a-list"),
    ],
)  # fmt: skip
def test_a_template_that_loses_or_hides_a_slot_is_refused(specimen, expected, complaint):
    """Five thousand pages without their content would go out unnoticed."""
    with pytest.raises(ShellError, match=complaint):
        cut(specimen, **expected)


def test_a_broken_theme_stops_before_the_first_page(tmp_path: Path):
    """A fault in a template should be told at once, not after ten minutes of building."""
    folder = tmp_path / "material"
    folder.mkdir()
    (folder / "main.html").write_text("<main>{{ page.content }}{{ nothing.here }}</main>")

    with pytest.raises(ShellError, match=r"'nothing' is undefined; correct theme/material"):
        ShellMaker(tmp_path, Translator("en")).shell(FORMS[0])


def test_lines_lose_their_indentation_but_not_in_quoted_text():
    """Spaces cost every reader time; in a quoted form they are the form."""
    assert without_indentation("<p>\n   a\n\n\n b</p>\n<pre>\n   a</pre>\n  c") == (
        "<p>\na\nb</p>\n<pre>\n   a</pre>\nc"
    )


def test_shells_and_pages_are_made_fast():
    """Data changes every day; a build of minutes would not be run every day."""
    begun = time.process_time()
    made = renderer()
    assert time.process_time() - begun < 3
    pages = [entry for entry in every_page() if entry[1].template == "power.html"]
    for entry in pages:
        made.page(*entry)
    begun = time.process_time()
    for _ in range(20):
        for entry in pages:
            made.page(*entry)
    assert (time.process_time() - begun) / 40 < 0.02
