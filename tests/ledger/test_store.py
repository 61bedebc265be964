"""The ledger proves every byte of itself, and is never left half written."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.errors import LedgerError
from generator.i18n import Translator
from generator.ledger import store, subjects
from generator.ledger.acts import read_pending, sealed
from generator.ledger.digest import encode, sha256_of
from generator.ledger.faults import ENGLISH, Place
from generator.ledger.lines import read_edition, read_version
from generator.ledger.subjects import Subject
from generator.ledger.withdrawal import withdraw
from generator.model.codes import PowerCode

from .records import DEPARTMENTS, a_ledger, a_record, drafts, every_byte, release, sign, vet


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a ledger with every kind of line; a test that changes a byte puts it back."""
    root = a_ledger(tmp_path_factory.mktemp("whole") / "vetted")
    vet(root, drafts(a_record("MK-0002"), a_record(summary="二")), "2025-02-01")
    withdraw(root, PowerCode("MK-0002"), reason="order", document="No 1", date=date(2025, 3, 1))
    sign(root, "legality", drafts(a_record("MK-0003")), "2025-02-02")
    rows = [*DEPARTMENTS, {"slug": "fire", "name": "Fire", "status": "active"}]
    sign(root, "legality", [subjects.register("departments", rows)], "2025-02-02")
    return root


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_a_changed_byte_anywhere_is_found_and_its_line_is_named(whole, data):
    """Whoever tampers with what was signed must not be able to hide it."""
    files = sorted(path for path in whole.rglob("*.jsonl") if path.stat().st_size)
    path = data.draw(st.sampled_from(files))
    raw = bytearray(path.read_bytes())
    position = data.draw(st.integers(0, len(raw) - 1))
    raw[position] ^= data.draw(st.integers(1, 255))
    before = path.read_bytes()
    line = before[:position].count(b"\n") + 1
    path.write_bytes(raw)
    try:
        with pytest.raises(LedgerError) as caught:
            store.read(whole)
    finally:
        path.write_bytes(before)
    assert str(caught.value).startswith(f"vetted/{path.relative_to(whole)} line {line}: ")


@pytest.mark.parametrize(
    "file, read_line",
    [
        pytest.param("markets.jsonl", read_version, id="versions-and-tombstones"),
        pytest.param("registers.jsonl", read_edition, id="editions"),
        pytest.param(
            "pending/markets.jsonl", partial(read_pending, key="code"), id="pending-powers"
        ),
        pytest.param(
            "pending/registers.jsonl", partial(read_pending, key="table"), id="pending-registers"
        ),
    ],
)
def test_no_byte_of_a_line_can_change_unseen(whole, file, read_line):
    """The same, for every single byte of every kind of line."""
    for number, line in enumerate((whole / file).read_bytes().splitlines(), 1):
        place = Place(file=file, line=number)
        read_line(line, place, ENGLISH)
        for position in range(len(line)):
            for other in (line[position] ^ 1, 0x20):
                if other != line[position]:
                    flipped = line[:position] + bytes([other]) + line[position + 1 :]
                    with pytest.raises(LedgerError):
                        read_line(flipped, place, ENGLISH)


