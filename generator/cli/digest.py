"""`digest`: a period's changes as a column ready to print."""

from __future__ import annotations

import difflib
from datetime import date, datetime
from pathlib import Path

import click

from generator.cli.console import config_option, format_option, quiet_option, say
from generator.cli.main import daylight
from generator.i18n import LANGUAGES, translator

_DAY = click.DateTime(["%Y-%m-%d"])


@daylight.command(
    epilog="\b\nExamples:\n  daylight digest\n"
    "  daylight digest --since 2024-09-01 --until 2024-09-30 --characters 800\n"
    "  daylight digest --department fire-rescue --format html > column.html\n\n"
    "Exit codes: 0 done, also if nothing changed; 2 wrong use, an unknown department, days in "
    "the wrong order; 3 the ledger cannot be read."
)
@config_option
@click.option("--since", type=_DAY, help="First day.  [default: 30 days before the last]")
@click.option(
    "--until", type=_DAY, help="Last day.  [default: the city's day, or the ledger's last]"
)
@click.option("--department", default="", help="Only what concerns one department, by its slug.")
@click.option(
    "--characters",
    type=click.IntRange(min=100),
    help="Length as plain text: the most important changes that fit, and how many are left out.",
)
@click.option("--language", type=click.Choice(LANGUAGES), help="[default: the city's]")
@format_option("html", "json", "md")
@quiet_option
def digest(
    config_path: Path,
    since: datetime | None,
    until: datetime | None,
    department: str,
    characters: int | None,
    language: str | None,
    form: str,
    quiet: bool,
) -> None:
    """Print what changed in a period, in plain words, ready for a newspaper.

    By department: new powers, shorter times, what was abolished with reason and document,
    handed down, corrected, withdrawn. From the ledger alone, so that nothing unvetted and
    nothing withdrawn is ever printed.
    """
    from generator.config import load
    from generator.ledger import fold, store
    from generator.ledger.trust import Trust
    from generator.papers import column

    config = load(config_path)
    tr = translator(language or config.language)
    ledger = store.read(config.vetted, tr, trust=Trust(reviewers=config.reviewers))
    last = until.date() if until else config.as_of
    release = fold.fold(ledger, as_of=last, tr=tr)
    last = last or release.date
    first = since.date() if since else max(last, date(1, 2, 1)) - column.PERIOD
    if first > last:
        raise click.UsageError(
            f"--since {first} is after --until {last}; give the earlier day first."
        )
    _must_be_known(department, [*release.departments])
    made = column.column(
        config, ledger, release, period=(first, last), department=department, tr=tr
    )
    if characters:
        made = column.cut(made, characters, tr)
        if made.left_out:
            say(f"{made.left_out} of {made.left_out + len(made.items)} changes left out", quiet)
    written = {
        "text": lambda: column.text(made, tr),
        "html": lambda: column.html(made),
        "md": lambda: column.markdown(made),
        "json": lambda: column.as_json(made),
    }
    click.echo(written[form](), nl=False)


def _must_be_known(department: str, known: list[str]) -> None:
    if department and department not in known:
        near = difflib.get_close_matches(department, known, 1)
        hint = f"; did you mean {near[0]}?" if near else "; its slug stands in departments.csv."
        raise click.UsageError(f"--department {department}: there is no such department{hint}")
