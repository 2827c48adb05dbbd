"""The demo's check can only pass if its eyes are good: what of a log it takes for a complaint of the integration."""

from pathlib import Path

import pytest

from scripts.demo_home.flips import flip
from scripts.demo_home.house import House

LOADER = (
    "2026-11-23 07:00:00.000 WARNING (SyncWorker_0) [homeassistant.loader] We found a custom integration localtuya "
    "which has not been tested by Home Assistant."
)
FOREIGN = """\
2026-11-23 07:00:01.000 ERROR (MainThread) [haffmpeg.core] FFmpeg fails
Traceback (most recent call last):
  File "/home/somebody/localtuya-dev/lib/asyncio/subprocess.py", line 224, in create_subprocess_exec
FileNotFoundError: ffmpeg"""
OURS = [
    "2026-11-23 07:00:02.000 WARNING (MainThread) [custom_components.localtuya.hub] The cloud is gone",
    "2026-11-23 07:00:03.000 ERROR (MainThread) [homeassistant.config_entries] Error setting up entry for localtuya",
    """\
2026-11-23 07:00:04.000 ERROR (MainThread) [homeassistant] Error doing job
Traceback (most recent call last):
  File "/config/custom_components/localtuya/hub.py", line 1, in <module>
KeyError""",
]
QUIET = "2026-11-23 07:00:05.000 INFO (MainThread) [custom_components.localtuya.hub] Everything is fine"


@pytest.fixture
def house(tmp_path: Path, socket_enabled: None) -> House:  # noqa: ARG001 - it looks for a free port
    return House(tmp_path, environment={})


def test_complaints_are_ours_only(house: House) -> None:
    house.log.write_text("\n".join((LOADER, FOREIGN, *OURS, QUIET)))
    assert house.complaints() == OURS


def test_no_log_has_no_complaints(house: House) -> None:
    assert house.complaints() == []


def shown(state: str, **attributes: object) -> dict[str, object]:
    return {"state": state, "attributes": attributes}


@pytest.mark.parametrize(
    ("domain", "before", "call", "after"),
    [
        ("switch", shown("on"), ("turn_off", {}), shown("off")),
        ("light", shown("on", brightness=200), ("turn_on", {"brightness": 64}), shown("on", brightness=65)),
        ("light", shown("off", brightness=None), ("turn_on", {}), shown("on")),
        (
            "cover",
            shown("open", current_position=100),
            ("set_cover_position", {"position": 30}),
            shown("open", current_position=30),
        ),
        ("cover", shown("open"), ("close_cover", {}), shown("closed")),
        ("number", shown("5", min=5, step=1), ("set_value", {"value": 6}), shown("6")),
        ("select", shown("a", options=["a", "b"]), ("select_option", {"option": "b"}), shown("b")),
        ("button", shown("unknown"), ("press", {}), shown("2026-11-23T07:00:00+00:00")),
    ],
)
def test_a_flip_is_a_change_that_can_be_seen(
    domain: str, before: dict[str, object], call: tuple[str, object], after: dict[str, object]
) -> None:
    change = flip(domain, before)
    assert change is not None
    assert (change.service, change.data) == call
    assert not change.seen(before)
    assert change.seen(after)


def test_what_only_shows_is_not_flipped() -> None:
    assert flip("sensor", {"state": "5", "attributes": {}}) is None
