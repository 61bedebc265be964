"""What lists call our columns, in Chinese and English; what a heading most likely means."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from generator.intake.vocabulary import fold
from generator.sources import schema

COMPOSITE, UNIT, AREA, MAIN, BASIS = (
    "composite_code",
    "unit_code",
    "area_code",
    "main_item",
    "legal_basis",
)
SPECIAL = (COMPOSITE, UNIT, AREA, MAIN, BASIS)
"""Columns of a list that are no columns of ours, and yet mean something."""

_POWERS = {
    "name": "事项名称 职权名称 权力名称 权力事项 权力事项名称 项目名称 行政权力名称 业务办理项名称 事项 "
    "实施清单名称 task_name cataname item_name power title power_name",
    "code": "职权编码 事项编码 权力编码 编码 职权编号 权力编号 项目编码 项目编号 事项编号 power_code",
    COMPOSITE: "item_code 实施清单编码 完整编码 事项完整编码",
    "implementation_code": "实施编码 task_code 国家实施编码",
    "local_code": "地方编码 基本编码 catalog_code local_catalog_code local_task_code",
    "kind": "权力类型 权力类别 职权类型 职权类别 事项类型 事项类别 权力分类 类型 类别 行政权力类型 "
    "task_type item_type type category",
    "subtype": "子类 细类",
    "department": "实施主体 部门 部门名称 单位 单位名称 实施部门 实施机关 实施单位 行使主体 "
    "责任部门 责任单位 主管部门 权力部门 department dept dept_name agency authority bureau",
    UNIT: "单位编码 部门编码 实施主体编码 统一社会信用代码 信用代码 dept_code department_code unit_code "
    "credit_code tongyi_code",
    AREA: "区划 行政区划 区划编码 行政区划代码 行政区划编码 area_code areacode region_code",
    MAIN: "主项 主项名称 main_item 大项 大项名称 目录名称 catalog_name",
    "level": "行使层级 层级 权限层级 use_level tier",
    "source_of_power": "权力来源 power_source",
    "applicant": "服务对象 申请人 行政相对人 办理对象 serve_type",
    "conditions": "办理条件 受理条件 申请条件 审批条件 许可条件 accept_condition requirements",
    "quantity_limit": "数量限制 limit_explain quota",
    "case_type": "办件类型 project_type",
    "statutory_limit": "法定时限 法定期限 法定办结时限 法定办理时限 法定办结期限 anticipate_day "
    "statutory_time statutory_time_limit time_limit",
    "statutory_unit": "法定时限单位 法定办结时限单位 anticipate_type",
    "promised_limit": "承诺时限 承诺期限 承诺办结时限 承诺办理时限 promise_day promised_time",
    "promised_unit": "承诺时限单位 承诺办结时限单位 promise_type",
    "limit_note": "时限说明 法定办结时限说明 承诺办结时限说明",
    "fee": "收费 是否收费 收费情况 is_fee charge",
    "result": "办理结果 审批结果 结果名称 result_name outcome",
    "validity": "有效期 有效期限 valid_for",
    "channels": "办理方式 办理形式 办理渠道 handle_type how",
    "place": "办理地点 办理地址 地址 transact_addr address where",
    "hours": "办理时间 办公时间 transact_time opening_hours",
    "phone": "咨询电话 联系电话 电话 咨询方式 link_way link_tel contact",
    "supervision_phone": "监督电话 投诉电话 监督投诉电话 监督投诉方式 监督方式 supervise_way complaints",
    "remedy": "救济途径 救济渠道 appeal",
    "themes": "主题 主题分类 theme",
    "summary": "一句话说明 简介 说明 内容 权力内容 description",
    "status": "事项状态 状态 task_state state",
    "status_reason": "状态说明 取消原因 调整原因",
    "status_document": "取消依据 调整依据",
    "status_from": "计划取消日期 取消日期 plan_cancel_date",
    "joint_departments": "联办部门 联办机构 other_dept",
    "aliases": "别名 通俗名称 又称",
    "former_codes": "曾用编码 原编码",
    BASIS: "设定依据 实施依据 法律依据 法定依据 职权依据 权力依据 依据 by_law legal_basis basis law",
}  # fmt: skip
_CHILDREN = {
    "power": "职权编码 事项编码 权力编码 编码 power_code code",
    "seq": "序号 顺序 order order_num ordernum no number",
    "name": "名称 材料名称 收费项目 费用名称 环节 环节名称 material_name fee_name step",
    "post": "岗位 责任岗位 办理人员 transactor",
    "duty": "责任事项 责任",
    "instrument": "法规 法律法规 依据名称",
}


@cache
def meanings(table: str) -> Mapping[str, str]:
    """Return our column by each heading that lists use for it, folded."""
    found: dict[str, str] = {}
    words = _POWERS if table == "powers" else _CHILDREN
    columns = schema.tables()[table].columns
    for field in schema.tables()[table].fields:
        found |= {fold(text): field.name for text in (field.title, field.title_zh, field.name)}
    for column, text in words.items():
        if column in columns or (table == "powers" and column in SPECIAL):
            for word in text.split():
                found.setdefault(fold(word), column)
                found.setdefault(fold(word.replace("_", " ")), column)
    return found


def meaning(table: str, heading: str) -> str:
    """Return the column that a heading means, "" if it is not known."""
    text = fold(heading)
    known = meanings(table)
    for form in (text, text.rstrip("*：:"), text.split("（")[0].split("(")[0]):
        if form in known:
            return known[form]
    return ""
