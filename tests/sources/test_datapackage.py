"""Reading the working tables: what is wrong with a file is said, and nothing is lost."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from generator.errors import SourceError
from generator.sources import datapackage, decode
from generator.sources.tables import IrregularityKind, Tables

CITIES = Path(__file__).parents[1] / "cities"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Return a copy of the Chinese city's tables."""
    folder = tmp_path / "database"
    shutil.copytree(CITIES / "zh" / "content" / "database", folder)
    return folder


def refusal(folder: Path) -> str:
    with pytest.raises(SourceError) as caught:
        datapackage.read(folder)
    assert caught.value.exit_code == 3
    return str(caught.value)


def edit(database: Path, table: str, old: str, new: str) -> None:
    path = database / f"{table}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_city_is_read_with_every_table_and_its_digest(database: Path) -> None:
    """Whoever compares drafts with what is published goes by these digests."""
    tables = datapackage.read(database)

    assert tables.irregularities == ()
    assert len(tables.rows("powers")) == 16
    content = (database / "powers.csv").read_bytes()
    assert tables.tables["powers"].digest == hashlib.sha256(content).hexdigest()


def test_a_row_is_numbered_as_an_editor_numbers_its_first_line(database: Path) -> None:
    """An official who opens the file at the line named must stand before the fault."""
    edit(database, "synonyms", "路边摊,", '"路边\n摊",')
    edit(database, "synonyms", "门头,", "\n,\n门头,")

    rows = datapackage.read(database).rows("synonyms")

    assert [row.number for row in rows] == [2, 6, 7, 8]


def test_a_byte_order_mark_and_windows_line_ends_change_nothing(database: Path) -> None:
    """A list saved by a Chinese Excel is the same list, with the same digests of records."""
    before = decode.records(datapackage.read(database))
    edit(database, "powers", "开小吃店、摆餐饮摊之前", '"开小吃店、\n摆餐饮摊之前')
    edit(database, "powers", "要取得的许可。", '要取得的许可。"')
    changed = decode.records(datapackage.read(database))
    for path in database.glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        path.write_bytes("\ufeff".encode() + text.replace("\n", "\r\n").encode())

    after = decode.records(datapackage.read(database))

    assert after == changed != before
    assert "\r" not in str(after)


def test_a_cell_of_a_million_characters_is_read(database: Path) -> None:
    """A long text is for the gate to judge; reading it must not fail."""
    edit(database, "powers", "开小吃店、摆餐饮摊之前", "字" * 1_000_000)

    row = datapackage.read(database).rows("powers")[0]

    assert len(row.cells["summary"]) > 1_000_000


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    """Whoever starts in the wrong folder must learn that, not that the city is empty."""
    assert "there is no such folder" in refusal(tmp_path / "nowhere")


def test_a_missing_table_is_named_with_the_file_that_may_be_it(database: Path) -> None:
    """A renamed file must not look like a table without rows: all its rows would be gone."""
    (database / "materials.csv").rename(database / "material.csv")

    assert "materials.csv: the table is missing; is it material.csv?" in refusal(database)


def test_an_optional_table_may_be_missing(database: Path) -> None:
    """A city without synonyms is a city."""
    (database / "synonyms.csv").unlink()

    assert datapackage.read(database).rows("synonyms") == ()


def test_a_missing_column_is_named_with_the_one_that_may_be_it(database: Path) -> None:
    """A renamed column must not empty the same fact of every power."""
    edit(database, "powers", ",summary,", ",summery,")

    assert refusal(database) == (
        "powers.csv row 1: lacks the column summary; is it “summery”? Rename it"
    )


