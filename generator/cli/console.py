"""How commands speak: results on stdout, progress and errors on stderr."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from generator.vetting.finding import Finding, Severity

stderr = Console(stderr=True, highlight=False, soft_wrap=True)

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}

config_option = click.option(
    "--config",
    "config_path",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("site_config.yml"),
    show_default=True,
    help="The city's configuration; its folder holds content, themes and cache.",
)
quiet_option = click.option("--quiet", "-q", is_flag=True, help="No progress, only errors.")


class ActDay(click.DateTime):
    """The day of an act, as 2025-04-19: not after today, or nothing could follow it for years."""

    def __init__(self) -> None:
        """Take days as the ledger writes them."""
        super().__init__(["%Y-%m-%d"])

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime:
        """Return the day; fail for one that has not come yet."""
        day: datetime = super().convert(value, param, ctx)
        if day.date() > date.today():
            self.fail(f"{day.date()} is after today; an act has the day on which it is given.")
        return day


def format_option(*choices: str) -> Callable[..., Any]:
    """Return the `--format` option with its choices, text first."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", *choices]),
        default="text",
        show_default=True,
        help="How the result is written to stdout.",
    )


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar on stderr while a stage runs; yields `tell(stage, done, total)`.

    Nothing is drawn when stderr is not a terminal, so that logs stay readable.
    """
    if quiet or not stderr.is_terminal:
        yield lambda stage, done, total: None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=stderr, transient=True) as bar:
        task = bar.add_task("", total=None)

        def tell(stage: str, done: int, total: int) -> None:
            bar.update(task, description=stage, completed=done, total=total or None)

        yield tell


def say(text: str, quiet: bool = False) -> None:
    """Tell the user something that is not the result."""
    if not quiet:
        stderr.print(text, markup=False)


def print_findings(findings: tuple[Finding, ...], *, to_stderr: bool = False) -> None:
    """Print findings as lines: severity, rule, then where, what is wrong, what to do."""
    for finding in findings:
        line = f"{finding.severity.value} {finding.code}: {finding}"
        if to_stderr:
            stderr.print(line, style=STYLES[finding.severity], markup=False)
        else:
            click.echo(line)
