"""The parts of a theme, made of its files and settings; one that cannot be used gives way alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.i18n import Translator
from generator.rendering.theming import marks, own_css, pictures, rehearsal, sandbox
from generator.rendering.theming.block_rules import OWN_BLOCKS
from generator.rendering.theming.palette import Palette, palette
from generator.rendering.theming.settings import Fault, did_you_mean

Files = Mapping[str, bytes]
_ASSETS, _TEMPLATES = "assets/", "templates/blocks/"


def coloured(settings: Mapping[str, Any], faults: list[Fault], tr: Translator) -> Palette:
    """Return the palette that a theme's colours come to; each twin given is a fault."""
    made, answers = palette(settings.get("colours", {}))
    for place, wanted, given, ratio, least in answers:
        message = tr(
            "{wanted} has a contrast of {ratio}:1, less than {least}:1; {given} stands for it",
            wanted=wanted, given=given, ratio=f"{int(ratio * 100) / 100:g}", least=f"{least:g}",
        )  # fmt: skip
        remedy = tr("write {given}, or choose another colour", given=given)
        faults.append(Fault(place, wanted, message, remedy, "F302"))
    return made


def shown(files: Files, faults: list[Fault], tr: Translator) -> dict[str, bytes]:
    """Return the pictures that are served, by name."""
    found = {}
    for path, content in files.items():
        if not path.startswith(_ASSETS):
            continue
        try:
            picture, left_out = pictures.checked(path, content, tr)
        except pictures.PictureError as error:
            remedy = tr("put a sound PNG, JPEG, WebP or SVG there")
            faults.append(Fault(path, "", str(error), remedy, "F303"))
            continue
        for part in left_out:
            remedy = tr("save it as plain SVG, without scripts, styles, text or links")
            faults.append(Fault(path, part, tr("{part} was left out", part=part), remedy, "F303"))
        found[path.removeprefix(_ASSETS)] = picture
    return found


def chosen(
    name: str, place: str, found: Mapping[str, bytes], faults: list[Fault], tr: Translator
) -> str:
    """Return the name of a picture that a setting asks for, "" where there is none."""
    if not name or name == "none" or name in found:
        return name if name in found else ""
    remedy = did_you_mean(name, sorted(found), tr) if found else tr("put it into assets/")
    faults.append(Fault(place, name, tr("there is no picture {name}", name=name), remedy, "F303"))
    return ""


def dressed(
    name: str, files: Files, found: Mapping[str, bytes], faults: list[Fault], tr: Translator
) -> str:
    """Return the theme's own CSS as it may be served; each part dropped is a fault."""
    for path in sorted(files):
        if path.endswith(".css") and path != name:
            remedy = tr("name it in theme.yml: css: {name}", name=path)
            faults.append(Fault(path, "", tr("is not used"), remedy, "F306"))
    if not name:
        return ""
    content = files.get(name)
    if content is None or len(content) > own_css.LARGEST_BYTES:
        remedy = tr("put the file beside theme.yml; it may have {size} bytes",
                    size=own_css.LARGEST_BYTES)  # fmt: skip
        faults.append(Fault("css", name, tr("there is no such file, or too much"), remedy, "F304"))
        return ""
    css, dropped = own_css.filtered(content.decode("utf-8", "replace"), sorted(found), tr)
    for line, text, reason in dropped:
        message = tr("line {line}, {text}: {reason}", line=line, text=text, reason=reason)
        remedy = tr("take it out; the how-to on themes names what passes")
        faults.append(Fault(name, text, message, remedy, "F304"))
    return css


def templates(
    files: Files, found: Mapping[str, bytes], faults: list[Fault], tr: Translator
) -> dict[str, str]:
    """Return the block templates that can be used, tried on two invented departments."""
    usable = {}
    for path, content in files.items():
        if not path.startswith(_TEMPLATES):
            continue
        name = path.removeprefix(_TEMPLATES).removesuffix(".html")
        source = content.decode("utf-8", "replace")
        reasons = tuple(_reasons(name, source, sorted(found), tr))
        for message in reasons:
            remedy = tr("correct the template; until then the city's block stands there")
            faults.append(Fault(path, "", message, remedy, "F305"))
        if not reasons:
            usable[name] = source
    return usable


def _reasons(name: str, source: str, found: Sequence[str], tr: Translator) -> Iterator[str]:
    """Yield why a template cannot be used; those seen without running it come all at once."""
    if name not in OWN_BLOCKS:
        yield tr("there is no such block: {hint}", hint=did_you_mean(name, list(OWN_BLOCKS), tr))
        return
    refused = tuple(sandbox.faults(source, tr))
    yield from refused
    if refused:
        return
    for site, page in rehearsal.specimens():
        failures = tuple(rehearsal.failures(source, name, site, page, found, tr))
        yield from failures
        if failures:
            return


def made_pictures(
    slug: str, made: Palette, found: dict[str, bytes], mark: str, banner: str
) -> tuple[str, str]:
    """Add the mark and banner that a department did not bring, and return their names.

    A banner that is `none` stays away.
    """
    if not mark:
        mark = marks.MARK
        found.setdefault(mark, marks.mark(slug, made.light))
    if not banner:
        banner = marks.BANNER
        found.setdefault(banner, marks.banner(slug, made.light))
    return mark, "" if banner == "none" else banner
