"""Asks a built city's search in Chromium, as its pages do, and serves it as a real host would."""

from __future__ import annotations

import csv
import gzip
import io
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.conftest import BELOW, Handler, Server

if TYPE_CHECKING:
    from playwright.sync_api import Page

POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; "
    "form-action 'self'; base-uri 'none'"
)
PACKED = (".html", ".css", ".js", ".json", ".svg", ".csv", ".xml")
"""What hosts compress on the way, with gzip at level 6; Pagefind's files are packed already."""

ASK = """async ([root, scope, questions, count, whole]) => {
  const { Engine } = await import(`${root}assets/search-engine.js`);
  window.engines ??= {};
  const engine = (window.engines[scope] ??= await Engine.open(root, scope));
  const answers = [];
  for (const [question, choices] of questions) {
    const start = performance.now();
    const answer = engine.answer(question);
    const named = performance.now() - start;
    if (whole) await answer.complete();
    const { hits } = answer.narrow(choices);
    answers.push({
      codes: hits.slice(0, count).map((hit) => hit.row.code), total: hits.length,
      ways: hits.slice(0, count).map((hit) => hit.way), places: answer.places(),
      exact: answer.isExact, also: answer.also, partial: answer.isPartial,
      named, whole: performance.now() - start,
    });
  }
  return answers;
}"""
"""Asks through the page's own engine, in the page, under its own policy."""

Answers = list[dict[str, Any]]
Rows = list[dict[str, str]]


class RealHost(Handler):
    """Serves with the policy that a careful host sends, and compresses as hosts do."""

    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def send_head(self) -> Any:
        """Send a text packed; everything else as it lies there."""
        path = Path(self.translate_path(self.path.partition("?")[0]))
        if path.is_dir() and self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        if path.suffix not in PACKED or not path.is_file():
            return super().send_head()
        body = gzip.compress(path.read_bytes(), 6, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", self.guess_type(path))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return io.BytesIO(body)


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    """Serve a folder below a path and yield its address, with a slash at its end."""
    with Server(("127.0.0.1", 0), partial(RealHost, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{BELOW}"
        server.shutdown()


def asked(
    page: Page,
    root: str,
    questions: Sequence[str],
    *,
    scope: str = "",
    choices: dict[str, list[str]] | None = None,
    count: int = 20,
    whole: bool = True,
) -> Answers:
    """Return the answers to many questions, each with its first `count` hits.

    Unless `whole`, the names alone answer; the full text comes behind them and moves none.
    """
    pairs = [[question, choices or {}] for question in questions]
    answers: Answers = page.evaluate(ASK, [root, scope, pairs, count, whole])
    assert not any(answer["partial"] for answer in answers)
    return answers


def rows(path: Path) -> Rows:
    """Return the rows of a table."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
