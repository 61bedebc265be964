"""The city's files that one department's pages show or link, wherever its site stands alone."""

from __future__ import annotations

from generator.model.codes import DepartmentSlug
from generator.outputs.publication import Publication
from generator.pages import urls


def files(publication: Publication, slug: DepartmentSlug) -> frozenset[str]:
    """Return their addresses: of each power the JSON, the drawing, blank forms and samples."""
    powers = [version.power for version in publication.release.of_department(slug)]
    attached = (
        urls.attachment(file.sha256, file.name)
        for power in powers
        for material in power.materials
        for file in material.attachments
    )
    drawn = (urls.power_chart(power.code) for power in powers)
    return frozenset((*attached, *drawn, *(urls.power_json(power.code) for power in powers)))
