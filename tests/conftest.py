"""What tests in several folders share: the built city, a browser, a server, the page checkers."""

from __future__ import annotations

import fcntl
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from hypothesis import HealthCheck, settings

from tests.stores import new_address, postgresql

if TYPE_CHECKING:
    from playwright.sync_api import Browser

__all__ = ["new_address", "postgresql"]  # pytest finds them here

CHECKOUT = Path(__file__).resolve().parent.parent
NODE_MODULES = Path(sys.prefix) / "share" / "daylight" / "node" / "node_modules"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SWITCHES = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
BELOW = "/below/a/path/"

# A slow machine is no fault of the code: properties are judged by what they find, not by when.
settings.register_profile(
    "patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("patient")


LONGEST = (
    "tests/site/test_browser.py",
    "tests/contract/test_tutorials.py",
    "tests/site/test_themes.py",
    "tests/site",
    "tests/browser",
    "tests/intake",
    "tests/cli",
    "tests/publication",
    "tests/outputs",
)
"""Files and folders that take longest: begun first, they leave no worker waiting at the end."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest; mark what needs a browser, so that it can be left out."""
    items.sort(key=turn)
    for test in items:
        if "chromium" in getattr(test, "fixturenames", ()):
            test.add_marker(pytest.mark.browser)


def turn(test: pytest.Item) -> int:
    """Return the place of a test's file in the order of files; within one, tests stay as they are."""
    path = test.path.relative_to(CHECKOUT).as_posix()
    return next((at for at, name in enumerate(LONGEST) if path.startswith(name)), len(LONGEST))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Yield a running headless Chromium; each test opens a page or context of its own."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        missing("Chromium", "apt-get install chromium")
    from playwright.sync_api import sync_playwright  # half a second that most tests need not wait

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=SWITCHES)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe_source() -> str:
    """Return axe-core's script; run it with `page.evaluate`, which no policy of the page stops."""
    path = NODE_MODULES / "axe-core" / "axe.min.js"
    if not path.is_file():
        missing("axe-core")
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def vnu_jar() -> Path:
    """Return the Nu Html Checker: `java -jar <path> …`."""
    path = NODE_MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
    if not path.is_file():
        missing("the Nu Html Checker")
    if shutil.which("java") is None:
        missing("Java", "apt-get install default-jre-headless")
    return path


def missing(what: str, remedy: str = "") -> NoReturn:
    """Fail in one line: what is not there, and what brings it."""
    ways = f"{remedy}, or make test, which installs it" if remedy else "make test installs it"
    pytest.fail(f"{what} is missing: {ways}", pytrace=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A folder on the web, twice: at the root of a host and below a path. Both end with a slash."""

    root: str
    below: str


class Handler(SimpleHTTPRequestHandler):
    """Serves a folder at the root and below a path; keeps quiet."""

    def translate_path(self, path: str) -> str:
        """Return the file of an address, the same one below the path as at the root."""
        return super().translate_path(
            "/" + path.removeprefix(BELOW) if path.startswith(BELOW) else path
        )

    def log_message(self, format: str, *args: Any) -> None:
        """Leave the test's own output readable."""


class Server(ThreadingHTTPServer):
    """Serves in threads that end with the tests; a browser that goes away is no error."""

    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Tell of every error but a reader's who left before all was sent."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@pytest.fixture(scope="session")
def site_server() -> Iterator[Callable[[Path], Served]]:
    """Yield a function that serves a folder until the tests end."""
    with ExitStack() as servers:

        def serve(folder: Path) -> Served:
            handler = partial(Handler, directory=str(folder))
            server = servers.enter_context(Server(("127.0.0.1", 0), handler))
            threading.Thread(target=server.serve_forever, daemon=True).start()
            servers.callback(server.shutdown)
            host = f"http://127.0.0.1:{server.server_port}"
            return Served(root=f"{host}/", below=f"{host}{BELOW}")

        yield serve


CityBuilder = Callable[..., Path]


@pytest.fixture(scope="session")
def built_city(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> CityBuilder:
    """Return a function that builds a copy of a city; one build serves every worker.

    It takes a name for the copy, the folder to copy and, to change the copy before it is
    built, a function of it; it returns the published folder. Tests read it; one that changes
    anything copies it first.
    """
    base = tmp_path_factory.getbasetemp()
    common = base if worker_id == "master" else base.parent

    def build(name: str, source: Path, change: Callable[[Path], None] | None = None) -> Path:
        city = common / name
        with city.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (city / "built").exists():
                shutil.rmtree(city, ignore_errors=True)
                copy_city(source, city)
                if change:
                    change(city)
                build_city(city)
                (city / "built").touch()
        return city / "public"

    return build


@pytest.fixture(scope="session")
def bundled_site(built_city: CityBuilder) -> Path:
    """Return the bundled city as the real command builds it, to be read only."""
    return built_city("bundled-city", CHECKOUT)


@pytest.fixture(scope="session")
def example_site(built_city: CityBuilder) -> Callable[[str], Path]:
    """Return a function that gives an invented city (`zh`, `en`) as the real command builds it."""
    return lambda name: built_city(f"example-{name}", CHECKOUT / "tests" / "cities" / name)


def copy_city(source: Path, city: Path) -> None:
    """Copy what makes a city: its own cache and output stay as they are.

    Its handbooks are switched off: a hundred of them take a minute, and have tests of their own.
    """
    for folder in ("content", "department_themes"):
        shutil.copytree(source / folder, city / folder)
    text = (source / "site_config.yml").read_text(encoding="utf-8")
    if "handbooks: " not in text:
        text = text.replace("\nfeatures:\n", "\nfeatures:\n  handbooks: false\n")
    (city / "site_config.yml").write_text(text, encoding="utf-8")


def build_city(city: Path) -> None:
    """Build a city in its own folder."""
    command = [sys.executable, "-m", "generator", "build", "--quiet"]
    done = subprocess.run(command, cwd=city, capture_output=True, text=True)
    if done.returncode:
        pytest.fail(f"{city.name} does not build:\n{done.stdout}{done.stderr}", pytrace=False)
