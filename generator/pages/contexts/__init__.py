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
from generator.pages.contexts.charts import ChartCard, ComparePage, GalleryPage
from generator.pages.contexts.lists import (
    ChangesPage,
    DepartmentHome,
    EndedPage,
    EndedRow,
    EventStage,
    EventTotals,
    House,
    IndexPage,
    LifeEventPage,
    MunicipalHome,
    NewsEntry,
    NewsPage,
    PowerListPage,
    SearchPage,
    SiteMapPage,
    ThemeGalleryPage,
)
from generator.pages.contexts.parts import ChangeRow, Group, Head, Page, PowerRow, Tally
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
    "ChangesPage",
    "ChartCard",
    "CitedBasis",
    "ColumnNote",
    "ComparePage",
    "CountRow",
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
    "GalleryPage",
    "Group",
    "Head",
    "House",
    "IndexPage",
    "LawPage",
    "LifeEventPage",
    "MovedPage",
    "MunicipalHome",
    "NewsEntry",
    "NewsPage",
    "NotFoundPage",
    "OfflinePage",
    "Page",
    "PowerListPage",
    "PowerPage",
    "PowerRow",
    "ProsePage",
    "SearchPage",
    "SiteMapPage",
    "Tally",
    "ThemeGalleryPage",
    "TombstonePage",
    "WaiverRow",
]
