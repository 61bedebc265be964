"""Procedures to draw: short notation for a dozen kinds of flow, and random ones."""

from __future__ import annotations

import random

from generator.i18n import Translator
from generator.model.codes import StepKind, TimeUnit
from generator.model.power import Move, Procedure, Step

UNITS = {"w": TimeUnit.WORKING_DAY, "d": TimeUnit.CALENDAR_DAY, "h": TimeUnit.HOUR}
ZH = Translator(
    "zh-CN",
    {
        "{n} working days": "{n}个工作日",
        "{n} working day": "{n}个工作日",
        "{n} calendar days": "{n}个自然日",
        "{n} hours": "{n}小时",
        "on the spot": "当场办结",
        "not counted in the time limit": "不计入时限",
        "; ": "；",
        "{steps} steps, {decisions} of them decisions. Starts with: {starts}. Ends with: {ends}.": (
            "共{steps}个环节，其中{decisions}处判断。开始：{starts}。结束：{ends}。"
        ),
    },
)
"""Its own words, so that a golden file stands whatever the catalogue says."""


def a_procedure(steps: str, moves: str) -> Procedure:
    """Return a procedure of lines `id kind name|post|limit|document` and moves `a>b:condition`.

    A limit is `5w` (working days), `30d`, `24h` or `0` (on the spot), with `-` if not counted.
    """
    return Procedure(
        steps=tuple(_step(line) for line in steps.strip().splitlines()),
        moves=tuple(_move(move) for move in moves.split()),
    )


def _step(line: str) -> Step:
    head, *cells = (cell.strip() for cell in line.split("|"))
    identifier, kind, name = head.split(maxsplit=2)
    post, limit, document = [*cells, "", "", ""][:3]
    number = limit.strip("-wdh")
    return Step(
        id=identifier,
        name=name,
        kind=StepKind(kind),
        post=post,
        limit=int(number) if number else None,
        unit=(UNITS.get(limit.strip("-")[-1:], TimeUnit.ON_THE_SPOT) if number else None),
        counted=False if limit.endswith("-") else None,
        document=document,
    )


def _move(move: str) -> Move:
    ends, _, condition = move.partition(":")
    source, target = ends.split(">")
    return Move(source=source, target=target, condition=condition)