@pytest.mark.parametrize(
    ("header", "said"),
    [
        pytest.param("term,target,term", "the column “term” stands twice", id="twice"),
        pytest.param("term,,target", "column 2 has no name", id="nameless"),
        pytest.param("term;target", "not separated by commas", id="semicolons"),
        pytest.param("term\ttarget", "not separated by commas", id="tabs"),
        pytest.param("", "has no header row", id="empty"),
    ],
)
def test_a_header_that_cannot_be_used_is_said(database: Path, header: str, said: str) -> None:
    """A wrong header puts every cell below it in the wrong place."""
    (database / "synonyms.csv").write_text(header + "\n", encoding="utf-8")

    message = refusal(database)

    assert message.startswith("synonyms.csv") and said in message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        pytest.param(
            "term,target\n夜市,摊位\n".encode("gb18030"),
            "row 2: byte 14 is not UTF-8, but the file reads as GB18030",
            id="gb18030",
        ),
        pytest.param("term,target\na,b\n".encode("utf-16"), "encoded as UTF-16", id="utf-16"),
        pytest.param(
            b"term,target\na,b\nc,\xff\xff\xff\n", "row 3: byte 18 is not UTF-8", id="bytes"
        ),
        pytest.param(b"term,target\na,\0b\n", "row 2: holds a NUL byte", id="nul"),
        pytest.param(b'term,target\na,b\n"c,d\ne,f\n', "row 3: cannot be split", id="open-quote"),
        pytest.param(
            b"term,target\n" + b"x" * (2 << 20) + b",b\n",
            "row 2: cannot be split",
            id="two-megabytes",
        ),
    ],
)
def test_a_file_that_is_no_csv_in_utf8_is_said_with_its_line(
    database: Path, content: bytes, said: str
) -> None:
    """Garbled text must be refused where it enters, with what to press in Excel."""
    (database / "synonyms.csv").write_bytes(content)

    message = refusal(database)

    assert message.startswith("synonyms.csv") and said in message and ";" in message


def test_a_link_that_leads_out_of_the_folder_is_refused(database: Path, tmp_path: Path) -> None:
    """A pull request must not be able to publish a file of the machine that builds."""
    outside = tmp_path / "synonyms.csv"
    shutil.move(database / "synonyms.csv", outside)
    (database / "synonyms.csv").symlink_to(outside)

    assert "is a link that leads out of its folder" in refusal(database)


def test_a_link_within_the_folder_is_followed(database: Path) -> None:
    """A city may keep a table under a second name."""
    (database / "synonyms.csv").rename(database / "synonyms.2026")
    (database / "synonyms.csv").symlink_to("synonyms.2026")

    assert len(datapackage.read(database).rows("synonyms")) == 4


def test_what_is_no_file_is_refused_and_not_waited_for(database: Path) -> None:
    """A pipe or a folder in the place of a table must not hang or crash a build."""
    (database / "synonyms.csv").unlink()
    os.mkfifo(database / "synonyms.csv")
    assert "is not a file" in refusal(database)

    (database / "synonyms.csv").unlink()
    (database / "synonyms.csv").symlink_to("gone.csv")
    assert "cannot be read (No such file or directory)" in refusal(database)


def noted(tables: Tables) -> list[tuple[IrregularityKind, str, int | None, str]]:
    return [(note.kind, note.table, note.row, note.value) for note in tables.irregularities]


def test_a_row_that_does_not_fit_is_left_out_and_noted(database: Path) -> None:
    """A comma without quotation marks shifts every cell after it: no such row may be read."""
    edit(database, "moves", "YX-FW-001,free,queue,没", "YX-FW-001,free,queue,没,有")

    tables = datapackage.read(database)

    (note,) = tables.irregularities
    assert (note.kind, note.expected, note.found) == (IrregularityKind.RAGGED_ROW, 4, 5)
    assert note.cells["power"] == "YX-FW-001"
    assert note.row not in [row.number for row in tables.rows("moves")]


def test_one_cell_too_many_is_noted_even_where_it_is_empty(database: Path) -> None:
    """With an empty last column a stray comma leaves the row one cell too long, and shifted."""
    edit(database, "fees", "每平方米每月三元,", "每平方米每月三元,三角,")

    tables = datapackage.read(database)

    assert [note.kind for note in tables.irregularities] == [IrregularityKind.RAGGED_ROW]
    assert tables.rows("fees") == ()


def test_names_that_no_schema_knows_are_noted(database: Path) -> None:
    """What nobody reads must not be thought published."""
    edit(database, "synonyms", "term,target", "term,target,remark")
    path = database / "synonyms.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, *(f"{row}," for row in rows)]), encoding="utf-8")
    (database / "notes.csv").write_text("a,b\n", encoding="utf-8")

    assert noted(datapackage.read(database)) == [
        (IrregularityKind.UNKNOWN_TABLE, "notes", None, "notes"),
        (IrregularityKind.UNKNOWN_COLUMN, "synonyms", 1, "remark"),
    ]
