"""The flowcharts beside the pages: files of their own, galleries, an index, BPMN, scripts' words."""

from __future__ import annotations

from collections.abc import Iterator

from generator.builder import fingerprint
from generator.builder.artifact import Artifact
from generator.model.release import VettedVersion
from generator.outputs import chart_words, galleries, processes
from generator.outputs.publication import Publication
from generator.pages import urls


def plan(publication: Publication) -> Iterator[Artifact]:
    """Yield `powers/<code>.svg` for every chart, the city's gallery and each department's."""
    yield chart_words.plan(publication)
    if not publication.has("flowcharts"):
        return
    for version in publication.release.powers.values():
        if publication.chart_keys.get(version.power.code, "") in publication.charts:
            yield _drawing(publication, version)
    yield from galleries.plan(publication)
    yield from processes.plan(publication)


def _drawing(publication: Publication, version: VettedVersion) -> Artifact:
    power, tr = version.power, publication.tr
    key = publication.chart_keys[power.code]
    note = (
        tr("Demonstration, not an official publication") if publication.config.demonstration else ""
    )
    return Artifact(
        path=urls.power_chart(power.code),
        fingerprint=fingerprint.of("chart", key, power.name, note, tr.language),
        render=lambda: publication.charts.standalone(key, power.name, credit=note),
        site=publication.municipal.slug,
    )
