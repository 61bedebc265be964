"""What lists call our controlled values: words of both languages, codes of the national platform.

Sources: 中办发〔2015〕21号 and provincial lists (kinds of power with their numbers and letters);
the code tables of the national service platform as its exchange files use them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from generator.citations import numerals
from generator.i18n import Translator, translator
from generator.intake.words import controlled
from generator.sources import canonical, schema

_KINDS = {
    "licensing": "1 01 A 1A XK 许可 行政许可权 行政审批 license permit licence",
    "penalty": "2 02 B 1B CF 处罚 行政处罚权 fine",
    "coercion": "3 03 C 1C QZ 强制 行政强制措施 行政强制执行 行政强制权",
    "levy": "4 04 D 1D ZS 征收 行政征收权 征税 行政事业性收费 tax",
    "payment": "5 05 G 1G JF 给付 行政给付权 benefit",
    "inspection": "6 06 I 1I JC 检查 行政检查权 行政监督检查",
    "confirmation": "7 07 F 1F QR 确认 行政确认权",
    "reward": "8 08 H 1H JL 奖励 行政奖励权 award",
    "adjudication": "9 09 E 1E CJ 裁决 行政裁决权 ruling",
    "other": "10 Z 1Z QT 其他 其它 其他权力 其他类 其他行政权力 其它行政权力 其他行政职权",
    "service": "20 21 2A 2B 2C 服务 公共服务事项 公共服务类",
    "filing": "BA 备案 行政备案",
    "requisition": "征用 行政征用",
}
_LEVELS = {
    "national": "1 国家 国家级 中央",
    "provincial": "2 省 省级 自治区级",
    "municipal": "3 市 市级 设区市 地市级",
    "county": "4 县 县级 区县级 区级 县区级",
    "township": "5 乡 乡级 镇级 乡镇级 街道 镇（乡、街道）级",
}
_UNITS = {
    "working_day": "1 工作日 个工作日 工作天 business_day working_days business_days",
    "calendar_day": "2 自然日 日历日 天 日 day days calendar_days",
    "hour": "小时 个小时 时 hours",
    "month": "月 个月 months",
    "year": "年 years",
    "on_the_spot": "当场 即时 即办 当日 立即 当场办结",
}
_YES = "1 Y T 是 有 需要 必要 必需 必须 true Yes"
_NO = "0 2 N F 否 无 不 不需要 非必要 非必需 false No"

_COLUMNS: dict[tuple[str, str], dict[str, str]] = {
    ("powers", "kind"): _KINDS,
    ("powers", "level"): _LEVELS,
    ("powers", "statutory_unit"): _UNITS,
    ("powers", "promised_unit"): _UNITS,
    ("steps", "unit"): _UNITS,
    ("powers", "fee"): {
        "none": "0 2 N 否 不收费 无 免费 不收 no free",
        "statutory": "1 Y 是 收费 有 收 yes charged",
    },
    ("powers", "case_type"): {
        "immediate": "1 即办件 即办 即时办结",
        "promised": "2 承诺件 承诺 上报件",
    },
    ("powers", "source_of_power"): {
        "statutory": "1 法定 法定本级行使 法定本级",
        "devolved": "2 下放 上级下放",
        "authorised": "3 授权 上级授权",
        "entrusted": "4 委托 上级委托",
    },
    ("powers", "status"): {
        "active": "1 在用 有效 正常 现行 保留 行使 已发布",
        "abolished": "3 取消 废止 已取消 停用 失效",
        "merged": "合并 整合",
        "devolved": "下放",
    },
    ("powers", "applicant"): {
        "citizen": "1 个人 自然人 公民 群众",
        "firm": "2 3 4 5 6 9 企业 法人 企业法人 事业法人 社会组织法人 非法人企业 其他组织 "
        "组织 行政机关 法人或其他组织 法人和其他组织",
        "both": "个人和法人 自然人和法人 个人、法人 不限 自然人、法人 自然人、法人和其他组织",
        "none": "不依申请 依职权 无",
    },
    ("powers", "channels"): {
        "counter": "1 窗口 窗口办理 现场 现场办理 线下",
        "online": "2 网上 网上办理 线上 网办 在线",
        "post": "3 快递 快递申请 邮寄 信函",
        "phone": "电话",
    },
    ("materials", "form"): {
        "original": "1 原件 纸质原件 正本",
        "copy": "2 复印件 纸质复印件 副本",
        "original_and_copy": "3 原件和复印件 原件及复印件 原件、复印件",
        "electronic": "4 电子 电子化 电子件 电子材料 电子版",
    },
    ("materials", "source"): {
        "applicant": "10 申请人自备 自备 申请人",
        "authority": "20 政府部门核发 部门核发",
        "third_party": "30 中介机构 第三方 中介机构或法定机构产生",
        "shared": "数据共享 部门共享",
    },
    ("materials", "required"): {"yes": _YES + " 3 容缺后补", "no": _NO},
    ("steps", "counted"): {"yes": _YES, "no": _NO},
    ("legal_bases", "role"): {"sets": "设定 设定依据", "details": "细化 实施依据 规定如何行使"},
    ("steps", "kind"): {
        "start": "开始 申请 收件",
        "task": "办理 环节",
        "decision": "判断 决定",
        "wait": "等待 中止",
        "end": "结束 办结",
    },
}  # fmt: skip
_TIME = re.compile(
    r"(?:法定|承诺)?(?:办结)?(?:时限|期限)?[:：]?\s*([0-9]{1,5}|[〇零一二两三四五六七八九十百廿]{1,6})"
    r"\s*(?:个)?\s*"
    r"(工作日|工作天|自然日|日历日|小时|天|日|月|年|"
    r"working days?|business days?|days?|hours?|months?|years?)",
    re.IGNORECASE,
)
_SEVERAL = re.compile("[;；,，、|/\n]")


@cache
def vocabulary(table: str, column: str) -> Mapping[str, str]:
    """Return our value of a column by each word that lists use, folded; empty for free text.

    A word that means two values means none.
    """
    field = schema.tables()[table].field(column)
    found: dict[str, str] = {}
    words = _COLUMNS.get((table, column), {})
    for value, text in words.items():
        found |= {fold(word): value for word in text.split()}
    for tr in (Translator("en"), translator("zh-CN")):
        for value, word in controlled(table, field, tr).items():
            found[fold(word)] = value
            found[fold(value)] = value
    return found


def value(table: str, column: str, text: str) -> str | None:
    """Return what a text means in a controlled column; None if it is not known."""
    words = vocabulary(table, column)
    known = words.get(fold(text))
    if known is not None or not schema.tables()[table].field(column).many:
        return known or (_applicants(text) if column == "applicant" else None)
    parts = [words.get(fold(part)) for part in _SEVERAL.split(text) if part.strip()]
    if not parts or None in parts:
        return None
    return ";".join(dict.fromkeys(part for part in parts if part))


def _applicants(text: str) -> str | None:
    """Return who may apply for a list of them: citizens, firms and other organisations, or both."""
    words = vocabulary("powers", "applicant")
    found = {words.get(fold(part)) for part in _SEVERAL.split(text) if part.strip()}
    if not found or None in found or "none" in found:
        return None
    return "both" if len(found) > 1 else str(found.pop())


def is_controlled(table: str, column: str) -> bool:
    """Tell whether a column has values of its own."""
    return bool(vocabulary(table, column))


def time(text: str) -> tuple[str, str] | None:
    """Return number and unit of a limit in words (20个工作日, 三十日, 3 months); None if it is none."""
    text = canonical.text(text)
    if text.isdecimal() and text.isascii():
        return text, ""
    if vocabulary("powers", "statutory_unit").get(fold(text)) == "on_the_spot":
        return "0", "on_the_spot"
    found = _TIME.fullmatch(text)
    if not found:
        return None
    number = numerals.value(found[1])
    unit = vocabulary("powers", "statutory_unit").get(fold(found[2].replace(" ", "_")))
    return (str(number), unit) if unit and number is not None else None


def fold(text: str) -> str:
    """Return a word without case, spaces and full-width forms, to compare it."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
