"""Asks Graphviz where things go; nothing else calls it.

It gets numbers only: cells of fixed size named n0, n1 … and the links between them. It
orders them and chooses the columns; rows, arrows and looks are ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from tempfile import TemporaryFile

import graphviz
from pygraphviz import graphviz as engine

from generator.flowcharts.levels import GAP, WIDEST

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


class Graphviz:
    """One Graphviz context and one scratch file, used for chart after chart."""

    def __init__(self) -> None:
        self._context = engine.gvContextWithBuiltins()
        self._file = TemporaryFile(buffering=0)  # noqa: SIM115 (lives as long as its worker)

    def columns(self, widths: Sequence[int], links: Iterable[tuple[int, int, int]]) -> list[float]:
        """Return the centre of each cell, left to right, in pixels.

        `widths` in pixels; a link is (upper cell, lower cell, weight) and spans one row: the
        heavier, the straighter. Raises ValueError if Graphviz refuses.
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
                name, centre = line.split(b" ", 3)[1:3]
                centres[int(name[1:])] = round(float(centre) * _POINTS * 2) / 2
        return centres

    def _read(self, dot: bytes) -> object:
        self._file.seek(0)
        self._file.truncate()
        self._file.write(dot)
        self._file.seek(0)
        return engine.agread(self._file, None)


def _dot(widths: Sequence[int], links: Iterable[tuple[int, int, int]]) -> str:
    body = [f"\tn{cell} [width={wide / _POINTS:.4f}]\n" for cell, wide in enumerate(widths)]
    body += [f"\tn{upper} -> n{lower} [weight={weight}]\n" for upper, lower, weight in links]
    return graphviz.Digraph(graph_attr=_GRAPH, node_attr=_NODE, body=body).source
