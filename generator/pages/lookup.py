"""A release seen from its other sides: by department, by kind, by article, by life event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Self

from generator.model.attachment import Attachment
from generator.model.codes import DepartmentSlug, InstrumentId, PowerCode, PowerKind
from generator.model.power import LegalBasis
from generator.model.registers import LifeEvent
from generator.model.release import Release, VettedVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """The reverse indexes of one release; every tuple is in the order of the codes.

    Files that records name stand by their SHA-256 and name. `first_vetted_on` is the day of
    the city's first list, None for a release without powers.
    """

    by_department: Mapping[DepartmentSlug, tuple[VettedVersion, ...]]
    by_kind: Mapping[PowerKind, tuple[VettedVersion, ...]]
    by_instrument: Mapping[InstrumentId, tuple[tuple[VettedVersion, LegalBasis], ...]]
    children: Mapping[PowerCode, tuple[VettedVersion, ...]]
    predecessors: Mapping[PowerCode, tuple[VettedVersion, ...]]
    life_events: Mapping[PowerCode, tuple[LifeEvent, ...]]
    ended: tuple[VettedVersion, ...]
    attachments: Mapping[tuple[str, str], Attachment] = field(default_factory=dict)
    first_vetted_on: date | None = None

    @classmethod
    def of(cls, release: Release) -> Self:
        """Read a release once and index it; lists by kind and law hold active powers only."""
        by_department: dict[DepartmentSlug, list[VettedVersion]] = defaultdict(list)
        by_kind: dict[PowerKind, list[VettedVersion]] = defaultdict(list)
        by_instrument: dict[InstrumentId, list[tuple[VettedVersion, LegalBasis]]] = defaultdict(
            list
        )
        children: dict[PowerCode, list[VettedVersion]] = defaultdict(list)
        predecessors: dict[PowerCode, list[VettedVersion]] = defaultdict(list)
        ended: list[VettedVersion] = []
        for version in release.powers.values():
            power = version.power
            by_department[power.department].append(version)
            if power.parent:
                children[power.parent].append(version)
            if power.successor:
                predecessors[power.successor].append(version)
            if not power.is_active:
                ended.append(version)
                continue
            by_kind[power.kind].append(version)
            for basis in power.legal_bases:
                by_instrument[basis.instrument].append((version, basis))
        events: dict[PowerCode, list[LifeEvent]] = defaultdict(list)
        for event in release.life_events.values():
            for entry in event.powers:
                events[entry.power].append(event)
        return cls(
            by_department={key: tuple(found) for key, found in by_department.items()},
            by_kind={kind: tuple(by_kind[kind]) for kind in PowerKind if kind in by_kind},
            by_instrument={key: tuple(found) for key, found in by_instrument.items()},
            children={key: tuple(found) for key, found in children.items()},
            predecessors={key: tuple(found) for key, found in predecessors.items()},
            life_events={key: tuple(found) for key, found in events.items()},
            ended=tuple(ended),
            attachments={(each.sha256, each.name): each for each in release.attachments},
            first_vetted_on=min((v.first_vetted_on for v in release.powers.values()), default=None),
        )
