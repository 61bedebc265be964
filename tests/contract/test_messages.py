"""Every text of the interface has its Chinese, and the Chinese says what the English says."""

from __future__ import annotations

import re
from collections import Counter
from string import Formatter

import pytest

from generator.i18n import LANGUAGES, translator
from tests.contract.messages import ROOT, all_messages

CHINESE = re.compile(r"[\u3400-\u9fff\u3000-\u303f\uff00-\uffef]")
MESSAGES = all_messages()
WITHOUT_WORDS = {"{name} ({n})", "{place}: {fault}", "“{text}”", "“{name}”", ", ", ": ", "BPMN 2.0"}
"""Messages that are punctuation around fields; a language has its own, or none."""


def fields(text: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def test_the_finder_finds_what_it_is_for():
    """A finder that misses a folder would call an untranslated interface complete."""
    places = {place.split("/")[0] for place in MESSAGES.values()}

    assert len(MESSAGES) > 600
    assert places == {"generator", "theme", "a table of words"}


def test_every_message_has_a_chinese_text():
    """A citizen of Handan must not meet an English sentence on their government's page."""
    catalogue = translator("zh-CN")

    assert not {text: place for text, place in MESSAGES.items() if text not in catalogue}


def test_every_chinese_text_is_chinese():
    """An entry that repeats the English counts as translated and is not."""
    catalogue = translator("zh-CN")
    foreign = {text for text in MESSAGES if not CHINESE.search(catalogue(text))}

    assert foreign <= WITHOUT_WORDS


@pytest.mark.parametrize("language", [name for name in LANGUAGES if name != "en"])
def test_every_translation_fills_the_same_fields(language):
    """A field lost in translation hides the number that matters; one too many is a crash."""
    catalogue = translator(language)
    different = {
        text: catalogue(text)
        for text in MESSAGES
        if fields(text) - Counter(["n"]) != fields(catalogue(text)) - Counter(["n"])
        or ("n" in fields(catalogue(text))) > ("n" in fields(text))
    }

    assert not different


def test_no_message_stands_in_the_templates_without_being_marked():
    """A word typed straight into a template is English in every language."""
    jinja = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
    markup = re.compile(r"<[^>]*>|&[a-z]+;")  # an expression in a tag may hold a ">": it goes first
    allowed = {
        "JSON",
        "SVG",
        "DOCX",
        "KB",
        "(SHA-256)",
        "Aa",
        "AB01-CD-002",
        "·",
        "chromium",
        "/touch/?start=",
        "idle=90",
    }
    bare = {
        (str(path.relative_to(ROOT)), word)
        for path in sorted((ROOT / "theme").rglob("*.html"))
        for word in markup.sub(" ", jinja.sub(" ", path.read_text(encoding="utf-8"))).split()
        if re.search(r"[^\W\d_]", word) and word not in allowed and not word.startswith("--")
    }

    assert not bare
