"""Findings for people and for other programs: text, JSON, SARIF 2.1.0, a page to print."""

from generator.vetting.reports.grouping import Group, Report, compose
from generator.vetting.reports.page import as_html
from generator.vetting.reports.plain import as_text
from generator.vetting.reports.sarif import as_sarif
from generator.vetting.reports.scorecard import Scorecard, scorecards
from generator.vetting.reports.values import as_json

__all__ = [
    "Group",
    "Report",
    "Scorecard",
    "as_html",
    "as_json",
    "as_sarif",
    "as_text",
    "compose",
    "scorecards",
]
