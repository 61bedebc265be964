"""site_config.yml: what a city may write, and how it is told what it may not."""

from __future__ import annotations

import json
import pickle
import re
from dataclasses import FrozenInstanceError, fields
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator import checked_yaml, schema_faults
from generator.config import SiteConfig, load, schema
from generator.errors import ConfigError, GeneratorError
from generator.i18n import Translator

ENOUGH = "name: Larkfield\nlanguage: en\nlicence: {name: CC-BY-4.0}\n"
FULL = """
name: Larkfield
title: "Larkfield: powers in the open"
tagline: Who may do what
region: Example Shire
domain: www.larkfield.example/powers
as_of: 2025-04-19
source: content/city.sqlite
language: en
demonstration: true
sponsor: Town Hall
site_code: 0130400009
icp_number: No. 5
public_security_number: No. 13
contact: {phone: 0310-555-0100, email: desk@larkfield.example, address: 1 Example Road}
error_report: https://larkfield.example/report?about=list
licence: {name: CC-BY-4.0, title: CC BY 4.0, path: https://licences.example/by}
offices:
  legality: Legal Affairs Office
  format: [Publication Desk, "Second Desk"]
departments:
  health: {theme: green, domain: health.larkfield.example, title: Health, tagline: For all}
features: {mayor: false, search: true}
search: {binary: tools/pagefind}
"""


def configured(folder: Path, text: str | bytes) -> Path:
    path = folder / "site_config.yml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def faults(folder: Path, text: str | bytes) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(configured(folder, text))
    assert caught.value.exit_code == 2
    return list(caught.value.faults)


def test_everything_that_is_written_arrives(tmp_path):
    """An operator's setting must never be silently passed over."""
    found = load(configured(tmp_path, FULL))

    assert (found.name, found.title) == ("Larkfield", "Larkfield: powers in the open")
    assert (found.tagline, found.region) == ("Who may do what", "Example Shire")
    assert (found.domain, found.as_of) == ("www.larkfield.example/powers", date(2025, 4, 19))
    assert found.source == "content/city.sqlite"
    assert (found.language, found.demonstration) == ("en", True)
    assert found.site_code == "0130400009", "a leading zero must survive"
    assert (found.icp_number, found.public_security_number) == ("No. 5", "No. 13")
    assert (found.contact.phone, found.contact.email) == ("0310-555-0100", "desk@larkfield.example")
    assert found.contact.address == "1 Example Road"
    assert found.error_report == "https://larkfield.example/report?about=list"
    assert found.licence.path == "https://licences.example/by"
    assert (found.sponsor, found.licence.name) == ("Town Hall", "CC-BY-4.0")
    assert found.offices.legality == ("Legal Affairs Office",)
    assert found.offices.format == ("Publication Desk", "Second Desk")
    health = found.departments["health"]
    assert (health.theme, health.domain) == ("green", "health.larkfield.example")
    assert (health.title, health.tagline) == ("Health", "For all")
    assert found.features["search"] is found.features["gallery"] is True
    assert found.features["mayor"] is False
    assert found.search.binary == tmp_path / "tools" / "pagefind"


def test_a_name_and_a_licence_are_enough(tmp_path):
    """A new city must start with as little as possible."""
    found = load(
        configured(tmp_path, "name: 云溪市\nlicence: {name: CC0-1.0}\ndomain:\ntagline:\n")
    )
    assert (found.language, found.domain, found.as_of) == ("zh-CN", "", None)
    assert "云溪市" in found.title
    assert found.source == "content/database"
    assert not found.demonstration
    assert all(found.features.values())
    assert found.offices.legality == ()


def test_folders_are_found_from_the_folder_of_the_file(tmp_path, monkeypatch):
    """A build started from elsewhere must read the same city."""
    configured(tmp_path, ENOUGH)
    monkeypatch.chdir(tmp_path.parent)
    found = load(Path(tmp_path.name) / "site_config.yml")
    assert found.root == tmp_path.resolve()
    assert found.database == found.root / "content" / "database"
    assert found.vetted == found.root / "content" / "vetted"
    assert found.files == found.root / "content" / "files"
    assert found.themes == found.root / "department_themes"
    assert found.cache == found.root / ".daylight"


