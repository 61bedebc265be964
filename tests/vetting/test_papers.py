"""Files and prose are read for private persons, whatever program made them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
import xlsxwriter

from generator import config
from generator.vetting.beside import LARGEST_BYTES
from generator.vetting.finding import Finding
from generator.vetting.reports.spots import Spots
from tests.vetting.defects import vet_changed

MOBILE = "15412345678"
FORM = {"table": "materials", "where": {"power": "YX-XK-001", "seq": "1"}}


def zipped(path: Path, **members: str) -> None:
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "/") + ".xml", text)


def a_letter(path: Path) -> None:
    runs = "".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in ("154", "1234", "5678"))
    zipped(path, word__document=f"<w:p><w:t>第一行</w:t></w:p><w:p>{runs}</w:p>")


def a_workbook(path: Path) -> None:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write("A1", "电话")
    sheet.write("B1", int(MOBILE))
    book.close()


def text(content: str, encoding: str = "utf-8") -> Callable[[Path], None]:
    return lambda path: path.write_text(content, encoding=encoding) and None


def findings(folder: Path, name: str, make: Callable[[Path], None], **more: Any) -> list[Finding]:
    """Return what is found of a blank form that some maker wrote."""
    path = folder / "content/files/forms" / name
    path.parent.mkdir(parents=True)
    make(path)
    verdict = vet_changed(folder, (FORM | {"set": {"blank_form": f"forms/{name}"}},), **more)
    return [found for found in verdict.findings if found.code.startswith("V3")]


@pytest.mark.parametrize(
    ("name", "make"),
    [
        pytest.param("a.docx", a_letter, id="number-in-three-runs"),
        pytest.param("a.xlsx", a_workbook, id="number-as-a-number"),
        pytest.param("a.html", text("<p>电话：154<b>1234</b>5678</p>"), id="number-across-tags"),
        pytest.param("a.svg", text("<svg><text>&#49;5412345678</text></svg>"), id="entity"),
        pytest.param("a.csv", text(f"姓名,手机\n甲某,{MOBILE}\n", "gb18030"), id="gb18030"),
        pytest.param("a.MD", text(f"电话 {MOBILE}"), id="capital-suffix"),
    ],
)
def test_a_number_in_a_form_is_seen_and_refuses_the_record(
    name: str, make: Callable[[Path], None], tmp_path: Path
) -> None:
    """A sample form filled in with a real person is the usual way in which one is exposed."""
    (found,) = findings(tmp_path, name, make)

    assert (found.code, found.record, found.column) == ("V301", "YX-XK-001", "blank_form")
    assert found.value == "154****5678" and MOBILE not in str(found.as_dict())


def a_bomb(path: Path) -> None:
    zipped(path, word__document="<w:t>" + "0" * (LARGEST_BYTES + 1) + "</w:t>")


@pytest.mark.parametrize(
    ("name", "make"),
    [
        pytest.param("a.pdf", text("%PDF-1.7"), id="pdf"),
        pytest.param("a.jpg", text("x"), id="picture"),
        pytest.param("a.docx", text("no archive"), id="broken-archive"),
        pytest.param("a.docx", a_bomb, id="archive-that-swells"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_as_unread(
    name: str, make: Callable[[Path], None], tmp_path: Path
) -> None:
    """Silence would be taken for a clean bill."""
    (found,) = findings(tmp_path, name, make)

    assert (found.code, found.severity.value) == ("V303", "info")


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    """A link to another city's secrets must not bring them into a report."""
    secret = tmp_path / "secret.txt"
    secret.write_text(MOBILE)

    assert findings(tmp_path, "a.txt", lambda path: path.symlink_to(secret)) == []


def test_an_allowed_number_is_nobodys(tmp_path: Path) -> None:
    """An office that has only a mobile must be able to say so, once."""
    assert findings(tmp_path, "a.txt", text(MOBILE), allowed=[MOBILE]) == []


def test_the_texts_of_a_theme_are_read(tmp_path: Path) -> None:
    """A banner with somebody's number is on every page of the department."""
    page = {"page": "department_themes/city-services/theme.yml", "text": f"notice: {MOBILE}\n"}

    (found,) = vet_changed(tmp_path, (page,)).findings

    assert (found.code, found.record, found.row) == ("V302", "city-services", 1)
    assert found.where == "city-services row 1, department_themes/city-services/theme.yml"


def test_a_code_host_shows_the_line_of_the_page(tmp_path: Path) -> None:
    """Whoever wrote the page must see which of its lines is meant."""
    page = {"page": "content/departments/city-services/map.md", "text": f"# A\n\n{MOBILE}\n"}
    (found,) = vet_changed(tmp_path, (page,)).findings

    spot = Spots(None, config=tmp_path / "site_config.yml", base=tmp_path)(found)

    assert spot is not None and spot.region is not None
    assert (spot.path, spot.region.start_line) == ("content/departments/city-services/map.md", 3)


def test_a_partial_run_reads_no_prose(tmp_path: Path) -> None:
    """A build that looks at one draft need not read the whole city."""
    page = {"page": "content/prose/about.md", "text": MOBILE}

    assert vet_changed(tmp_path, (page,), only=["YX-XK-001"]).findings == ()


def test_a_city_writes_its_numbers_as_people_write_them(tmp_path: Path) -> None:
    """Blanks and hyphens in the configuration must not make another number of it."""
    path = tmp_path / "site_config.yml"
    path.write_text(
        "name: X\nlicence: {name: CC0-1.0}\n"
        'privacy: {allowed_numbers: ["154 1234-5678", "+86 15400000000"]}\n'
    )

    allowed = config.load(path).privacy.allowed_numbers

    assert MOBILE in allowed and "15400000000" in allowed
