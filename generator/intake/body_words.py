"""Fields of government as addresses of departments are made of: English words, short and long names.

From the lists of departments of Handan (2006 and 2020) and of a Sichuan district (2025).
"""

from __future__ import annotations

from collections.abc import Mapping

_NAMES = {
    "administrative-approval": "行政审批 行政审批服务 政务服务 政务服务管理 行政审批和政务服务",
    "agriculture": "农业 农业农村 农委",
    "archives": "档案",
    "audit": "审计",
    "broadcasting": "广播电视 广电",
    "civil-affairs": "民政",
    "civil-air-defence": "人防 人民防空",
    "commerce": "商务",
    "construction": "建设",
    "cultural-relics": "文物",
    "culture-tourism": "文旅 文化和旅游 文化广电和旅游 文化广电旅游 文广旅 文体旅游",
    "development-reform": "发改 发展改革 发展和改革",
    "disabled-persons": "残联 残疾人联合会",
    "ecology-environment": "生态环境 环保 环境保护",
    "economy-information": "经信 经济信息化 经济和信息化 经济科技信息化",
    "education": "教育 教体 教育和体育",
    "emergency-management": "应急 应急管理",
    "ethnic-religious": "民宗 民族宗教 民族宗教事务",
    "finance": "财政",
    "fire-rescue": "消防 消防救援 公安消防",
    "forestry": "林业 林草 林业和草原",
    "general-office": "政府办 政府 人民政府 政府办公室 人民政府办公室",
    "grain": "粮食 粮食和物资储备",
    "health": "卫健 卫健委 卫生健康 卫生",
    "housing-construction": "住建 住房城乡建设 住房和城乡建设",
    "housing-fund": "住房公积金 住房公积金管理 公积金",
    "human-resources-social-security": "人社 人力资源社会保障 人力资源和社会保障",
    "industry-information": "工信 工业信息化 工业和信息化",
    "justice": "司法",
    "law-enforcement": "综合执法 综合行政执法 城市管理综合执法 城市管理和综合行政执法",
    "market-regulation": "市监 市场监管 市场监督 市场监督管理",
    "medical-insurance": "医保 医疗保障",
    "meteorology": "气象",
    "natural-resources": "自然资源",
    "natural-resources-planning": "自规 自然资源和规划 自然资源规划",
    "party-committee-office": "委 委办 委办公室",
    "petitions": "信访",
    "post": "邮政 邮政管理",
    "public-resources": "公管 公管办 公共资源 公共资源交易 公共资源交易管理",
    "public-security": "公安",
    "science-technology": "科技 科学技术",
    "secrecy": "保密 国家保密",
    "sports": "体育",
    "state-assets": "国资 国有资产监督管理",
    "statistics": "统计",
    "taxation": "税务 国家税务",
    "tobacco": "烟草 烟草专卖",
    "transport": "交通 交通运输",
    "urban-management": "城管 城市管理",
    "veterans-affairs": "退役军人 退役军人事务",
    "water": "水利 水务",
}  # fmt: skip

SLUGS: Mapping[str, str] = {name: slug for slug, names in _NAMES.items() for name in names.split()}
"""The address of a field of government by each of its names."""
