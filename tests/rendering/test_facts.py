"""The facts of a power: every one on the page, the same on both sites, none hidden."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date

import pytest
from lxml import html

from generator.i18n import Translator
from generator.model.codes import Applicant, FeeKind, PowerKind, PowerStatus
from generator.model.power import Penalty, Power, Procedure
from generator.rendering.templates import Renderer
from tests.rendering.pages import department_site, municipal, power, power_page, renderer

CHILDREN = ("legal_bases", "materials", "fees", "responsibilities", "penalties")
NOT_SEEN = "ancestor-or-self::*[@hidden or @aria-hidden='true' or self::details or self::template]"


@pytest.fixture(scope="module")
def made() -> Renderer:
    return renderer()


def columns(record: Power) -> Iterator[tuple[str, str]]:
    """Yield column and value of every cell of a power and its children that is not empty."""
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name in CHILDREN:
            for child in value:
                yield from cells(child, f"{field.name}.")
        elif isinstance(value, Procedure):
            for step in value.steps:
                yield from cells(step, "steps.")
            for move in value.moves:
                yield from cells(move, "moves.")
        else:
            yield from cell(field.name, value)


def cells(row: object, prefix: str) -> Iterator[tuple[str, str]]:
    for field in fields(row):  # type: ignore[arg-type]
        yield from cell(prefix + field.name, getattr(row, field.name))


def cell(column: str, value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, tuple):
        for entry in value:
            yield column, str(entry)
    elif isinstance(value, bool):
        yield column, str(value).lower()
    elif isinstance(value, date):
        yield column, value.isoformat()
    elif value is not None and value != "":
        yield column, str(value)


def shown(page: bytes, code: str) -> list[tuple[str, str]]:
    """Return column and value of every fact about a power that its page shows."""
    tree = html.document_fromstring(page.decode())
    found = []
    for element in tree.xpath("//main//*[@data-fact]"):
        assert not element.xpath(NOT_SEEN), f"{element.get('data-fact')} is hidden"
        about = element.xpath("ancestor::*[@data-record][1]/@data-record")
        if about == [code]:
            value = element.get("value") or element.get("datetime")
            assert element.text_content().strip(), f"{element.get('data-fact')} has no words"
            found.append((element.get("data-fact"), value or element.text_content()))
    return found


def test_every_cell_of_a_power_stands_on_its_page(made):
    """A fact left out is one that a citizen cannot hold the office to."""
    site = municipal()
    found = shown(made.page(site, power_page(site)), "LD31-XK-002")

    assert not set(columns(power())) - set(found)


def test_who_vetted_it_and_when_stands_there_too(made):
    """A list without sign-offs is a list that nobody answers for."""
    site = municipal()
    found = dict(shown(made.page(site, power_page(site)), "LD31-XK-002"))

    assert found["vetted_on"] == "2025-04-19" and found["first_vetted_on"] == "2024-12-01"
    assert found["digest"] == "ab" * 32
    assert found["sign_offs.stage"] == "legality" and found["sign_offs.office"] == "Legal desk"


@pytest.mark.parametrize(
    "record",
    [
        pytest.param(power(), id="every-column"),
        pytest.param(power(status=PowerStatus.ACTIVE, successor=None), id="in-force"),
        pytest.param(
            replace(
                power(),
                materials=(),
                fees=(),
                penalties=(),
                procedure=Procedure(),
                place="",
                phone="",
            ),
            id="without-children",
        ),
        pytest.param(
            Power(
                code="A",
                name="B",
                kind=power().kind,
                department="markets",  # type: ignore[arg-type]
                applicant=power().applicant,
                fee=FeeKind.NONE,
                status=PowerStatus.ACTIVE,
            ),
            id="the-least",
        ),
    ],
)
def test_both_sites_show_the_same_facts(made, record):
    """A department's theme may change every look and no fact."""
    city, office = municipal(), department_site()
    there = shown(made.page(city, power_page(city, power=record)), record.code)
    here = shown(made.page(office, power_page(office, power=record)), record.code)

    assert there == here
    assert not set(columns(record)) - set(there)


def test_nothing_is_said_of_what_the_table_leaves_empty(made):
    """An empty heading reads like a promise that there is something."""
    site = municipal()
    record = power(
        materials=(),
        fees=(),
        penalties=(),
        responsibilities=(),
        procedure=Procedure(),
        conditions="",
        aliases=(),
    )
    tree = html.document_fromstring(made.page(site, power_page(site, power=record)).decode())

    assert not tree.xpath(
        "//section[@id='materials' or @id='procedure' or @id='duties' or @id='penalties']"
    )
    assert not tree.xpath("//dd[not(normalize-space())] | //dt[not(normalize-space())]")
    assert not [e for e in tree.xpath("//*[@data-fact]") if e.get("data-fact") == "conditions"]


def test_a_limit_of_zero_is_a_limit(made):
    """“On the spot” is the best promise of all and must not look like none."""
    site = municipal()
    text = made.page(site, power_page(site)).decode()

    assert '<data value="0" data-fact="promised_limit">on the spot</data>' in text


def test_questions_stand_in_the_order_in_which_people_ask(made):
    """Whoever reads on a phone stops at the answer; it must not come last."""
    site = municipal()
    tree = html.document_fromstring(made.page(site, power_page(site)).decode())
    order = tree.xpath("//section[@class='part']/@id")

    assert order == [
        "materials", "apply", "penalties", "law", "procedure", "duties", "remedy", "record",
    ]  # fmt: skip
    assert [link[1:] for link in tree.xpath("//ul[@data-contents]//a/@href")] == order


