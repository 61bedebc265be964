"""Where a Chinese heading may break: between words, never inside one.

Browsers break Chinese between any two signs, and none can yet find its words (CSS `auto-phrase`
knows Japanese only). A heading on a telephone has two or three lines, so it is enough to know the
words that titles of the field are made of; what stands between them stays together, and the style
sheet (`word-break: keep-all`) lets nothing else break unless a phrase is wider than the screen.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from markupsafe import Markup, escape

# Longest first: 许可证 before 许可. Words that begin a phrase, and particles that end one.
_WORDS = (
    "人民政府 权力公开 透明运行 行政许可 行政处罚 行政强制 行政检查 行政复议 "
    "政府信息 信息公开 社会保险 医疗保险 医疗保障 市场监督 市场监管 城市管理 "
    "自然资源 住房公积金 不动产 公共场所 公众聚集场所 民办学校 建设工程 "
    "建设项目 消防安全 安全生产 特种设备 食品经营 食品生产 药品经营 营业执照 "
    "许可证 登记证 资格证 合格证 机动车 驾驶证 施工许可 规划许可 营业性演出 "
    "互联网 高新技术 农产品 危险化学品 烟花爆竹 劳动争议 残疾人 未成年人 "
    "老年人 委员会 管理局 监督局 办公室 服务中心 救援支队 分局 许可 登记 "
    "备案 审批 审查 核准 核定 认定 检查 处罚 确认 给付 补贴 补助 申请 "
    "办理 服务 管理 公开 监督 单位 机构 人员 企业 学校 场所 使用 设立 "
    "变更 注销 延续 经营 生产 建设 工程 项目 运输 车辆 道路 证书 资格 "
    "考试 注册 查询 转移 接续 救助 奖励 征收 征用 裁决 仲裁 调解 验收 "
    "竣工 违法 违规 行为 "
).split()
_KNOWN = re.compile("|".join(sorted(_WORDS, key=len, reverse=True)))
_ENDING, _OPENING = "的和与及或、，；：）》】", "（《【"
_CLOSING = f"{_ENDING}。！？·等"


@lru_cache(maxsize=8192)
def phrases(title: str) -> tuple[str, ...]:
    """Return a title in the pieces between which it may break; joined they are the title."""
    pieces: list[str] = []
    for piece in _words(title):
        if pieces and (len(piece) == 1 or len(pieces[-1]) == 1 or piece[0] in _CLOSING):
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return tuple(pieces)


def heading(title: str, language: str) -> Markup:
    """Return a title as markup that may break between its words, escaped."""
    return Markup("<wbr>").join(phrases(title)) if language.startswith("zh") else escape(title)


def _words(title: str) -> list[str]:
    """Cut before the words that are known, after particles, and nowhere inside a known word."""
    cuts, inside = {0, len(title)}, set[int]()
    for found in _KNOWN.finditer(title):
        cuts.add(found.start())
        cuts.add(found.end())
        inside.update(range(found.start() + 1, found.end()))
    for place, sign in enumerate(title):
        if sign in _ENDING:
            cuts.add(place + 1)
        elif sign in _OPENING:
            cuts.add(place)
    ordered = sorted(cuts - inside)
    return [title[a:b] for a, b in pairwise(ordered) if a < b]
