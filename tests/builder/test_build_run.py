from __future__ import annotations

import errno
import os
import subprocess
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.builder import publish, run
from generator.builder.artifact import Artifact, Bundle
from generator.builder.run import BuildError, Outcome, Progress
from generator.errors import PublishError, RenderError
from tests.builder.small_site import MEMORY, Site, a_bundle, an_artifact

CITY = {
    "index.html": b"home",
    "powers/a/index.html": b"power a",
    "powers/b/index.html": b"power b",
    "powers/b.svg": b"<svg/>",
    "data/powers.csv": b"code,name\n",
}
SEARCH = {"entry.json": b"{}", "fragment/one.pf": b"1", "fragment/two.pf": b"2"}


def counts(outcome: Outcome) -> tuple[int, int, int]:
    return outcome.written, outcome.unchanged, outcome.removed


def never() -> bytes:
    raise AssertionError("rendered again")


# What is made again, and what is not


def test_a_second_build_touches_nothing(site: Site) -> None:
    """Each nightly run would send a whole city to the mirrors again."""
    first = site.build(CITY, {"search/": SEARCH})
    marks = site.marks()
    again = [
        Artifact(path=path, fingerprint=sha256(content).hexdigest(), render=never)
        for path, content in CITY.items()
    ]
    steps: list[Progress] = []
    second = site.build({}, {"search/": SEARCH}, also=tuple(again), on_progress=steps.append)

    assert counts(first) == (9, 0, 0)
    assert counts(second) == (0, 9, 0)
    assert second.rendered == 0 and second.written_paths == () and steps == []
    assert site.marks() == marks
    assert site.beside() == []


def test_one_changed_artifact_rewrites_exactly_its_file(site: Site) -> None:
    """A mirror that goes by time or inode would fetch pages that did not change."""
    site.build(CITY, {"search/": SEARCH})
    for turn in range(3):  # without a spare, then with one
        before = site.inodes()
        times = {path: file.stat().st_mtime_ns for path, file in site.paths().items()}
        outcome = site.build({**CITY, "powers/b.svg": b"<svg>%d</svg>" % turn}, {"search/": SEARCH})
        after = site.inodes()

        assert outcome.written_paths == ("powers/b.svg",)
        assert counts(outcome) == (1, 8, 0)
        assert {path for path in after if after[path] != before[path]} == {"powers/b.svg"}
        for path, file in site.paths().items():
            assert path == "powers/b.svg" or file.stat().st_mtime_ns == times[path]


def test_a_file_whose_new_bytes_are_the_old_ones_is_left_alone(site: Site) -> None:
    """A new toolchain would change the time of 16,000 files, and each cached copy with it."""
    site.build(CITY, {"search/": SEARCH})
    marks = site.marks()
    renamed = tuple(
        Artifact(path=path, fingerprint=f"new {path}", render=lambda content=content: content)
        for path, content in CITY.items()
    )
    index = Bundle(
        prefix="search/", fingerprint="new", render_into=a_bundle("search/", SEARCH).render_into
    )
    outcome = site.build(also=(*renamed, index))

    assert counts(outcome) == (0, 9, 0) and outcome.rendered == 6
    assert site.marks() == marks
    assert site.beside() == []


def test_what_is_no_longer_planned_is_removed_and_counted(site: Site) -> None:
    """A withdrawn page must not stay on the server."""
    site.build(CITY, {"search/": SEARCH})
    (site.output / "left-by-hand").mkdir()
    (site.output / "left-by-hand/note.txt").write_text("x")
    (site.output / ".DS_Store").write_text("x")
    outcome = site.build({"index.html": b"home"})

    assert set(outcome.removed_paths) == {
        ".DS_Store",
        "left-by-hand/note.txt",
        *(CITY.keys() - {"index.html"}),
        *(f"search/{name}" for name in SEARCH),
    }
    assert counts(outcome) == (0, 2, 9)
    assert sorted(p.name for p in site.output.iterdir()) == [run.MARKER, "index.html"]


def test_nothing_of_a_removed_file_stays_anywhere(site: Site) -> None:
    """A court's order to take a name down covers the build's caches too."""
    secret = b"\xe7\x8e\x8b\xe5\xb0\x8f\xe6\x98\x8e 130401199001011234"
    site.build({**CITY, "powers/leak/index.html": secret}, {"search/": {"x.pf": secret}})
    site.build(
        {**CITY, "powers/leak/index.html": secret, "other": b"1"}, {"search/": {"x.pf": secret}}
    )
    assert secret in site.everywhere()
    site.build({**CITY, "powers/leak/index.html": b"withdrawn"}, {"search/": {"x.pf": b"-"}})

    assert secret not in site.everywhere()
    assert site.beside() == []


