"""Asks Graphviz where things go; nothing else calls it.

It gets numbers only: cells of fixed size named n0, n1 … and the links between them. It
orders them and chooses the columns; rows, arrows and looks are ours.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from tempfile import TemporaryFile
from typing import Any

import graphviz
import pygraphviz.graphviz

from generator.flowcharts.levels import GAP, WIDEST

engine: Any = pygraphviz.graphviz  # generated bindings without types

VERSION = ".".join(
    str(part)
    for part in (
        engine.GRAPHVIZ_MAJOR_VERSION,
        engine.GRAPHVIZ_MINOR_VERSION,
        engine.GRAPHVIZ_PATCH_VERSION,
    )
)
_POINTS = 72  # to the inch; a pixel of the drawing is a point of Graphviz
_GRAPH = {
    "nodesep": f"{GAP / _POINTS:.4f}",
    "ranksep": "0.02",
    "splines": "none",
    "ratio": "compress",  # draws wide charts together, if need be with arrows that step aside
    "size": f"{(WIDEST + 16) / _POINTS:.4f},400",  # 16: what Graphviz takes for its margins
}
_NODE = {"fixedsize": "true", "height": "0.02", "label": "", "shape": "box"}


_HEAD = graphviz.Digraph(graph_attr=_GRAPH, node_attr=_NODE).source.removesuffix("}\n")


class Graphviz:
    """One Graphviz context and one scratch file, used for chart after chart."""

    def __init__(self) -> None:
        self._context = engine.gvContextWithBuiltins()
        self._file = TemporaryFile(buffering=0)  # noqa: SIM115 (lives as long as its worker)

    def columns(self, widths: Sequence[int], links: Mapping[tuple[int, int], int]) -> list[float]:
        """Return the centre of each cell, left to right, in pixels.

        `widths` in pixels; links are (upper cell, lower cell) with a weight and span one row
        each: the heavier, the straighter. Raises ValueError if Graphviz refuses.
        """
        handle = self._read(_dot(widths, links).encode("ascii"))
        try:
            if engine.gvLayout(self._context, handle, b"dot"):
                raise ValueError("Graphviz could not lay out a chart")
            failed, plain = engine.gvRenderData(self._context, handle, b"plain")
            engine.gvFreeLayout(self._context, handle)
            if failed:
                raise ValueError("Graphviz could not write a layout")
        finally:
            engine.agclose(handle)
        centres = [0.0] * len(widths)
        for line in plain.split(b"\n"):
            if line.startswith(b"node n"):
                _, name, centre, _ = line.split(b" ", 3)
                centres[int(name[1:])] = round(float(centre) * _POINTS * 2) / 2
        return centres

    def _read(self, dot: bytes) -> object:
        self._file.seek(0)
        self._file.write(dot)  # what a longer one leaves behind stands after the closing brace
        self._file.seek(0)
        return engine.agread(self._file, None)


def _dot(widths: Sequence[int], links: Mapping[tuple[int, int], int]) -> str:
    """Return the graph, an attribute named only where it changes: half of the time is parsing."""
    parts, known = [_HEAD], 0
    for cell, wide in enumerate(widths):
        if wide != known:
            parts.append(f"node[width={wide / _POINTS:.4f}]")
            known = wide
        parts.append(f"n{cell};")
    known = 0
    for (upper, lower), weight in links.items():
        if weight != known:
            parts.append(f"edge[weight={weight}]")
            known = weight
        parts.append(f"n{upper}->n{lower};")
    parts.append("}\n")
    return "".join(parts)
