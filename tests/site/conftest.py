"""The cities that the whole-site tests read: the bundled one, two invented ones, a real one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT, CityBuilder
from tests.site.output import Output

CITIES = ("bundled", "zh", "en")
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
def outputs(bundled_site: Path, example_site: Callable[[str], Path]) -> Callable[[str], Output]:
    """Return a function that gives a city's output, read and parsed once."""
    read: dict[str, Output] = {}

    def output(name: str) -> Output:
        if name not in read:
            read[name] = Output(bundled_site if name == "bundled" else example_site(name))
        return read[name]

    return output


@pytest.fixture(scope="session")
def bundled(outputs: Callable[[str], Output]) -> Output:
    """Return the output of the bundled city."""
    return outputs("bundled")


@pytest.fixture(scope="session", params=CITIES)
def city(request: pytest.FixtureRequest, outputs: Callable[[str], Output]) -> Output:
    """Return the output of each city in turn."""
    return outputs(request.param)


@pytest.fixture(scope="session")
def configured(built_city: CityBuilder) -> Output:
    """Return a city that is no demonstration and has every item of the footer configured."""

    def configure(folder: Path) -> None:
        config = folder / "site_config.yml"
        text = config.read_text(encoding="utf-8").replace("demonstration: true\n", "")
        config.write_text(text + CONFIGURED, encoding="utf-8")

    return Output(built_city("configured", CHECKOUT / "tests" / "cities" / "zh", configure))
