"""Where a text identifies a private person: identity number, mobile, bank card, home address.

A number is taken for what its form, its check digit and the words before it make of it; an
address for a person's home where words say that somebody lives there. How often that is right
is measured on a written set in tests/vetting/privacy_set.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from stdnum import luhn
from stdnum.cn import ric

from generator.vetting.finding import Finding
from generator.vetting.numbers import REGIONS


class Trait(StrEnum):
    """What identifies a person."""

    IDENTITY = "identity number"
    MOBILE = "mobile number"
    CARD = "bank card"
    HOME = "home address"


_ORDER = tuple(Trait)
"""Of two sightings that overlap the earlier kind counts."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What was seen in a text, from where to where; `value` without blanks and hyphens."""

    trait: Trait
    start: int
    end: int
    value: str

    @property
    def masked(self) -> str:
        """The value as a finding may show it."""
        if self.trait is Trait.HOME:
            return f"{self.value[:2]}****"
        if self.trait is Trait.MOBILE:
            return f"{self.value[:3]}****{self.value[-4:]}"
        ends = 4 if self.trait is Trait.CARD else 2
        return f"{self.value[:4]}{'*' * (len(self.value) - 4 - ends)}{self.value[-ends:]}"


DIGITS = re.compile(r"[0-9０-９](?:[ .　－-]?[0-9０-９]){9}")
LIVING = re.compile(
    "家住|住址|地址|户籍|户口|现住|暂住|居住|住在|住于|单元|栋|幢|某，?住|男，?住|女，?住|号楼"
)
"""What a text must hold to be worth a look: ten digits, or words about living somewhere."""

_NARROW = str.maketrans("０１２３４５６７８９Ｘｘ－＋　：（）", "0123456789Xx-+ :()")
_BEFORE_IDENTITY = r"(?<![0-9])(?<![0-9A-Za-z]{4})"
"""School numbers and column heads put a letter or three before it; longer codes are others."""

_BEFORE, _AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_IDENTITY = re.compile(
    rf"{_BEFORE_IDENTITY}[1-9][0-9]{{5}}[ -]?[0-9]{{4}}[ -]?[0-9]{{4}}[ -]?[0-9]{{3}}[0-9Xx]{_AFTER}"
)
_OLD_IDENTITY = re.compile(
    rf"身份证.{{0,12}}?{_BEFORE}([1-8][0-9]{{7}}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{{3}}){_AFTER}"
)
_MOBILE = re.compile(
    rf"{_BEFORE}(?:(?:\+|00)?86[ -]?)?"
    r"(?:1[3-9][0-9](?:[ -]?[0-9]{4}[ -]?|\.[0-9]{4}\.)[0-9]{4}|1[3-9][0-9]{2}[ -][0-9]{3}[ -][0-9]{4})"
    rf"{_AFTER}(?!\.[0-9])"
)
_CARD = re.compile(
    rf"{_BEFORE}(?:[3-69][0-9]{{3}}(?:[ -]?[0-9]{{4}}){{3}}(?:[ -]?[0-9]{{1,3}})?"
    rf"|[3-69][0-9]{{5}}[ -]?[0-9]{{10,13}}){_AFTER}"
)
_UNIONPAY = ("62", "6013", "9558", "9559")
"""What most cards issued in China begin with; others are taken for cards after words of payment."""

_PAYMENT = re.compile("卡|[账帐]号|[账帐]户|户名|开户|收款|汇[款入至]|转[账帐]|打[款入]")
_CALLING = re.compile(
    "电话|手机|联系|致电|拨打|微信|[号]?码是|短信|电[:]|[Tt][Ee][Ll]|[Pp]hone|[Mm]obile"
)
_NUMBERING = re.compile(
    "(?:编号|单号|订单|案号|证号|字号|文号|流水|批号|代码|编码|条码|序号|受理号|备案号|登记号|许可证|项目号"
    "|索引号|统计|合同号|发票|[账帐]号|设备号|产品|型号|条形码|追溯码|票号|IMEI|SN|ISBN)"
    "[^0-9，,；;。]{0,6}$"
)
_COUNTED = re.compile(
    r"[ ]?(?:[万亿]?[元吨米户人次件]|平方|立方|千瓦|公[里斤顷]|美元|[kK][wWgG]|字节|%)"
)

