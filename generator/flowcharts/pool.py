"""Hands charts to worker processes, stops one that takes too long, and goes on with the rest."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Lock

from generator.errors import ToolError
from generator.flowcharts.chart import Failure

_WORTH = 40  # charts for which one more process pays for its start
_GRACE_S = 1.0
_PATIENCE_S = 120.0  # by the clock, for what should take no time: a start, or a stop by the system
# Not multiprocessing: its children would import the whole command line again.
_COMMAND = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from generator.flowcharts.worker import serve; serve(float(sys.argv[2]))"
)


def run(tasks: Sequence[str], *, workers: int, timeout_s: float) -> list[str | Failure]:
    """Return the drawing of each packed outline, in their order, or why there is none.

    A chart that takes more than `timeout_s` of processor time or ends its process fails alone.
    Raises ToolError if a process cannot start.
    """
    results: list[str | Failure] = [Failure.CRASHED] * len(tasks)
    places = iter(range(len(tasks)))
    lock, stop = Lock(), Event()

    def drive() -> None:
        worker = _Worker(timeout_s)
        try:
            while not stop.is_set():
                with lock:
                    place = next(places, None)
                if place is None:
                    return
                results[place] = worker.draw(tasks[place])
        finally:
            worker.stop()

    count = max(1, min(workers, -(-len(tasks) // _WORTH)))
    with ThreadPoolExecutor(count, thread_name_prefix="flowcharts") as threads:
        try:
            for driver in [threads.submit(drive) for _ in range(count if tasks else 0)]:
                driver.result()
        finally:
            stop.set()
    return results


class _Worker:
    """A process that is started when needed, and again after it had to be stopped."""

    def __init__(self, timeout_s: float) -> None:
        self._timeout_s = timeout_s
        self._process: subprocess.Popen[bytes] | None = None

    def draw(self, task: str) -> str | Failure:
        """Return the drawing, or why there is none."""
        try:
            process = self._process or self._start()
            _write(process, task.encode() + b"\n")
            reply = _read(process, self._timeout_s + _PATIENCE_S)
        except TimeoutError:
            self.stop()
            return Failure.TOO_SLOW
        except OSError:
            return Failure.TOO_SLOW if self.stop() == -signal.SIGPROF else Failure.CRASHED
        return Failure(reply[1:]) if reply.startswith("!") else reply

    def stop(self) -> int | None:
        """End the process, whatever it does; return its exit code."""
        process, self._process = self._process, None
        if process is None:
            return None
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(_GRACE_S)
        process.kill()
        return process.wait()

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _COMMAND, json.dumps(sys.path), str(self._timeout_s)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,  # Ctrl-C is the parent's to handle
        )
        try:
            _read(self._process, _PATIENCE_S)
        except OSError as error:
            raise ToolError(["flowchart", "worker"], self.stop(), str(error)) from error
        return self._process


def _write(process: subprocess.Popen[bytes], message: bytes) -> None:
    assert process.stdin is not None
    rest = memoryview(message)
    while rest:
        rest = rest[process.stdin.write(rest) :]


def _read(process: subprocess.Popen[bytes], timeout_s: float) -> str:
    """Return a message; raise TimeoutError if nothing comes in time, OSError at its end."""
    assert process.stdout is not None
    pipe, got = process.stdout.fileno(), b""
    while len(got) < 4 or len(got) < 4 + int.from_bytes(got[:4], "big"):
        if not select.select([pipe], [], [], timeout_s)[0]:
            raise TimeoutError
        part = os.read(pipe, 1 << 16)
        if not part:
            raise ConnectionError("it ended without an answer")
        got += part
    return got[4:].decode()