def test_the_spare_is_always_a_second_name_of_what_is_published(site: Site) -> None:
    """A spare with other files would hold what was withdrawn, or cost the room of a city."""
    for turn, left_out in enumerate(["", "powers/b.svg", "index.html", "powers/a/index.html"]):
        files = {path: content for path, content in CITY.items() if path != left_out}
        site.build({**files, f"once/{turn}": b"", "turn": b"-"}, {"search/": SEARCH})
        site.build({**files, "turn": b"%d" % turn}, {"search/": SEARCH})
        (spare,) = site.cache.glob("*/spare")

        names = [p for p in spare.rglob("*") if p.is_file()]
        inodes = {p.relative_to(spare).as_posix(): p.stat().st_ino for p in names}
        assert inodes == site.inodes()
        folders = {p.relative_to(spare) for p in spare.rglob("*") if p.is_dir()}
        assert folders == {p.relative_to(site.output) for p in site.output.rglob("*") if p.is_dir()}


@pytest.mark.parametrize(
    "tamper",
    [
        pytest.param(lambda p: p.write_bytes(b"POWER A"), id="bytes-of-equal-length"),
        pytest.param(lambda p: p.write_bytes(b""), id="emptied"),
        pytest.param(lambda p: p.unlink(), id="removed"),
        pytest.param(lambda p: p.chmod(0o600), id="mode"),
        pytest.param(lambda p: (p.unlink(), p.symlink_to("/etc/hosts")), id="link"),
        pytest.param(lambda p: (p.unlink(), p.mkdir()), id="folder"),
        pytest.param(
            lambda p: (p.rename(p.parent / "x"), (p.parent / "x").unlink(), p.parent.rmdir()),
            id="folder-removed",
        ),
        pytest.param(
            lambda p: (p.unlink(), p.parent.rmdir(), p.parent.symlink_to("../data")),
            id="folder-became-a-link",
        ),
    ],
)
@pytest.mark.parametrize("builds", [1, 2], ids=["no-spare", "spare"])
def test_a_published_file_that_was_tampered_with_is_made_again(
    site: Site, tamper: Callable[[Path], object], builds: int
) -> None:
    """A page altered on the server would stay altered until its record changes."""
    for turn in range(builds):
        site.build({**CITY, "data/powers.csv": b"%d" % turn})
    tamper(site.output / "powers/a/index.html")
    outcome = site.build({**CITY, "data/powers.csv": b"%d" % (builds - 1)})

    assert "powers/a/index.html" in outcome.written_paths
    assert site.files() == {**CITY, "data/powers.csv": b"%d" % (builds - 1)}
    assert (site.output / "powers/a/index.html").stat().st_mode & 0o7777 == 0o644
    assert Path("/etc/hosts").read_bytes() != b"power a"


def test_a_file_of_which_only_the_time_differs_is_kept(site: Site) -> None:
    """A copied site would be rendered anew for its times alone."""
    site.build(CITY)
    os.utime(site.output / "index.html", (1, 1))
    outcome = site.build(CITY)

    assert counts(outcome) == (0, 6, 0) and outcome.rendered == 0
    assert (site.output / "index.html").stat().st_mtime == 1


@pytest.mark.parametrize(
    "harm",
    [
        pytest.param(lambda p: p.unlink(), id="lost"),
        pytest.param(lambda p: p.write_bytes(b"garbage" * 999), id="garbage"),
        pytest.param(lambda p: p.write_bytes(p.read_bytes()[:5000]), id="cut"),
        pytest.param(lambda p: p.write_bytes(b""), id="empty"),
        pytest.param(lambda p: (p.unlink(), p.mkdir()), id="folder"),
        pytest.param(
            lambda p: p.write_bytes(p.read_bytes().replace(b"fragment/two", b"fragment/twa")),
            id="a-row-of-a-bundle-altered",
        ),
    ],
)
def test_a_lost_or_damaged_state_costs_a_render_and_nothing_else(
    site: Site, harm: Callable[[Path], object]
) -> None:
    """The cache may vanish at any time; nobody should have to notice."""
    site.build(CITY, {"search/": SEARCH})
    (state,) = site.cache.glob("*/state.sqlite")
    harm(state)
    outcome = site.build({**CITY, "index.html": b"new"}, {"search/": SEARCH})

    expected = {**CITY, "index.html": b"new", **{f"search/{n}": c for n, c in SEARCH.items()}}
    assert site.files() == expected
    assert outcome.rendered == 7
    assert outcome.written_paths == ("index.html",)
    assert site.build({**CITY, "index.html": b"new"}, {"search/": SEARCH}).rendered == 0