_STRONG = (
    "家住|家庭住址|家庭地址|现住址|现住|户籍地址|户籍所在地|户籍地|户籍|户口所在地|户口登记地"
    "|身份证(?:上的)?住址|(?<=[(])住址|(?<=[某男女])[，,]?住(?![院房宿建所])"
)
_WEAK = (
    "(?<=[某男女])[，,]?住(?![院房宿建所])|住址|暂住地|暂住于?|居住地址|居住地|居住[于在]|住[于在]"
)
_PERSON = "业主|户主|当事人|举报人|申请人|投诉人|被处罚人|联系人|受害人|死者|监护人|姓名|先生|女士|同志|某"
_SIGN = "0-9A-Za-z一二三四五六七八九十百"
_N = f"(?<![{_SIGN}第])[{_SIGN}]+"
_PLACE = r"[^，。；;,\n()]"
_DOOR = (
    rf"{_N}(?:号院|号楼|号(?!线|令|文|公告|窗|厅|台|楼窗)|[栋幢座弄]|单元|室|组|户|#|-{_N}-{_N})"
)
_INNER = rf"{_N}(?:号楼|[栋幢]|单元)[-、]?(?:{_N}(?:单元|层|楼)[-、]?)?{_N}(?:室|号|户)?"
_HOMES = (
    re.compile(rf"(?:{_STRONG})[:为是在于 ]{{0,2}}{_PLACE}{{2,40}}?{_DOOR}"),
    re.compile(
        rf"(?:{_WEAK})[:为是 ]{{0,2}}{_PLACE}{{2,40}}?{_DOOR}[-、]?{_N}(?:[栋幢]|单元|室|号|户|层)?"
    ),
    re.compile(
        rf"(?:{_PERSON})[^。；;\n]{{0,16}}?[省市区县镇乡村路街道巷苑园庭府城寓里院]{_PLACE}{{0,12}}?{_INNER}"
    ),
    re.compile(rf"{_INNER}[^。；;\n]{{0,6}}?(?:先生|女士|同志|收$)"),
)
_OFFICE = re.compile(
    "办公|窗口|大厅|派出所|公安局|居委会|村委会|办事处|服务中心|行政中心|服务站|机关|经营场所|单位地址|公司|企业|大厦"
)


def sightings(text: str, day: date) -> tuple[Sighting, ...]:
    """Return what identifies a person in a text, in its order; `day` ends possible births."""
    if not DIGITS.search(text) and not LIVING.search(text):
        return ()
    level = text.translate(_NARROW)
    found: list[Sighting] = []
    for look in (_identities, _mobiles, _cards, _homes):
        found += look(level, day)
    kept: list[Sighting] = []
    for sighting in sorted(found, key=lambda sighting: sighting.start):
        if not kept or sighting.start >= kept[-1].end:
            kept.append(sighting)
        elif _ORDER.index(sighting.trait) < _ORDER.index(kept[-1].trait):
            kept[-1] = sighting
    return tuple(kept)


def masked(text: str, day: date) -> str:
    """Return a text with every number that identifies a person masked."""
    for sighting in reversed(sightings(text, day)):
        text = text[: sighting.start] + sighting.masked + text[sighting.end :]
    return text


def discreet(finding: Finding, day: date) -> Finding:
    """Return a finding that repeats no number of a person's, whatever rule made it."""
    texts = finding.value, finding.message, finding.remedy
    if not any(map(DIGITS.search, texts)):
        return finding
    value, message, remedy = (masked(text, day) for text in texts)
    return replace(finding, value=value, message=message, remedy=remedy)


def is_identity_number(number: str, day: date) -> bool:
    """Tell whether 18 characters are a citizen's identity number of somebody born by a day.

    Region, birth and check digit must fit; a permanent resident's card begins with 9.
    Source: GB 11643-1999 (ISO 7064 MOD 11-2).
    """
    if number[0] != "9" and number[:2] not in REGIONS:
        return False
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return date(1890, 1, 1) <= born <= day and ric.calc_check_digit(number) == number[17]


def _identities(text: str, day: date) -> Iterator[Sighting]:
    for match in _IDENTITY.finditer(text):
        number = _compact(match.group()).upper()
        if is_identity_number(number, day):
            yield Sighting(Trait.IDENTITY, match.start(), match.end(), number)
    for match in _OLD_IDENTITY.finditer(text):
        yield Sighting(Trait.IDENTITY, match.start(1), match.end(1), match[1])


def _mobiles(text: str, day: date) -> Iterator[Sighting]:
    for match in _MOBILE.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()]
        numbered = _NUMBERING.search(before)
        called = _CALLING.search(before, numbered.start() if numbered else 0)
        called = called or _CALLING.search(text, match.end(), match.end() + 8)
        if _COUNTED.match(text, match.end()) or (numbered and not called):
            continue
        yield Sighting(Trait.MOBILE, match.start(), match.end(), _compact(match.group())[-11:])


def _cards(text: str, day: date) -> Iterator[Sighting]:
    for match in _CARD.finditer(text):
        number = _compact(match.group())
        before = text[max(0, match.start() - 14) : match.start()]
        numbered = _NUMBERING.search(before)
        paid = _PAYMENT.search(before, numbered.start() if numbered else 0)
        known = number.startswith(_UNIONPAY) and not numbered
        if (known or paid) and luhn.is_valid(number) and not _COUNTED.match(text, match.end()):
            yield Sighting(Trait.CARD, match.start(), match.end(), number)


def _homes(text: str, day: date) -> Iterator[Sighting]:
    for pattern in _HOMES:
        for match in pattern.finditer(text):
            if not _OFFICE.search(match.group()):
                yield Sighting(Trait.HOME, match.start(), match.end(), match.group())


def _compact(number: str) -> str:
    return re.sub("[ .+-]", "", number)
