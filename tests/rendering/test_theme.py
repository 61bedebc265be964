"""Themes as folders: what is made of them, and what is made of those that are broken or hostile."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest

from generator.model.codes import DepartmentSlug
from generator.pages.site import MUNICIPAL
from generator.rendering import theme as theming
from generator.rendering.templates import BLOCKS
from generator.rendering.theming import settings
from generator.rendering.theming.folder import LARGEST_FILE, MOST_FILES
from tests.rendering.themes import PICTURE, SLUG, TR, load

FULL = """
schema: 1
name: Water
tagline: Clear and cold
structure: paper
colours: {primary: "#0b5c94", accent: {light: "#8a3b12", dark: "#ffb48a"}}
logo: drop.svg
banner: {text: Hello, image: none}
font: serif
blocks: [banner, contact, powers]
radius: large
density: airy
css: look.css
"""


def test_a_theme_gives_a_site_its_look(tmp_path):
    """A department that writes a theme must get what it wrote."""
    files = {"assets/drop.svg": PICTURE, "look.css": ".own-x { padding-top: 1rem; }"}
    theme, findings = load(tmp_path, FULL, files)

    assert findings == ()
    assert (theme.key, theme.name, theme.tagline) == ("water", "Water", "Clear and cold")
    assert (theme.structure, theme.blocks) == ("paper", ("banner", "contact", "powers"))
    assert theme.stylesheet == "departments/water/assets/theme.css"
    assert (theme.logo, theme.banner) == ("departments/water/assets/drop.svg", "")
    css = theme.css.decode()
    assert "--link: #0b5c94;" in css and "--accent-ink: #ffb48a;" in css
    assert "--radius: 0.875rem;" in css and "--space: 1.25;" in css and "Songti" in css
    assert css.endswith("@layer department {\n.own-x { padding-top: 1rem !important; }\n}\n")
    assert set(dict(theming.files(theme))) == {theme.stylesheet, theme.logo}


def test_a_theme_goes_to_another_process_whole(tmp_path):
    """A build with workers must not look different from one without."""
    theme = load(tmp_path, FULL, {"assets/drop.svg": PICTURE, "look.css": ""}).theme

    again = pickle.loads(pickle.dumps(theme))

    assert again == theme and again.digest == theme.digest


def test_the_blocks_of_the_schema_are_the_blocks_that_pages_have():
    """A block that the schema names and no page can show would be a promise broken."""
    listed = settings.schema()["properties"]["blocks"]["items"]["enum"]

    assert sorted(listed) == sorted(BLOCKS)


def test_departments_without_a_theme_differ_and_keep_their_look(tmp_path):
    """A citizen must be able to tell 71 sites apart, today as tomorrow."""
    slugs = [DepartmentSlug(f"department-{n}") for n in range(71)]

    themes, findings = theming.load_all(tmp_path / "none", slugs, {}, tr=TR)
    fewer, _ = theming.load_all(tmp_path / "none", slugs[40:], {}, tr=TR)

    assert findings == ()
    assert len({theme.pictures["mark.svg"] for theme in themes.values()}) == 71
    assert len({theme.css for theme in themes.values()}) > 50
    assert all(themes[slug] == theme for slug, theme in fewer.items())
    assert {slug: theme.key for slug, theme in themes.items()} == {slug: slug for slug in slugs}


BROKEN = {
    "not-yaml": "a: [",
    "not-a-mapping": "- 1",
    "unknown-key": "schema: 1\nfonts: serif\n",
    "bad-colour": "schema: 1\ncolours: {primary: red}\n",
    "duplicate-block": "schema: 1\nblocks: [banner, powers, powers]\n",
    "unknown-block": "schema: 1\nblocks: [banner, cookies]\n",
    "no-heading": "schema: 1\nblocks: [powers]\n",
    "other-version": "schema: 2\n",
    "key-twice": "schema: 1\nfont: sans\nfont: serif\n",
    "alias-bomb": "schema: 1\na: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n",
    "python-object": "schema: !!python/object/apply:os.system [id]\n",
    "not-utf-8": "schema: 1\nname: 环保\n".encode("gb18030"),
    "huge": "schema: 1\n#" + "x" * 40_000,
    "deep": "schema: " + "[" * 4_000,
    "deep-lines": "- " * 3_900,
    "nul": "schema: 1\n\0",
}


@pytest.mark.parametrize("yml", [pytest.param(yml, id=name) for name, yml in BROKEN.items()])
def test_a_broken_theme_gives_way_and_is_told(tmp_path, yml):
    """One department's mistake must not stop the city, nor pass in silence."""
    theme, findings = load(tmp_path, yml)

    assert theme.key == MUNICIPAL and not theme.stylesheet and theme.blocks == ()
    assert findings and all(found.remedy for found in findings)
    assert {found.code for found in findings} == {"F301"}
    assert all(found.reason == "published with the municipal theme" for found in findings)
    assert list(theming.files(theme)) == []


