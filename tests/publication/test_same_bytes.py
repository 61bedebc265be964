"""Same ledger, same bytes: on any machine, in any time zone, language, folder, by any number of workers."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.publication.city import City, hashes

ELSEWHERE = {
    "TZ": "Pacific/Kiritimati",
    "LC_ALL": "tr_TR.UTF-8",
    "LANG": "tr_TR.UTF-8",
    "PYTHONHASHSEED": "4711",
    "FONTCONFIG_FILE": "/dev/null",
}


def test_another_place_language_and_number_of_workers_give_the_same_bytes(tmp_path: Path) -> None:
    """Who rebuilds a release to check it must get the published bytes, or trusts nobody."""
    made = []
    for name, workers, changes in (
        ("here", "1", {"PYTHONHASHSEED": "1"}),
        ("far/away", "3", ELSEWHERE),
    ):
        city = City.copy("zh", tmp_path / name)
        command = [sys.executable, "-m", "generator", "build", "--quiet", "--workers", workers]
        os.umask(0o022 if name == "here" else 0o077)
        subprocess.run(command, cwd=city.root, env={**os.environ, **changes}, check=True)
        made.append(hashes(city.output))
    os.umask(0o022)
    here, far = made
    assert {path for path in here | far if here.get(path) != far.get(path)} == set()
