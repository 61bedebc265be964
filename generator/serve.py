"""A local preview: serves the built site and reloads the browser when a rebuild is done.

The reload script is a file of its own and its signal comes from the same host, so
the site's Content-Security-Policy holds in the preview as it does in public.
"""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from watchfiles import Change, DefaultFilter, watch

SCRIPT_PATH = "/__preview/reload.js"
SIGNAL_PATH = "/__preview/changes"
SCRIPT = b"""\
const changes = new EventSource("/__preview/changes?since=SINCE");
changes.addEventListener("reload", () => location.reload());
changes.addEventListener("sheets", () => {
  for (const old of document.querySelectorAll('link[rel="stylesheet"]')) {
    const sheet = old.cloneNode();
    sheet.href = old.href.split("?")[0] + "?" + Date.now();
    sheet.addEventListener("load", () => old.remove());
    old.after(sheet);
  }
});
"""
RELOAD, SHEETS = "reload", "sheets"
"""What a browser is told: take the page anew, or its style sheets alone."""

TAG = f'<script src="{SCRIPT_PATH}" defer></script></head>'.encode()
HEARTBEAT_SECONDS = 15
ASK_SECONDS = 3
DEBOUNCE_MILLISECONDS, STEP_MILLISECONDS = 200, 40
"""How long an editor may take to write its files, and how long the quiet after them is."""

_BESIDE = re.compile(r"-(?:wal|shm|journal)$|/\.[^/]*\.new$")
_DEFAULT = DefaultFilter()


class Signal:
    """Tells waiting browsers that the site was built anew."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.builds = 0
        self._event = RELOAD

    def send(self, event: str = RELOAD) -> None:
        """Wake every waiting browser."""
        with self._changed:
            self.builds += 1
            self._event = event
            self._changed.notify_all()

    def wait(self, seen: int, seconds: float) -> str:
        """Wait for a build after the `seen` ones; return what it changed, "" if none came."""
        with self._changed:
            came = self._changed.wait_for(lambda: self.builds > seen, timeout=seconds)
            return self._event if came else ""


class Handler(SimpleHTTPRequestHandler):
    """Serves files, adds the reload script to pages, answers unknown addresses with 404.html."""

    def __init__(self, *args: Any, signal: Signal, **kwargs: Any) -> None:
        self._signal = signal
        super().__init__(*args, **kwargs)

    def do_GET(self) -> None:
        """Answer a request."""
        if self.path == SCRIPT_PATH:
            script = SCRIPT.replace(b"SINCE", str(self._signal.builds).encode())
            self._send(script, "text/javascript")
        elif self.path.startswith(SIGNAL_PATH):
            since = self.path.rpartition("=")[2]
            self._stream(int(since) if since.isdecimal() else self._signal.builds)
        else:
            page = self._page()
            if page is None:
                super().do_GET()
            else:
                self._send(
                    page.read_bytes().replace(b"</head>", TAG, 1), "text/html; charset=utf-8"
                )

    def _page(self) -> Path | None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.split("?")[0].endswith("/"):
            path = path / "index.html"
        return path if path.suffix == ".html" and path.is_file() else None

    def _send(self, content: bytes, kind: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(content)

    def _stream(self, seen: int) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        try:
            while True:
                came = self._signal.wait(seen, HEARTBEAT_SECONDS)
                seen = self._signal.builds if came else seen
                told = f"event: {came}\ndata: built\n\n" if came else ": waiting\n\n"
                self.wfile.write(told.encode())
                self.wfile.flush()
        except (BrokenPipeError, ConnectionResetError):
            return

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Answer with the site's own 404 page where there is one."""
        page = Path(self.directory, "404.html")
        if code == HTTPStatus.NOT_FOUND and page.is_file():
            self._send(page.read_bytes(), "text/html; charset=utf-8", HTTPStatus.NOT_FOUND)
        else:
            super().send_error(code, message, explain)

    def log_message(self, format: str, *args: Any) -> None:
        """Keep quiet: the command's own lines are what the user reads."""


def serve(
    folder: Path,
    *,
    port: int,
    watched: Iterable[Path],
    rebuild: Callable[[], str],
    ready: Callable[[str], None],
    asked: Callable[[], object] | None = None,
) -> None:
    """Serve a folder on this machine until interrupted; rebuild when a watched path changes.

    `rebuild` returns what the browser is to take anew: RELOAD, SHEETS, or "" for nothing.
    `asked` answers for what cannot be watched, such as a database: each few seconds, and
    another answer than before means a change.
    """
    signal = Signal()
    server = ThreadingHTTPServer(
        ("127.0.0.1", port), partial(Handler, directory=str(folder), signal=signal)
    )
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    ready(f"http://127.0.0.1:{server.server_port}/")
    try:
        for _ in _changes([path for path in watched if path.exists()], asked):
            event = rebuild()
            if event:
                signal.send(event)
    finally:
        server.shutdown()


def _changes(watched: list[Path], asked: Callable[[], object] | None) -> Iterator[None]:
    answer = asked() if asked else None
    changes = watch(
        *watched,
        watch_filter=_is_ours,
        debounce=DEBOUNCE_MILLISECONDS,
        step=STEP_MILLISECONDS,
        rust_timeout=ASK_SECONDS * 1000,
        yield_on_timeout=asked is not None,
        raise_interrupt=True,
    )
    for files in changes:
        now = asked() if asked else None
        if files or now != answer:
            yield
        answer = now


def _is_ours(change: Change, path: str) -> bool:
    """Tell whether a file that changed is the city's: reading a SQLite file touches its neighbours."""
    return not _BESIDE.search(path) and _DEFAULT(change, path)
