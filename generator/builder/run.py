"""Build an output from a plan: render what changed, then put the whole site in place at once."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Sized
from dataclasses import dataclass, field
from pathlib import Path

from generator.builder import disk, lock, publish, state
from generator.builder.artifact import Artifact, Bundle
from generator.builder.compare import Kept, compare
from generator.builder.disk import Tree
from generator.builder.faults import is_full, refused, told
from generator.builder.plan import Plan, collect, named
from generator.builder.publish import Place, Shield
from generator.builder.staging import Staging
from generator.builder.state import Entry, State
from generator.errors import GeneratorError, PublishError, RenderError
from generator.i18n import Translator

MARKER = ".daylight-site"
_MARKER_TEXT = b"This folder is made by Daylight. Each build replaces it as a whole.\n"
_ENGLISH = Translator("en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """One step of a build: `done` of `total` artifacts made, `path` the last of them."""

    done: int
    total: int
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a build did, in files; `written` are those whose bytes are new.

    `rendered` counts the artifacts and bundles made, some of which may have come out as
    they were. `failures` is empty: with any, nothing is published and BuildError has them.
    """

    written: int
    unchanged: int
    removed: int
    rendered: int
    written_paths: tuple[str, ...] = ()
    removed_paths: tuple[str, ...] = ()
    failures: tuple[tuple[str, RenderError], ...] = ()


class BuildError(RenderError):
    """Artifacts could not be made, so nothing was published; reads as the first failure.

    `failures` holds them all, in the order of the plan.
    """

    def __init__(self, failures: tuple[tuple[str, RenderError], ...], tr: Translator) -> None:
        self.failures = failures
        path, first = failures[0]
        text = str(first).removeprefix(f"{path}: ")
        more = len(failures) - 1
        if more:
            text = tr("{first} ({n} more could not be made)", first=text, n=more)
        super().__init__(path, text)


def build(
    artifacts: Iterable[Artifact | Bundle],
    output: Path,
    *,
    state_dir: Path,
    marker: str = MARKER,
    on_progress: Callable[[Progress], None] | None = None,
    tr: Translator = _ENGLISH,
) -> Outcome:
    """Bring an output up to its plan, or leave it as it is.

    Renders what is new or was tampered with, links the rest, removes what is no longer
    planned, and swaps the site in one step; with nothing to do it touches nothing.
    A file whose new bytes are the published ones is left as it is, time included.

    Raises PublishError if another build has the output, if the plan contradicts itself,
    if the output is a folder that no build made, or if the disk refuses; BuildError if
    any artifact could not be made. After any of them, and after Ctrl-C, the published
    site is untouched. A Ctrl-C after the swap comes too late and is passed over.
    """
    place = publish.check_place(output, state_dir, tr)
    with Shield() as shield, lock.held(place.lock, place.output, tr):
        with told(place.output, tr):
            published = _published(place, marker, tr)
        plan = collect(artifacts, tr)
        mark = Artifact(path=marker, fingerprint="1", render=lambda: _MARKER_TEXT)
        plan = Plan({marker: mark, **plan.files}, plan.bundles)
        before = state.load(place.state)
        with told(place.output, tr):
            kept = compare(plan, before, published.files, place.output)
        work = _Build(place=place, plan=plan, published=published, before=before, kept=kept, tr=tr)
        return work.run(on_progress, shield)


def manifest(output: Path, state_dir: Path) -> dict[str, str]:
    """Return the SHA-256 of each published file by path, sorted; empty if nothing is published.

    What the state remembers of a file is believed only while the file is as it was left.
    """
    place = Place.of(output, state_dir)
    known = state.load(place.state).files
    sums: dict[str, str] = {}
    for path, at in sorted(disk.walk(place.output).files.items()):
        if disk.is_plain(at.mode):
            file, entry = f"{place.output}/{path}", known.get(path)
            is_known = entry is not None and state.is_intact(entry, at, file)
            sums[path] = entry.sha256 if entry and is_known else disk.digest(file)
    return sums


def _published(place: Place, marker: str, tr: Translator) -> Tree:
    """Return the published files, after clearing up; refuse a folder that no build made."""
    publish.put_back(place)
    published = disk.walk(place.output)
    mark = published.files.get(marker)
    if (published.files or published.folders) and not (mark and disk.is_plain(mark.mode)):
        raise PublishError(
            tr(
                "{path}: holds files but no {marker}, so no build made it, and a build would remove"
                " them; name another output, or empty the folder yourself",
                path=place.output,
                marker=marker,
            )
        )
    publish.recover(place, published)
    return published


