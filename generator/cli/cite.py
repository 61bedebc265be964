"""`cite`: what free text cites, and which instruments of the register that is."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from generator.citations.read import Found, citations, register
from generator.cli.console import config_option, format_option, quiet_option, say
from generator.cli.main import daylight
from generator.i18n import Translator, translator
from generator.sources import canonical
from generator.sources.stores import open_store


@daylight.command(
    epilog="\b\nExamples:\n  daylight cite '《食品安全法》第三十五条第一款；《行政许可法》第十二条'\n"
    "  daylight cite --format json < bases.txt"
)
@click.argument("text", required=False)
@config_option
@format_option("json")
@quiet_option
def cite(text: str | None, config_path: Path, form: str, quiet: bool) -> None:
    """Read the legal bases in TEXT, or in standard input, against the city's law register.

    Shows what was understood, place by place. An instrument that the register does not
    surely have gets a question mark, and candidates to choose from; nothing is guessed,
    and nothing is written. The exit code is 0 whatever is found.
    """
    from generator.config import load

    config = load(config_path)
    tr = translator(config.language)
    if text is None:
        text = _standard_input(tr)
    tables = open_store(config.source, config.root, tr).read(tr)
    rows = canonical.register_rows(tables, "instruments")
    found = citations(text, register(rows), tr)
    if form == "json":
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
        return
    labels = {
        str(row["id"]): str(row.get("short_title") or row.get("title") or row["id"])
        for row in rows
        if row.get("id")
    }
    for one in found:
        click.echo("\n   ".join(_lines(one, labels, tr)))
    unmatched = sum(1 for one in found if not one.instrument)
    say(tr("{n} citations, {unmatched} not matched", n=len(found), unmatched=unmatched), quiet)


def _standard_input(tr: Translator) -> str:
    if sys.stdin.isatty():
        raise click.UsageError(tr("no text was given; write it as TEXT, or pipe it in"))
    content = sys.stdin.buffer.read()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:  # what an older Chinese Windows writes
        return content.decode("gb18030", "replace")


def _lines(found: Found, labels: Mapping[str, Any], tr: Translator) -> list[str]:
    title = labels.get(found.instrument) or found.title or found.text
    parts = [f"{found.instrument or '?'}: {title}"]
    if found.article:
        parts.append(
            tr("Art. {article}{suffix}", article=found.article, suffix=found.article_suffix)
        )
    if found.paragraph:
        parts.append(tr("para. {paragraph}", paragraph=found.paragraph))
    if found.subparagraph:
        parts.append(tr("subpara. {subparagraph}", subparagraph=found.subparagraph))
    lines = [", ".join(parts)]
    if found.candidates:
        near = "; ".join(f"{one} {labels.get(one, '')}".strip() for one in found.candidates)
        lines.append(tr("perhaps: {near}", near=near))
    return lines + ([found.note] if found.note else [])
