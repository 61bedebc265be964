"""What is indexed of the powers, and by which Pagefind."""

from __future__ import annotations

import gzip
import json
import os
import stat
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pagefind_bin
import pytest
from lxml import html

from generator import config
from generator.builder.artifact import Artifact, Bundle
from generator.errors import ConfigError, ToolError
from generator.i18n import Translator, translator
from generator.ledger import fold, store
from generator.model.codes import PowerCode
from generator.model.power import Material, Power
from generator.model.registers import Synonym
from generator.model.release import Release, VettedVersion
from generator.outputs import search, sites
from generator.outputs.publication import Publication
from generator.outputs.search import documents, spelling, titles, variants
from generator.outputs.search.indexer import Indexer
from generator.outputs.search.plan import plan
from generator.pages.lookup import Lookup
from tests.conftest import CHECKOUT

TR = translator("zh-CN")
PYPI = "1.5."
"""Releases whose bundles differ from run to run."""


@pytest.fixture(scope="module")
def release() -> Release:
    """Return the bundled city's release."""
    return fold.fold(store.read(CHECKOUT / "content" / "vetted", TR), tr=TR)


@pytest.fixture(scope="module")
def indexer() -> Indexer:
    """Return the Pagefind that a build would use."""
    return search.find()


@pytest.fixture(scope="module")
def index(release: Release, indexer: Indexer, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return Pagefind's folder for the bundled city."""
    return bundled(release, indexer, tmp_path_factory.mktemp("index"))


def published(release: Release, tr: Translator = TR) -> Publication:
    """Return a release on its way out; the search needs no renderer and no charts."""
    settings = config.load(CHECKOUT / "site_config.yml")
    return Publication(
        config=settings,
        release=release,
        lookup=Lookup.of(release),
        municipal=sites.municipal(settings, release, (), tr),
        departments={},
        renderer=cast("Any", None),
        charts=cast("Any", None),
        chart_keys={},
        tr=tr,
    )


def an_indexer(**changes: Any) -> Indexer:
    """Return an indexer that is not run."""
    return Indexer(
        **{"path": Path("pagefind_extended"), "version": "1.6.0", "is_extended": True, **changes}
    )


def planned(
    release: Release, indexer: Indexer | None = None, tr: Translator = TR
) -> tuple[Artifact, Bundle]:
    """Return the two things that are planned of a release."""
    indexer = indexer or an_indexer()
    first, second = plan(published(release, tr), indexer)
    return cast("Artifact", first), cast("Bundle", second)


def bundled(release: Release, indexer: Indexer, folder: Path) -> Path:
    """Write Pagefind's folder of a release into an empty folder and return it."""
    planned(release, indexer)[1].render_into(folder)
    return folder


def changed(release: Release, code: str | None = None, **changes: Any) -> Release:
    """Return a release in which one power is changed."""
    key = code or next(iter(release.powers))
    version = release.powers[key]
    other = replace(version, power=replace(version.power, **changes))
    return replace(release, powers={**release.powers, key: other})


def some(release: Release, **changes: Any) -> VettedVersion:
    """Return the first power of a release with changes."""
    return next(iter(changed(release, **changes).powers.values()))


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file of a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def unpacked(files: Mapping[str, bytes]) -> bytes:
    """Return all files joined, the compressed ones unpacked, without the marks between words."""
    plain = [gzip.decompress(b) if b[:2] == b"\x1f\x8b" else b for b in files.values()]
    return b"\n".join(plain).replace("\u200b".encode(), b"")


def titles_of(release: Release, tr: Translator = TR) -> dict[str, Any]:
    """Return `titles.json` of a release, read again, its powers as rows."""
    found: dict[str, Any] = json.loads(planned(release, tr=tr)[0].render())
    found["powers"] = [list(row) for row in zip(*found["powers"], strict=True)]
    return found


def a_binary(folder: Path, script: str) -> Path:
    """Return an executable that does what a script says."""
    path = folder / "pagefind_extended"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


def test_at_most_600_characters_are_indexed(release):
    """An index costs by the character; a city of 2,515 long records would need gigabytes."""
    for version in release.powers.values():
        assert len(" ".join(documents.parts(version, release, TR))) <= documents.LIMIT
    long = some(
        release,
        name="长" * 700,
        aliases=("别名" * 40,),
        materials=tuple(Material(seq=n, name=f"材料{n}" * 9) for n in range(99)),
    )
    assert len(" ".join(documents.parts(long, release, TR))) <= documents.LIMIT


def test_names_and_codes_come_before_what_may_be_cut_off(release):
    """With too much to index, a power must still be found by its name."""
    version = some(
        release,
        aliases=("一个别名",),
        former_codes=("OLD-7",),
        materials=tuple(Material(seq=n, name=f"材料{n}" * 9) for n in range(99)),
    )
    parts = documents.parts(version, release, TR)

    assert parts[0] == version.power.name
    assert {version.power.code, "一个别名", "OLD-7", "材料0" * 9} <= set(parts)
    assert "材料98" * 9 not in parts


def test_a_part_that_does_not_fit_is_left_out_whole(release):
    """Half a word would be found as a word that nobody wrote."""
    version = some(
        release, materials=(Material(seq=1, name="甲" * 590), Material(seq=2, name="乙"))
    )
    parts = documents.parts(version, release, TR)

    assert not any("甲" in part for part in parts)
    assert "乙" in parts


def test_the_document_is_text_in_the_citys_language(release):
    """A name with markup in it must neither break the index nor run in it."""
    hostile = '<script>alert("1")</script> & <b data-pagefind-filter="kind:x">'
    version = some(release, name=hostile, aliases=(hostile + "2",))
    page = html.fromstring(documents.page(version, release, TR).decode())

    assert page.get("lang") == "zh-CN"
    assert page.xpath("//script | //b") == []
    assert page.xpath("string(//h1)") == hostile
    assert hostile + "2" in page.xpath("//p/text()")


def test_the_facets_of_a_power_are_its_own(release):
    """A filter that lets the wrong power pass is worse than none."""
    for version in release.powers.values():
        page = html.fromstring(documents.page(version, release, TR).decode())
        power = version.power
        assert page.xpath("//@data-pagefind-filter") == [
            f"department:{power.department}",
            f"kind:{power.kind}",
        ]
        assert page.xpath("//@data-pagefind-meta") == [f"code:{power.code}"]


def test_who_may_apply_and_the_themes_stand_with_each_name(release):
    """Our pages narrow by what stands in `titles.json`; both citizens and firms means both."""
    found = titles_of(release)
    column = {name: at for at, name in enumerate(found["columns"])}
    for row in found["powers"]:
        power = release.powers[PowerCode(row[column["code"]])].power
        both = {"both": ["citizen", "firm"]}
        assert row[column["applicants"]] == both.get(power.applicant, [power.applicant.value])
        assert row[column["themes"]] == list(power.themes)
        assert set(row[column["themes"]]) <= set(found["themes"])
        assert set(row[column["applicants"]]) <= set(found["applicants"])


def test_each_page_of_the_index_is_told_by_its_code(index, release):
    """A hit whose power nobody knows can neither be counted nor narrowed nor led to."""
    found = json.loads((index / "pages.json").read_bytes())
    titles, width = titles_of(release), found["width"]
    ends = [found["pages"][at : at + width] for at in range(0, len(found["pages"]), width)]
    codes = [row[titles["columns"].index("code")] for row in titles["powers"]]
    pages = dict(zip(ends, codes, strict=True))

    assert found["edition"] == titles["edition"]
    assert sorted(codes) == sorted(release.powers)
    for path in (index / "fragment").iterdir():
        text = gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd")
        assert pages[path.stem[-width:]] == json.loads(text)["meta"]["code"]


def test_a_large_citys_texts_share_files_and_keep_their_names(
    index, release, indexer, tmp_path, monkeypatch
):
    """A file for each power leaves no room for all else that a city publishes."""
    if not indexer.joins_texts:
        pytest.skip(f"{indexer} writes a file for each text")
    monkeypatch.setattr("generator.outputs.search.indexer.MOST_TEXTS", 9)

    joined = bundled(release, indexer, tmp_path)

    assert len(list((joined / "fragment").iterdir())) == 9
    assert (joined / "pages.json").read_bytes() == (index / "pages.json").read_bytes()


@pytest.mark.parametrize(
    ("version", "joins"), [("1.5.2", False), ("1.6.0", True), ("2.0.1", True), ("", False)]
)
def test_only_a_pagefind_that_can_is_asked_to_join_texts(version, joins):
    """An option that a binary does not know ends the build."""
    assert an_indexer(version=version).joins_texts is joins


def test_pagefind_reads_every_power_with_its_code_and_facets(index, release):
    """A power that the index lacks cannot be found by what stands in it."""
    found = {}
    for path in (index / "fragment").iterdir():
        text = gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd")
        fragment = json.loads(text)
        found[fragment["meta"]["code"]] = fragment
    entry = json.loads((index / "pagefind-entry.json").read_bytes())

    assert sorted(found) == sorted(release.powers)
    assert list(entry["languages"]) == ["zh-cn"]
    for code, version in release.powers.items():
        assert found[code]["meta"]["title"] == version.power.name
        assert found[code]["filters"]["department"] == [version.power.department]


def test_only_what_the_pages_load_is_published(index):
    """470 KB of ready-made interfaces, with their makers' names, serve nobody."""
    top = {path.name for path in index.iterdir() if path.is_file()}

    assert {name for name in top if name.endswith((".js", ".css"))} == {
        "pagefind.js",
        "pagefind-worker.js",
    }
    assert not any("ui" in name for name in top)
    assert {path.name for path in index.iterdir() if path.is_dir()} == {
        "filter",
        "fragment",
        "index",
    }


def test_two_runs_give_the_same_bytes(index, release, indexer, tmp_path):
    """A host that gets only what changed must not get the whole index each day."""
    if indexer.version.startswith(PYPI):
        pytest.skip(f"{indexer} names its filter files differently each time")

    assert contents(bundled(release, indexer, tmp_path)) == contents(index)


def test_what_is_withdrawn_is_in_no_byte_of_the_index(index, release, indexer, tmp_path):
    """A court's order covers the compressed fragments too."""
    alias = "独一无二的别名甲"
    code = next(c for c in release.powers if is_named_once(release, c))
    first, second = tmp_path / "with", tmp_path / "without"
    first.mkdir()
    second.mkdir()
    full = changed(release, code, aliases=(alias,))
    rest = replace(full, powers={c: v for c, v in full.powers.items() if c != code})

    assert alias.encode() in unpacked(contents(bundled(full, indexer, first)))
    left = unpacked(contents(bundled(rest, indexer, second)))
    left += planned(rest)[0].render()
    assert alias.encode() not in left
    assert code.encode() not in left
    assert full.powers[code].power.name.encode() not in left


def is_named_once(release: Release, code: PowerCode) -> bool:
    """Tell whether no other power's words hold the power's name."""
    name = release.powers[code].power.name
    others = (repr(version.power) for other, version in release.powers.items() if other != code)
    return not any(name in words for words in (*others, repr(release.synonyms)))


def test_the_index_is_made_again_when_its_words_or_its_tool_change(release):
    """A stale index hides a new power; one made anew each day costs minutes."""
    base = planned(release)[1].fingerprint
    newer, plain = an_indexer(version="1.7.0"), an_indexer(is_extended=False)

    assert planned(release)[1].fingerprint == base
    assert planned(changed(release, place="Another hall"))[1].fingerprint == base
    assert planned(changed(release, aliases=("新别名",)))[1].fingerprint != base
    assert planned(release, newer)[1].fingerprint != base
    assert planned(release, plain)[1].fingerprint != base


def test_the_titles_are_made_again_when_a_name_changes(release):
    """Search must not offer the name of yesterday."""
    base = planned(release)[0].fingerprint

    assert planned(changed(release, place="Another hall"))[0].fingerprint == base
    assert planned(changed(release, name="新名称"))[0].fingerprint != base
    synonyms = (*release.synonyms, Synonym(term="甲", target="乙"))
    assert planned(replace(release, synonyms=synonyms))[0].fingerprint != base


def test_titles_hold_a_row_for_each_power(release):
    """The layer that answers first must know every power, those given up included."""
    found = titles_of(release)
    powers = [dict(zip(found["columns"], row, strict=True)) for row in found["powers"]]

    assert sorted(power["code"] for power in powers) == sorted(release.powers)
    for power in powers:
        own: Power = release.powers[power["code"]].power
        assert power["name"] == own.name
        assert power["aliases"] == list(own.aliases)
        assert power["status"] == own.status
        assert power["department"] in found["departments"]
        assert found["kinds"][power["kind"]]
        assert found["statuses"][power["status"]]
        bases = {basis.instrument for basis in own.legal_bases}
        assert {list(found["laws"])[number] for number in power["laws"]} == bases & {*found["laws"]}


def test_titles_name_bodies_and_laws_by_every_name_they_go_by(release):
    """Old names of a body live on in letters; full titles of a law in documents."""
    slug, body = next(iter(release.departments.items()))
    renamed = replace(body, former_names=("旧名局",))
    found = titles_of(replace(release, departments={**release.departments, slug: renamed}))

    assert found["departments"][slug][0] == body.label
    assert {body.name, "旧名局"} <= set(found["departments"][slug])
    cited = {b.instrument for v in release.active() for b in v.power.legal_bases}
    assert set(found["laws"]) == cited & set(release.instruments)
    law = next(iter(found["laws"]))
    assert release.instruments[law].title in found["laws"][law]


def test_life_events_are_named_with_their_powers(release):
    """People want to open a restaurant; no power is called that."""
    found = titles_of(release)

    assert found["life-events"] == {s: event.name for s, event in release.life_events.items()}
    assert found["stages"] == {
        slug: [entry.power for entry in event.powers] for slug, event in release.life_events.items()
    }


def test_former_and_other_codes_stand_with_the_powers(release):
    """Provincial and national codes are what other systems quote."""
    found = titles_of(
        changed(release, former_codes=("A-1",), local_code="B-2", implementation_code="C-3")
    )

    former = [row[found["columns"].index("former")] for row in found["powers"]]
    assert [codes for codes in former if codes] == [["A-1", "B-2", "C-3"]]


def test_names_are_spelt_as_they_are_read():
    """行 is hang in 银行 and xing in 行政; initials by the dictionary's first reading mislead."""
    usual, other = spelling.spell(["行政许可", "行政处罚", "银行开户", "ISO 9001认证（试行）"])

    assert usual["行"] == "xing"
    assert other == {"银行开户": "yin hang kai hu"}
    assert usual["认"] == "ren"
    assert not set(usual) & set("ISO9001（）")


def test_an_english_city_needs_no_pinyin(release):
    """A city that writes in letters must not be spelt letter by letter."""
    names = {code: f"Licence {n}" for n, code in enumerate(release.powers)}
    powers = {
        code: replace(v, power=replace(v.power, name=names[code], aliases=()))
        for code, v in release.powers.items()
    }
    found = titles_of(replace(release, powers=powers), Translator("en"))

    assert found["readings"] == {}
    assert found["spellings"] == {}
    assert found["variants"] == ""


def test_traditional_characters_lead_to_simplified_ones_only():
    """A pair the wrong way round would hide what is written as the list writes it."""
    pairs = variants.pairs()
    traditional, simplified = set(pairs[::2]), set(pairs[1::2])

    assert len(pairs) % 2 == 0
    assert len(traditional) == len(pairs) // 2
    assert not traditional & simplified
    assert not traditional & set((CHECKOUT / "content/database/powers.csv").read_text("utf-8"))


def test_pinyin_is_loaded_only_when_something_is_spelt():
    """A build in which no name changed must not wait half a second for a dictionary."""
    program = (
        "import sys; from generator.outputs.search import spelling; "
        "spelling.spell(['Licence']); print('pypinyin' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=CHECKOUT, check=True
    )

    assert done.stdout.strip() == "False"


def test_a_city_without_search_has_no_index(release):
    """What is switched off must leave nothing behind."""
    publication = published(release)
    settings = replace(publication.config, features={"search": False})
    off = replace(publication, config=settings)

    assert list(plan(off, an_indexer())) == []


def test_the_binary_of_the_configuration_is_used(indexer):
    """An operator who names a binary must get that one, and be told so."""
    found = search.find(indexer.path)

    assert found.path == indexer.path
    assert found.version == indexer.version
    assert str(indexer.path) in str(found)
    assert indexer.version in str(found)


def test_a_binary_is_known_by_what_it_does_and_not_by_its_name(indexer, tmp_path):
    """A renamed binary must not bring a false warning, nor a plain one pass for extended."""
    renamed, misnamed = tmp_path / "pf", tmp_path / "pagefind_extended"
    renamed.symlink_to(indexer.path)
    misnamed.symlink_to(Path(pagefind_bin.__file__).parent / "pagefind")

    assert search.find(renamed).is_extended
    assert not search.find(misnamed).is_extended


@pytest.mark.parametrize("script", ["exit 3", "echo grep 3.8", "exit 0"])
def test_a_binary_that_is_no_pagefind_is_refused(tmp_path, script):
    """A wrong path must be said at once, not after all pages are made."""
    with pytest.raises(ConfigError, match=r"search\.binary"):
        search.find(a_binary(tmp_path, script))


def test_a_binary_that_is_missing_is_refused(tmp_path):
    """Falling back to another one in silence would change the index unseen."""
    with pytest.raises(ConfigError, match="nowhere"):
        search.find(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("script", "says"),
    [
        pytest.param("echo out of memory >&2; exit 9", "out of memory", id="fails"),
        pytest.param("exit 0", "wrote no index", id="writes-nothing"),
    ],
)
def test_an_indexer_that_fails_says_why(tmp_path, script, says):
    """An operator must see the tool's own words, and no half-made index."""
    broken = an_indexer(path=a_binary(tmp_path, script))
    with pytest.raises(ToolError, match=says):
        broken.run(tmp_path, tmp_path)


def test_settings_of_the_machine_do_not_reach_the_index(
    index, release, indexer, tmp_path, monkeypatch
):
    """Pagefind reads its own variables and a pagefind.yml: the same ledger, another index."""
    if indexer.version.startswith(PYPI):
        pytest.skip(f"{indexer} gives different bytes each time")
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "pagefind.yml").write_text("exclude_selectors: [p]\n")
    monkeypatch.chdir(folder)
    for name in ("PAGEFIND_EXCLUDE_SELECTORS", "PAGEFIND_ROOT_SELECTOR"):
        monkeypatch.setenv(name, "p")
    output = tmp_path / "out"
    output.mkdir()

    assert os.environ["PAGEFIND_ROOT_SELECTOR"] == "p"
    assert contents(bundled(release, indexer, output)) == contents(index)


def test_collecting_titles_says_nothing_that_the_pages_do_not(release):
    """Only published facts may stand in what every visitor loads."""
    collected = json.dumps(titles.collect(published(release)), ensure_ascii=False)

    for version in release.powers.values():
        assert version.digest not in collected
        assert not version.power.summary or version.power.summary not in collected
