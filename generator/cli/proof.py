"""`proof`: a department's proof sheet, to review and sign."""

from __future__ import annotations

import difflib
import json
import os
from datetime import date
from pathlib import Path

import click

from generator.cli import private
from generator.cli.console import config_option, format_option, quiet_option, say
from generator.cli.main import daylight
from generator.i18n import LANGUAGES, Translator, translator


@daylight.command(
    epilog="\b\nExamples:\n  daylight proof health\n"
    "  daylight proof health --changed --output /tmp/proofs\n"
    "  daylight proof registers --no-pdf --output registers.html"
)
@config_option
@click.argument("slug")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    default=Path("proofs"),
    show_default=True,
    help="A folder, or the page's own file name; the PDF and the digests go beside it.",
)
@click.option(
    "--pdf/--no-pdf",
    "with_pdf",
    default=None,
    help="A PDF beside the page; needs Typst and a Chinese font.  [default: if both are there]",
)
@click.option("--changed", is_flag=True, help="Only records that are not as published.")
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="Language of what the sheet says besides the records.  [default: the city's]",
)
@click.option("--dry-run", is_flag=True, help="Say what would be written; write nothing.")
@format_option("json")
@quiet_option
def proof(
    config_path: Path,
    slug: str,
    output: Path,
    with_pdf: bool | None,
    changed: bool,
    language: str | None,
    dry_run: bool,
    form: str,
    quiet: bool,
) -> None:
    """Make the proof sheet of a department (SLUG), or of the `registers`.

    One printable page: every field, table and flowchart as they will appear, what differs
    from the published version, the gate's findings, boxes for the two sign-offs, and each
    record's digest as text and QR code. Beside it stands the list of digests for `sign`.
    """
    from generator import drafts
    from generator.builder.cache import Cache
    from generator.config import load
    from generator.errors import ConfigError
    from generator.papers import html, pdf
    from generator.papers.proofing import Proofing

    config = load(config_path)
    tr = translator(language or config.language)
    page = output if output.suffix == ".html" else output / f"{slug}.html"
    private.check(page, "--output", config.root, tr)
    families = _families(with_pdf, tr)
    day = config.as_of or date.today()
    with Cache(config.cache / "cache.sqlite") as cache:
        proofing = Proofing(
            config=config,
            drafts=drafts.read(config, day=day, tr=tr),
            day=day,
            tr=tr,
            cache=cache,
            workers=len(os.sched_getaffinity(0)),
            font=families.get("sans", ""),
        )
        known = [*proofing.departments(), "registers"]
        if slug not in known:
            raise ConfigError(_unknown(slug, known, tr))
        sheet = proofing.sheet(slug, only_changed=changed)
    listed = json.dumps(sheet.list_of_digests(), ensure_ascii=False, indent=1) + "\n"
    files = {page: html.sheet(sheet, tr).encode()}
    if families:
        files[page.with_suffix(".pdf")] = pdf.sheet(sheet, tr, families)
    files[page.with_suffix(".digests.json")] = listed.encode()
    if not dry_run:
        private.write(files, tr)
    if form == "json":
        found = {
            **sheet.list_of_digests(),
            "counts": dict(sheet.counts),
            "refused": [each.code for each in sheet.records if each.refused],
            "files": [str(path) for path in files],
            "dry_run": dry_run,
        }
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for path in files:
        click.echo(str(path))
    counts = sheet.counts
    say(
        f"{len(sheet.records)} records: {counts['new']} new, {counts['changed']} changed, "
        f"{counts['unchanged']} unchanged, {counts['deleted']} deleted, "
        f"{counts['refused']} refused by the gate",
        quiet,
    )


def _families(with_pdf: bool | None, tr: Translator) -> dict[str, str]:
    """Return the fonts of the PDF, none if there is to be none; tell why there is none."""
    from generator.errors import ConfigError
    from generator.papers import pdf

    if with_pdf is False:
        return {}
    try:
        return pdf.fonts(tr)
    except ConfigError as error:
        if with_pdf:
            raise
        say(str(error))
        return {}


def _unknown(slug: str, known: list[str], tr: Translator) -> str:
    near = difflib.get_close_matches(slug, known, 1)
    if near:
        return tr("{slug}: no such department; did you mean {near}?", slug=slug, near=near[0])
    return tr("{slug}: no such department; choose among {known}", slug=slug, known=", ".join(known))
