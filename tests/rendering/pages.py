"""A context for every template, on the city's site and on a department's, with every column filled."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from generator.i18n import Translator
from generator.model.codes import (
    Applicant,
    BasisRole,
    DepartmentStatus,
    FeeKind,
    PowerKind,
    PowerStatus,
    Rank,
    Stage,
    StepKind,
    TimeUnit,
)
from generator.model.power import (
    Fee,
    LegalBasis,
    Material,
    Move,
    Penalty,
    Power,
    Procedure,
    Responsibility,
    Step,
)
from generator.model.registers import Department, Instrument, LifeEvent
from generator.model.release import SignOff, Withdrawal
from generator.pages import contexts as c
from generator.pages.site import Footer, Link, Site
from generator.rendering.templates import BLOCKS, Renderer

THEME = Path(__file__).resolve().parents[2] / "theme"
DAY, EARLIER = date(2025, 4, 19), date(2024, 12, 1)
HOME = (Link(address="", text="Home"),)


class Charts:
    """Hands out one drawing for every key."""

    def inline(self, key: str, id_prefix: str, title: str) -> str:
        return f'<svg role="img" aria-labelledby="{id_prefix}-t"><title id="{id_prefix}-t">A chart</title></svg>'


def renderer(language: str = "en", **more: Any) -> Renderer:
    return Renderer(
        language=language, tr=Translator(language), theme_root=THEME, charts=Charts(), **more
    )


def municipal(**changes: Any) -> Site:
    site = Site(
        slug="municipal",
        name="Powers of Lindow",
        city="Lindow",
        language="en",
        tagline="Who may do what",
        origin="https://powers.lindow.example/open",
        demonstration=True,
        nav=(
            Link(address="", text="Home"),
            Link(address="kinds/", text="Kinds of power"),
            Link(address="data/", text="Open data"),
        ),
        footer=Footer(
            sponsor="The town clerk",
            site_code="1304000009",
            icp_number="ICP 1",
            public_security_number="PS 2",
            phone="0310-555-0100",
            email="clerk@lindow.example",
            postal_address="1 Market Square",
            licence_name="CC BY 4.0",
            licence_url="https://creativecommons.org/licenses/by/4.0/",
        ),
        error_report="mailto:clerk@lindow.example",
        features=("search", "flowcharts", "packages"),
    )
    return replace(site, **changes)


def department_site(**changes: Any) -> Site:
    home = "departments/markets/"
    site = municipal(
        slug="markets",
        name="Market Office of Lindow",
        home=home,
        theme="markets",
        nav=(Link(address=home, text="Home"), Link(address=f"{home}powers/", text="All powers")),
        blocks=BLOCKS,
    )
    return replace(site, **changes)


def power(**changes: Any) -> Power:
    """Return a power with no column empty."""
    made = Power(
        code="LD31-XK-002",
        name="Food business licence",
        kind=PowerKind.LICENSING,
        department="markets",
        applicant=Applicant.BOTH,
        fee=FeeKind.STATUTORY,
        status=PowerStatus.MERGED,
        parent="LD31-XK-001",
        aliases=("restaurant licence", "food permit"),
        subtype="measure",
        joint_departments=("health", "fire"),
        entrusted_to="The district office",
        level="municipal",
        source_of_power="statutory",
        local_code="130400-GS-XK-0001",
        implementation_code="12441500196720244T3442199806003",
        former_codes=("OLD-1", "OLD-2"),
        themes=("food", "opening a business"),
        summary="Whoever sells meals needs it.",
        conditions="A kitchen.\nA clean one.",
        quantity_limit="Forty a year",
        case_type="promised",
        statutory_limit=20,
        statutory_unit=TimeUnit.WORKING_DAY,
        promised_limit=0,
        promised_unit=TimeUnit.ON_THE_SPOT,
        limit_note="From acceptance.",
        result="A licence",
        validity="5 years",
        channels=("counter", "online"),
        place="Hall B",
        hours="9 to 5",
        phone="0310-555-0131",
        supervision_phone="0310-555-0132",
        remedy="Ask for reconsideration within 60 days.",
        status_from=date(2025, 1, 2),
        status_reason="Two licences became one.",
        status_document="Decision 4",
        successor="LD31-XK-009",
        legal_bases=(
            LegalBasis(
                seq=1,
                instrument="food-law",
                role=BasisRole.SETS,
                article=35,
                article_suffix="bis",
                paragraph=1,
                subparagraph=2,
            ),
            LegalBasis(seq=2, instrument="food-law", role=BasisRole.DETAILS),
        ),
        materials=(
            Material(
                seq=1,
                name="A plan",
                form="original",
                copies=2,
                required=True,
                source="applicant",
                basis="Food Law, Article 36",
                blank_form="forms/plan.pdf",
                sample="forms/filled.pdf",
            ),
            Material(seq=2, name="A proxy", required=False, copies=0),
        ),
        fees=(Fee(seq=1, name="Stamp", standard="3 crowns", basis="Fee Act 2", reductions="None"),),
        responsibilities=(
            Responsibility(
                seq=1,
                duty="Decide in time",
                duty_basis="Act 1",
                accountability="A reprimand",
                accountability_basis="Act 2",
            ),
        ),
        penalties=(
            Penalty(
                seq=1,
                conduct="Selling without",
                circumstance="Again",
                sanction="Fine",
                range="10 to 20",
                discretion="By turnover",
            ),
        ),
        procedure=Procedure(
            steps=(
                Step(id="ask", name="Ask", kind=StepKind.START, post="Applicant"),
                Step(
                    id="check",
                    name="Check",
                    kind=StepKind.DECISION,
                    post="Desk",
                    limit=5,
                    unit=TimeUnit.WORKING_DAY,
                    counted=True,
                    document="Receipt",
                ),
                Step(id="mend", name="Mend", kind=StepKind.WAIT, counted=False),
                Step(id="end", name="Done", kind=StepKind.END, limit=0, unit=TimeUnit.ON_THE_SPOT),
            ),
            moves=(
                Move(source="ask", target="check"),
                Move(source="check", target="mend", condition="incomplete"),
                Move(source="mend", target="check"),
                Move(source="check", target="end", condition="complete"),
            ),
        ),
    )
    return replace(made, **changes)


DEPARTMENT = Department(
    slug="markets", name="Market Office of Lindow", status=DepartmentStatus.ACTIVE,
    short_name="Market Office", kind="department", summary="Looks after shops.",
    former_names=("Trade Office",), address="2 Market Square", hours="9 to 4",
    phone="0310-555-0130", supervision_phone="0310-555-0139", email="markets@lindow.example",
)  # fmt: skip
LAW = Instrument(
    id="food-law", title="Food Law of the Realm", rank=Rank.LAW, short_title="Food Law",
    issuer="Parliament", document_number="No. 9", adopted_on=EARLIER, effective_from=DAY,
    repealed_on=DAY, superseded_by="food-law-2", last_article=154, url="https://law.example/food",
)  # fmt: skip
ROW = c.PowerRow(
    code="LD31-XK-003", name="Sign permit", address="powers/LD31-XK-003/", kind="licensing",
    status="abolished", department="Market Office",
    applicant="firm", summary="For signs.", limit=20, unit="working_day", fee="none",
)  # fmt: skip
CHANGE = c.ChangeRow(day=DAY, row=ROW, change="amended", fields=("cost", "name"))
TALLY = c.Tally(
    address="kinds/licensing/", text="Licensing", count=3, key="licensing", note="A note"
)


def power_page(site: Site, **changes: Any) -> c.PowerPage:
    """Return a power's page as a site shows it."""
    record = changes.pop("power", None) or power()
    address = f"powers/{record.code}/"
    page = c.PowerPage(
        head=c.Head(
            address=address if site.is_municipal else f"{site.home}{address}",
            title=record.name, description=record.summary, canonical="" if site.is_municipal else address,
            crumbs=HOME, column="Licensing", column_type="Services", source=DEPARTMENT.name, published=DAY,
        ),
        power=record, department=DEPARTMENT, department_address="departments/markets/",
        joint=(("health", Link(address="departments/health/", text="Health Office")),),
        bases=tuple(
            c.CitedBasis(basis=basis, instrument=LAW, address="laws/food-law/")
            for basis in record.legal_bases
        ),
        parent=Link(address="powers/LD31-XK-001/", text="Food"), children=(ROW,),
        successor=Link(address="powers/LD31-XK-009/", text="New licence"),
        predecessors=(Link(address="powers/LD31-XK-000/", text="Old licence"),),
        life_events=(Link(address="life-events/restaurant/", text="Opening a restaurant"),),
        vetted_on=DAY, first_vetted_on=EARLIER,
        sign_offs=(SignOff(stage=Stage.LEGALITY, office="Legal desk", date=EARLIER),),
        chart="k", data_address=f"powers/{record.code}.json", chart_address=f"powers/{record.code}.svg",
        other_site=Link(address="departments/markets/powers/x/", text="Elsewhere"), digest="ab" * 32,
    )  # fmt: skip
    return replace(page, **changes)


