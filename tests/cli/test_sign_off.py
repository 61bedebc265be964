"""Signing, revoking and withdrawing at the command line, with and without keys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

import pytest

from tests.cli.test_bad_input import Ending, Shell, shell
from tests.ledger.keys import Key
from tests.publication.city import City

__all__ = ["shell"]

CODE, OTHER = "LF-LIC-001", "LF-INS-001"
DAY = "2026-04-01"


def digests(shell: Shell, *arguments: str) -> Mapping[str, str]:
    """Return the digests of the market office's proof sheet."""
    made = shell.run("proof", "market-regulation", "--no-pdf", "--format", "json", *arguments)
    assert made.code == 0, made.err
    found: dict[str, str] = json.loads(made.out)["digests"]
    return found


def ledger_of(city: City) -> Mapping[str, bytes]:
    """Return every file of the ledger."""
    return {str(path): path.read_bytes() for path in city.config.vetted.rglob("*.jsonl")}


def entered(city: City, code: str) -> int:
    """Return how many versions of a power the ledger's files hold."""
    lines = [line for path in city.config.vetted.glob("*.jsonl") for line in path.open("rb")]
    return sum(json.loads(line).get("code") == code for line in lines)


def page(city: City, path: str) -> str:
    return (city.output / path).read_text("utf-8")


def name_keys(city: City, keys: Mapping[str, Key], **more: str) -> None:
    """Name keys in the configuration, each for its stage and the office of that stage."""
    offices = city.config.offices
    of = {"legality": offices.legality[0], "format": offices.format[0], "withdrawal": "Council"}
    lines = ["", "reviewers:"]
    for stage, key in keys.items():
        lines += [f"  - office: {of[stage]}", f"    stage: {stage}", f"    key: {key.public}"]
        lines += [f"    {name}: {value}" for name, value in more.items()]
    path = city.root / "site_config.yml"
    path.write_text(path.read_text("utf-8") + "\n".join([*lines, ""]), "utf-8")


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> Mapping[str, Key]:
    folder = tmp_path_factory.mktemp("keys")
    return {stage: Key.make(folder / stage) for stage in ("legality", "format", "withdrawal")}


def sign_both(shell: Shell, keys: Mapping[str, Key], *what: str, day: str = DAY) -> Ending:
    for stage in ("legality", "format"):
        ending = shell.sign(stage, "--key", str(keys[stage].path), *what, day=day)
        assert ending.code == 0, ending
    return ending


def test_the_digest_of_the_proof_sheet_lets_the_record_be_signed(shell: Shell):
    """What a reviewer read on paper must be what is signed."""
    shell.city.edit(CODE, summary="Changed.")
    digest = digests(shell)[CODE]

    whole = shell.sign("legality", "--digest", digest, CODE)
    first = shell.sign("format", "--digest", f"d1:{digest[:16]}", CODE)

    assert (whole.code, first.code) == (0, 0)
    assert "1 entered the ledger" in first.out


def test_another_digest_is_refused_and_both_are_told(shell: Shell):
    """A record changed after the review must not ride on the reviewer's signature."""
    shell.city.edit(CODE, summary="Reviewed.")
    reviewed = digests(shell)[CODE]
    shell.city.edit(CODE, summary="Changed after the review.")
    before = ledger_of(shell.city)

    ending = shell.sign("legality", "--digest", reviewed, CODE)

    assert ending.code == 1
    assert reviewed in ending.err and digests(shell)[CODE] in ending.err
    assert ledger_of(shell.city) == before


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(("--digest", "12ab12ab12ab12a", CODE), id="too-short"),
        pytest.param(("--digest", "nonsense-nonsense", CODE), id="no-digest"),
        pytest.param(("--digest", "0" * 64, CODE, OTHER), id="two-records"),
        pytest.param(("--digests", "site_config.yml", CODE), id="no-list"),
    ],
)
def test_what_is_no_digest_is_wrong_use(shell: Shell, arguments: tuple[str, ...]):
    """A slip of the finger must not sign something else."""
    ending = shell.sign("legality", *arguments)

    assert ending.code == 2
    assert "--digest" in ending.err


def test_the_list_beside_the_sheet_signs_what_is_as_on_it_and_nothing_else(shell: Shell):
    """A department's sheet is signed as a whole, less what has changed since."""
    for code in (CODE, OTHER):
        shell.city.edit(code, summary="Reviewed.")
    digests(shell, "--changed")
    shell.city.edit(OTHER, summary="Changed after the review.")

    ending = shell.sign("legality", "--digests", "proofs/market-regulation.digests.json")

    assert ending.code == 1
    assert f"{OTHER}: is not as on the proof sheet" in ending.err
    assert "signed legality: 1 (" in ending.out


