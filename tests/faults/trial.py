"""One cell: break it, see what the link calls it, end it, see it come back."""

import asyncio
from collections.abc import Awaitable

from custom_components.localtuya.lan import LinkState
from tests.faults.fault import Cell, Fault
from tests.faults.scene import Command, Scene

PATIENCE = 12.0
"""Seconds after which a detection or a recovery has failed: two standard minutes."""
_SLOWEST_COMMAND = 4.0
"""Answer times: waiting for the connection, the command, its repetition, and one for a busy machine."""


async def trial(fault: Fault, version: str) -> Cell:
    """Run one cell on its own devices; an unexpected exception becomes what is wrong."""
    scene = Scene(fault, version)
    cell = Trial(scene)
    try:
        await cell.run()
    except Exception as error:  # noqa: BLE001 - whatever it is belongs into the table
        cell.wrong.append(f"{type(error).__name__}: {error}")
    try:
        await scene.end()
    except Exception as error:  # noqa: BLE001
        cell.wrong.append(f"{type(error).__name__}: {error}")
    return cell.result()


class Trial:
    """The course of one cell."""

    def __init__(self, scene: Scene) -> None:
        self.wrong: list[str] = []
        self._scene = scene
        self._fault = scene.fault
        self._detected = ""
        self._detect_time: float | None = None
        self._recovered = False
        self._recover_time: float | None = None
        self._connections = 0

    async def run(self) -> None:
        """Begin in health (unless the fault is older than the link), break, mend, end in health."""
        scene, fault = self._scene, self._fault
        hidden = fault.states(scene.version) == {LinkState.LIVE}
        await scene.device.start()
        if fault.from_start:
            await _done(fault.breaks(scene))
            scene.link.start()
        elif not await self._begin():
            return
        scene.begin_traffic()
        if not hidden:
            scene.device.dps["3"] = "new"
        if fault.passes and not hidden:  # a command would be a user's help
            scene.may_command.clear()
        broken_at = scene.states[0][0] if fault.from_start else scene.now
        if not fault.from_start:
            await _done(fault.breaks(scene))
        if not await (self._unseen(broken_at) if hidden else self._named(broken_at)):
            return
        if fault.proof is not None and not await scene.until(lambda: fault.proof and fault.proof(scene), PATIENCE):
            self.wrong.append("the proof did not come")
        mended_at = broken_at if fault.passes else scene.now
        await _done(fault.mends(scene))
        await self._recover(mended_at, hidden=hidden)

    def result(self) -> Cell:
        """Return the cell."""
        scene = self._scene
        ended = [command for command in scene.commands if command.ended]
        self._judge(ended)
        return Cell(
            self._fault.name,
            scene.version,
            detected=self._detected,
            detect_time=self._detect_time,
            recovered=self._recovered,
            recover_time=self._recover_time,
            lost=sum(command.error is None and not scene.obeyed(command) for command in ended),
            refused=sum(command.error is not None for command in ended),
            obeyed=sum(command.error is None for command in ended),
            connections=scene.link.stats.dialed,
            wrong="; ".join(self.wrong),
        )

    async def _begin(self) -> bool:
        """Connect while all is well."""
        scene = self._scene
        scene.link.start()
        if await scene.until(lambda: scene.link.state is LinkState.LIVE and scene.values, PATIENCE):
            return True
        self.wrong.append("never began")
        return False

    async def _unseen(self, broken_at: float) -> bool:
        """Live with the fault for a while, without ever leaving the live state."""
        scene, fault = self._scene, self._fault
        if fault.from_start and not await scene.until(lambda: scene.link.state is LinkState.LIVE, PATIENCE):
            self.wrong.append(f"never live, but {scene.link.state}")
            return False
        seen = len(scene.states)
        await asyncio.sleep(fault.lasts)
        if len(scene.states) > seen:
            self.wrong.append(f"became {scene.states[seen][1]}")
        elif fault.obeys and fault.commands and not any(command.error is None for command in scene.since(broken_at)):
            self.wrong.append("no command came through")
        self._detected = LinkState.LIVE
        return True

    async def _named(self, broken_at: float) -> bool:
        """Wait until the link is in a state that fits, and a command has had an honest end."""
        scene, fault = self._scene, self._fault
        states = fault.states(scene.version)

        def match() -> tuple[float, LinkState] | None:
            return next(((at, state) for at, state in scene.states if at >= broken_at and state in states), None)

        if not await scene.until(match, PATIENCE):
            seen = " ".join(state for at, state in scene.states if at >= broken_at)
            self.wrong.append(f"not detected: {scene.link.state} after {seen or 'nothing'}")
            return False
        at, state = match() or (0.0, scene.link.state)
        self._detected = state
        self._detect_time = at - broken_at
        if fault.passes:
            return True
        await asyncio.sleep(fault.lasts)
        if fault.commands and not await scene.until(lambda: next(iter(scene.since(at)), None), PATIENCE):
            self.wrong.append("a command hangs")
        scene.may_command.clear()
        return True

    async def _recover(self, mended_at: float, *, hidden: bool) -> None:
        """Wait until the link is live and knows what changed meanwhile, without a user; then it must obey."""
        scene, fault = self._scene, self._fault

        def well() -> bool:
            return (
                scene.link.state is LinkState.LIVE
                and (hidden or scene.values.get(None, {}).get("3", "new") == "new")
                and (fault.back is None or fault.back(scene))
            )

        self._recovered = await scene.until(well, PATIENCE)
        if not self._recovered:
            self.wrong.append(f"does not come back: {scene.link.state}")
            return
        if not hidden:
            self._recover_time = scene.now - mended_at
        back_at = scene.now
        scene.may_command.set()
        if fault.commands and not await scene.until(
            lambda: any(command.error is None for command in scene.since(back_at)), PATIENCE
        ):
            self.wrong.append("obeys no more")

    def _judge(self, ended: list[Command]) -> None:
        """Look for what no row allows."""
        scene, fault = self._scene, self._fault
        slowest = max((command.ended - command.begun for command in scene.commands if command.ended), default=0.0)
        if slowest > _SLOWEST_COMMAND * scene.timing.answer:
            self.wrong.append(f"a command took {slowest:.1f} s")
        if any(value is None for device in scene.devices for _, dps in device.commands for value in dps.values()):
            self.wrong.append("nulls were written")
        if scene.link.stats.dialed > fault.most_connections:
            self.wrong.append(f"{scene.link.stats.dialed} connections")
        if fault.commands and not ended:
            self.wrong.append("no command ended")


async def _done(result: Awaitable[None] | None) -> None:
    if result is not None:
        await result
