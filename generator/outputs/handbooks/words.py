"""The words of a handbook besides its facts."""

from __future__ import annotations

from generator.i18n import Translator


def words(tr: Translator) -> dict[str, str]:
    """Return the words by the names under which the template asks for them."""
    before, rest = tr("Page {page} of {pages}", page="\0", pages="\1").split("\0")
    between, after = rest.split("\1")
    return {
        "page_before": before,
        "page_between": between,
        "page_after": after,
        "as_of": tr("As last changed on"),
        "contents": tr("Contents"),
        "how": tr("How to use this handbook"),
        "how_find": tr(
            "Look for your matter in the contents, or by the first letter of its name in the index "
            "at the end. Each matter begins on a page of its own that can be copied or torn out."
        ),
        "how_bring": tr(
            "Tick off what to bring before you set out. What is marked “only in some cases” is "
            "not asked of everybody; ask by telephone first."
        ),
        "how_remedy": tr(
            "If an office asks for more than stands here, takes longer or charges more, call the "
            "complaints line, or go the way that stands under “Whom to complain to”."
        ),
        "how_fresh": tr(
            "The handbook says what was vetted up to the day on its cover. Scan the code to see "
            "what holds today."
        ),
        "what": tr("What it is"),
        "aliases": tr("Also known as"),
        "bring": tr("What to bring"),
        "bring_none": tr("Nothing is named that you must bring."),
        "shared": tr("The office gets it itself"),
        "fee": tr("What it costs"),
        "time": tr("How long it takes"),
        "steps": tr("How it runs"),
        "penalties": tr("What is penalised, and how"),
        "law": tr("On what law"),
        "duties": tr("What the department must do"),
        "remedy": tr("Whom to complain to"),
        "code": tr("Code"),
        "changed": tr("Last changed"),
        "digest": tr("Digest"),
        "scan": tr("Scan for the page of today"),
        "index": tr("Index by first letter"),
        "ended": tr("No longer in force"),
        "name": tr("Name"),
        "since": tr("Since"),
        "reason": tr("Reason"),
        "order": tr("The order"),
        "stage": tr("Stage"),
        "department": tr("Department"),
        "how_long": tr("How long?"),
        "any_fee": tr("Any fee?"),
        "all_bring": tr("Everything to bring, each thing once"),
        "wanted_for": tr("Wanted for"),
        "all_fees": tr("All fees"),
        "rate": tr("Rate"),
        "where": tr("Where to go"),
        "colon": tr(": "),
        "comma": tr(", "),
        "mark": tr("Mark of the department"),
        "some": tr("only in some cases"),
        "form": tr("Form"),
    }