LICENCE = a_procedure(
    """
    apply start 提出许可申请 | 申请人 | | 许可申请书
    accept decision 受理审查 | 受理岗 | 5w- | 受理通知书
    exempt end 告知改办备案 | 受理岗 | | 不予受理告知书
    mend wait 申请人补正材料 | 申请人 | - | 补正告知书
    papers task 审核四项条件资料 | 审查岗 | 3w | 资料审核意见
    site decision 现场核查结论 | 现场核查组 | 4w | 现场核查表
    repair wait 申请人现场整改 | 申请人 | -
    decide decision 作出许可决定 | 许可负责人 | 2w | 许可决定书
    issue task 制证送达 | 发证岗 | 10w- | 食品经营许可证
    done end 公示并建信用档案 | 发证岗
    refuse end 不予许可并说明理由 | 许可负责人 | | 不予许可决定书
    """,
    "apply>accept accept>papers:受理 accept>mend:材料不齐 accept>exempt:仅售预包装 mend>accept "
    "papers>site site>decide:符合 site>repair:可以整改 site>refuse:不符合 repair>site "
    "decide>issue:准予 decide>refuse:不予 issue>done",
)
PENALTY = a_procedure(
    """
    clue start 发现违法线索 | 执法人员 | | 线索登记表
    open decision 是否立案 | 执法科负责人 | 7w | 立案审批表
    drop end 不予立案 | 执法科
    probe task 调查取证，制作笔录 | 办案人员（两名以上） | 60d | 调查终结报告
    tell task 告知拟处罚内容和权利 | 办案人员 | 5w | 行政处罚事先告知书
    ask decision 当事人是否要求听证 | 当事人 | 5w
    hear wait 举行听证 | 听证主持人 | 20w- | 听证笔录
    review decision 法制审核 | 法制审核岗 | 5w | 法制审核意见
    settle task 集体讨论作出决定 | 局领导班子 | 10d | 行政处罚决定书
    serve end 送达并公示 | 办案人员
    """,
    "clue>open open>probe:立案 open>drop:不立案 probe>tell tell>ask ask>hear:要求 "
    "ask>review:不要求 hear>review review>settle:通过 review>probe:退回补查 settle>serve",
)
SHORT = a_procedure(
    """
    a start Request | Clerk
    b decision Is it complete? | Clerk | 0
    c task Entry in the register | Registrar | 1w | Certificate
    d end Delivery
    e end Refusal | Registrar | | Reasoned refusal
    """,
    "a>b b>c:yes b>e:no c>d",
)
LINE = a_procedure("a start 开始\nb task 办理\nc end 结束", "a>b b>c")
LOOP = a_procedure(
    "a start 开始\nb task 起草\nc decision 会签\nd end 印发",
    "a>b b>c c>b:退回 c>d:同意 c>c:待补",
)
PARALLEL = a_procedure(
    """
    a start 收件
    b task 规划部门审查 | 规划岗 | 10w
    c task 消防部门审查 | 消防岗 | 10w
    d task 环保部门审查 | 环保岗 | 10w
    e task 汇总意见
    f end 答复
    """,
    "a>b a>c a>d b>e c>e d>e e>f",
)
MANY_WAYS = a_procedure(
    "a start 受理\nb decision 分类\n"
    + "\n".join(f"e{i} end 结果{i}" for i in range(6))
    + "\nw wait 补正材料",
    "a>b b>w:补正 w>a " + " ".join(f"b>e{i}:情形{i}" for i in range(6)),
)
TWO_STARTS = a_procedure(
    "a start 申请\nb start 举报\nc task 核实\nd end 了结\nlost task 无人可到", "a>c b>c c>d lost>d"
)
TWICE = a_procedure(
    "a start 申请\nb decision 审查\nc end 办结", "a>b b>c:准予 b>c:不予 b>a:补正 b>a:撤回"
)
ALONE = a_procedure("a start 当场办结", "")
SAMPLES = {
    "licence": LICENCE,
    "penalty": PENALTY,
    "short": SHORT,
    "line": LINE,
    "loop": LOOP,
    "parallel": PARALLEL,
    "many-ways": MANY_WAYS,
    "two-starts": TWO_STARTS,
    "twice": TWICE,
    "alone": ALONE,
}


def at_random(seed: int, steps: int = 12, moves: int = 17) -> Procedure:
    """Return a procedure in which every step can be reached, with loops and several ways out."""
    chance = random.Random(seed)
    kinds = [StepKind.TASK, StepKind.DECISION, StepKind.WAIT, StepKind.END]
    drawn = [
        Step(
            id=f"s{place}",
            name="".join(
                chance.choices("审查受理决定送达听证勘验评审公示", k=chance.randint(2, 11))
            ),
            kind=chance.choice(kinds) if place else StepKind.START,
            post=chance.choice(["", "受理岗", "局领导班子"]),
            limit=chance.choice([None, 3, 20]),
            unit=TimeUnit.WORKING_DAY,
            counted=chance.choice([None, False, True]),
            document=chance.choice(["", "受理通知书", "行政处罚事先告知书"]),
        )
        for place in range(steps)
    ]
    ways = [
        Move(source=f"s{chance.randrange(place)}", target=f"s{place}") for place in range(1, steps)
    ]
    while len(ways) < moves:
        source, target = chance.randrange(steps), chance.randrange(steps)
        condition = chance.choice(["", "符合", "不符合条件", "材料不齐全需要补正"])
        ways.append(Move(source=f"s{source}", target=f"s{target}", condition=condition))
    return Procedure(steps=tuple(drawn), moves=tuple(ways))