def test_a_configuration_cannot_be_changed_and_travels_to_workers(tmp_path):
    """What a build rests on must be the same in every part of it."""
    found = load(configured(tmp_path, FULL))
    with pytest.raises(FrozenInstanceError):
        found.name = "x"  # type: ignore[misc]
    assert pickle.loads(pickle.dumps(found)) == found


def test_every_fault_is_told_at_once_with_its_place_and_remedy(tmp_path):
    """Nobody should have to start a build ten times to find ten slips."""
    text = """
language: english
demonstration: yes
domain: https://www.larkfield.example/
as_of: 2025-02-30
error_report: javascript:alert(1)
contact: {phone: "1", email: nobody, fax: 1}
licence: {title: "", path: "javascript:alert(1)"}
offices: {legality: [], format: [A, A]}
departments: {Health: {}, water: {thema: x, theme: "../x"}, fire: 7}
features: {serch: true, gallery: maybe}
search: pagefind
tagline: {a: b}
"""
    found = faults(tmp_path, text)
    expected = {
        "name": "is missing",
        "language (line 2)": "did you mean en?",
        "demonstration (line 3)": "write true or false",
        "domain (line 4)": "without https://",
        "as_of (line 5)": "no calendar has the day 2025-02-30",
        "error_report (line 6)": "begins with https:// or mailto:",
        "contact.email (line 7)": "write an e-mail address",
        "contact.fax (line 7)": "there is no such key",
        "licence.name (line 8)": "is missing",
        "licence.title (line 8)": "is empty",
        "licence.path (line 8)": "begins with https://",
        "offices.legality (line 9)": "is empty",
        "offices.format (line 9)": "names the same twice",
        "departments.Health (line 10)": "write the department's slug",
        "departments.water.thema (line 10)": "did you mean theme?",
        "departments.water.theme (line 10)": "write a folder's name",
        "departments.fire (line 10)": "write its settings below it",
        "features.serch (line 11)": "did you mean search?",
        "features.gallery (line 11)": "write true or false",
        "search (line 12)": "write its settings below it",
        "tagline (line 13)": "write a text",
    }
    for place, says in expected.items():
        told = [line for line in found if line.startswith(f"site_config.yml, {place}: ")]
        assert any(says in line for line in told), (place, found)
    assert len(found) == len(expected)
    numbers = [int(n) for line in found for n in re.findall(r"\(line (\d+)\)", line)]
    assert numbers == sorted(numbers), "faults stand in the order of the file"


@pytest.mark.parametrize(
    "line, says",
    [
        pytest.param("licenSe: x", "licenSe (line 4): there is no such key; did you mean licence?"),
        pytest.param("life-events: x", "did you mean life_events?|choose among|write it as features"),
        pytest.param("phone: x", "phone (line 4): there is no such key here; write it as contact.p"),
        pytest.param("mayor: false", "write it as features.mayor"),
        pytest.param("zzz: x", "there is no such key; delete it, or choose among: name, title"),
        pytest.param("name: Twice", "name (line 4): stands in line 1 already; keep one of the two"),
        pytest.param("contact: {phone: 1, phone: 2}", "contact.phone (line 4): stands in line 4"),
        pytest.param("contact: {? [a] : b}", "contact (line 4): has a key that is no text"),
        pytest.param("tagline: !!python/object:os.system x", "tagline (line 4): has a tag"),
        pytest.param("site_code: !!int 7", "has a tag"),
        pytest.param('tagline: "a\\nb"', "write it on one line"),
        pytest.param("tagline: |\n  block", "write it on one line"),
        pytest.param("offices: {legality: [A, {b: c}]}", r"offices.legality\[2\] \(line 4\): a group"),
        pytest.param("offices: {legality: [~]}", r"legality\[1\] .*: nothing is of the wrong kind"),
        pytest.param(f"tagline: {'x' * 200}", "is longer than 160 characters; shorten it"),
        pytest.param("source: tables.ods", "source (line 4): .ods files are not read; save the"),
        pytest.param("source: mysql://h/d", "source (line 4): is no store that is known; write"),
        pytest.param('source: ""', "source (line 4): is empty; fill it in"),
        pytest.param("source: [a]", "source (line 4): a list is of the wrong kind"),
        pytest.param("as_of: 2025-4-1", "write the day as year-month-day"),
        pytest.param("as_of: ２０２５-０４-０１", "write the day as year-month-day"),
        pytest.param("domain: c.example\ndepartments: {health: {domain: a.example}, fire: {domain: A.example}}",
                     "departments.fire.domain .*a domain|A.example is the domain of departments.health"),
        pytest.param("domain: x.example\ndepartments: {a: {domain: x.example}}", "of the city already"),
        pytest.param("<<: {title: x}", "<< .*there is no such key"),
    ],
)  # fmt: skip
def test_each_slip_is_told_in_words(tmp_path, line, says):
    """A message that only a programmer understands costs the operator a day."""
    found = faults(tmp_path, f"{ENOUGH}{line}\n")
    assert len(found) == 1, found
    assert found[0].startswith("site_config.yml, ")
    plain = says.replace("(line", r"\(line").replace("4):", r"4\):") if "\\" not in says else says
    assert re.search(plain, found[0]), found