def test_a_kept_page_is_never_written_through_a_link(site: Site) -> None:
    """An archivist's hard-linked copy of yesterday's site must stay yesterday's."""
    site.build(CITY)
    archive = site.root / "archive"
    archive.mkdir()
    os.link(site.output / "index.html", archive / "index.html")
    site.build({**CITY, "index.html": b"HOME"})
    site.build({**CITY, "index.html": b"home again"})

    assert (archive / "index.html").read_bytes() == b"home"


PATHS = st.sampled_from(["a", "b", "d/a", "d/b", "d/e/a", "f/a", "f/g/h/a"])
BODIES = st.sampled_from([b"", b"1", b"2", b"22"])
PLANS = st.dictionaries(PATHS, BODIES)
INDEX = st.none() | st.dictionaries(st.sampled_from(["x", "y", "z/x"]), BODIES)
HARMS = st.lists(
    st.tuples(PATHS, st.sampled_from(["write", "unlink", "chmod", "link"])), max_size=2
)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.tuples(PLANS, INDEX, HARMS), min_size=2, max_size=5))
def test_building_on_gives_the_bytes_of_building_anew(
    steps: list[tuple[dict[str, bytes], dict[str, bytes] | None, list[tuple[str, str]]]],
) -> None:
    """A city that builds daily must publish the same as one that starts from nothing."""
    with tempfile.TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as name:
        grown = Site(Path(name) / "grown")
        for number, (files, index, harms) in enumerate(steps):
            bundles = {} if index is None else {"search/": index}
            fresh = Site(Path(name) / f"fresh-{number}")
            before = grown.files() if number else {}
            outcome = grown.build(files, bundles)
            fresh.build(files, bundles)

            assert grown.files() == fresh.files()
            modes = {path: file.stat().st_mode for path, file in grown.paths().items()}
            assert modes == {path: file.stat().st_mode for path, file in fresh.paths().items()}
            assert counts(outcome)[:2] == (
                len(outcome.written_paths),
                len(fresh.paths()) - len(outcome.written_paths),
            )
            assert {p for p, c in grown.files().items() if before.get(p) != c} <= {
                *outcome.written_paths
            }
            assert grown.beside() == []
            for path, harm in harms:
                do_harm(grown.output / path, harm)


def do_harm(file: Path, harm: str) -> None:
    if harm == "write" and file.parent.is_dir() and not file.is_dir():
        file.write_bytes(b"harm")
    elif file.is_file() and harm == "chmod":
        file.chmod(0o755)
    elif file.is_file() or file.is_symlink():
        file.unlink()
        if harm == "link":
            file.symlink_to("/etc/hosts")


# What fails


def failing(path: str, error: BaseException) -> Artifact:
    def render() -> bytes:
        raise error

    return Artifact(path=path, fingerprint="failing", render=render)


def test_what_cannot_be_rendered_is_told_in_full_and_nothing_is_published(site: Site) -> None:
    """One broken page must neither take the city down nor hide the next one."""
    site.build(CITY)
    marks = site.marks()
    cause = KeyError("no such step")
    told = RenderError("powers/z.svg", "no way out")
    with pytest.raises(BuildError) as caught:
        site.build(
            {**CITY, "index.html": b"HOME"},
            also=(failing("powers/c/index.html", cause), failing("powers/z.svg", told)),
        )

    assert [path for path, _ in caught.value.failures] == ["powers/c/index.html", "powers/z.svg"]
    assert caught.value.failures[0][1].__cause__ is cause
    assert caught.value.failures[1][1] is told
    assert caught.value.path == "powers/c/index.html"
    assert str(caught.value).startswith("powers/c/index.html: ")
    assert "no such step" in str(caught.value) and "1 more" in str(caught.value)
    assert site.marks() == marks
    assert site.beside() == []


