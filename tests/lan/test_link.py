"""Links to simulated devices: every version, every state, every way back."""

import asyncio
from dataclasses import replace
import logging

import pytest

from custom_components.localtuya.lan import ConnectionLost, Endpoint, LanError, Link, LinkState, NoAnswer, Timing
from tests.lab.device import LabDevice
from tests.lab.faults import Faults

from .conftest import QUICK, Connect, StartDevice, Witness, endpoint_of
from .speech import VERSIONS

every_version = pytest.mark.parametrize("version", VERSIONS)
OTHER_KEY = "fedcba9876543210"


@every_version
async def test_comes_alive_and_listens(start_device: StartDevice, connect: Connect, version: str) -> None:
    device = await start_device(version=version)
    link, witness = connect(device)
    await witness.told(d1=True, d2=20)
    assert link.state is LinkState.LIVE
    assert witness.states == [LinkState.CONNECTING, LinkState.NEGOTIATING, LinkState.LIVE]
    assert link.version == version
    assert witness.located == [("127.0.0.1", version)]
    device.push({"1": False})
    await witness.told(d1=False)
    await link.control({"2": 55})
    assert device.dps["2"] == 55
    await witness.told(d2=55)
    assert device.connections == 1


@every_version
async def test_the_first_query_needs_no_round_trip(start_device: StartDevice, connect: Connect, version: str) -> None:
    device = await start_device(version=version)
    _, witness = connect(device)
    await witness.told(d1=True)
    if version != "3.2":  # which is asked in several requests
        assert sum(device.frames.values()) == (3 if version in {"3.4", "3.5"} else 1)


@pytest.mark.parametrize("version", ["3.1", "3.3", "3.4", "3.5"])
async def test_the_version_is_found_out(start_device: StartDevice, connect: Connect, version: str) -> None:
    device = await start_device(version=version)
    link, witness = connect(device, version=None)
    await witness.told(d1=True)
    assert link.version == version
    assert witness.states[-1] is LinkState.LIVE


@pytest.mark.parametrize(("before", "after"), [("3.3", "3.4"), ("3.3", "3.5"), ("3.4", "3.5")])
async def test_a_new_firmware_is_followed(start_device: StartDevice, connect: Connect, before: str, after: str) -> None:
    device = await start_device(version=before)
    link, witness = connect(device)
    await witness.told(d1=True)
    device.set_version(after)
    device.push({"1": False})
    await witness.told(d1=False)
    assert link.version == after


