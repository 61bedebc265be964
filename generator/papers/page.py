"""One self-contained page of HTML from a template of this package: no script, nothing fetched."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from generator.i18n import Translator


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("generator.papers", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )


def render(template: str, tr: Translator, **context: Any) -> str:
    """Return a template's page; everything in the context is text, save what is `Markup`."""
    made = _environment().get_template(template)
    return made.render(language=tr.language, style=style("look.css"), **context)


def style(*names: str) -> Markup:
    """Return style sheets of this package, to stand in a page."""
    folder = resources.files("generator.papers") / "templates"
    return Markup("\n".join((folder / name).read_text("utf-8") for name in names))
