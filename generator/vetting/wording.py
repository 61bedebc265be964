"""Rules F5: how texts are written, and texts that are there and yet say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from unicodedata import normalize

from generator.sources import schema
from generator.sources.canonical import Line
from generator.vetting.desk import Desk, shown
from generator.vetting.finding import Finding, Severity
from generator.vetting.rule import rule
from generator.vetting.texts import looked_at, matches

_HAN = "[㐀-鿿]"
_FORMULA = re.compile(r"^(?:[=＝]|[@＠+＋－-][A-Za-z(（=@]).*", re.MULTILINE)
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+")
_NARROW = re.compile(rf"{_HAN}(?:[,;:?!]{_HAN}|\([^()\n]*{_HAN}[^()\n]*\))")
_GAP = re.compile(rf"(?<={_HAN})[ \u00a0\u3000]+(?={_HAN})")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]")
_NAMES = frozenset("name short_name former_names aliases title short_title issuer sanction".split())

_STAND_IN = re.compile(
    r"[/\\?？—–_-]+|[.…。]+|[xX×*＊]{2,}|略|同上|同左|待[定补查填]充?|待(?:完善|确认|补充)|暂缺|未填"
    r"|(?i:n/?a|null|nan|tbd|todo|undefined|test)|测试|空"
)
_LONGEST_STAND_IN = 12
_SOME_CITY = re.compile("[×＊*xXＸ]{2,}(?=[省市县区局委年月日号元])")
_EMPTY_WORDS = (
    "按照 依照 依据 根据 参照 遵照 符合 遵守 执行 办理 处理 实施 收取 进行 确定 规定 要求 条件 标准 "
    "程序 有关 相关 国家 本省 本市 地方 法律 法规 规章 政策 文件 法定 现行 其他 其它 具体 详见 为准 "
    "或者 予以 应当 实际 情况 另行 通知 公告 附件 办事 服务 指南 上级 主管 部门 行政 满足 具备 必须 "
    "按 依 见 以 的 等 和 及 或 由 之 须 需 应 视 省 市 法 各项 相应 "
).split()
_CORE = re.compile("规定|要求|法律|法规|政策|文件|实际情况|指南|附件|通知|标准|条件")
_ONLY_EMPTY = re.compile(rf"(?:{'|'.join(_EMPTY_WORDS)}|[，。、；：,.;:\s]){{2,}}")
_BY_RULES = re.compile(
    r"(?:按照?|依照?|依据|根据|参照)(?:国家|省|市|本省|本市|地方)?的?(?:有关|相关)"
    r"(?:的?(?:法律|法规|规章|政策|文件)、?)*的?(?:规定|要求)"
)
_MORE_PAPERS = re.compile(
    r"其[他它](?:的|有关|相关|必要|需要|应当|所需|提交|提供|报送)*(?:材料|资料|文件|证明|证件)"
    r"|(?:需要|要求|规定)(?:提交|提供|报送)?的(?:有关|相关|其[他它])(?:材料|资料|文件|证明|证件)"
    r"|等(?:有关|相关)?(?:材料|资料|文件|证明|证件)?$",
    re.MULTILINE,
)

PROSE = {
    "powers": "summary conditions quantity_limit limit_note result validity remedy".split(),
    "materials": "name source basis".split(),
    "fees": "standard reductions".split(),
    "penalties": "conduct circumstance sanction range discretion".split(),
    "responsibilities": "duty accountability".split(),
}
"""Columns in which a reader looks for an answer."""


@rule("F501")
def text_is_no_formula(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each text that a spreadsheet would take for a formula.

    It begins with = or @, or with + or - and a letter or bracket, full-width too; telephone
    numbers and negative numbers do not. Source: OWASP, CSV Injection; CWE-1236.
    """
    tr = desk.tr
    for line, column, found in looked_at(desk, _FORMULA, _formula):
        yield desk.error(
            line,
            column,
            message=tr("begins like a formula: “{value}”", value=shown(found[0])[:40]),
            reason=tr("Whoever opens the published table in a spreadsheet would run it."),
            remedy=tr("put the value in place of the formula, or begin with another character"),
        )


def _formula(text: str) -> list[str]:
    found = _FORMULA.match(text)
    return [found.group()] if found else []


