"""Makes page shells with MkDocs' own objects and the Material theme; nothing else imports mkdocs.

One specimen is made per kind of site and layout, never by `build()`: MkDocs reads a page of
tokens, gives navigation, contents list and template context, and the theme's templates make
the page. Names, links and the site's root are tokens too, so one shell serves every site.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

import jinja2
from mkdocs.commands.build import get_context
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Link, Navigation
from mkdocs.structure.pages import Page

from generator.errors import ToolError
from generator.i18n import Translator
from generator.rendering.pour import (
    Shell,
    ShellError,
    entry_token,
    shell,
    token,
    without_indentation,
)

LAYOUTS = ("home", "list", "record", "prose")


@dataclass(frozen=True, slots=True)
class Form:
    """What tells one shell from another: the layout and its optional parts."""

    layout: str
    toc: bool = False
    crumbs: bool = False

    @property
    def name(self) -> str:
        """The form in words, for messages."""
        options = [word for word, on in (("contents", self.toc), ("path", self.crumbs)) if on]
        return " ".join(("shell", self.layout, *options))

    def expected(self) -> Mapping[str, int]:
        """Return how often each slot must occur in the specimen."""
        return {
            **dict.fromkeys(("head", "title", "sitename", "tagline", "homehref", "mark", "up"), 1),
            **dict.fromkeys(("notice", "lead", "body", "printed", "footer"), 1),
            "root": 7 if self.layout == "prose" else 6,
            "nav": 1,
            "find": int(self.layout != "home"),
            "crumb": int(self.crumbs),
            "toc": int(self.toc),
        }


FORMS = tuple(
    Form(layout, toc, crumbs)
    for layout in LAYOUTS
    for toc in (False, True)
    for crumbs in (False, True)
    if not (toc and layout in ("home", "list"))
)


class ShellMaker:
    """Makes the shells of a theme in one language."""

    def __init__(self, theme_root: Path, tr: Translator) -> None:
        self._folder, self._tr = theme_root / "material", tr
        self._shells: dict[Form, Shell] = {}

    def shell(self, form: Form) -> Shell:
        """Return the shell of a form; raises ShellError when the specimen lacks a slot."""
        if form not in self._shells:
            self._shells[form] = shell(form.name, self.specimen(form), form.expected())
        return self._shells[form]

    def specimen(self, form: Form) -> str:
        """Return the page of tokens that MkDocs' objects and the theme's templates make."""
        config = self._config
        file = File.generated(
            config, "specimen.md", content=_markdown(form), inclusion=InclusionLevel.NOT_IN_NAV
        )
        files, page = Files([file]), Page(token("title"), file, config)
        page.read_source(config)
        page.render(config, files)
        page.content = token("body")
        page.parent = _parents() if form.crumbs else None  # type: ignore[assignment]
        entries = [
            Link(entry_token("nav", n, "text"), entry_token("nav", n, "href")) for n in range(3)
        ]
        context = get_context(Navigation(entries, []), files, config, page)
        try:
            return without_indentation(self._template.render(context))
        except jinja2.TemplateError as error:
            raise ShellError(form.name, f"{error}; correct theme/material") from error

    @cached_property
    def _config(self) -> MkDocsConfig:
        logging.getLogger("mkdocs").setLevel(logging.ERROR)
        config = MkDocsConfig(config_file_path=str(self._folder.parent / "mkdocs.yml"))
        config.load_dict(
            {
                "site_name": token("sitename"),
                "docs_dir": str(self._folder),  # must exist, is never read
                "theme": {"name": None, "custom_dir": str(self._folder)},
                "plugins": [],
                "markdown_extensions": ["attr_list", {"toc": {"toc_depth": "2"}}],
            }
        )
        errors, _ = config.validate()
        if errors:
            raise ShellError("shells", "; ".join(f"{key}: {why}" for key, why in errors))
        config.theme.dirs.insert(1, str(material_templates()))
        config.plugins._current_plugin = None
        return config

    @cached_property
    def _template(self) -> jinja2.Template:
        return prepared(self._config.theme.get_env(), self._tr).get_template("main.html")


def prepared(environment: jinja2.Environment, tr: Translator) -> jinja2.Environment:
    """Return an environment ready for the shells' templates: escaping, strict names, tokens."""
    environment.autoescape = True
    environment.undefined = jinja2.StrictUndefined
    environment.trim_blocks = environment.lstrip_blocks = True
    texts: dict[str, Callable[..., str]] = {"_": tr, "slot": token, "entry": entry_token}
    environment.globals.update(texts, language=tr.language)
    environment.filters["url"] = lambda path: token("root") + path
    return environment


def material_templates() -> Path:
    """Return the folder of the Material theme's templates and assets."""
    spec = find_spec("material")
    if spec is None or not spec.submodule_search_locations:
        raise ToolError(("mkdocs-material",), None, "the Material theme is not installed")
    return Path(spec.submodule_search_locations[0]) / "templates"


def _markdown(form: Form) -> str:
    heads = (
        f"## {entry_token('toc', n, 'text')} {{#{entry_token('toc', n, 'id')}}}" for n in range(3)
    )
    meta = f"---\nlayout: {form.layout}\ntitle: {token('title')}\n---\n\n# {token('title')}\n\n"
    return meta + ("\n\n".join(heads) if form.toc else "")


def _parents() -> Link:
    """Return the last of three ancestors, each knowing the one above it."""
    links = [
        Link(entry_token("crumb", n, "text"), entry_token("crumb", n, "href")) for n in range(3)
    ]
    for above, below in pairwise(links):
        below.parent = above  # type: ignore[assignment]
    return links[2]
