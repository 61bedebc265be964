"""Libraries that only some cities install: loaded where they are used, named when they are missing."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from generator.errors import ConfigError
from generator.i18n import Translator


def needs(library: str, tr: Translator) -> Any:
    """Return a library of the extra `workbook`; raises ConfigError that says how to install it."""
    try:
        return import_module(library)
    except ImportError as error:
        message = tr(
            "{library} is not installed; run: pip install 'daylight-sites[workbook]'",
            library=library,
        )
        raise ConfigError(message) from error
