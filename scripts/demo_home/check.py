"""The demonstration without a spectator: everything is tried, counted and printed."""

from dataclasses import dataclass, field
from itertools import groupby
from time import monotonic
from typing import Final

from scripts.demo_home.account import add_account
from scripts.demo_home.flips import COMMANDED, flip
from scripts.demo_home.story import Story, step
from scripts.demo_home.table import table
from scripts.demo_home.visitor import ABSENT, EntityRow, VisitorError
from tests.lab.appliance import Appliance
from tests.lab.home_devices import HOME

PATIENCE: Final = 20.0  # seconds for all devices to come alive
REPLY: Final = 5.0  # seconds for one command or one report
TARGET: Final = 3.0  # seconds from the last form to the last device
KINDS: Final = COMMANDED | {"binary_sensor", "event", "infrared", "sensor"}
"""What there must be in the home."""
HIDDEN: Final = "text"
"""A kind that is there, but that nobody sees before it is enabled."""
MOMENTS: Final = frozenset({"button", "event", "infrared"})
"""What has no state before something happened."""


@dataclass(slots=True)
class Result:
    """What was seen of one appliance."""

    appliance: Appliance
    alive: float | None = None
    """Seconds from the last form until it had living entities."""
    revived: float | None = None
    """The same from the answer of a Home Assistant that was started without a cloud."""
    entities: int = 0
    told: bool = False
    flipped: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)


