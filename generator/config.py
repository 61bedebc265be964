"""site_config.yml as a frozen SiteConfig. (Provisional: validation by the schema follows.)"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from generator.errors import ConfigError


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    phone: str = ""
    email: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    name: str = ""
    title: str = ""
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offices:
    legality: tuple[str, ...] = ()
    format: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    binary: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteConfig:
    root: Path
    name: str
    title: str
    language: str = "zh-CN"
    tagline: str = ""
    region: str = ""
    domain: str = ""
    as_of: date | None = None
    demonstration: bool = False
    sponsor: str = ""
    site_code: str = ""
    icp_number: str = ""
    public_security_number: str = ""
    error_report: str = ""
    contact: Contact = Contact()
    licence: Licence = Licence()
    offices: Offices = Offices()
    departments: Mapping[str, Any] = field(default_factory=dict)
    features: Mapping[str, bool] = field(default_factory=dict)
    search: Search = Search()

    @property
    def database(self) -> Path:
        return self.root / "content" / "database"

    @property
    def vetted(self) -> Path:
        return self.root / "content" / "vetted"

    @property
    def themes(self) -> Path:
        return self.root / "department_themes"

    @property
    def cache(self) -> Path:
        return self.root / ".daylight"


def load(path: Path) -> SiteConfig:
    if not path.is_file():
        raise ConfigError(
            f"{path}: there is no such file; run `daylight init DIR` or name --config"
        )
    raw = yaml.safe_load(path.read_text("utf-8"))
    o = raw.pop("offices", {})
    one = lambda v: (v,) if isinstance(v, str) else tuple(v or ())
    return SiteConfig(
        root=path.resolve().parent,
        contact=Contact(**raw.pop("contact", {})),
        licence=Licence(**raw.pop("licence", {})),
        offices=Offices(legality=one(o.get("legality")), format=one(o.get("format"))),
        **{"title": raw["name"], **raw},
    )
