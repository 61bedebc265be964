"""The mayor's list: which powers come before the city government itself, and at which step.

The city government has a site of its own, with its whole list. What that site cannot show is
who within the government acts when, and what other bodies bring before it; the procedures of
all bodies say so by the posts of their steps.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from generator.flowcharts.outline import reading_order
from generator.model.codes import DepartmentSlug, PowerCode
from generator.model.power import Power, Step
from generator.model.registers import Department
from generator.model.release import VettedVersion
from generator.outputs.heads import head
from generator.outputs.listing import counts
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import MayorPage, PostUse
from generator.pages.site import Link

CITY_GOVERNMENT = DepartmentSlug("municipal-government")
_Uses = Iterable[tuple[VettedVersion, tuple[Step, ...]]]


def page(publication: Publication) -> MayorPage:
    """Return the list by the posts of the government that its procedures name."""
    tr, release = publication.tr, publication.release
    body = release.departments.get(CITY_GOVERNMENT)
    active = tuple(release.active())
    named = _names(body) if body else ()
    found = [(version, _steps(version.power, named)) for version in active]
    mine = [use for use in found if use[0].power.department == CITY_GOVERNMENT]
    foreign = [use for use in found if use[0].power.department != CITY_GOVERNMENT and use[1]]
    site = publication.departments.get(CITY_GOVERNMENT)
    return MayorPage(
        head=head(
            publication,
            urls.MAYOR,
            tr("The mayor's list"),
            description=tr("What comes before the city government itself, and at which step."),
        ),
        heading=tr("The mayor's list"),
        name=body.name if body else "",
        counts=counts(version for version, _ in mine),
        own=_by_post(publication, mine, "own"),
        others=_by_post(publication, foreign, "others"),
        site=Link(address=f"{site.home}powers/", text=site.name) if site else None,
    )


def _names(body: Department) -> tuple[str, ...]:
    """Return by what names a post shows that it is the government's: 市政府负责人, 市人民政府."""
    return tuple(filter(None, (body.name, body.short_name, "市人民政府")))


def _steps(power: Power, named: tuple[str, ...]) -> tuple[Step, ...]:
    if not power.procedure:
        return ()
    return tuple(step for step in reading_order(power.procedure) if step.post.startswith(named))


def _by_post(publication: Publication, uses: _Uses, prefix: str) -> tuple[PostUse, ...]:
    """Return the powers under each post that acts for the government, the busiest post first."""
    posts: dict[str, dict[PowerCode, list[str]]] = defaultdict(dict)
    versions = publication.release.powers
    for version, steps in uses:
        for step in steps:
            posts[step.post].setdefault(version.power.code, []).append(step.name)
        if not steps:
            posts[""][version.power.code] = []
    order = sorted(posts, key=lambda post: (not post, -len(posts[post]), post))
    return tuple(
        PostUse(
            key=f"{prefix}-{number}",
            post=post,
            rows=tuple(
                (publication.row(versions[code], publication.municipal), tuple(steps))
                for code, steps in posts[post].items()
            ),
        )
        for number, post in enumerate(order, 1)
    )
