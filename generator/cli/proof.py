"""`proof`: a department's proof sheet, to review and sign."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import click

from generator.cli.console import config_option, format_option, quiet_option, say
from generator.cli.main import daylight


@daylight.command(
    epilog="\b\nExamples:\n  daylight proof health\n"
    "  daylight proof health --pdf --changed --output proofs\n"
    "  daylight proof registers --output registers.html"
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
@click.option("--pdf", "with_pdf", is_flag=True, help="A PDF too; needs Typst and a Chinese font.")
@click.option("--changed", is_flag=True, help="Only records that are not as published.")
@click.option("--dry-run", is_flag=True, help="Say what would be written; write nothing.")
@format_option("json")
@quiet_option
def proof(
    config_path: Path,
    slug: str,
    output: Path,
    with_pdf: bool,
    changed: bool,
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
    from generator.i18n import translator
    from generator.papers import html, pdf
    from generator.papers.proofing import Proofing

    config = load(config_path)
    tr = translator(config.language)
    families = pdf.fonts(tr) if with_pdf else {}
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
            raise ConfigError(_unknown(slug, known))
        sheet = proofing.sheet(slug, only_changed=changed)
    page = output if output.suffix == ".html" else output / f"{slug}.html"
    listed = json.dumps(sheet.list_of_digests(), ensure_ascii=False, indent=1) + "\n"
    files = {page: html.sheet(sheet, tr).encode()}
    if with_pdf:
        files[page.with_suffix(".pdf")] = pdf.sheet(sheet, tr, families)
    files[page.with_suffix(".digests.json")] = listed.encode()
    if not dry_run:
        page.parent.mkdir(parents=True, exist_ok=True)
        for path, content in files.items():
            path.write_bytes(content)
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


def _unknown(slug: str, known: list[str]) -> str:
    import difflib

    near = difflib.get_close_matches(slug, known, 1)
    hint = f"did you mean {near[0]}?" if near else f"choose among: {', '.join(known)}"
    return f"{slug}: no such department; {hint}"
