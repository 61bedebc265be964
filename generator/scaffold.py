"""Starts a new city: a small invented one that builds, to be replaced piece by piece."""

from __future__ import annotations

import shutil
from pathlib import Path

from generator import bundled
from generator.errors import ConfigError

LANGUAGES = {"zh-CN": "zh", "en": "en"}


def new_city(folder: Path, language: str) -> tuple[Path, ...]:
    """Copy the example city of a language into an empty folder; return the files written.

    Raises ConfigError if the folder holds anything: nothing of the user's is touched.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ConfigError(f"{folder}: is not an empty folder; name a new one")
    example = bundled.example(LANGUAGES[language])
    if not example.is_dir():
        raise ConfigError(f"{example}: the example city is missing; install Daylight again")
    shutil.copytree(example, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".daylight"))
    (folder / ".gitignore").write_text(
        "# What Daylight makes anew\n/.daylight/\n/daylight-reports/\n/public/\n", "utf-8"
    )
    return tuple(sorted(path for path in folder.rglob("*") if path.is_file()))
