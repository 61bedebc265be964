"""Prose in Markdown: what becomes of it, and what never gets onto a page."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator import bundled
from generator.i18n import LANGUAGES
from generator.rendering.markdown import PROSE, load, render
from generator.rendering.markup import is_relative, is_safe_link
from tests.rendering.themes import TR


def html(text: str) -> str:
    return render(text)[1]


def test_the_first_heading_is_the_page_and_the_others_come_below():
    """A screen reader's list of headings must have one root and no gaps."""
    heading, body = render(
        "# Opening *hours* & `more`\n\ntext\n\n#### Deep\n\n# Again\n\n### Below\n"
    )

    assert heading == "Opening hours & more"
    assert body == "<p>text</p>\n<h2>Deep</h2>\n<h2>Again</h2>\n<h3>Below</h3>"


def test_a_page_without_a_heading_says_so():
    """The caller must be able to put something else there."""
    assert render("text") == ("", "<p>text</p>")


@pytest.mark.parametrize(
    "link, written",
    [
        (
            "https://example.org/a?b=1&c=2",
            '<a href="https://example.org/a?b=1&amp;c=2" rel="noopener">x</a>',
        ),
        ("mailto:a@example.org", '<a href="mailto:a@example.org">x</a>'),
        ("tel:12345", '<a href="tel:12345">x</a>'),
        ("../powers/", '<a href="../powers/">x</a>'),
        ("guide.md", '<a href="../guide/">x</a>'),
        ("guide.md#fees", '<a href="../guide/#fees">x</a>'),
        ("javascript:alert(1)", "<a>x</a>"),
        ("JaVaScRiPt:alert(1)", "<a>x</a>"),
        ("<java\tscript:alert(1)>", "<a>x</a>"),
        ("data:text/html,x", "<a>x</a>"),
        ("vbscript:x", "<a>x</a>"),
        ("//evil.example/x", "<a>x</a>"),
        ("/from/the/root", "<a>x</a>"),
        ("ftp://example.org", "<a>x</a>"),
        ("\\\\evil.example", "<a>x</a>"),
    ],
)
def test_links_lead_to_safe_places_only(link, written):
    """A link in prose must not run a program, nor break below a sub-path."""
    assert html(f"[x]({link})") == f"<p>{written}</p>"


@pytest.mark.parametrize(
    "address", ["https://evil.example/x.png", "//evil.example/x.png", "/x.png", "data:image/png,x"]
)
def test_pictures_come_from_the_site_itself(address):
    """A reader's visit is nobody else's business."""
    assert "src" not in html(f"![x]({address})") and "evil" not in html(f'<img src="{address}">')


@pytest.mark.parametrize(
    "raw",
    [
        "<script>alert(1)</script>",
        "text <script>alert(1)</script> text",
        "<img src=x onerror=alert(1)>",
        "<b onclick=alert(1)>x</b>",
        "<p style='display:none'>x</p>",
        "<p class='unseen' hidden id='main'>x</p>",
        "<iframe src='x'></iframe>",
        "<style>p { display: none }</style>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
        "<form action='x'><input name='q'></form>",
        "<meta http-equiv='refresh' content='0;url=x'>",
        "<base href='//evil.example'>",
        "<object data='x'></object><embed src='x'><link rel='stylesheet' href='x'>",
        "<a href='&#106;avascript:alert(1)'>x</a>",
        "<a href='java&#10;script:alert(1)'>x</a>",
        "<div markdown='1'><script>alert(1)</script></div>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<!--[if IE]><script>alert(1)</script><![endif]-->",
        "<p data-fact='fee'>0</p>",
        "<h1>not this</h1>",
    ],
)
def test_raw_html_leaves_nothing_that_acts_or_hides(raw):
    """Whoever may write prose may not write programs."""
    body = html(f"before\n\n{raw}\n\nafter")

    assert not Everything(body).beyond()
    assert "<p>before</p>" in body and "after" in body


