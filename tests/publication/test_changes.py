"""What is new says what changed, and a change rewrites only the lists that show it."""

from __future__ import annotations

from datetime import date

from lxml import html

from tests.publication.city import City

LATER, LATER_STILL = date(2026, 4, 1), date(2026, 4, 9)
LISTS = (
    "powers/index",
    "powers/page",
    "kinds/",
    "themes/",
    "for/",
    "laws/",
    "mayor/",
    "abolished/",
)


def test_a_change_is_told_in_plain_words_and_rewrites_the_lists_that_show_it(city: City) -> None:
    """A reader asks what changed, not that something did; CI uploads what differs."""
    code = city.code(lambda row: row["status"] == "active" and row["promised_limit"] == "10")
    with city.table("powers") as rows:
        row = next(dict(row) for row in rows if row["code"] == code)
    city.build()
    before = city.files()
    city.edit(code, remedy="Write to the office.")
    city.vet_and_sign(code, day=LATER)
    city.build()
    after = city.files()
    changed = {path for path in after if before.get(path) != after[path]}

    assert before.keys() == after.keys()
    assert not [path for path in changed if path.startswith(LISTS)]
    assert {"changes/index.html", "assets/lists.json"} <= changed

    city.edit(code, promised_limit="9")
    city.vet_and_sign(code, day=LATER_STILL)
    city.build()
    last = city.files()
    lists = {
        path
        for path in last
        if path.startswith(LISTS) and not path.startswith("mayor/") and last[path] != after[path]
    }
    themes = [t.strip().lower().replace(" ", "-") for t in row["themes"].split(";") if t]
    audiences = {"citizen": ["citizens"], "firm": ["firms"], "both": ["citizens", "firms"]}
    assert lists == {
        "powers/index.html",
        f"kinds/{row['kind']}/index.html",
        *(f"themes/{theme}/index.html" for theme in themes),
        *(f"for/{each}/index.html" for each in audiences.get(row["applicant"], ())),
    }

    page = html.fromstring((city.output / "changes" / "index.html").read_bytes())
    told = [
        (section.xpath(".//h2/time/@datetime")[0], " ".join(line.text_content().split()))
        for section in page.xpath("//main//section")
        for line in section.xpath(f".//li[@data-record='{code}']")
    ]
    assert [day for day, _ in told] == ["2026-04-09", "2026-04-01", told[-1][0]]
    assert told[0][1].endswith("Changed: time limit")
    assert told[1][1].endswith("Changed: how to object or complain")
    assert told[2][1].startswith("First published")
