"""Draws many procedures at once, those unchanged from a cache, and hands them out as SVG."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Protocol

from generator.flowcharts import pool, svg
from generator.flowcharts.chart import Failure
from generator.flowcharts.layout import VERSION
from generator.flowcharts.outline import Outline, outline
from generator.flowcharts.plan import pack
from generator.model.power import Procedure

if TYPE_CHECKING:
    from generator.i18n import Translator


class Cache(Protocol):
    """Bytes by key, any of which may be gone at any time."""

    def get_many(self, keys: Iterable[str], /) -> Mapping[str, bytes]:
        """Return those of the keys that are known."""

    def put_many(self, entries: Mapping[str, bytes], /) -> None:
        """Keep entries."""


@dataclass(frozen=True, slots=True)
class Charts:
    """The flowcharts of a release, each under a print: the hash of all that it depends on.

    `prints` and `outlines` (the text forms) are by the caller's keys. `failed` says, by print,
    why a procedure has no drawing: whoever shows it shows its text form alone and makes a
    finding.
    """

    prints: Mapping[str, str]
    outlines: Mapping[str, Outline]
    drawn: Mapping[str, svg.Chart]
    failed: Mapping[str, Failure]
    language: str

    def __contains__(self, key: object) -> bool:
        """Tell whether there is a drawing under a print."""
        return key in self.drawn

    def inline(self, key: str, id_prefix: str, title: str) -> str:
        """Return the chart of a print for a page of HTML, in a frame that scrolls if it is wide.

        `id_prefix` keeps the ids of several charts on one page apart. Raises KeyError if there
        is no such chart.
        """
        return svg.inline(self.drawn[key], id_prefix, title)

    def standalone(self, key: str, title: str, *, credit: str = "") -> bytes:
        """Return the chart of a print as a file with its own colours, heading and credit.

        Raises KeyError if there is no such chart.
        """
        return svg.standalone(self.drawn[key], title, language=self.language, credit=credit)


def draw(
    procedures: Mapping[str, Procedure],
    tr: Translator,
    *,
    cache: Cache,
    workers: int,
    timeout_s: float = 5,
) -> Charts:
    """Return a chart for each procedure that has steps, or why it has none.

    Bytes depend on the procedure, the language and the toolchain only, not on `workers`.
    """
    outlines = {key: outline(procedure, tr) for key, procedure in procedures.items() if procedure}
    packed = {key: pack(words) for key, words in outlines.items()}
    prints = {key: _print(outlines[key].summary, task, tr.language) for key, task in packed.items()}
    tasks = {prints[key]: task for key, task in packed.items()}
    bodies: dict[str, str | Failure] = {
        key: body.decode() for key, body in cache.get_many(tasks).items()
    }
    missing = [key for key in tasks if key not in bodies]
    results = pool.run([tasks[key] for key in missing], workers=workers, timeout_s=timeout_s)
    bodies |= zip(missing, results, strict=True)
    fresh = {key: bodies[key] for key in missing if not isinstance(bodies[key], Failure)}
    cache.put_many({key: body.encode() for key, body in fresh.items()})
    drawn, failed = {}, {}
    for key, words in outlines.items():
        body = bodies[prints[key]]
        if isinstance(body, Failure):
            failed[prints[key]] = body
        else:
            drawn[prints[key]] = svg.Chart.read(body, words.summary)
    return Charts(prints, outlines, drawn, failed, tr.language)


def _print(summary: str, task: str, language: str) -> str:
    text = f"{_toolchain()} {language}\n{summary}\n{task}"
    return "flowchart:" + hashlib.sha256(text.encode()).hexdigest()


@cache
def _toolchain() -> str:
    """Return what decides how a chart looks besides its words: Graphviz and this package's code."""
    code = hashlib.sha256(VERSION.encode())
    files = resources.files("generator.flowcharts").iterdir()
    for file in sorted(files, key=lambda file: file.name):
        if file.name.endswith(".py"):
            code.update(file.read_bytes())
    return code.hexdigest()
