"""Where the city names its reviewers' keys, only what they signed counts."""

from __future__ import annotations

import base64
import json
import re
import shutil
import subprocess
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from generator.errors import ConfigError, ToolError
from generator.ledger import signatures, store
from generator.ledger.acts import sealed
from generator.ledger.digest import canonical
from generator.ledger.faults import ENGLISH
from generator.ledger.fold import fold
from generator.ledger.subjects import register
from generator.ledger.trust import Trust

from .keys import OFFICES, Change, Key, Keys, Members, rewrite_last
from .records import (
    DEPARTMENTS,
    FORMAT,
    LEGAL,
    a_record,
    drafts,
    every_byte,
    registers,
    sign,
)

FIRST, SECOND = "2025-01-10", "2025-02-01"
OLD, NEW = a_record(summary="old"), a_record(summary="new")


@pytest.fixture(scope="module")
def keys(tmp_path_factory) -> Keys:
    return Keys.make(tmp_path_factory.mktemp("keys") / "of-offices")


@pytest.fixture(scope="module")
def made(tmp_path_factory, keys: Keys) -> Path:
    made: Path = tmp_path_factory.mktemp("made") / "vetted"
    other = a_record("HE-0001", department="health")
    keys.vet(made, [*registers(), *drafts(OLD, other)], FIRST)
    return made


@pytest.fixture
def root(tmp_path: Path, made: Path) -> Path:
    """A ledger whose every line is signed with a key."""
    return shutil.copytree(made, tmp_path / "vetted")


def published(root: Path, trust: Trust, code: str = "MK-0001") -> Any:
    """Return the summary of a power as it would be published, None if it is not."""
    version = fold(store.read(root, trust=trust)).powers.get(code)
    return version and version.power.summary


def own_line(root: Path) -> Members:
    """Return the members of the last line of the Market Office's file."""
    line: Members = json.loads((root / "markets.jsonl").read_bytes().splitlines()[-1])
    return line


