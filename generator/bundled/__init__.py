"""Where the parts that come with Daylight lie: in the wheel beside this file, in a checkout at its top."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent
_CHECKOUT = _HERE.parent.parent


def theme() -> Path:
    """Return the folder of the municipal theme."""
    return _first(_HERE / "theme", _CHECKOUT / "theme")


def example(language: str) -> Path:
    """Return the folder of the invented example city in a language, `zh` or `en`."""
    return _first(_HERE / "cities" / language, _CHECKOUT / "tests" / "cities" / language)


def _first(*folders: Path) -> Path:
    return next((folder for folder in folders if folder.is_dir()), folders[0])
