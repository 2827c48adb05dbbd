"""Sirens: switched, or silenced by a word among their tones."""

from typing import Any, override

from homeassistant.components.siren import (
    ATTR_DURATION,
    ATTR_TONE,
    ATTR_VOLUME_LEVEL,
    SirenEntity,
    SirenEntityFeature,
)

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .model.spec import Feature

PARALLEL_UPDATES = 0  # the link sends one command after the other

_SILENCE = "off"
_FEATURES = {
    "tone": SirenEntityFeature.TONES,
    "volume_level": SirenEntityFeature.VOLUME_SET,
    "duration": SirenEntityFeature.DURATION,
}


class LocalTuyaSiren(LocalTuyaEntity, SirenEntity):
    """Something loud."""

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        self._switched = "switch" in self.points
        words = [tone for tone in self.words("tone") if self._switched or tone != _SILENCE]
        # the service makes numbers of words that look like one
        self._tones: dict[int | str, str] = {int(word) if word.isdecimal() else word: word for word in words}
        self._attr_available_tones = list(self._tones)
        self._attr_supported_features = SirenEntityFeature.TURN_ON | SirenEntityFeature.TURN_OFF
        for role, flag in _FEATURES.items():
            if role in self.points:
                self._attr_supported_features |= flag

    @override
    def refresh(self) -> None:
        """Take over whether it sounds."""
        if self._switched:
            self._attr_is_on = self.read("switch")
            return
        tone = self.read("tone")
        self._attr_is_on = None if tone is None else tone != _SILENCE

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Let it sound, with this tone, so loud, so long."""
        values: dict[str, object] = {"switch": True} if self._switched else {"tone": next(iter(self._tones.values()))}
        if (tone := kwargs.get(ATTR_TONE)) is not None:
            values["tone"] = self._tones[tone]
        values |= {key: kwargs[key] for key in (ATTR_VOLUME_LEVEL, ATTR_DURATION) if key in kwargs}
        await self.send(**values)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Silence it."""
        await self.send(**({"switch": False} if self._switched else {"tone": _SILENCE}))


async_setup_entry = platform_setup("siren", LocalTuyaSiren)
