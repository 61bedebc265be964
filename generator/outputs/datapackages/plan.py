"""Plans the packages' files, their pages, the data dictionary, and each power as JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from generator.builder import fingerprint
from generator.builder.artifact import Artifact
from generator.i18n import Translator
from generator.model.release import VettedVersion
from generator.outputs.datapackages.package import Package, demonstration_note
from generator.outputs.heads import head
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import (
    ColumnNote,
    DataPage,
    DictionaryPage,
    Download,
    Tally,
)
from generator.pages.labels import label
from generator.pages.site import Link, Site
from generator.sources import encode
from generator.sources.schema import Field, tables


def plan(publication: Publication) -> Iterator[Artifact]:
    """Yield every file of every package, the pages that offer them, and the powers' JSON."""
    for version in publication.release.powers.values():
        yield _power_json(publication, version)
    if not publication.has("packages"):
        return
    if publication.makes(publication.municipal.slug):
        yield from _package(publication, Package(publication), publication.municipal)
        yield publication.page(publication.municipal, _dictionary(publication))
    for slug, site in publication.departments.items():
        if publication.makes(slug):
            yield from _package(publication, Package(publication, slug), site)


def _package(publication: Publication, package: Package, site: Site) -> Iterator[Artifact]:
    for name in package.names:
        yield Artifact(
            path=f"{package.folder}{name}",
            fingerprint=fingerprint.of(name, package.fingerprint),
            render=lambda name=name: package.files[name],  # type: ignore[misc]
            site=site.slug,
        )
    empty = _page(publication, package, site, ())
    yield Artifact(
        path=urls.file_of(empty.head.address),
        fingerprint=fingerprint.of(
            publication.renderer.fingerprint(site, empty), package.fingerprint
        ),
        render=lambda: publication.renderer.page(
            site, _page(publication, package, site, tuple(_downloads(publication, package)))
        ),
        site=site.slug,
    )


def _downloads(publication: Publication, package: Package) -> Iterator[Download]:
    language = publication.tr.language
    for table in package.tables:
        name = f"{table.schema.name}.csv"
        content = package.files[name]
        yield Download(
            address=f"{package.folder}{name}",
            name=name,
            title=table.schema.label(language),
            description=table.schema.about(language),
            rows=len(table.rows),
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
        )


def _page(
    publication: Publication, package: Package, site: Site, downloads: tuple[Download, ...]
) -> DataPage:
    tr, release, licence = publication.tr, publication.release, publication.config.licence
    packages: tuple[Tally, ...] = ()
    if site.is_municipal:
        packages = tuple(
            Tally(
                address=urls.department_page(slug, "data"),
                text=release.departments[slug].label,
                count=len(publication.lookup.by_department.get(slug, ())),
            )
            for slug in publication.departments
        )
    return DataPage(
        head=head(
            publication,
            f"{site.home}{urls.DATA}",
            tr("Open data"),
            site=site,
            description=tr("The list as data: CSV with a documented schema and checksums."),
            column_type=tr("Open data"),
        ),
        heading=tr("Open data"),
        release_date=release.date,
        as_of=release.as_of,
        downloads=downloads,
        descriptor=Link(address=f"{package.folder}datapackage.json", text="datapackage.json"),
        checksums=Link(address=f"{package.folder}SHA256SUMS", text="SHA256SUMS"),
        dictionary=Link(address=urls.DICTIONARY, text=tr("Data dictionary")),
        citation=package.citation,
        licence=Link(address=licence.path, text=licence.title or licence.name),
        packages=packages,
    )


def _dictionary(publication: Publication) -> DictionaryPage:
    tr = publication.tr
    return DictionaryPage(
        head=head(
            publication,
            urls.DICTIONARY,
            tr("Data dictionary"),
            under=Link(address=urls.DATA, text=tr("Open data")),
            description=tr("Every published table, column by column."),
            column_type=tr("Open data"),
        ),
        tables=tuple(
            (
                schema.name,
                schema.label(tr.language),
                schema.about(tr.language),
                tuple(_column(publication, field) for field in schema.published),
            )
            for schema in tables().values()
        ),
    )


def _column(publication: Publication, field: Field) -> ColumnNote:
    tr = publication.tr
    return ColumnNote(
        name=field.name,
        title=field.label(tr.language),
        type=_type(field.type, tr),
        description=field.about(tr.language),
        required=field.required,
        values=tuple((value, label(value, tr)) for value in field.enum),
    )


def _type(name: str, tr: Translator) -> str:
    """Return what a type of the Table Schema is called by people."""
    names = {
        "string": tr("text"),
        "integer": tr("whole number"),
        "date": tr("date"),
        "boolean": tr("yes or no"),
    }
    return names.get(name, name)


def _power_json(publication: Publication, version: VettedVersion) -> Artifact:
    power = version.power
    department = publication.release.departments[power.department]
    config = publication.config
    return Artifact(
        path=urls.power_json(power.code),
        fingerprint=fingerprint.of(
            "power.json/1",
            version.digest,
            version.vetted_on,
            department.name,
            config.demonstration,
            config.domain,
            config.licence.path,
            publication.tr.language,
        ),
        render=lambda: _encoded(_facts(publication, version)),
        site=publication.municipal.slug,
    )


def _facts(publication: Publication, version: VettedVersion) -> dict[str, Any]:
    config, power = publication.config, version.power
    notes: dict[str, Any] = {}
    if config.demonstration:
        notes = {"demonstration": True, "note": demonstration_note(publication)}
    return {
        **notes,
        **encode.record(power),
        "department_name": publication.release.departments[power.department].name,
        "scheme": "d1",
        "digest": version.digest,
        "vetted_on": version.vetted_on.isoformat(),
        "page": urls.power(power.code),
        "licence": config.licence.path or config.licence.name,
    }


def _encoded(facts: dict[str, Any]) -> bytes:
    return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()
