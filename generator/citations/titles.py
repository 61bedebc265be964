"""Titles as they are written, and what of them identifies an instrument."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

LONGEST = 120
"""Characters of a title; the longest of some 3,000 national and local titles has 69."""

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SPACES = {0x3000: 0x20, 0xA0: 0x20, 0xFEFF: 0x20}
_NARROW = _WIDE | _SPACES | str.maketrans("〔【［〕】］﹝﹞笫條項﹙﹚", "[[[]]][]第条项()")
_MARKS = re.compile(r"[《》〈〉<>“”\"『』「」\s·•]")
_PREFIX = "中华人民共和国"
_YEAR = r"(?:19|20)[0-9]{2}"
_VERSION = re.compile(
    rf"(?:\(({_YEAR})[^()]{{0,40}}+\)|\[({_YEAR})[^\[\]]{{0,40}}+\]|(?<=[^0-9])({_YEAR})年?(?:修正|修订|版))$"
)
_TRIAL = re.compile(r"\((?:试行|暂行|草案|征求意见稿)\)$")
_ANY_BRACKET = re.compile(r"[(\[][^()\[\]]{0,80}+[)\]]$")

ENDINGS = (
    "法|法典|宪法|条例|规定|办法|细则|总则|通则|决定|决议|规则|规章|规程|通知|意见|方案|公告|通告|批复|复函|函|标准|规范"
    "|纲要|目录|解释|指引|指南|准则|守则|制度|措施|章程|规划|要点|令"
)
"""How the titles of instruments end; a 许可证, 申请表 or 报告书 in book marks is none."""

LIKE_A_TITLE = re.compile(rf"[^\n。;]{{0,{LONGEST}}}(?:{ENDINGS})")
GENERIC = re.compile("(?:实施|暂行|试行|管理)?(?:法|条例|规定|办法|细则|决定|规则|通知|意见|方案)")
"""Titles that say only of what sort the instrument is; which one, the text has said before."""


class Name(NamedTuple):
    """A title without its trimmings: what is compared, and the year of the version it names."""

    core: str
    year: str = ""


def narrowed(text: str) -> str:
    """Return a text of the same length in half width, so that places in it stay places."""
    return text.translate(_NARROW)


@lru_cache(maxsize=4096)
def name(title: str) -> Name:
    """Return what identifies an instrument in a title.

    Book marks, spaces and the country's name fall away; the year of a bracket at the end
    is kept apart.
    """
    core = _MARKS.sub("", narrowed(title))[: 2 * LONGEST]
    version = _VERSION.search(core)
    year = ""
    if version:
        year = next(part for part in version.groups() if part)
        core = core[: version.start()]
    return Name(core.removeprefix(_PREFIX) or core, year)


def plain(core: str) -> str:
    """Return a core without a bracket such as （试行） at its end."""
    return _ANY_BRACKET.sub("", core)


@lru_cache(maxsize=1024)
def kinds(title: str) -> tuple[str, ...]:
    """Return the sorts that a title's end may be called by: 实施条例 and 条例."""
    core = plain(name(title).core)
    return tuple(core[-length:] for length in range(1, 5) if len(core) >= length)


def is_trial(core: str) -> bool:
    """Tell whether a title ends in （试行） or the like."""
    return bool(_TRIAL.search(core))


@cache
def abbreviations() -> dict[str, str]:
    """Return what everybody shortens: the short form, and the title it stands for."""
    text = (resources.files("generator.citations") / "abbreviations.csv").read_text("utf-8")
    rows = (line.partition(",") for line in text.splitlines()[1:])
    return {short: full for short, _, full in rows if full}


def document_number(written: str) -> str:
    """Return a document number as it is compared: its letters, then its numbers."""
    found = narrowed(written).replace(_PREFIX, "")
    letters = re.sub("[第号年]", "", "".join(re.findall("[\u4e00-\u9fff]+", found)))
    return f"{letters} {'-'.join(re.findall('[0-9]+', found))}"


def is_unique(number: str) -> bool:
    """Tell whether a document number can name one instrument for good.

    The numbers of presidential orders (主席令) begin anew with each congress.
    """
    return "主席令" not in number