def _on_line(number: int, change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    def changed(raw: bytes) -> bytes:
        lines = raw.splitlines(keepends=True)
        lines[number - 1] = change(lines[number - 1])
        return b"".join(lines)

    return changed


def _resealed(change: Callable[[dict], None]) -> Callable[[bytes], bytes]:
    """Change a line and give it the line_digest that fits: tampering by one who knows the scheme."""

    def changed(line: bytes) -> bytes:
        members = json.loads(line)
        change(members)
        del members["line_digest"]
        return encode({**members, "line_digest": sha256_of(encode(members))}) + b"\n"

    return changed


def _spaced(line: bytes) -> bytes:
    members = json.loads(line)
    del members["line_digest"]
    text = json.dumps(members, ensure_ascii=False).encode()
    return text[:-1] + b', "line_digest": "' + sha256_of(encode(members)).encode() + b'"}\n'


@pytest.mark.parametrize(
    "change, says",
    [
        pytest.param(lambda raw: raw[:-1], "line 2: is cut off", id="no-final-newline"),
        pytest.param(lambda raw: raw[:-40], "line 2: is cut off", id="half-a-line"),
        pytest.param(
            _on_line(2, lambda line: b"<<<<<<< HEAD\n" + line), "line 2: holds a mark", id="merge"
        ),
        pytest.param(lambda raw: raw.replace(b"\n", b"\r\n"), "line 1: ends as on Win", id="crlf"),
        pytest.param(lambda raw: b"\xef\xbb\xbf" + raw, "line 1: begins with a byte", id="bom"),
        pytest.param(lambda raw: raw + b"\n", "line 3: is blank", id="blank-line"),
        pytest.param(lambda raw: raw + raw.splitlines(True)[0], "same as line 1", id="duplicate"),
        pytest.param(
            lambda raw: raw + b'{"code":\xff}\n', "line 3: is not whole JSON", id="not-utf-8"
        ),
        pytest.param(lambda raw: raw + b"[" * 99999 + b"\n", "line 3: was changed", id="too-deep"),
        pytest.param(lambda raw: raw + b"7\n", "line 3: was changed", id="another-json"),
        pytest.param(_on_line(1, _spaced), "line 1: is not in the ledger's canonical", id="spaces"),
        pytest.param(
            _on_line(1, _resealed(lambda line: line["record"].update(fee="statutory"))),
            "line 1: its content is not what was signed",
            id="record-changed-and-resealed",
        ),
        pytest.param(
            _on_line(1, _resealed(lambda line: line["sign_offs"].pop(0))),
            "line 1: lacks one of its two sign-offs",
            id="one-sign-off",
        ),
        pytest.param(
            _on_line(1, _resealed(lambda line: line.update(vetted_on="2024-01-01"))),
            "line 1: lacks one of its two sign-offs, legality and then format, or is not dated",
            id="back-dated",
        ),
        pytest.param(
            _on_line(1, _resealed(lambda line: line.update(scheme="d9"))),
            "line 1: its digest scheme is 'd9', this Daylight knows d1",
            id="unknown-scheme",
        ),
        pytest.param(
            _on_line(1, _resealed(lambda line: line.update(note="x"))),
            "line 1: is not in the ledger's canonical form",
            id="a-member-too-many",
        ),
    ],
)
def test_each_kind_of_damage_is_told_with_its_line_and_remedy(tmp_path, change, says):
    """An operator at night needs to know which line, what is wrong, and what to do."""
    root = a_ledger(tmp_path / "vetted")
    vet(root, drafts(a_record(summary="second")), "2025-02-01")
    path = root / "markets.jsonl"
    path.write_bytes(change(path.read_bytes()))
    with pytest.raises(LedgerError) as caught:
        store.read(root)
    assert str(caught.value).startswith("vetted/markets.jsonl line ")
    assert says in str(caught.value)
    assert "; " in str(caught.value)


@pytest.mark.parametrize(
    "record",
    [
        pytest.param('{"code":"MK-0009","summary":"","department":"markets"}', id="empty-field"),
        pytest.param('{"name":"A","name":"B"}', id="key-twice"),
        pytest.param('{"b":1,"a":2}', id="key-order"),
        pytest.param('{"a": 2}', id="space"),
        pytest.param('{"a":"e\u0301"}', id="not-nfc"),
        pytest.param('{"a":"\\u4e2d"}', id="needless-escape"),
        pytest.param('{"a":1.5}', id="fraction"),
    ],
)
def test_a_line_whose_hashes_fit_but_whose_form_is_not_canonical_is_found_before_signing(
    tmp_path, record
):
    """Two programs must never read two different records out of one signed line."""
    root = a_ledger(tmp_path / "vetted")
    path = root / "markets.jsonl"
    model = json.loads(path.read_bytes().splitlines()[0])
    raw = record.encode()
    model.update(code="MK-0009", digest=sha256_of(raw), record="@")
    del model["line_digest"]
    body = encode(model).replace(b'"@"', raw)
    line_digest = sha256_of(body)
    seal = f',"line_digest":"{line_digest}","record"'.encode()
    path.write_bytes(path.read_bytes() + body.replace(b',"record"', seal, 1) + b"\n")

    with pytest.raises(LedgerError, match=r"line 2: is not in the ledger's canonical form"):
        store.read(root, thorough=True)
    with pytest.raises(LedgerError, match="line 2"):
        sign(root, "legality", drafts(a_record("MK-0002")), "2025-02-01")


def test_errors_are_told_in_the_citys_language(tmp_path):
    """The operator of a Chinese city reads Chinese."""
    (tmp_path / "markets.jsonl").write_bytes(b"{}\n")
    chinese = Translator("zh-CN", {"{file} line {line}": "{file} 第 {line} 行"})
    with pytest.raises(LedgerError, match="第 1 行"):
        store.read(tmp_path, chinese)


def test_a_file_that_is_no_departments_is_an_error_and_hidden_files_are_none(tmp_path):
    """A stray copy of a file would publish every power in it twice."""
    root = a_ledger(tmp_path / "vetted")
    (root / "._markets.jsonl").write_bytes(b"\0")
    (root / "releases.jsonl").write_bytes(b"{}\n")
    assert store.read(root).versions
    shutil.copy(root / "markets.jsonl", root / "markets.ORIG.jsonl")
    with pytest.raises(LedgerError, match=r"markets\.ORIG\.jsonl: is not named after"):
        store.read(root)


def test_a_power_in_another_departments_file_is_an_error(tmp_path):
    """A renamed file would show one department's powers as another's."""
    root = a_ledger(tmp_path / "vetted")
    (root / "markets.jsonl").rename(root / "transport.jsonl")
    with pytest.raises(LedgerError, match=r"transport\.jsonl line 1: its record is of MK-0001"):
        release(root)


def test_an_empty_folder_is_an_empty_ledger(tmp_path):
    """A new city's first `status` must not fail."""
    found = release(tmp_path / "nowhere")
    assert not found.powers
    assert not (tmp_path / "nowhere").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_named(tmp_path):
    """Whoever runs the build must know which permission is wrong."""
    root = a_ledger(tmp_path / "vetted")
    (root / "markets.jsonl").chmod(0)
    with pytest.raises(LedgerError, match=r"markets\.jsonl: cannot be read"):
        store.read(root)


def test_a_folder_in_place_of_a_file_is_named(tmp_path):
    """What cannot be read is an error of the ledger, never a traceback."""
    (tmp_path / "vetted" / "markets.jsonl").mkdir(parents=True)
    with pytest.raises(LedgerError, match=r"markets\.jsonl: cannot be read"):
        store.read(tmp_path / "vetted")


def _sign_and_die(root: Path, what: list[Subject], writes: int) -> int:
    """Sign in a process that is killed before its write number `writes` reaches the disk."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    left = iter(range(writes))

    def deadly(handle: int) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)

    os.fsync = deadly
    try:
        sign(root, "format", what, "2025-02-01")
        os._exit(0)
    finally:
        os._exit(1)


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork and SIGKILL")
def test_a_killed_sign_off_leaves_whole_lines_and_can_be_repeated(tmp_path):
    """A power cut while the office signs must not cost the city its database."""
    new = drafts(
        a_record("MK-0002"), a_record("HE-0002", department="health"), a_record(summary="new")
    )
    ready = a_ledger(tmp_path / "ready")
    sign(ready, "legality", new, "2025-02-01")
    codes: list[int] = []
    while 0 not in codes:
        root = Path(shutil.copytree(ready, tmp_path / str(len(codes))))
        before = {path.name: path.read_bytes() for path in root.glob("*.jsonl")}
        codes.append(_sign_and_die(root, new, len(codes)))

        store.read(root, thorough=True)
        for name, raw in before.items():
            assert (root / name).read_bytes().startswith(raw), "an old line was lost"
        sign(root, "format", new, "2025-02-01")
        assert set(release(root).powers) == {"HE-0001", "HE-0002", "MK-0001", "MK-0002"}
        assert release(root).powers[PowerCode("MK-0001")].power.summary == "new"
        assert not list(root.rglob("*.new"))
    assert codes[:-1] == [-signal.SIGKILL] * 8, "four files, each synced with its folder"


def test_a_full_disk_leaves_the_old_file(tmp_path, monkeypatch):
    """A sign-off that does not fit must not take earlier ones with it."""
    root = a_ledger(tmp_path / "vetted")
    sign(root, "legality", drafts(a_record("MK-0002")), "2025-02-01")
    before = every_byte(root)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        sign(root, "format", drafts(a_record("MK-0002")), "2025-02-01")
    assert every_byte(root) == before


def test_a_rewritten_file_keeps_its_permissions(tmp_path):
    """A ledger shared by a group must stay writable for the group."""
    root = a_ledger(tmp_path / "vetted")
    (root / "markets.jsonl").chmod(0o664)
    vet(root, drafts(a_record("MK-0002")), "2025-02-01")
    assert (root / "markets.jsonl").stat().st_mode & 0o777 == 0o664


def test_a_sealed_line_can_be_verified_with_three_lines_of_python(tmp_path):
    """No one should have to trust this program to trust the ledger."""
    line = sealed({"code": "MK-0001", "digest": "0", "reason": "理由"})
    found = json.loads(line)
    seal = found.pop("line_digest")
    text = json.dumps(found, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert sha256_of(text.encode()) == seal
