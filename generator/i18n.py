"""Texts of the interface: English in the code, other languages in gettext catalogues read by Babel."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources

from babel.messages.pofile import read_po

LANGUAGES = ("zh-CN", "en")


class Translator:
    """Translate a message into one language and fill its fields.

    Calling it with an English message returns the catalogue's text, or the English
    where the catalogue has none, with `{fields}` filled by `str.format`.
    """

    def __init__(self, language: str, messages: dict[str, str] | None = None) -> None:
        self.language = language
        self._messages = messages or {}

    def __call__(self, message: str, /, **fields: object) -> str:
        """Return the message in the translator's language, its fields filled."""
        text = self._messages.get(message, message)
        return text.format(**fields) if fields else text

    def plural(self, one: str, many: str, n: int, /, **fields: object) -> str:
        """Return the form for `n`; `{n}` is filled in."""
        return self(one if n == 1 else many, n=n, **fields)

    @property
    def digest(self) -> str:
        """The content hash of the catalogue, so that a changed text makes its pages anew."""
        entries = sorted(self._messages.items())
        return hashlib.sha256(repr((self.language, entries)).encode()).hexdigest()

    def __contains__(self, message: object) -> bool:
        return self.language == "en" or message in self._messages


@cache
def translator(language: str) -> Translator:
    """Return the translator of a language of the interface, English for one not known."""
    name = language.replace("-", "_")
    catalogue = resources.files("generator") / "locale" / f"{name}.po"
    if language == "en" or not catalogue.is_file():
        return Translator(language)
    with catalogue.open("rb") as file:
        entries = read_po(file)
    return Translator(language, {str(m.id): str(m.string) for m in entries if m.id and m.string})
