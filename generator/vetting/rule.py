"""The register of rules: `@rule("P104")` on a generator of findings adds it to the gate."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from generator.vetting.finding import Finding

if TYPE_CHECKING:
    from generator.vetting.desk import Desk

Check = Callable[["Desk"], Iterator[Finding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of the gate by its code.

    What is not `waivable` makes a record unreadable, or is what the law forbids without
    exception, so no office can decide to let it stand. A `last` rule looks at what the others found.
    """

    code: str
    check: Check
    waivable: bool = True
    last: bool = False

    @property
    def title(self) -> str:
        """The first sentence of the rule's docstring, for the reference."""
        return (self.check.__doc__ or "").strip().split("\n")[0]


_REGISTER: dict[str, Rule] = {}


def rule(code: str, *, waivable: bool = True, last: bool = False) -> Callable[[Check], Check]:
    """Register a generator of findings under a code; raises ValueError for a code in use."""

    def register(check: Check) -> Check:
        if code in _REGISTER:
            raise ValueError(f"rule {code} is defined twice: {_REGISTER[code].check.__name__}")
        _REGISTER[code] = Rule(code=code, check=check, waivable=waivable, last=last)
        return check

    return register


def rules() -> Mapping[str, Rule]:
    """Return every rule registered so far, by code; the gate imports them all."""
    return dict(sorted(_REGISTER.items()))
