"""Lines of the ledger that were left out because they lack a signature that counts, as findings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from generator.i18n import Translator
from generator.ledger.trust import Uncounted
from generator.vetting.finding import Finding, Severity

LEFT_OUT, STANDS = "B911", "B912"


def of_ledger(lines: Iterable[Uncounted], tr: Translator) -> Iterator[Finding]:
    """Yield a finding for each line that would change what is published, if it counted.

    Those that a later version has overtaken are counted by file.
    """
    overtaken: Counter[str] = Counter()
    for line in lines:
        if not line.matters:
            overtaken[line.place.file] += 1
        elif line.stands:
            yield _stands(line, tr)
        else:
            yield _left_out(line, tr)
    for file, count in overtaken.items():
        yield Finding(
            code=LEFT_OUT,
            severity=Severity.INFO,
            record=file,
            message=tr(
                "{count} earlier lines lack a signature that counts; later ones have it",
                count=count,
            ),
        )


def _left_out(line: Uncounted, tr: Translator) -> Finding:
    return Finding(
        code=LEFT_OUT,
        severity=Severity.ERROR,
        record=line.subject,
        value=line.place.words(tr),
        message=tr(
            "{place}: counts for nothing: {reason}", place=line.place.words(tr), reason=line.reason
        ),
        reason=tr("Where the configuration names keys, only what they signed is published."),
        remedy=tr("sign it again with `daylight sign --key`, or mend reviewers"),
    )


def _stands(line: Uncounted, tr: Translator) -> Finding:
    return Finding(
        code=STANDS,
        severity=Severity.ERROR,
        record=line.subject,
        value=line.place.words(tr),
        message=tr(
            "{place}: a withdrawal that is not signed as it must be: {reason}",
            place=line.place.words(tr),
            reason=line.reason,
        ),
        reason=tr("What a withdrawal removed cannot come back from the ledger, so it stands."),
        remedy=tr("find out who withdrew it; if nobody may have, restore the file from history"),
    )
