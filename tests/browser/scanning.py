"""Reading codes off a picture, as a telephone would."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

from tests.conftest import missing

if TYPE_CHECKING:
    from pathlib import Path


def scanned(picture: bytes, path: Path) -> list[str]:
    """Return what the QR codes on a picture say; it is put where the reader can open it."""
    tool = shutil.which("zbarimg") or missing("zbarimg", "apt-get install zbar-tools")
    path.write_bytes(picture)
    command = [tool, "--quiet", "--raw", "-Sdisable", "-Sqrcode.enable", str(path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode in (0, 4), done.stderr  # 4: no code found
    return done.stdout.splitlines()