@rule("F502")
def letters_and_digits_are_narrow(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each text with full-width letters or digits, such as １２ for 12.

    Source: Unicode Standard Annex 15 (compatibility forms: they look alike and compare unequal).
    """
    tr = desk.tr
    for line, column, found in matches(desk, _WIDE):
        if schema.tables()[line.table].field(column).type != "string":
            continue  # S102 has it
        yield desk.warning(
            line,
            column,
            message=tr(
                "holds the full-width “{wide}” for {narrow}",
                wide=shown(found[0]),
                narrow=shown(normalize("NFKC", found[0])),
            ),
            reason=tr("A search for the ordinary characters would not find it."),
            remedy=tr("type it again with the input method set to half-width"),
            value=found[0],
        )


@rule("F503")
def chinese_text_has_chinese_marks(desk: Desk) -> Iterator[Finding]:
    """Yield a note for each half-width comma, colon or bracket within Chinese text.

    Source: GB/T 15834-2011 (Chinese punctuation marks are full-width).
    """
    tr = desk.tr
    for line, column, found in matches(desk, _NARROW):
        yield desk.finding(
            Severity.INFO,
            line,
            column,
            message=tr("holds a half-width mark in Chinese text: “{value}”", value=shown(found[0])),
            reason=tr("Two writings of one name look like two powers."),
            remedy=tr("write the full-width mark"),
            value=found[0],
        )


@rule("F504")
def text_has_no_hidden_gaps(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each name with blanks between its characters, each text with unseen ones.

    Zero-width blanks and soft hyphens come along when text is copied from a page or a PDF; blanks
    in a name were typed to align it. Source: Unicode Standard, 23.2 (layout controls).
    """
    tr = desk.tr
    for line, column, found in (*matches(desk, _UNSEEN), *matches(desk, _GAP)):
        unseen = _UNSEEN.match(found[0]) is not None
        if not unseen and column not in _NAMES:
            continue
        yield desk.warning(
            line,
            column,
            message=tr("holds U+{code}, which nobody sees", code=f"{ord(found[0]):04X}")
            if unseen
            else tr("holds a blank between two Chinese characters"),
            reason=tr("A search for the name as it is read would not find it."),
            remedy=tr("take it out, or type the text anew"),
        )


@rule("F505")
def text_is_no_stand_in(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each text that only holds a place: /, 待定, 同上, XX市, TODO."""
    tr = desk.tr
    for line, column, found in looked_at(desk, None, _stand_in, where=_is_free):
        yield desk.warning(
            line,
            column,
            message=tr("“{value}” only holds a place", value=shown(found[0])),
            reason=tr("It would be published as it stands."),
            remedy=tr("write what is meant, or leave the cell empty"),
        )


def _stand_in(text: str) -> list[str]:
    if len(text) <= _LONGEST_STAND_IN and _STAND_IN.fullmatch(text):
        return [text]
    found = _SOME_CITY.search(text)
    return [found.group()] if found else []


@rule("F506")
def text_says_something(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each text that says nothing but that rules apply, like 按有关规定办理.

    Source: Hebei order 〔2009〕9 Art. 7 (each power states its content); 行政许可法 Art. 30
    (conditions, procedure and materials are published); 政府信息公开条例 Art. 20(8) (fees).
    """
    tr = desk.tr
    for line, column, found in looked_at(desk, _CORE, _empty, where=_is_prose):
        yield desk.warning(
            line,
            column,
            message=tr("“{value}” says nothing", value=shown(found[0])),
            reason=tr("The reader looks here for what these rules say."),
            remedy=tr("write down what the provisions ask, and cite them among the bases"),
            law=_law(desk, line),
        )


def _empty(text: str) -> list[str]:
    return [text] if _CORE.search(text) and _ONLY_EMPTY.fullmatch(text) else []


@rule("F507")
def rules_are_named(desk: Desk) -> Iterator[Finding]:
    """Yield a note for each text that refers to 有关规定 without saying which they are."""
    tr = desk.tr
    for line, column, found in matches(desk, _BY_RULES):
        if not _is_prose(line.table, column) or _empty(line.values[column]):
            continue  # F506 has the latter
        yield desk.finding(
            Severity.INFO,
            line,
            column,
            message=tr("“{value}” does not say which provisions", value=shown(found[0])),
            reason=tr("A reader cannot look up what is not named."),
            remedy=tr("name the instrument and the article, or say what they ask"),
            value=found[0],
        )


@rule("F508")
def materials_are_all_named(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each material that is “other materials”, or ends in 等.

    Source: 行政许可法 Art. 30 (the full catalogue of materials is published).
    """
    tr = desk.tr
    for line, column, found in looked_at(desk, None, _more_papers, where=_is_material):
        yield desk.warning(
            line,
            column,
            message=tr("“{value}” leaves open what to bring", value=shown(found[0])),
            reason=tr("An applicant could be sent home for a paper that nobody named."),
            remedy=tr("name each material; take the row out if there is none"),
            law=_law(desk, line),
        )


def _more_papers(text: str) -> list[str]:
    return [match.group() for match in _MORE_PAPERS.finditer(text)]


def _is_prose(table: str, column: str) -> bool:
    return column in PROSE.get(table, ())


def _is_material(table: str, column: str) -> bool:
    return (table, column) == ("materials", "name")


@cache
def _is_free(table: str, column: str) -> bool:
    """Tell whether a column holds words, not a key, a reference or a controlled value."""
    known = schema.tables()[table]
    keys = {name for key in known.foreign_keys for name in key.fields} | {*known.primary_key}
    field = known.field(column)
    return not (field.enum or field.pattern or column in keys)


def _law(desk: Desk, line: Line) -> str:
    tr = desk.tr
    if line.table == "fees":
        return tr("Regulation on the Disclosure of Government Information of the PRC, Art. 20(8)")
    if line.table == "penalties":
        return tr("Administrative Penalty Law of the PRC, Art. 34")
    code = line.values.get("code" if line.table == "powers" else "power", "")
    power = desk.keys["powers"].get(code)
    if power is not None and power.values.get("kind") == "licensing":
        return tr("Administrative Licensing Law of the PRC, Art. 30")
    return ""
