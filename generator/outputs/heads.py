"""The heads of the municipal pages: title, trail, and the labels that the State Council asks for."""

from __future__ import annotations

from generator.outputs.publication import Publication
from generator.pages.contexts import Head
from generator.pages.site import Link


def head(publication: Publication, address: str, title: str, **more: str) -> Head:
    """Return the head of a page one level below the city's home page."""
    home = Link(address=publication.municipal.home, text=publication.tr("Home"))
    crumbs = [home]
    if "under" in more:
        crumbs.append(Link(address=more["under"], text=more["under_title"]))
    return Head(
        address=address,
        title=title,
        description=more.get("description", ""),
        crumbs=tuple(crumbs),
        column=more.get("under_title", title),
        column_type=more.get("column_type") or publication.tr("Functions of bodies"),
    )
