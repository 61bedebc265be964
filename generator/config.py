"""site_config.yml as a frozen SiteConfig; every fault is reported at once, with its place.

Keys, types and texts about them are defined once, in site_config.schema.json beside this
module: editors use it, the reference is made from it, and `load` checks with it. What no
schema can say is in `config_checks`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from generator import address, checked_yaml, config_checks, schema_faults
from generator.i18n import LANGUAGES, Translator, translator
from generator.model.reviewers import Reviewer

DEFAULT_LANGUAGE = LANGUAGES[0]
_LANGUAGE = re.compile(r"^language:[ \t]*[\"']?([A-Za-z-]+)", re.MULTILINE)


@cache
def schema() -> Mapping[str, Any]:
    """Return the JSON Schema of site_config.yml."""
    text = (resources.files("generator") / "site_config.schema.json").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = json.loads(text)
    return loaded


def every_feature() -> dict[str, bool]:
    """Return all features, switched on."""
    return dict.fromkeys(schema()["properties"]["features"]["properties"], True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """How to reach whoever runs the site."""

    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """The licence of the published data."""

    name: str = ""
    title: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offices:
    """The offices that may sign each stage; any may, if none is named."""

    legality: tuple[str, ...] = ()
    format: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DepartmentSettings:
    """What the configuration says about one department's site; empty for its own defaults."""

    theme: str = ""
    domain: str = ""
    title: str = ""
    tagline: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """How the search index is made; `binary` is another Pagefind than the one installed."""

    binary: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Privacy:
    """Telephone and account numbers that look like a person's and are an office's; digits only."""

    allowed_numbers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteConfig:
    """The configuration of a city; folders are found from the folder of the file.

    `features` holds every feature by name; texts are empty where nothing is given.
    """

    root: Path
    name: str
    title: str
    language: str = DEFAULT_LANGUAGE
    tagline: str = ""
    region: str = ""
    domain: str = ""
    as_of: date | None = None
    source: str = address.DEFAULT
    demonstration: bool = False
    sponsor: str = ""
    site_code: str = ""
    icp_number: str = ""
    public_security_number: str = ""
    error_report: str = ""
    contact: Contact = Contact()
    licence: Licence = Licence()
    offices: Offices = Offices()
    reviewers: tuple[Reviewer, ...] = ()
    departments: Mapping[str, DepartmentSettings] = field(default_factory=dict)
    features: Mapping[str, bool] = field(default_factory=every_feature)
    search: Search = Search()
    privacy: Privacy = Privacy()

    @property
    def content(self) -> Path:
        """What the city writes: working tables, the ledger, files, prose."""
        return self.root / "content"

    @property
    def database(self) -> Path:
        """Where the working tables are kept unless `source` names another place."""
        return self.root / address.DEFAULT

    @property
    def vetted(self) -> Path:
        """The ledger."""
        return self.content / "vetted"

    @property
    def files(self) -> Path:
        """Blank forms and samples that records name."""
        return self.content / "files"

    @property
    def themes(self) -> Path:
        """The departments' themes, a folder each."""
        return self.root / "department_themes"

    @property
    def cache(self) -> Path:
        """What may vanish at any time."""
        return self.root / ".daylight"


def load(path: Path) -> SiteConfig:
    """Return the configuration; raise ConfigError with all of its faults, in its own language."""
    text = checked_yaml.read_text(path, translator("en"))
    tr = translator(_language(text))
    found = checked_yaml.read(text, path.name, tr)
    if not found.values:
        found.raise_if_faulty()
    schema_faults.check(found, schema())
    config_checks.check(found)
    found.raise_if_faulty()
    return _made(path.resolve().parent, found.values, tr)


def _language(text: str) -> str:
    """Return the language in which to speak of a file that may be faulty."""
    named = _LANGUAGE.search(text)
    return "en" if named and named[1].lower().startswith("en") else DEFAULT_LANGUAGE


def _made(root: Path, values: dict[str, Any], tr: Translator) -> SiteConfig:
    texts = {
        key: values[key]
        for key, rules in schema()["properties"].items()
        if key in values and rules.get("type") == "string" and key != "as_of"
    }
    texts.setdefault("title", tr("Powers of {name}", name=values["name"]))
    offices, search = values.get("offices", {}), values.get("search", {})
    return SiteConfig(
        root=root,
        **texts,
        language=values.get("language", DEFAULT_LANGUAGE),
        as_of=config_checks.day(values.get("as_of")),
        demonstration=values.get("demonstration", False),
        contact=Contact(**values.get("contact", {})),
        licence=Licence(**values.get("licence", {})),
        offices=Offices(
            **{stage: config_checks.several(names) for stage, names in offices.items()}
        ),
        reviewers=tuple(_reviewer(each) for each in values.get("reviewers", ())),
        departments={
            slug: DepartmentSettings(**settings)
            for slug, settings in values.get("departments", {}).items()
        },
        features=every_feature() | values.get("features", {}),
        privacy=Privacy(
            allowed_numbers=frozenset(
                re.sub(r"^ *(?:\+|00)86|[^0-9]", "", number)
                for number in values.get("privacy", {}).get("allowed_numbers", ())
            )
        ),
        search=Search(binary=root / search["binary"] if "binary" in search else None),
    )


def _reviewer(values: Mapping[str, str]) -> Reviewer:
    return Reviewer(
        office=values["office"],
        stage=values["stage"],
        key=" ".join(values["key"].split()[:2]),
        valid_from=config_checks.day(values.get("from")),
        until=config_checks.day(values.get("until")),
    )
