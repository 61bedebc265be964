"""`theme new` and `theme check`: a department's look, started and looked over."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from generator.cli.console import (
    config_option,
    format_option,
    print_findings,
    quiet_option,
    say,
)
from generator.cli.main import daylight
from generator.cli.theme_words import asked, colour_option, known_slugs, unknown_slug
from generator.i18n import Translator
from generator.rendering.theming import glyphs, settings, starter
from generator.vetting.finding import Finding, Severity

_RULES = settings.schema()["properties"]


def choice(setting: str) -> click.Choice[str]:
    """Return the choices of a setting of theme.yml."""
    return click.Choice(list(_RULES[setting]["enum"]))


@daylight.group()
def theme() -> None:
    """Start a department's theme, or look one over."""


@theme.command(
    epilog="\b\nExamples:\n  daylight theme new health\n"
    "  daylight theme new health --colour teal --mark cross --layout split --typeface round\n"
    "  daylight theme new health --colour '#0f6b5c' --layout tiles --dry-run"
)
@click.argument("slug")
@config_option
@click.option("--colour", callback=colour_option, help="#rrggbb, or red, amber, green, teal …")
@click.option(
    "--accent", callback=colour_option, help="A second colour; without it, one is chosen."
)
@click.option("--mark", help="A picture (flame, leaf, book, …) or a capital letter.")
@click.option("--layout", type=choice("structure"), help="How pages are laid out.")
@click.option("--font", type=choice("font"), help="Fonts for running text.")
@click.option("--typeface", type=choice("typeface"), help="A typeface for figures.")
@click.option("--header", type=choice("header"), help="The head of every page.")
@click.option("--lists", type=choice("lists"), help="How powers are listed.")
@click.option("--headings", type=choice("headings"), help="How headings are set.")
@click.option("--tagline", help="A line below the name.")
@click.option(
    "--ask/--no-ask", default=None, help="Ask for what is not given.  [default: at a terminal]"
)
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
@quiet_option
def new(
    slug: str,
    config_path: Path,
    colour: str,
    accent: str,
    mark: str | None,
    layout: str | None,
    tagline: str | None,
    ask: bool | None,
    dry_run: bool,
    quiet: bool,
    **chosen: str | None,
) -> None:
    """Write a finished theme for department SLUG: colours that can be read, mark, banner, layout.

    At a terminal it asks for what the options do not say. It passes `theme check` as it is,
    and never writes over a theme that is there.
    """
    from generator.config import load
    from generator.i18n import translator
    from generator.rendering import theme as theming

    config = load(config_path)
    tr = translator(config.language)
    known = known_slugs(config, tr)
    if slug not in known:
        raise click.UsageError(unknown_slug(slug, known, tr))
    folder = _place(config.themes / slug, tr)
    if mark is not None and mark not in glyphs.PICTURES and mark.upper() not in glyphs.SIGNS:
        names = ", ".join(glyphs.PICTURES)
        raise click.UsageError(tr("--mark: choose a capital letter or one of {names}", names=names))
    given = {"colour": colour, "mark": mark or "", "structure": layout or ""}
    if ask or (ask is None and sys.stdin.isatty()):
        given = asked(slug, given, tr)
    wish = starter.Wish(
        slug=slug,
        colour=given["colour"],
        accent=accent,
        mark=given["mark"],
        structure=given["structure"] or "standard",
        tagline=tagline or "",
        settings={key: value or "" for key, value in chosen.items()},
    )
    made = starter.files(wish, tr)
    _write(made, folder, dry_run=dry_run)
    if dry_run:
        click.echo(made["theme.yml"].decode(), nl=False)
        return
    _, findings = theming.load(folder, known[slug], tr=tr)
    print_findings(findings)
    say(tr("Next: daylight serve --site {slug}", slug=slug), quiet)


def _place(folder: Path, tr: Translator) -> Path:
    """Return the folder of a theme that is to be; refuse one that is there."""
    if folder.exists() or folder.is_symlink():
        raise click.UsageError(
            tr("{folder} is there already; change it, or remove it first", folder=folder)
        )
    return folder


def _write(made: Mapping[str, bytes], folder: Path, *, dry_run: bool) -> None:
    for name, content in made.items():
        path = folder / name
        if not dry_run:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        click.echo(f"{path} ({len(content)} B)")


@theme.command(
    epilog="\b\nExamples:\n  daylight theme check\n  daylight theme check fire-rescue --fix\n"
    "  daylight theme check --format json > findings.json"
)
@click.argument("slug", required=False)
@config_option
@click.option("--fix", is_flag=True, help="Write the contrast twins into theme.yml.")
@click.option("--dry-run", is_flag=True, help="With --fix: show the changes; write nothing.")
@format_option("json")
@quiet_option
def check(
    slug: str | None, config_path: Path, fix: bool, dry_run: bool, form: str, quiet: bool
) -> None:
    """Explain what is wrong with a theme, or with every theme of the city, and how to mend it.

    Each theme is tried on its department's real home page. The exit code is 1 if anything
    will not be published as it is written, else 0; advice alone changes nothing.
    """
    from generator.config import load
    from generator.i18n import translator
    from generator.outputs import theme_check

    config = load(config_path)
    tr = translator(config.language)
    known = known_slugs(config, tr)
    if slug and slug not in known:
        raise click.UsageError(unknown_slug(slug, known, tr))
    if slug and not (config.themes / slug).exists():
        say(
            tr("{slug} has no theme of its own; “daylight theme new {slug}” starts one", slug=slug),
            quiet,
        )
    release = theme_check.release(config, tr)

    def looked_over() -> tuple[Finding, ...]:
        if slug:
            return theme_check.one(config, release, known[slug], tr)
        return theme_check.city(config, release, tr)

    found = looked_over()
    if fix:
        _mend([config.themes / each.record for each in found], tr, dry_run=dry_run)
    if fix and not dry_run:
        found = looked_over()
    wrong = [each for each in found if each.severity is not Severity.INFO]
    if form == "json":
        click.echo(json.dumps([each.as_dict() for each in found], ensure_ascii=False, indent=1))
    else:
        print_findings(found)
        count = tr.plural("{n} fault", "{n} faults", len(wrong))
        say(f"{slug or config.themes.name}: {count}", quiet)
    sys.exit(1 if wrong else 0)


def _mend(themes: Iterable[Path], tr: Translator, *, dry_run: bool) -> None:
    """Write the contrast twins into themes, or only tell of them."""
    from generator.rendering.theming import mending

    for folder in sorted(set(themes)):
        path = folder / "theme.yml"
        if path.is_symlink() or not path.is_file():
            continue
        source, told = mending.mended(path.read_text(encoding="utf-8-sig"), tr)
        for line in told:
            say(f"{path}: {line}")
        if told and not dry_run:
            path.write_text(source, encoding="utf-8")
