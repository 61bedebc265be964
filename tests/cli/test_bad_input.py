"""Bad input gets the right exit code and a line that says where and what; the site stays."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from generator.cli.main import main
from tests.publication.city import City

Break = Callable[[City], None]


@dataclass(frozen=True, slots=True)
class Ending:
    """How a command ended."""

    code: int
    out: str
    err: str


@dataclass(slots=True)
class Shell:
    """Runs commands in a city's folder, in this process."""

    city: City
    monkeypatch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]

    def run(self, *arguments: str) -> Ending:
        """Run `daylight` with these arguments."""
        self.monkeypatch.chdir(self.city.root)
        self.monkeypatch.setattr(sys, "argv", ["daylight", *arguments])
        self.capsys.readouterr()
        with pytest.raises(SystemExit) as ending:
            main()
        said = self.capsys.readouterr()
        code = ending.value.code
        return Ending(code if isinstance(code, int) else 0, said.out, said.err)

    def sign(self, stage: str, *what: str, day: str = "2026-04-01") -> Ending:
        """Sign for a stage by the office that the city's configuration names."""
        office = getattr(self.city.config.offices, stage)[0]
        return self.run("sign", "--stage", stage, "--office", office, "--date", day, *what)


@pytest.fixture
def shell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Shell:
    return Shell(City.copy("en", tmp_path / "city"), monkeypatch, capsys)


@pytest.fixture
def published(shell: Shell) -> Mapping[str, str]:
    assert shell.run("build", "--quiet").code == 0
    return shell.city.files()


def database(city: City, table: str) -> Path:
    return city.root / "content" / "database" / f"{table}.csv"


def drop_table(city: City) -> None:
    database(city, "legal_bases").unlink()


def drop_column(city: City) -> None:
    path = database(city, "powers")
    lines = path.read_text("utf-8").splitlines()
    path.write_text("\n".join([lines[0].replace("remedy", "remedies"), *lines[1:]]), "utf-8")


def save_as_gb18030(city: City) -> None:
    path = database(city, "powers")
    text = path.read_text("utf-8").replace("licence", "执照", 1)
    path.write_bytes(text.encode("gb18030"))


def flip_a_ledger_byte(city: City) -> None:
    path = next(path for path in city.config.vetted.glob("market*.jsonl"))
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def wrong_keys(city: City) -> None:
    path = city.root / "site_config.yml"
    path.write_text(path.read_text("utf-8") + "\ndomian: x\nas_of: someday\n", "utf-8")


@pytest.mark.parametrize(
    "spoil, code, words",
    [
        pytest.param(drop_table, 3, ["legal_bases.csv"], id="missing-table"),
        pytest.param(drop_column, 3, ["powers.csv", "remedy"], id="missing-column"),
        pytest.param(save_as_gb18030, 3, ["powers.csv", "UTF-8"], id="wrong-encoding"),
        pytest.param(flip_a_ledger_byte, 3, ["market", "line"], id="changed-ledger-byte"),
        pytest.param(wrong_keys, 2, ["domian", "domain", "as_of"], id="configuration"),
    ],
)
def test_what_cannot_be_read_ends_the_build_and_leaves_the_site(
    shell: Shell, published: Mapping[str, str], spoil: Break, code: int, words: list[str]
) -> None:
    """A city's published record must survive whatever happens to its sources."""
    spoil(shell.city)
    ending = shell.run("build")
    assert ending.code == code, ending
    assert all(word in ending.err for word in words), ending.err
    assert "Traceback" not in ending.err
    assert shell.city.files() == published


def duplicate_code(city: City) -> None:
    with city.table("powers") as rows:
        rows.append(dict(rows[0], name="Twice"))


def unknown_department(city: City) -> None:
    with city.table("powers") as rows:
        rows[0]["department"] = "market-regulatoin"


def article_beyond_the_last(city: City) -> None:
    with city.table("legal_bases") as rows:
        rows[0]["article"] = "9999"


def dead_end(city: City) -> None:
    with city.table("moves") as rows:
        power = rows[0]["power"]
        rows.append(
            {"power": power, "source": rows[0]["source"], "target": "limbo", "condition": ""}
        )
    with city.table("steps") as rows:
        model = next(row for row in rows if row["power"] == power)
        rows.append(dict(model, id="limbo", name="Limbo", kind="task"))


def script_link(city: City) -> None:
    with city.table("instruments") as rows:
        rows[0]["url"] = "javascript:alert(1)"


