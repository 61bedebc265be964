"""`vet --changed-since` and the path guard `--as`, in real git repositories."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.test_bad_input import Shell, shell
from tests.publication.city import City

__all__ = ["shell"]

MINE, OTHER = "market-regulation", "city-services"


def git(folder: Path, *words: str) -> str:
    """Run git in a folder, as somebody with no settings of their own."""
    who = {
        f"GIT_{role}_{part}": "clerk"
        for role in ("AUTHOR", "COMMITTER")
        for part in ("NAME", "EMAIL")
    }
    nothing = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", "-c", "commit.gpgsign=false", *words],
        cwd=folder,
        env={**os.environ, **who, **nothing},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def commit(folder: Path, message: str = "Change") -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)


@pytest.fixture
def kept(shell: Shell) -> Shell:
    """Return a shell in a city that stands in git, at a revision called `before`."""
    git(shell.city.root, "init", "--quiet", "--initial-branch", "main")
    commit(shell.city.root)
    git(shell.city.root, "tag", "before")
    return shell


def told(shell: Shell, *options: str, since: str = "before") -> list[tuple[str, str, str]]:
    """Return what vet finds in a change: rule, table (or file) and record."""
    done = shell.run("vet", "--changed-since", since, "--format", "json", *options)
    findings = json.loads(done.out or "[]")
    assert done.code == (1 if any(f["severity"] == "error" for f in findings) else 0), done.err
    return [(f["code"], f["table"], f["record"]) for f in findings]


def first(city: City, department: str) -> str:
    return city.code(lambda row: row["department"] == department and not row["parent"])


def faulty(city: City, table: str, **where: str) -> None:
    """Take out what a row must have."""
    with city.table(table) as rows:
        row = next(row for row in rows if all(row[k] == v for k, v in where.items()))
        row["name"] = ""


# --- what changed -------------------------------------------------------------------------


def test_nothing_is_told_where_nothing_changed(kept):
    """A pull request must not answer for faults that were there before it."""
    faulty(kept.city, "powers", code=first(kept.city, MINE))
    commit(kept.city.root)

    assert told(kept, since="HEAD") == []
    assert told(kept)[0] == ("S101", "powers", first(kept.city, MINE))


def test_an_old_fault_is_told_once_its_record_changes(kept):
    """A record is signed as a whole, whichever of its rows was edited."""
    code = first(kept.city, MINE)
    faulty(kept.city, "powers", code=code)
    faulty(kept.city, "powers", code=first(kept.city, OTHER))
    commit(kept.city.root)
    with kept.city.table("materials") as rows:
        next(row for row in rows if row["power"] == code)["copies"] = "2"

    assert told(kept, since="HEAD") == [("S101", "powers", code)]


def test_a_deleted_row_is_told_where_something_refers_to_it(kept):
    """A law taken out of the register must not pass because no power was touched."""
    with kept.city.table("instruments") as rows:
        gone = rows.pop(0)["id"]
    with kept.city.table("legal_bases") as rows:
        left = {row["power"] for row in rows if row["instrument"] == gone}

    found = told(kept)

    assert left and left <= {record for _, table, record in found if table == "legal_bases"}


def test_rows_inserted_above_make_no_fault_new(kept):
    """A finding elsewhere that only moved down is not of this change."""
    code = first(kept.city, OTHER)
    with kept.city.table("powers") as rows:
        rows.append(dict(next(row for row in rows if row["code"] == code)))
    commit(kept.city.root)
    with kept.city.table("powers") as rows:
        rows.insert(0, dict.fromkeys(rows[0], "") | {"code": "LF-NEW-1", "department": MINE})

    assert {r for _, _, r in told(kept, since="HEAD")} == {"LF-NEW-1"}, told(kept, since="HEAD")


def test_a_file_that_a_spreadsheet_wrote_anew_has_not_changed(kept):
    """Other quotation marks, line ends and columns in another order are no edit."""
    faulty(kept.city, "powers", code=first(kept.city, MINE))
    commit(kept.city.root)
    path = kept.city.root / "content" / "database" / "powers.csv"
    with kept.city.table("powers") as rows:
        for position, row in enumerate(rows):
            rows[position] = dict(reversed(row.items()))
    lines = path.read_text("utf-8").splitlines()
    path.write_bytes(("\ufeff" + "\r\n".join(lines) + "\r\n\r\n").encode())

    assert told(kept, since="HEAD") == []
    assert told(kept, "--as", OTHER, since="HEAD") == []


def test_an_untracked_table_counts(kept):
    """What is not committed yet is vetted all the same."""
    git(kept.city.root, "rm", "--cached", "--quiet", "content/database/powers.csv")
    commit_index(kept.city.root)
    faulty(kept.city, "powers", code=first(kept.city, MINE))

    assert ("S101", "powers", first(kept.city, MINE)) in told(kept)


def commit_index(folder: Path) -> None:
    git(folder, "commit", "--quiet", "--message", "Index")


@pytest.mark.parametrize("committed", [True, False], ids=["committed", "not-yet"])
def test_a_renamed_folder_is_compared_with_what_it_was(kept, committed):
    """Moving the tables must not make every record a change."""
    root = kept.city.root
    code, others = first(kept.city, MINE), first(kept.city, OTHER)
    faulty(kept.city, "powers", code=others)
    commit(root)
    (root / "content" / "database").rename(root / "content" / "tables")
    with (root / "site_config.yml").open("a", encoding="utf-8") as file:
        file.write("source: content/tables\n")
    path = root / "content" / "tables" / "powers.csv"
    path.write_text(path.read_text("utf-8").replace(",licensing,", ",licencing,", 1), "utf-8")
    if committed:
        commit(root)

    found = {record for _, _, record in told(kept, since="HEAD~1" if committed else "HEAD")}

    assert code in found and others not in found


def test_a_city_in_a_subfolder_is_found(shell, tmp_path):
    """A province keeps several cities in one repository."""
    top = tmp_path / "province"
    shutil.copytree(shell.city.root, top / "cities" / "lark field")
    git(top, "init", "--quiet")
    commit(top)
    below = Shell(City(top / "cities" / "lark field"), shell.monkeypatch, shell.capsys)
    code = first(below.city, MINE)
    faulty(below.city, "powers", code=code)

    assert told(below, since="HEAD") == [("S101", "powers", code)]
    assert told(below, "--as", MINE, since="HEAD") == [("S101", "powers", code)]
    log = json.loads(below.run("vet", "--changed-since", "HEAD", "--format", "sarif").out)
    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "cities/lark%20field/content/database/powers.csv"
    (top / "README.md").write_text("Changed", "utf-8")
    assert ("G104", "", "README.md") in told(below, "--as", MINE, since="HEAD")


def test_a_branch_answers_for_its_own_changes_only(kept):
    """What others merged meanwhile must not be held against it."""
    root = kept.city.root
    git(root, "checkout", "--quiet", "-b", "work")
    kept.city.edit(first(kept.city, MINE), summary="Another summary.")
    commit(root)
    git(root, "checkout", "--quiet", "main")
    kept.city.edit(first(kept.city, OTHER), summary="Theirs.")
    commit(root)
    git(root, "checkout", "--quiet", "work")

    assert told(kept, "--as", MINE, since="main") == []


def test_a_tag_that_bears_the_name_of_a_remotes_branch_is_not_taken_for_it(kept):
    """Whoever may push a tag must not be able to move what a change is compared with."""
    root = kept.city.root
    git(root, "update-ref", "refs/remotes/origin/main", "HEAD")
    kept.city.edit(first(kept.city, OTHER), summary="Not theirs to write.")
    commit(root)
    git(root, "tag", "origin/main", "HEAD")

    assert "G101" in {code for code, *_ in told(kept, "--as", MINE, since="origin/main")}


def no_repository(shell: Shell) -> str:
    shutil.rmtree(shell.city.root / ".git")
    return "HEAD"


def no_git(shell: Shell) -> str:
    shell.monkeypatch.setenv("PATH", "")
    return "HEAD"


@pytest.mark.parametrize(
    "spoil, words",
    [
        pytest.param(lambda shell: "no-such", "no such revision", id="unknown"),
        pytest.param(lambda shell: "--output=x", "no such revision", id="an-option"),
        pytest.param(lambda shell: "", "no such revision", id="empty"),
        pytest.param(lambda shell: "HEAD:content", "no such revision", id="not-a-commit"),
        pytest.param(no_repository, "cannot be compared", id="no-repository"),
        pytest.param(no_git, "not installed", id="no-git"),
    ],
)
def test_what_cannot_be_compared_is_said(kept, spoil: Callable[[Shell], str], words):
    """An empty list of findings must never mean that nobody could look."""
    done = kept.run("vet", f"--changed-since={spoil(kept)}")

    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("--changed-since") and words in done.err


def test_tables_of_the_past_that_cannot_be_read_hide_nothing(kept):
    """A table that was broken before must not make today's faults look old."""
    root = kept.city.root
    path = root / "content" / "database" / "instruments.csv"
    good = path.read_bytes()
    path.write_bytes(b'"' + good)
    faulty(kept.city, "powers", code=first(kept.city, MINE))
    commit(root)
    path.write_bytes(good)

    assert ("S101", "powers", first(kept.city, MINE)) in told(kept, since="HEAD")


