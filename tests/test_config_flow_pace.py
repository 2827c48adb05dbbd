"""How long it takes from submitting the form to the list of devices, when every call to the cloud takes 200 ms."""

import sys
from time import monotonic
from typing import Any

from homeassistant.const import CONF_REGION
import pytest

from custom_components.localtuya.cloud.regions import REGIONS
from custom_components.localtuya.const import CONF_USER_ID
from custom_components.localtuya.flow.account import AccountFlow

from .home_assistant import GATEWAY, KEY, USER, Home

pytest_plugins = ("tests.home_assistant", "tests.texts")
LATENCY = 0.2


@pytest.mark.parametrize(("count", "most"), [(12, 2.0), (100, 4.0), (1000, 20.0)])
@pytest.mark.parametrize("guided", [False, True], ids=["typed", "found"])
async def test_from_submit_to_the_list(
    home: Home,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    *,
    count: int,
    most: float,
    guided: bool,
) -> None:
    """A third of the devices are children whose gateway only the slower list names; `found` finds region and user."""
    monkeypatch.setattr(AccountFlow, "search_time", 0.0)
    urls = ",".join(f"{region.code}={home.cloud.url_of(region.code)}" for region in REGIONS)
    monkeypatch.setenv("LOCALTUYA_OPENAPI_URL", urls)
    for number in range(count - len(home.cloud.devices)):
        fields = {
            "id": f"bf{number:020}",
            "name": f"Device {number}",
            "local_key": KEY,
            "product_id": f"p{number % 30}",
        }
        child = {"sub": True, "gateway_id": GATEWAY, "node_id": f"{number:016}"} if number % 3 == 0 else {}
        home.cloud.add_device(USER, fields | child, model=(), status={})
    form = await home.start_flow("cloud")
    home.cloud.faults.slow = LATENCY
    typed = {key: value for key, value in home.credentials.items() if not (guided and key == CONF_USER_ID)}

    begun = monotonic()
    choice: Any = await home.submit(form, typed | ({CONF_REGION: "auto"} if guided else {}))
    took = monotonic() - begun

    assert choice["step_id"] == "devices"
    assert choice["description_placeholders"]["count"] == str(count)
    with capsys.disabled():
        sys.stdout.write(f"\n{count} devices, {'found' if guided else 'typed'}: {took:.1f} s\n")
    assert took < most
