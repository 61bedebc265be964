"""Every published package is valid by frictionless and by a checker that shares no code with it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from frictionless import Package

from tests.datapackages import second_checker


def packages(site: Path) -> list[Path]:
    return sorted(path.parent for path in (site / "data").rglob("datapackage.json"))


def frictionless_faults(folder: Path) -> list[str]:
    report = Package(str(folder / "datapackage.json")).validate(limit_errors=1_000_000)
    return [str(error) for error in report.flatten(["type", "rowNumber", "note"])]


def test_the_city_and_every_department_have_a_package(bundled_site: Path) -> None:
    """A journalist must be able to take one department's data without the rest."""
    homes = (bundled_site / "departments").glob("*/data/index.html")
    slugs = {path.parent.parent.name for path in homes}
    assert len(slugs) == 71
    assert {path.name for path in packages(bundled_site)} == {"data", *slugs}


def test_packages_are_valid_by_frictionless(bundled_site: Path) -> None:
    """Who loads the data with the standard's tools must not be turned away.

    The city's package and those of some departments: it takes a second each.
    """
    some = packages(bundled_site)[::12]
    assert bundled_site / "data" in some
    assert {str(p): frictionless_faults(p) for p in some} == {str(p): [] for p in some}


@pytest.mark.prove
def test_every_package_is_valid_by_frictionless(bundled_site: Path) -> None:
    """A department whose list is odd in one cell must not find out from its readers."""
    every = packages(bundled_site)
    assert {str(p): frictionless_faults(p) for p in every} == {str(p): [] for p in every}


def test_every_package_is_valid_by_the_second_checker(bundled_site: Path) -> None:
    """One tool's blind spot must not become the city's."""
    faults = {str(p): list(second_checker.check(p)) for p in packages(bundled_site)}
    assert {path: found for path, found in faults.items() if found} == {}


def edit(name: str, before: str, after: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        path = folder / name
        text = path.read_bytes().decode()
        assert before in text, f"{before!r} is not in {name}"
        path.write_bytes(text.replace(before, after, 1).encode())

    return change


def repeat_a_row(folder: Path) -> None:
    path = folder / "departments.csv"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*lines, lines[1]]))


def spoil_type(folder: Path) -> None:
    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text("utf-8"))
    descriptor["resources"][0]["schema"]["fields"][0]["type"] = "strnig"
    path.write_text(json.dumps(descriptor), "utf-8")


FAULTS = [
    pytest.param(
        edit("powers.csv", ",licensing,", ",licencing,"), id="value-outside-the-enumeration"
    ),
    pytest.param(edit("legal_bases.csv", ",1,", ",one,"), id="text-for-an-integer"),
    pytest.param(
        edit("legal_bases.csv", "food-safety-law", "no-such-law"), id="dangling-reference"
    ),
    pytest.param(edit("instruments.csv", "2021-04-29", "2021-04-31"), id="a-day-that-is-none"),
    pytest.param(repeat_a_row, id="key-given-twice"),
    pytest.param(spoil_type, id="unknown-type"),
]


@pytest.mark.parametrize("spoil", FAULTS)
def test_planted_faults_are_found_by_both(
    bundled_site: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    """A checker that accepts everything proves nothing."""
    folder = tmp_path / "data"
    folder.mkdir()
    for path in (bundled_site / "data").iterdir():
        if path.is_file():
            shutil.copy(path, folder)
    spoil(folder)
    found = [fault for fault in second_checker.check(folder) if "SHA256SUMS" not in fault]
    assert [fault for fault in found if "bytes" not in fault and "hash" not in fault]
    descriptor = folder / "datapackage.json"
    if spoil is not spoil_type:  # so that frictionless must find the row, not the sum
        content = json.loads(descriptor.read_text("utf-8"))
        for resource in content["resources"]:
            resource.pop("bytes"), resource.pop("hash")
        descriptor.write_text(json.dumps(content), "utf-8")
    try:
        assert frictionless_faults(folder)
    except Exception as error:  # frictionless refuses a descriptor that it cannot read at all
        assert spoil is spoil_type, error


def test_a_changed_byte_breaks_the_sums(bundled_site: Path, tmp_path: Path) -> None:
    """Who checks a download must learn that it is not the published file."""
    folder = tmp_path / "data"
    shutil.copytree(bundled_site / "data" / "departments" / "health", folder)
    path = folder / "README.md"
    path.write_bytes(path.read_bytes() + b" ")
    assert "SHA256SUMS: README.md does not hold" in list(second_checker.check(folder))


def test_every_package_says_that_it_is_a_demonstration(bundled_site: Path) -> None:
    """Nobody may take the invented sign-offs for a real city's."""
    for folder in packages(bundled_site):
        descriptor = json.loads((folder / "datapackage.json").read_text("utf-8"))
        assert descriptor["demonstration"] is True
        assert "演示" in descriptor["description"]
        assert "演示" in (folder / "README.md").read_text("utf-8")
