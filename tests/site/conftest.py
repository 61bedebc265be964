"""The cities that the whole-site tests read: the bundled one, two invented ones, a real one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT, CityBuilder
from tests.site.output import Output

CITIES = ("bundled", "zh", "en", "configured")
CONFIGURED = """
demonstration: false
site_code: "0000000001"
icp_number: 示ICP备00000000号-1
public_security_number: 示公网安备00000000000000号
contact:
  phone: 0000-555-0100
  email: office@yunxi.example
  address: 云溪市示例路1号
"""


@pytest.fixture(scope="session")
def outputs(
    bundled_site: Path, example_site: Callable[[str], Path], configured_site: Path
) -> Callable[[str], Output]:
    """Return a function that gives a city's output, read and parsed once."""
    special = {"bundled": bundled_site, "configured": configured_site}
    read: dict[str, Output] = {}

    def output(name: str) -> Output:
        if name not in read:
            read[name] = Output(special.get(name) or example_site(name))
        return read[name]

    return output


@pytest.fixture(scope="session", params=CITIES)
def city(request: pytest.FixtureRequest, outputs: Callable[[str], Output]) -> Output:
    """Return the output of each city in turn."""
    return outputs(request.param)


@pytest.fixture(scope="session")
def bundled(outputs: Callable[[str], Output]) -> Output:
    """Return the output of the bundled city."""
    return outputs("bundled")


@pytest.fixture(scope="session")
def configured(outputs: Callable[[str], Output]) -> Output:
    """Return a city that is no demonstration and has every item of the footer configured."""
    return outputs("configured")


@pytest.fixture(scope="session")
def configured_site(built_city: CityBuilder) -> Path:
    """Build the invented Chinese city as a real one, with a home page that lists no powers."""

    def configure(folder: Path) -> None:
        config = folder / "site_config.yml"
        text = config.read_text(encoding="utf-8").replace("demonstration: true\n", "")
        config.write_text(text + CONFIGURED, encoding="utf-8")
        theme = folder / "department_themes" / "market-regulation" / "theme.yml"
        theme.write_text("schema: 1\nblocks: [banner, kinds, search, contact]\n", encoding="utf-8")

    return built_city("configured", CHECKOUT / "tests" / "cities" / "zh", configure)