def test_the_build_after_a_failed_one_needs_no_hand(site: Site) -> None:
    """CI retries by itself."""
    for content in (b"1", b"2", b"3"):
        with pytest.raises(BuildError):
            site.build({**CITY, "new": content}, also=(failing("x", ValueError("x")),))
        assert site.beside() == []
        site.build({**CITY, "new": content})
        assert site.files() == {**CITY, "new": content}


def test_a_first_build_that_fails_leaves_nothing(site: Site) -> None:
    """An empty site in place of none would be taken for the city's."""
    with pytest.raises(BuildError, match="x: "):
        site.build(CITY, also=(failing("x", ValueError("x")),))

    assert not site.output.exists()
    assert site.beside() == []


def test_a_render_that_gives_no_bytes_is_named(site: Site) -> None:
    """A template's text written without saying how it is encoded differs by machine."""
    bad = Artifact(path="x", fingerprint="1", render=lambda: "text")  # type: ignore[arg-type,return-value]
    with pytest.raises(BuildError, match=r"x: .*str, not bytes"):
        site.build(also=(bad,))


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
@pytest.mark.parametrize("builds", [0, 1, 2])
def test_an_interrupted_build_leaves_the_published_site(
    site: Site, stop: type[BaseException], builds: int
) -> None:
    """Ctrl-C in mid-build must cost nothing but the build."""
    for turn in range(builds):
        site.build({**CITY, "turn": b"%d" % turn})
    marks = site.marks() if builds else None
    with pytest.raises(stop):
        site.build({**CITY, "index.html": b"HOME"}, also=(failing("x", stop()),))

    assert (site.marks() if builds else None) == marks
    assert site.beside() == []
    site.build(CITY)
    assert site.files() == CITY


def test_a_full_disk_met_while_rendering_is_told_as_such(site: Site) -> None:
    """The remedy is room, not the page that happened to be under way."""
    site.build(CITY)
    marks = site.marks()
    full = failing("x", OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(PublishError, match=r"disk is full.*untouched; free some space"):
        site.build({**CITY, "index.html": b"HOME"}, also=(full,))

    assert site.marks() == marks
    assert site.beside() == []


@pytest.fixture
def small_disk(room: Path) -> Iterator[Path]:
    """Yield the root of a disk of 1 MB; skipped where it cannot be mounted."""
    disk = room / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(disk)]
    if subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only root can mount a small disk")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


@pytest.mark.parametrize("builds", [0, 1, 2])
@pytest.mark.parametrize("what", ["files", "bundle"])
def test_a_disk_that_fills_up_leaves_the_published_site(
    small_disk: Path, builds: int, what: str
) -> None:
    """A full disk is when nobody has time for a broken site as well."""
    site = Site(small_disk)
    for turn in range(builds):
        site.build({**CITY, "turn": b"%d" % turn})
    before = site.files() if builds else {}
    big = {f"big/{n}": bytes([n]) * 300_000 for n in range(9)}
    with pytest.raises(PublishError, match="disk is full"):
        site.build(CITY, {"search/": big}) if what == "bundle" else site.build({**CITY, **big})

    assert (site.files() if builds else {}) == before
    assert site.beside() == []
    site.build(CITY)
    assert site.files() == CITY


# What may be replaced


@pytest.mark.parametrize("inside", ["holiday.jpg", "album/holiday.jpg", ".git/config"])
def test_a_folder_that_no_build_made_is_never_emptied(site: Site, inside: str) -> None:
    """A slip in `--output` must not cost anybody's files."""
    file = site.output / inside
    file.parent.mkdir(parents=True)
    file.write_bytes(b"mine")
    with pytest.raises(PublishError, match=r"public: .*\.daylight-site.*; name another output"):
        site.build(CITY)

    assert site.files() == {inside: b"mine"}
    assert site.beside() == []


def test_an_empty_folder_may_be_filled(site: Site) -> None:
    """Operators make the folder first, with its owner and rights."""
    site.output.mkdir()
    site.build(CITY)

    assert site.files() == CITY


@pytest.mark.parametrize("output", ["/", "file", "holds-the-cache", "/proc"])
def test_an_output_that_cannot_be_swapped_is_refused(room: Path, output: str) -> None:
    """Found out only after an hour's build, it would be an hour lost."""
    (room / "file").write_text("x")
    (room / "holds-the-cache").mkdir()
    with pytest.raises(PublishError, match=r"output|inside"):
        run.build([], room / output, state_dir=room / "holds-the-cache" / "cache")

    assert (room / "file").read_text() == "x"


