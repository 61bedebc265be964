"""Runs work in processes that can be stopped when one task takes too long, and goes on with the rest."""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from threading import Event, Lock

from generator.flowcharts.chart import Failure

_BATCH = 32
_START_S = 120.0  # for a new process to import what it needs, on a machine under load
Draw = Callable[[str], str | Failure]


def run(
    make: Callable[[], Draw], tasks: Sequence[str], *, workers: int, timeout_s: float
) -> list[str | Failure]:
    """Return the result of each task, in their order.

    `make` is called once in each process and returns the function that does a task. A task
    that takes longer than `timeout_s` or ends its process is a Failure; nothing else waits.
    """
    results: list[str | Failure] = [Failure.CRASHED] * len(tasks)
    starts = iter(range(0, len(tasks), _BATCH))
    processes = max(1, min(workers, -(-len(tasks) // _BATCH)))
    lock, stop = Lock(), Event()

    def drive() -> None:
        with _Worker(make) as worker:
            while not stop.is_set():
                with lock:
                    start = next(starts, None)
                if start is None:
                    return
                batch = tasks[start : start + _BATCH]
                for place, result in worker.work(batch, timeout_s):
                    results[start + place] = result
                    if stop.is_set():
                        return

    with ThreadPoolExecutor(processes, thread_name_prefix="flowcharts") as threads:
        try:
            for driver in [threads.submit(drive) for _ in range(processes)]:
                driver.result()
        finally:
            stop.set()
    return results


class _Worker:
    """A process that is started again whenever it had to be stopped."""

    def __init__(self, make: Callable[[], Draw]) -> None:
        self._make = make
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def __enter__(self) -> _Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def work(self, batch: Sequence[str], timeout_s: float) -> Iterator[tuple[int, str | Failure]]:
        """Yield the place and result of each task of a batch."""
        done = 0
        while done < len(batch):
            try:
                pipe = self._start()
                pipe.send(batch[done:])
                while done < len(batch):
                    if not pipe.poll(timeout_s):
                        raise TimeoutError
                    result = pipe.recv()
                    yield done, result
                    done += 1
            except TimeoutError:
                self._stop()
                yield done, Failure.TOO_SLOW
                done += 1
            except (EOFError, OSError):
                self._stop()
                yield done, Failure.CRASHED
                done += 1

    def _start(self) -> Connection:
        if self._pipe is None:
            context = multiprocessing.get_context("spawn")
            self._pipe, far = context.Pipe()
            self._process = context.Process(target=_serve, args=(far, self._make), daemon=True)
            self._process.start()
            far.close()
            if not self._pipe.poll(_START_S):
                raise TimeoutError
            self._pipe.recv()
        return self._pipe

    def _stop(self) -> None:
        if self._pipe is not None:
            self._pipe.close()
        if self._process is not None:
            self._process.kill()
            self._process.join()
        self._pipe = self._process = None


def _serve(pipe: Connection, make: Callable[[], Draw]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    work = make()
    pipe.send(None)
    while True:
        try:
            batch = pipe.recv()
        except EOFError:
            return
        for task in batch:
            try:
                result = work(task)
            except Exception:  # one bad chart never takes others down
                result = Failure.CRASHED
            pipe.send(result)
