"""What each template sees, one frozen dataclass per template, and nothing else.

The context is the dependency: a page is made again when its context, its site's look
or the toolchain changes. Record pages carry the record's own last change, never the
release's date, or each change would rewrite them all.
"""

from __future__ import annotations

from generator.pages.contexts.about import (
    ColumnNote,
    CountRow,
    DataPage,
    DesignPage,
    DictionaryPage,
    Download,
    DraftCounts,
    NotFoundPage,
    OfflinePage,
    ProsePage,
    WaiverRow,
)
from generator.pages.contexts.browsing import (
    ChangesOfDay,
    ChangesPage,
    Choice,
    EndedPage,
    EndedRow,
    Filters,
    Jump,
    MayorPage,
    Pager,
    PostUse,
    PowerListPage,
    RowGroup,
)
from generator.pages.contexts.charts import ChartCard, ComparePage, GalleryPage
from generator.pages.contexts.lists import (
    DepartmentHome,
    EventStage,
    EventTotals,
    IndexPage,
    LifeEventPage,
    MunicipalHome,
    NewsEntry,
    NewsPage,
    SearchPage,
    SiteMapPage,
)
from generator.pages.contexts.parts import ChangeRow, Counts, Group, Head, Page, PowerRow, Tally
from generator.pages.contexts.records import (
    ArticleUse,
    CitedBasis,
    FileLink,
    LawPage,
    MovedPage,
    PowerPage,
    TombstonePage,
)

__all__ = [
    "ArticleUse",
    "ChangeRow",
    "ChangesOfDay",
    "ChangesPage",
    "ChartCard",
    "Choice",
    "CitedBasis",
    "ColumnNote",
    "ComparePage",
    "CountRow",
    "Counts",
    "DataPage",
    "DepartmentHome",
    "DesignPage",
    "DictionaryPage",
    "Download",
    "DraftCounts",
    "EndedPage",
    "EndedRow",
    "EventStage",
    "EventTotals",
    "FileLink",
    "Filters",
    "GalleryPage",
    "Group",
    "Head",
    "IndexPage",
    "Jump",
    "LawPage",
    "LifeEventPage",
    "MayorPage",
    "MovedPage",
    "MunicipalHome",
    "NewsEntry",
    "NewsPage",
    "NotFoundPage",
    "OfflinePage",
    "Page",
    "Pager",
    "PostUse",
    "PowerListPage",
    "PowerPage",
    "PowerRow",
    "ProsePage",
    "RowGroup",
    "SearchPage",
    "SiteMapPage",
    "Tally",
    "TombstonePage",
    "WaiverRow",
]