def test_an_office_that_the_configuration_does_not_name_is_refused(shell: Shell):
    """One office must not sign for another."""
    city = shell.city
    city.edit(CODE, summary="Changed.")
    before = ledger_of(city)

    ending = shell.run(
        "sign", "--stage", "legality", "--office", city.config.offices.format[0], CODE
    )

    assert ending.code == 2
    assert city.config.offices.legality[0] in ending.err
    assert ledger_of(city) == before


def test_with_keys_named_a_sign_off_needs_the_key_and_an_unsigned_line_changes_nothing(
    shell: Shell, keys: Mapping[str, Key]
):
    """The whole way, as a city goes it: keys on, all signed again, a forgery tried, told of."""
    city = shell.city
    name_keys(city, {stage: keys[stage] for stage in ("legality", "format")})
    assert shell.run("build", "--quiet").code == 1, "nothing is signed with a key yet"
    sign_both(shell, keys, "--all")
    built = shell.run("build", "--quiet")
    assert built.code == 0 and "error" not in built.err

    city.edit(CODE, summary="Slipped in.")
    refused = shell.sign("legality", CODE, day="2026-04-02")
    assert refused.code == 2 and "--key" in refused.err
    for stage in ("legality", "format"):  # somebody writes the lines by other means
        city.sign(stage, CODE, day=date(2026, 4, 2))
    assert b"Slipped in." in b"".join(ledger_of(city).values())
    built = shell.run("build", "--quiet", "--as-of", "2026-04-02")
    assert built.code == 0 and f"error B911: {CODE}" in built.err
    assert "Slipped in." not in page(city, f"powers/{CODE}/index.html")

    status = json.loads(shell.run("status", "--format", "json").out)
    assert "B911" in {f["code"] for f in status["findings"] if f["severity"] == "error"}
    sign_both(shell, keys, CODE, day="2026-04-02")
    assert shell.run("build", "--quiet", "--as-of", "2026-04-02").code == 0
    assert "Slipped in." in page(city, f"powers/{CODE}/index.html")


def test_a_key_that_the_configuration_does_not_name_signs_nothing(
    shell: Shell, keys: Mapping[str, Key]
):
    """An office must learn at once that it holds the wrong key."""
    name_keys(shell.city, {"legality": keys["legality"]})
    shell.city.edit(CODE, summary="Changed.")

    ending = shell.sign("legality", "--key", str(keys["format"].path), CODE)

    assert ending.code == 2
    assert "--key" in ending.err


def test_an_expired_key_is_told_with_its_day(shell: Shell, keys: Mapping[str, Key]):
    """A key taken out of use must not go on signing."""
    name_keys(shell.city, {"legality": keys["legality"]}, until="2026-03-31")
    shell.city.edit(CODE, summary="Changed.")

    ending = shell.sign("legality", "--key", str(keys["legality"].path), CODE)

    assert ending.code == 2
    assert "2026-04-01" in ending.err


def test_a_machine_without_ssh_keygen_ends_with_4(
    shell: Shell, keys: Mapping[str, Key], monkeypatch
):
    """An operator must be told what to install."""
    shell.city.edit(CODE, summary="Changed.")
    monkeypatch.setenv("PATH", "/nowhere")

    ending = shell.sign("legality", "--key", str(keys["legality"].path), CODE)

    assert ending.code == 4
    assert "ssh-keygen" in ending.err and "OpenSSH" in ending.err


@pytest.mark.parametrize(
    "key, words",
    [
        pytest.param(
            "ssh-ed25519 AAAA", "pub file", id="cut-off",
        ),
        pytest.param("ssh-rsa AAAAB3NzaC1yc2E", "ssh-ed25519", id="rsa"),
    ],
)  # fmt: skip
def test_what_is_no_public_key_in_the_configuration_is_told(shell: Shell, key: str, words: str):
    """A key that can never fit would silently leave out a city's whole list."""
    path = shell.city.root / "site_config.yml"
    office = shell.city.config.offices.legality[0]
    added = f"\nreviewers:\n  - office: {office}\n    stage: legality\n    key: {key}\n"
    path.write_text(path.read_text("utf-8") + added, "utf-8")

    ending = shell.run("status")

    assert ending.code == 2
    assert "reviewers" in ending.err and words in ending.err


def test_one_key_for_both_stages_is_told(shell: Shell, keys: Mapping[str, Key]):
    """Two sign-offs by one hand are one."""
    path = shell.city.root / "site_config.yml"
    offices, key = shell.city.config.offices, keys["legality"].public
    entries = "".join(
        f"  - {{office: {office}, stage: {stage}, key: {key}}}\n"
        for stage, office in (("legality", offices.legality[0]), ("format", offices.format[0]))
    )
    path.write_text(path.read_text("utf-8") + "\nreviewers:\n" + entries, "utf-8")

    ending = shell.run("status")

    assert ending.code == 2
    assert "same key" in ending.err


