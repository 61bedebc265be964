"""One list of what to bring for several powers: each thing once, with who asks for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from unicodedata import normalize

from generator.model.codes import PowerCode
from generator.model.power import Material, Power

SHARED = "shared"
"""Where a material comes from that the office fetches itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One power's asking: `certain` if everybody must have the power and it always asks."""

    power: PowerCode
    name: str
    material: Material
    certain: bool

    @property
    def shared(self) -> bool:
        """Whether this office fetches the thing itself."""
        return self.material.source == SHARED


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A thing to bring and all that ask for it, in their order.

    `shared` if every office that wants it fetches it itself. `originals` and `copies` are what
    it takes for all offices that ask everybody for it, or, if none does, for all that ask;
    an original that is only shown to several is one. `electronic` if a file will do somewhere.
    """

    name: str
    always: bool
    shared: bool
    asked: tuple[Asked, ...]
    originals: int
    copies: int
    electronic: bool


def same(name: str) -> str:
    """Return what two materials have in common that are the same thing: the name but for its typing.

    Words in brackets count: a contract "of those who rent" is not every contract.
    """
    return "".join(normalize("NFKC", name).split()).casefold()


def merge(powers: Iterable[tuple[Power, bool]]) -> list[Wanted]:
    """Return what the powers ask for, each thing once; each power comes with whether it is optional.

    What everybody must bring comes first, then what some must, then what the offices fetch.
    """
    found: dict[str, list[Asked]] = {}
    for power, optional in powers:
        for material in power.materials:
            certain = material.required is not False and not optional
            asked = Asked(power=power.code, name=power.name, material=material, certain=certain)
            found.setdefault(same(material.name), []).append(asked)
    things = [_wanted(asked) for asked in found.values()]
    return sorted(things, key=lambda thing: (thing.shared, not thing.always))


def _wanted(asked: Sequence[Asked]) -> Wanted:
    brought = [each for each in asked if not each.shared]
    counted = [each for each in brought if each.certain] or brought or asked
    forms = [each.material.form for each in counted]
    sums = {
        form: sum(each.material.copies or 1 for each in counted if each.material.form == form)
        for form in forms
    }
    shown = 1 if "original_and_copy" in sums else 0
    return Wanted(
        name=asked[0].material.name,
        always=any(each.certain for each in brought or asked),
        shared=not brought,
        asked=tuple(asked),
        originals=sums.get("original", 0) or shown,
        copies=sums.get("copy", 0) + sums.get("original_and_copy", 0),
        electronic="electronic" in sums,
    )
