"""Reports say where, what is wrong and what to do: to people, to programs, to code hosts."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import jsonschema
import pytest
from lxml import html

from generator.i18n import translator
from generator.sources.places import Region, locate
from generator.sources.tables import Row, Table, Tables
from generator.vetting.finding import Finding, Severity
from generator.vetting.reports import (
    Report,
    as_html,
    as_json,
    as_sarif,
    as_text,
    compose,
    scorecards,
)
from generator.vetting.reports.plain import spans
from generator.vetting.reports.sarif import MOST_RESULTS, Spot
from generator.vetting.reports.spots import Spots

SCHEMA = json.loads(
    (Path(__file__).parent / "sarif" / "sarif-schema-2.1.0.json").read_text(encoding="utf-8")
)
EN = translator("en")
NASTY = Finding(
    code="S101",
    severity=Severity.ERROR,
    table="powers",
    row=3,
    column="name",
    record="HD-2",
    value="<b>&",
    message="<script>alert(1)</script>",
    reason="because",
    remedy="write & save",
    law="某法 Art. 3",
)
PLACELESS = Finding(code="P900", severity=Severity.WARNING, message="no table", remedy="none")


def a_finding(**changes: object) -> Finding:
    """Return a finding on a power of the health department, with some changes."""
    given = {"code": "F101", "severity": Severity.WARNING, "table": "powers", "row": 2}
    given |= {"record": "HD-1", "column": "summary", "message": "is odd", "remedy": "mend it"}
    return Finding(**{**given, **changes})  # type: ignore[arg-type]


def two_departments() -> Tables:
    """Return tables of two departments with a power each; taxes come first in the register."""
    tables = {
        "departments": [{"slug": "taxes", "name": "Taxes"}, {"slug": "health", "name": "Health"}],
        "powers": [
            {"code": "HD-1", "department": "health"},
            {"code": "HD-2", "department": "taxes"},
        ],
    }
    return Tables(
        location="",
        tables={
            name: Table(
                name=name,
                path="",
                columns=tuple(rows[0]),
                rows=tuple(Row(number, cells) for number, cells in enumerate(rows, 2)),
                digest="",
            )
            for name, rows in tables.items()
        },
    )


def a_report(*findings: Finding, **changes: object) -> Report:
    """Return a report on two departments."""
    groups = compose(findings, two_departments(), EN)
    return Report(**{"city": "Larkfield", "day": date(2026, 3, 1), "groups": groups, **changes})  # type: ignore[arg-type]


def nowhere(finding: Finding) -> None:
    """Locate nothing, as where tables are kept in a database."""


def in_powers(finding: Finding) -> Spot:
    """Locate everything in one file."""
    return Spot(path="content/database/powers.csv")


def sarif(
    *findings: Finding, at: Callable[[Finding], Spot | None] = in_powers
) -> dict[str, object]:
    """Return the one run of a SARIF log that the official schema accepts."""
    log = json.loads(as_sarif(findings, at, EN))
    jsonschema.Draft4Validator(
        SCHEMA, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER
    ).validate(log)
    run: dict[str, object] = log["runs"][0]
    return run


def test_json_has_the_fields_of_the_contract():
    """CI scripts of cities read these names, in a list, and must go on doing so."""
    assert list(json.loads(as_json([NASTY]))[0]) == (
        "code severity table row column record value message reason remedy law".split()
    )


def test_json_with_scorecards_holds_the_same_list():
    """A city's own page of figures must not need a second way to read findings."""
    cards = scorecards([{"slug": "health", "name": "Health"}], {}, (), {"health": [NASTY]})

    both = json.loads(as_json([NASTY], cards))

    assert both["findings"] == json.loads(as_json([NASTY]))
    assert both["scorecards"][0]["errors"] == {"S": 1}


