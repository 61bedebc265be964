"""site_config.yml as a frozen SiteConfig; every fault is reported at once, with its place.

Keys, types and texts about them are defined once, in site_config.schema.json beside this
module: editors use it, the reference is made from it, and `load` checks with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from generator import address, checked_yaml, schema_faults
from generator.checked_yaml import Checked, Keys
from generator.errors import ConfigError
from generator.i18n import LANGUAGES, Translator, translator
from generator.model.codes import Stage
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
    as_of = _as_of(found)
    _check_source(found)
    _check_domains(found)
    _check_licence(found)
    _check_reviewers(found)
    found.raise_if_faulty()
    return _made(path.resolve().parent, found.values, as_of, tr)


def _language(text: str) -> str:
    """Return the language in which to speak of a file that may be faulty."""
    named = _LANGUAGE.search(text)
    return "en" if named and named[1].lower().startswith("en") else DEFAULT_LANGUAGE


def _made(root: Path, values: dict[str, Any], as_of: date | None, tr: Translator) -> SiteConfig:
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
        as_of=as_of,
        demonstration=values.get("demonstration", False),
        contact=Contact(**values.get("contact", {})),
        licence=Licence(**values.get("licence", {})),
        offices=Offices(**{stage: _several(names) for stage, names in offices.items()}),
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


def _several(names: str | list[str]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


def _reviewer(values: Mapping[str, str]) -> Reviewer:
    first, last = (values.get(name) for name in ("from", "until"))
    return Reviewer(
        office=values["office"],
        stage=values["stage"],
        key=" ".join(values["key"].split()[:2]),
        valid_from=date.fromisoformat(first) if first else None,
        until=date.fromisoformat(last) if last else None,
    )


def _check_reviewers(found: Checked) -> None:
    """Add a fault for a key of an office that may not sign its stage, and for days of no calendar."""
    offices, reviewers = found.values.get("offices"), found.values.get("reviewers")
    stages: dict[str, str] = {}
    for number, entry in enumerate(reviewers if isinstance(reviewers, list) else ()):
        if not isinstance(entry, dict):
            continue
        for name in ("from", "until"):
            _day(found, ("reviewers", number, name), entry.get(name))
        stage, office = entry.get("stage"), entry.get("office")
        key = " ".join(str(entry.get("key")).split()[:2])
        if stage in set(Stage) and stages.setdefault(key, str(stage)) != stage:
            found.fault(
                ("reviewers", number, "key"),
                "the same key stands for both stages; the two sign-offs are two people's: give "
                "each a key of its own",
            )
        named = offices.get(stage) if isinstance(offices, dict) and isinstance(stage, str) else None
        known = _several(named) if isinstance(named, str | list) else ()
        if known and isinstance(office, str) and office not in known:
            found.fault(
                ("reviewers", number, "office"),
                "{office} is not among the offices of stage {stage}; add it to offices.{stage}, or "
                "write it as there",
                office=office,
                stage=stage,
            )


def _as_of(found: Checked) -> date | None:
    """Return the city's day, if it has one."""
    return _day(found, ("as_of",), found.values.get("as_of"))


def _day(found: Checked, keys: Keys, value: object) -> date | None:
    """Return the day; a day that no calendar has is a fault that no pattern finds."""
    if not isinstance(value, str) or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        found.fault(keys, "no calendar has the day {day}; correct it", day=value)
        return None


def _check_source(found: Checked) -> None:
    """Add a fault if the address of the working tables cannot be one; no password is repeated."""
    source = found.values.get("source")
    if isinstance(source, str) and source:
        try:
            address.parse(source, found.tr)
        except ConfigError as error:
            found.fault(("source",), str(error))


def _check_domains(found: Checked) -> None:
    """Add a fault for every domain that two sites claim, or whose pages could not name the city's.

    A department's pages give the city's as their canonical addresses, in full.
    """
    first: dict[str, Keys] = {}
    has_city = bool(found.values.get("domain"))
    for keys, domain in _domains(found.values):
        if len(keys) > 1 and not has_city:
            found.fault(keys, "needs the city's own domain beside it; give `domain` at the top")
        other = first.setdefault(domain.lower(), keys)
        if other != keys:
            found.fault(
                keys,
                "{domain} is the domain of {other} already; give each site its own",
                domain=domain,
                other=checked_yaml.dotted(other[:-1]) or found.tr("the city"),
            )


def _domains(values: Mapping[str, Any]) -> Iterator[tuple[Keys, str]]:
    departments = values.get("departments")
    groups: dict[Keys, Any] = {(): values}
    if isinstance(departments, dict):
        groups |= {("departments", slug): group for slug, group in departments.items()}
    for keys, group in groups.items():
        domain = group.get("domain") if isinstance(group, dict) else None
        if isinstance(domain, str) and domain:
            yield (*keys, "domain"), domain


def _check_licence(found: Checked) -> None:
    """Add a fault if there are data packages, which must name a licence, and no licence."""
    features = found.values.get("features")
    wanted = not isinstance(features, dict) or features.get("packages") is not False
    if wanted and "licence" not in found.values:
        found.fault(
            ("licence",),
            "is missing; data packages must name the licence of the data, such as CC-BY-4.0, "
            "or switch them off with features.packages: false",
        )
