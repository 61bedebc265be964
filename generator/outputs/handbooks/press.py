"""Sets books with Typst in one pinned font: the same bytes on every machine that has it.

The only caller of Typst for what is published. Data reach the template as JSON, never as markup.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib import resources, util
from pathlib import Path
from typing import Any

from generator.errors import ToolError
from generator.i18n import Translator
from generator.vetting.finding import Finding, Severity

PACKAGE, FILE = "noto_cjk_sans_otc", "NotoSansCJK-Regular.ttc"
SHA256 = "b76b0433203017ca80401b2ee0dd69350349871c4b19d504c34dbdd80541690a"
"""Noto Sans CJK 2.004, Regular (OFL-1.1): one file, the same from PyPI and from Debian 12."""
FOLDERS = (
    "/usr/share/fonts/opentype/noto",
    "/usr/share/fonts/noto-cjk",
    "/usr/share/fonts/google-noto-sans-cjk-fonts",
)
"""Where Debian, Arch and Fedora install the file."""
CHINESE, LATIN = "Noto Sans CJK SC", "Libertinus Serif"


@dataclass(slots=True)
class Job:
    """A book to be set: `begin` starts it in a thread of the press, `result` waits for it."""

    press: Press
    make: Callable[[], Mapping[str, Any]]
    _under_way: Future[bytes] | None = None

    def begin(self) -> None:
        """Start the work."""
        self._under_way = self.press.threads.submit(self._set)

    def result(self) -> bytes:
        """Return the PDF, made here and now if it was not begun; raise what went wrong."""
        under_way, self._under_way = self._under_way, None
        return under_way.result() if under_way else self._set()

    def _set(self) -> bytes:
        return self.press.pdf(self.make())


@dataclass(frozen=True, kw_only=True)
class Press:
    """Typst with its font; `digest` names everything that decides how a book looks but its data.

    Typst works outside Python's lock, so that its threads run beside the making of pages.
    """

    family: str
    folder: Path | None
    digest: str
    workers: int = 1

    def job(self, make: Callable[[], Mapping[str, Any]]) -> Job:
        """Return the setting of a book as a job that can be begun ahead."""
        return Job(self, make)

    @cached_property
    def threads(self) -> ThreadPoolExecutor:
        """The threads of the press, until it is closed."""
        assert self._fonts is not None and self._local is not None  # made before they are shared
        return ThreadPoolExecutor(self.workers, thread_name_prefix="press")

    def close(self) -> None:
        """Give up what is not begun yet, so that a build that failed ends at once."""
        if "threads" in self.__dict__:
            self.threads.shutdown(wait=False, cancel_futures=True)
            del self.__dict__["threads"]

    @cached_property
    def _local(self) -> threading.local:
        return threading.local()

    @cached_property
    def _fonts(self) -> Any:
        import typst

        folders: list[Any] = [self.folder] if self.folder else []
        return typst.Fonts(include_system_fonts=False, font_paths=folders)

    @property
    def _compiler(self) -> Any:
        """This thread's compiler."""
        import typst

        if not hasattr(self._local, "compiler"):
            self._local.compiler = typst.Compiler(font_paths=self._fonts, ignore_system_fonts=True)
        return self._local.compiler

    def pdf(self, book: Mapping[str, Any]) -> bytes:
        """Return a book as tagged PDF, to PDF/UA-1 unless one of its characters has no shape.

        A picture that cannot be set is left out. Raises ToolError if Typst fails all the same.
        """
        import typst

        bare = {**book, "mark": None, "parts": [_without_charts(part) for part in book["parts"]]}
        template, reason = _template("handbook.typ"), ""
        for wanted, standards in ((book, ["ua-1"]), (book, []), (bare, ["ua-1"]), (bare, [])):
            inputs = {"book": json.dumps({**wanted, "font": self.family}, ensure_ascii=False)}
            try:
                made = self._compiler.compile(
                    template, format="pdf", sys_inputs=inputs, pdf_standards=standards, timestamp=0
                )
            except typst.TypstError as error:
                reason = reason or str(error)
            else:
                return bytes(made)
        raise ToolError(["typst"], None, reason)


@contextmanager
def closing(press: Press | None) -> Iterator[None]:
    """Close the press at the end, if there is one."""
    try:
        yield
    finally:
        if press is not None:
            press.close()


def find(tr: Translator, *, workers: int = 1) -> tuple[Press | None, tuple[Finding, ...]]:
    """Return the press, or None and a finding that says what is missing.

    A city in another script than Chinese needs no font: Typst brings one.
    """
    if util.find_spec("typst") is None:
        return None, (
            _missing(
                tr("handbooks are not made: Typst is not installed"),
                tr("run `pip install 'daylight-sites[pdf]'`, or set features.handbooks: false"),
            ),
        )
    from importlib.metadata import version

    folder = _font_folder()
    if folder is None and tr.language.startswith("zh"):
        return None, (
            _missing(
                tr("handbooks are not made: the font {name} is not installed", name=FILE),
                tr(
                    "run `pip install 'daylight-sites[pdf]'`, on Debian `apt-get install "
                    "fonts-noto-cjk`, or set features.handbooks: false"
                ),
            ),
        )
    texts = sha256(f"{version('typst')} {SHA256 if folder else LATIN}".encode())
    texts.update(_template("handbook.typ"))
    family = CHINESE if folder else LATIN
    digest = texts.hexdigest()
    return Press(family=family, folder=folder, digest=digest, workers=workers), ()


def _font_folder() -> Path | None:
    """Return the folder that holds the pinned font; a file of other bytes is passed over."""
    spec = util.find_spec(PACKAGE)
    folders = [Path(spec.origin).parent] if spec and spec.origin else []
    for folder in (*folders, *map(Path, FOLDERS)):
        file = folder / FILE
        if file.is_file() and sha256(file.read_bytes()).hexdigest() == SHA256:
            return folder
    return None


def _template(name: str) -> bytes:
    return (resources.files("generator.outputs.handbooks") / "templates" / name).read_bytes()


def _without_charts(part: Mapping[str, Any]) -> dict[str, Any]:
    return {**part, "powers": [{**power, "chart": None} for power in part["powers"]]}


def _missing(message: str, remedy: str) -> Finding:
    return Finding(code="B903", severity=Severity.INFO, message=message, remedy=remedy)
