"""Texts: what a device takes as a string, or as bytes in base64."""

from typing import override

from homeassistant.components.text import TextEntity, TextMode

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .model.codes import is_secret
from .model.datapoint import Raw
from .model.spec import MAIN, Feature

PARALLEL_UPDATES = 0  # the link sends one command after the other

_BASE64 = r"^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"


class LocalTuyaText(LocalTuyaEntity, TextEntity):
    """Something that is set to a text; one too long for a state is set by the action `set_datapoint`."""

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        point = self.points[MAIN]
        if point.maximum is not None:
            self._attr_native_max = int(point.maximum)
        if isinstance(point.datapoint, Raw):
            self._attr_pattern = _BASE64
        if is_secret(point.datapoint.code):
            self._attr_mode = TextMode.PASSWORD

    @override
    def refresh(self) -> None:
        """Take over the text, if it is one that a state may be."""
        text: str | None = self.read()
        fits = text is not None and len(text) <= self.max
        self._attr_native_value = text if fits else None

    @override
    async def async_set_value(self, value: str) -> None:
        """Set the text."""
        await self.send(main=value)


async_setup_entry = platform_setup("text", LocalTuyaText)