def test_prose_and_files_count_once_they_change(kept):
    """An old page that names somebody must not hold up every change, a new one must."""
    city, number = kept.city, "Call 13800138000 at night.\n"
    code = first(city, MINE)
    edit_row("materials", MINE, blank_form="old.txt", sample="new.txt")(city)
    write("content/files/old.txt", number)(city)
    write("content/files/new.txt", "Nobody.\n")(city)
    write(f"content/departments/{MINE}/old.md", "# Old\n\n" + number)(city)
    commit(city.root)
    city.edit(first(city, OTHER), summary="Another summary.")
    assert told(kept, since="HEAD") == []
    write("content/files/new.txt", number)(city)
    write(f"content/departments/{MINE}/new.md", "# New\n\n" + number)(city)

    done = kept.run("vet", "--changed-since", "HEAD", "--format", "json")

    found = [(f["code"], f["record"], f["column"]) for f in json.loads(done.out)]
    assert ("V301", code, "sample") in found
    assert ("V302", MINE, f"content/departments/{MINE}/new.md") in found
    assert not any("old.md" in column for _, _, column in found)
    log = json.loads(kept.run("vet", "--changed-since", "HEAD", "--format", "sarif").out)
    places = [r["locations"][0]["physicalLocation"] for r in log["runs"][0]["results"]]
    page = next(p for p in places if p["artifactLocation"]["uri"].endswith("new.md"))
    assert page["region"]["startLine"] == 3


