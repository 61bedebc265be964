"""A city has one language: no word of another on any page, in any file, in any attribute."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from xml.etree import ElementTree

import pytest
from lxml.html import HtmlElement

from tests.site.output import Output

CJK = re.compile(r"[\u2e80-\u303f\u3105-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef]+")
WRITTEN = (".html", ".json", ".jsonld", ".xml", ".svg", ".csv", ".md", ".txt", "SHA256SUMS")
OF_THE_ENGINE = ("pagefind/pagefind-entry.json",)
"""The search engine's own list of the signs that join words."""

ATTRIBUTES = ("title", "aria-label", "alt", "placeholder", "aria-description", "label", "summary")
SPOKEN = re.compile(r"[A-Za-z]{2,}(?:[ '’][A-Za-z]+)*")
NO_WORD = re.compile(
    r"\{\w+\}"  # a field that a script fills
    r"|https?://[\w./#%?=&:-]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # addresses
    r"|\b[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+\b"  # codes: YX-XK-001, CC0-1.0
    r"|\b[\w-]+\.(?:csv|json|jsonld|xml|svg|md|txt|html|example|docx|xlsx|pdf)\b"  # files, hosts
    r"|\b\w+(?:/\w+)+/?"  # paths
    r"|\b[0-9a-f]{12,}\b|SHA256SUMS"  # digests
)
KNOWN = set(
    "BPMN Aa Feed off HIV GDP CPI APP Ctrl Tab Excel Linux macOS Windows PowerShell Unicode WPS LibreOffice "
    "Python pandas NaN TRUE FALSE Data Package json svg ICP CSV JSON SVG URL UTF PDF DOCX XLSX SHA CC0 CC BY Atom HTML DCAT KB MB WCAG AA JavaScript".split()
)
"""Names of formats, standards, units, programs and keys, which Chinese writes in Latin letters."""


def spoken(page: HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield where and what a page says to people: its text, its attributes, its labels."""
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag not in ("script", "style", "code"):
            yield f"<{element.tag}>", element.text or ""
        yield "text", element.tail or ""
        for name, value in element.attrib.items():
            if name in ATTRIBUTES or (name.startswith("data-") and " " in value):
                yield f"{element.tag}[{name}]", value
        if element.tag == "meta" and element.get("name") not in (
            None,
            "viewport",
            "robots",
            "color-scheme",
            "SiteDomain",
        ):
            yield f"meta {element.get('name')}", element.get("content", "")


@cache
def english(text: str) -> list[str]:
    """Return the English words of a text, names of formats and addresses left out."""
    found = SPOKEN.findall(NO_WORD.sub(" ", text))
    return [words for words in found if not set(re.split(r"[ '’]", words)) <= KNOWN]


def test_an_english_city_holds_no_chinese(outputs):
    """Whoever cannot read Chinese cannot even look the word up."""
    city = outputs("en")
    faults = {
        (path, word)
        for path in city.files
        if path.endswith(WRITTEN) and path not in OF_THE_ENGINE
        for word in CJK.findall(city.text(path))
    }

    assert sum(path.endswith(WRITTEN) for path in city.files) > 150
    assert not faults


@pytest.mark.parametrize("name", ["zh", "bundled", "configured"])
def test_the_pages_of_a_chinese_city_speak_chinese(outputs, name):
    """A citizen must be able to read every word on their government's page, or hear it read."""
    city = outputs(name)
    faults: dict[tuple[str, str], str] = {
        (where, word): address
        for address, page in city.pages.items()
        for where, text in spoken(page)
        for word in english(text)
    }

    assert not faults


@pytest.mark.parametrize("name", ["zh", "bundled"])
def test_feeds_descriptors_and_drawings_of_a_chinese_city_speak_chinese(outputs, name):
    """Feed readers and data portals show these texts to the same citizens."""
    city = outputs(name)
    texts = [(path, text) for path in sorted(city.files) for text in told(city, path)]
    faults = {(word, path) for path, text in texts for word in english(text)}

    assert len(texts) > 500
    assert not faults


def told(city: Output, path: str) -> Iterator[str]:
    """Yield what a file other than a page tells people."""
    if path.endswith(".svg") or path == "feed.xml":
        for element in ElementTree.fromstring(city.text(path)).iter():
            if element.tag.rpartition("}")[2] in (
                "title",
                "desc",
                "text",
                "tspan",
                "name",
                "summary",
            ):
                yield element.text or ""
    elif path.endswith((".json", ".jsonld")):
        yield from words_in(json.loads(city.text(path)))
    elif path.endswith(("README.md", "robots.txt")):
        yield re.sub(r"`[^`]*`|^(?:User-agent|Allow|Sitemap):", " ", city.text(path), flags=re.M)


SAID = {"title", "description", "name", "note", "keywords", "citation", "summary", "content_text",
        "dct:title", "dct:description", "publisher", "label"}  # fmt: skip


def words_in(value: Any, key: str = "") -> Iterator[str]:
    """Yield the texts of a JSON value that are told to people, by the names of their keys."""
    if isinstance(value, dict):
        identifier = "fields" in value or "type" in value or "path" in value
        for name, inner in value.items():
            if not (identifier and name == "name"):
                yield from words_in(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from words_in(inner, key)
    elif isinstance(value, str) and key in SAID:
        yield value
