"""What the measures can ask for."""

from collections.abc import Iterator

from homeassistant.core import HomeAssistant
import pytest


@pytest.fixture(autouse=True)
def _brisk(request: pytest.FixtureRequest) -> Iterator[None]:
    """Keep the loop from noting who begins each of a hundred thousand calls: half of the time goes into that."""
    if "hass" not in request.fixturenames:
        yield
        return
    hass: HomeAssistant = request.getfixturevalue("hass")
    hass.loop.set_debug(False)
    yield
    hass.loop.set_debug(True)
