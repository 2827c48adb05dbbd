"""Lights: on and off, white with brightness and temperature, colour, and whatever else the work mode offers."""

from collections.abc import Mapping
from typing import Any, override

from homeassistant.components.light import (
    ATTR_BRIGHTNESS,
    EFFECT_OFF,
    ColorMode,
    LightEntity,
    LightEntityFeature,
)

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .model.spec import MAIN, Feature

PARALLEL_UPDATES = 0  # the link sends one command after the other

WHITE, COLOR = "white", "color"
_FULL = 255


class LocalTuyaLight(LocalTuyaEntity, LightEntity):
    """A light; in colour its brightness is the colour's value, else a datapoint of its own."""

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        self._switch = next((role for role in ("switch", MAIN) if role in self.points), None)
        self._white = self._white_mode()
        self._steady = next((mode for mode in (WHITE, COLOR) if mode in self.words("mode")), None)
        modes = {ColorMode.HS} if COLOR in self.points else set()
        if self._white is not None:
            modes.add(self._white)
        self._attr_supported_color_modes = modes or {ColorMode.ONOFF}
        if (temperature := self.points.get("color_temp")) is not None:
            self._attr_min_color_temp_kelvin = int(temperature.minimum or self.min_color_temp_kelvin)
            self._attr_max_color_temp_kelvin = int(temperature.maximum or self.max_color_temp_kelvin)
        if effects := self.words("effect"):
            self._attr_supported_features = LightEntityFeature.EFFECT
            self._attr_effect_list = [EFFECT_OFF, *effects] if self._steady else effects

    @override
    def refresh(self) -> None:
        """Take over what shines, and how."""
        brightness = self.read("brightness")
        self._attr_is_on = self.read(self._switch) if self._switch else brightness and brightness > 0
        self._attr_color_temp_kelvin = self.read("color_temp")
        self._attr_effect = EFFECT_OFF if self.read("mode") in {WHITE, COLOR} else self.read("effect")
        self._attr_color_mode = self._color_mode()
        self._attr_hs_color = None
        if self._attr_color_mode is ColorMode.HS:
            hue, saturation, brightness = self.read(COLOR) or (None, None, None)
            self._attr_hs_color = None if hue is None or saturation is None else (hue, saturation)
        self._attr_brightness = None if brightness is None else max(1, round(brightness))

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Turn it on as asked: effect, colour, temperature, brightness, in one message."""
        values = self._asked(kwargs)
        if self._switch and (not values or not self.is_on):
            values = {self._switch: True, **values}
        elif not values:
            values = {"brightness": _FULL}
        await self.send(**values)

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Turn it off; without a switch that is no brightness."""
        await self.send(**({self._switch: False} if self._switch else {"brightness": 0}))

    def _white_mode(self) -> ColorMode | None:
        """Return how Home Assistant calls the light's white; plain brightness is none beside colour."""
        if "color_temp" in self.points:
            return ColorMode.COLOR_TEMP
        if "brightness" not in self.points:
            return None
        if COLOR not in self.points:
            return ColorMode.BRIGHTNESS
        return ColorMode.WHITE if WHITE in self.words("mode") else None

    def _color_mode(self) -> ColorMode:
        modes = self._attr_supported_color_modes or set()
        if len(modes) == 1:
            return next(iter(modes))
        if self._attr_effect not in {None, EFFECT_OFF}:
            return ColorMode.ONOFF  # nothing of a running effect can be adjusted
        in_color = self._white is None or self.read("mode") == COLOR
        return ColorMode.HS if in_color else self._white or ColorMode.ONOFF

    def _asked(self, kwargs: Mapping[str, Any]) -> dict[str, object]:
        """Return the values by role for what the service asks; the most telling wish wins."""
        match kwargs:
            case {"effect": effect}:
                return {"mode": self._steady} if effect == EFFECT_OFF else {"effect": effect}
            case {"hs_color": color}:
                return self._in_color(color, kwargs.get(ATTR_BRIGHTNESS) or self.brightness or _FULL)
            case {"color_temp_kelvin": kelvin}:
                kelvin = min(max(kelvin, self.min_color_temp_kelvin), self.max_color_temp_kelvin)
                return self._in_white(kwargs.get(ATTR_BRIGHTNESS)) | {"color_temp": kelvin}
            case {"white": brightness}:
                return self._in_white(brightness)
            case {"brightness": brightness}:
                return self._brightened(brightness)
            case _:
                return {}

    def _brightened(self, brightness: int) -> dict[str, object]:
        if self.color_mode is ColorMode.HS or "brightness" not in self.points:
            return self._in_color(self.hs_color or (0, 0), brightness)
        return self._in_white(brightness)

    def _in_white(self, brightness: int | None) -> dict[str, object]:
        bright = {"brightness": brightness} if brightness is not None and "brightness" in self.points else {}
        return self._in_mode(WHITE) | bright

    def _in_color(self, color: tuple[float, float], brightness: int) -> dict[str, object]:
        return self._in_mode(COLOR) | {COLOR: (*color, brightness)}

    def _in_mode(self, mode: str) -> dict[str, object]:
        return {"mode": mode} if mode in self.words("mode") and self.read("mode") != mode else {}


async_setup_entry = platform_setup("light", LocalTuyaLight)
