"""Ten and one questions that people bring, and what a newcomer does on the home page to answer them.

An action is a touch, or a typed query that is sent off; by keyboard, Enter on what holds the
focus. Looking down the page and pressing Tab are none. Each answer is read from the published
tables, not from the pages, and must stand in the window when the last action is done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.browser.asking import Rows, rows

MOST = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """Type words into the home page's search and send them off."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """Touch a link of the page: the first in `within` whose address ends so."""

    to: str
    within: str = "main"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What must be seen: an element with this text, or this value if it has one."""

    where: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A question, the way to its answer and the answer."""

    question: str
    actions: tuple[Ask | Follow, ...]
    answers: tuple[Fact, ...] = ()
    file: str = ""
    """The published file that the last action brings home, instead of a fact to look at."""


class Record:
    """The published tables, read once: what the answers are compared with."""

    def __init__(self, site: Path) -> None:
        self.tables: Callable[[str], Rows] = lambda name: rows(site / "data" / f"{name}.csv")
        self.powers = {power["code"]: power for power in self.tables("powers")}
        self.departments = {row["slug"]: row for row in self.tables("departments")}

    def fact(self, code: str, column: str) -> Fact:
        """Return a column of a power as a fact of its page."""
        return Fact(where=f"main [data-fact='{column}']", text=self.powers[code][column])

    def of(self, table: str, code: str, column: str, **wanted: str) -> Fact:
        """Return a column of a power's first row in a table, or of the first row that fits."""
        row = next(
            row
            for row in self.tables(table)
            if row["power"] == code and wanted.items() <= row.items()
        )
        return Fact(where=f"main [data-fact='{table}.{column}']", text=row[column])

    def body(self, code: str, column: str) -> Fact:
        """Return a column of a power's department as a fact of the power's page."""
        body = self.departments[self.powers[code]["department"]]
        return Fact(where=f"main [data-fact='departments.{column}']", text=body[column])


def longest_way(record: Record, event: str) -> int:
    """Return the working days of a life event whose parts run side by side where they can.

    Only what everybody needs counts, by the limits that departments promise.
    """
    parts = {
        row["power"]: row["after"].split(";")
        for row in record.tables("life_event_powers")
        if row["life_event"] == event and row["optional"] != "true"
    }
    days = {code: int(record.powers[code]["promised_limit"] or 0) for code in parts}

    def until(code: str) -> int:
        return days[code] + max((until(one) for one in parts[code] if one in parts), default=0)

    return max(map(until, parts))


def tasks(record: Record) -> tuple[Task, ...]:
    """Return the questions."""
    return (*about_powers(record), *about_the_city(record, record.powers["HD31-XK-090"]))


def about_powers(record: Record) -> tuple[Task, ...]:
    """Return the questions that one power's page answers."""

    def found(words: str, code: str, part: str = "") -> tuple[Ask | Follow, ...]:
        jump = (Follow(to=f"#{part}", within="main nav"),) if part else ()
        return (Ask(words=words), Follow(to=f"powers/{code}/"), *jump)

    return (
        Task(
            question="我要开餐馆，食品许可市里最多多少天给答复？",
            actions=found("开餐馆", "HD31-XK-002"),
            answers=(
                record.fact("HD31-XK-002", "promised_limit"),
                record.fact("HD31-XK-002", "department"),
            ),
        ),
        Task(
            question="墙上贴小广告，哪个部门能罚我，凭哪一条？",
            actions=found("乱贴小广告", "HD61-CF-003", "law"),
            answers=(
                Fact(
                    where="#law [data-fact='department']",
                    text=record.powers["HD61-CF-003"]["department"],
                ),
                record.of("legal_bases", "HD61-CF-003", "instrument", role="sets"),
                record.of("legal_bases", "HD61-CF-003", "article", role="sets"),
            ),
        ),
        Task(
            question="办餐饮许可要带什么？",
            actions=found("食品经营许可", "HD31-XK-002", "materials"),
            answers=(record.of("materials", "HD31-XK-002", "name", required="true"),),
        ),
        Task(
            question="办护照收多少钱？",
            actions=(*found("办护照", "HD09-XK-003"), Follow(to="#cost")),
            answers=(record.of("fees", "HD09-XK-003", "standard"),),
        ),
        Task(
            question="低保到哪里申请，打什么电话问？",
            actions=found("低保", "HD11-JF-002", "apply"),
            answers=(
                record.body("HD11-JF-002", "address"),
                record.body("HD11-JF-002", "phone"),
            ),
        ),
        Task(
            question="取公积金能在网上办吗？",
            actions=found("取公积金", "HD82-FW-001", "apply"),
            answers=(Fact(where="#apply [data-fact='channels']", text="online"),),
        ),
        Task(
            question="交警罚酒驾罚得不对，向谁投诉？",
            actions=found("酒驾", "HD10-CF-001", "remedy"),
            answers=(
                record.fact("HD10-CF-001", "remedy"),
                record.body("HD10-CF-001", "supervision_phone"),
            ),
        ),
    )


def about_the_city(record: Record, given_up: Mapping[str, str]) -> tuple[Task, ...]:
    """Return the questions that begin with a list, a department or an occasion."""
    return (
        Task(
            question="政府不再管哪些事，为什么？",
            actions=(Follow(to="abolished/"), Follow(to=f"powers/{given_up['code']}/")),
            answers=(
                Fact(where="main [data-fact='name']", text=given_up["name"]),
                Fact(where="main [data-fact='status_reason']", text=given_up["status_reason"]),
            ),
        ),
        Task(
            question="消防检查没过就开业，消防队能罚多少？",
            actions=(
                Follow(to="departments/fire-rescue/"),
                Follow(to="powers/HD66-CF-001/"),
                Follow(to="#penalties", within="main nav"),
            ),
            answers=(record.of("penalties", "HD66-CF-001", "range"),),
        ),
        Task(
            question="开一家餐馆，全部手续加起来要多久？",
            actions=(Follow(to="life-events/opening-a-restaurant/"),),
            answers=(
                Fact(
                    where="main .answer dd",
                    text=f"{longest_way(record, 'opening-a-restaurant')}个工作日",
                ),
            ),
        ),
        Task(
            question="消防一个部门的权力清单，在哪里下载表格？",
            actions=(
                Follow(to="departments/fire-rescue/"),
                Follow(to="departments/fire-rescue/data/"),
                Follow(to="data/departments/fire-rescue/powers.csv"),
            ),
            file="data/departments/fire-rescue/powers.csv",
        ),
    )
