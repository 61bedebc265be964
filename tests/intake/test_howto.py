"""The how-to works as it stands, and names every code."""

from __future__ import annotations

import csv
import re

from tests.contract.test_tutorials import CHECKOUT, follow

PAGE = CHECKOUT / "docs" / "how-to" / "submissions.md"


def test_every_command_of_the_page_works(tmp_path):
    """A clerk who is stopped by the page sends the list by fax."""
    page = tmp_path / "page.md"
    start = "## Start\n\n```sh\ndaylight init city --language en --quiet\ncd city\n```\n\n"
    page.write_text(start + PAGE.read_text("utf-8").split("\n", 1)[1], "utf-8")

    said = follow(page, tmp_path)

    workbook, own, platform, written = (
        next(text for heading, text in said.items() if words in heading)
        for words in ("our own workbook", "any other list", "exchange JSON", "is written")
    )
    assert " 0 taken, " in workbook
    assert "2 rows: 2 would be taken" in own and "2 rows: 2 taken" in own
    assert "2 rows: 2 taken" in platform
    assert written.strip() == ""
    database = tmp_path / "work" / "city" / "content" / "database" / "powers.csv"
    with database.open(encoding="utf-8", newline="") as file:
        powers = {row["code"]: row for row in csv.DictReader(file)}
    kiosk = powers["KIOSK-1"]
    assert (kiosk["kind"], kiosk["department"]) == ("licensing", "city-services")
    assert powers["990131101001"]["promised_limit"] == "5"


def test_the_page_names_every_code():
    """A code that is explained nowhere is a riddle in a report."""
    sources = (CHECKOUT / "generator" / "intake").glob("*.py")
    used = {code for path in sources for code in re.findall(r'"(I\d{3})"', path.read_text("utf-8"))}
    assert used == set(re.findall(r"\bI\d{3}\b", PAGE.read_text("utf-8")))