def test_a_folder_without_a_theme_file_gives_way(tmp_path):
    """Pictures alone are no theme, and the department must learn what is missing."""
    (tmp_path / SLUG / "assets").mkdir(parents=True)
    theme, findings = theming.load(tmp_path / SLUG, SLUG, tr=TR)

    assert theme.key == MUNICIPAL
    assert [(found.code, found.column) for found in findings] == [("F301", "theme.yml")]


def test_every_fault_is_told_at_once_with_what_was_meant(tmp_path):
    """Nobody should have to run the checker once per mistake."""
    loaded = load(tmp_path, "schema: 1\nfonts: serif\nfont: serfi\ncolours: {primry: '#123456'}\n")

    assert {found.column for found in loaded.findings} == {"fonts", "font", "colours.primry"}
    for meant in ("did you mean font?", "did you mean serif?", "did you mean primary?"):
        assert loaded.told(meant)


def test_a_colour_without_quotation_marks_is_explained(tmp_path):
    """`primary: #123456` is a comment in YAML: the commonest mistake there is."""
    assert load(tmp_path, "schema: 1\ncolours:\n  primary: #123456\n").told("quotation marks")


def test_a_link_is_never_followed(tmp_path):
    """A theme must not publish a file of the machine that builds it."""
    (tmp_path / "secret.svg").write_text(PICTURE)
    (tmp_path / SLUG / "templates" / "blocks").mkdir(parents=True)
    (tmp_path / SLUG / "assets").mkdir()
    (tmp_path / SLUG / "assets" / "out.svg").symlink_to(tmp_path / "secret.svg")
    (tmp_path / SLUG / "templates" / "blocks" / "about.html").symlink_to("/etc/hostname")
    (tmp_path / SLUG / "look.css").symlink_to("/etc/hostname")
    loaded = load(tmp_path, "schema: 1\nlogo: out.svg\ncss: look.css\n")

    assert "out.svg" not in loaded.theme.pictures and not loaded.theme.templates
    links = [found.column for found in loaded.findings if "link" in found.message]
    assert sorted(links) == ["assets/out.svg", "look.css", "templates/blocks/about.html"]


def test_a_folder_that_is_a_link_gives_way(tmp_path):
    """The folder itself must not lead out either."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "theme.yml").write_text("schema: 1\n")
    (tmp_path / SLUG).symlink_to(tmp_path / "elsewhere")
    theme, findings = theming.load(tmp_path / SLUG, SLUG, tr=TR)

    assert theme.key == MUNICIPAL and [found.code for found in findings] == ["F301"]


def test_a_linked_theme_file_gives_way(tmp_path):
    """A theme.yml elsewhere is not this department's."""
    (tmp_path / "theirs.yml").write_text("schema: 1\n")
    (tmp_path / SLUG).mkdir()
    (tmp_path / SLUG / "theme.yml").symlink_to(tmp_path / "theirs.yml")
    theme, findings = theming.load(tmp_path / SLUG, SLUG, tr=TR)

    assert theme.key == MUNICIPAL and "F301" in {found.code for found in findings}


def test_what_waits_for_a_writer_is_not_waited_for(tmp_path):
    """A pipe in a theme's folder must not hang the build."""
    (tmp_path / SLUG / "assets").mkdir(parents=True)
    os.mkfifo(tmp_path / SLUG / "assets" / "pipe.png")

    assert load(tmp_path).theme.key == SLUG


