"""`init`: a city that builds, or an empty one to fill, and nothing of anybody's overwritten."""

from __future__ import annotations

import pytest

from generator.sources import schema
from tests.cli.test_bad_input import Shell, shell

__all__ = ["shell"]


def run(shell: Shell, *words: object, code: int = 0) -> str:
    ending = shell.run(*map(str, words))
    assert ending.code == code, ending.err
    return ending.out + ending.err


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_an_empty_city_has_every_table_and_can_be_vetted(shell, tmp_path, language):
    """A city with a list of its own must not have to clear out somebody else's first."""
    city = tmp_path / "广安区"
    run(shell, "init", city, "--empty", "--language", language)

    tables = {path.stem for path in (city / "content" / "database").glob("*.csv")}
    assert tables == set(schema.tables())
    settings = (city / "site_config.yml").read_text("utf-8")
    assert "name: 广安区" in settings, "without --name the folder's"
    run(shell, "vet", "--config", city / "site_config.yml")
    told = run(
        shell, "build", "--config", city / "site_config.yml", "--output", tmp_path / "out", code=1
    )
    assert "daylight sign" in told, "it says what a city without a signed power has to do"
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("empty", [(), ("--empty",)])
def test_nothing_of_anybodys_is_overwritten(shell, tmp_path, empty):
    """An operator in the wrong folder must not lose what lies there."""
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "letter.txt").write_text("mine", "utf-8")

    assert str(folder) in run(shell, "init", folder, *empty, code=2)
    assert [path.name for path in folder.iterdir()] == ["letter.txt"]


def test_a_name_is_for_an_empty_city_only(shell, tmp_path):
    """A name that is silently dropped would be missed only on the published page."""
    assert "--empty" in run(shell, "init", tmp_path / "a", "--name", "Larkfield", code=2)
