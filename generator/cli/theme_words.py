"""What `theme new` asks at a terminal, and which departments there are."""

from __future__ import annotations

import difflib
from collections.abc import Mapping

import click

from generator.config import SiteConfig
from generator.i18n import Translator
from generator.model.codes import DepartmentSlug
from generator.rendering.theming import glyphs, looks, starter
from generator.sources.stores import open_store


def known_slugs(config: SiteConfig, tr: Translator) -> Mapping[str, DepartmentSlug]:
    """Return the departments of the working tables, drafts included."""
    tables = open_store(config.source, config.root, tr).read(tr)
    slugs = (row.cells.get("slug", "").strip() for row in tables.rows("departments"))
    return {slug: DepartmentSlug(slug) for slug in slugs if slug}


def unknown_slug(slug: str, known: Mapping[str, object], tr: Translator) -> str:
    """Return what to say to a slug that is no department's."""
    near = difflib.get_close_matches(slug, list(known), 1)
    if near:
        return tr("{slug}: no such department; did you mean {near}?", slug=slug, near=near[0])
    return tr("{slug}: no such department; choose among {known}", slug=slug, known=", ".join(known))


def colour_option(ctx: click.Context, param: click.Parameter, value: str | None) -> str:
    """Return a colour as `#rrggbb`, "" for none."""
    if not value:
        return ""
    try:
        return starter.colour(value)
    except ValueError as error:
        names = ", ".join(starter.COLOURS)
        raise click.BadParameter(f"#rrggbb, or one of {names}") from error


def asked(slug: str, given: Mapping[str, str], tr: Translator) -> dict[str, str]:
    """Ask for what was not given; enter takes what is proposed."""
    found = dict(given)
    if not found["colour"]:
        names = "/".join(starter.COLOURS)
        answer = click.prompt(
            tr("Main colour (#rrggbb or {names})", names=names), default="auto", err=True,
            value_proc=lambda text: "" if text == "auto" else starter.colour(text),
        )  # fmt: skip
        found["colour"] = answer
    if not found["mark"]:
        choices = click.Choice([*glyphs.PICTURES, *glyphs.SIGNS])
        found["mark"] = click.prompt(
            tr("Mark"), default=glyphs.suggested(slug), type=choices, err=True
        )
    if not found["structure"]:
        found["structure"] = click.prompt(
            tr("Layout"), default="standard", type=click.Choice(list(looks.STRUCTURES)), err=True
        )
    return found
