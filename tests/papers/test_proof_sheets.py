"""A proof sheet shows all that is to be signed, and what has changed; page and PDF say the same."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
import segno

from generator.builder.cache import Cache
from generator.drafts import read
from generator.i18n import translator
from generator.ledger.digest import digest_of
from generator.papers import html as page_of
from generator.papers import pdf
from generator.papers.proofing import Proofing
from generator.papers.sheet import Sheet
from generator.papers.wording import words
from generator.sources import schema
from tests.publication.city import City

DAY = date(2026, 4, 1)
OFFICE = "market-regulation"
CHANGED, REFUSED, NEW, GONE = "LF-LIC-001", "LF-LIC-002", "LF-INS-901", "LF-REW-001"
MARKUP = "<b>bold</b> #strong[x] $y$ \\u{41} *z* _w_ // c"
CHILDREN = "legal_bases materials fees responsibilities penalties steps moves".split()


@dataclass(frozen=True)
class Made:
    """A sheet with the city that it was made of."""

    city: City
    sheet: Sheet
    page: str

    def record(self, code: str) -> str:
        """Return the part of the page about a record."""
        found = re.search(rf'<article[^>]*data-record="{code}".*?</article>', self.page, re.DOTALL)
        assert found
        return found[0]


def proofing(city: City, cache: Cache, font: str = "") -> Proofing:
    tr = translator(city.config.language)
    drafts = read(city.config, day=DAY, tr=tr)
    return Proofing(
        config=city.config, drafts=drafts, day=DAY, tr=tr, cache=cache, workers=1, font=font
    )


def make(city: City, slug: str = OFFICE, **wishes: bool) -> Made:
    with Cache(city.root / "cache.sqlite") as cache:
        sheet = proofing(city, cache).sheet(slug, **wishes)
    return Made(city, sheet, page_of.sheet(sheet, translator(city.config.language)))


def as_pdf(city: City) -> bytes:
    tr = translator(city.config.language)
    families = pdf.fonts(tr)
    with Cache(city.root / "cache.sqlite") as cache:
        sheet = proofing(city, cache, families["sans"]).sheet(OFFICE)
    return pdf.sheet(sheet, tr, families)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Made:
    """The market office's sheet: one record changed, one refused, one new, one gone."""
    city = City.copy("en", tmp_path_factory.mktemp("made") / "city")
    city.edit(CHANGED, summary=MARKUP, aliases="", quantity_limit="40 stalls")
    city.edit(REFUSED, statutory_limit="5", promised_limit="900")
    with city.table("materials") as rows:
        mine = [row for row in rows if row["power"] == CHANGED]
        mine[0]["name"] = "Renamed material"
        rows.remove(mine[1])
        rows.append({**mine[0], "seq": "77", "name": "Added material"})
    for table, column in (("powers", "code"), *((name, "power") for name in CHILDREN)):
        with city.table(table) as rows:
            rows[:] = [row for row in rows if row[column] != GONE]
            rows += [{**row, column: NEW} for row in rows if row[column] == "LF-INS-001"]
    return make(city)


