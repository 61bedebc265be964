"""The same facts on every page of a power, all of the ledger's, none of them hidden."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from typing import Any

from lxml.html import HtmlElement

from generator.sources.encode import CHILDREN, cell, record
from tests.site.output import Fact, Output, facts, hiding_ancestor

BESIDE = {
    "vetted_on", "first_vetted_on", "digest", "sign_offs.stage", "sign_offs.office",
    "sign_offs.date", "departments.address", "departments.hours", "departments.phone",
    "departments.supervision_phone",
}  # fmt: skip
"""Facts of a power's page that are no columns of the power or of its children."""
TABLES = (*CHILDREN, "steps", "moves")


def one_line(value: str) -> str:
    return " ".join(value.split())


def of_page(output: Output, address: str, code: str) -> list[tuple[Fact, HtmlElement]]:
    return facts(output.pages[address], code)


def records(output: Output) -> Mapping[str, dict[str, Any]]:
    """Return each power's record as the ledger has it."""
    return {code: record(version.power) for code, version in output.release.powers.items()}


def test_both_pages_of_a_power_say_the_same(city):
    """Two official pages that differ leave a citizen with none to rely on."""
    pairs = list(city.power_pages())
    different = {
        code: said ^ said_there
        for code, here, there in pairs
        if (said := {fact for fact, _ in of_page(city, here, code)})
        != (said_there := {fact for fact, _ in of_page(city, there, code)})
    }

    assert {code for code, _, _ in pairs} == set(city.release.powers)
    assert not different


def test_no_fact_is_hidden_by_markup(city):
    """A fact that a reader cannot see is not published, whatever the source text holds."""
    hidden = {
        (address, element.get("data-fact"), why)
        for address, page in city.pages.items()
        for element in page.xpath("//*[@data-fact]")
        if (why := hiding_ancestor(element))
    }

    assert not hidden


def test_no_fact_is_empty_or_outside_the_content(city):
    """An empty cell shown as a fact says that the city has nothing to say."""
    faults = {
        (address, element.get("data-fact"))
        for address, page in city.pages.items()
        for element in page.xpath("//*[@data-fact]")
        if not element.text_content().strip() or next(element.iterancestors("main"), None) is None
    }

    assert not faults


def test_every_filled_column_of_a_power_is_a_fact_on_its_pages(city):
    """What was vetted and then left off the page cannot be contested by anyone."""
    missing, invented = set(), set()
    for code, held in records(city).items():
        expected = {
            (column, one_line(cell(value)))
            for column, values in held.items()
            if column not in TABLES
            for value in (values if isinstance(values, list) else [values])
        }
        for address in addresses(city, code):
            said = {
                (fact.column, fact.value)
                for fact, _ in of_page(city, address, code)
                if "." not in fact.column and fact.column not in BESIDE
            }
            missing |= {(address, *pair) for pair in expected - said}
            invented |= {(address, *pair) for pair in said - expected}

    assert not missing
    assert not invented


def test_every_child_of_a_power_stands_in_an_entry_of_its_own(city):
    """A limit beside the wrong step, or a fine beside the wrong offence, misleads people."""
    faults = []
    for code, held in records(city).items():
        for address in addresses(city, code):
            shown = entries(of_page(city, address, code))
            for table in TABLES:
                kept = Counter(
                    frozenset((column, one_line(cell(value))) for column, value in child.items())
                    for child in held.get(table, ())
                )
                faults += [
                    (address, table, sorted(entry))
                    for entry in (kept - shown[table]) + (shown[table] - kept)
                ]

    assert not faults


def entries(said: list[tuple[Fact, HtmlElement]]) -> Mapping[str, Counter[frozenset[Any]]]:
    """Return the entries of each table on a page: the facts of a list's entry belong together.

    A move's entry is the innermost one, since moves stand inside the entries of their steps.
    What is said once for several entries stands outside them: it holds for all of its section,
    or for those whose numbers are in its `data-for`.
    """
    grouped: dict[tuple[str, HtmlElement], set[tuple[str, str]]] = {}
    shared: list[tuple[str, tuple[str, str], HtmlElement]] = []
    for fact, element in said:
        table, _, column = fact.column.partition(".")
        if table in TABLES:
            around = element.xpath("ancestor::li")
            column = "unit" if column.endswith("unit") else column
            if not around:
                shared.append((table, (column, fact.value), element))
                continue
            entry = around[-1 if table == "moves" else 0]
            grouped.setdefault((table, entry), set()).add((column, fact.value))
    for table, said_once, element in shared:
        section, numbers = element.xpath("ancestor::section[1]")[0], element.get("data-for")
        holders = [
            facts_of_entry
            for (of_table, entry), facts_of_entry in grouped.items()
            if of_table == table
            and section in entry.iterancestors()
            and (not numbers or dict(facts_of_entry)["seq"] in numbers.split())
        ]
        assert len(holders) == (len(numbers.split()) if numbers else len(holders)) > 0
        for facts_of_entry in holders:
            facts_of_entry.add(said_once)
    shown: dict[str, Counter[frozenset[Any]]] = {table: Counter() for table in TABLES}
    for (table, _), entry_facts in grouped.items():
        shown[table][frozenset(entry_facts)] += 1
    return shown


def addresses(output: Output, code: str) -> list[str]:
    holder = output.release.powers[code].power.department
    both = (f"powers/{code}/", f"departments/{holder}/powers/{code}/")
    return [page for page in both if page in output.pages]


def test_the_json_of_a_power_says_what_its_page_says(city):
    """Whoever quotes the data must be quoting the page."""
    for code, held in records(city).items():
        said = json.loads(city.text(f"powers/{code}.json"))

        assert {key: said[key] for key in held} == held
        assert not set(said) & {field for field in (*TABLES, "parent") if field not in held}


def test_facts_about_other_records_agree_with_their_own_pages(city):
    """A list that names another limit or status than the power's page sends people astray."""
    own = {
        code: {(fact.column, fact.value) for fact, _ in of_page(city, f"powers/{code}/", code)}
        for code in city.release.powers
    }
    faults = [
        (address, code, fact)
        for address, page in city.pages.items()
        for code in set(page.xpath("//@data-record")) & set(own)
        for fact, _ in facts(page, code)
        if (fact.column, fact.value) not in own[code]
    ]

    assert not faults