@pytest.mark.parametrize(
    "text, says",
    [
        pytest.param("", "site_config.yml: is empty; write at least", id="empty"),
        pytest.param("# only a comment\n", "is empty", id="comment"),
        pytest.param("- a\n- b\n", "holds no settings", id="list"),
        pytest.param("just words\n", "holds no settings", id="scalar"),
        pytest.param("name: a: b\n", "line 1: is not YAML (mapping values", id="colon"),
        pytest.param("name: x\n\ttitle: y\n", "line 2: is not YAML", id="tab"),
        pytest.param('name: "x\ntitle: y\n', "is not YAML", id="open-quote"),
        pytest.param("name: x\n---\nname: y\n", "line 2: is not YAML", id="two-documents"),
        pytest.param("name: &a x\ntitle: *a\n", "line 2: is not YAML (an alias", id="alias"),
        pytest.param("a: &a [*a]\n", "line 1: is not YAML (an alias", id="endless"),
        pytest.param("name: x\ntitle: \x07\n", "line 2: is not YAML (a control", id="control"),
        pytest.param("[" * 5000, "is not YAML", id="deep"),
        pytest.param(b"name: \xba\xaa\xb5\xa6\n", "line 1: is not UTF-8; save", id="gbk"),
        pytest.param(b"name: x\n#\xff\n", "line 2: is not UTF-8; save", id="late-byte"),
        pytest.param(b"x" * 300_000, "is larger than any configuration", id="huge"),
    ],
)
def test_a_file_that_cannot_be_read_names_its_line(tmp_path, text, says):
    """One stray byte must not end in a traceback."""
    with pytest.raises(ConfigError) as caught:
        if isinstance(text, bytes):
            load(configured(tmp_path, text))
        else:
            checked_yaml.read(text, "site_config.yml", Translator("en")).raise_if_faulty()
    [fault] = caught.value.faults
    assert says in fault
    assert "; " in fault


def test_a_missing_file_says_how_to_start(tmp_path):
    """The first command in a wrong folder must lead to the right one."""
    with pytest.raises(ConfigError, match="daylight init"):
        load(tmp_path / "site_config.yml")
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path)


def test_a_byte_order_mark_does_no_harm(tmp_path):
    """Notepad writes one."""
    assert load(configured(tmp_path, b"\xef\xbb\xbf" + ENOUGH.encode())).name == "Larkfield"


@pytest.mark.parametrize(
    "domain",
    [
        "",
        "localhost:8000",
        "handan.example",
        "www.hd.example/quanli/list",
        "邯郸.example",
        "10.0.0.1",
    ],
)
def test_domains_that_can_be_served_are_taken(tmp_path, domain):
    """The address is where the city already stands."""
    assert load(configured(tmp_path, f"{ENOUGH}domain: '{domain}'\n")).domain == domain


