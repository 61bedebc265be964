"""Prose in Markdown becomes sanitised HTML; a folder of it becomes pages, with their faults."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from xml.etree.ElementTree import Element

import markdown
from markdown.treeprocessors import Treeprocessor

from generator.i18n import Translator
from generator.rendering.markup import Rules
from generator.vetting.finding import Finding, Severity

DEPARTMENT_NAMES = frozenset(
    {"powers", "flowcharts", "data", "search", "assets", "pagefind", "news", "design"}
)
"""The addresses of a department's site that are not prose."""

LARGEST_PAGE_BYTES = 100_000
_DEEP = re.compile(r"^(?:[ \t]*(?:[>*+-]|\d+\.)){12}", re.MULTILINE)
_MOST_UNCLOSED = 50
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_DATED = re.compile(r"(\d{4}-\d\d-\d\d)-[a-z0-9]+(?:-[a-z0-9]+)*")
_PAGE_LINK = re.compile(r"([a-z0-9-]+)\.md(#.*)?")
_OUTWARD = re.compile(r'<a ((?:[^>"]|"[^"]*")*?href="https?:[^"]*"(?:[^>"]|"[^"]*")*)>')
_TEXT_TAGS = (
    "p h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre code em strong b i del ins sub sup small "
    "mark abbr kbd q cite br hr a img table caption thead tbody tfoot tr th td div span figure "
    "figcaption time"
)