# --- the path guard -----------------------------------------------------------------------

Change = Callable[[City], object]


def write(path: str, text: str = "# New\n\nWords.\n") -> Change:
    def change(city: City) -> None:
        file = city.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    return change


def delete(path: str) -> Change:
    return lambda city: (city.root / path).unlink()


def edit(department: str, /, **columns: str) -> Change:
    return lambda city: city.edit(first(city, department), **columns)


def edit_row(table: str, department: str, /, **columns: str) -> Change:
    def change(city: City) -> None:
        code = first(city, department)
        with city.table(table) as rows:
            next(row for row in rows if row["power"] == code).update(columns)

    return change


def delete_power(department: str) -> Change:
    def change(city: City) -> None:
        code = first(city, department)
        for table, column in (("powers", "code"), ("materials", "power"), ("steps", "power")):
            with city.table(table) as rows:
                rows[:] = [row for row in rows if row[column] != code]

    return change


def second_row_with_their_code(city: City) -> None:
    """Claim another's power with a second row of its code, above theirs."""
    with city.table("powers") as rows:
        theirs = next(row for row in rows if row["department"] == OTHER)
        rows.insert(0, dict(theirs, department=MINE))


def reorder_their_moves(city: City) -> None:
    code = first(city, OTHER)
    with city.table("moves") as rows:
        places = [place for place, row in enumerate(rows) if row["power"] == code]
        rows[places[0]], rows[places[1]] = rows[places[1]], rows[places[0]]


def reorder_departments(city: City) -> None:
    with city.table("departments") as rows:
        rows.reverse()


def register_row(table: str, **columns: str) -> Change:
    def change(city: City) -> None:
        with city.table(table) as rows:
            rows[-1].update(columns)

    return change


def own_department_row(city: City) -> None:
    with city.table("departments") as rows:
        next(row for row in rows if row["slug"] == MINE)["phone"] = "0000-555-0000"


