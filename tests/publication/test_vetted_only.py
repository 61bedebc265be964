"""Nothing unvetted is published, nothing vetted is lost, and what is withdrawn is gone."""

from __future__ import annotations

import gzip
import json
from datetime import date
from pathlib import Path

import pytest

from generator.errors import VettingError
from tests.publication.city import City

LATER = date(2026, 4, 1)
MARK = "Zanzibar clause"


def active(row: dict[str, str]) -> bool:
    return row["status"] == "active" and row["applicant"] != "none"


def test_an_edited_draft_changes_no_published_byte_until_both_sign_offs_stand(city: City) -> None:
    """A department could otherwise publish what nobody reviewed."""
    code = city.code(active)
    city.build()
    before = city.files()

    city.edit(code, summary=MARK)
    report = city.build()
    assert city.files() == before
    assert report.powers["waiting"] == 1
    assert report.waiting == (code,)

    city.sign("legality", code, day=LATER)
    city.build()
    assert city.files() == before

    city.sign("format", code, day=LATER)
    report = city.build()
    assert report.powers["waiting"] == 0
    assert MARK in (city.output / "powers" / code / "index.html").read_text("utf-8")


def test_one_changed_field_rewrites_exactly_the_files_that_show_it(city: City) -> None:
    """CI uploads what changed; a rebuild that touches everything is of no use."""
    code = city.code(active)
    with city.table("powers") as rows:
        holder = next(row["department"] for row in rows if row["code"] == code)
    city.build()
    before = city.files()
    city.edit(code, remedy=MARK)
    city.vet_and_sign(code, day=LATER)
    city.build()
    after = city.files()

    changed = {path for path in after.keys() | before.keys() if after.get(path) != before.get(path)}
    records = {
        path for path in changed if path.startswith(("powers/", f"departments/{holder}/powers/"))
    }
    assert records == {
        f"powers/{code}/index.html",
        f"powers/{code}.json",
        f"departments/{holder}/powers/{code}/index.html",
    }
    other = [
        p
        for p in changed
        if p.startswith("departments/") and not p.startswith(f"departments/{holder}/")
    ]
    dated = {
        f"departments/{slug}/data/index.html"
        for slug in ("municipal-government", "city-services", "market-regulation")
    }
    assert set(other) <= dated | {
        p for p in other if p.endswith("/index.html") and p.count("/") == 2
    }


def test_an_incremental_build_equals_a_clean_one_byte_for_byte(city: City, tmp_path: Path) -> None:
    """A site must not depend on the builds that came before."""
    code = city.code(active)
    city.build()
    city.edit(code, name="Renamed licence", summary=MARK)
    city.vet_and_sign(code, day=LATER)
    city.build()
    incremental = city.files()
    report = city.build(output=tmp_path / "clean")
    from tests.publication.city import hashes

    assert hashes(tmp_path / "clean") == incremental
    assert report.artifacts["removed"] == 0


def test_a_second_build_writes_nothing(city: City) -> None:
    """Speed is a feature: nothing changed means nothing done."""
    city.build()
    stamps = {path: path.stat().st_mtime_ns for path in city.output.rglob("*")}
    report = city.build()
    assert report.artifacts == {"written": 0, "unchanged": len(city.files()), "removed": 0}
    assert {path: path.stat().st_mtime_ns for path in city.output.rglob("*")} == stamps


def test_a_deleted_draft_stays_published_and_is_reported(city: City) -> None:
    """A power cannot vanish without having been abolished."""
    code = city.code(lambda row: row["status"] == "active" and row["kind"] == "reward")
    city.build()
    before = city.files()
    with city.table("powers") as rows:
        rows[:] = [row for row in rows if row["code"] != code]
    for table in (
        "legal_bases",
        "materials",
        "fees",
        "responsibilities",
        "penalties",
        "steps",
        "moves",
    ):
        with city.table(table) as rows:
            rows[:] = [row for row in rows if row["power"] != code]
    report = city.build()
    assert city.files() == before
    assert code in report.waiting


def test_a_refused_draft_leaves_the_old_version_and_takes_no_other_down(city: City) -> None:
    """One bad record must never take the city down, nor be published."""
    code = city.code(active)
    other = city.code(lambda row: active(row) and row["code"] != code)
    city.build()
    city.edit(code, department="nowhere")
    city.edit(other, summary=MARK)
    city.vet_and_sign(other, day=LATER)
    report = city.build()
    assert report.refused == (code,)
    assert report.powers["refused"] == 1
    assert any(f.record == code and f.column == "department" for f in report.findings)
    assert MARK in (city.output / "powers" / other / "index.html").read_text("utf-8")
    assert (city.output / "powers" / code / "index.html").is_file()


