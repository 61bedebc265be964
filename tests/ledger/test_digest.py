"""Scheme d1 as its reference page states it, and what a digest must and must not notice."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.ledger import digest, files
from generator.ledger.digest import canonical, digest_of, encode
from generator.model.codes import PowerKind

from .records import a_ledger, a_record, drafts, vet

PAGE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "digest-d1.md"
VECTORS = re.findall(
    r"### (\d+)\. .*\n\n```json\n(.+)\n(.+)\n\"(.+)\"\n```", PAGE.read_text("utf-8")
)


@pytest.mark.parametrize("number, given, text, expected", VECTORS, ids=[v[0] for v in VECTORS])
def test_the_vectors_on_the_reference_page_hold(number, given, text, expected):
    """Whoever writes a second verifier needs vectors that are true."""
    value = json.loads(given)
    assert encode(canonical(value)).decode() == text
    assert hashlib.sha256(text.encode()).hexdigest() == expected == digest_of(value)


def test_the_reference_page_has_its_vectors():
    """A test over an empty list of vectors would prove nothing."""
    assert len(VECTORS) >= 7


def test_the_program_on_the_reference_page_verifies_a_real_ledger(tmp_path, monkeypatch, capsys):
    """ "Verify it yourself" must work when someone does."""
    root = a_ledger(tmp_path / "content" / "vetted")
    vet(root, drafts(a_record("HE-0002", department="health", summary="药品\n“甲”")), "2025-02-01")
    [program] = re.findall(r"```python\n(.+?)```", PAGE.read_text("utf-8"), re.DOTALL)
    monkeypatch.chdir(tmp_path)
    exec(compile(program, "digest-d1.md", "exec"), {})
    assert capsys.readouterr().out == "HE-0001 True\nHE-0002 True\n"


def test_the_reference_page_gives_the_attributes_that_the_project_uses():
    """A city that copies them must get what the merge tests have proven."""
    text = PAGE.read_text("utf-8")
    assert f"```\n{files.GIT_ATTRIBUTES}```" in text
    assert f"```\n{files.GIT_IGNORE}```" in text


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from("abcdé"), inner),
    max_leaves=12,
)


@given(VALUES)
def test_canonical_form_is_reached_at_once_and_kept(value):
    """A record read back from the ledger must have the digest it was stored with."""
    once = canonical(value)
    assert canonical(once) == once
    assert json.loads(encode(once)) == once
    assert digest.decode(encode(once)) == once
    assert digest_of(once) == digest_of(value)
    assert unicodedata.is_normalized("NFC", encode(once).decode())


@given(st.dictionaries(st.sampled_from("abcdef"), VALUES, min_size=2))
def test_neither_the_order_of_columns_nor_empty_ones_change_a_digest(record):
    """A new optional column, left empty, must not void a city's sign-offs."""
    turned = dict(reversed(record.items()))
    assert digest_of({**turned, "new": "", "newer": None, "newest": []}) == digest_of(record)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "licence MK-0001 许可"},
        {"aliases": ["证", "licence"]},
        {"aliases": ["licence"]},
        {"steps": [{"id": "a", "name": "Accept", "kind": "start"}]},
        {"steps": [{"id": "a", "name": "Accept", "kind": "start", "counted": False}]},
        {"legal_bases": [{"seq": 1, "instrument": "food-act", "article": 36, "role": "sets"}]},
        {"summary": " "},
    ],
)
def test_any_change_of_content_changes_the_digest(change):
    """A sign-off must never cover what its office has not seen."""
    assert digest_of(a_record(**change)) != digest_of(a_record())


@pytest.mark.parametrize(
    "value",
    [1.5, float("nan"), {"a": 2.0}, date(2025, 1, 1), {1: "a"}, {"a": {1}}, b"x", "\ud800",
     {"é": 1, "e\u0301": 2}],
)  # fmt: skip
def test_what_the_scheme_has_no_form_for_is_refused(value):
    """Two verifiers must not guess differently."""
    with pytest.raises(ValueError, match=r".+"):
        digest_of(value)


@pytest.mark.parametrize("raw", [b"1.5", b"NaN", b"[Infinity]", b"\xff", b"{", b"1e5"])
def test_json_that_the_scheme_has_no_form_for_is_not_read(raw):
    """A ledger line must not smuggle in a value that no digest covers."""
    with pytest.raises(ValueError, match=r".+"):
        digest.decode(raw)


def test_members_of_an_enumeration_count_as_their_texts():
    """A record made from the model has the digest of the record from the tables."""
    assert digest_of({"kind": PowerKind.LICENSING}) == digest_of({"kind": "licensing"})
    assert canonical((PowerKind.LICENSING,)) == ["licensing"]