@pytest.mark.parametrize(
    "domain",
    ["//x", "x/", "x/../y", "x y", "-x", "x@y", "x?y", "x#y", "javascript:alert(1)", "x//y", "'x'"],
)
def test_domains_that_are_none_are_refused(tmp_path, domain):
    """A wrong domain would break every address of the site."""
    [fault] = faults(tmp_path, f"{ENOUGH}domain: {json.dumps(domain)}\n")
    assert "write the host alone" in fault


@pytest.mark.parametrize("key", ["error_report", "licence.path"])
@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JavaScript:x", "data:text/html,x", "vbscript:x", "//evil.example",
     "https://x\"onload=", "https://x y", "https://x<", "file:///etc/passwd", " https://x"],
)  # fmt: skip
def test_no_unsafe_address_passes(tmp_path, key, url):
    """A link in every footer must not become a script."""
    text = json.dumps(url)
    line = (
        f"error_report: {text}" if key == "error_report" else f"licence: {{name: x, path: {text}}}"
    )
    base = ENOUGH if key == "error_report" else "name: x\nlanguage: en\n"
    [fault] = faults(tmp_path, f"{base}{line}\n")
    assert fault.startswith(f"site_config.yml, {key} ")


def test_a_city_without_data_packages_needs_no_licence(tmp_path):
    """And one with them must name it, or its packages would not be valid."""
    off = "name: x\nlanguage: en\nfeatures: {packages: false}\n"
    assert load(configured(tmp_path, off)).licence.name == ""
    [fault] = faults(tmp_path, "name: x\nlanguage: en\n")
    assert fault.startswith("site_config.yml, licence: is missing")


def test_a_chinese_city_is_told_in_chinese(monkeypatch):
    """Hints come from the schema in the city's language."""
    found = checked_yaml.read("domain: https://x\n", "site_config.yml", Translator("zh-CN"))
    schema_faults.check(found, schema())
    with pytest.raises(ConfigError, match="只写主机名"):
        found.raise_if_faulty()


def test_the_schema_is_sound_and_explains_every_key():
    """Editors and the reference show these texts; a key without one is a riddle."""
    Draft202012Validator.check_schema(schema())

    def walk(rules, place):
        for name, rule in rules.get("properties", {}).items():
            for key in ("title", "title_zh", "description", "description_zh"):
                assert rule.get(key), f"{place}{name} lacks {key}"
            assert re.search("[一-鿿]", rule["description_zh"]), name
            walk(rule, f"{place}{name}.")
        if isinstance(rules.get("additionalProperties"), dict):
            walk(rules["additionalProperties"], f"{place}*.")
        if "pattern" in rules:
            assert rules["patternErrorMessage"] and rules["patternErrorMessage_zh"], place

    walk(schema(), "")


def test_every_key_of_the_schema_has_its_field():
    """A key that is checked and then dropped would be a lie to the operator."""
    named = {field.name for field in fields(SiteConfig)} - {"root"}
    assert set(schema()["properties"]) == named


JSON = st.recursive(
    st.none() | st.booleans() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=6,
)
KEYS = st.sampled_from(list(schema()["properties"])) | st.text(max_size=6)


@settings(deadline=None)
@given(st.dictionaries(KEYS, JSON, max_size=6))
def test_whatever_is_written_ends_in_a_configuration_or_in_words(tmp_path_factory, values):
    """Never in a traceback, and never in jsonschema's own English."""
    path = configured(tmp_path_factory.getbasetemp(), json.dumps({"language": "en", **values}))
    try:
        load(path)
    except GeneratorError as error:
        assert isinstance(error, ConfigError)
        for line in error.faults:
            assert "; " in line or "；" in line or "did you mean" in line, line
            assert "is a required property" not in line
            assert "is not of type" not in line
            assert "does not match" not in line


def test_a_password_in_the_address_of_the_tables_is_refused_and_not_repeated(tmp_path):
    """The configuration is in version control, and its faults are in the logs of every build."""
    (found,) = faults(tmp_path, f"{ENOUGH}source: postgresql://me:hunter2@db.example/city\n")

    assert found.startswith("site_config.yml, source (line 4): holds a password")
    assert "PGPASSWORD" in found and "hunter2" not in found
