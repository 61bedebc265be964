"""A department on a domain of its own: whole in itself, canonical in the city, in two origins."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import html

from tests.conftest import BROWSERS, CHECKOUT, SWITCHES, CityBuilder, Handler, build_city, copy_city
from tests.site.output import Fact, fact

SLUG = "market-regulation"
CITY, OWN = "https://yunxi.example/", "https://shichang.example/"
DOMAIN = f"\ndepartments:\n  {SLUG}:\n    domain: shichang.example\n"


def give_domain(city: Path) -> None:
    config = city / "site_config.yml"
    config.write_text(config.read_text(encoding="utf-8") + DOMAIN, encoding="utf-8")


@pytest.fixture(scope="module")
def city(built_city: CityBuilder) -> Path:
    """Return the folder of the invented city, one department of which has its own domain."""
    return built_city("own-domain", CHECKOUT / "tests" / "cities" / "zh", give_domain).parent


@pytest.fixture(scope="module")
def own(city: Path) -> Path:
    return city / "public-domains" / SLUG


def pages(folder: Path) -> Iterator[tuple[str, html.HtmlElement]]:
    """Yield each page of a folder with its address."""
    for path in sorted(folder.rglob("*.html")):
        yield (
            path.relative_to(folder).as_posix().removesuffix("index.html"),
            html.parse(path).getroot(),
        )


def test_every_link_stays_in_the_house_or_names_the_city_in_full(city, own):
    """Who takes the folder to another host must not leave half of it behind."""
    for address, page in pages(own):
        here = f"{OWN}{'' if address == '404.html' else address}"
        for element, _, link, _ in page.iterlinks():
            target = urlsplit(urljoin(here, link))
            if target.scheme not in ("http", "https") or element.get("rel") == "canonical":
                continue
            folder = {urlsplit(OWN).netloc: own, urlsplit(CITY).netloc: city / "public"}.get(
                target.netloc
            )
            if folder:
                path = folder / target.path.lstrip("/")
                assert (path / "index.html" if target.path.endswith("/") else path).is_file(), (
                    address,
                    link,
                )
            if target.netloc == urlsplit(CITY).netloc:
                assert element.tag == "a", (address, link)  # nothing is loaded from there


def test_the_canonical_address_is_the_citys_and_absolute(own):
    """Two copies of one record must not compete in a search engine."""
    found = {address: page.findall(".//link[@rel='canonical']") for address, page in pages(own)}
    assert found.pop("404.html") == []
    assert found["powers/YX-XK-001/"][0].get("href") == f"{CITY}powers/YX-XK-001/"
    assert found[""][0].get("href") == f"{CITY}departments/{SLUG}/"
    assert all(
        len(links) == 1 and links[0].get("href").startswith(CITY) for links in found.values()
    )


def test_the_facts_are_those_of_the_citys_copy(city, own):
    """The same department must not promise ten days here and twenty there."""
    inside = dict(pages(city / "public" / "departments" / SLUG))
    for address, page in pages(own):
        if address not in ("404.html", "offline/"):
            assert every_fact(page) == every_fact(inside[address]), address
    powers = {address for address in inside if address.startswith("powers/")}
    assert len(powers) > 1 and powers <= {address for address, _ in pages(own)}


def every_fact(page: html.HtmlElement) -> list[Fact]:
    """Return all facts of a page in their order, whatever record they are of."""
    return [fact(element) for element in page.xpath("//*[@data-fact]")]


def test_a_second_build_changes_nothing_and_a_lost_domain_is_told(city, tmp_path):
    """A site that nobody builds any more must not stay on the web unnoticed."""
    again = tmp_path / "city"
    shutil.copytree(city, again)
    before = {path: path.stat().st_mtime_ns for path in (again / "public-domains").rglob("*.html")}
    build_city(again)
    assert {path: path.stat().st_mtime_ns for path in before} == before
    preview = run_build(again, "--only", SLUG, "--output", "preview")
    assert preview.returncode == 0 and "B902" not in preview.stderr  # nobody lost a domain
    config = again / "site_config.yml"
    config.write_text(config.read_text(encoding="utf-8").replace(DOMAIN, ""), encoding="utf-8")
    done = run_build(again)
    assert done.returncode == 0 and "B902" in done.stderr and SLUG in done.stderr


def test_a_department_cannot_have_a_domain_where_the_city_has_none(tmp_path):
    """Its pages could not say where the records are at home."""
    copy_city(CHECKOUT / "tests" / "cities" / "zh", tmp_path)
    give_domain(tmp_path)
    config = tmp_path / "site_config.yml"
    text = config.read_text(encoding="utf-8").replace("domain: yunxi.example\n", "")
    config.write_text(text, encoding="utf-8")
    done = run_build(tmp_path)
    assert done.returncode == 2 and f"departments.{SLUG}.domain" in done.stderr


class Host(ThreadingHTTPServer):
    """Serves one folder over TLS; a browser that first doubts the certificate is no error."""

    daemon_threads = True

    def handle_error(self, request, client_address) -> None:
        """Keep quiet."""


def run_build(city: Path, *more: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "generator", "build", "--quiet", *more]
    return subprocess.run(command, cwd=city, capture_output=True, text=True)


@pytest.fixture(scope="module")
def origins(city: Path, own: Path, tmp_path_factory) -> Iterator[str]:
    """Serve the city and the department as two hosts over TLS; yield how names are resolved."""
    key = tmp_path_factory.mktemp("tls") / "both.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test",
         "-keyout", key, "-out", key.with_suffix(".crt")],
        check=True, capture_output=True,
    )  # fmt: skip
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(key.with_suffix(".crt"), key)
    servers = []
    for folder in (city / "public", own):
        server = Host(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        server.socket = tls.wrap_socket(
            server.socket, server_side=True, do_handshake_on_connect=False
        )
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
    hosts = (urlsplit(CITY).netloc, urlsplit(OWN).netloc)
    yield ",".join(
        f"MAP {host} 127.0.0.1:{server.server_port}"
        for host, server in zip(hosts, servers, strict=True)
    )
    for server in servers:
        server.shutdown()


@pytest.fixture(scope="module")
def tab(chromium, origins):
    """Yield a tab in which both hosts have names, with the addresses it asked for."""
    browser = chromium.browser_type.launch(
        executable_path=next(filter(None, map(shutil.which, BROWSERS))),
        args=[*SWITCHES, f"--host-resolver-rules={origins}"],
    )
    page = browser.new_context(ignore_https_errors=True).new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.faults = []
    page.on(
        "console",
        lambda message: page.faults.append(message.text) if message.type == "error" else None,
    )
    yield page
    browser.close()


def test_its_pages_ask_only_their_own_host_and_lead_over_to_the_city(tab):
    """A reader's visit is nobody else's business, not even the city's, until a link is followed."""
    tab.goto(OWN, wait_until="load")
    tab.locator("main a[href^='powers/YX-XK-001']").first.click()
    tab.wait_for_url(f"{OWN}powers/YX-XK-001/")
    assert tab.title() and tab.locator("[data-fact=name]").first.is_visible()
    assert all(address.startswith((OWN, "data:")) for address in tab.asked), tab.asked
    tab.locator(f"a[href='{CITY}powers/YX-XK-001/']").first.click()
    tab.wait_for_url(f"{CITY}powers/YX-XK-001/")
    assert tab.faults == []


def test_its_search_finds_its_powers_on_its_own_pages(tab):
    """A copy without a search of its own would send its readers away."""
    tab.goto("about:blank")
    tab.asked.clear()
    tab.goto(f"{OWN}search/?q=食品", wait_until="load")
    hit = tab.locator(".hit a").first
    hit.wait_for()
    tab.wait_for_load_state("networkidle")
    assert hit.evaluate("a => a.href").startswith(f"{OWN}powers/")
    assert all(address.startswith((OWN, "data:", "blob:")) for address in tab.asked), tab.asked
    assert any("/pagefind/" in address for address in tab.asked)


def test_an_address_that_is_none_gets_the_houses_own_answer(own):
    """A mistyped address must lead back into the house."""
    page = html.parse(own / "404.html").getroot()
    links = {a.get("href") for a in page.iter("a")}
    assert "/powers/" in links and CITY in links