class Check:
    """Goes through everything once; `passed` and `report` tell how it was."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._home = story.home
        self._visitor = story.visitor
        self._results = {appliance.id: Result(appliance) for appliance in HOME}
        self._entities: dict[str, EntityRow] = {}
        self._failures: list[str] = []
        self._complaints: list[str] = []
        self._calls = 0

    @property
    def passed(self) -> bool:
        """Whether nothing at all failed."""
        return not self._problems

    async def run(self) -> None:
        """Add the account, listen, command, restart without a cloud."""
        async with self._visitor.watching():
            with step("account added by the config flow"):
                begun = await add_account(self._visitor, self._home.credentials)
            self._calls = sum(self._home.cloud.calls.values())
            with step("all devices alive"):
                for device_id, seconds in (await self._come_alive(begun)).items():
                    self._results[device_id].alive = seconds
            await self._look_at_registry()
            with step("a change from each device"):
                for appliance in HOME:
                    await self._hear(appliance)
            with step("one entity of each kind of each device commanded"):
                await self._command_all()
            self._see_all_alive()
            await self._enable_hidden()
        await self._restart()

    def report(self) -> str:
        """Return the table and the sums."""
        rows = [_row(result) for result in self._results.values()]
        heads = ("device", "protocol", "alive", "entities", "report", "commanded", "alive without cloud")
        alive = [result.alive for result in self._results.values()]
        revived = [result.revived for result in self._results.values()]
        return "\n".join(
            (
                "",
                table(heads, rows),
                "",
                f"last form to last device alive   {_last(alive)} (target {TARGET:.0f} s)",
                f"restart without cloud            {_last(revived)} from the first answer to the last device alive",
                f"calls to the cloud               {self._calls} by the flow and the first set-up",
                f"log                              {len(self._complaints)} complaints of the integration",
                *(f"✗ {problem}" for problem in self._problems),
                "passed" if self.passed else "FAILED",
            )
        )

    @property
    def _problems(self) -> list[str]:
        late = [
            f"{result.appliance.name}: alive only after {result.alive:.1f} s"
            for result in self._results.values()
            if result.alive is not None and result.alive > TARGET
        ]
        mute = [text for result in self._results.values() for text in result.failures]
        return mute + late + self._failures + self._complaints

    async def _come_alive(self, begun: float) -> dict[str, float]:
        """Wait until each device has a living entity and no dead one; return the seconds that each took."""
        alive: dict[str, float] = {}
        while len(alive) < len(HOME) and monotonic() - begun < PATIENCE:
            self._entities = await self._visitor.entities()
            seen = len(self._visitor.states)

            def more(seen: int = seen) -> bool:
                for device_id in self._alive() - alive.keys():
                    alive[device_id] = monotonic() - begun
                return len(alive) == len(HOME) or len(self._visitor.states) != seen

            await self._visitor.until(more, PATIENCE - (monotonic() - begun))
        for appliance in HOME:
            result = self._results[appliance.id]
            result.entities = sum(row.enabled for row in self._rows(appliance))
            if appliance.id not in alive:
                result.failures.append(
                    f"{appliance.name}: not alive after {PATIENCE:.0f} s, {self._corpses(appliance)}"
                )
        return alive

    def _alive(self) -> set[str]:
        rows = sorted((row for row in self._entities.values() if row.enabled), key=lambda row: row.tuya_id)
        alive = set()
        for device_id, entities in groupby(rows, key=lambda row: row.tuya_id):
            states = {self._visitor.state(row.entity_id) for row in entities}
            if "unavailable" not in states and states - ABSENT:
                alive.add(device_id)
        return alive & self._results.keys()

    def _see_all_alive(self) -> None:
        """See that nobody died under what was done, and that every entity knows its state."""
        for device_id in self._results.keys() - self._alive():
            result = self._results[device_id]
            result.failures.append(f"{result.appliance.name}: alive no more, {self._corpses(result.appliance)}")
        self._failures += [
            f"{row.entity_id}: has no state"
            for row in self._entities.values()
            if row.enabled and row.domain not in MOMENTS and self._visitor.state(row.entity_id) in ABSENT
        ]

    def _corpses(self, appliance: Appliance) -> str:
        rows = [row.entity_id for row in self._rows(appliance) if row.enabled]
        dead = [entity_id for entity_id in rows if self._visitor.state(entity_id) in ABSENT]
        return f"no state in {', '.join(dead)}" if dead else "no entities"

    async def _look_at_registry(self) -> None:
        """See that each device stands there with its name, its model, its MAC and its gateway."""
        devices = await self._visitor.devices()
        for appliance in HOME:
            row = devices.get(appliance.id, {})
            wanted = {
                "name": appliance.name,
                "model": appliance.product_name,
                "connections": [["mac", appliance.mac]] if appliance.mac else [],
                "via_device_id": devices[self._home.gateway(appliance).id]["id"] if appliance.via else None,
            }
            self._results[appliance.id].failures += [
                f"{appliance.name}: {key} is {row.get(key)!r} instead of {value!r}"
                for key, value in wanted.items()
                if row.get(key) != value
            ]

    async def _hear(self, appliance: Appliance) -> None:
        """Let the appliance report its news and see them in a state that was different before."""
        news, result = appliance.news, self._results[appliance.id]
        rows = [row.entity_id for row in self._rows(appliance) if row.domain == news.domain and row.enabled]
        before = {entity_id for entity_id in rows if self._same(entity_id, news.state)}
        device, cid = self._home.reach(appliance)
        device.push(news.dps, cid)
        candidates = set(rows) - before
        result.told = await self._visitor.until(
            lambda: any(self._same(entity_id, news.state) for entity_id in candidates), REPLY
        )
        if not result.told:
            states = {entity_id: self._visitor.state(entity_id) for entity_id in rows}
            result.failures.append(f"{appliance.name}: reported {news.dps}, no {news.domain} is {news.state}: {states}")

    async def _command_all(self) -> None:
        domains = set()
        for appliance in HOME:
            rows = sorted(
                (row for row in self._rows(appliance) if row.enabled), key=lambda row: (row.domain, row.entity_id)
            )
            for domain, entities in groupby(rows, key=lambda row: row.domain):
                domains.add(domain)
                await self._command(appliance, next(entities))
        self._failures += [f"no {domain} in the whole home" for domain in sorted(KINDS - {HIDDEN} - domains)]

    async def _enable_hidden(self) -> None:
        """Enable an entity of the hidden kind of each device that has one."""
        for appliance in HOME:
            if row := next((row for row in self._rows(appliance) if row.domain == HIDDEN), None):
                await self._visitor.ask("config/entity_registry/update", entity_id=row.entity_id, disabled_by=None)

    async def _command_hidden(self) -> None:
        """Command what was hidden and is enabled now."""
        hidden = [
            (appliance, row)
            for appliance in HOME
            for row in self._rows(appliance)
            if row.domain == HIDDEN and row.enabled
        ]
        self._failures += [] if hidden else [f"no {HIDDEN} in the whole home"]
        for appliance, row in hidden:
            await self._command(appliance, row)

    async def _command(self, appliance: Appliance, row: EntityRow) -> None:
        """Change one entity; the device must take a command, and the state must follow."""
        result, entity_id = self._results[appliance.id], row.entity_id
        change = flip(row.domain, self._visitor.states[entity_id])
        if change is None:
            return
        device, cid = self._home.reach(appliance)
        commands = len(device.commands)
        try:
            await self._visitor.call(entity_id, change.service, **change.data)
            await device.wait_for(lambda device: any(got == cid for got, _ in device.commands[commands:]), REPLY)
        except (VisitorError, TimeoutError) as error:
            result.failures.append(f"{entity_id}: {change.service} {change.data} did not arrive: {error!r}")
            return
        if await self._visitor.until(lambda: change.seen(self._visitor.states[entity_id]), REPLY):
            result.flipped.append(row.domain)
        else:
            shown = self._visitor.states[entity_id]
            result.failures.append(
                f"{entity_id}: {change.service} {change.data} sent {device.commands[-1]},"
                f" shown as {shown['state']!r} {shown['attributes']}"
            )

    async def _restart(self) -> None:
        """Restart Home Assistant while the cloud is gone; the same entities must be there."""
        before = set(self._entities)
        await self._home.cloud.stop()
        with step("Home Assistant stopped, cloud stopped"):
            await self._story.house.stop()
        self._complaints += self._story.house.complaints()
        with step("Home Assistant started without cloud"):
            await self._story.house.start()
        begun = monotonic()
        async with self._visitor.watching():
            with step("all devices alive without cloud"):
                for device_id, seconds in (await self._come_alive(begun)).items():
                    self._results[device_id].revived = seconds
            with step("what was enabled before commanded"):
                await self._command_hidden()
        self._failures += [f"{entity_id}: not the same before and after" for entity_id in before ^ set(self._entities)]
        self._complaints += self._story.house.complaints()

    def _rows(self, appliance: Appliance) -> list[EntityRow]:
        return [row for row in self._entities.values() if row.tuya_id == appliance.id]

    def _same(self, entity_id: str, wanted: str) -> bool:
        """Tell whether an entity shows this, or whether this was the last that happened."""
        state = self._visitor.state(entity_id)
        if entity_id.startswith("event."):
            state = str(self._visitor.states[entity_id]["attributes"].get("event_type"))
        try:
            return float(state) == float(wanted)
        except ValueError:
            return state == wanted


async def check(story: Story) -> bool:
    """Run the check and print its report; return whether it passed."""
    run = Check(story)
    await run.run()
    print(run.report(), flush=True)
    return run.passed


def _row(result: Result) -> tuple[str, ...]:
    appliance = result.appliance
    return (
        appliance.name,
        appliance.version or f"via {appliance.via}",
        _seconds(result.alive),
        str(result.entities),
        "seen" if result.told else "MISSED",
        ", ".join(result.flipped) or "nothing",
        _seconds(result.revived),
    )


def _seconds(value: float | None) -> str:
    return "NEVER" if value is None else f"{value:.2f} s"


def _last(values: list[float | None]) -> str:
    known = [value for value in values if value is not None]
    return f"{max(known):.2f} s" if len(known) == len(values) else "never"