def test_strict_publishes_nothing_while_drafts_wait(city: City) -> None:
    """CI can demand that tables and ledger agree."""
    city.build()
    before = city.files()
    city.edit(city.code(active), summary=MARK)
    with pytest.raises(VettingError):
        city.build(strict=True)
    assert city.files() == before


def test_as_of_an_earlier_day_gives_that_days_list(city: City, tmp_path: Path) -> None:
    """A quotation must be checkable years later."""
    code = city.code(active)
    city.build()
    before = city.files()
    city.edit(code, summary=MARK)
    city.vet_and_sign(code, day=LATER)
    city.build()
    assert city.files() != before
    report = city.build(as_of=date(2026, 3, 31))
    page = (city.output / "powers" / code / "index.html").read_text("utf-8")
    assert MARK not in page
    assert report.release["as_of"] == "2026-03-31"
    assert report.release["date"] == "2026-02-23"


def test_an_abolished_power_keeps_its_page_with_its_reason(city: City) -> None:
    """An address once published never dies."""
    code = city.code(active)
    city.build()
    city.edit(code, status="abolished", status_from="2026-03-20", status_reason=MARK)
    city.vet_and_sign(code, day=LATER)
    report = city.build()
    assert MARK in (city.output / "powers" / code / "index.html").read_text("utf-8")
    assert MARK in (city.output / "abolished" / "index.html").read_text("utf-8")
    with city.table("powers") as rows:
        in_force = sum(row["status"] == "active" for row in rows)
    assert report.powers["published"] == in_force


def test_a_withdrawn_record_is_gone_from_every_byte_and_leaves_a_tombstone(city: City) -> None:
    """A court's order, or a leaked number, must be obeyed everywhere, search index included."""
    from generator.i18n import translator
    from generator.ledger import withdrawal

    code = city.code(active)
    secret = "Quetzalcoatl"
    city.edit(code, name=f"{secret} licence", aliases=secret, summary=secret)
    city.vet_and_sign(code, day=LATER)
    city.build()
    assert holding(city.output, secret)

    withdrawal.withdraw(
        city.config.vetted,
        code,
        reason="court order 12",
        document="Order 12",  # type: ignore[arg-type]
        date=date(2026, 4, 2),
        tr=translator("en"),
    )
    city.build()
    assert holding(city.output, secret) == []
    assert holding(city.config.vetted, secret) == []
    tombstone = (city.output / "powers" / code / "index.html").read_text("utf-8")
    assert "court order 12" in tombstone
    assert not (city.output / "powers" / f"{code}.json").exists()


def holding(folder: Path, word: str) -> list[str]:
    """Return the files whose bytes hold a word in any case, compressed ones unpacked."""
    found = []
    for path in folder.rglob("*"):
        if not path.is_file():
            continue
        content = path.read_bytes()
        if content[:2] == b"\x1f\x8b":
            content = gzip.decompress(content)
        if word.lower().encode() in content.lower():
            found.append(str(path))
    return found


def test_the_report_counts_sites_pages_and_powers_as_integers(city: City) -> None:
    """Other programs read the report; its shape is a contract."""
    report = json.loads(city.build().as_json())
    assert {"digest", "date"} <= report["release"].keys()
    assert {site["kind"] for site in report["sites"]} == {"municipal", "department"}
    for site in report["sites"]:
        assert {"slug", "kind", "path", "pages", "powers"} == site.keys()
        assert isinstance(site["pages"], int) and isinstance(site["powers"], int)
    assert (
        sum(s["powers"] for s in report["sites"] if s["kind"] == "department")
        == (report["powers"]["published"])
    )
    assert {"written", "unchanged", "removed"} == report["artifacts"].keys()
    assert all({"name", "seconds"} == stage.keys() for stage in report["stages"])
    assert isinstance(report["peak_rss_mb"], int)
    assert isinstance(report["peak_rss_children_mb"], int)


def test_a_power_that_moved_leaves_a_page_that_leads_on(city: City) -> None:
    """A bookmark on the old department's page must not end in nothing."""
    code = city.code(lambda row: active(row) and row["department"] == "market-regulation")
    city.build()
    city.edit(code, department="city-services")
    city.vet_and_sign(code, day=LATER)
    city.build()
    old = (city.output / f"departments/market-regulation/powers/{code}/index.html").read_text(
        "utf-8"
    )
    assert f'href="../../../../powers/{code}/"' in old
    assert (city.output / f"departments/city-services/powers/{code}/index.html").is_file()
