"""Signs for marks, drawn in strokes on a field of 20 by 20: pictures by name, letters, figures."""

from __future__ import annotations

from collections.abc import Mapping

PICTURES: Mapping[str, str] = {
    "shield": "M10 0 18 3v7c0 5-3.5 8-8 10-4.5-2-8-5-8-10V3z",
    "flame": "M10 0c1 5 6 6 6 12a6 7.5 0 0 1-12 0c0-3 2-4 2-7 2 1 3 2 3 4 1-3 1-6 1-9z",
    "leaf": "M2 19C2 8 8 2 18 1c0 11-5 16-13 15M2 19c3-6 6-9 10-11",
    "book": "M10 4C7 1 4 1 1 2v15c3-1 6-1 9 2 3-3 6-3 9-2V2c-3-1-6-1-9 2zM10 4v15",
    "cross": "M7 1h6v6h6v6h-6v6H7v-6H1V7h6z",
    "scales": "M10 0v20M5 20h10M3 4h14M3 4 0 12a3 3 0 0 0 6 0zM17 4l-3 8a3 3 0 0 0 6 0z",
    "wheel": "M10 1a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM10 1v18M1 10h18M4 4l12 12M16 4 4 16",
    "house": "M1 9 10 1l9 8M4 8v11h12V8M8 19v-6h4v6",
    "drop": "M10 0c4 6 7 9 7 13a7 7 0 0 1-14 0c0-4 3-7 7-13z",
    "star": "M10 0l3 7h7l-5.5 4.5L17 19l-7-4.5L3 19l2.5-7.5L0 7h7z",
    "tree": "M10 20v-7M10 0 3 7h3l-4 6h16l-4-6h3z",
    "heart": "M10 19C2 13 0 9 1 5a4.5 4.5 0 0 1 9 0 4.5 4.5 0 0 1 9 0c1 4-1 8-9 14z",
    "sun": "M10 5a5 5 0 1 0 0 10a5 5 0 1 0 0-10z"
    "M10 0v2M10 18v2M0 10h2M18 10h2M3 3l1 1M16 16l1 1M17 3l-1 1M4 16l-1 1",
    "grain": "M10 20V4M10 4c-3-2-3-3 0-4 3 1 3 2 0 4z"
    "M10 10c-5 0-6-2-6-5 4 0 6 2 6 5zM10 10c5 0 6-2 6-5-4 0-6 2-6 5z"
    "M10 16c-5 0-6-2-6-5 4 0 6 2 6 5zM10 16c5 0 6-2 6-5-4 0-6 2-6 5z",
    "gate": "M1 6h18M3 2h14M4 2v18M16 2v18M10 6v5M4 11h12",
    "coin": "M10 1a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM7 7h6v6H7z",
    "bridge": "M0 15h20M3 15V8M17 15V8M0 10c2-1 2-2 3-4 2 4 4 6 7 6s5-2 7-6c1 2 1 3 3 4M10 12v3",
    "speech": "M1 2h18v12H9l-5 5v-5H1zM6 8h8",
}  # fmt: skip
"""Pictures by the name under which `daylight theme new --mark` takes them."""

SIGNS: Mapping[str, str] = {
    "A": "M2 20 10 0l8 20M5 13h10", "B": "M4 0v20h7a5.5 5.5 0 0 0 0-11H4h6a4.5 4.5 0 0 0 0-9z",
    "C": "M17 4a8.5 10 0 1 0 0 12", "D": "M4 0v20h4a10 10 0 0 0 0-20z", "E": "M16 0H4v20h12M4 10h10",
    "F": "M16 0H4v20M4 10h10", "G": "M17 4a8.5 10 0 1 0 0 12v-5h-6", "H": "M3 0v20M17 0v20M3 10h14",
    "I": "M10 0v20M6 0h8M6 20h8", "J": "M14 0v14a5.5 5.5 0 0 1-11 1", "K": "M4 0v20M17 0 4 12M9 8l9 12",
    "L": "M4 0v20h12", "M": "M2 20V0l8 12 8-12v20", "N": "M3 20V0l14 20V0",
    "O": "M10 0a8.5 10 0 1 0 0 20a8.5 10 0 1 0 0-20z", "P": "M4 20V0h7a5.5 5.5 0 0 1 0 11H4",
    "Q": "M10 0a8.5 10 0 1 0 0 20a8.5 10 0 1 0 0-20zM12 14l6 7",
    "R": "M4 20V0h7a5.5 5.5 0 0 1 0 11H4M10 11l7 9",
    "S": "M16 4c-1-5-12-5-12 1 0 6 12 3 12 9.5 0 7-12 7-13 1", "T": "M2 0h16M10 0v20",
    "U": "M3 0v13a7 7 0 0 0 14 0V0", "V": "M2 0l8 20 8-20", "W": "M0 0l5 20 5-14 5 14 5-20",
    "X": "M3 0l14 20M17 0 3 20", "Y": "M2 0l8 10 8-10M10 10v10", "Z": "M3 0h14L3 20h14",
}  # fmt: skip
"""Capital letters."""

_BY_WORD: Mapping[str, str] = {
    "fire": "flame", "emergency": "flame", "ecology": "leaf", "environment": "leaf", "forest": "tree",
    "park": "tree", "education": "book", "library": "book", "archive": "book", "culture": "book",
    "school": "book", "health": "cross", "hospital": "cross", "medical": "cross", "justice": "scales",
    "court": "scales", "legal": "scales", "market": "scales", "transport": "wheel", "road": "wheel",
    "housing": "house", "estate": "house", "construction": "house", "water": "drop", "security": "shield",
    "police": "shield", "guard": "shield", "veteran": "star", "civil": "heart", "resource": "heart",
    "disab": "heart", "women": "heart", "agricult": "grain", "rural": "grain", "food": "grain",
    "grain": "grain", "finance": "coin", "tax": "coin", "audit": "coin", "bank": "coin",
    "statistic": "coin", "planning": "bridge", "municipal": "gate", "government": "gate",
    "admin": "gate", "letters": "speech", "service": "speech", "weather": "sun", "meteor": "sun",
    "energy": "sun",
}  # fmt: skip


def suggested(slug: str) -> str:
    """Return the name of the picture that a department's slug calls for, its letter if none does."""
    for word, name in _BY_WORD.items():
        if word in slug:
            return name
    return slug[0].upper() if slug[0].upper() in SIGNS else "star"


def strokes(name: str) -> str:
    """Return the path of a picture or a letter; raise KeyError for one that is not drawn here."""
    return PICTURES[name] if name in PICTURES else SIGNS[name.upper()]
