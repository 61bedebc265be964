"""A site as its pages see it: what stands around every page, the same for all of them."""

from __future__ import annotations

from dataclasses import dataclass

from generator.pages import urls

MUNICIPAL = "municipal"
_EVERYWHERE = (
    urls.NOT_FOUND, urls.OFFLINE, urls.SERVICE_WORKER, urls.ASSETS, urls.PAGEFIND, urls.FILES,
)  # fmt: skip
"""What stands at the same address on a department's own domain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """An address of the output with the words that lead there."""

    address: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """What the State Council's website rules ask of every page; empty where not configured."""

    sponsor: str = ""
    site_code: str = ""
    icp_number: str = ""
    public_security_number: str = ""
    phone: str = ""
    email: str = ""
    postal_address: str = ""
    licence_name: str = ""
    licence_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One site of the city: the municipal one or a department's.

    `theme` names the folder that gives its look, `blocks` its home page's blocks in
    order; `origin` is the scheme, host and path at which the city is served, or "". `pages`
    are the city's pages of prose, which the foot of every page leads to. `own_origin` is set
    on the copy of a department's site that stands on a domain of its own.
    """

    slug: str
    name: str
    city: str
    language: str
    home: str = urls.HOME
    region: str = ""
    tagline: str = ""
    origin: str = ""
    own_origin: str = ""
    demonstration: bool = False
    preview: bool = False
    theme: str = MUNICIPAL
    blocks: tuple[str, ...] = ()
    nav: tuple[Link, ...] = ()
    pages: tuple[Link, ...] = ()
    footer: Footer = Footer()
    error_report: str = ""
    features: tuple[str, ...] = ()

    @property
    def is_municipal(self) -> bool:
        """Whether this is the city's own site."""
        return self.slug == MUNICIPAL

    def own_address(self, address: str) -> str | None:
        """Return where an address of the city stands on the department's own domain.

        None if it does not stand there. The department's home is the root; shared assets, the
        search index, its data and its powers' drawings keep their places.
        """
        themes_own = f"{self.home}{urls.ASSETS}"
        if address.startswith(themes_own):  # beside what all sites share, which has its names
            return f"{urls.ASSETS}{self.slug}/{address.removeprefix(themes_own)}"
        if address.startswith(self.home):
            return address.removeprefix(self.home)
        kept = (*_EVERYWHERE, f"{urls.DATA}{self.home}")
        is_drawing = address.startswith(urls.POWERS) and address.endswith((".svg", ".json"))
        return address if address.startswith(kept) or is_drawing else None

    @property
    def kind(self) -> str:
        """`municipal` or `department`, as the report says."""
        return MUNICIPAL if self.is_municipal else "department"
