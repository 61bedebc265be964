"""`daylight cite`, as a clerk meets it: a text in, what was understood out."""

from __future__ import annotations

import io
import json
import sys

import pytest

from tests.cli.test_bad_input import Shell, database
from tests.publication.city import City

TEXT = "《示例街道条例》第三条第一款第（二）项、《示例街道管理条例》第九条"


@pytest.fixture
def shell(tmp_path, monkeypatch, capsys) -> Shell:
    return Shell(City.copy("zh", tmp_path / "city"), monkeypatch, capsys)


def pipe(shell: Shell, content: bytes) -> None:
    shell.monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_places_are_shown_line_by_line_and_what_is_open_with_candidates(shell) -> None:
    """A clerk must see at once what was understood and what is left to decide."""
    ended = shell.run("cite", TEXT)

    assert ended.code == 0
    lines = ended.out.splitlines()
    assert lines[0].startswith("streets-act: 示例街道条例")
    assert [sign for sign in lines[0] if sign.isdigit()] == ["3", "1", "2"]
    assert lines[1].startswith("?: 示例街道管理条例") and "9" in lines[1]
    assert "streets-act" in lines[2]
    assert [sign for sign in ended.err if sign.isdigit()] == ["2", "1"]


def test_json_holds_every_part_of_each_place(shell) -> None:
    """Another program must not take text apart again."""
    first, second = json.loads(shell.run("cite", TEXT, "--format", "json").out)

    assert first["instrument"] == "streets-act" and not first["candidates"]
    places = ("article", "article_suffix", "paragraph", "subparagraph")
    assert [first[name] for name in places] == [3, "", 1, 2]
    assert second["instrument"] == "" and "streets-act" in second["candidates"]
    assert second["title"] == "示例街道管理条例" and second["note"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_text_is_read_from_standard_input(shell, encoding: str) -> None:
    """Lists come from older spreadsheets too."""
    pipe(shell, TEXT.encode(encoding))
    ended = shell.run("cite", "--format", "json")

    assert ended.code == 0
    assert json.loads(ended.out)[0]["instrument"] == "streets-act"


def test_no_text_and_nothing_piped_in_is_wrong_use(shell) -> None:
    """A command that waits for ever for a text looks as if it hung."""
    piped = io.TextIOWrapper(io.BytesIO())
    shell.monkeypatch.setattr(piped, "isatty", lambda: True, raising=False)
    shell.monkeypatch.setattr(sys, "stdin", piped)

    assert shell.run("cite").code == 2


def test_the_configuration_decides_the_register(shell) -> None:
    """Each city has its own register; another city's must never match."""
    table = database(shell.city, "instruments")
    table.write_text(table.read_text("utf-8").replace("示例街道条例", "别城街道规定"), "utf-8")

    (found,) = json.loads(shell.run("cite", "《示例街道条例》第三条", "--format", "json").out)

    assert found["instrument"] == ""


def test_a_text_that_cites_nothing_is_no_fault(shell) -> None:
    """A script that reads a whole column must not stop at its first empty cell."""
    ended = shell.run("cite", "无", "--quiet")

    assert (ended.code, ended.out, ended.err) == (0, "", "")


def test_no_configuration_and_no_register_end_as_every_command_does(shell) -> None:
    """Scripts tell wrong use from a table that cannot be read by the exit code."""
    assert shell.run("cite", TEXT, "--config", "none.yml").code == 2

    database(shell.city, "instruments").unlink()

    assert shell.run("cite", TEXT).code == 3


def test_help_shows_an_example(shell) -> None:
    """Nobody should have to read code to try a command."""
    assert "daylight cite '《" in shell.run("cite", "--help").out
