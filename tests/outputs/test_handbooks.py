"""Handbooks as they come from a build: whole, tagged, the same bytes, in the department's look."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace

import pytest

from generator.i18n import translator
from generator.model.power import Material
from generator.model.release import Release
from generator.outputs.handbooks import books, press
from generator.outputs.handbooks.plan import _index
from generator.pages.labels import label, limit
from tests.publication.city import City

TR = translator("zh-CN")


@dataclass(frozen=True)
class Printed:
    """A city that was built, and the release that its handbooks must tell."""

    city: City
    release: Release

    def pdf(self, path: str) -> Path:
        return self.city.output / path / "handbook.pdf"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Printed:
    from generator.ledger import fold, store

    city = City.copy("zh", tmp_path_factory.mktemp("handbooks") / "city")
    config = city.root / "site_config.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("handbooks: false", "handbooks: true"), encoding="utf-8")
    built = city.build()
    assert not [finding for finding in built.findings if finding.code == "B903"], (
        "make test installs a font"
    )
    return Printed(city, fold.fold(store.read(city.config.vetted, TR)))


def text(pdf: Path) -> str:
    """The text of a PDF without spaces, which a line's end may bring anywhere."""
    raw = subprocess.run(["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True).stdout
    return squeezed(raw.decode())


def squeezed(words: str) -> str:
    return re.sub(r"[\s\u200b\f]", "", words)


def test_a_departments_book_says_every_fact_of_its_powers(printed: Printed):
    """Who reads on paper must not be told less, or something else, than who reads on the screen."""
    for slug in printed.release.departments:
        active = [v.power for v in printed.release.of_department(slug) if v.power.is_active]
        if not active:
            continue
        said = text(printed.pdf(f"departments/{slug}"))
        for power in active:
            facts = [
                power.code,
                power.name,
                power.summary,
                power.conditions,
                power.remedy,
                power.result,
            ]
            facts += [material.name for material in power.materials]
            facts += [value for fee in power.fees for value in (fee.name, fee.standard, fee.basis)]
            facts += [
                value
                for duty in power.responsibilities
                for value in (duty.duty, duty.accountability)
            ]
            facts += [
                value
                for each in power.penalties
                for value in (each.conduct, each.sanction, each.range)
            ]
            facts += [step.name for step in power.procedure.steps]
            facts += [
                printed.release.instruments[basis.instrument].title for basis in power.legal_bases
            ]
            facts += [limit(power.promised_limit, power.promised_unit, TR), label(power.fee, TR)]
            for fact in facts:
                assert squeezed(fact) in said, (slug, power.code, fact)


def test_a_life_events_book_lists_what_to_bring_once(printed: Printed):
    """Nobody should carry a document to the town hall twice, or come without one."""
    for event in printed.release.life_events.values():
        said = text(printed.pdf(f"life-events/{event.slug}"))
        powers = [printed.release.powers[entry.power] for entry in event.powers]
        wanted = {m.name for v in powers if v.power.is_active for m in v.power.materials}
        listed = [each["name"] for each in books.merged((v, False) for v in powers)]

        assert sorted(listed) == sorted(wanted)
        assert all(squeezed(name) in said for name in wanted)


def test_what_several_offices_want_is_merged_by_the_strictest(printed: Printed):
    """A thing that one office fetches itself and another asks for must be brought."""

    def version(name: str, *materials: Material) -> SimpleNamespace:
        return SimpleNamespace(power=SimpleNamespace(code=name, name=name, materials=materials))

    first = version(
        "A",
        Material(seq=1, name="身份证", source="shared"),
        Material(seq=2, name="照片", required=False),
    )
    second = version("B", Material(seq=1, name="身份证", source="applicant"))
    third = version("C", Material(seq=1, name="房产证", source="shared"))
    found = {
        each["name"]: each
        for each in books.merged([(first, False), (second, True), (third, False)])
    }  # type: ignore[list-item]

    assert (found["身份证"]["shared"], found["身份证"]["always"]) == (False, False)
    assert found["身份证"]["powers"] == ["A", "B"]
    assert (found["照片"]["always"], found["房产证"]["shared"]) == (False, True)


def test_books_are_tagged_and_say_what_they_are(printed: Printed):
    """A blind clerk's screen reader finds its way by tags, language, title and headings."""
    for pdf in printed.city.output.rglob("handbook.pdf"):
        content = pdf.read_bytes()
        about = subprocess.run(["pdfinfo", pdf], capture_output=True, check=True, text=True).stdout
        tree = subprocess.run(
            ["pdfinfo", "-struct", pdf], capture_output=True, check=True
        ).stdout.decode("latin-1")

        assert re.search(r"Tagged:\s+yes", about) and re.search(r"Page size:.*A4", about)
        assert re.search(r"Title:\s+\S", about)
        assert b"/StructTreeRoot" in content and re.search(
            rb"/MarkInfo\s*<<[^>]*/Marked true", content
        )
        assert b"/Lang(zh" in content and b"/Outlines" in content
        assert b"pdfuaid:part" in content
        assert {"H1", "H2", "Table", "TH", "TOC", "Figure", "L"} <= set(
            re.findall(r"^\s*(\w+)", tree, re.M)
        )


def test_every_page_says_that_it_is_a_demonstration(printed: Printed):
    """A sheet torn out of an invented city's book must not pass for a real one."""
    note = squeezed(TR("This is a demonstration, not an official publication."))
    for pdf in printed.city.output.rglob("handbook.pdf"):
        raw = subprocess.run(
            ["pdftotext", "-raw", pdf, "-"], capture_output=True, check=True
        ).stdout.decode()
        pages = raw.split("\f")[:-1]
        assert pages and all(note in squeezed(page) for page in pages)


def test_the_same_release_gives_the_same_bytes_and_sets_nothing_twice(
    printed: Printed, tmp_path: Path
):
    """A book that changes by itself cannot be cited, and one that is set anew costs each build."""
    again = City(tmp_path / "city")
    shutil.copytree(
        printed.city.root, again.root, ignore=shutil.ignore_patterns(".daylight", "public")
    )
    again.build(workers=2)
    books_of = {
        p.relative_to(again.output): p.read_bytes() for p in again.output.rglob("handbook.pdf")
    }

    assert len(books_of) >= 3
    for path, content in books_of.items():
        assert content == (printed.city.output / path).read_bytes(), path
    assert again.build().artifacts["written"] == 0


def test_a_book_has_its_departments_colour_and_the_way_to_its_page(printed: Printed):
    """A department hands out its own house's book; the code on it leads to what holds today."""
    from generator.rendering import theme

    for slug in printed.release.departments:
        home = printed.city.output / "departments" / slug / "index.html"
        if printed.pdf(f"departments/{slug}").exists():
            assert f'departments/{slug}/handbook.pdf"' in home.read_text("utf-8")
            found, _ = theme.load(printed.city.config.themes / slug, slug, tr=TR)
            css = found.css.decode()
            fill = re.search(r"--fill:\s*(#\w{6})", css)
            cover = subprocess.run(
                ["pdftoppm", "-r", "10", "-l", "1", "-singlefile", printed.pdf(f"departments/{slug}")],
                capture_output=True, check=True,
            ).stdout  # fmt: skip
            pixels = cover.split(b"255\n", 1)[1]
            wide = int(cover.split()[1])
            corner = pixels[3 * (4 * wide + 3) :][:3]
            if fill:
                wanted = bytes.fromhex(fill[1][1:])
                assert max(abs(a - b) for a, b in zip(corner, wanted, strict=True)) <= 3, slug


def test_without_a_font_the_city_is_built_and_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A machine without a Chinese font must publish the city all the same, without dead links."""
    monkeypatch.setattr(press, "SHA256", "0" * 64)
    city = City.copy("zh", tmp_path / "city")
    config = city.root / "site_config.yml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace("handbooks: false", "handbooks: true"), encoding="utf-8")
    built = city.build()

    assert [finding.code for finding in built.findings].count("B903") == 1
    assert not list(city.output.rglob("handbook.pdf"))
    assert not [p for p in city.output.rglob("*.html") if "handbook.pdf" in p.read_text("utf-8")]


def test_the_index_goes_by_the_sound_of_a_name():
    """Who looks for 教师 looks under J."""
    found = _index({"A": "教师资格认定", "B": "《餐饮》备案", "C": "3D打印", "D": "教育收费"}, "zh")

    assert [(group["letter"], [p["code"] for p in group["powers"]]) for group in found] == [
        ("#", ["C"]), ("C", ["B"]), ("J", ["A", "D"]),
    ]  # fmt: skip
