"""Where a city keeps its working tables, as one line of text says it: a path or a URL."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from generator.errors import ConfigError
from generator.i18n import Translator

DEFAULT = "content/database"
"""A folder of CSV files beside the ledger."""


class StoreKind(StrEnum):
    """The kinds of store that hold working tables."""

    FOLDER = "folder"
    SQLITE = "sqlite"
    POSTGRESQL = "postgresql"
    WORKBOOK = "workbook"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A store's kind and place: a path, or a URL as libpq takes it, without our own `schema`."""

    kind: StoreKind
    place: str
    schema: str = ""


_SUFFIXES = {
    ".xlsx": StoreKind.WORKBOOK,
    ".sqlite": StoreKind.SQLITE,
    ".sqlite3": StoreKind.SQLITE,
    ".db": StoreKind.SQLITE,
}
_OTHER_SHEETS = (".xls", ".xlsm", ".xlsb", ".ods", ".et")
_SECRETS = {"password", "sslpassword", "passwd", "pwd"}


def parse(text: str, tr: Translator) -> Address:
    """Return the address that a text means; raise ConfigError, which never repeats a password."""
    text = text.strip()
    scheme = text.partition("://")[0].lower() if "://" in text else ""
    if scheme in ("postgresql", "postgres"):
        return _postgresql(text, tr)
    if scheme == "sqlite":
        return _sqlite(text, tr)
    if scheme or not text or not text.isprintable():
        raise ConfigError(
            tr(
                "is no store that is known; write a folder of CSV files, a file such as "
                "content/city.xlsx or content/city.sqlite, or postgresql://host/database"
            )
        )
    suffix = PurePath(text).suffix.lower()
    if suffix in _OTHER_SHEETS:
        raise ConfigError(
            tr("{suffix} files are not read; save the workbook as .xlsx", suffix=suffix)
        )
    if suffix == ".csv":
        raise ConfigError(tr("is one CSV file; name the folder that holds one for each table"))
    return Address(kind=_SUFFIXES.get(suffix, StoreKind.FOLDER), place=text)


def _sqlite(text: str, tr: Translator) -> Address:
    host, slash, path = text[len("sqlite://") :].partition("/")
    if host or not slash or path in ("", "/", ":memory:"):
        raise ConfigError(
            tr("names no file; write sqlite:///content/city.sqlite, or the path alone")
        )
    return Address(kind=StoreKind.SQLITE, place=unquote(path))


def _postgresql(text: str, tr: Translator) -> Address:
    try:
        parts = urlsplit(text)
        options = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError as error:
        raise ConfigError(
            tr("is no address; write postgresql://user@host/database?schema=powers")
        ) from error
    secret = ":" in parts.netloc.rpartition("@")[0]
    if secret or any(name.lower() in _SECRETS for name, _ in options):
        raise ConfigError(
            tr(
                "holds a password, which version control and logs would keep; take it out, and "
                "give it in PGPASSWORD, in ~/.pgpass or in a service file"
            )
        )
    kept = [(name, value) for name, value in options if name != "schema"]
    url = urlunsplit((parts.scheme, parts.netloc, parts.path, urlencode(kept), ""))
    if not parts.netloc:  # urlunsplit leaves out the slashes of an empty host
        url = f"{parts.scheme}://{url.partition(':')[2].removeprefix('//')}"
    return Address(
        kind=StoreKind.POSTGRESQL, place=url, schema=dict(options).get("schema", "").strip()
    )
