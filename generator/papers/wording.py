"""The words of a proof sheet in the city's language, for the page and the PDF alike."""

from __future__ import annotations

from typing import Any

from generator.i18n import Translator
from generator.papers.sheet import Sheet


def words(sheet: Sheet, tr: Translator) -> dict[str, Any]:
    """Return every word that a sheet says besides what comes from its records."""
    return {**_cover(sheet, tr), **_record(tr), **_marks(tr), **_boxes(tr)}


def _cover(sheet: Sheet, tr: Translator) -> dict[str, Any]:
    count = sheet.counts
    return {
        "title": tr("Proof sheet"),
        "list_name": tr("List of powers and responsibilities"),
        "demonstration": tr("This is a demonstration, not an official publication."),
        "department": tr("Department"),
        "day": tr("Tables judged as of"),
        "scheme": tr("Digest scheme"),
        "counts": [
            ("new", tr("new"), count.get("new", 0)),
            ("changed", tr("changed"), count.get("changed", 0)),
            ("unchanged", tr("unchanged"), count.get("unchanged", 0)),
            ("deleted", tr("row deleted"), count.get("deleted", 0)),
            ("refused", tr("refused by the gate"), count.get("refused", 0)),
        ],
        "how": tr(
            "Each record below is reviewed for legality, then for format. A signature stands for "
            "the digest printed beside it: any change to the record, its tables or its procedure "
            "makes another digest, and the sheet must be made anew."
        ),
        "left_out": tr("{n} unchanged records are left out.", n=sheet.left_out),
        "refused": tr("Refused by the gate, and why"),
        "records": tr("Records and their digests"),
        "number": tr("No."),
        "code": tr("Code"),
        "name": tr("Name"),
        "why": tr("Why"),
        "standing": tr("Standing"),
        "digest": tr("Digest"),
        "page_of": tr("Page {page} of {pages}", page="\0", pages="\1"),
    }


def _record(tr: Translator) -> dict[str, Any]:
    return {
        "published": tr("published version of"),
        "qr": tr("QR code of the digest and the code"),
        "deleted": tr(
            "The row is gone from the tables, and nobody ended the power: it stays published. To "
            "end it, put the row back with the status that ends it."
        ),
        "findings": tr("Findings of the gate"),
        "no_findings": tr("The gate has no findings."),
        "fields": tr("Fields"),
        "empty": tr("Left empty"),
        "chart": tr("Flowchart, as it will appear"),
        "no_chart": tr("There is no flowchart yet: mend the findings on steps and moves first."),
        "sign_offs": tr("Sign-offs"),
        "severities": {"error": tr("error"), "warning": tr("warning"), "info": tr("note")},
        "colon": tr(": "),
        "comma": tr(", "),
    }


def _marks(tr: Translator) -> dict[str, Any]:
    return {
        "mark": tr("Mark"),
        "marks": {"same": "", "new": tr("new"), "changed": tr("changed"), "gone": tr("removed")},
        "standings": {
            "new": tr("new"),
            "changed": tr("changed"),
            "unchanged": tr("unchanged"),
            "deleted": tr("row deleted"),
        },
        "is_refused": tr("refused by the gate"),
    }


def _boxes(tr: Translator) -> dict[str, Any]:
    return {
        "office": tr("Office"),
        "given": tr("already signed"),
        "agreed": tr("agreed"),
        "returned": tr("returned for amendment"),
        "person": tr("Reviewer"),
        "date": tr("Date"),
        "signature": tr("Signature"),
    }
