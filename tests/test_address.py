"""Where the tables are kept, as an operator writes it."""

from __future__ import annotations

import pytest

from generator.address import Address, StoreKind, parse
from generator.errors import ConfigError
from generator.i18n import Translator

TR = Translator("en")


@pytest.mark.parametrize(
    ("text", "kind", "place", "schema"),
    [
        ("content/database", StoreKind.FOLDER, "content/database", ""),
        (" content/database/ ", StoreKind.FOLDER, "content/database/", ""),
        ("权责清单.xlsx", StoreKind.WORKBOOK, "权责清单.xlsx", ""),
        ("content/City.XLSX", StoreKind.WORKBOOK, "content/City.XLSX", ""),
        ("content/city.sqlite", StoreKind.SQLITE, "content/city.sqlite", ""),
        ("/srv/city.db", StoreKind.SQLITE, "/srv/city.db", ""),
        ("sqlite:///content/city", StoreKind.SQLITE, "content/city", ""),
        ("sqlite:////srv/a%20b", StoreKind.SQLITE, "/srv/a b", ""),
        ("postgresql://c@h/d?schema=p", StoreKind.POSTGRESQL, "postgresql://c@h/d", "p"),
        ("postgres:///d", StoreKind.POSTGRESQL, "postgres:///d", ""),
        (
            "postgresql:///d?host=/run/x&schema=%E6%B8%85%E5%8D%95&user=u",
            StoreKind.POSTGRESQL,
            "postgresql:///d?host=%2Frun%2Fx&user=u",
            "清单",
        ),
        ("postgresql://?service=city", StoreKind.POSTGRESQL, "postgresql://?service=city", ""),
    ],
)
def test_an_address_means_one_store(text, kind, place, schema):
    """Tables read from another place than the operator named would be somebody else's."""
    assert parse(text, TR) == Address(kind=kind, place=place, schema=schema)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is no store that is known"),
        ("mysql://h/d", "is no store that is known"),
        ("https://example.gov/list.xlsx", "is no store that is known"),
        ("content/\ndatabase", "is no store that is known"),
        ("list.xls", ".xls files are not read; save the workbook as .xlsx"),
        ("list.ET", ".et files are not read"),
        ("content/database/powers.csv", "is one CSV file; name the folder"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite://city.sqlite", "names no file"),
        ("postgresql://[h/d", "is no address"),
    ],
)
def test_what_is_no_address_is_told(text, says):
    """An operator must learn what to write instead."""
    with pytest.raises(ConfigError, match=says.replace(".", r"\.")):
        parse(text, TR)


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://me:hunter2@h/d",
        "postgresql://me:hunter2@h1,h2/d",
        "postgres://h/d?password=hunter2",
        "postgresql://h/d?Password=hunter2&schema=p",
        "postgresql://h/d?sslpassword=hunter2",
    ],
)
def test_a_password_is_refused_and_not_repeated(text):
    """A password in the configuration is in version control, and a message in every log."""
    with pytest.raises(ConfigError, match="PGPASSWORD") as caught:
        parse(text, TR)

    assert "hunter2" not in str(caught.value)