@pytest.mark.parametrize(
    "spoil, table",
    [
        pytest.param(duplicate_code, "powers", id="duplicate-code"),
        pytest.param(unknown_department, "powers", id="unknown-department"),
        pytest.param(article_beyond_the_last, "legal_bases", id="article-beyond-the-last"),
        pytest.param(dead_end, "steps", id="dead-end-procedure"),
        pytest.param(script_link, "instruments", id="javascript-link"),
    ],
)
def test_a_fault_in_a_draft_is_a_finding_and_the_build_goes_on(
    shell: Shell, published: Mapping[str, str], spoil: Break, table: str
) -> None:
    """One clerk's slip must not stop the other departments, nor go unnoticed."""
    spoil(shell.city)
    vetted = shell.run("vet")
    assert vetted.code == 1
    assert f"{table}.csv row" in vetted.out, vetted.out
    built = shell.run("build")
    assert built.code == 0, built.err
    assert shell.city.files() == published
    assert shell.run("build", "--strict").code == 1
    assert shell.city.files() == published


def test_a_script_in_every_text_field_is_shown_as_text(shell: Shell) -> None:
    """A table must never run code in a reader's browser."""
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'&amp;"
    city = shell.city
    code = city.code(lambda row: row["status"] == "active" and row["applicant"] != "none")
    texts = ("name", "summary", "conditions", "limit_note", "result", "validity", "remedy", "place")
    city.edit(code, **dict.fromkeys(texts, hostile), aliases=hostile)
    for table, column in (("steps", "name"), ("materials", "name"), ("responsibilities", "duty")):
        with city.table(table) as rows:
            for row in rows:
                if row["power"] == code:
                    row[column] = f"{hostile} {row.get('id') or row.get('seq')}"
    for stage in ("legality", "format"):
        ending = shell.sign(stage, code)
        assert ending.code == 0, ending
    assert shell.run("build", "--quiet").code == 0
    holding = [
        path
        for path in city.output.rglob("*")
        if path.suffix in {".html", ".svg"} and b"<script>alert" in path.read_bytes()
    ]
    assert holding == []
    assert b"<img src=x" not in (city.output / "powers" / code / "index.html").read_bytes()


def test_a_full_disk_ends_with_4_and_the_site_stays(
    shell: Shell, published: Mapping[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk fills up at night; in the morning the old site must still stand."""
    import resource

    code = shell.city.code(lambda row: row["status"] == "active")
    shell.city.edit(code, summary="changed")
    for stage in ("legality", "format"):
        shell.sign(stage, code)
    command = [sys.executable, "-m", "generator", "build", "--workers", "1"]
    done = subprocess.run(
        command,
        cwd=shell.city.root,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)),
    )
    assert done.returncode == 4, (done.returncode, done.stderr)
    assert "Traceback" not in done.stderr
    assert shell.city.files() == published


@pytest.mark.usefixtures("published")
def test_ctrl_c_in_mid_build_ends_with_130_and_the_site_stays(shell: Shell) -> None:
    """An operator may change his mind."""
    code = shell.city.code(lambda row: row["status"] == "active")
    for number in range(10):  # a Ctrl-C may come too late for a build that is nearly done
        before = shell.city.files()
        shell.city.edit(code, summary=f"changed {number}")
        for stage in ("legality", "format"):
            shell.sign(stage, code)
        process, said = interrupted(shell.city.root)
        if process.returncode:
            break
    assert process.returncode == 130, (process.returncode, said)
    assert "Traceback" not in said
    assert shell.city.files() == before
    assert not (shell.city.root / ".public.staging").exists()


def interrupted(root: Path) -> tuple[subprocess.Popen[str], str]:
    """Build, send Ctrl-C as soon as the new site is being laid out; return what came of it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "build"],
        cwd=root,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    staging = root / ".public.staging"
    deadline = time.monotonic() + 60
    while process.poll() is None and not staging.exists() and time.monotonic() < deadline:
        time.sleep(0.002)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    return process, said


@pytest.mark.parametrize(
    "arguments", [["build", "--as-of", "soon"], ["sign"], ["withdraw", "X"], ["nonsense"]]
)
def test_wrong_use_ends_with_2(shell: Shell, arguments: list[str]) -> None:
    """Scripts tell their own mistakes from the city's by the exit code."""
    assert shell.run(*arguments).code == 2


def test_nothing_vetted_by_that_day_ends_with_1(shell: Shell, published: Mapping[str, str]) -> None:
    """An empty site must never replace a full one."""
    ending = shell.run("build", "--as-of", "2001-01-01")
    assert ending.code == 1
    assert shell.city.files() == published


@pytest.mark.parametrize("command", ["build", "vet", "sign", "status", "withdraw", "serve", "init"])
def test_every_commands_help_has_an_example(shell: Shell, command: str) -> None:
    """People learn commands from examples."""
    ending = shell.run(command, "--help")
    assert ending.code == 0
    assert f"daylight {command}" in ending.out.split("Example")[-1]