@pytest.mark.parametrize(
    "command",
    [
        ("sign", "--stage", "legality", "--office", "Desk", CODE),
        ("status", "--record"),
        ("revoke", CODE, "--stage", "legality", "--office", "Desk", "--reason", "x"),
        ("withdraw", CODE, "--reason", "x", "--document", "y"),
    ],
    ids=lambda command: str(command[0]),
)
def test_a_day_that_has_not_come_is_refused(shell: Shell, command: tuple[str, ...]):
    """A slip in the year would shut the record until then."""
    before = shell.city.files()

    ending = shell.run(*command, "--date", "2999-01-01")

    assert ending.code == 2
    assert "2999-01-01 is after today" in ending.err
    assert shell.city.files() == before


def test_revoking_brings_back_the_version_before_and_the_past_stays(shell: Shell):
    """A wrong version must go from the site at once; what was said on a day stays on record."""
    city = shell.city
    city.edit(CODE, summary="A wrong summary.")
    for stage in ("legality", "format"):
        shell.sign(stage, CODE)
    arguments = ("revoke", CODE, "--stage", "legality", "--reason", "wrong basis")
    arguments += ("--office", city.config.offices.legality[0], "--date", "2026-05-01")

    tried = shell.run(*arguments, "--dry-run", "--format", "json")
    versions = entered(city, CODE)
    done = shell.run(*arguments)

    assert json.loads(tried.out)["revoked"] == "version"
    assert done.code == 0 and "applies again" in done.out
    assert entered(city, CODE) == versions + 1
    for day, shown in (("2026-04-30", True), ("2026-05-01", False)):
        built = shell.run("build", "--quiet", "--as-of", day)
        assert built.code == 0, built.err
        assert ("A wrong summary." in page(city, f"powers/{CODE}/index.html")) is shown


def waive(city: City, code: str) -> None:
    """Let a record promise to decide on the spot, and yet after days."""
    city.edit(code, promised_limit="1", promised_unit="on_the_spot")
    with city.table("waivers") as rows:
        rows.append(
            {
                "rule": "T103",
                "record": code,
                "reason": "Trial until the summer.",
                "decided_by": "City Council",
                "until": "2027-01-01",
            }
        )


def test_a_waiver_counts_once_it_is_signed_and_is_published_with_its_reason(shell: Shell):
    """A department must not let itself off; the public must see who let it off, and why."""
    city = shell.city
    waive(city, CODE)
    alone = shell.sign("legality", CODE)
    assert alone.code == 1 and "T103" in alone.err and "waivers" in alone.err

    for stage in ("legality", "format"):
        assert shell.sign(stage, "--register", "waivers").code == 0
        assert shell.sign(stage, CODE).code == 0
    assert shell.run("build", "--quiet", "--as-of", DAY).code == 0

    about = page(city, "about/index.html")
    assert "Trial until the summer." in about and "City Council" in about
    assert b"Trial until the summer." in (city.output / "data" / "waivers.csv").read_bytes()


def test_where_withdrawals_have_a_key_only_its_holder_withdraws(
    shell: Shell, keys: Mapping[str, Key]
):
    """Nobody with access to the files alone may make a power vanish unremarked."""
    name_keys(shell.city, {"withdrawal": keys["withdrawal"]})
    arguments = ("withdraw", CODE, "--reason", "names a person", "--document", "Order 1")
    arguments += ("--yes", "--office", "Council")
    assert shell.run(*arguments).code == 2
    assert shell.run(*arguments, "--key", str(keys["format"].path)).code == 2
    assert entered(shell.city, CODE) == 1

    done = shell.run(*arguments, "--key", str(keys["withdrawal"].path))

    assert done.code == 0, done.err
    assert json.loads(shell.run("status", "--format", "json").out)["findings"] == []


def test_a_withdrawal_without_the_signature_is_told_of_and_stands(
    shell: Shell, keys: Mapping[str, Key]
):
    """What was removed cannot come back; the city must learn that it went without the key."""
    arguments = ("withdraw", CODE, "--reason", "names a person", "--document", "Order 1", "--yes")
    assert shell.run(*arguments).code == 0
    name_keys(shell.city, {"withdrawal": keys["withdrawal"]})

    found = shell.run("status", "--format", "json")

    assert [f["code"] for f in json.loads(found.out)["findings"]] == ["B912"]
    assert shell.run("build", "--quiet").code == 0
    assert "names a person" in page(shell.city, f"powers/{CODE}/index.html")


@pytest.mark.parametrize("command", ["proof", "revoke"])
def test_the_help_of_the_new_commands_has_an_example(shell: Shell, command: str):
    """People learn commands from examples."""
    ending = shell.run(command, "--help")

    assert ending.code == 0
    assert f"daylight {command}" in ending.out.split("Example")[-1]
