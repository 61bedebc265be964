"""Drawing many: the cache, workers, charts that cannot be drawn, the same bytes anywhere."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator.builder.cache import Cache
from generator.flowcharts.chart import Failure
from generator.flowcharts.draw import Charts, draw
from generator.flowcharts.outline import outline
from generator.flowcharts.undrawn import undrawn
from generator.i18n import Translator
from tests.flowcharts.conftest import MemoryCache
from tests.flowcharts.samples import LICENCE, LINE, PENALTY, SAMPLES, SHORT, ZH, at_random

CHECKOUT = Path(__file__).resolve().parents[2]
FONTLESS = """
import hashlib
from generator.flowcharts.draw import draw
from tests.flowcharts.conftest import MemoryCache
from tests.flowcharts.samples import SAMPLES, ZH
charts = draw(SAMPLES, ZH, cache=MemoryCache(), workers=1)
for key, found in charts.prints.items():
    print(hashlib.sha256(charts.standalone(found, key, credit="c")).hexdigest(), found)
"""


def test_what_is_unchanged_comes_from_the_cache(cache: MemoryCache):
    """A city changes one procedure a day; drawing 2,515 again would cost CI its seconds."""
    first = draw({"a": LICENCE, "b": PENALTY}, ZH, cache=cache, workers=1)
    again = draw({"a": LICENCE, "b": PENALTY, "c": SHORT}, ZH, cache=cache, workers=1)

    assert cache.hits == 2
    assert len(cache.entries) == 3
    assert again.inline(again.prints["a"], "x", "x") == first.inline(first.prints["a"], "x", "x")


def test_the_real_cache_serves(tmp_path: Path):
    """Written by others for others: the two must fit."""
    with Cache(tmp_path / "cache.sqlite") as cache:
        first = draw({"a": LINE}, ZH, cache=cache, workers=1)
        key = first.prints["a"]
        assert list(cache.get_many([key])) == [key]
        again = draw({"a": LINE}, ZH, cache=cache, workers=1)

    assert again.standalone(key, "x") == first.standalone(key, "x")


def test_a_changed_word_or_language_is_another_chart(cache: MemoryCache):
    """A page that shows yesterday's time limit is worse than one without a chart."""
    last = replace(LICENCE.steps[-1], name="不予许可")
    changed = replace(LICENCE, steps=(*LICENCE.steps[:-1], last))
    chinese = draw({"a": LICENCE, "b": LICENCE, "c": changed}, ZH, cache=cache, workers=1).prints
    english = draw({"a": LICENCE}, Translator("en"), cache=cache, workers=1).prints

    assert chinese["a"] == chinese["b"]
    assert len({chinese["a"], chinese["c"], english["a"]}) == 3


def test_the_number_of_workers_changes_no_byte():
    """CI has two processors, a laptop eight; both publish the same city."""
    procedures = {str(seed): at_random(seed, steps=8, moves=11) for seed in range(90)}
    one = draw(procedures, ZH, cache=MemoryCache(), workers=1)
    three = draw(procedures, ZH, cache=MemoryCache(), workers=3)

    assert one == three
    assert len(one.drawn) == 90


@pytest.mark.parametrize(
    "environment",
    [
        pytest.param({"FONTCONFIG_FILE": "/dev/null", "HOME": "/nonexistent"}, id="no-fonts"),
        pytest.param({"PYTHONHASHSEED": "7", "TZ": "Pacific/Chatham"}, id="hash-seed-and-zone"),
        pytest.param({"LC_ALL": "de_DE.UTF-8", "PYTHONHASHSEED": "99"}, id="locale"),
    ],
)
def test_the_machine_changes_no_byte(environment: dict[str, str], samples: Charts):
    """The same ledger must give the same bytes on a server without Chinese fonts."""
    done = subprocess.run(
        [sys.executable, "-c", FONTLESS],
        cwd=CHECKOUT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=True,
    )
    here = [
        f"{hashlib.sha256(samples.standalone(key, name, credit='c')).hexdigest()} {key}"
        for name, key in samples.prints.items()
    ]

    assert done.stdout.splitlines() == here