@pytest.mark.parametrize(
    "record, asked",
    [
        pytest.param(
            power(status=PowerStatus.ACTIVE),
            ["Can I apply?", "Who decides?", "How long?", "Any fee?", "Where?"],
            id="applied-for",
        ),
        pytest.param(
            power(status=PowerStatus.ACTIVE, level="county", promised_unit=None,
                  promised_limit=None, statutory_unit=None, statutory_limit=None),
            ["Can I apply?", "Who decides?", "How long?", "Any fee?", "Where?"],
            id="decided-below-and-without-limit",
        ),
        pytest.param(
            power(status=PowerStatus.ACTIVE, kind=PowerKind.PENALTY, applicant=Applicant.NONE,
                  fee=FeeKind.NONE),
            ["What for?", "Who decides?", "Which article?", "How long?", "Do you disagree?"],
            id="penalised",
        ),
        pytest.param(power(status=PowerStatus.ABOLISHED), [], id="given-up"),
    ],
)  # fmt: skip
def test_the_first_answers_are_those_to_what_its_reader_asks(made, record, asked):
    """Somebody fined does not ask whether they may apply for it."""
    site = municipal()
    tree = html.document_fromstring(made.page(site, power_page(site, power=record)).decode())
    questions = tree.xpath("//dl[@class='answers']/div[dd[normalize-space()]]/dt")

    assert [question.text_content() for question in questions] == asked
    links = tree.xpath("//dl[@class='answers']//a[starts-with(@href, '#')]/@href")
    assert not {link[1:] for link in links} - set(tree.xpath("//@id"))


def test_whoever_is_penalised_reads_of_the_penalty_the_law_and_the_remedy_first(made):
    """Sixty days to challenge a fine pass quickly; how to do it cannot stand at the bottom."""
    site = municipal()
    record = power(kind=PowerKind.PENALTY, applicant=Applicant.NONE)
    tree = html.document_fromstring(made.page(site, power_page(site, power=record)).decode())

    order = tree.xpath("//section[@class='part']/@id")
    assert order[:3] == ["penalties", "law", "remedy"]


def test_what_many_cases_share_is_said_once_for_those_it_holds_for(made):
    """Twenty times the same sentence hides the one that differs."""
    site = municipal()
    rules = ("As the offender's turnover.", "As the offender's turnover.", "Never less.") * 2
    penalties = tuple(
        Penalty(seq=n, conduct=f"Conduct {(n + 1) // 2}", sanction="Fine", discretion=rule)
        for n, rule in enumerate(rules, 1)
    )
    tree = html.document_fromstring(
        made.page(site, power_page(site, power=power(penalties=penalties))).decode()
    )
    said = tree.xpath("//*[@data-fact='penalties.discretion']")

    assert [(rule.get("data-for"), rule.text_content()) for rule in said] == [
        ("1 2 4 5", "As the offender's turnover."),
        ("3 6", "Never less."),
    ]
    assert [rule.getparent().findtext("dt") for rule in said] == ["Cases 1–2, 4–5", "Cases 3, 6"]
    conducts = tree.xpath("//*[@data-fact='penalties.conduct']")
    assert [conduct.text_content() for conduct in conducts] == [
        "Conduct 1", "Conduct 2", "Conduct 3",
    ]  # fmt: skip


def test_the_steps_read_like_the_drawing(made):
    """Who cannot see the flowchart must learn the same from the list."""
    site = municipal()
    tree = html.document_fromstring(made.page(site, power_page(site)).decode())
    steps = [
        " ".join(step.text_content().split())
        for step in tree.xpath("//li[starts-with(@id, 'step-')]")
    ]

    assert steps[1].startswith("2 Check Decision Responsible Desk Time limit 5 working days")
    assert steps[2].startswith("3 Mend Wait not counted in the time limit")
    assert "incomplete to step 3 Mend" in steps[1] and "complete to step 4 Done" in steps[1]
    assert "back to step 2 Check" in steps[2]


def test_a_chart_that_could_not_be_drawn_leaves_the_list(made):
    """A missing drawing must not take the procedure off the page."""
    site = municipal()
    tree = html.document_fromstring(made.page(site, power_page(site, has_chart=False)).decode())

    assert not tree.xpath("//figure | //a[contains(@href, '.svg')]")
    assert len(tree.xpath("//li[starts-with(@id, 'step-')]")) == 4


def test_a_language_s_words_stand_on_the_page():
    """A Chinese citizen must not meet English labels."""
    words = {
        "What to bring": "要带什么",
        "On the spot": "当场",
        "on the spot": "当场",
        "Licence": "许可",
    }
    site = municipal(language="zh-CN")
    made = renderer()
    made = Renderer(
        language="zh-CN",
        tr=Translator("zh-CN", words),
        theme_root=made._folder,
        charts=made._charts,
    )
    tree = html.document_fromstring(made.page(site, power_page(site)).decode())

    assert tree.get("lang") == "zh-CN"
    assert tree.xpath("string(//section[@id='materials']/h2)") == "要带什么"
    assert "2025年4月19日" in tree.xpath("string(//section[@id='record'])")
