"""The process in which charts are drawn, so that one that takes too long can be stopped.

Tasks come in as lines of JSON, drawings go out with their length in four bytes before them.
"""

from __future__ import annotations

import sys
from typing import BinaryIO

from generator.flowcharts.chart import Failure, draw
from generator.flowcharts.layout import Graphviz
from generator.flowcharts.plan import unpack


def serve() -> None:
    """Draw until the input ends; a failure goes out as "!" and its name."""
    tasks, out = sys.stdin.buffer, sys.stdout.buffer
    engine = Graphviz()
    _send(out, "ready")
    for task in tasks:
        try:
            drawing = draw(unpack(task.decode()), engine)
        except Exception:  # one bad chart never takes others down
            drawing = Failure.CRASHED
        _send(out, f"!{drawing}" if isinstance(drawing, Failure) else drawing)


def _send(out: BinaryIO, text: str) -> None:
    message = text.encode()
    out.write(len(message).to_bytes(4, "big") + message)
    out.flush()
