"""Sign-offs: a record that passed the gate enters the ledger once both offices stand behind it.

The caller says which drafts passed the gate; the ledger knows no rules. What it holds
to is order: legality before format, registers before what refers to them, one day after
another, and never again what was withdrawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from generator.errors import ConfigError
from generator.i18n import Translator
from generator.ledger import attachments, digest, files, order, signatures, store
from generator.ledger.acts import PendingLine, sealed
from generator.ledger.faults import ENGLISH
from generator.ledger.lines import SealedLine
from generator.ledger.references import References
from generator.ledger.signatures import Signer
from generator.ledger.subjects import Refusal, RefusalError, SigningOutcome, Subject, content_of
from generator.ledger.trust import NOBODY, Trust
from generator.model.codes import PowerCode, Stage
from generator.model.release import Day


def sign(
    root: Path,
    subjects: Iterable[Subject],
    *,
    stage: Stage,
    office: str,
    date: Day,
    tr: Translator = ENGLISH,
    extra: Mapping[str, str] | None = None,
    dry_run: bool = False,
    trust: Trust = NOBODY,
    signer: Signer | None = None,
    files_in: Path | None = None,
) -> SigningOutcome:
    """Sign drafts that passed the gate; append to the ledger those that now have both stages.

    Registers are signed first, so that powers may rest on what is signed with them.
    `extra` stands in each sign-off besides; `signer` puts a signature into each, and what
    lacks one that `trust` demands counts as not signed. The files that records name are taken
    over from the folder `files_in`. Nothing is written in a dry run.
    Raises LedgerError if the ledger does not verify, GeneratorError if another command
    holds it, ConfigError if a signature would not count.
    """
    if not office.strip():
        raise ConfigError(tr("--office: is empty; name the office that signs"))
    sign_off = {"stage": stage.value, "office": office.strip(), "date": date.isoformat()}
    act = digest.canonical({**(extra or {}), **sign_off})
    if dry_run:
        return _Signing(
            store.read(root, tr, thorough=True, trust=trust), act, tr, files_in
        ).consider(subjects)
    with files.locked(root, tr):
        ledger = store.read(root, tr, thorough=True, trust=trust)
        signing = _Signing(ledger, act, tr, files_in)
        outcome = signing.consider(subjects)
        signing.seal(signer, trust)
        signing.write()
        return outcome


class _Verdict(Enum):
    ALREADY, WAITS, ENTERS = range(3)


@dataclass(frozen=True, slots=True)
class _Drafted:
    """A line to be written: its file, its members, the sign-off in them that is still to be signed."""

    path: Path
    pending: bool
    subject: Subject
    of_content: str
    members: dict[str, Any]
    act: dict[str, str]


class _Signing:
    """One act of signing: what it finds in the ledger, and the lines it will write."""

    def __init__(
        self,
        ledger: store.Ledger,
        act: Mapping[str, str],
        tr: Translator,
        files_in: Path | None,
    ) -> None:
        self._ledger, self._act, self._tr = ledger, act, tr
        self._files_in = files_in
        self._taken: dict[Path, bytes] = {}
        self._stage, self._day = Stage(act["stage"]), Day.fromisoformat(act["date"])
        self._references = References(ledger, self._day, tr)
        self._drafted: list[_Drafted] = []
        self._entering: dict[Path, list[bytes]] = {}
        self._pending: dict[Path, list[bytes]] = {}
        self._settled: dict[Path, set[bytes]] = {}

    def consider(self, subjects: Iterable[Subject]) -> SigningOutcome:
        """Decide on every subject, registers first; nothing is written yet."""
        found: dict[_Verdict, list[str]] = {verdict: [] for verdict in _Verdict}
        refused = []
        once = {(subject.key, subject.name): subject for subject in subjects}
        for subject in sorted(once.values(), key=lambda subject: subject.rank):
            try:
                found[self._decide(subject)].append(subject.name)
            except RefusalError as reason:
                refused.append(Refusal(name=subject.name, reason=str(reason)))
        return SigningOutcome(
            waiting=tuple(found[_Verdict.WAITS]),
            appended=tuple(found[_Verdict.ENTERS]),
            already=tuple(found[_Verdict.ALREADY]),
            refused=tuple(refused),
        )

    def seal(self, signer: Signer | None, trust: Trust) -> None:
        """Make the lines that were decided on, each signed; raise ConfigError if one won't count."""
        if signer:
            messages = [
                signatures.of_sign_off(
                    each.subject.name, each.of_content, each.act, each.subject.key
                )
                for each in self._drafted
            ]
            for each, signature in zip(self._drafted, signer(messages), strict=True):
                each.act["signature"] = signature
            self._check_key(messages[:1], trust)
        for each in self._drafted:
            lines = self._pending if each.pending else self._entering
            lines.setdefault(each.path, []).append(sealed({**each.members, **self._signed(each)}))

    def _signed(self, drafted: _Drafted) -> dict[str, Any]:
        if drafted.pending:
            return dict(drafted.act)
        return {"sign_offs": [*drafted.members["sign_offs"], drafted.act]}

    def _check_key(self, messages: list[bytes], trust: Trust) -> None:
        stage, office = self._act["stage"], self._act["office"]
        for message, drafted in zip(messages, self._drafted, strict=False):
            signature = drafted.act["signature"]
            if trust.demands(stage) and not trust.holds(
                message, signature, stage, office, self._day
            ):
                raise ConfigError(
                    self._tr(
                        "--key: is not a key that the configuration names for {office}, stage "
                        "{stage}, on {day}; sign with the office's own key, or mend reviewers",
                        office=office,
                        stage=stage,
                        day=self._day,
                    )
                )

    def write(self) -> None:
        """Write what was decided: files, registers, powers, then what pends; each at once.

        If the machine stops in between, sign-offs that were used up are left to pend, and
        reading passes them over.
        """
        attachments.keep(self._taken.items())
        registers = self._ledger.root / f"{files.REGISTERS}.jsonl"
        for path in sorted(self._entering, key=lambda path: (path != registers, path)):
            files.append(path, self._entering[path])
        for path in sorted({*self._pending, *self._settled}):
            gone = self._settled.get(path, set())
            kept = [line for line in files.raw_lines(path) if line not in gone]
            files.replace(path, b"".join(kept + self._pending.get(path, [])))

    def _decide(self, subject: Subject) -> _Verdict:
        """Return what becomes of a subject by this sign-off; raise RefusalError if it cannot be."""
        content = content_of(subject, self._tr)
        of_content = digest.sha256_of(digest.encode(content))
        entered, pending = self._known(subject)
        last = store.standing_lines(entered)[-1:]
        if last and not last[0].withdrawn and last[0].digest == of_content:
            return _Verdict.ALREADY
        standing = store.standing(pending, entered, of_content)
        stem = _stem(subject, content)
        past = order.Past(of_content=of_content, stem=stem, entered=entered, pending=pending)
        order.check(subject.name, self._day, past, self._tr)
        if self._stage in standing:
            return _Verdict.ALREADY
        if self._stage is Stage.LEGALITY:
            self._wait(subject, of_content, stem)
        else:
            legality = self._legality(subject.name, standing)
            self._references.check(subject, content)
            if not subject.is_register:
                self._take(subject.name, content)
            self._enter(subject, content, of_content, legality)
        self._settle(pending)
        return _Verdict.ENTERS if self._stage is Stage.FORMAT else _Verdict.WAITS

    def _known(self, subject: Subject) -> tuple[Sequence[SealedLine], Sequence[PendingLine]]:
        ledger, name = self._ledger, subject.name
        if subject.is_register:
            return ledger.editions.get(name, ()), ledger.pending_editions.get(name, ())
        return ledger.versions.get(PowerCode(name), ()), ledger.pending.get(name, ())

    def _legality(self, name: str, standing: Mapping[Stage, PendingLine]) -> PendingLine:
        legality = standing.get(Stage.LEGALITY)
        if legality is None:
            raise RefusalError(
                self._tr(
                    "{name}: its present content has no legality sign-off; "
                    "sign stage legality first, then format",
                    name=name,
                )
            )
        if legality.date > self._day:
            raise RefusalError(
                self._tr(
                    "{name}: its legality sign-off is of {day}; "
                    "sign stage format with that or a later date",
                    name=name,
                    day=legality.date,
                )
            )
        return legality

    def _wait(self, subject: Subject, of_content: str, stem: str) -> None:
        """Let the sign-off pend for the other stage."""
        members = {subject.key: subject.name, "digest": of_content}
        path = self._ledger.root / files.PENDING / f"{stem}.jsonl"
        act = dict(self._act)
        self._drafted.append(_Drafted(path, True, subject, of_content, members, act))

    def _enter(
        self, subject: Subject, content: Any, of_content: str, legality: PendingLine
    ) -> None:
        """Let the content enter the ledger with both sign-offs."""
        members = {
            subject.key: subject.name,
            "digest": of_content,
            "rows" if subject.is_register else "record": content,
            "sign_offs": [legality.sign_off],
            "vetted_on": self._day.isoformat(),
        }
        path = self._ledger.root / f"{_stem(subject, content)}.jsonl"
        act = dict(self._act)
        self._drafted.append(_Drafted(path, False, subject, of_content, members, act))
        if subject.is_register:
            self._references.enter(subject.name, content)

    def _take(self, name: str, content: Any) -> None:
        """Take over the files that the content is bound to."""
        root = self._ledger.root
        self._taken.update(attachments.taken(root, content, self._files_in, name, self._tr))

    def _settle(self, pending: Sequence[PendingLine]) -> None:
        """Drop the subject's pending lines: used up, or about content that is no more.

        What was revoked stays, and so does what revoked it.
        """
        for line in pending:
            if line.revoked:
                continue
            path = self._ledger.root / files.PENDING / f"{line.place.stem}.jsonl"
            self._settled.setdefault(path, set()).add(line.raw + b"\n")


def _stem(subject: Subject, content: Any) -> str:
    """Return the name of the file that a subject's lines stand in."""
    return files.REGISTERS if subject.is_register else str(content["department"])
