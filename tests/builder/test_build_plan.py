from __future__ import annotations

from pathlib import Path

import pytest

from generator.builder.artifact import Artifact
from generator.errors import PublishError
from tests.builder.small_site import Site, a_bundle, an_artifact


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../index.html",
        "a/../../index.html",
        "a/./b",
        "a//b",
        "a/",
        ".htaccess",
        ".daylight-site",
        "a/.hidden/b",
        "a\\b",
        "a\0b",
        "a\nb",
        "a/" + "长" * 90,
        "a\udc80b",
    ],
)
def test_an_unsafe_path_is_refused_before_anything_is_rendered(site: Site, path: str) -> None:
    """A record's code must never decide where on the server a file is written."""

    def render() -> bytes:
        raise AssertionError("rendered")

    bad = Artifact(path=path, fingerprint="1", render=render)
    with pytest.raises(PublishError, match="no safe place"):
        site.build({"index.html": b"home"}, also=(bad,))

    assert not site.output.exists()
    assert site.beside() == []


@pytest.mark.parametrize("prefix", ["", "/", "search", "/search/", "../search/", ".search/", "a//"])
def test_an_unsafe_folder_of_a_bundle_is_refused(site: Site, prefix: str) -> None:
    """A tool would be let loose on somebody else's folder."""
    with pytest.raises(PublishError, match="no safe place"):
        site.build(bundles={prefix: {"x": b"x"}})


@pytest.mark.parametrize(
    "paths",
    [
        pytest.param(["a/index.html", "a/index.html"], id="twice"),
        pytest.param(["powers/YL-1.json", "powers/yl-1.json"], id="case"),
        pytest.param(["Powers/a", "powers/b"], id="case-of-a-folder"),
        pytest.param(["powers/Stra\u00dfe", "powers/STRASSE"], id="case-not-ascii"),
        pytest.param(["caf\u00e9", "cafe\u0301"], id="unicode-form"),
        pytest.param(["a", "a/b"], id="file-then-folder"),
        pytest.param(["a/b/c", "a"], id="folder-then-file"),
        pytest.param(["A", "a/b"], id="file-and-folder-by-case"),
        pytest.param(["search/", "search/x"], id="file-in-a-bundle"),
        pytest.param(["search/x/y", "search/"], id="bundle-around-a-file"),
        pytest.param(["search/", "search"], id="bundle-and-file"),
        pytest.param(["search/", "search/"], id="bundle-twice"),
        pytest.param(["search/", "search/zh/"], id="bundle-in-a-bundle"),
    ],
)
def test_two_artifacts_that_cannot_stand_side_by_side_are_refused_naming_both(
    site: Site, paths: list[str]
) -> None:
    """One of two pages would silently replace the other, here or on the next server's disk."""
    plan = [
        a_bundle(path, {"f": b"x"}) if path.endswith("/") else an_artifact(path, b"x")
        for path in paths
    ]
    with pytest.raises(PublishError) as caught:
        site.build(also=tuple(plan))

    for path in paths:
        assert path in str(caught.value)
    assert not site.output.exists()


def test_the_sites_of_a_clash_are_named(site: Site) -> None:
    """With 72 sites, a path alone does not say which two outputs to mend."""
    one = Artifact(path="feed.xml", fingerprint="1", render=bytes, site="municipal")
    other = Artifact(path="feed.xml", fingerprint="1", render=bytes, site="market-regulation")

    with pytest.raises(PublishError, match=r"market-regulation.*municipal"):
        site.build(also=(one, other))


def test_every_fault_of_a_plan_is_told_at_once(site: Site) -> None:
    """An operator would mend one and build again, and again."""
    faulty = tuple(an_artifact(path, b"") for path in ("../a", "b", "B", "c", "c/d"))

    with pytest.raises(PublishError) as caught:
        site.build(also=faulty)

    assert len(str(caught.value).splitlines()) == 3


def test_paths_in_chinese_are_served_as_any_other(site: Site) -> None:
    """A department's own files have the names that its clerks gave them."""
    files = {"files/食品经营许可申请书.docx": b"x", "files/示例 (1).pdf": b"y"}
    site.build(files)

    assert site.files() == files


def test_an_output_without_a_single_artifact_is_an_empty_site(site: Site) -> None:
    """Refusing it would leave the last withdrawn page of a city published."""
    site.build({"a": b"x"})
    outcome = site.build({})

    assert outcome.removed == 1
    assert site.files() == {}


def test_an_output_below_folders_that_do_not_exist_yet_is_made(room: Path) -> None:
    """A first build must need no preparation."""
    site = Site(room / "deep" / "er")
    site.build({"a": b"x"})

    assert site.files() == {"a": b"x"}
