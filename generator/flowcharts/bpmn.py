"""Writes a procedure as BPMN 2.0 with its drawing: a pool for the power, a lane for each post.

Source: OMG formal/2013-12-09 (BPMN 2.0.2), 7.6 (lanes), 10.3–10.6 (activities, events, gateways), 12 (DI).
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from generator.flowcharts.lanes import HEAD, Lanes, Size, lanes
from generator.flowcharts.outline import Outline, OutlineStep, outline
from generator.flowcharts.plan import pack, unpack
from generator.flowcharts.text import clean
from generator.i18n import Translator
from generator.model.codes import StepKind, TimeUnit
from generator.model.power import Procedure, Step

NAMESPACE = "urn:daylight:procedure"
"""Of what BPMN has no place for: time limits in working days, and whether they count."""

_OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<definitions'
    ' xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
    ' xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"'
    ' xmlns:dc="http://www.omg.org/spec/DD/20100524/DC"'
    ' xmlns:di="http://www.omg.org/spec/DD/20100524/DI"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    f' xmlns:daylight="{NAMESPACE}" id="definitions" targetNamespace="{NAMESPACE}">\n'
)
_ELEMENTS = {
    StepKind.START: "startEvent",
    StepKind.TASK: "userTask",
    StepKind.DECISION: "exclusiveGateway",
    StepKind.WAIT: "intermediateCatchEvent",
    StepKind.END: "endEvent",
}
_SHAPES: dict[str, Size] = {"userTask": (120, 80), "exclusiveGateway": (50, 50)}
_EVENT: Size = (36, 36)
_LABEL_WIDE, _LABEL_HIGH = 110, 40
# ISO 8601 has no working days: a wait of those has its time in words and in our own elements only.
_DURATIONS = {
    TimeUnit.CALENDAR_DAY: "P{}D",
    TimeUnit.HOUR: "PT{}H",
    TimeUnit.MONTH: "P{}M",
    TimeUnit.YEAR: "P{}Y",
}


def bpmn(procedure: Procedure, name: str, department: str, tr: Translator) -> bytes:
    """Return a procedure as a BPMN 2.0 file; the same words always give the same bytes."""
    told = outline(procedure, tr)
    plan = unpack(pack(told))
    elements = _elements(told)
    placed = lanes(plan, [_room(element) for element in elements])
    steps = {step.id: step for step in procedure.steps}
    parts = [
        _OPEN,
        f'<collaboration id="city"><participant id="pool" name={_attr(name)} processRef="process">',
        f"<documentation>{escape(clean(department))}</documentation></participant></collaboration>\n",
        f'<process id="process" name={_attr(name)} isExecutable="false">',
        f'<documentation>{escape(told.summary)}</documentation>\n<laneSet id="lanes">',
        *(_lane(number, placed, tr) for number in range(len(placed.lanes))),
        "</laneSet>\n",
    ]
    flows = [(step.number - 1, way) for step in told.steps for way in step.ways]
    into: list[list[int]] = [[] for _ in elements]
    out: list[list[int]] = [[] for _ in elements]
    for number, (source, way) in enumerate(flows):
        out[source].append(number)
        into[way.number - 1].append(number)
    for place, (step, element) in enumerate(zip(told.steps, elements, strict=True)):
        links = "".join(f"<incoming>f{n}</incoming>" for n in into[place])
        links += "".join(f"<outgoing>f{n}</outgoing>" for n in out[place])
        parts.append(_node(step, element, steps[step.id], links, told.uncounted))
    for number, (source, way) in enumerate(flows):
        said = f" name={_attr(way.condition)}" if way.condition else ""
        parts.append(
            f'<sequenceFlow id="f{number}"{said} sourceRef="s{source + 1}" targetRef="s{way.number}"/>\n'
        )
    parts += ["</process>\n", *_drawing(told, elements, placed), "</definitions>\n"]
    return "".join(parts).encode()


def _elements(told: Outline) -> list[str]:
    """Return the BPMN element of each step.

    A start that something leads to, or an end that leads on, is a task: events at the ends
    of a process have no such flows.
    """
    entered = {way.number for step in told.steps for way in step.ways}
    found = []
    for step in told.steps:
        element = _ELEMENTS[step.kind]
        if (element == "startEvent" and step.number in entered) or (
            element == "endEvent" and step.ways
        ):
            element = "userTask"
        found.append(element)
    return found


def _room(element: str) -> Size:
    """Return the room that a shape and the label below it need; the shape is in its middle."""
    wide, high = _SHAPES.get(element, _EVENT)
    if element == "userTask":
        return wide, high
    return wide, high + 2 * _LABEL_HIGH


def _lane(number: int, placed: Lanes, tr: Translator) -> str:
    lane = placed.lanes[number]
    held = "".join(f"<flowNodeRef>s{step + 1}</flowNodeRef>" for step in lane.steps)
    return f'<lane id="l{number}" name={_attr(lane.post or tr("No post named"))}>{held}</lane>'


def _node(step: OutlineStep, element: str, given: Step, links: str, uncounted: str) -> str:
    """Return a step: its words as documentation, its time limit and document in our own elements."""
    words = [step.post, step.limit, "" if step.counted else uncounted, step.document]
    said = "; ".join(word for word in words if word)
    documentation = f"<documentation>{escape(said)}</documentation>" if said else ""
    own = ""
    if given.limit is not None and given.unit is not None:
        own = f'<daylight:limit value="{given.limit}" unit="{given.unit}"/>'
    elif given.unit is not None:
        own = f'<daylight:limit unit="{given.unit}"/>'
    if given.counted is not None:
        own += f'<daylight:counted value="{str(given.counted).lower()}"/>'
    if step.document:
        own += f"<daylight:document name={_attr(step.document)}/>"
    if own:
        own = f"<extensionElements>{own}</extensionElements>"
    timer = _timer(given) if element == "intermediateCatchEvent" else ""
    return (
        f'<{element} id="s{step.number}" name={_attr(step.name)}>{documentation}{own}{links}{timer}'
        f"</{element}>\n"
    )


def _timer(given: Step) -> str:
    pattern = _DURATIONS.get(given.unit) if given.unit and given.limit else None
    if pattern is None:
        return "<timerEventDefinition/>"
    length = pattern.format(given.limit)
    return (
        f'<timerEventDefinition><timeDuration xsi:type="tFormalExpression">{length}</timeDuration>'
        "</timerEventDefinition>"
    )


def _drawing(told: Outline, elements: list[str], placed: Lanes) -> Iterator[str]:
    yield '<bpmndi:BPMNDiagram id="diagram"><bpmndi:BPMNPlane id="plane" bpmnElement="city">\n'
    yield _shape("pool", 0, 0, (placed.wide, placed.high), ' isHorizontal="true"')
    for number, lane in enumerate(placed.lanes):
        size = placed.wide - HEAD, lane.high
        yield _shape(f"l{number}", HEAD, lane.top, size, ' isHorizontal="true"')
    for step, element, (x, y) in zip(told.steps, elements, placed.centres, strict=True):
        wide, high = _SHAPES.get(element, _EVENT)
        label = ""
        if element != "userTask":
            label = (
                f"<bpmndi:BPMNLabel>{_bounds(x - _LABEL_WIDE // 2, y + high // 2 + 2, (_LABEL_WIDE, 28))}"
                "</bpmndi:BPMNLabel>"
            )
        extra = ' isMarkerVisible="true"' if element == "exclusiveGateway" else ""
        yield _shape(f"s{step.number}", x - wide // 2, y - high // 2, (wide, high), extra, label)
    ways = [(step, way) for step in told.steps for way in step.ways]
    for number, ((step, way), points) in enumerate(zip(ways, placed.arrows, strict=True)):
        fitted = _fitted(points, elements[step.number - 1], placed.centres[step.number - 1])
        label = ""
        if way.condition:
            place = _sign(fitted, step.ways.index(way))
            label = f"<bpmndi:BPMNLabel>{_bounds(*place, (60, 14))}</bpmndi:BPMNLabel>"
        line = "".join(f'<di:waypoint x="{x}" y="{y}"/>' for x, y in fitted)
        yield (
            f'<bpmndi:BPMNEdge id="f{number}_di" bpmnElement="f{number}">{line}{label}'
            "</bpmndi:BPMNEdge>\n"
        )
    yield "</bpmndi:BPMNPlane></bpmndi:BPMNDiagram>\n"


def _sign(points: list[tuple[int, int]], place: int) -> tuple[int, int]:
    """Return where a condition stands: above a straight arrow, else beside its first turn."""
    x, y = points[0]
    if len(points) == 2 or points[1][0] == x:
        return x + 4, y - 18
    turn, down = points[1][0], points[2][1] > y
    off = 6 + 14 * place
    return turn + 3, y + off if down else y - off - 14


def _fitted(
    points: tuple[tuple[int, int], ...], element: str, centre: tuple[int, int]
) -> list[tuple[int, int]]:
    """Return an arrow that starts at the shape's own edge where it leaves above or below it."""
    (x, y), second = points[0], points[1]
    if x == second[0] and x == centre[0]:
        half = _SHAPES.get(element, _EVENT)[1] // 2
        y = centre[1] + half if second[1] > centre[1] else centre[1] - half
    return [(x, y), *points[1:]]


def _shape(of: str, x: int, y: int, size: Size, extra: str = "", label: str = "") -> str:
    return (
        f'<bpmndi:BPMNShape id="{of}_di" bpmnElement="{of}"{extra}>{_bounds(x, y, size)}{label}'
        "</bpmndi:BPMNShape>\n"
    )


def _bounds(x: int, y: int, size: Size) -> str:
    return f'<dc:Bounds x="{x}" y="{y}" width="{size[0]}" height="{size[1]}"/>'


def _attr(text: str) -> str:
    return quoteattr(clean(text))
