"""The addresses of themes of life and business: one theme, one address, whatever else there is.

The themes that the national service platforms use have English addresses of their own;
a city's own words become their address as they stand. The address follows from the
theme's name alone, so that a power's page can lead there and no other record moves it.
"""

from __future__ import annotations

import re

# Source: the 24 themes of a service platform's dictionary, `domain.md` §4.
_KNOWN = {
    "婚育收养": "marriage-and-children",
    "环境资源": "environment-and-resources",
    "教育培训": "education-and-training",
    "住房保障": "housing",
    "劳动就业": "employment",
    "执业资格": "professional-qualifications",
    "社会保障": "social-security",
    "纳税缴费": "taxes-and-fees",
    "医疗卫生": "health",
    "交通旅游": "transport-and-travel",
    "出境入境": "entry-and-exit",
    "生活服务": "everyday-services",
    "民族宗教": "ethnic-and-religious-affairs",
    "三农服务": "farming-and-villages",
    "死亡殡葬": "death-and-burial",
    "设立变更": "founding-a-firm",
    "行业准营": "business-licensing",
    "投资立项": "investment-projects",
    "工程建设": "construction",
    "涉外服务": "foreign-affairs",
    "安全生产": "work-safety",
    "破产注销": "closing-a-firm",
    "文物保护": "heritage",
    "其他": "other",
}
_ORDER = {theme: place for place, theme in enumerate(_KNOWN)}
_OTHER_SIGNS = re.compile(r"[^\w]+|_+")


def slug(theme: str) -> str:
    """Return a theme's part of an address: `housing`, `everyday-services`, `宠物`."""
    return _KNOWN.get(theme) or _OTHER_SIGNS.sub("-", theme.casefold()).strip("-") or "other"


def order(theme: str) -> tuple[bool, int, str]:
    """Return what themes are sorted by: the platforms' order, a city's own words, the rest."""
    return slug(theme) == "other", _ORDER.get(theme, len(_ORDER)), theme
