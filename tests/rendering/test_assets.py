"""The shared files: all there, all local, each small."""

from __future__ import annotations

import re

import pytest
from lxml import html

from tests.rendering.pages import every_page, renderer


@pytest.fixture(scope="module")
def files() -> dict[str, bytes]:
    return dict(renderer().assets())


def test_every_file_that_a_page_asks_for_is_there(files):
    """A missing style sheet makes a page that nobody trusts."""
    made = renderer()
    asked = set()
    for site, page in every_page():
        tree = html.document_fromstring(made.page(site, page).decode())
        for link in tree.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src"):
            asked.add(re.sub(r"^(\.\./)+|^/open/", "", link))
    asked.discard("assets/extra.js")

    assert asked and not asked - files.keys()


def test_no_shared_file_asks_another_host(files):
    """A style sheet that imports a font tells a stranger who reads which page."""
    for name, content in files.items():
        text = content.decode()
        if name.endswith(".css"):
            assert not re.search(r"@import|url\(\s*[\"']?(?!data:)[a-z]*:?//", text), name
        if name.endswith(".js"):
            assert not re.search(r"[\"'`](https?:)?//", text), name
        assert "sourceMappingURL" not in text, name


def test_what_every_page_loads_is_small(files):
    """Many read on old phones with little data."""
    for name in ("assets/site.css", "assets/early.js", "assets/site.js"):
        assert len(files[name]) < 60_000, name


def test_the_licence_of_what_others_made_comes_along(files):
    """The licence of the style sheet for prose asks to be handed on with it."""
    assert b"Martin Donath" in files["assets/licences.txt"]
    assert b"Permission is hereby granted" in files["assets/licences.txt"]


def test_both_schemes_name_the_same_colours(files):
    """A colour that only the light scheme knows is unreadable at night."""
    css = files["assets/site.css"].decode()
    blocks = re.findall(r":root(?:\[data-scheme=\"dark\"\]|\.no-js) \{([^}]*--page[^}]*)\}", css)
    names = [re.findall(r"(--[\w-]+): (\S+);", block) for block in blocks[:2]]

    assert len(blocks) >= 2 and names[0] == names[1]
