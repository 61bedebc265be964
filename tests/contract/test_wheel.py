"""The wheel: everything is in it, and it builds a new city where there is no checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
CARRIED = {"theme": "generator/bundled/theme", "tests/cities": "generator/bundled/cities"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Return the wheel, built with the locked tools and no network."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, CHECKOUT)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def daylight(wheel, tmp_path_factory):
    """Return the command of an environment that holds the wheel and, by path, the libraries."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder)
    python = folder / "bin" / "python"
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "-qq",
        "--no-deps",
        "--no-index",
        wheel,
    )
    libraries = sysconfig.get_path("purelib")
    (own,) = folder.glob("lib/python3.*/site-packages")
    (own / "libraries.pth").write_text(f"{libraries}\n", encoding="utf-8")
    where = run(python, "-c", "import generator; print(generator.__file__)", cwd=folder)
    assert Path(where.stdout.strip()).is_relative_to(folder), (
        "the checkout must not answer for the wheel"
    )
    return folder / "bin" / "daylight"


def run(*command: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run a command that must succeed, without the paths of this environment."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=cwd, env=clean, capture_output=True, text=True)
    if done.returncode:
        pytest.fail(
            f"{' '.join(words)}: exit code {done.returncode}\n{done.stdout}{done.stderr}",
            pytrace=False,
        )
    return done


def test_the_wheel_carries_theme_schemas_and_example_cities(wheel):
    """An operator installs one file: a theme or schema left behind breaks every build of theirs."""
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", cwd=CHECKOUT)
    expected = set()
    for name in listed.stdout.splitlines():
        if name.startswith("generator/"):
            expected.add(name)
        for folder, place in CARRIED.items():
            if name.startswith(f"{folder}/"):
                expected.add(f"{place}{name.removeprefix(folder)}")
    present = set(ZipFile(wheel).namelist())

    assert any(name.startswith("generator/bundled/theme/") for name in expected)
    assert "generator/sources/schema/powers.json" in expected
    assert not expected - present


def test_the_wheel_carries_its_licence(wheel):
    """A city's lawyers look for it first."""
    names = ZipFile(wheel).namelist()

    assert {name.rpartition("/")[2] for name in names if "dist-info/licenses/" in name} == {
        "LICENSE",
        "NOTICE",
    }


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_a_new_city_builds_in_an_empty_folder(daylight, tmp_path, language):
    """Who tries Daylight for the first time must see a site before writing a line."""
    city = tmp_path / "city"
    run(daylight, "init", city, "--language", language, cwd=tmp_path)
    run(daylight, "build", "--quiet", cwd=city)

    home = (city / "public" / "index.html").read_text(encoding="utf-8")
    assert f'lang="{language}"' in home
    assert len(list((city / "public" / "departments").glob("*/index.html"))) >= 3