def covered(line: Members, sign_off: Members) -> bytes:
    """Return what a sign-off's signature is over, as docs/decisions/0011 has it, by hand."""
    act = {name: sign_off[name] for name in ("date", "office", "stage")}
    said = {"code": line["code"], "digest": line["digest"], "scheme": "d1", **act}
    return json.dumps(
        canonical(said), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def test_what_both_keys_signed_is_published(root: Path, keys: Keys):
    """A city that signs with keys must get its list."""
    keys.vet(root, drafts(NEW), SECOND)

    ledger = store.read(root, thorough=True, trust=keys.trust)

    assert ledger.uncounted == ()
    assert published(root, keys.trust) == "new"


def test_a_signed_line_has_the_form_of_the_contract_and_a_signature_besides(root: Path, keys: Keys):
    """Whoever reads ledgers with a program of their own must find what they always found."""
    line = own_line(root)
    members = {"scheme", "digest", "code", "record", "sign_offs", "vetted_on", "line_digest"}

    assert set(line) == members
    assert [set(each) for each in line["sign_offs"]] == [
        {"stage", "office", "date", "signature"}
    ] * 2


@pytest.mark.parametrize("place, stage", list(enumerate(OFFICES)))
def test_anyone_can_check_a_signature_with_ssh_keygen_alone(
    root: Path, keys: Keys, tmp_path: Path, place: int, stage: str
):
    """A signature that only Daylight can check would ask to be believed."""
    line = own_line(root)
    sign_off = line["sign_offs"][place]
    signers, signature = tmp_path / "signers", tmp_path / "signature"
    signers.write_text(f"{stage} {keys.of[stage].public}\n")
    signature.write_text(signatures.armoured(sign_off["signature"]))
    command = ["ssh-keygen", "-Y", "verify", "-n", "daylight-ledger"]
    command += ["-f", str(signers), "-I", stage, "-s", str(signature)]

    done = subprocess.run(command, input=covered(line, sign_off), capture_output=True)

    assert done.returncode == 0, done.stderr


def unsigned(line: Members) -> None:
    del line["sign_offs"][1]["signature"]


def one_bit_of_it(line: Members) -> None:
    blob = bytearray(base64.b64decode(line["sign_offs"][1]["signature"]))
    blob[-1] ^= 1
    line["sign_offs"][1]["signature"] = base64.b64encode(blob).decode()


def cut_off(line: Members) -> None:
    line["sign_offs"][1]["signature"] = line["sign_offs"][1]["signature"][:-8]


def not_base64(line: Members) -> None:
    line["sign_offs"][1]["signature"] = "签名"


def the_other_stage(line: Members) -> None:
    line["sign_offs"][1]["signature"] = line["sign_offs"][0]["signature"]


def another_day(line: Members) -> None:
    line["sign_offs"][0]["date"] = "2025-01-31"


def another_office(line: Members) -> None:
    line["sign_offs"][0]["office"] = "Another Office"


FORGERIES = [
    unsigned,
    one_bit_of_it,
    cut_off,
    not_base64,
    the_other_stage,
    another_day,
    another_office,
]


@pytest.fixture(params=[True, False], ids=["openssl", "ssh-keygen"])
def prover(request, monkeypatch) -> None:
    """Prove signatures in this process, or where that cannot be by ssh-keygen."""
    if not request.param:
        monkeypatch.setattr(signatures, "_openssl", lambda: None)
    else:
        assert signatures._openssl(), "this Python's OpenSSL cannot be reached"


def assert_left_out(root: Path, trust: Trust, words: str = "") -> None:
    """The line is in the file, tells why it does not count, and the earlier version stays."""
    ledger = store.read(root, trust=trust)

    assert b'"summary":"new"' in (root / "markets.jsonl").read_bytes()
    assert [(line.subject, line.matters) for line in ledger.uncounted] == [("MK-0001", True)]
    assert ledger.uncounted[0].place.line == 2
    assert words in ledger.uncounted[0].reason
    assert published(root, trust) == "old"


@pytest.mark.usefixtures("prover")
@pytest.mark.parametrize("forge", FORGERIES)
def test_a_forged_line_counts_for_nothing_and_the_version_before_stays(
    root: Path, keys: Keys, forge: Change
):
    """Nobody with access to the files alone may change what a city publishes."""
    keys.vet(root, drafts(NEW), SECOND)
    rewrite_last(root / "markets.jsonl", forge)

    assert_left_out(root, keys.trust)


@pytest.mark.usefixtures("prover")
@pytest.mark.parametrize(
    "who, namespace",
    [
        pytest.param("stranger", "daylight-ledger", id="a-stranger"),
        pytest.param("legality", "daylight-ledger", id="the-key-of-the-other-office"),
        pytest.param("format", "git", id="made-for-another-purpose"),
    ],
)
def test_a_signature_of_a_wrong_key_or_for_another_purpose_counts_for_nothing(
    root: Path, keys: Keys, who: str, namespace: str
):
    """A key of one office must not do the work of another, nor a commit's signature sign a power."""
    keys.vet(root, drafts(NEW), SECOND)
    key = keys.stranger if who == "stranger" else keys.of[who]

    def forge(line: Members) -> None:
        act = line["sign_offs"][1]
        act["signature"] = key.sign(covered(line, act), namespace)

    rewrite_last(root / "markets.jsonl", forge)

    assert_left_out(root, keys.trust)


@pytest.mark.usefixtures("prover")
def test_the_signatures_of_another_record_count_for_nothing(root: Path, keys: Keys):
    """A reviewed record's signatures must not be carried over to one nobody has read."""
    keys.vet(root, drafts(NEW, a_record("MK-0002", summary="other")), SECOND)
    lines = (root / "markets.jsonl").read_bytes().splitlines()
    other = json.loads(next(line for line in lines if b"MK-0002" in line))
    mine = next(line for line in lines if b'"new"' in line)
    (root / "markets.jsonl").write_bytes(lines[0] + b"\n" + mine + b"\n")
    rewrite_last(root / "markets.jsonl", lambda line: line.update(sign_offs=other["sign_offs"]))

    assert_left_out(root, keys.trust)


def test_signatures_of_the_earlier_version_do_not_carry_a_changed_record(root: Path, keys: Keys):
    """Reviewers sign a content, not a code."""
    keys.vet(root, drafts(NEW), SECOND)
    first = json.loads((root / "markets.jsonl").read_bytes().splitlines()[0])

    def forge(line: Members) -> None:
        line.update(sign_offs=first["sign_offs"], vetted_on=first["vetted_on"])

    rewrite_last(root / "markets.jsonl", forge)

    assert_left_out(root, keys.trust, "not over this content")


def test_a_pending_sign_off_without_a_signature_does_not_open_the_second_stage(
    root: Path, keys: Keys
):
    """The first review must not be skipped by writing its line by hand."""
    sign(root, "legality", drafts(NEW), SECOND)

    outcome = keys.sign(root, "format", drafts(NEW), SECOND)

    assert "no legality sign-off" in outcome.refused[0].reason
    assert published(root, keys.trust) == "old"


@pytest.mark.parametrize(
    "valid_from, until, counts",
    [
        pytest.param(None, SECOND, True, id="its-last-day"),
        pytest.param(None, "2025-01-31", False, id="expired"),
        pytest.param(SECOND, None, False, id="not-valid-yet-for-the-first"),
        pytest.param(FIRST, SECOND, True, id="both-ends"),
    ],
)
def test_a_key_signs_within_its_days_only(
    root: Path, keys: Keys, valid_from: str | None, until: str | None, counts: bool
):
    """A key that was lost must be taken out of use without undoing what it signed before."""
    keys.vet(root, drafts(NEW), SECOND)
    days = {
        "valid_from": valid_from and date.fromisoformat(valid_from),
        "until": until and date.fromisoformat(until),
    }
    trust = Trust(reviewers=(keys.reviewer("legality", **days), keys.reviewer("format")))

    ledger = store.read(root, trust=trust)

    assert (ledger.uncounted == ()) is counts


def test_turning_keys_on_lets_nothing_unsigned_count_until_it_is_signed_again(
    tmp_path: Path, keys: Keys
):
    """A city that starts to use keys must be able to go on, and not with what nobody signed."""
    root = tmp_path / "vetted"
    what = [*registers(), *drafts(OLD)]
    for stage in OFFICES:
        sign(root, stage, what, FIRST)
    assert published(root, Trust()) == "old"
    assert published(root, keys.trust) is None

    keys.vet(root, what, FIRST)

    assert published(root, keys.trust) == "old"
    assert {line.matters for line in store.read(root, trust=keys.trust).uncounted} == {False}


def test_one_stage_may_have_keys_and_the_other_none(tmp_path: Path, keys: Keys):
    """A city may begin with one office."""
    root = tmp_path / "vetted"
    trust = Trust(reviewers=(keys.reviewer("legality"),))
    what = [*registers(), *drafts(OLD)]
    keys.sign(root, "legality", what, FIRST)
    sign(root, "format", what, FIRST, trust=trust)

    assert published(root, trust) == "old"
    assert published(root, keys.trust) is None


def test_an_unsigned_edition_of_a_register_counts_for_nothing(root: Path, keys: Keys):
    """Renaming a department is an act of review as well."""
    renamed = [{**DEPARTMENTS[0], "name": "Forged Office"}, *DEPARTMENTS[1:]]
    for stage in OFFICES:
        sign(root, stage, [register("departments", renamed)], SECOND)

    release = fold(store.read(root, trust=keys.trust))

    assert release.departments["markets"].name == "Market Office"
    assert fold(store.read(root)).departments["markets"].name == "Forged Office"


def test_a_power_that_rests_on_an_unsigned_edition_alone_is_left_out(root: Path, keys: Keys):
    """A broken reference must not stop the city's whole list."""
    added = [*DEPARTMENTS, {"slug": "parks", "name": "Parks Office", "status": "active"}]
    record = a_record("PA-0001", department="parks")
    keys.vet(root, [register("departments", added), *drafts(record)], SECOND)
    rewrite_last(root / "registers.jsonl", unsigned)

    ledger = store.read(root, trust=keys.trust)

    assert {line.subject for line in ledger.uncounted} == {"departments", "PA-0001"}
    assert set(fold(ledger).powers) == {"MK-0001", "HE-0001"}


@pytest.mark.parametrize("who", ["stranger", "format"])
def test_signing_with_a_key_that_does_not_count_writes_nothing(root: Path, keys: Keys, who: str):
    """An office must learn at once that it took the wrong key, not at the next build."""
    before = every_byte(root)
    key = keys.stranger if who == "stranger" else keys.of[who]

    with pytest.raises(ConfigError, match="--key"):
        sign(
            root, "legality", drafts(NEW), SECOND,
            trust=keys.trust, signer=signatures.signer(key.path, ENGLISH),
        )  # fmt: skip

    assert every_byte(root) == before


@pytest.mark.parametrize(
    "spoil, words",
    [
        pytest.param(lambda path: path.unlink(), "not there", id="missing"),
        pytest.param(lambda path: path.write_text("no key"), "cannot sign", id="no-key"),
        pytest.param(lambda path: None, "its kind is another", id="ecdsa"),
    ],
)
def test_what_is_no_ed25519_key_is_told(root: Path, tmp_path: Path, spoil, words: str):
    """A signature that nobody can check later must not enter the ledger."""
    key = Key.make(tmp_path / "key", "ecdsa")
    spoil(key.path)

    with pytest.raises(ConfigError, match=words):
        sign(root, "legality", drafts(NEW), SECOND, signer=signatures.signer(key.path, ENGLISH))


def test_without_ssh_keygen_signing_ends_with_what_to_install(root: Path, keys: Keys, monkeypatch):
    """A fresh machine must say what it lacks."""
    monkeypatch.setenv("PATH", "/nowhere")

    with pytest.raises(ToolError, match="OpenSSH"):
        keys.sign(root, "legality", drafts(NEW), SECOND)


def test_overtaken_lines_are_told_of_as_such(root: Path, keys: Keys):
    """An old unsigned line under a newer signed one is no alarm."""
    day = date.fromisoformat(SECOND)
    for stage in OFFICES:
        sign(root, stage, drafts(NEW), SECOND)
    keys.vet(root, drafts(a_record(summary="newest")), str(day + timedelta(days=1)))

    ledger = store.read(root, trust=keys.trust)

    assert [line.matters for line in ledger.uncounted] == [False]
    assert published(root, keys.trust) == "newest"
    assert {LEGAL, FORMAT} == {each.office for each in ledger.latest("MK-0001").sign_offs}


@pytest.mark.skipif(not shutil.which("jq"), reason="jq is not installed")
def test_the_recipe_of_the_decision_record_checks_a_line(root: Path, keys: Keys, tmp_path: Path):
    """A journalist with a terminal must be able to prove who signed."""
    page = Path(__file__).resolve().parents[2] / "docs" / "decisions" / "0011-signatures.md"
    recipe = re.search(r"OpenSSH:\n\n((?:    .*\n)+)", page.read_text("utf-8"))
    assert recipe
    ledger = tmp_path / "content" / "vetted"
    shutil.copytree(root, ledger)
    (tmp_path / "legal.pub").write_text(keys.of["legality"].public)

    done = subprocess.run(["bash", "-euc", recipe[1]], cwd=tmp_path, capture_output=True, text=True)

    assert done.returncode == 0, done.stderr
    assert "Good" in done.stdout


def test_a_sign_off_that_was_used_up_carries_no_second_version(root: Path, keys: Keys):
    """What legal review took back must not return by its old signature and a new one of format."""
    old = own_line(root)
    keys.vet(root, drafts(NEW), SECOND)
    path = root / "markets.jsonl"
    day = date.fromisoformat("2025-03-01")
    signed = {"stage": "format", "office": FORMAT, "date": day.isoformat()}
    signature = keys.of["format"].sign(covered(old, signed))
    again = {name: old[name] for name in ("digest", "code", "record")}
    again["sign_offs"] = [old["sign_offs"][0], {**signed, "signature": signature}]
    again["vetted_on"] = day.isoformat()
    path.write_bytes(path.read_bytes() + sealed(again))

    ledger = store.read(root, trust=keys.trust)

    assert published(root, keys.trust) == "new"
    (left_out,) = ledger.uncounted
    assert "used up the legality sign-off" in left_out.reason


def test_a_used_up_sign_off_that_comes_back_to_the_pending_ones_opens_no_stage(
    root: Path, keys: Keys
):
    """An old file of pending sign-offs, brought back by a merge, must not speak for legal review."""
    line = own_line(root)
    stale = {"code": line["code"], "digest": line["digest"], **line["sign_offs"][0]}
    (root / "pending").mkdir(exist_ok=True)
    (root / "pending" / "markets.jsonl").write_bytes(sealed(stale))
    keys.vet(root, drafts(NEW), FIRST)

    outcome = keys.sign(root, "format", drafts(OLD), FIRST)

    assert outcome.refused
    assert published(root, keys.trust) == "new"