def test_findings_come_by_department_and_most_serious_first():
    """Whoever has ten minutes must spend them on what refuses a power."""
    note = a_finding(severity=Severity.INFO, row=2)
    error = a_finding(severity=Severity.ERROR, row=2, code="F102")
    warning = a_finding(record="HD-2", row=3)
    law = a_finding(table="instruments", record="some-act", row=9)

    groups = a_report(law, warning, note, error).groups

    assert [(group.slug, group.name) for group in groups] == [
        ("health", "Health"),
        ("taxes", "Taxes"),
        ("", "Registers and what belongs to no department"),
    ]
    assert groups[0].findings == (error, note)


def test_the_text_tells_each_finding_in_a_line_below_its_department():
    """A terminal is where a clerk first meets the gate; the lines are what scripts search."""
    lines = as_text(a_report(NASTY, a_finding()), EN).splitlines()

    assert lines[0] == "Taxes (taxes): 1 error"
    assert lines[1].startswith("error S101: powers.csv row 3, name: <script>")
    assert [" ".join(line.split()) for line in lines[-3:]] == [
        "By department:",
        "1 errors 0 warnings 0 notes Taxes (taxes)",
        "0 errors 1 warnings 0 notes Health (health)",
    ]


def test_a_thousand_findings_fit_a_screen_and_none_is_lost():
    """One column left empty in a whole list must not bury what else is wrong."""
    many = [a_finding(table="steps", row=row) for row in range(2, 1002)]
    report = Report(
        city="L",
        day=date(2026, 3, 1),
        groups=compose([*many, a_finding(code="F102")], two_departments(), EN),
    )

    text = as_text(report, EN)

    assert len(text.splitlines()) < 20
    assert "995 more of F101 in steps.csv, summary: 7–1001" in text
    assert "warning F102: powers.csv row 2" in text


@pytest.mark.parametrize(
    "numbers, told",
    [
        pytest.param([4, 2, 3, 9], ["2–4", "9"], id="runs"),
        pytest.param([5, 5], ["5"], id="twice"),
        pytest.param([], [], id="none"),
    ],
)
def test_rows_are_told_as_spans(numbers, told):
    """A clerk must be able to mark the rows in a spreadsheet."""
    assert spans(numbers) == told