def test_an_output_that_is_a_link_is_followed(room: Path) -> None:
    """Servers point at `current`; replacing the link by a folder would break them."""
    (room / "srv").mkdir()
    (room / "public").symlink_to("srv/www")
    run.build([an_artifact("a", b"1")], room / "public", state_dir=room / "cache")
    run.build([an_artifact("a", b"2")], room / "public", state_dir=room / "cache")

    assert (room / "public").is_symlink()
    assert (room / "srv/www/a").read_bytes() == b"2"
    assert sorted(p.name for p in room.iterdir()) == ["cache", "public", "srv"]


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077, 0o777])
def test_everybody_can_read_the_site_whatever_the_builder_s_umask(site: Site, umask: int) -> None:
    """A page that the web server may not read is a page withheld."""
    before = os.umask(umask)
    try:
        site.build(CITY, {"search/": SEARCH})
        site.build({**CITY, "index.html": b"new"}, {"search/": {**SEARCH, "z/new": b"3"}})
    finally:
        os.umask(before)

    for path in [site.output, *site.output.rglob("*")]:
        assert path.stat().st_mode & 0o7777 == (0o755 if path.is_dir() else 0o644), path


# Bundles


def test_a_bundle_is_run_only_when_its_fingerprint_is_new(site: Site) -> None:
    """Indexing for search is the dearest step of a build."""
    site.build(CITY, {"search/": SEARCH})
    idle = Bundle(
        prefix="search/",
        fingerprint=a_bundle("search/", SEARCH).fingerprint,
        render_into=lambda folder: pytest.fail("run again"),
    )
    assert counts(site.build({**CITY, "new": b"x"}, also=(idle,))) == (1, 9, 0)

    changed = {"entry.json": b"{ }", "fragment/one.pf": b"1"}
    before = site.inodes()
    outcome = site.build({**CITY, "new": b"x"}, {"search/": changed})

    assert outcome.written_paths == ("search/entry.json",)
    assert outcome.removed_paths == ("search/fragment/two.pf",)
    assert site.inodes()["search/fragment/one.pf"] == before["search/fragment/one.pf"]
    assert site.files() == {**CITY, "new": b"x", **{f"search/{n}": c for n, c in changed.items()}}


@pytest.mark.parametrize("harm", ["unlink", "write", "chmod"])
def test_a_bundle_of_which_one_file_was_harmed_is_run_again(site: Site, harm: str) -> None:
    """A search index with one part missing finds nothing at all."""
    site.build(CITY, {"search/": SEARCH})
    do_harm(site.output / "search/fragment/two.pf", harm)
    outcome = site.build(CITY, {"search/": SEARCH})

    assert outcome.written_paths == ("search/fragment/two.pf",)
    assert site.files() == {**CITY, **{f"search/{name}": c for name, c in SEARCH.items()}}


@pytest.mark.parametrize(
    "act",
    [
        pytest.param(lambda folder: (folder / "l").symlink_to("/etc/passwd"), id="link"),
        pytest.param(lambda folder: (folder / ".log").write_bytes(b""), id="hidden"),
        pytest.param(lambda folder: os.mkfifo(folder / "pipe"), id="pipe"),
        pytest.param(
            lambda folder: [(folder / name).write_bytes(b"") for name in ("a", "A")], id="case"
        ),
        pytest.param(lambda folder: 1 / 0, id="fails"),
    ],
)
def test_a_bundle_that_leaves_what_cannot_be_served_is_refused(
    site: Site, act: Callable[[Path], object]
) -> None:
    """A link in the output can hand out any file of the server."""
    site.build(CITY)

    def fill(folder: Path) -> None:
        act(folder)

    with pytest.raises(BuildError, match="search/: "):
        site.build(CITY, also=(Bundle(prefix="search/", fingerprint="1", render_into=fill),))

    assert site.files() == CITY
    assert site.beside() == []


def test_an_empty_folder_is_not_published(site: Site) -> None:
    """Servers list an empty folder, and copies made by git or zip lack it."""

    def fill(folder: Path) -> None:
        (folder / "zh/empty").mkdir(parents=True)
        (folder / "entry").write_bytes(b"x")

    site.build(CITY, also=(Bundle(prefix="search/", fingerprint="1", render_into=fill),))

    assert site.files() == {**CITY, "search/entry": b"x"}
    assert [p.name for p in (site.output / "search").iterdir()] == ["entry"]


