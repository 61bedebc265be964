"""What the bundled city's search finds: slices of the sets that `test_handan.py` asks whole."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest
from pypinyin import Style, lazy_pinyin

from tests.browser.asking import Answers, rows
from tests.browser.questions import Questions

READ = """async ([root, questions]) => {
  const { Engine } = await import(`${root}assets/search-engine.js`);
  const { fulltext } = await Engine.open(root);
  const found = [];
  for (const question of questions)
    found.push((await fulltext.find(question)).map(({ row }) => row.code));
  return found;
}"""
"""Asks Pagefind alone."""


def first(answers: Answers) -> list[str]:
    """Return the best hit of each answer."""
    return [answer["codes"][0] if answer["codes"] else "" for answer in answers]


def test_exact_titles_find_their_powers_first(ask, powers):
    """Who copies a name from a letter must land on that very power."""
    some = powers[::8]

    assert len(some) > 40
    assert first(ask([power["name"] for power in some])) == [power["code"] for power in some]


def test_codes_find_their_powers_first_however_they_are_typed(ask, powers):
    """A code read out on the telephone comes without hyphens, or in full-width letters."""
    codes = [power["code"] for power in powers[::12]]
    wide = [code.translate({n: n + 0xFEE0 for n in range(0x21, 0x7F)}) for code in codes]

    assert first(ask(codes)) == codes
    assert first(ask([code.lower().replace("-", " ") for code in codes])) == codes
    assert first(ask([f" {code} " for code in wide])) == codes


def test_each_former_code_still_finds_its_power(ask, powers):
    """Links and letters of years past quote the codes of then."""
    former = [(old, p["code"]) for p in powers for old in p["former_codes"].split(";") if old]

    assert first(ask([old for old, _ in former])) == [code for _, code in former]


def test_aliases_find_a_power_that_goes_by_them(ask, powers):
    """People say 饭店卫生许可证; no list does."""
    owners: dict[str, set[str]] = {}
    for power in powers:
        for alias in filter(None, power["aliases"].split(";")):
            owners.setdefault(alias, set()).add(power["code"])
    some = dict([*owners.items()][::30])
    found = dict(zip(some, first(ask(list(some))), strict=True))

    assert len(some) > 40
    assert {alias: code for alias, code in found.items() if code not in some[alias]} == {}


@pytest.mark.parametrize("style", [Style.NORMAL, Style.FIRST_LETTER], ids=["spelling", "initials"])
def test_a_title_is_found_by_its_pinyin(ask, powers, style):
    """Who types on a desktop without an input method has only letters."""
    some = powers[::16]
    typed = ["".join(lazy_pinyin(p["name"], style=style, errors="ignore")) for p in some]
    missed = [
        (letters, power["code"])
        for letters, power, answer in zip(typed, some, ask(typed), strict=True)
        if power["code"] not in answer["codes"][:3]
    ]

    assert missed == []


def test_substrings_are_answered_by_what_holds_them(ask, bundled_site: Path):
    """Two characters of a name, or of a law's title, are what people remember."""
    questions = Questions.of(bundled_site / "data")
    some = questions.substrings()[::6]
    answers = ask(some)
    recalls = [
        questions.recall(text, answer["codes"]) for text, answer in zip(some, answers, strict=True)
    ]

    assert [text for text, answer in zip(some, answers, strict=True) if not answer["codes"]] == []
    assert statistics.mean(recalls) >= 0.95


def test_synonyms_are_searched_for_besides_and_shown(ask, powers, names):
    """Editors add everyday words; each must lead to what the list calls it."""
    synonyms = [(term, t) for term, targets in names["synonyms"].items() for t in targets][::9]
    by_name = {power["name"]: power["code"] for power in powers}
    for (term, target), answer in zip(synonyms, ask([t for t, _ in synonyms]), strict=True):
        assert target in answer["also"], term
        assert answer["exact"], term
        if target in by_name:
            assert by_name[target] in answer["codes"][:6], term


def test_materials_and_steps_are_found_in_the_full_text(ask, bundled_site):
    """Who has a letter asking for a paper must find the powers that ask for it."""
    texts = [*rows(bundled_site / "data/materials.csv"), *rows(bundled_site / "data/steps.csv")]
    texts = texts[::151]
    answers = ask([text["name"] for text in texts])
    found = [
        t["power"] in a["codes"] or a["total"] > 20 for t, a in zip(texts, answers, strict=True)
    ]

    assert len(texts) > 30
    assert sum(found) / len(found) > 0.95


def test_pagefind_alone_finds_titles(page, root, powers):
    """Index and query are segmented by two engines; where they differ, titles find nothing."""
    some = powers[::8]
    found = page.evaluate(READ, [root, [power["name"] for power in some]])

    assert [p["name"] for p, codes in zip(some, found, strict=True) if p["code"] not in codes] == []