def waive(city: City) -> None:
    with city.table("waivers") as rows:
        rows.append({"rule": "L101", "record": first(city, MINE), "reason": "x", "decided_by": "x"})


def orphan(city: City) -> None:
    with city.table("materials") as rows:
        rows.append(dict(rows[0], power="LF-NOBODYS"))


def name_their_file(city: City) -> None:
    """Claim a file in another's folder by naming it in a record of one's own, then change it."""
    edit_row("materials", MINE, blank_form=f"{OTHER}/form.txt")(city)
    write(f"content/files/{OTHER}/form.txt", "changed")(city)


def link_their_prose(city: City) -> None:
    own = city.root / "content" / "departments" / OTHER
    shutil.rmtree(own)
    own.symlink_to(city.root / "content" / "departments" / MINE)


TRESPASSES = [
    pytest.param(edit(OTHER, summary="Changed."), "G101", "powers", id="their-power"),
    pytest.param(edit_row("materials", OTHER, copies="9"), "G101", "materials", id="their-row"),
    pytest.param(delete_power(OTHER), "G101", "powers", id="their-power-deleted"),
    pytest.param(second_row_with_their_code, "G101", "powers", id="their-code-twice"),
    pytest.param(reorder_their_moves, "G101", "powers", id="their-order"),
    pytest.param(edit(OTHER, department=MINE), "G103", "powers", id="taken-from-them"),
    pytest.param(edit(MINE, department=OTHER), "G103", "powers", id="given-to-them"),
    pytest.param(register_row("instruments", title="X"), "G102", "instruments", id="a-law"),
    pytest.param(own_department_row, "G102", "departments", id="own-row-of-the-register"),
    pytest.param(register_row("synonyms", target="X"), "G102", "synonyms", id="a-synonym"),
    pytest.param(reorder_departments, "G102", "departments", id="order-of-a-register"),
    pytest.param(waive, "G102", "waivers", id="a-waiver"),
    pytest.param(orphan, "G105", "materials", id="nobodys-row"),
    pytest.param(write(f"content/departments/{OTHER}/new.md"), "G104", "", id="their-prose"),
    pytest.param(write(f"content/departments/{MINE}-2/new.md"), "G104", "", id="a-like-name"),
    pytest.param(link_their_prose, "G104", "", id="their-folder-as-a-link"),
    pytest.param(write(f"department_themes/{OTHER}/theme.yml"), "G104", "", id="their-theme"),
    pytest.param(delete(f"department_themes/{OTHER}/theme.yml"), "G104", "", id="theme-deleted"),
    pytest.param(write("content/prose/about.md"), "G104", "", id="the-citys-prose"),
    pytest.param(write("content/vetted/registers.jsonl", ""), "G104", "", id="the-ledger"),
    pytest.param(write("content/database/notes.csv", "a\n"), "G104", "", id="a-strange-table"),
    pytest.param(write(".github/workflows/x.yml"), "G104", "", id="the-workflow"),
    pytest.param(write(".gitignore", "x\n"), "G104", "", id="what-git-ignores"),
    pytest.param(write("content/files/new.txt"), "G104", "", id="a-file-nobody-names"),
    pytest.param(name_their_file, "G104", "", id="a-file-of-theirs-named"),
]


@pytest.mark.parametrize("change, code, table", TRESPASSES)
@pytest.mark.parametrize("committed", [True, False], ids=["committed", "not-yet"])
def test_what_is_not_the_departments_own_is_found(kept, change: Change, code, table, committed):
    """A department must never be able to change a fact, a rule or a look of another's."""
    name = f"content/files/{OTHER}/form.txt"
    write(name, "theirs")(kept.city)
    commit(kept.city.root)
    git(kept.city.root, "tag", "--force", "before")
    change(kept.city)
    if committed:
        commit(kept.city.root)

    found = told(kept, "--as", MINE)

    assert (code, table) in {(rule, where) for rule, where, _ in found}


def own_new_power(city: City) -> None:
    code = first(city, MINE)
    for table, column in (
        ("powers", "code"),
        ("legal_bases", "power"),
        ("steps", "power"),
        ("moves", "power"),
    ):
        with city.table(table) as rows:
            mine = [row for row in rows if row[column] == code]
            rows += [{**row, column: "LF-NEW-1"} for row in mine]