def test_too_large_and_too_many_files_stay_where_they_are(tmp_path):
    """A department's photographs must not fill the city's disk or memory."""
    files: dict[str, str | bytes] = {"assets/huge.png": b"\x89PNG\r\n\x1a\n" + bytes(LARGEST_FILE)}
    files |= {f"assets/p{n}.svg": PICTURE for n in range(MOST_FILES + 5)}
    loaded = load(tmp_path, files=files)

    assert len(loaded.theme.pictures) <= MOST_FILES + 2
    assert "huge.png" not in loaded.theme.pictures
    assert loaded.codes == {"F306"} and loaded.told("is too large")


def test_what_does_not_belong_to_a_theme_is_told(tmp_path):
    """A script that lies in the folder is never served, and its author learns so."""
    loaded = load(tmp_path, files={"assets/x.js": "alert(1)", "README.md": "ours", "a.py": ""})

    assert {found.column for found in loaded.findings} == {"assets/x.js", "a.py"}
    assert not any(path.endswith((".js", ".py")) for path, _ in theming.files(loaded.theme))


def test_a_missing_picture_gives_way_alone(tmp_path):
    """A misspelt logo must not cost a department its colours."""
    loaded = load(
        tmp_path,
        "schema: 1\nlogo: dorp.svg\ncolours: {primary: '#0b5c94'}\n",
        {"assets/drop.svg": PICTURE},
    )

    assert "--link: #0b5c94;" in loaded.css
    assert loaded.theme.logo.endswith("/mark.svg") and loaded.told("did you mean drop.svg?")


def test_a_folder_of_no_department_is_told(tmp_path):
    """A misspelt folder would leave a department wondering where its theme went."""
    (tmp_path / "watre").mkdir()
    themes, findings = theming.load_all(tmp_path, [SLUG], {}, tr=TR)

    assert themes[SLUG].key == SLUG
    assert [(f.code, f.record, f.remedy) for f in findings] == [
        ("F307", "watre", "did you mean water?")
    ]


def test_a_department_may_take_the_theme_of_another_folder(tmp_path):
    """Sister bodies may share one look; a name that leads out of the folder is not taken."""
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "theme.yml").write_text("schema: 1\nfont: kai\n")
    themes, findings = theming.load_all(
        tmp_path,
        [SLUG, DepartmentSlug("fire")],
        {"water": {"theme": "shared"}, "fire": {"theme": "../shared"}},
        tr=TR,
    )

    assert "Kaiti" in themes[SLUG].css.decode() and themes[SLUG].key == SLUG
    assert "Kaiti" not in themes[DepartmentSlug("fire")].css.decode()
    assert findings == ()


def test_a_theme_changes_pages_only_by_what_pages_take_from_it(tmp_path):
    """A new colour must rewrite one style sheet, not a thousand pages."""
    red = load(
        tmp_path, "schema: 1\ncolours: {primary: '#a01020'}\nblocks: [banner, powers]\n"
    ).theme
    blue = load(
        tmp_path, "schema: 1\ncolours: {primary: '#1020a0'}\nblocks: [banner, powers]\n"
    ).theme
    fewer = load(tmp_path, "schema: 1\ncolours: {primary: '#1020a0'}\nblocks: [banner]\n").theme

    assert red.css != blue.css and red.digest == blue.digest
    assert blue.digest != fewer.digest


def test_files_of_a_theme_do_not_depend_on_the_folder_or_its_order(tmp_path):
    """The same theme must give the same bytes on any machine."""
    files = {"assets/b.svg": PICTURE, "assets/a.svg": PICTURE, "look.css": "p { margin: 1rem; }"}
    first = load(tmp_path / "one", FULL.replace("drop", "a"), files)
    second = load(tmp_path / "two", FULL.replace("drop", "a"), dict(reversed(files.items())))

    assert list(theming.files(first.theme)) == list(theming.files(second.theme))


def test_the_schema_is_where_the_theme_files_say_it_is():
    """An editor that finds no schema helps nobody."""
    root = Path(__file__).parents[2]
    for path in (root / "department_themes").glob("*/theme.yml"):
        named = path.read_text(encoding="utf-8").partition("$schema=")[2].split()[0]
        assert (path.parent / named).resolve() == root / "generator/rendering/theme.schema.json"
