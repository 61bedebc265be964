"""The process in which charts are drawn, so that one that takes too long can be stopped.

Tasks come in as lines of JSON, drawings go out with their length in four bytes before them.
"""

from __future__ import annotations

import gc
import signal
import sys
from typing import BinaryIO

from generator.flowcharts.chart import Failure, draw
from generator.flowcharts.layout import Graphviz
from generator.flowcharts.plan import unpack


def serve(limit_s: float) -> None:
    """Draw until the input ends; a failure goes out as "!" and its name.

    Whoever takes more than `limit_s` of processor time for a chart is ended by the system,
    even inside Graphviz; the time of a clock would fail charts on a busy machine.
    """
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    tasks, out = sys.stdin.buffer, sys.stdout.buffer
    engine = Graphviz()
    gc.freeze()  # what was imported need not be looked at again
    _send(out, "ready")
    for task in tasks:
        signal.setitimer(signal.ITIMER_PROF, limit_s)
        try:
            drawing = draw(unpack(task.decode()), engine)
        except Exception:  # one bad chart never takes others down
            drawing = Failure.CRASHED
        signal.setitimer(signal.ITIMER_PROF, 0)
        _send(out, f"!{drawing}" if isinstance(drawing, Failure) else drawing)


def _send(out: BinaryIO, text: str) -> None:
    message = text.encode()
    out.write(len(message).to_bytes(4, "big") + message)
    out.flush()
