"""Files for the city's own use: written wherever the user wants, but never where a site is published."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from generator.builder.run import MARKER
from generator.errors import ConfigError, PublishError
from generator.i18n import Translator

_SITE = "public"
"""Where `build` publishes unless it is told otherwise."""


def check(path: Path, option: str, root: Path, tr: Translator) -> None:
    """Raise ConfigError for a file that would stand in a published site, or be made part of one.

    `root` is the city's folder, whose content and themes the next build reads.
    """
    place = path.resolve()
    published = {Path(_SITE).resolve(), (root / _SITE).resolve()}
    sources = {(root / name).resolve() for name in ("content", "department_themes")}
    for folder in place.parents:
        if folder in sources:
            raise ConfigError(
                tr(
                    "{option}: {file} lies in {folder}, from which the site is made, and this is "
                    "for the city's own use; name a place outside it",
                    option=option,
                    file=path,
                    folder=folder,
                )
            )
        if folder in published or (folder / MARKER).exists():
            raise ConfigError(
                tr(
                    "{option}: {file} lies in the published site {folder}, and this is for the "
                    "city's own use; name a place outside it",
                    option=option,
                    file=path,
                    folder=folder,
                )
            )


def write(files: Mapping[Path, bytes], tr: Translator) -> None:
    """Write files, folders made as needed; raise PublishError if the disk will not take them."""
    for path, content in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        except OSError as error:
            raise PublishError(
                tr(
                    "{file}: cannot be written ({reason}); mend that, or name another place",
                    file=path,
                    reason=error.strerror or error,
                )
            ) from error
