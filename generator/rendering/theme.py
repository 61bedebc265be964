"""A department's theme: read, checked, and reduced to what pages need; it changes looks, never facts.

A theme that cannot be used gives way to the municipal look; a part that cannot be used gives
way alone. Both are told, neither stops the city. A department without a folder gets a look
made from its slug.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from generator.i18n import Translator, translator
from generator.pages import urls
from generator.pages.site import MUNICIPAL, Site
from generator.rendering import folder as theme_folder
from generator.rendering import marks
from generator.rendering.block_rules import block
from generator.rendering.blocks import block_data
from generator.rendering.folder import Folder
from generator.rendering.palette import Palette, derived_wishes, palette
from generator.rendering.sandbox import SandboxError
from generator.rendering.stylesheet import Style, stylesheet
from generator.rendering.theme_file import Fault, read
from generator.vetting.finding import Finding, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A look: colours, forms, pictures, the home page's blocks and their order.

    `key` names it among the looks of a city, `municipal` for one that gave way; `blocks`
    is empty where the city's order stands. `pictures` holds the files that are served.
    """

    key: str
    slug: str
    name: str = ""
    tagline: str = ""
    structure: str = "standard"
    blocks: tuple[str, ...] = ()
    banner_text: str = ""
    css: bytes = b""
    mark: str = ""
    banner_picture: str = ""
    pictures: Mapping[str, bytes] = field(default_factory=dict)
    templates: Mapping[str, str] = field(default_factory=dict)
    digest: str = ""