def own_file(city: City) -> None:
    edit_row("materials", MINE, blank_form="forms/stall.txt")(city)
    write("content/files/forms/stall.txt")(city)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(edit(MINE, summary="Changed."), id="power"),
        pytest.param(edit_row("materials", MINE, copies="9"), id="row"),
        pytest.param(own_new_power, id="new-power"),
        pytest.param(delete_power(MINE), id="power-deleted"),
        pytest.param(write(f"content/departments/{MINE}/new.md"), id="prose"),
        pytest.param(delete(f"content/departments/{MINE}/visiting-us.md"), id="prose-deleted"),
        pytest.param(write(f"department_themes/{MINE}/assets/x.css", "a{}"), id="theme"),
        pytest.param(own_file, id="named-file"),
        pytest.param(write(f"content/files/{MINE}/x.txt"), id="file-in-its-folder"),
        pytest.param(write(".daylight/cache.bin"), id="the-cache"),
    ],
)
@pytest.mark.parametrize("committed", [True, False], ids=["committed", "not-yet"])
def test_a_departments_own_passes_the_guard(kept, change: Change, committed):
    """A guard that stops everything is switched off."""
    change(kept.city)
    if committed and not (kept.city.root / ".daylight").exists():
        commit(kept.city.root)

    assert [found for found in told(kept, "--as", MINE) if found[0].startswith("G")] == []


def test_a_trespass_is_told_with_its_place_and_ends_with_1(kept):
    """A reviewer must see at once whose row it is, and what became of it."""
    code = first(kept.city, OTHER)
    kept.city.edit(code, summary="Changed.", phone="0000-555-0001")
    write("content/prose/about.md")(kept.city)

    done = kept.run("vet", "--changed-since", "before", "--as", MINE, "--format", "json")

    assert done.code == 1
    row, file = json.loads(done.out)
    assert (row["code"], row["severity"], row["record"], row["column"]) == (
        "G101",
        "error",
        code,
        "summary",
    )
    assert row["row"] and row["value"] == "Changed." and OTHER in row["message"]
    assert MINE in row["reason"].lower().replace(" ", "-") or MINE in row["reason"]
    assert row["remedy"] and (file["record"], file["row"]) == ("content/prose/about.md", None)


@pytest.mark.parametrize(
    "words, said",
    [
        pytest.param(["--as", MINE], "--changed-since", id="without-a-revision"),
        pytest.param(["--changed-since", "HEAD", "--as", "market"], MINE, id="unknown"),
        pytest.param(["--changed-since", "HEAD", "--as", ""], "no department", id="empty"),
        pytest.param(["--department", "market-regulatoin"], MINE, id="department"),
    ],
)
def test_wrong_use_ends_with_2(kept, words, said):
    """An empty variable in CI must not switch the guard off."""
    done = kept.run("vet", *words)

    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_the_script_for_ci_asks_whose_change_it_is(kept):
    """The template that a city copies must stop a trespass, also when it runs twice in a checkout."""
    kept.city.edit(first(kept.city, OTHER), kind="licencing")
    commit(kept.city.root)
    script = Path(__file__).resolve().parents[2] / "docs" / "ci" / "build-city.sh"
    inherited = {n: v for n, v in os.environ.items() if not n.startswith(("DAYLIGHT", "GITHUB"))}
    settings = {"DAYLIGHT": f"{sys.executable} -m generator", "PYTHON": sys.executable}
    (kept.city.root / ".gitignore").write_text("/daylight-reports/\n", "utf-8")
    commit(kept.city.root)
    git(kept.city.root, "tag", "ignored")

    def run(**changes: str) -> subprocess.CompletedProcess[str]:
        environment = inherited | settings | changes
        command = ["sh", str(script), "vet"]
        return subprocess.run(
            command, cwd=kept.city.root, env=environment, capture_output=True, text=True
        )

    mine = run(DAYLIGHT_SINCE="before", DAYLIGHT_AS=MINE)
    again = run(DAYLIGHT_SINCE="ignored", DAYLIGHT_AS=MINE)

    assert mine.returncode == 1, mine.stderr
    assert "content/database/powers.csv:6: error G101: " in mine.stdout
    assert ".gitignore:1: error G104: " in mine.stdout
    assert (again.returncode, again.stdout) == (0, ""), again.stdout