PROSE = Rules(
    tags=frozenset(_TEXT_TAGS.split()),
    attributes={
        "a": frozenset({"href", "title"}),
        "img": frozenset({"src", "alt", "title", "width", "height"}),
        "th": frozenset({"class", "scope", "colspan", "rowspan"}),
        "td": frozenset({"class", "colspan", "rowspan"}),
        "ol": frozenset({"start"}),
        "abbr": frozenset({"title"}),
        "time": frozenset({"datetime"}),
        "*": frozenset({"lang"}),
    },
    classes=re.compile(r"align-(?:left|center|right)"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProseText:
    """A page of words: its name in the address, its heading, its sanitised HTML; news has a day."""

    name: str
    heading: str
    html: str
    day: date | None = None


def render(text: str) -> tuple[str, str]:
    """Return the first-level heading and the sanitised HTML below it.

    The heading is "" where there is none. Headings start at the second level and skip none;
    a link to `guide.md` becomes one to the page of that name; links to other hosts carry
    `rel="noopener"`; code that is wider than the page can be scrolled by keyboard; nothing but
    `PROSE` allows survives.
    """
    heading, raw = _convert(text)
    clean = PROSE.clean(raw).replace("<pre><code", '<pre><code tabindex="0"')
    return heading, _OUTWARD.sub(r'<a \1 rel="noopener">', clean)


def day_of(name: str) -> date | None:
    """Return the day with which the name of a piece of news begins, None if it has none."""
    found = _DATED.fullmatch(name)
    try:
        return date.fromisoformat(found[1]) if found else None
    except ValueError:
        return None


def news(
    folder: Path, *, tr: Translator, record: str = ""
) -> tuple[tuple[ProseText, ...], tuple[Finding, ...]]:
    """Return the dated texts of a folder, newest first, and what is wrong with those left out."""
    pages, findings = load(folder, tr=tr, reserved=frozenset(), record=record)
    dated = [replace(page, day=day_of(page.name)) for page in pages if day_of(page.name)]
    remedy = tr("begin the file's name with its day, such as 2025-03-01-new-hall.md")
    undated = tuple(
        _finding(record or folder.name, f"news/{page.name}.md", "F321",
                 tr("a piece of news needs a day in its file's name"), remedy)
        for page in pages
        if not day_of(page.name)
    )  # fmt: skip
    return tuple(sorted(dated, key=lambda page: page.name, reverse=True)), (*findings, *undated)


def load(
    folder: Path,
    *,
    tr: Translator,
    reserved: frozenset[str] = DEPARTMENT_NAMES,
    record: str = "",
    defaults: Path | None = None,
) -> tuple[tuple[ProseText, ...], tuple[Finding, ...]]:
    """Return the pages of a folder by name, and what is wrong with those left out.

    A page's address is its file's name. `defaults` is a folder whose pages stand where
    `folder` has none of that name; `record` is the department that findings belong to.
    A folder that is not there holds no pages.
    """
    pages: dict[str, ProseText] = {}
    findings: list[Finding] = []
    for source in (defaults, folder):
        if source is None or not source.is_dir():
            continue
        for path in sorted(source.glob("*.md")):
            tell = partial(_finding, record or path.parent.name, path.name)
            try:
                _check_name(path, reserved, tr)
                text = _read(path, tr)
            except _RefusedError as refused:
                findings.append(tell("F321", str(refused), refused.remedy))
                continue
            names = {other.stem for other in (*source.glob("*.md"), *_glob(defaults))}
            findings += [tell("F322", fault, remedy) for fault, remedy in _faults(text, names, tr)]
            heading, html = render(text)
            pages[path.stem] = ProseText(name=path.stem, heading=heading or path.stem, html=html)
    return tuple(pages[name] for name in sorted(pages)), tuple(findings)


class _RefusedError(Exception):
    """A file that cannot be a page; carries what to do about it."""

    def __init__(self, message: str, remedy: str) -> None:
        self.remedy = remedy
        super().__init__(message)


def _glob(folder: Path | None) -> Sequence[Path]:
    return tuple(folder.glob("*.md")) if folder else ()


def _check_name(path: Path, reserved: frozenset[str], tr: Translator) -> None:
    if not _NAME.fullmatch(path.stem):
        raise _RefusedError(
            tr("the file name {name} cannot be an address", name=path.name),
            tr("use small letters a-z, digits and single hyphens"),
        )
    if path.stem in reserved:
        raise _RefusedError(
            tr("the address {name} belongs to a page that Daylight makes", name=path.stem),
            tr("give the file another name"),
        )


def _read(path: Path, tr: Translator) -> str:
    if path.is_symlink() or not path.is_file():
        raise _RefusedError(
            tr("{name} is not a file of its own", name=path.name),
            tr("put the text itself there, not a link to it"),
        )
    try:
        content = path.read_bytes()
        if len(content) > LARGEST_PAGE_BYTES:
            raise _RefusedError(
                tr("{name} has {size} bytes", name=path.name, size=len(content)),
                tr("split it; a page may have {size} bytes", size=LARGEST_PAGE_BYTES),
            )
        text = content.decode("utf-8-sig")
        _check_depth(path, text, tr)
        _convert(text)
    except UnicodeDecodeError as error:
        raise _RefusedError(
            tr("{name} is not UTF-8: byte {place}", name=path.name, place=error.start),
            tr("save it in UTF-8; many Chinese editors write GB18030"),
        ) from error
    except (OSError, RecursionError) as error:
        raise _RefusedError(
            tr("{name} cannot be read: {error}", name=path.name, error=error),
            tr("look at the file and its rights"),
        ) from error
    return text


def _check_depth(path: Path, text: str, tr: Translator) -> None:
    """Refuse what the converter, whose time grows with the square of the depth, would chew on."""
    unclosed = max(text.count(start) - text.count(end) for start, end in ("[]", "()"))
    if _DEEP.search(text) or unclosed > _MOST_UNCLOSED:
        raise _RefusedError(
            tr("{name} is nested too deep, or leaves many brackets open", name=path.name),
            tr("close the brackets, and let lists and quotations go a few levels deep"),
        )


def _faults(text: str, names: set[str], tr: Translator) -> Iterator[tuple[str, str]]:
    """Yield message and remedy for what of a readable page will not be on the site."""
    heading, raw = _convert(text)
    if not heading:
        yield (
            tr("the page has no heading, so its file's name stands there"),
            tr("begin it with a line like “# Opening hours”"),
        )
    for refusal in PROSE.refusals(raw):
        yield (
            tr("{part} was left out", part=refusal),
            tr("use plain Markdown; links lead to https, mailto, tel or a page of this site"),
        )
    for link in re.findall(r"\]\(([a-z0-9-]+)\.md", text):
        if link not in names:
            yield (
                tr("links to {name}.md, which does not exist", name=link),
                tr("write that page, or correct the link"),
            )


def _finding(record: str, file: str, code: str, message: str, remedy: str) -> Finding:
    return Finding(
        code=code,
        severity=Severity.WARNING,
        record=record,
        column=file,
        message=message,
        remedy=remedy,
    )


@lru_cache(maxsize=512)
def _convert(text: str) -> tuple[str, str]:
    """Return heading and unsanitised HTML; a text is read once to be checked and once to be shown."""
    converter = markdown.Markdown(
        extensions=["tables", "sane_lists", "def_list", "abbr", "fenced_code", "md_in_html"],
        extension_configs={"tables": {"use_align_attribute": True}},
        output_format="html",
    )
    shape = _Shape(converter)
    converter.treeprocessors.register(shape, "daylight-shape", 5)
    html = converter.convert(text)
    return shape.heading, html


class _Shape(Treeprocessor):
    """Takes the heading out, sets the levels of the others, and makes tables and links ours."""

    heading = ""

    def run(self, root: Element) -> None:
        first = next((element for element in root if element.tag == "h1"), None)
        if first is not None:
            self.heading = self._plain(first)
            root.remove(first)
        level = 1
        for element in root.iter():
            if re.fullmatch("h[1-6]", element.tag):
                level = min(max(int(element.tag[1]), 2), level + 1)
                element.tag = f"h{level}"
            elif element.tag == "table":
                self._table(element)
            elif element.tag == "a" and (link := _PAGE_LINK.fullmatch(element.get("href", ""))):
                element.set("href", f"../{link[1]}/{link[2] or ''}")

    @staticmethod
    def _table(table: Element) -> None:
        """Say what heads what; where the corner is empty, the first column heads its rows."""
        rows = list(table.iter("tr"))
        corner = rows[0][0]
        for row in rows:
            for cell in row:
                if align := cell.attrib.pop("align", None):
                    cell.set("class", f"align-{align}")
                if cell.tag == "th":
                    cell.set("scope", "col")
        if not "".join(corner.itertext()).strip() and not len(corner):
            corner.tag = "td"
            corner.attrib.clear()
            for row in rows[1:]:
                row[0].tag = "th"
                row[0].set("scope", "row")

    def _plain(self, element: Element) -> str:
        stash = self.md.htmlStash.rawHtmlBlocks if self.md else []
        text = "".join(element.itertext())
        text = re.sub("\x02wzxhzdk:(\\d+)\x03", lambda at: _bare(str(stash[int(at[1])])), text)
        text = re.sub("\x02(\\d+)\x03", lambda at: chr(int(at[1])), text)
        return re.sub(r"\s+", " ", text.replace("\x02amp\x03", "&")).strip()


def _bare(markup: str) -> str:
    return re.sub("<[^>]*>", "", markup)