class Everything(HTMLParser):
    """Reads markup and names what the list of prose does not have."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        allowed = PROSE.attributes.get(tag, frozenset()) | PROSE.attributes["*"] | {"rel"}
        allowed |= {"tabindex"} if tag == "code" else frozenset()
        self.found += [tag] if tag not in PROSE.tags else []
        self.found += [name for name, _ in attrs if name not in allowed]
        self.found += [
            v for n, v in attrs if n in ("href", "src") and ("script" in v or v.startswith("/"))
        ]

    def handle_comment(self, data):
        self.found.append(data)

    def beyond(self) -> list[str]:
        return self.found


TOKENS = [
    "<",
    ">",
    "</",
    "/>",
    "script",
    "img ",
    "a ",
    "href=",
    "src=",
    "onerror=",
    "javascript:",
    '"',
    "'",
    "`",
    "&#x3c;",
    "&lt;",
    "[x](",
    ")",
    "\n",
    "\n\n",
    "    ",
    "<!--",
    "-->",
    "style=",
    "=",
    "x",
    "<svg>",
    "<math>",
    "<b>",
    "</b>",
    "# ",
    "- ",
    "> ",
    "| a | b |\n|---|---|\n",
    "\t",
    "\\",
]


@given(st.lists(st.sampled_from(TOKENS), max_size=30).map("".join))
@settings(max_examples=150, deadline=None)
def test_no_mixture_gets_beyond_the_list(text):
    """Judged by a parser: the next trick is not known yet."""
    assert not Everything(html(text)).beyond()


def test_tables_say_what_their_columns_are():
    """A table read aloud needs its headers; alignment needs no inline style."""
    body = html("| a | b |\n|---|--:|\n| 1 | 2 |\n")

    assert '<th scope="col">a</th>' in body and '<td class="align-right">2</td>' in body
    assert "style" not in body and "align=" not in body


def test_a_table_with_an_empty_corner_is_headed_on_both_sides():
    """An empty header is read aloud as nothing; what stands beside a row heads it."""
    body = html("| | one | two |\n|---|---|---|\n| cost | 1 | 2 |\n")

    assert "<td></td>" in body and '<th scope="col">one</th>' in body
    assert '<th scope="row">cost</th>' in body and "<td>1</td>" in body


def test_what_prose_needs_is_there():
    """An editor must be able to write lists, emphasis, quotations, code and pictures."""
    body = html("1. a\n2. **b**\n\n> c\n\n`d`\n\nterm\n:   meaning\n\n![alt](../assets/e.png)\n")

    for part in (
        "<ol>",
        "<strong>b</strong>",
        "<blockquote>",
        "<code>d</code>",
        "<dt>term</dt>",
        '<img src="../assets/e.png" alt="alt">',
    ):
        assert (
            part in body
            or part.replace('src="../assets/e.png" alt="alt"', 'alt="alt" src="../assets/e.png"')
            in body
        )


@pytest.mark.parametrize("address", ["a", "../a/", "a?b#c", "#c", "?q=1", "", "a/b:c"])
def test_relative_addresses_are_known(address):
    """A safe link must not be taken away."""
    assert is_relative(address) and is_safe_link(address)


@pytest.mark.parametrize(
    "address", ["x:y", "//a", "/a", "\\a", " a", "a\n", "\u200bjavascript:x", "java\nscript:x"]
)
def test_other_addresses_are_not_relative(address):
    """What a browser would trim or skip must not fool us."""
    assert not is_relative(address)


def test_a_folder_gives_its_pages_in_order(tmp_path):
    """The navigation must not change with the file system."""
    for name, text in {"zoo": "# Z", "guide": "# G\n\n[z](zoo.md)"}.items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    pages, findings = load(tmp_path, tr=TR)

    assert [(page.name, page.heading) for page in pages] == [("guide", "G"), ("zoo", "Z")]
    assert findings == ()


def test_a_folder_that_is_not_there_has_no_pages(tmp_path):
    """A department without prose is the common case."""
    assert load(tmp_path / "none", tr=TR) == ((), ())


@pytest.mark.parametrize(
    "name",
    [
        "Guide",
        "my_page",
        "指南",
        "a--b",
        "-a",
        "a b",
        "powers",
        "flowcharts",
        "data",
        "search",
        "assets",
    ],
)
def test_a_name_that_cannot_be_an_address_is_told(tmp_path, name):
    """A page must not hide the department's own list of powers."""
    (tmp_path / f"{name}.md").write_text("# x", encoding="utf-8")
    pages, findings = load(tmp_path, tr=TR, record="water")

    assert pages == ()
    assert [(f.code, f.record, f.column) for f in findings] == [("F321", "water", f"{name}.md")]
    assert findings[0].remedy


@pytest.mark.parametrize(
    "content",
    ["# 环保".encode("gb18030"), b"\xff\xfe#\x00", b"x" * 300_000, b"> " * 40_000, b"[" * 9_000],
    ids=["gb18030", "utf-16", "large", "deep", "open"],
)
def test_a_file_that_cannot_be_read_is_told(tmp_path, content):
    """One page in the wrong encoding must not stop the city."""
    (tmp_path / "guide.md").write_bytes(content)
    pages, findings = load(tmp_path, tr=TR)

    assert pages == () and [found.code for found in findings] == ["F321"]


def test_a_link_to_a_file_elsewhere_is_told(tmp_path):
    """Prose must not publish a file of the machine that builds it."""
    (tmp_path / "guide.md").symlink_to("/etc/hostname")
    pages, findings = load(tmp_path, tr=TR)

    assert pages == () and [found.code for found in findings] == ["F321"]


def test_what_is_left_out_is_told(tmp_path):
    """An editor must not wonder where the video went."""
    text = "text\n\n<iframe src='v'></iframe>\n\n[x](gone.md) [y](javascript:z)\n"
    (tmp_path / "guide.md").write_text(text, encoding="utf-8")
    pages, findings = load(tmp_path, tr=TR)
    told = " ".join(found.message for found in findings)

    assert pages[0].heading == "guide" and {found.code for found in findings} == {"F322"}
    for part in ("no heading", "<iframe>", "gone.md", "javascript:z"):
        assert part in told


def test_defaults_stand_until_a_city_writes_its_own(tmp_path):
    """Every city has an accessibility statement from the first day."""
    (tmp_path / "default").mkdir()
    (tmp_path / "own").mkdir()
    for name, text in {
        "default/about": "# A",
        "default/terms": "# T",
        "own/about": "# Mine",
    }.items():
        (tmp_path / f"{name}.md").write_text(text, encoding="utf-8")
    pages, findings = load(tmp_path / "own", tr=TR, defaults=tmp_path / "default")

    assert [page.heading for page in pages] == ["Mine", "T"] and findings == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_its_statements(language):
    """A city that writes nothing still says what it is and how accessible it is."""
    pages, findings = load(bundled.theme() / "prose" / language, tr=TR)

    assert [page.name for page in pages] == ["about", "accessibility"] and findings == ()