def text_of(markup: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>", "", markup))


def test_every_field_and_row_that_is_signed_stands_on_the_sheet(made: Made):
    """A reviewer signs the whole record; what is not shown would be signed unread."""
    tr = translator("en")
    with Cache(made.city.root / "cache.sqlite") as cache:
        drafts = proofing(made.city, cache).drafts
    for code in (CHANGED, REFUSED, NEW):
        said = text_of(made.record(code))
        record = drafts.records[code]  # type: ignore[index]
        for field in schema.tables()["powers"].fields:
            assert field.label(tr.language) in said, field.name
        for table in schema.children():
            for row in record.get(table, []):
                shown = [str(each) for each in row.values() if isinstance(each, str)]
                bare = said.replace("\n", " ")
                assert all(each.replace("\n", " ") in bare for each in shown), (table, row)


def test_the_digest_on_the_sheet_is_that_of_the_record(made: Made):
    """The signature stands for the digest; a wrong one would sign something else."""
    with Cache(made.city.root / "cache.sqlite") as cache:
        records = proofing(made.city, cache).drafts.records

    assert dict(made.sheet.digests) == {
        code: digest_of(record)
        for code, record in records.items()
        if record["department"] == OFFICE
    }
    for code, digest in made.sheet.digests.items():
        assert digest in text_of(made.record(code)).replace("\u200b", "")
        assert f'data-digest="{digest}"' in made.record(code)


def test_what_differs_from_the_published_version_is_marked_with_what_stood_there(made: Made):
    """Who reviews a change must see the change, without laying two sheets side by side."""
    part = made.record(CHANGED)
    fields = dict(re.findall(r'data-field="(\w+)">.*?<td>(.*?)</td>', part, re.DOTALL))

    assert set(re.findall(r'is-differing" data-field="(\w+)"', part)) == {
        "summary",
        "aliases",
        "quantity_limit",
    }
    assert '<del class="old">Street food permit' in fields["aliases"]
    assert fields["quantity_limit"] == (
        '<del class="old">At most 80 stalls in the night market</del> '
        '<ins class="now">40 stalls</ins>'
    )
    materials = re.search(r'data-table="materials".*?</table>', part, re.DOTALL)
    assert materials
    marks = re.findall(r'<tr class="is-(\w+)', materials[0])
    assert marks.count("changed") == marks.count("new") == marks.count("gone") == 1


def test_standing_findings_and_counts_are_told(made: Made):
    """An office must see at once what it is asked to sign, and what it cannot."""
    standings = {each.code: each.standing.value for each in made.sheet.records}
    assert [standings[code] for code in (CHANGED, REFUSED, NEW, GONE)] == [
        "changed", "changed", "new", "deleted",
    ]  # fmt: skip
    assert [each.code for each in made.sheet.records if each.refused] == [REFUSED]
    assert "T103" in made.record(REFUSED) and "T103" not in made.record(CHANGED)
    assert made.sheet.counts["refused"] == 1
    assert GONE not in made.sheet.digests


def test_each_record_has_its_chart_and_a_box_for_each_office(made: Made):
    """The flowchart is part of what is signed, and a signature needs a place."""
    offices = made.city.config.offices
    for code in (CHANGED, NEW):
        part = made.record(code)
        assert part.count("<svg") == 2, "a chart and a QR code"
        assert part.count('class="box"') == 2
        assert offices.legality[0] in part and offices.format[0] in part
    assert 'class="box"' not in made.record(GONE)


def test_a_sign_off_that_is_given_stands_in_its_box(tmp_path: Path):
    """The second office must see that, when and by whom the first review was done."""
    city = City.copy("en", tmp_path / "city")
    city.edit(CHANGED, summary="Changed.")
    city.sign("legality", CHANGED, day=DAY)

    made = make(city)

    assert "2026-04-01" in made.record(CHANGED)
    assert text_of(made.record(CHANGED)).count("already signed") == 1


def test_the_sheet_runs_no_script_fetches_nothing_and_shows_markup_as_text(made: Made):
    """A draft is unreviewed: whatever stands in it must not act on the reviewer's machine."""
    assert html.escape(MARKUP, quote=False) in made.page.replace("&#34;", '"')
    assert "<b>bold" not in made.page
    assert "<script" not in made.page
    assert not re.findall(r'(?:src|href)="(?!#)', made.page)
    assert "default-src 'none'" in made.page


def test_every_page_says_that_it_is_a_demonstration(made: Made):
    """Invented powers must not be taken for a city's."""
    notice = translator("en")("This is a demonstration, not an official publication.")

    assert notice in made.page.split("<article")[1]
    assert all(notice in made.record(each.code) for each in made.sheet.records)


def test_only_the_changed_ones_if_asked(made: Made):
    """Seventy unchanged pages would hide the one that is to be read."""
    few = make(made.city, only_changed=True)

    assert {each.code for each in few.sheet.records} == {CHANGED, REFUSED, NEW, GONE}
    assert few.sheet.left_out == len(made.sheet.records) - 4


def test_the_registers_have_a_sheet_of_their_own(made: Made):
    """Registers are signed like powers, and reviewed on paper like them."""
    with made.city.table("departments") as rows:
        rows[0]["phone"], old = "555-0100", rows[0]["phone"]
    sheet = make(made.city, "registers")
    with made.city.table("departments") as rows:
        rows[0]["phone"] = old

    standings = {each.code: each.standing.value for each in sheet.sheet.records}
    assert standings["departments"] == "changed" and standings["instruments"] == "unchanged"
    assert '<ins class="now">555-0100</ins>' in sheet.page


def test_the_code_to_scan_says_digest_and_code(made: Made):
    """A reviewer with a phone must get the digest without typing sixty-four signs."""
    for each in made.sheet.records:
        if each.digest:
            assert each.qr_text == f"d1:{each.digest} {each.code}"
            fresh = segno.make(each.qr_text, error="m", micro=False)
            assert fresh.svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None) in (
                made.record(each.code)
            )


