"""Starts a new city: a small invented one that builds, or one whose tables are still empty."""

from __future__ import annotations

import shutil
from pathlib import Path

import yaml

from generator import bundled
from generator.errors import ConfigError
from generator.i18n import translator
from generator.ledger.files import GIT_ATTRIBUTES, GIT_IGNORE
from generator.sources import schema
from generator.sources.folder import Folder

LANGUAGES = {"zh-CN": "zh", "en": "en"}
_LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
_GIT_IGNORE = "# What Daylight makes anew\n/.daylight/\n/daylight-reports/\n/proofs/\n/public/\n"


def new_city(folder: Path, language: str) -> tuple[Path, ...]:
    """Copy the example city of a language into an empty folder; return the files written.

    Raises ConfigError if the folder holds anything: nothing of the user's is touched.
    """
    _demand_room(folder)
    example = bundled.example(LANGUAGES[language])
    if not example.is_dir():
        raise ConfigError(f"{example}: the example city is missing; install Daylight again")
    shutil.copytree(example, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".daylight"))
    return _written(folder)


def empty_city(folder: Path, language: str, name: str) -> tuple[Path, ...]:
    """Make a city of its own in an empty folder: tables without rows, a ledger without lines.

    Raises ConfigError if the folder holds anything: nothing of the user's is touched.
    """
    _demand_room(folder)
    tr = translator(language)
    vetted = folder / "content" / "vetted"
    vetted.mkdir(parents=True)
    (vetted / ".gitattributes").write_text(GIT_ATTRIBUTES, "utf-8")
    (vetted / ".gitignore").write_text(GIT_IGNORE, "utf-8")
    Folder(folder / "content" / "database").replace(dict.fromkeys(schema.tables(), ()), tr)
    settings = {"name": name, "language": language, "demonstration": True, "licence": _LICENCE}
    told = (
        tr("Every key: docs/reference/configuration.md. These are worth setting first:"),
        tr("region, domain, sponsor, error_report, offices (legality, format: who signs)."),
        tr("The licence is that of the published records; choose another one if you wish."),
        tr("While demonstration is true, every page says that it is none of an office's."),
    )
    head = "".join(f"# {line}\n" for line in told)
    body = yaml.safe_dump(settings, allow_unicode=True, sort_keys=False)
    (folder / "site_config.yml").write_text(head + body, "utf-8")
    return _written(folder)


def _demand_room(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConfigError(f"{folder}: is not an empty folder; name a new one")


def _written(folder: Path) -> tuple[Path, ...]:
    (folder / ".gitignore").write_text(_GIT_IGNORE, "utf-8")
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))
