"""Say in the reader's words what a disk refused."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from pathlib import Path

from generator.errors import PublishError
from generator.i18n import Translator

_FULL = {errno.ENOSPC, errno.EDQUOT}


def is_full(error: BaseException) -> bool:
    """Tell whether an error says that no room is left."""
    return isinstance(error, OSError) and error.errno in _FULL


def refused(error: OSError, output: Path, tr: Translator) -> PublishError:
    """Return the error to raise for one the disk gave; the published site is untouched."""
    place = error.filename or output
    if is_full(error):
        text = tr(
            "{path}: the disk is full, and the published site is untouched; free some space and"
            " build again",
            path=place,
        )
    else:
        text = tr(
            "{path}: cannot be written or read ({reason}), and the published site is untouched;"
            " mend the folder or its permissions and build again",
            path=place,
            reason=error.strerror or error,
        )
    return PublishError(text)


@contextlib.contextmanager
def told(output: Path, tr: Translator) -> Iterator[None]:
    """Turn an OSError inside into a PublishError with its cause."""
    try:
        yield
    except OSError as error:
        raise refused(error, output, tr) from error