def test_sarif_is_of_the_official_form_and_tells_all_that_a_host_shows():
    """A code host drops a log that is not of its form, and the whole gate goes unseen."""
    run = sarif(NASTY, PLACELESS, a_finding(severity=Severity.INFO))

    assert [result["level"] for result in run["results"]] == ["error", "warning", "note"]
    assert "write & save" in run["results"][0]["message"]["text"]
    assert "某法 Art. 3" in run["results"][0]["message"]["text"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["F101", "P900", "S101"]
    assert all(rule["help"]["text"] and rule["help"]["markdown"] for rule in rules)
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["partialFingerprints"]["primaryLocationLineHash"]


def test_sarif_leads_to_the_cell_however_many_lines_a_row_has(tmp_path):
    """A comment at the wrong line of a change sends the clerk to another department's row."""
    folder = tmp_path / "内容 a" / "database"
    folder.mkdir(parents=True)
    (folder / "powers.csv").write_bytes(
        '\ufeffcode,name,summary\r\nHD-1,小餐饮,"two\r\nlines, ""so"""\r\nHD-2,𠮷野,\r\n'.encode()
    )
    spots = Spots(folder, config=tmp_path / "site_config.yml", base=tmp_path)

    first, second = sarif(
        a_finding(row=2, column="summary"), a_finding(row=4, column="summary"), at=spots
    )["results"]

    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "%E5%86%85%E5%AE%B9%20a/database/powers.csv"
    assert list(place["region"].values()) == [2, 10, 3, 15]
    assert list(second["locations"][0]["physicalLocation"]["region"].values()) == [4, 10, 4, 10]


def test_a_finding_on_no_table_stands_at_the_configuration(tmp_path):
    """A host refuses a result without a file, and the log with it."""
    spots = Spots(tmp_path, config=tmp_path / "site_config.yml", base=tmp_path)

    place = sarif(PLACELESS, at=spots)["results"][0]["locations"][0]["physicalLocation"]

    assert place["artifactLocation"]["uri"] == "site_config.yml"


def test_tables_in_a_database_have_logical_places():
    """A finding must not point to a file that does not exist."""
    location = sarif(NASTY, at=nowhere)["results"][0]["locations"][0]

    assert "physicalLocation" not in location
    assert location["logicalLocations"][0]["fullyQualifiedName"] == "powers/HD-2/name"


def test_a_finding_is_known_again_after_rows_were_inserted_above_it():
    """A finding that was put off must not come back as new with every row above it."""
    before, after = (sarif(a_finding(row=row)) for row in (2, 40))
    twice = sarif(a_finding(row=2), a_finding(row=3))["results"]

    assert _prints(before["results"]) == _prints(after["results"])
    assert len(set(_prints(twice))) == 2


def _prints(results):
    return [result["partialFingerprints"]["finding/v1"] for result in results]


def test_a_host_gets_no_more_than_it_takes_and_what_is_serious(monkeypatch):
    """GitHub refuses a run of more than 25,000 results whole."""
    assert MOST_RESULTS == 25_000
    monkeypatch.setattr("generator.vetting.reports.sarif.MOST_RESULTS", 2)

    run = sarif(a_finding(), a_finding(row=3), a_finding(severity=Severity.ERROR, row=4))

    assert [result["level"] for result in run["results"]] == ["error", "warning"]
    notice = run["invocations"][0]["toolExecutionNotifications"][0]
    assert notice["message"]["text"].startswith("1 less serious")


def test_places_of_cells_survive_every_way_to_write_them():
    """Spreadsheets end lines and quote cells in three ways each."""
    places = locate(b'a,"b",c\r1,"x\ny",\n\n2,"",z')

    assert places.header == ("a", "b", "c")
    assert places.find(2, "b") == Region(start_line=2, start_column=3, end_line=3, end_column=3)
    assert places.find(5) == Region(start_line=5, start_column=1, end_line=5, end_column=7)
    assert places.find(5, "no-such-column") == places.find(5)
    assert places.find(99) is None


def test_the_page_shows_bad_values_as_text_and_can_run_nothing():
    """A script in a department's spreadsheet must not run in the reviewer's browser."""
    page = as_html(a_report(NASTY), EN)

    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "default-src 'none'" in page


def test_the_page_leads_to_each_department_and_tells_every_part_of_a_finding():
    """A department's sheet is handed over on paper: it must say all by itself."""
    cards = scorecards(
        [{"slug": "taxes", "name": "Taxes", "phone": "0"}, {"slug": "health", "name": "Health"}],
        {
            "HD-1": {"department": "health", "status": "active", "applicant": "none"},
            "HD-2": {"department": "taxes", "status": "active", "applicant": "both", "steps": [1]},
        },
        {"HD-2"},
        {"taxes": [NASTY]},
    )
    page = html.fromstring(as_html(a_report(NASTY, cards=cards), EN))

    links = page.xpath("//nav//a/@href")
    assert links == ["#d-taxes", "#d-health"]
    assert [section.get("id") for section in page.xpath("//section")] == ["d-taxes", "d-health"]
    sheet = page.get_element_by_id("d-taxes").text_content()
    told = (NASTY.message, NASTY.value, NASTY.reason, NASTY.remedy, NASTY.law, NASTY.record)
    place = "powers.csv row 3, Name (name)"
    assert all(part in sheet for part in (*told, place, "1 powers: 0 pass the gate"))
    assert "Flowchart1 / 1 · 100 %" in "".join(sheet.split("\n"))
    assert "Materials0 / 1 · 0 %" in "".join(sheet.split("\n"))
    assert "Telephone1 / 1 · 100 %" in "".join(sheet.split("\n"))
    assert "Materials" not in page.get_element_by_id("d-health").text_content()
    assert not page.xpath("//@src") and not page.xpath("//link")