@dataclass(slots=True, kw_only=True)
class _Build:
    """One build under way, from what is known of the output to the swap."""

    place: Place
    plan: Plan
    published: Tree
    before: State
    kept: Kept
    tr: Translator
    made: dict[str, Entry] = field(default_factory=dict)
    new: list[str] = field(default_factory=list)
    failures: list[tuple[str, RenderError]] = field(default_factory=list)

    def run(self, on_progress: Callable[[Progress], None] | None, shield: Shield) -> Outcome:
        """Make what is not kept and publish, or touch nothing if all is as planned."""
        jobs = self._jobs()
        if not jobs and not self.published.files.keys() - self.kept.files.keys():
            return self._remember(self.published, jobs)
        staging = Staging(
            place=self.place, published=self.published, kept=self.kept.files, tr=self.tr
        )
        try:
            folders = disk.parents([*self.plan.files, *self.kept.files])
            with told(self.place.output, self.tr):
                staging.open(folders.union(disk.parents(self.plan.bundles)))
            for job in jobs:
                if isinstance(job, Artifact) and job.begin is not None:
                    job.begin()
            for done, job in enumerate(jobs, 1):
                self._make(job, staging)
                if on_progress is not None:
                    on_progress(Progress(done=done, total=len(jobs), path=named(job)))
            if self.failures:
                raise BuildError(tuple(self.failures), self.tr)
            return self._publish(staging, jobs, shield)
        finally:
            with contextlib.suppress(OSError):
                staging.drop()

    def _jobs(self) -> list[Artifact | Bundle]:
        """Return what must be made, in the order of the plan, bundles last."""
        files = [job for path, job in self.plan.files.items() if path not in self.kept.files]
        bundles = [job for key, job in self.plan.bundles.items() if key not in self.kept.bundles]
        return [*files, *bundles]

    def _make(self, job: Artifact | Bundle, staging: Staging) -> None:
        """Make one file or folder; what goes wrong in the making is noted and the rest goes on."""
        try:
            if isinstance(job, Bundle):
                made = staging.run(job)
            else:
                content = job.render()
                if not isinstance(content, bytes):
                    raise TypeError(f"render gave {type(content).__name__}, not bytes")
        except Exception as error:
            self._note(named(job), error)
            return
        if self.failures:
            return  # nothing will be published, so nothing need be written
        if isinstance(job, Artifact):
            with told(self.place.output, self.tr):
                made = [staging.put(job.path, content)]
        for file in made:
            bundle = job.prefix if isinstance(job, Bundle) else ""
            self.made[file.path] = Entry(job.fingerprint, file.sha256, -1, -1, -1, bundle)
            if file.is_new:
                self.new.append(file.path)

    def _note(self, path: str, error: Exception) -> None:
        if isinstance(error, OSError) and is_full(error):
            raise refused(error, self.place.output, self.tr) from error
        if isinstance(error, RenderError):
            failure = error
        else:
            reason = str(error) if isinstance(error, GeneratorError) else repr(error)
            failure = RenderError(path, self.tr("could not be made: {reason}", reason=reason))
            failure.__cause__ = error
        self.failures.append((path, failure))

    def _publish(self, staging: Staging, jobs: Sized, shield: Shield) -> Outcome:
        planned = self.kept.files.keys() | self.made.keys()
        if not self.new and planned == self.published.files.keys():
            return self._remember(self.published, jobs)
        with told(self.place.output, self.tr):
            found = staging.seal(planned, self.new)
            shield.raise_()
            publish.swap(self.place)
        staging.has_been_swapped(found)
        return self._remember(found, jobs)

    def _remember(self, found: Tree, jobs: Sized) -> Outcome:
        """Save what stands on the disk now, and say what was done."""
        entries = {**self.kept.files, **self.made}
        for path, entry in entries.items():
            at = found.files[path]
            if at.mtime_ns != entry.mtime_ns:
                entries[path] = entry._replace(size=at.size, mtime_ns=at.mtime_ns, mode=at.mode)
        bundles = {prefix: bundle.fingerprint for prefix, bundle in self.plan.bundles.items()}
        state.save(self.place.state, State(files=entries, bundles=bundles), self.before)
        removed = sorted(self.published.files.keys() - entries.keys())
        return Outcome(
            written=len(self.new),
            unchanged=len(entries) - len(self.new),
            removed=len(removed),
            rendered=len(jobs),
            written_paths=tuple(sorted(self.new)),
            removed_paths=tuple(removed),
        )
