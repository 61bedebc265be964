"""What the page about the data says of itself: figures, recorded counts of drafts, waivers.

All of it comes from the release. How many drafts wait or are refused is known to it only
through a count recorded in the ledger, so that a draft by itself changes no published byte.
"""

from __future__ import annotations

from collections.abc import Mapping

from generator.model.codes import PowerCode
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import CountRow, DraftCounts, WaiverRow
from generator.pages.site import Link


def figures(publication: Publication) -> Mapping[str, str]:
    """Return the figures of the release by what they are called."""
    tr, release = publication.tr, publication.release
    active = sum(1 for _ in release.active())
    return {
        tr("The list as of"): release.as_of.isoformat(),
        tr("Latest vetted change"): release.date.isoformat(),
        tr("Powers in force"): str(active),
        tr("Powers given up"): str(len(publication.lookup.ended)),
        tr("Instruments in the law register"): str(len(release.instruments)),
    }


def drafts(publication: Publication) -> DraftCounts | None:
    """Return the last recorded count of drafts; None if none was recorded by the release's day."""
    release = publication.release
    count = release.status
    if count is None:
        return None
    rows = []
    for slug, found in count.departments.items():
        department = release.departments.get(slug)
        if department and (found.waiting or found.refused):
            link = Link(address=urls.department(slug), text=department.name)
            rows.append(CountRow(department=link, waiting=found.waiting, refused=found.refused))
    return DraftCounts(
        day=count.date,
        waiting=count.city.waiting,
        refused=count.city.refused,
        departments=tuple(rows),
    )


def waivers(publication: Publication) -> tuple[WaiverRow, ...]:
    """Return the signed waivers that hold on the release's day, in their order."""
    release = publication.release
    return tuple(
        WaiverRow(
            rule=waiver.rule,
            record=waiver.record,
            link=publication.link(PowerCode(waiver.record), publication.municipal),
            reason=waiver.reason,
            decided_by=waiver.decided_by,
            until=waiver.until,
        )
        for waiver in release.waivers
        if waiver.until is None or waiver.until >= release.as_of
    )
