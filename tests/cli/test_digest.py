"""The newspaper column: every change of a period, in words, to length, and nothing withdrawn."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
import yaml

from generator import config as configuration
from generator.i18n import translator
from generator.ledger import diff, fold, store
from generator.papers import column
from tests.cli.test_bad_input import Shell, shell
from tests.conftest import CHECKOUT

__all__ = ["shell"]

Make = Callable[..., column.Column]


@pytest.fixture(scope="module")
def bundled() -> Make:
    """Return what makes a column of the bundled city's scripted past."""
    city = configuration.load(CHECKOUT / "site_config.yml")
    ledger = store.read(city.vetted, translator("en"))

    def make(since: str, until: str, language: str = "en", department: str = "") -> column.Column:
        period = date.fromisoformat(since), date.fromisoformat(until)
        release = fold.fold(ledger, as_of=period[1])
        tr = translator(language)
        return column.column(city, ledger, release, period=period, department=department, tr=tr)

    return make


def test_every_change_of_the_scripted_past_is_named(bundled: Make):
    """A reader of the newspaper must hear of all that the city changed, on its day, as it was."""
    past = yaml.safe_load((CHECKOUT / "content" / "past.yml").read_text("utf-8"))["states"]
    for state in past[1:]:
        day = str(state["day"])
        told = {item.code: item for item in bundled(day, day).items}
        for code, before in state.get("before", {}).get("powers", {}).items():
            said = told[code].text
            if "promised_limit" in before:
                assert f"shortened from {before['promised_limit']} " in said, (day, code, said)
            elif "statutory_limit" in before:
                assert f"corrected from {before['statutory_limit']} " in said, (day, code, said)
            elif "department" in before:
                assert told[code].kind == "moved" and " goes from " in said, (day, code, said)
            else:
                assert told[code].kind in ("abolished", "merged", "devolved"), (day, code, said)
                assert "Reason: " in said and "Decided by: " in said, (day, code, said)
        for code, gone in state.get("withdrawn", {}).items():
            assert told[code].kind == "withdrawn" and gone["reason"] in told[code].text
        for slug in state.get("before", {}).get("departments", {}):
            merged = [item for item in bundled(day, day, department=slug).items if not item.code]
            assert [item.kind for item in merged] == ["merged"] and "merged into" in merged[0].text


def test_a_period_holds_the_changes_of_its_days_and_no_others(bundled: Make):
    """A column for each month must together tell each change once."""
    whole = bundled("2024-04-16", "2025-04-19").items
    parts = [
        item
        for since, until in (("2024-04-16", "2024-12-31"), ("2025-01-01", "2025-04-19"))
        for item in bundled(since, until).items
    ]

    assert len(whole) == len(parts) > 50
    assert {(i.code, i.day) for i in whole} == {(i.code, i.day) for i in parts}


def test_what_was_withdrawn_is_not_quoted(bundled: Make):
    """A family's troubles, once taken back, must not come out again in the newspaper."""
    made = bundled("2024-04-01", "2025-04-19", "zh-CN")

    assert "残疾儿童康复救助（试点）" not in column.as_json(made)
    assert any(item.title == "HD97-FW-090" for item in made.items)


@pytest.mark.parametrize("characters", [300, 800, 2000])
def test_a_column_keeps_to_its_length_and_counts_what_it_leaves_out(bundled: Make, characters: int):
    """An editor has so many characters; what is dropped must be the least, and be owned up to."""
    tr = translator("zh-CN")
    whole = bundled("2024-06-01", "2025-04-19", "zh-CN")
    made = column.cut(whole, characters, tr)

    assert len(column.text(made, tr)) <= characters
    assert made.left_out == len(whole.items) - len(made.items) > 0
    assert str(made.left_out) in made.more
    assert [item.code for item in made.items] == [
        item.code for item in whole.items[: len(made.items)]
    ]
    assert whole.notice in column.text(made, tr) and whole.source in column.text(made, tr)


def test_the_first_publication_is_one_sentence(bundled: Make):
    """Nobody prints a list of three hundred powers as news."""
    made = bundled("2024-04-01", "2024-04-30")

    assert made.items == ()
    assert "published for the first time, with 320 powers" in made.lead


def test_records_are_compared_field_by_field_and_rows_by_what_they_are():
    """A row that only moved is no news; one that was reworded is told with both its forms."""
    old = {
        "name": "A",
        "promised_limit": 20,
        "materials": [{"seq": 1, "name": "x", "copies": 1}, {"seq": 2, "name": "y"}],
    }
    new = {
        "name": "A",
        "promised_limit": 10,
        "fee": "none",
        "materials": [
            {"seq": 1, "name": "y"},
            {"seq": 2, "name": "x", "copies": 2},
            {"seq": 3, "name": "z"},
        ],
    }
    found = diff.compare(old, new)

    assert [(f.column, f.old, f.new) for f in found.fields] == [
        ("fee", None, "none"),
        ("promised_limit", 20, 10),
    ]
    [rows] = found.rows
    assert [row["name"] for row in rows.added] == ["z"] and rows.removed == ()
    assert [(a["copies"], b["copies"]) for a, b in rows.altered] == [(1, 2)]
    assert not diff.compare(
        old, {**old, "materials": [{"seq": 1, "name": "y"}, {"seq": 2, "name": "x", "copies": 1}]}
    )


def test_the_command_tells_a_change_in_four_forms(shell: Shell):
    """A newspaper, a website and a program each take the column as they need it."""
    code = "LF-LIC-001"
    shell.city.edit(code, name="<b>Food</b> & *drink* licence", promised_limit="3")
    shell.city.vet_and_sign(code, day=date(2026, 5, 4))
    period = ("--since", "2026-05-01", "--until", "2026-05-31")
    told = {
        form: shell.run("digest", *period, "--format", form)
        for form in ("text", "html", "md", "json")
    }

    assert {ending.code for ending in told.values()} == {0}
    assert "shortened" in told["text"].out and "demonstration" in told["text"].out
    assert (
        "&lt;b&gt;Food&lt;/b&gt; &amp; *drink*" in told["html"].out
        and "<b>" not in told["html"].out
    )
    assert r"\<b\>Food" in told["md"].out and r"\*drink\*" in told["md"].out
    [item] = json.loads(told["json"].out)["items"]
    assert item["code"] == code and item["address"].endswith(f"powers/{code}/")


def test_a_quiet_period_and_wrong_use_end_as_they_should(shell: Shell):
    """A script must tell a quiet month from a mistyped one."""
    quiet = shell.run("digest", "--since", "2030-01-01", "--until", "2030-01-31")
    swapped = shell.run("digest", "--since", "2026-05-02", "--until", "2026-05-01")
    unknown = shell.run("digest", "--department", "city-service")

    assert quiet.code == 0 and "Nothing changed" in quiet.out
    assert swapped.code == 2 and "earlier day first" in swapped.err
    assert unknown.code == 2 and "did you mean city-services?" in unknown.err
