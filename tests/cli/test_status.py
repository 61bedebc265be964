"""What `status` tells, where its page may stand, and what of it becomes public."""

from __future__ import annotations

import json
from html.parser import HTMLParser

import pytest

from tests.cli.test_bad_input import Shell, shell

__all__ = ["shell"]

CHANGED, REFUSED, GONE = "LF-LIC-001", "LF-LIC-002", "LF-REW-001"
SECRET = "A summary that nobody has reviewed."


class Rows(HTMLParser):
    """The rows of a page's tables by record or department, as texts of their cells."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.of: dict[str, list[str]] = {}
        self._key = ""
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        named = dict(attributes)
        if tag == "tr":
            self._key = named.get("data-record") or named.get("data-department") or ""
            self.of[self._key] = []
        if tag in {"td", "th"} and self._key:
            self.of[self._key].append("")

    def handle_data(self, text):
        if self._key and self.of[self._key]:
            self.of[self._key][-1] += text.strip()


@pytest.fixture
def drafted(shell: Shell) -> Shell:
    """A city in which a record waits, one is refused, and one's row is gone."""
    city = shell.city
    city.edit(CHANGED, summary=SECRET)
    city.edit(REFUSED, statutory_limit="5", promised_limit="900", summary=SECRET)
    for table, column in (("powers", "code"), *((name, "power") for name in CHILDREN)):
        with city.table(table) as rows:
            rows[:] = [row for row in rows if row[column] != GONE]
    assert shell.sign("legality", CHANGED, day="2026-03-10").code == 0
    return shell


CHILDREN = "legal_bases materials fees responsibilities penalties steps moves".split()


def test_status_tells_what_waits_since_when_and_what_is_refused(drafted: Shell):
    """An office must see at a glance what lies with whom, and for how long."""
    ending = drafted.run("status", "--format", "json")
    found = json.loads(ending.out)

    records = {record["code"]: record for record in found["waiting"]}
    assert {code: record["standing"] for code, record in records.items()} == {
        CHANGED: "changed",
        REFUSED: "refused",
        GONE: "deleted",
    }
    assert (records[CHANGED]["signed"], records[CHANGED]["since"]) == (["legality"], "2026-03-10")
    assert found["departments"]["market-regulation"] == {
        "published": 7, "new": 0, "changed": 1, "deleted": 1, "refused": 1,
    }  # fmt: skip
    text = drafted.run("status").out
    assert "2026-03-10" in text and f"{REFUSED} Change of a food stall licence: refused" in text


def test_the_page_tells_the_same_with_the_reason_of_each_refusal(drafted: Shell):
    """Whoever reads the page instead of the terminal must not learn less."""
    ending = drafted.run("status", "--html", "desk/status.html")
    assert ending.code == 0, ending.err

    page = (drafted.city.root / "desk" / "status.html").read_text("utf-8")
    rows = Rows(page).of
    assert rows["market-regulation"][1:] == ["7", "0", "1", "1", "1", "2026-03-10"]
    assert "2026-03-10" in rows[CHANGED]
    assert any("T103" in cell for cell in rows[REFUSED])
    assert "<script" not in page and "http" not in page.split("</style>")[1]


@pytest.mark.parametrize(
    "command",
    [
        pytest.param(("status", "--html", "public/status.html"), id="status"),
        pytest.param(("status", "--html", "www/a/status.html"), id="status-elsewhere"),
        pytest.param(("proof", "market-regulation", "--output", "public/proofs"), id="proof"),
    ],
)
def test_what_is_for_the_citys_own_use_never_stands_in_the_site(
    drafted: Shell, command: tuple[str, ...]
):
    """An unreviewed draft must not become public by a wrong path."""
    assert drafted.run("build", "--quiet", "--output", "www").code == 0

    ending = drafted.run(*command)

    assert ending.code == 2
    assert "published site" in ending.err
    assert not [*drafted.city.root.rglob("status.html"), *drafted.city.root.rglob("proofs")]


@pytest.mark.parametrize(
    "command",
    [
        ("status", "--html", "content/prose/status.md"),
        ("proof", "market-regulation", "--output", "department_themes/x"),
    ],
    ids=["status", "proof"],
)
def test_what_is_for_the_citys_own_use_never_stands_where_the_site_is_made_from(
    drafted: Shell, command: tuple[str, ...]
):
    """A page laid among the prose would be published by the next build."""
    ending = drafted.run(*command)

    assert ending.code == 2
    assert "from which the site is made" in ending.err
    assert not [*drafted.city.root.rglob("status.md"), *drafted.city.root.rglob("x")]


def test_a_count_becomes_public_only_by_being_recorded_and_on_one_page_alone(shell: Shell):
    """Readers may learn how much waits; they must not learn it, or what, by accident."""
    city = shell.city
    assert shell.run("build", "--quiet").code == 0
    before = city.files()

    city.edit(CHANGED, summary=SECRET)
    city.edit(REFUSED, statutory_limit="5", promised_limit="900", summary=SECRET)
    built = json.loads(shell.run("build", "--format", "json", "--quiet").out)
    assert built["artifacts"]["written"] == 0
    assert city.files() == before

    tried = shell.run("status", "--record", "--dry-run", "--date", "2026-04-01")
    assert "would be recorded" in tried.err
    assert not (city.config.vetted / "status.jsonl").exists()
    assert shell.run("build", "--quiet").code == 0
    assert city.files() == before

    done = shell.run("status", "--record", "--date", "2026-04-01")
    assert "1 waiting, 1 refused" in done.err
    assert shell.run("build", "--quiet").code == 0
    after = city.files()
    assert {path for path in after if after[path] != before.get(path)} == {
        "about/index.html",
        "sw.js",  # each release has a worker of its own
    }
    about = (city.output / "about" / "index.html").read_text("utf-8")
    assert "1 April 2026" in about and about.count("1 record<") == 2
    everything = b"".join(path.read_bytes() for path in city.output.rglob("*") if path.is_file())
    assert SECRET.encode() not in everything

    assert shell.run("build", "--quiet", "--as-of", "2026-03-31").code == 0
    assert "1 record<" not in (city.output / "about" / "index.html").read_text("utf-8")


def test_the_same_count_is_not_recorded_twice_nor_one_of_an_earlier_day(shell: Shell):
    """The ledger must not grow by saying the same again, nor be told of the past anew."""
    ledger = shell.city.config.vetted / "status.jsonl"
    for _ in range(2):
        assert shell.run("status", "--record", "--date", "2026-04-01").code == 0

    earlier = shell.run("status", "--record", "--date", "2026-03-01")

    assert earlier.code == 2 and "2026-04-01" in earlier.err
    assert ledger.read_bytes().count(b"\n") == 1
    line = json.loads(ledger.read_bytes())
    assert set(line) == {"scheme", "line_digest", "date", "city", "departments"}
    assert b"LF-" not in ledger.read_bytes()


def test_a_changed_count_is_a_broken_ledger(shell: Shell):
    """A published number must be as hard to falsify as a record."""
    shell.run("status", "--record", "--date", "2026-04-01")
    path = shell.city.config.vetted / "status.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"refused":0', b'"refused":1', 1))

    ending = shell.run("build")

    assert ending.code == 3
    assert "status.jsonl line 1" in ending.err.replace(",", "")
