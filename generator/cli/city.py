"""`init` and `serve`: a new city, and a look at it."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

import click

from generator import scaffold
from generator.cli.console import config_option, print_findings, quiet_option, say
from generator.cli.main import daylight


@daylight.command(
    epilog="\b\nExamples:\n"
    "  daylight init larkfield --language en\n"
    "  daylight init mycity --empty --name 'My City' --language en"
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--language",
    type=click.Choice(sorted(scaffold.LANGUAGES)),
    default="zh-CN",
    show_default=True,
    help="The language of the city; a city has one.",
)
@click.option("--empty", is_flag=True, help="Tables without rows, for a city of your own.")
@click.option("--name", help="With --empty: the city's name; without it, the folder's.")
@quiet_option
def init(folder: Path, language: str, empty: bool, name: str | None, quiet: bool) -> None:
    """Start a new city in FOLDER: a small invented one that builds as it is, or an empty one."""
    if name and not empty:
        raise click.UsageError("--name goes with --empty; the invented city has its own name.")
    if empty:
        files = scaffold.empty_city(folder, language, name or folder.resolve().name)
        click.echo(f"{folder}: {len(files)} files")
        say(f"Next: cd {folder} && daylight import LIST.csv --dry-run", quiet)
        return
    files = scaffold.new_city(folder, language)
    click.echo(f"{folder}: {len(files)} files")
    say(f"Next: cd {folder} && daylight build && daylight serve", quiet)


@daylight.command(epilog="\b\nExample:\n  daylight serve --site fire-rescue --port 8080")
@config_option
@click.option(
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="Where the site is built.  [default: public, or a folder of its own with --site]",
)
@click.option("--site", help="Slug of one department: open its site.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port on this machine; 0 takes a free one.",
)
@quiet_option
def serve(config_path: Path, output: Path | None, site: str | None, port: int, quiet: bool) -> None:
    """Preview the built site; rebuild and reload when content or themes change.

    With --site, that site alone is built, into a folder of its own, and what does not change
    stays in memory: a change of its theme is seen within a second.
    """
    from generator import bundled, pipeline
    from generator.config import load
    from generator.errors import GeneratorError
    from generator.i18n import translator
    from generator.memory import Memory
    from generator.serve import RELOAD, SHEETS
    from generator.serve import serve as run
    from generator.sources.sql import SqlStore
    from generator.sources.stores import open_store

    config = load(config_path)
    store = open_store(config.source, config.root, translator(config.language))
    target = output or (config.cache / "preview" / site if site else Path("public"))
    memory = Memory()

    def rebuild() -> str:
        began = time.perf_counter()
        before = _pages(target)
        try:
            wish = pipeline.Wish(output=target, today=date.today(), only=site or "")
            report = pipeline.build(load(config_path), wish, memory)
        except GeneratorError as error:
            say(str(error))
            return ""
        themes = tuple(each for each in report.findings if site and each.code.startswith("F3"))
        print_findings(themes, to_stderr=True)
        spent = time.perf_counter() - began
        say(f"built: {report.artifacts['written']} written, {spent:.2f} s", quiet)
        if not any(report.artifacts[name] for name in ("written", "removed")):
            return ""
        return SHEETS if _pages(target) == before else RELOAD

    def state() -> str:
        try:
            return store.digest()
        except GeneratorError as error:
            return str(error)

    rebuild()
    if site and not (target / "departments" / site).is_dir():
        raise click.UsageError(f"--site: there is no site {site}")
    start = f"departments/{site}/" if site else ""
    run(
        target,
        port=port,
        watched=(
            config.vetted,
            *store.files,
            config.themes,
            config_path,
            config.root / "content",
            bundled.theme(),
        ),
        rebuild=rebuild,
        asked=state if isinstance(store, SqlStore) else None,
        ready=lambda url: say(f"{url}{start} (Ctrl-C ends)"),
    )


def _pages(folder: Path) -> frozenset[tuple[str, int, int]]:
    """Return what can be told at a glance of all files but style sheets."""
    found = (path for path in folder.rglob("*") if path.suffix != ".css" and path.is_file())
    return frozenset((str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in found)