def _head(address: str, **more: Any) -> c.Head:
    return c.Head(
        address=address, title=f"Page {address}", description="What it is", crumbs=HOME, column="Column",
        alternates=(("application/atom+xml", "feed.xml"),), scripts=("assets/extra.js",), **more,
    )  # fmt: skip


def every_page() -> list[tuple[Site, c.Page]]:
    """Return a page of every template, the records of both sites among them."""
    city, office = municipal(), department_site()
    tallies = (TALLY,)
    pager = c.Pager(number=2, addresses=("powers/", "powers/page/2/", "powers/page/3/"))
    filters = c.Filters(
        address="powers/", scope=(("kind", "licensing"),),
        choices=(("fee", "Cost", "Any", (c.Choice(value="none", text="No fee"),)),),
    )  # fmt: skip
    citywide: list[c.Page] = [
        power_page(city),
        c.MunicipalHome(
            head=_head(""), active=3, ended=1, departments_count=2, charts=3, as_of=DAY,
            release_date=DAY, kinds=tallies, departments=tallies, life_events=tallies, changes=(CHANGE,),
        ),
        c.IndexPage(head=_head("kinds/"), heading="Kinds", intro="All", groups=(c.Group(heading="G", tallies=tallies),)),
        c.PowerListPage(
            head=_head("powers/"), heading="Powers", intro="All",
            groups=(c.RowGroup(key="k", heading="Licensing", rows=(ROW,), count=2, continued=True),),
            counts=c.Counts(total=9, parts=1, services=2), pager=pager, filters=filters, ways=HOME,
            show=("kind", "limit", "applicant", "department", "fee"),
            jumps=(c.Jump(key="k", text="Licensing", count=2), c.Jump(key="j", text="J", count=1, address="powers/#j")),
        ),
        c.EndedPage(
            head=_head("abolished/"),
            rows=(c.EndedRow(row=ROW, since=DAY, reason="Old", document="D", successor=HOME[0]),),
            total=1, filters=replace(filters, status="ended"),
        ),
        c.LawPage(
            head=_head("laws/food-law/"), instrument=LAW, total=1, superseded_by=HOME[0],
            articles=(c.ArticleUse(article=35, suffix="bis", rows=((ROW, "Article 35bis(1)"),)),
                      c.ArticleUse(article=None, suffix="", rows=((ROW, ""),))),
        ),
        c.GalleryPage(
            head=_head("flowcharts/"), heading="Flowcharts", intro="All",
            groups=(("Licensing", 1, (c.ChartCard(row=ROW, image="powers/x.svg", steps=4, posts=2, takes="5 days"),)),),
            total=1, addresses=("flowcharts/", "flowcharts/page/2/"), kinds=(("licensing", "Licensing"),),
            index="assets/flowcharts.json", compare="flowcharts/compare/", bpmn=HOME,
        ),
        c.ComparePage(
            head=_head("flowcharts/compare/"), heading="Two", intro="All", index="assets/flowcharts.json",
            gallery="flowcharts/", kinds=tallies,
        ),
        c.LifeEventPage(
            head=_head("life-events/restaurant/"),
            event=LifeEvent(slug="restaurant", name="Opening a restaurant", audience="firm", summary="All"),
            stages=(c.EventStage(number=1, steps=(c.EventStep(number=1, row=ROW, optional=True), c.EventStep(number=2, row=ROW))),),
        ),
        c.DataPage(
            head=_head("data/"), heading="Data", release_date=DAY, as_of=DAY,
            downloads=(c.Download(address="data/powers.csv", name="powers.csv", title="Powers",
                                  description="One a row", rows=3, size=2_400_000, sha256="ab" * 32),),
            descriptor=Link(address="data/datapackage.json", text="datapackage.json"),
            checksums=Link(address="data/SHA256SUMS", text="SHA256SUMS"),
            dictionary=Link(address="data/dictionary/", text="Dictionary"), citation="Lindow, 2025",
            licence=Link(address="https://creativecommons.org/licenses/by/4.0/", text="CC BY"), packages=tallies,
        ),
        c.DictionaryPage(
            head=_head("data/dictionary/"),
            tables=(("powers", "Powers", "All", (c.ColumnNote(
                name="kind", title="Kind", type="string", description="D", required=True,
                values=(("licensing", "Licensing"),)),)),),
        ),
        c.SearchPage(head=_head("search/"), browse=HOME),
        c.ChangesPage(
            head=_head("changes/"), heading="New", feeds=("feed.xml", "feed.json"), pager=pager,
            days=(c.ChangesOfDay(day=DAY, rows=(CHANGE,), amended=1, ended=2, added=3, continued=True),),
        ),
        c.MayorPage(
            head=_head("mayor/"), heading="Mayor", name="City", counts=c.Counts(total=2),
            own=(c.PostUse(key="own-1", post="Mayor", rows=((ROW, ("Sign",)),)),
                 c.PostUse(key="own-2", post="", rows=((ROW, ()),))),
            others=(c.PostUse(key="others-1", post="Mayor", rows=((ROW, ("Agree",)),)),), site=HOME[0],
        ),
        c.ProsePage(
            head=_head("about/"), heading="About", html="<h2 id='a'>A</h2><p>B</p>", facts={"As of": "today"},
            drafts=c.DraftCounts(day=DAY, waiting=3, refused=1, departments=(
                c.CountRow(department=HOME[0], waiting=3, refused=1),)),
            waivers=(c.WaiverRow(rule="T102", record=ROW.code, link=HOME[0], reason="Pilot", decided_by="Council",
                                 until=DAY),),
        ),
        c.DesignPage(
            head=_head("design/", indexed=False), kinds=(("licensing", "Licensing"),) * 3,
            statuses=(("active", "In force"),), steps=(("task", "Task"),), houses=HOME,
        ),
        c.SiteMapPage(head=_head("site-map/"), groups=(("All", HOME),)),
        c.NotFoundPage(head=c.Head(address="404.html", title="Not here"), browse=HOME),
        c.TombstonePage(
            head=_head("powers/LD31-XK-007/"),
            withdrawal=Withdrawal(code="LD31-XK-007", department="markets", reason="A name in it",
                                  document="Order 1", date=DAY),
        ),
        c.MovedPage(head=_head("departments/trade/"), department=DEPARTMENT, target=HOME[0]),
    ]  # fmt: skip
    own: list[c.Page] = [
        power_page(office),
        c.DepartmentHome(
            head=_head(office.home), department=DEPARTMENT, active=3, ended=1, kinds=tallies, powers=(ROW,),
            changes=(CHANGE,), life_events=tallies, prose=HOME, blocks=BLOCKS, as_of=DAY, package="data/departments/markets/",
        ),
        c.SearchPage(head=_head(f"{office.home}search/"), scope="markets", scope_name="Market Office", browse=HOME),
    ]  # fmt: skip
    return [*((city, page) for page in citywide), *((office, page) for page in own)]


_LEFT = frozenset({
    "address", "department_address", "data_address", "chart_address", "canonical", "html", "home", "origin",
    "language", "features", "blocks", "unit", "show", "theme", "scripts", "image", "package", "chart", "url",
})  # fmt: skip


def with_text(value: Any, text: str, name: str = "") -> Any:
    """Return a context in which every text of the data ends with a text; addresses stay."""
    if name in _LEFT or (name == "slug" and value == "municipal"):
        return value
    if is_dataclass(value) and not isinstance(value, type):
        changes = {f.name: with_text(getattr(value, f.name), text, f.name) for f in fields(value)}
        return replace(value, **changes)
    if isinstance(value, tuple):
        return tuple(with_text(entry, text, name) for entry in value)
    if isinstance(value, dict):
        return {f"{key}{text}": f"{entry}{text}" for key, entry in value.items()}
    return f"{value}{text}" if type(value) is str and value else value
