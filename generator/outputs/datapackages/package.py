"""A package as a whole: its files are made together, once, when the first of them is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.builder import fingerprint
from generator.model.codes import DepartmentSlug
from generator.outputs.datapackages import descriptor
from generator.outputs.datapackages.tables import PublishedTable, of_release
from generator.outputs.publication import Publication
from generator.pages import urls


@dataclass(frozen=True)
class Package:
    """The data package of the city, or of one department."""

    publication: Publication
    department: DepartmentSlug | None = None

    @property
    def folder(self) -> str:
        """Where the package stands in the output."""
        return urls.department_package(self.department) if self.department else urls.DATA

    @property
    def page(self) -> str:
        """The page that presents the package; a folder of files has none of its own."""
        return urls.department_page(self.department, "data") if self.department else urls.DATA

    @property
    def title(self) -> str:
        """What the package is called."""
        tr, release = self.publication.tr, self.publication.release
        name = release.departments[self.department].name if self.department else release_name(self)
        return tr("{name}: list of powers", name=name)

    @cached_property
    def fingerprint(self) -> str:
        """A digest of all that the package's bytes depend on."""
        release, config = self.publication.release, self.publication.config
        versions = (
            release.of_department(self.department) if self.department else release.powers.values()
        )
        return fingerprint.of(
            "package/1",
            [(version.power.code, version.digest) for version in versions],
            tuple(release.departments.values()),
            tuple(release.instruments.values()),
            () if self.department else (tuple(release.life_events.values()), release.synonyms),
            (self.title, self.version, config.demonstration, self.publication.tr.digest),
            (config.licence, config.domain, config.sponsor, config.name, config.region),
        )

    @property
    def version(self) -> str:
        """The day of the latest sign-off or withdrawal that the package knows."""
        if not self.department:
            return self.publication.release.date.isoformat()
        days = [v.vetted_on for v in self.publication.release.of_department(self.department)]
        return max(days, default=self.publication.release.date).isoformat()

    @cached_property
    def tables(self) -> tuple[PublishedTable, ...]:
        """The package's tables, in the order of their definition."""
        return tuple(of_release(self.publication.release, self.department))

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """Every file of the package by its name in the folder."""
        files = {f"{table.schema.name}.csv": table.csv() for table in self.tables}
        files["datapackage.json"] = descriptor.encode(self._descriptor(files))
        files["README.md"] = self._readme().encode()
        files["SHA256SUMS"] = descriptor.checksums(files)
        return files

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the files, known without making them."""
        from generator.outputs.datapackages.tables import CITY_ONLY
        from generator.sources.schema import tables

        skipped = CITY_ONLY if self.department else ()
        csvs = [f"{name}.csv" for name in tables() if name not in skipped]
        return (*csvs, "datapackage.json", "README.md", "SHA256SUMS")

    def _descriptor(self, files: Mapping[str, bytes]) -> Mapping[str, Any]:
        config, tr = self.publication.config, self.publication.tr
        present = {table.schema.name for table in self.tables} | {
            "self:departments",
            "self:instruments",
        }
        if not self.department:
            present.add("self:powers")
        return {
            "$schema": descriptor.PROFILE.format("datapackage"),
            "name": f"powers-{self.department or 'city'}",
            "title": self.title,
            "description": self._description(),
            "version": self.version,
            **({"homepage": f"https://{config.domain}/"} if config.domain else {}),
            "licenses": [_licence(config.licence)],
            "contributors": [{"title": config.sponsor or config.name, "roles": ["publisher"]}],
            "keywords": [
                tr("administrative powers"),
                tr("open government data"),
                config.region or config.name,
            ],
            "demonstration": config.demonstration,
            "citation": self.citation,
            "resources": [
                descriptor.resource(table, files[f"{table.schema.name}.csv"], present, tr)
                for table in self.tables
            ],
        }

    @property
    def citation(self) -> str:
        """How to cite the package."""
        config, tr = self.publication.config, self.publication.tr
        where = f"https://{config.domain}/{self.page}" if config.domain else self.page
        return tr(
            "{publisher}. {title}. Version {version}. {where}",
            publisher=config.sponsor or config.name,
            title=self.title,
            version=self.version,
            where=where,
        )

    def _description(self) -> str:
        tr = self.publication.tr
        text = tr(
            "Every published power with its legal bases, materials, fees, responsibilities and procedure."
        )
        if self.publication.config.demonstration:
            text += " " + demonstration_note(self.publication)
        return text

    def _readme(self) -> str:
        tr = self.publication.tr
        lines = [f"# {self.title}", "", self._description(), ""]
        lines += [f"- {tr('Version')}: {self.version}", f"- {tr('How to cite')}: {self.citation}"]
        lines += [f"- {tr('Licence')}: {self.publication.config.licence.title}", ""]
        lines += [
            tr(
                "Text is UTF-8. Codes are text: keep their zeros. "
                "Several values in a cell are separated by semicolons."
            )
        ]
        lines += ["", "| CSV | |", "|---|---|"]
        for table in self.tables:
            title = table.schema.label(tr.language)
            lines.append(f"| `{table.schema.name}.csv` | {title} ({len(table.rows)}) |")
        return "\n".join(lines) + "\n"


def demonstration_note(publication: Publication) -> str:
    """Return the sentence that every package and file of a demonstration carries."""
    return publication.tr("This is a demonstration, not an official publication.")


def release_name(package: Package) -> str:
    """Return the name under which the city publishes."""
    return package.publication.config.name


def _licence(licence: Any) -> dict[str, str]:
    found = {"name": licence.name, "title": licence.title, "path": licence.path}
    return {key: value for key, value in found.items() if value}
