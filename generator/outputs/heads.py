"""The heads of pages: title, trail, and the labels that the State Council asks for."""

from __future__ import annotations

from generator.outputs.publication import Publication
from generator.pages.contexts import Head
from generator.pages.site import Link, Site


def head(
    publication: Publication,
    address: str,
    title: str,
    *,
    site: Site | None = None,
    under: Link | None = None,
    description: str = "",
    column_type: str = "",
    indexed: bool = True,
) -> Head:
    """Return the head of a page one level below its site's home page, or two: below `under`.

    The site is the city's if none is named. What a page stands under is its column.
    """
    home = (site or publication.municipal).home
    crumbs = (Link(address=home, text=publication.tr("Home")), *((under,) if under else ()))
    return Head(
        address=address,
        title=title,
        description=description,
        indexed=indexed,
        crumbs=crumbs,
        column=under.text if under else title,
        column_type=column_type or publication.tr("Functions of bodies"),
    )
