"""What every test of the project can ask for."""

from collections.abc import AsyncGenerator, Awaitable, Callable
import contextlib

import pytest
import pytest_socket

with contextlib.suppress(ImportError):  # first, or the test libraries' package of the same name wins
    import custom_components.localtuya  # noqa: F401
pytest.register_assert_rewrite("tests.home_assistant", "tests.house", "tests.texts")

from tests.deprecation import _no_deprecated_call  # noqa: E402, F401 - a fixture for all tests
from tests.lab.device import LabDevice  # noqa: E402


@pytest.fixture(autouse=True)
def _custom_integrations(request: pytest.FixtureRequest) -> None:
    """Let Home Assistant find the integration, in tests that have a Home Assistant."""
    if "hass" in request.fixturenames:
        if "recorder_mock" in request.fixturenames:  # wants to be before hass
            request.getfixturevalue("recorder_mock")
        request.getfixturevalue("enable_custom_integrations")


@pytest.fixture
def loopback(socket_enabled: None) -> None:  # noqa: ARG001 - before
    """Allow real sockets, to loopback addresses only."""
    pytest_socket.socket_allow_hosts(["127.0.0.0/8"])


@pytest.fixture
async def start_device(
    loopback: None,  # noqa: ARG001 - before
) -> AsyncGenerator[Callable[..., Awaitable[LabDevice]]]:
    """Start simulated devices: takes what LabDevice takes, stops them after the test."""
    devices: list[LabDevice] = []

    async def start(device_id: str = "bf0123456789abcdefghij", **options: object) -> LabDevice:
        settings = {"local_key": "0123456789abcdef", "dps": {"1": True, "2": 20}} | options
        device = LabDevice(device_id, **settings)  # type: ignore[arg-type]
        devices.append(device)
        await device.start()
        return device

    yield start
    for device in devices:
        await device.stop()