@pytest.fixture(scope="module")
def printed(made: Made) -> Path:
    """The sheet as a PDF file."""
    path = made.city.root / "sheet.pdf"
    path.write_bytes(as_pdf(made.city))
    return path


def tool(name: str, package: str) -> str:
    """Return a tool's path; where it may lack, the test is left out, never where CI runs."""
    path = shutil.which(name)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(f"{name} is missing: apt-get install {package}")
        pytest.skip(f"{name} is missing: apt-get install {package}")
    return path


def test_the_same_sheet_gives_the_same_pdf(made: Made, printed: Path):
    """A sheet in the archive must be provable by making it again."""
    assert as_pdf(made.city) == printed.read_bytes()


def test_the_pdf_says_what_the_page_says(made: Made, printed: Path):
    """Who signs on paper must have read the same as who signs from the screen."""
    command = [tool("pdftotext", "poppler-utils"), "-raw", str(printed), "-"]
    raw = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    text = re.sub(r"\s|\u200b", "", raw)

    for each in made.sheet.records:
        assert re.sub(r"\s", "", each.name) in text
        assert each.digest in text
        for entry in each.filled:
            assert re.sub(r"\s", "", entry.cell.text) in text, (each.code, entry.name)
        for grid in each.grids:
            for cell in (cell for line in grid.lines for cell in line.cells):
                assert re.sub(r"\s", "", cell.text) in text, (each.code, grid.name)
    assert re.sub(r"\s", "", MARKUP) in text


def test_another_program_reads_the_digest_from_the_printed_code(
    made: Made, printed: Path, tmp_path: Path
):
    """A code that no scanner reads would be an ornament."""
    reader = tool("zbarimg", "zbar-tools")
    command = [tool("pdftoppm", "poppler-utils"), "-r", "100", "-gray", str(printed)]
    subprocess.run([*command, str(tmp_path / "page")], check=True)
    pages = sorted(str(path) for path in tmp_path.glob("page*.pgm"))
    done = subprocess.run([reader, "-q", "--raw", *pages], capture_output=True, text=True)

    assert set(done.stdout.split("\n")) - {""} == {
        each.qr_text for each in made.sheet.records if each.digest
    }


def test_the_pdf_is_tagged_and_names_its_language(printed: Path):
    """A reviewer may read with a screen reader."""
    content = printed.read_bytes()

    assert b"/MarkInfo" in content and b"/Lang" in content


def test_the_list_beside_the_sheet_is_what_sign_reads(made: Made):
    """One file must carry the digests from the desk to the command."""
    listed: Mapping[str, object] = json.loads(json.dumps(made.sheet.list_of_digests()))

    assert listed["scheme"] == "d1"
    assert listed["digests"] == made.sheet.digests


def test_a_chinese_city_has_a_sheet_in_chinese(tmp_path: Path):
    """Reviewers in Handan read Chinese."""
    city = City.copy("zh", tmp_path / "city")
    slug = next(iter({row["department"] for row in _powers(city)}))
    made = make(city, slug)

    said = words(made.sheet, translator("zh-CN"))
    parts = [each for each in said.values() if isinstance(each, str)]
    parts += [each for found in said.values() if isinstance(found, dict) for each in found.values()]
    assert [each for each in parts if re.search("[a-z]{3}", each)] == []
    assert '<html lang="zh-CN">' in made.page


def _powers(city: City) -> list[dict[str, str]]:
    with city.table("powers") as rows:
        return list(rows)
