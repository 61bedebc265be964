"""Texts from outside stay texts, whatever is in them."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest

from generator.flowcharts.chart import Failure
from generator.flowcharts.draw import Charts, draw
from generator.model.codes import StepKind
from generator.model.power import Move, Procedure, Step
from tests.flowcharts.samples import ZH

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "attribute": "\"' onload='alert(1)' x=\"",
    "closing": "</text></svg><iframe src=//x>",
    "entity": "&lt;&#x3c;&xxe;",
    "cdata": "]]><![CDATA[<!--",
    "controls": "受\x00理\x0b\x1b[31m\x7f\x85",
    "reordered": "受理\u202eexe.fdp\u202c\u2066x",
    "arabic": "مراجعة الطلب وإصداره",
    "emoji": "👩‍⚖️ review 🏛️",
    "surrogate": "\ud800x\udfff",
    "dot": 'x"]; image="/etc/passwd"; a -> b [URL="javascript:x"]',
    "combining": "z" + "\u0351" * 60,
    "spaces": "   \n\t ",
}


def hostile(text: str) -> Procedure:
    steps = [
        Step(id=kind.value, name=text, kind=kind, post=text, document=text, limit=3, counted=False)
        for kind in StepKind
    ]
    moves = [Move(source=a.id, target=b.id, condition=text) for a, b in pairwise(steps)]
    return Procedure(steps=tuple(steps), moves=tuple(moves))


@pytest.fixture(scope="module")
def charts() -> Charts:
    class NoCache:
        def get_many(self, keys):
            return {}

        def put_many(self, entries):
            pass

    endless = {"endless": hostile("审" * 10_000), "wordy": hostile("审查" * 70)}
    procedures = {key: hostile(text) for key, text in HOSTILE.items()} | endless
    return draw(procedures, ZH, cache=NoCache(), workers=1)


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_a_cell_holds_the_svg_is_well_formed_and_inert(name: str, charts: Charts):
    """A department's cell must not run a script in a citizen's browser."""
    text, key = HOSTILE[name], charts.prints[name]
    for markup in (
        charts.inline(key, f"x{text}", text),
        charts.standalone(key, text, credit=text).decode(),
    ):
        root = ElementTree.fromstring(markup)
        names = {element.tag.rpartition("}")[2] for element in root.iter()}
        attributes = {name for element in root.iter() for name in element.attrib}
        assert names <= {"div", "svg", "title", "desc", "style", "g", "path", "rect", "text"}
        assert not any(attribute.startswith("on") for attribute in attributes)
        assert "style" not in attributes and "href" not in attributes
        assert not any(0x202A <= ord(char) <= 0x202E or ord(char) < 9 for char in markup)


@pytest.mark.parametrize("name", ["endless", "wordy"])
def test_a_name_that_no_box_can_hold_fails_and_takes_nobody_along(name: str, charts: Charts):
    """Ten thousand characters pasted into one cell must not cost the city its build."""
    assert charts.failed[charts.prints[name]] is Failure.TOO_WORDY
    assert len(charts.failed) == 2
