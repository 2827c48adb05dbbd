"""Every recorded product as a simulated device: what it reports is seen in the states, what is called on the wire."""

import asyncio
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from collections import Counter
from collections.abc import AsyncGenerator, Iterable, Iterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
import json
from pathlib import Path
import sys
from typing import Any
from unittest.mock import PropertyMock, patch

from homeassistant.core import HomeAssistant, State
from homeassistant.exceptions import HomeAssistantError
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.entity_component import DATA_INSTANCES
from homeassistant.helpers.restore_state import RestoreEntity
import pytest

from custom_components.localtuya import hub as hub_module
from custom_components.localtuya.const import PLATFORMS
from custom_components.localtuya.coordinator import DeviceCoordinator
from custom_components.localtuya.entity import LocalTuyaEntity
from custom_components.localtuya.lan.endpoint import Endpoint, LinkListener, Timing
from custom_components.localtuya.lan.link import Link
from custom_components.localtuya.model.spec import MAIN
from tests.lab.device import LabDevice
from tests.measures.referee import violations
from tests.measures.services import Act, Arguments, acts_of
from tests.measures.values import plausible

from .home_assistant import KEY, USER, Home, hub_of, until

pytest_plugins = ("tests.home_assistant",)

RECORDS = [json.loads(path.read_text()) for path in sorted((Path(__file__).parent / "devices").glob("*.json"))]
VERSIONS = ("3.3", "3.4", "3.5", "3.1", "3.2")
BEHIND_A_GATEWAY = frozenset({"clkg", "cobj", "hps", "mcs", "pir", "sgbj", "sj", "wkf", "wsdcg", "wxkg", "ywbj"})
"""Categories of which there are Zigbee devices; here all of them are."""
GATEWAYS = ("3.3", "3.4", "3.5")
LEAST_PRODUCTS = 60
SAY_ONE_THING = frozenset({"binary_sensor", "date", "datetime", "number", "select", "sensor", "switch", "text", "time"})
"""Platforms whose state is the value of their datapoint: it must be another one when that is."""
MOST_WORDS = 6
MOST_STATE = 255
QUICK = Timing(probe=0.02, backoff_first=0.05, backoff_most=0.2, refresh_fastest=600.0, presence=600.0)


@dataclass
class Thing:
    """A product that came alive."""

    record: Mapping[str, Any]
    device: LabDevice
    node: str | None
    coordinator: DeviceCoordinator
    entities: list[LocalTuyaEntity]

    async def say(self, dps: Mapping[str, object]) -> None:
        """Let the device report, and wait until all have heard of it."""
        heard = asyncio.Event()

        def hear(report: Mapping[str, object]) -> None:
            if report == dps:
                heard.set()

        unlisten = self.coordinator.async_on_report(hear)
        self.device.push(dps, self.node)
        async with asyncio.timeout(10):
            await heard.wait()
        unlisten()

    @property
    def commands(self) -> list[Mapping[str, object]]:
        """The commands that it got so far."""
        return [dps for node, dps in self.device.commands if node == self.node]


@dataclass
class Tally:
    """What was tried and seen, and what was amiss."""

    entities: Counter[str] = field(default_factory=Counter)
    services: Counter[str] = field(default_factory=Counter)
    calls: int = 0
    sent: set[tuple[str, str]] = field(default_factory=set)
    reports: int = 0
    shown: int = 0
    """Reports of which an entity's state tells."""
    heard: int = 0
    """Reports that changed a value which the entity does not show at the moment."""
    amiss: list[str] = field(default_factory=list)


