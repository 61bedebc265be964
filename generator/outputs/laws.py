"""The pages of the register of instruments: which powers rest on which article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from generator.builder.artifact import Artifact
from generator.model.codes import Rank
from generator.model.power import LegalBasis
from generator.model.registers import Instrument
from generator.outputs.browsing import ways
from generator.outputs.heads import head
from generator.outputs.publication import Publication
from generator.pages import urls
from generator.pages.contexts import ArticleUse, Group, IndexPage, LawPage, PowerRow, Tally
from generator.pages.labels import citation, label
from generator.pages.site import Link


def plan(publication: Publication) -> Iterator[Artifact]:
    """Yield the list of instruments and a page for each."""
    yield publication.page(publication.municipal, _laws(publication))
    for instrument in publication.release.instruments.values():
        yield publication.page(publication.municipal, _law(publication, instrument))


def _laws(publication: Publication) -> IndexPage:
    tr = publication.tr
    by_rank: dict[Rank, list[Tally]] = {rank: [] for rank in Rank}
    unused: list[Tally] = []
    for instrument in publication.release.instruments.values():
        uses = publication.lookup.by_instrument.get(instrument.id, ())
        tally = Tally(
            address=urls.law(instrument.id),
            text=instrument.title,
            count=len({version.power.code for version, _ in uses}),
            key=instrument.rank.value,
        )
        (by_rank[instrument.rank] if uses else unused).append(tally)
    groups = [
        Group(
            heading=label(rank, tr), tallies=tuple(sorted(tallies, key=_most_used)), key=rank.value
        )
        for rank, tallies in by_rank.items()
        if tallies
    ]
    if unused:
        heading = tr("In the register, though no power in force rests on them")
        groups.append(Group(heading=heading, tallies=tuple(unused), key="unused"))
    return IndexPage(
        head=head(publication, urls.LAWS, tr("Legal bases"), column_type=tr("Policy documents")),
        heading=tr("Legal bases"),
        intro=tr("The laws and regulations on which the powers rest, by rank."),
        groups=tuple(groups),
        ways=ways(publication, urls.LAWS),
    )


def _most_used(tally: Tally) -> tuple[int, str]:
    return -tally.count, tally.text


def _law(publication: Publication, instrument: Instrument) -> LawPage:
    tr = publication.tr
    uses = publication.lookup.by_instrument.get(instrument.id, ())
    articles: dict[tuple[int, str], list[tuple[PowerRow, str]]] = defaultdict(list)
    for version, basis in uses:
        row = publication.row(version, publication.municipal)
        articles[basis.article or 0, basis.article_suffix].append((row, _cited(basis, publication)))
    newer = instrument.superseded_by
    register = publication.release.instruments
    return LawPage(
        head=head(
            publication,
            urls.law(instrument.id),
            instrument.title,
            under=Link(address=urls.LAWS, text=tr("Legal bases")),
            description=tr(
                "Which powers rest on which article of {title}.", title=instrument.title
            ),
            column_type=tr("Policy documents"),
        ),
        instrument=instrument,
        articles=tuple(
            ArticleUse(article=number or None, suffix=suffix, rows=tuple(rows))
            for (number, suffix), rows in sorted(articles.items())
        ),
        total=len({version.power.code for version, _ in uses}),
        superseded_by=Link(address=urls.law(newer), text=register[newer].title)
        if newer in register and newer is not None
        else None,
    )


def _cited(basis: LegalBasis, publication: Publication) -> str:
    parts = (basis.article, basis.article_suffix, basis.paragraph, basis.subparagraph)
    return citation(*parts, publication.tr) if basis.article else ""