def test_traditional_and_full_width_find_what_the_plain_ones_find(ask):
    """Readers from Taiwan and Hong Kong open restaurants too; phones put in wide letters."""
    traditional, wide, plain = ask(
        ["食品經營許可", "食品经营许可\N{IDEOGRAPHIC SPACE}", "食品经营许可"]
    )

    assert plain["codes"]
    assert traditional["codes"] == wide["codes"] == plain["codes"]


def test_words_apart_must_all_be_held(ask):
    """More words must narrow a search, not widen it."""
    both, one = ask(["食品 许可", "许可"])

    assert 0 < both["total"] < one["total"]


def test_a_question_in_a_sentence_is_answered(ask, powers):
    """People ask as they would ask a clerk."""
    (answer,) = ask(["办理排水许可证需要什么材料"])
    owner = next(p["code"] for p in powers if "排水许可证" in p["aliases"].split(";"))

    assert answer["codes"][0] == owner
    assert answer["exact"]


def test_each_layer_comes_in_its_turn(ask):
    """A name that fits must not be buried under texts that mention the word."""
    order = ["title", "alias", "synonym", "title-start", "title-part", "alias-start", "alias-part"]
    for question in ("护照", "公积金", "低保", "许可"):
        (answer,) = ask([question])
        ranks = [order.index(way) if way in order else len(order) for way in answer["ways"]]

        assert ranks[0] < len(order), question
        late = [way for way in answer["ways"] if way in ("law", "text", "near")]
        assert answer["ways"][len(answer["ways"]) - len(late) :] == late, question


def test_what_is_in_force_comes_before_what_was_given_up(ask, powers):
    """Whoever opens a restaurant must not be led to a licence that is no longer asked for."""
    ended = {power["code"] for power in powers if power["status"] != "active"}
    named = {power["code"] for power in powers if "餐饮" in power["name"]}
    (answer,) = ask(["餐饮"])
    found = [code in ended for code in answer["codes"] if code in named]

    assert found == [False] * (len(named) - len(named & ended)) + [True] * len(named & ended)
    assert {True, False} == set(found)


def test_each_facet_lets_only_its_own_pass(ask, powers, bundled_site):
    """Whatever is chosen must hold for every hit, however it was found."""
    bases = {(b["power"], b["instrument"]) for b in rows(bundled_site / "data/legal_bases.csv")}
    by_code = {power["code"]: power for power in powers}
    holds = {
        "department": lambda p, value: p["department"] == value,
        "kind": lambda p, value: p["kind"] == value,
        "status": lambda p, value: p["status"] == value,
        "applicant": lambda p, value: p["applicant"] in (value, "both"),
        "theme": lambda p, value: value in p["themes"].split(";"),
        "law": lambda p, value: (p["code"], value) in bases,
    }
    law = next(law for code, law in sorted(bases) if by_code[code]["kind"] == "licensing")
    for choices in (
        {"department": ["market-regulation"]},
        {"kind": ["penalty", "levy"]},
        {"status": ["abolished"]},
        {"applicant": ["firm"]},
        {"theme": ["行业准营"]},
        {"law": [law]},
        {"department": ["market-regulation"], "kind": ["licensing"]},
    ):
        (answer,) = ask(["许可"], choices=choices)
        assert answer["codes"], choices
        for code in answer["codes"]:
            for facet, values in choices.items():
                assert any(holds[facet](by_code[code], value) for value in values), (facet, code)


def test_a_department_finds_its_own_powers_only(ask, powers):
    """A visitor of a department's site must not be thrown out of it by its search."""
    bodies = {power["code"]: power["department"] for power in powers}
    for department in ("taxation", "market-regulation"):
        own = [power for power in powers if power["department"] == department][:3]
        *named, wide = ask([*(power["name"] for power in own), "许可"], scope=department)

        assert first(named) == [power["code"] for power in own]
        assert {bodies[code] for code in wide["codes"]} <= {department}


def test_a_life_event_is_found_with_all_its_powers(ask, names):
    """Who wants to open a restaurant must see the whole way, not the first of its licences."""
    events = dict([*names["life-events"].items()][::6])
    for slug, answer in zip(events, ask(list(events.values()), count=200), strict=True):
        assert answer["exact"]
        assert {"group": "life-events", "slug": slug} in answer["places"]
        assert set(names["stages"][slug]) <= set(answer["codes"])


def test_loose_hits_are_not_passed_off_as_found(ask):
    """ "Found 5" under a question about something else misleads."""
    (answer,) = ask(["国有建设月球飞船划拨"])

    assert not answer["exact"]
    assert answer["codes"]
