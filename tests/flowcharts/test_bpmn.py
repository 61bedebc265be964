"""Flowcharts as BPMN 2.0: read by the tool that others read them with, and drawn as they are."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from io import BytesIO
from itertools import combinations, pairwise
from xml.etree import ElementTree

import pytest

from generator.flowcharts.bpmn import bpmn
from generator.outputs.processes import zipped
from tests.conftest import NODE_MODULES, missing
from tests.flowcharts.samples import LICENCE, SAMPLES, ZH, a_procedure

MODEL = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
DI = "{http://www.omg.org/spec/BPMN/20100524/DI}"
BOUNDS = "{http://www.omg.org/spec/DD/20100524/DC}Bounds"
POINT = "{http://www.omg.org/spec/DD/20100524/DI}waypoint"
READ = """
import { readFileSync } from "node:fs";
import { BpmnModdle } from "bpmn-moddle";
const told = [];
for (const [name, text] of Object.entries(JSON.parse(readFileSync(0, "utf8")))) {
  const { rootElement, warnings } = await new BpmnModdle().fromXML(text);
  const [collaboration, process] = rootElement.rootElements;
  told.push({
    name, warnings: warnings.map((each) => each.message),
    pool: collaboration.participants[0].processRef.id,
    lanes: process.laneSets[0].lanes.map((lane) => [lane.name, lane.flowNodeRef.length]),
    nodes: process.flowElements.map((each) => each.$type),
    drawn: rootElement.diagrams[0].plane.planeElement.length,
  });
}
console.log(JSON.stringify(told));
"""


def _tree(name: str) -> ElementTree.Element:
    return ElementTree.fromstring(bpmn(SAMPLES[name], name, "市场监管局", ZH))


def test_bpmn_moddle_reads_every_flow_without_complaint():
    """A file that opens with warnings is a file that a ministry's tool may refuse."""
    if shutil.which("node") is None:
        missing("Node.js", "apt-get install nodejs")
    if not (NODE_MODULES / "bpmn-moddle").is_dir():
        missing("bpmn-moddle")
    files = {name: bpmn(flow, name, "局", ZH).decode() for name, flow in SAMPLES.items() if flow}
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", READ],
        input=json.dumps(files),
        cwd=NODE_MODULES.parent,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert not done.stderr
    told = {each["name"]: each for each in json.loads(done.stdout)}

    assert told.keys() == files.keys()
    assert {name: each["warnings"] for name, each in told.items() if each["warnings"]} == {}
    licence = told["licence"]
    assert licence["pool"] == "process"
    assert ["受理岗", 2] in licence["lanes"]
    assert sum(count for _, count in licence["lanes"]) == len(LICENCE.steps)
    assert licence["nodes"].count("bpmn:SequenceFlow") == len(LICENCE.moves)
    assert {"bpmn:StartEvent", "bpmn:UserTask", "bpmn:ExclusiveGateway", "bpmn:EndEvent",
            "bpmn:IntermediateCatchEvent"} < set(licence["nodes"])  # fmt: skip
    assert licence["drawn"] == 1 + len(licence["lanes"]) + len(licence["nodes"])


def test_time_limits_come_along():
    """Who compares procedures compares their times first; BPMN itself knows no working days."""
    tree = _tree("licence")
    node = next(each for each in tree.iter() if each.get("name") == "受理审查")
    limit = node.find(".//{urn:daylight:procedure}limit")

    assert node.findtext(f"{MODEL}documentation") == "受理岗; 5个工作日; 不计入时限; 受理通知书"
    assert limit is not None and limit.attrib == {"value": "5", "unit": "working_day"}


@pytest.mark.parametrize("name", sorted(name for name in SAMPLES if SAMPLES[name]))
def test_nothing_is_drawn_over_anything_else(name: str):
    """A drawing with steps on top of each other is opened once and never again."""
    tree = _tree(name)
    boxes = {}
    for shape in tree.iter(f"{DI}BPMNShape"):
        bounds = shape.find(BOUNDS)
        x, y, wide, high = (int(bounds.get(key)) for key in ("x", "y", "width", "height"))
        boxes[shape.get("bpmnElement")] = x, y, x + wide, y + high
    steps = {key: box for key, box in boxes.items() if key[0] == "s"}
    lanes = {key: box for key, box in boxes.items() if key[0] == "l"}
    pool = boxes["pool"]

    for (_, one), (_, other) in combinations(steps.items(), 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    for lane in tree.iter(f"{MODEL}lane"):
        x, y, right, foot = lanes[lane.get("id")]
        for held in lane:
            box = steps[held.text]
            assert x < box[0] and y < box[1] and box[2] < right and box[3] < foot
    for upper, lower in pairwise(lanes.values()):
        assert upper[3] == lower[1]
    assert (pool[1], pool[3]) == (
        min(b[1] for b in lanes.values()),
        max(b[3] for b in lanes.values()),
    )


@pytest.mark.parametrize("name", sorted(name for name in SAMPLES if SAMPLES[name]))
def test_every_arrow_runs_from_its_step_to_the_next(name: str):
    """An arrow that ends in the air says nothing."""
    tree = _tree(name)
    boxes = {s.get("bpmnElement"): s.find(BOUNDS) for s in tree.iter(f"{DI}BPMNShape")}
    flows = {flow.get("id"): flow for flow in tree.iter(f"{MODEL}sequenceFlow")}

    def touches(box: ElementTree.Element, point: ElementTree.Element) -> bool:
        x, y = int(point.get("x", "")), int(point.get("y", ""))
        left, top = int(box.get("x", "")), int(box.get("y", ""))
        right, foot = left + int(box.get("width", "")), top + int(box.get("height", ""))
        inside = left <= x <= right and top <= y <= foot
        return inside and (x in (left, right) or y in (top, foot))

    for edge in tree.iter(f"{DI}BPMNEdge"):
        flow, points = flows[edge.get("bpmnElement", "")], edge.findall(POINT)
        assert touches(boxes[flow.get("sourceRef")], points[0])
        assert touches(boxes[flow.get("targetRef")], points[-1])
        for here, there in pairwise(points):
            assert here.get("x") == there.get("x") or here.get("y") == there.get("y")


def test_names_cannot_break_the_file():
    """A mark in a step's name must stay a mark."""
    flow = a_procedure("a start <&\"'> | <b>\nb end ]]>", "a>b:<x>")
    tree = ElementTree.fromstring(bpmn(flow, '"<&', "<局>", ZH))

    assert {"<&\"'>", "]]>", "<x>", "<b>"} <= {each.get("name") for each in tree.iter()}


def test_the_same_files_make_the_same_zip():
    """A zip that changes by itself is fetched and stored again for nothing."""
    files = [("b.bpmn", b"2"), ("a.bpmn", b"1")]
    made = zipped(iter(files))

    assert made == zipped(iter(reversed(files)))
    assert zipfile.ZipFile(BytesIO(made)).namelist() == ["a.bpmn", "b.bpmn"]