def test_too_many_steps_or_ways_fail_before_anything_is_laid_out(cache: MemoryCache):
    """Thirty steps all leading to one another would keep Graphviz for minutes."""
    charts = draw(
        {
            "dense": at_random(1, steps=30, moves=290),
            "long": at_random(1, steps=201, moves=201),
            "many": at_random(1, steps=60, moves=310),
            "fine": SHORT,
        },
        ZH,
        cache=cache,
        workers=1,
        timeout_s=30,
    )

    assert [charts.failed.get(charts.prints[key]) for key in ("dense", "long", "many")] == [
        Failure.TOO_LARGE
    ] * 3
    assert charts.prints["fine"] in charts
    assert set(charts.outlines) == {"dense", "long", "many", "fine"}
    assert len(cache.entries) == 1


def test_one_chart_too_slow_is_stopped_and_the_others_are_drawn(cache: MemoryCache):
    """One department's tangle must not stop the city, nor hang CI until somebody looks."""
    slow = at_random(3, steps=45, moves=75)
    procedures = {"a": LINE, "slow": slow, "b": SHORT, "c": PENALTY}
    charts = draw(procedures, ZH, cache=cache, workers=1, timeout_s=0.03)
    assert charts.failed == {charts.prints["slow"]: Failure.TOO_SLOW}

    patient = draw(procedures, ZH, cache=cache, workers=1, timeout_s=60)
    assert not patient.failed, "what was only slow is tried again, never kept as failed"


def test_each_finding_says_why_there_is_no_drawing(cache: MemoryCache):
    """Told only that it was slow, a department would divide a procedure that has one long word."""
    wordy = replace(SHORT, steps=tuple(replace(step, name="很长" * 81) for step in SHORT.steps))
    procedures = {"long": at_random(1, steps=201, moves=201), "wordy": wordy, "fine": SHORT}
    findings = list(undrawn(draw(procedures, ZH, cache=cache, workers=1), ZH))

    assert [(finding.code, finding.record) for finding in findings] == [
        ("P900", "long"),
        ("P900", "wordy"),
    ]
    assert "200" in findings[0].reason
    assert "160" in findings[1].reason


def test_a_procedure_without_steps_has_no_chart(cache: MemoryCache):
    """Abolished powers often have none; that is no fault to report."""
    charts = draw({"a": type(LINE)()}, ZH, cache=cache, workers=1)

    assert not charts.prints and not charts.failed and not charts.drawn


def test_many_charts_can_stand_on_one_page(samples: Charts):
    """Two elements of one id make a screen reader name the wrong chart."""
    page = "".join(samples.inline(key, name, name) for name, key in samples.prints.items())
    root = ElementTree.fromstring(f"<body>{page}</body>")
    ids = [element.attrib["id"] for element in root.iter() if "id" in element.attrib]

    assert len(ids) == len(set(ids)) == 2 * len(SAMPLES)
    for svg in root.iter("svg"):
        assert svg.attrib["role"] == "img"
        assert all(label in ids for label in svg.attrib["aria-labelledby"].split())


def test_the_file_alone_says_what_it_is(samples: Charts):
    """A chart sent on by itself must still say of what it is, and that it is a demonstration."""
    key = samples.prints["licence"]
    file = samples.standalone(
        key, "食品经营许可（HD31-XK-002）", credit="演示数据，不是官方文件"
    ).decode()
    root = ElementTree.fromstring(file)
    space = "{http://www.w3.org/2000/svg}"

    assert root.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "zh-CN"
    assert root.findtext(f"{space}title") == "食品经营许可（HD31-XK-002）"
    assert root.findtext(f"{space}desc") == outline(LICENCE, ZH).summary
    shown = [(text.get("class"), text.text) for text in root.iter(f"{space}text")]
    assert ("fc-title", "食品经营许可（HD31-XK-002）") in shown
    assert ("fc-credit", "演示数据，不是官方文件") in shown
    assert "prefers-color-scheme:dark" in root.findtext(f"{space}style", "")
    assert "http" not in file.replace('xmlns="http://www.w3.org/2000/svg"', "")
