"""Findings for other programs: JSON, SARIF and HTML say where, what is wrong and what to do."""

from __future__ import annotations

import json

from generator.i18n import translator
from generator.vetting.finding import Finding, Severity
from generator.vetting.reports import as_html, as_json, as_sarif

NASTY = Finding(
    code="S201",
    severity=Severity.ERROR,
    table="powers",
    row=14,
    column="name",
    record="HD-1",
    value="<b>&",
    message="<script>alert(1)</script>",
    remedy="write & save",
)
PLACELESS = Finding(code="P900", severity=Severity.WARNING, message="no table", remedy="none")


def test_json_has_the_fields_of_the_contract():
    """CI scripts of cities read these names."""
    assert set(json.loads(as_json([NASTY]))[0]) == set(
        "code severity table row column record value message reason remedy law".split()
    )


def test_sarif_names_the_file_and_line_and_no_file_that_is_not_there():
    """A code host refuses a report that names a file that does not exist."""
    results = json.loads(as_sarif([NASTY, PLACELESS], "content/database"))["runs"][0]["results"]
    place = results[0]["locations"][0]["physicalLocation"]

    assert place["artifactLocation"]["uri"] == "content/database/powers.csv"
    assert place["region"]["startLine"] == 14
    assert [result["level"] for result in results] == ["error", "warning"]
    assert results[1]["locations"] == []


def test_the_page_shows_bad_values_as_text():
    """A script in a department's spreadsheet must not run in the reviewer's browser."""
    page = as_html([NASTY], translator("en"))

    assert "<script>" not in page
    assert "&lt;script&gt;" in page