async def test_an_announced_version_is_tried_first(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.3")
    link, witness = connect(device)
    await witness.told(d1=True)
    device.set_version("3.5")
    link.wake(version="3.5")
    await witness.wait(lambda: witness.located[-1][1] == "3.5")
    assert device.connections <= 3


@pytest.mark.parametrize("version", ["3.2", "3.3", "3.4", "3.5"])
@pytest.mark.parametrize("silent", [False, True])
async def test_a_wrong_key_is_named_and_a_new_one_heals(
    start_device: StartDevice, connect: Connect, version: str, *, silent: bool
) -> None:
    device = await start_device(version=version, faults=Faults(silent_on_wrong_key=silent))
    link, witness = connect(device, local_key=OTHER_KEY)
    if silent and version == "3.4":
        link.wake(version="3.4")
    await witness.state(LinkState.KEY_REJECTED)
    link.update(endpoint_of(device))
    await witness.told(d1=True)


@pytest.mark.parametrize("version", ["3.3", "3.4", "3.5"])
async def test_an_old_key_is_tried(start_device: StartDevice, connect: Connect, version: str) -> None:
    device = await start_device(version=version)
    link, witness = connect(device, local_key=OTHER_KEY, old_keys=(device.local_key.decode(),))
    await witness.told(d1=True)
    assert link.state is LinkState.LIVE


@pytest.mark.parametrize("version", ["3.3", "3.4", "3.5"])
async def test_a_key_changed_at_run_time(start_device: StartDevice, connect: Connect, version: str) -> None:
    device = await start_device(version=version)
    link, witness = connect(device)
    await witness.told(d1=True)
    device.set_key(OTHER_KEY)
    await witness.state(LinkState.KEY_REJECTED)
    link.update(endpoint_of(device))
    await witness.state(LinkState.LIVE)


async def test_a_key_of_another_length_is_not_even_tried(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device()
    _, witness = connect(device, local_key="short")
    assert witness.states[-1] is LinkState.KEY_REJECTED
    assert device.connections == 0


@every_version
@pytest.mark.parametrize(
    ("faults", "state"),
    [
        (Faults(refuse=True), LinkState.UNREACHABLE),
        (Faults(filtered=True), LinkState.UNREACHABLE),
        (Faults(accept_then_reset=True), LinkState.WEDGED),
        (Faults(reset_at_first_bytes=True), LinkState.HELD),
        (Faults(max_clients=0), LinkState.HELD),
    ],
    ids=["refused", "filtered", "wedged", "reset", "full"],
)
async def test_every_trouble_has_its_name_and_passes(
    start_device: StartDevice, connect: Connect, version: str, faults: Faults, state: LinkState
) -> None:
    device = await start_device(version=version)
    device.faults = faults
    link, witness = connect(device, timing=replace(QUICK, connect=0.1))
    await witness.state(state)
    assert link.last_error is not None
    device.faults = Faults()
    await witness.told(d1=True)
    assert link.last_error is None


async def test_silence_after_accepting_has_its_name_and_passes(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.3", faults=Faults(accept_then_silence=True))
    _, witness = connect(device)
    await witness.state(LinkState.QUIET)
    assert isinstance(witness.errors[-1], NoAnswer)
    device.faults = Faults()
    await witness.told(d1=True)


async def test_a_wedged_device_is_left_in_peace(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.5", faults=Faults(accept_then_reset=True))
    link, witness = connect(device, timing=replace(QUICK, backoff_hard=30, backoff_most=60))
    await witness.state(LinkState.WEDGED)
    tried = device.connections
    for _ in range(10):
        link.wake(host="127.0.0.1", version="3.5")
        await asyncio.sleep(0)
    assert device.connections == tried <= 2


@pytest.mark.parametrize("version", ["3.4", "3.5"])
async def test_a_key_with_a_zero_stays_unseen(start_device: StartDevice, connect: Connect, version: str) -> None:
    device = await start_device(version=version, faults=Faults(session_key_zero=3))
    _, witness = connect(device)
    await witness.told(d1=True)
    assert witness.states == [LinkState.CONNECTING, LinkState.NEGOTIATING, LinkState.LIVE]
    assert device.connections == 4


@pytest.mark.parametrize("version", ["3.4", "3.5"])
async def test_a_device_without_proof_gets_no_finish(start_device: StartDevice, connect: Connect, version: str) -> None:
    device = await start_device(version=version, faults=Faults(bad_proof=True))
    _, witness = connect(device)
    await witness.state(LinkState.KEY_REJECTED)
    assert device.handshakes == 0


@every_version
async def test_half_open_is_found_and_healed(start_device: StartDevice, connect: Connect, version: str) -> None:
    device = await start_device(version=version)
    link, witness = connect(device)
    await witness.told(d1=True)
    device.faults = Faults(silent_after=0)
    before = asyncio.get_running_loop().time()
    await witness.state(LinkState.QUIET)
    assert asyncio.get_running_loop().time() - before < 3 * QUICK.heartbeat
    with pytest.raises(LanError):
        await link.control({"1": False})
    device.faults = Faults()
    await witness.state(LinkState.LIVE)


async def test_pushes_are_life_without_heartbeat_answers(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.3")
    _, witness = connect(device)
    await witness.told(d1=True)
    device.faults = Faults(no_heartbeat_answer=True)
    while device.frames[9] < 4:
        heard = device.frames[9]
        device.push({"2": heard})
        await device.wait_for(lambda device: device.frames[9] > heard)  # noqa: B023 - awaited at once
    assert witness.states[-1] is LinkState.LIVE
    assert device.connections == 1


async def test_heartbeats_keep_a_session_open(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.5", faults=Faults(idle_close=0.5))
    _, witness = connect(device)
    await witness.told(d1=True)
    await device.wait_for(lambda device: device.frames[9] >= 4)
    assert device.connections == 1


@every_version
async def test_comes_back_after_every_kind_of_loss(
    start_device: StartDevice, connect: Connect, version: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    device = await start_device(version=version, local_key=OTHER_KEY)
    _, witness = connect(device)
    await witness.told(d1=True)
    for reset in True, False:
        device.drop_clients(reset=reset)
        await witness.wait(lambda: witness.states[-1] is not LinkState.LIVE)
        await witness.state(LinkState.LIVE)
    await device.stop()
    await witness.state(LinkState.UNREACHABLE)
    await device.start()
    await witness.state(LinkState.LIVE)
    lines = [record.message for record in caplog.records if device.device_id in record.message]
    assert len(lines) == 6
    assert OTHER_KEY not in caplog.text


async def test_a_moved_device_is_followed_and_back(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.4")
    link, witness = connect(device)
    await witness.told(d1=True)
    await device.stop()
    moved = LabDevice(
        device.device_id,
        local_key="0123456789abcdef",
        version="3.4",
        dps={"1": False},
        host="127.0.0.2",
        port=device.port,
    )
    await moved.start()
    link.wake(host="127.0.0.2")
    await witness.told(d1=False)
    assert witness.located[-1] == ("127.0.0.2", "3.4")
    await moved.stop()
    await device.start()
    await witness.told(d1=True)
    assert link.host == "127.0.0.1"


async def test_a_stranger_at_the_announced_address_is_not_believed(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.4")
    stranger = LabDevice(
        "stranger", local_key=OTHER_KEY, version="3.4", dps={"1": 5}, host="127.0.0.2", port=device.port
    )
    await stranger.start()
    link, witness = connect(device, host="127.0.0.2")
    link.wake(host="127.0.0.1")
    await witness.told(d1=True)
    assert witness.located == [("127.0.0.1", "3.4")]
    await stranger.stop()


async def test_an_address_that_is_heard_during_a_round_is_tried_after_it(
    start_device: StartDevice, connect: Connect
) -> None:
    device = await start_device(version="3.4")
    stranger = LabDevice(
        "stranger", local_key=OTHER_KEY, version="3.4", dps={"1": 5}, host="127.0.0.2", port=device.port
    )
    await stranger.start()
    link, witness = connect(device, host="127.0.0.2", timing=replace(QUICK, backoff_hard=60, backoff_most=60))
    await stranger.wait_for(lambda stranger: stranger.connections > 0)
    link.wake(host="127.0.0.1")
    await witness.told(d1=True)
    assert LinkState.KEY_REJECTED not in witness.states, "who lives at the old address proves nothing"
    await stranger.stop()


async def test_a_pinned_address_stays(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device()
    link, witness = connect(device, host="127.0.0.2", pinned=True)
    await witness.state(LinkState.UNREACHABLE)
    link.wake(host="127.0.0.1")
    assert link.host == "127.0.0.2"


async def test_without_an_address_a_broadcast_is_awaited(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device()
    link, witness = connect(device, host=None, version=None)
    assert witness.states == [LinkState.LOOKING]
    link.wake(host="127.0.0.1", version="3.3")
    await witness.told(d1=True)


async def test_a_sign_of_life_ends_the_wait(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device()
    device.faults = Faults(refuse=True)
    link, witness = connect(device, timing=replace(QUICK, backoff_first=60, backoff_most=60))
    await witness.state(LinkState.UNREACHABLE)
    device.faults = Faults()
    link.wake(host="127.0.0.1")
    await witness.told(d1=True)


async def test_a_command_ends_the_wait(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device()
    device.faults = Faults(refuse=True)
    link, witness = connect(device, timing=replace(QUICK, backoff_first=60, backoff_most=60))
    await witness.state(LinkState.UNREACHABLE)
    device.faults = Faults()
    await link.control({"1": False})
    assert device.dps["1"] is False


async def test_a_sleeper_is_caught_when_it_wakes(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(version="3.4")
    device.faults = Faults(refuse=True)
    link, witness = connect(device, sleepy=True, timing=replace(QUICK, backoff_first=60, backoff_most=60))
    await witness.state(LinkState.ASLEEP)
    loop = asyncio.get_running_loop()
    for value in False, True:
        device.faults = Faults()
        device.dps["1"] = value
        before = loop.time()
        link.wake(host="127.0.0.1", version="3.4")
        await witness.told(d1=value)
        assert loop.time() - before < 0.1
        device.faults = Faults(refuse=True)
        device.drop_clients()
        await witness.state(LinkState.ASLEEP)
    assert link.stats.wake_interval is not None
    assert link.stats.last_heard is not None


async def test_stop_hangs_up_and_fails_what_waits(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(faults=Faults(ignore=frozenset({7})))
    link, witness = connect(device)
    await witness.told(d1=True)
    command = asyncio.ensure_future(link.control({"1": False}))
    await device.wait_for(lambda device: device.frames[7] > 0)
    await link.stop()
    with pytest.raises(ConnectionLost):
        await command
    await device.wait_for(lambda device: not device.clients)
    assert witness.states[-1] is LinkState.STOPPED
    with pytest.raises(ConnectionLost):
        await link.query()
    link.wake(host="127.0.0.1")
    link.update(endpoint_of(device, local_key=OTHER_KEY))
    assert link.state is LinkState.STOPPED
    link.start()
    await link.stop()


@pytest.mark.usefixtures("loopback")
async def test_three_hundred_unreachable_links_start_and_stop() -> None:
    witness = Witness()
    links = [
        Link(Endpoint(f"d{number}", local_key="0123456789abcdef", host="127.0.0.9", port=1), witness, timing=QUICK)
        for number in range(300)
    ]
    for link in links:
        link.start()
    await witness.wait(lambda: witness.states.count(LinkState.UNREACHABLE) == 300)
    await asyncio.gather(*(link.stop() for link in links))
    assert {link.state for link in links} == {LinkState.STOPPED}


async def test_connections_are_budgeted(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device(faults=Faults(accept_then_reset=True))
    link, witness = connect(device, timing=replace(QUICK, backoff_first=0, backoff_hard=0, connections_per_hour=6))
    await witness.wait(lambda: device.connections >= 6)
    assert link._timer is not None
    assert link._timer.when() - asyncio.get_running_loop().time() > 60
    assert link.stats.dialed == device.connections


async def test_an_update_that_changes_nothing_keeps_the_connection(start_device: StartDevice, connect: Connect) -> None:
    device = await start_device()
    link, witness = connect(device)
    await witness.told(d1=True)
    link.update(endpoint_of(device, old_keys=(OTHER_KEY,)))
    link.update(endpoint_of(device, host="127.0.0.1", version="3.3"))
    await link.query()
    assert device.connections == 1


def test_the_usual_times_are_those_of_the_field() -> None:
    assert Timing().heartbeat * 2 + Timing().answer < 30


def test_no_key_in_any_repr() -> None:
    endpoint = Endpoint("d", local_key="secret-key", old_keys=("secret-old",))
    assert "secret" not in repr(endpoint)