@pytest.fixture(autouse=True)
def _everything_enabled(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Enable every entity, and let links wait less before the first byte; nothing is refreshed by itself."""

    def quick(endpoint: Endpoint, listener: LinkListener, *, nodes: Iterable[str] = (), **_: object) -> Link:
        return Link(endpoint, listener, timing=QUICK, nodes=nodes)

    monkeypatch.setattr(hub_module, "Link", quick)
    with patch.object(Entity, "entity_registry_enabled_default", PropertyMock(return_value=True)):
        yield


@pytest.fixture
async def things(hass: HomeAssistant, home: Home) -> AsyncGenerator[list[Thing]]:
    """Every recorded product, set up and heard."""
    hass.loop.set_debug(False)  # it would note who begins each of many thousand calls, and each socket's end
    async with AsyncExitStack() as stack:
        devices = _furnish(home)
        for device in set(devices.values()):
            await device.start()
            stack.push_async_callback(device.stop)
        entry = await home.set_up(*(home.subentry(device_id) for device_id in devices))
        coordinators = hub_of(entry).coordinators
        await until(lambda: all(each.available and each.ready for each in coordinators.values()), seconds=20)
        records = {record["id"]: record for record in RECORDS}
        await until(lambda: all(coordinators[each].state.dps for each in records), seconds=20)
        await hass.async_block_till_done()
        present = _entities(hass)
        yield [
            Thing(record, devices[each], _node(record), coordinators[each], present[coordinators[each]])
            for each, record in records.items()
        ]
        await hass.config_entries.async_unload(entry.entry_id)


async def test_every_report_is_seen_and_every_service_acts(hass: HomeAssistant, things: list[Thing]) -> None:
    tally = Tally()

    for attempt in (_try_reports, _try_services):
        async with asyncio.TaskGroup() as group:
            for thing in things:
                group.create_task(attempt(hass, thing, tally))

    tally.entities.update(entity.feature.platform for thing in things for entity in thing.entities)
    sys.stdout.write(_table(tally, things))
    assert not tally.amiss, "\n".join(tally.amiss)
    assert len(things) >= LEAST_PRODUCTS
    assert tally.entities.keys() == set(map(str, PLATFORMS))


async def _try_reports(hass: HomeAssistant, thing: Thing, tally: Tally) -> None:
    """Let the device say everything that it can say, and look at the entities that read it."""
    built = {(entity.feature.platform, entity.feature.key) for entity in thing.entities}
    missing = {(feature.platform, feature.key) for feature in thing.coordinator.features} - built
    tally.amiss += [f"{thing.record['product_id']}: no entity for {feature}" for feature in sorted(missing)]
    for row in thing.record["properties"]:
        dp = str(row["id"])
        readers = [entity for entity in thing.entities if dp in entity.feature.dps]
        for raw in _told(row, thing.coordinator.state.dps.get(dp)):
            before = dict(thing.coordinator.state.dps)
            states = {entity: _state(hass, entity) for entity in readers}
            stamps = {entity: state.last_reported_timestamp for entity, state in states.items()}
            await thing.say({dp: raw})
            tally.reports += 1
            for entity in readers:
                now = _state(hass, entity)
                place = f"{thing.record['product_id']} {entity.entity_id}: {dp} is {raw!r:.60}"
                if not _reads_another(entity, dp, before, {**before, dp: raw}):
                    continue
                if (now.state, now.attributes) != (states[entity].state, states[entity].attributes):
                    tally.shown += 1
                elif now.last_reported_timestamp == stamps[entity]:
                    tally.amiss.append(f"{place}, and nobody noticed")
                elif _says_it(entity, raw):
                    tally.amiss.append(f"{place}, and the state is still {now.state}")
                else:
                    tally.heard += 1


async def _try_services(hass: HomeAssistant, thing: Thing, tally: Tally) -> None:
    """Call every service of every entity and look at what arrives at the device, which has said sensible things."""
    await thing.say(
        {str(row["id"]): _sensible(thing, row) for row in thing.record["properties"] if row["mode"] != "wr"}
    )
    order = sorted(thing.entities, key=lambda entity: (entity.feature.platform == "text", entity.feature.key))
    for entity in order:  # texts last: they overwrite as a whole what others set a part of
        for act in acts_of(hass, entity):
            for arguments in act.cases(entity).usual:
                place = f"{thing.record['product_id']} {entity.entity_id}: {act.name} {arguments!r:.80}"
                try:
                    commands = await _commands(hass, thing, entity, act, arguments)
                except HomeAssistantError as error:
                    tally.amiss.append(f"{place}: {error!r} ({error})")
                    continue
                tally.services[act.name] += 1
                tally.calls += 1
                if not commands:
                    tally.amiss.append(f"{place}: nothing arrived")
                for dps in commands:
                    tally.sent |= {(thing.record["id"], dp) for dp in dps}
                    tally.amiss += [f"{place}: {each}" for each in violations(thing.record["properties"], dps)]
                    tally.amiss += [
                        f"{place}: {dp} belongs to another entity" for dp in dps.keys() - entity.feature.dps
                    ]


async def _commands(
    hass: HomeAssistant, thing: Thing, entity: LocalTuyaEntity, act: Act, arguments: Arguments
) -> list[Mapping[str, object]]:
    """Return what arrives; a device that needs no command, being so already, says the contrary and is asked again."""
    before = len(thing.commands)
    await act.ask(hass, entity, arguments)
    told = [row for row in thing.record["properties"] if row["mode"] == "ro" and str(row["id"]) in entity.feature.dps]
    contrary = {
        str(row["id"]): not thing.coordinator.state.dps.get(str(row["id"]))
        for row in told
        if row.get("property", {}).get("type") == "bool"
    }
    if len(thing.commands) == before and contrary:
        await thing.say(contrary)
        await act.ask(hass, entity, arguments)
    return thing.commands[before:]


def _furnish(home: Home) -> dict[str, LabDevice]:
    """Give the account every product, some of them behind gateways; return what is reached by device id."""
    devices: dict[str, LabDevice] = {}
    gateways = []
    for number, version in enumerate(GATEWAYS):
        row = {
            "id": f"demogateway{number}",
            "name": f"Gateway {number}",
            "category": "wg2",
            "product_id": f"g{number}",
        }
        home.cloud.add_device(USER, row | {"local_key": KEY}, model=(), status={})
        gateway = _device(home, 200 + number, row["id"], version, dps={}, children={})
        devices[row["id"]] = gateway
        gateways.append(gateway)
    for number, record in enumerate(RECORDS):
        row = {key: record[key] for key in ("id", "name", "category", "product_id")} | {"local_key": KEY}
        dps = {str(each["id"]): plausible(each)[0] for each in record["properties"]} | record["dps"]
        if node := _node(record):
            gateway = gateways[number % len(gateways)]
            row |= {"gateway_id": gateway.device_id, "node_id": node}
            gateway.children[node] = dps
            devices[record["id"]] = gateway
        else:
            version = VERSIONS[number % len(VERSIONS)]
            devices[record["id"]] = _device(home, number, record["id"], version, dps=dps)
        home.cloud.add_device(USER, row | {"sub": node is not None}, model=record["properties"], status={})
        home.devices[record["id"]] = devices[record["id"]]
    home.devices |= {gateway.device_id: gateway for gateway in gateways}
    for record in filter(_node, RECORDS):
        del home.devices[record["id"]]  # has no address of its own
    return devices


def _device(home: Home, place: int, device_id: str, version: str, **options: Any) -> LabDevice:
    host = f"127.0.62.{place + 1}"
    return LabDevice(device_id, local_key=KEY, host=host, port=home.port, version=version, **options)


def _node(record: Mapping[str, Any]) -> str | None:
    return f"node{record['product_id']}" if record["category"] in BEHIND_A_GATEWAY else None


def _entities(hass: HomeAssistant) -> dict[DeviceCoordinator, list[LocalTuyaEntity]]:
    """Return the entities that stand for features, by device."""
    found: dict[DeviceCoordinator, list[LocalTuyaEntity]] = {}
    for component in hass.data[DATA_INSTANCES].values():
        for entity in component.entities:
            if isinstance(entity, LocalTuyaEntity):
                found.setdefault(entity.coordinator, []).append(entity)
    return found


def _state(hass: HomeAssistant, entity: Entity) -> State:
    state = hass.states.get(entity.entity_id)
    assert state, entity.entity_id
    return state


def _told(row: Mapping[str, Any], raw: object) -> list[object]:
    """Return what the device will say of a datapoint: never twice the same in a row, its present value not first."""
    if row["mode"] == "wr":
        return []
    values = [_varied(raw), raw] if isinstance(raw, str) and raw and "range" not in row.get("property", {}) else []
    values += plausible(row)[:MOST_WORDS]
    told: list[object] = []
    for value in values:
        if value != (told[-1] if told else raw):
            told.append(value)
    return told


def _sensible(thing: Thing, row: Mapping[str, Any]) -> object:
    """Return the value of a datapoint as it is recorded, or else one of which most entities make sense."""
    dp = str(row["id"])
    points = [point for entity in thing.entities for point in entity.points.values() if point.dp == dp]
    choice = [*([thing.record["dps"][dp]] if dp in thing.record["dps"] else []), *plausible(row)]
    return max(choice, key=lambda raw: sum(point.read({dp: raw}) is not None for point in points))


def _varied(raw: str) -> str:
    """Return a text of the same form with another last digit or byte."""
    try:
        blob = b64decode(raw, validate=True)
        if len(raw) % 4 == 0 and not raw.isalnum():
            return b64encode(blob[:-1] + bytes((blob[-1] ^ 1,))).decode()
    except Base64Error, ValueError:
        pass
    place = max((place for place, letter in enumerate(raw) if letter in "0123456789"), default=-1)
    return f"{raw}1" if place < 0 else f"{raw[:place]}{int(raw[place]) ^ 1}{raw[place + 1 :]}"


def _reads_another(entity: LocalTuyaEntity, dp: str, before: Mapping[str, object], after: Mapping[str, object]) -> bool:
    points = [point for point in entity.points.values() if point.dp == dp]
    return any(point.read(before) != point.read(after) for point in points)


def _says_it(entity: LocalTuyaEntity, raw: object) -> bool:
    """Tell whether the state must be another one for this value."""
    said = str(raw)
    plain = entity.points.keys() == {MAIN} and not isinstance(entity, RestoreEntity)  # which adds up what it hears
    return entity.feature.platform in SAY_ONE_THING and plain and len(said) <= MOST_STATE


def _table(tally: Tally, things: list[Thing]) -> str:
    sent = len(tally.sent)
    lines = [
        "",
        f"{len(things)} products, {sum(thing.node is not None for thing in things)} of them behind gateways",
        f"{tally.calls} calls of {len(tally.services)} services brought {sent} datapoints onto the wire",
        f"{tally.reports} reports: {tally.shown} changed a state, {tally.heard} a value that is not shown just then",
        *(f"{platform:24}{count:>6} entities" for platform, count in tally.entities.most_common()),
        *(f"{service:44}{count:>6} calls" for service, count in sorted(tally.services.items())),
    ]
    return "\n".join([*lines, ""])
