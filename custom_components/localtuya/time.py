"""Times: of the day, such as when quiet hours begin, and to go, such as until a socket switches off."""

from datetime import time
from typing import override

from homeassistant.components.time import TimeEntity

from .entity import LocalTuyaEntity, platform_setup
from .model.convert.clock import DAY, SECONDS

PARALLEL_UPDATES = 0  # the link sends one command after the other


class LocalTuyaTime(LocalTuyaEntity, TimeEntity):
    """Hours, minutes and seconds, in one datapoint or in one each."""

    @override
    def refresh(self) -> None:
        """Take over the time; a full day is no time."""
        total = self._total()
        self._attr_native_value = None if total is None or not 0 <= total < DAY else _time_of(total)

    @override
    async def async_set_value(self, value: time) -> None:
        """Set the time; what the device does not count is left out."""
        total = value.hour * 3600 + value.minute * 60 + value.second
        if "hms" in self.points:
            await self.send(hms=total)
            return
        values: dict[str, object] = {}
        for role, seconds in sorted(SECONDS.items(), key=lambda row: -row[1]):
            if role in self.points:
                values[role], total = divmod(total, seconds)
        await self.send(**values)

    def _total(self) -> int | None:
        if "hms" in self.points:
            written: int | None = self.read("hms")
            return written
        counts = {role: self.read(role) for role in self.points}
        if any(count is None for count in counts.values()):
            return None
        return int(sum(count * SECONDS[role] for role, count in counts.items()))


def _time_of(total: int) -> time:
    return time(total // 3600, total // 60 % 60, total % 60)


async_setup_entry = platform_setup("time", LocalTuyaTime)
