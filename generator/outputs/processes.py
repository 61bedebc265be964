"""The flowcharts of each department as BPMN 2.0, in one zip: for those who study or merge procedures."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from generator.builder import fingerprint
from generator.builder.artifact import Artifact
from generator.flowcharts.bpmn import bpmn
from generator.model.codes import DepartmentSlug
from generator.model.release import VettedVersion
from generator.outputs.galleries import drawn
from generator.outputs.publication import Publication
from generator.pages import urls

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest day a zip can name: its files have no date of their own."""


def plan(publication: Publication) -> Iterator[Artifact]:
    """Yield `departments/<slug>/flowcharts/bpmn.zip` for every department with a flowchart."""
    for slug, site in publication.departments.items():
        if not publication.makes(slug):
            continue
        versions = [version for _, version in drawn(publication, site)]
        if versions:
            yield _archive(publication, slug, versions)


def _archive(
    publication: Publication, slug: DepartmentSlug, versions: list[VettedVersion]
) -> Artifact:
    tr, name = publication.tr, publication.release.departments[slug].name
    keys = [
        (version.power.code, version.power.name, publication.chart_keys[version.power.code])
        for version in versions
    ]
    procedures = [fingerprint.of(version.power.procedure) for version in versions]

    def render() -> bytes:
        files = (
            (f"{v.power.code}.bpmn", bpmn(v.power.procedure, v.power.name, name, tr))
            for v in versions
        )
        return zipped(files)

    return Artifact(
        path=urls.bpmn(slug),
        fingerprint=fingerprint.of("bpmn/1", keys, procedures, name, tr.digest),
        render=render,
        site=slug,
    )


def zipped(files: Iterator[tuple[str, bytes]]) -> bytes:
    """Return a zip of files by name, the same bytes on every machine.

    Nothing is compressed: what zlib makes of a file differs from one build of it to another.
    """
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, content in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            archive.writestr(entry, content)
    return made.getvalue()
