"""Rules F1: texts are plain text, and addresses lead where a reader may safely go."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.vetting.desk import Desk
from generator.vetting.finding import Finding
from generator.vetting.rule import rule
from generator.vetting.texts import matches, too_long

LONGEST_TEXT = 5000
"""Characters; the longest real condition in 421 service items of a district is far below."""

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TAG = re.compile("</?[A-Za-z][^<>]*>|<!--")
_WEB = re.compile(r"https?://[^\s/]+", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@:/<>\"']+@[^\s@:/<>\"']+")


@rule("F101")
def text_has_no_control_characters(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each text with a control character; line breaks and tabs are none.

    Source: XML 1.0, section 2.2 (no feed or drawing could carry them).
    """
    tr = desk.tr
    for line, column, found in matches(desk, _CONTROL):
        yield desk.error(
            line,
            column,
            message=tr("holds the control character U+{code}", code=f"{ord(found[0]):04X}"),
            reason=tr("Nobody sees it, and feeds and drawings break on it."),
            remedy=tr("type the text anew, or paste it as plain text"),
        )


@rule("F102")
def text_reads_as_it_is_stored(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each text with a character that turns the direction of writing.

    What a reviewer reads would not be what is signed. Source: Unicode TR 36, section 3;
    CVE-2021-42574.
    """
    tr = desk.tr
    for line, column, found in matches(desk, _BIDI):
        yield desk.error(
            line,
            column,
            message=tr(
                "holds U+{code}, which turns the direction of writing", code=f"{ord(found[0]):04X}"
            ),
            reason=tr("What is shown would not be what is signed."),
            remedy=tr("type the text anew, or paste it as plain text"),
        )


@rule("F103")
def text_is_not_too_long(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each text of more than 5,000 characters."""
    tr = desk.tr
    for line, column, length in too_long(desk, LONGEST_TEXT):
        yield desk.error(
            line,
            column,
            message=tr("has {n} characters, more than {most}", n=length, most=LONGEST_TEXT),
            reason=tr("Nobody reads so much in one field, and pages grow too heavy."),
            remedy=tr("shorten the text, or put it in a document of its own"),
        )


@rule("F104")
def address_is_safe(desk: Desk) -> Iterator[Finding]:
    """Yield a finding for each web address that is not http or https, and each broken mailbox.

    A `javascript:` or `data:` address would run code in the reader's browser.
    Source: OWASP Cross Site Scripting Prevention (allow-list of schemes).
    """
    tr = desk.tr
    for line in desk.lines["instruments"]:
        if "url" in line.values and not _WEB.match(line.values["url"]):
            yield desk.error(
                line,
                "url",
                message=tr("is not a web address that may be linked"),
                reason=tr("Other addresses can run code in a reader's browser."),
                remedy=tr("write an address that begins with https:// or http://"),
            )
    for line in desk.lines["departments"]:
        if "email" in line.values and not _MAIL.fullmatch(line.values["email"]):
            yield desk.error(
                line,
                "email",
                message=tr("is not an e-mail address"),
                reason=tr("A reader's message would reach nobody."),
                remedy=tr("write the bare address, such as office@example.org"),
            )


@rule("F105")
def text_is_not_markup(desk: Desk) -> Iterator[Finding]:
    """Yield a warning for each text with HTML tags: they will be shown, not obeyed."""
    tr = desk.tr
    for line, column, found in matches(desk, _TAG):
        yield desk.warning(
            line,
            column,
            message=tr(
                "holds the tag {tag}, which will be shown as it is written", tag=found[0][:30]
            ),
            reason=tr("Texts of the tables are plain text everywhere."),
            remedy=tr("take the tag out"),
        )
