"""Life events: what people want to get done, across departments."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from generator.model.registers import LifeEvent
from generator.pages.contexts.parts import Page, PowerRow
from generator.pages.site import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStep:
    """A power of a life event; `number` and `after` count through the whole event, from 1.

    `time` is its limit in words. `begins` and `lasts` are shares of the whole, of 1, as it is
    done side by side, on the scale of `one_by_one`; `lasts` is None for a power that is not
    counted: optional, ended, or without a limit. `longest` if it is on the longest way.
    """

    number: int
    row: PowerRow
    optional: bool = False
    after: tuple[int, ...] = ()
    longest: bool = False
    time: str = ""
    begins: float = 0.0
    lasts: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventStage:
    """Powers of a life event that may run side by side."""

    number: int
    steps: tuple[EventStep, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTotals:
    """What a life event takes in all, without its optional powers; times in words.

    `materials` counts what everybody has to bring, each name once; `one_by_one` adds up
    every time limit, `side_by_side` those of the longest way; `untimed` powers have none.
    """

    powers: int
    optional: int
    bodies: int
    materials: int
    with_fee: int
    one_by_one: str
    side_by_side: str
    untimed: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BringAsked:
    """A power that asks for a thing: its number in the event, the way to it, what in words."""

    number: int
    link: Link
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bring:
    """A thing to bring; `key` is the same for the same thing, whatever else changes.

    `amount` is how many originals and copies in words, `forms` the blank forms to fill in.
    """

    key: str
    name: str
    always: bool
    shared: bool
    amount: str
    asked: tuple[BringAsked, ...]
    forms: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventPlace:
    """Where to go and whom to call, for the powers of these numbers."""

    name: str
    numbers: tuple[int, ...]
    address: str = ""
    hours: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeEventPage(Page):
    """A life event: what to do, in what order, what may run in parallel, what to bring, where.

    `exact` if the shares of time are of one unit; else they go by days, about.
    """

    template: ClassVar[str] = "life_event.html"
    sheets: ClassVar[tuple[str, ...]] = ("charts", "events")
    layout: ClassVar[str] = "record"
    event: LifeEvent
    stages: tuple[EventStage, ...] = ()
    totals: EventTotals | None = None
    exact: bool = True
    bring: tuple[Bring, ...] = ()
    places: tuple[EventPlace, ...] = ()

    @property
    def steps(self) -> tuple[EventStep, ...]:
        """All powers in their order."""
        return tuple(step for stage in self.stages for step in stage.steps)