@pytest.mark.parametrize("file", ["stray", "powers/a/index.html"])
def test_a_tool_that_writes_outside_its_folder_stops_the_build(site: Site, file: str) -> None:
    """An unplanned file would be published without ever having been vetted."""
    site.build(CITY)

    def fill(folder: Path) -> None:
        target = folder.parent / file
        if file == "stray":
            target.write_bytes(b"stray")
        else:
            target.unlink()

    stray = Bundle(prefix="search/", fingerprint="1", render_into=fill)
    with pytest.raises(PublishError, match=file):
        site.build({**CITY, "powers/a/index.html": b"new"}, also=(stray,))

    assert site.files() == CITY
    assert site.beside() == []


# What callers see


def test_progress_counts_what_is_made(site: Site) -> None:
    """A bar that stands at 3 % of pages nobody makes tells an operator nothing."""
    steps: list[Progress] = []
    site.build(CITY, {"search/": SEARCH}, on_progress=steps.append)

    assert [step.done for step in steps] == list(range(1, 8))
    assert {step.total for step in steps} == {7}
    assert steps[-1].path == "search/"

    steps.clear()
    site.build({**CITY, "new": b"x"}, {"search/": SEARCH}, on_progress=steps.append)
    assert steps == [Progress(done=1, total=1, path="new")]


def test_the_manifest_is_what_stands_on_the_disk(site: Site) -> None:
    """Checksums that are not those of the files defeat those who check them."""
    assert run.manifest(site.output, site.cache) == {}
    site.build(CITY, {"search/": SEARCH})
    (site.output / "index.html").write_bytes(b"HOME")
    sums = {path: sha256(file.read_bytes()).hexdigest() for path, file in site.paths().items()}

    assert run.manifest(site.output, site.cache) == sums
    assert run.manifest(site.output, site.root / "no-cache") == sums
    assert list(run.manifest(site.output, site.cache)) == sorted(sums)


def test_pages_are_let_go_as_soon_as_they_are_written(site: Site) -> None:
    """A province has gigabytes of pages and an ordinary machine."""

    def plan() -> Iterator[Artifact]:
        for n in range(60):
            yield Artifact(
                path=f"{n}", fingerprint=f"{n}", render=lambda n=n: bytes([n]) * 1_000_000
            )

    tracemalloc.start()
    try:
        run.build(plan(), site.output, state_dir=site.cache)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert len(site.files()) == 60
    assert peak < 8_000_000


def test_a_real_disk_serves_as_well_as_memory(tmp_path: Path) -> None:
    """The other tests run in memory; cities do not."""
    site = Site(tmp_path)
    for turn in range(3):
        site.build({**CITY, "turn": b"%d" % turn}, {"search/": SEARCH})
    search = {f"search/{n}": c for n, c in SEARCH.items()}

    assert site.files() == {**CITY, **search, "turn": b"2"}
    assert counts(site.build({**CITY, "turn": b"2"}, {"search/": SEARCH})) == (0, 10, 0)


# Where a disk can do less


def test_where_links_do_not_work_files_are_copied(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A city may build on a share or a stick."""

    def refuse(source: object, target: object, **more: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    for turn in range(3):
        site.build({**CITY, "turn": b"%d" % turn}, {"search/": SEARCH})
        outcome = site.build({**CITY, "turn": b"%d" % turn}, {"search/": SEARCH})

        assert counts(outcome) == (0, 10, 0)
        assert site.files()["turn"] == b"%d" % turn and len(site.files()) == 9


def test_where_folders_cannot_be_exchanged_they_are_renamed_in_turn(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not every kernel and file system has the one call."""
    monkeypatch.setattr(publish, "exchange", lambda one, other: False)
    for turn in range(3):
        site.build({**CITY, "turn": b"%d" % turn})
        assert site.files() == {**CITY, "turn": b"%d" % turn}
        assert site.beside() == []


def test_the_two_ways_of_swapping_agree_on_this_machine(room: Path) -> None:
    """The one-step swap is what every promise rests on; it must not fail unseen."""
    (room / "a").mkdir()
    (room / "b").mkdir()
    (room / "a/x").touch()

    assert publish.exchange(room / "a", room / "b") is True
    assert [p.name for p in (room / "b").iterdir()] == ["x"]
    with pytest.raises(OSError, match="No such file"):
        publish.exchange(room / "a", room / "missing")
