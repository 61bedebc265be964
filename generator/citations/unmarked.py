"""Titles without book marks: how far back from an article one reaches."""

from __future__ import annotations

from generator.citations import titles, wording
from generator.citations.register import Register

_LOOK_BACK = 70


def title(text: str, start: int, *, done: int, register: Register) -> tuple[str, int] | None:
    """Return the title that ends before an article, and where it begins.

    Only what is not `done` is looked at. A title of the register comes first; else what
    reads like one.
    """
    low = max(done, start - _LOOK_BACK)
    window = text[low:start].rstrip(' \t\n:》>”"的中')
    while (
        window.endswith((")", "]")) and (opening := max(window.rfind("("), window.rfind("["))) > 0
    ):
        window = window[:opening].rstrip(" 》>")
    if not wording.ENDS_LIKE_A_TITLE.search(window[-12:]) or wording.BACK.search(window[-12:]):
        return None
    starts = [hit.end() for hit in wording.BOUNDARY.finditer(window)]
    if low in (0, done):
        starts.insert(0, 0)
    for at in starts:
        if register.knows(window[at:]):
            return window[at:], low + at
    found = _unknown(window, starts, register)
    return (found[0], low + found[1]) if found else None


def _unknown(window: str, starts: list[int], register: Register) -> tuple[str, int] | None:
    """Return what reads like a title that the register does not know."""
    at = 0
    for hit in wording.BOUNDARY.finditer(window):
        if hit[0] not in wording.JOINING or register.knows(window[at : hit.start()]):
            at = hit.end()
    written = window[at:]
    if at not in starts or len(written) < 3 or wording.VAGUE.search(written):
        return None
    return (written, at) if titles.LIKE_A_TITLE.fullmatch(written) else None


def alone(piece: str, register: Register) -> list[str]:
    """Return the titles of a piece of text that names instruments and nothing else, or none."""
    piece = wording.AFTERWARDS.sub("", piece)
    lead = wording.LEADING.match(piece)
    piece = piece[lead.end() :] if lead else piece
    if len(piece) > titles.LONGEST or not piece or wording.BACK.search(piece):
        return []
    if register.knows(piece):
        return [piece]
    named = wording.SPLIT_FURTHER.split(piece)
    if all(register.knows(part) for part in named if part):
        return named
    is_bare = wording.BARE_TITLE.fullmatch(piece) and not wording.VAGUE.search(piece)
    return [piece] if is_bare else []
