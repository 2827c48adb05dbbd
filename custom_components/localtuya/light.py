"""Lights: on and off, white with brightness and temperature, colour, and whatever else the work mode offers."""

from collections.abc import Mapping
from typing import Any, override

from homeassistant.components.light import (
    ATTR_BRIGHTNESS,
    ATTR_COLOR_TEMP_KELVIN,
    ATTR_EFFECT,
    ATTR_HS_COLOR,
    ATTR_TRANSITION,
    ATTR_WHITE,
    EFFECT_OFF,
    ColorMode,
    LightEntity,
    LightEntityFeature,
)

from .coordinator import DeviceCoordinator
from .entity import LocalTuyaEntity, platform_setup
from .fade import Fade
from .model.convert.colour import Colour, form_beside
from .model.spec import MAIN, Feature

PARALLEL_UPDATES = 0  # the link sends one command after the other

WHITE, COLOR = "white", "color"
_SCENES = ("scene", "scene_mod")
"""What the mode of showing a scene is called."""
_FULL = 255
_CIRCLE = 360


class LocalTuyaLight(LocalTuyaEntity, LightEntity):
    """A light; in colour its brightness is the colour's value, else a datapoint of its own."""

    def __init__(self, coordinator: DeviceCoordinator, feature: Feature) -> None:
        """Set what never changes."""
        super().__init__(coordinator, feature)
        self._fade: Fade | None = None
        self._faded_from: int | None = None
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
        if {"brightness", COLOR} & self.points.keys():
            self._attr_supported_features |= LightEntityFeature.TRANSITION
        self._scene = "scene" if "color_temp" in self.points else "scene_color"
        self._effects = self._effects_by_name()
        if self._effects:
            self._attr_supported_features |= LightEntityFeature.EFFECT
            self._attr_effect_list = [EFFECT_OFF, *self._effects] if self._steady else [*self._effects]

    @override
    def refresh(self) -> None:
        """Take over what shines, and how."""
        brightness = self.read("brightness")
        self._attr_is_on = self.read(self._switch) if self._switch else brightness and brightness > 0
        self._attr_color_temp_kelvin = self.read("color_temp")
        self._attr_effect = self._running()
        self._attr_color_mode = self._color_mode()
        self._attr_hs_color = None
        if self._attr_color_mode is ColorMode.HS:
            color = self.read(COLOR)
            self._attr_hs_color = color and (color.hue, color.saturation)
            brightness = color and color.value
        elif brightness is not None:
            brightness = self._unbounded(brightness)
        self._attr_brightness = None if brightness is None else max(1, round(brightness))

    @override
    async def async_turn_on(self, **kwargs: Any) -> None:
        """Turn it on as asked: effect, colour, temperature, brightness, in one message or step by step."""
        self._end_fade()
        if self._faded_from is not None and not {ATTR_BRIGHTNESS, ATTR_WHITE, ATTR_EFFECT} & kwargs.keys():
            kwargs[ATTR_BRIGHTNESS] = self._faded_from
        seconds = kwargs.pop(ATTR_TRANSITION, None)
        if seconds and ATTR_EFFECT not in kwargs and (goal := self._goal(kwargs)):
            start = self._start()

            async def step(share: float) -> None:
                await self.send(**self._switched_on(self._asked(_between(start, goal, share))))

            await self._begin(Fade(self.hass, seconds, step))
        else:
            await self.send(**self._switched_on(self._asked(kwargs)))
        self._faded_from = None

    @override
    async def async_turn_off(self, **kwargs: Any) -> None:
        """Turn it off, after a transition if one is wished; without a switch that is no brightness."""
        self._end_fade()
        off: dict[str, object] = {self._switch: False} if self._switch else {"brightness": 0}
        seconds, brightness = kwargs.get(ATTR_TRANSITION), self.brightness
        if not seconds or not self.is_on or brightness is None:
            await self.send(**off)
            return
        self._faded_from = brightness

        async def step(share: float) -> None:
            await self.send(**(off if share == 1 else self._brightened(max(1, round(brightness * (1 - share))))))

        await self._begin(Fade(self.hass, seconds, step))

    @override
    async def async_will_remove_from_hass(self) -> None:
        """End what is going on."""
        self._end_fade()

    async def _begin(self, fade: Fade) -> None:
        self._fade = fade
        await fade.async_start()

    def _end_fade(self) -> None:
        if self._fade is not None:
            self._fade.cancel()
            self._fade = None

    def _goal(self, kwargs: Mapping[str, Any]) -> dict[str, Any]:
        """Return where a transition leads, empty where it would change nothing."""
        if ATTR_WHITE in kwargs or ATTR_BRIGHTNESS in kwargs:
            return dict(kwargs)
        return {ATTR_BRIGHTNESS: self.brightness or _FULL, **kwargs} if kwargs or not self.is_on else {}

    def _start(self) -> dict[str, Any]:
        """Return where a transition begins."""
        start: dict[str, Any] = {ATTR_BRIGHTNESS: self.brightness if self.is_on else 1}
        if self.is_on and self.color_mode is ColorMode.HS:
            start[ATTR_HS_COLOR] = self.hs_color
        elif self.is_on and self.color_mode is ColorMode.COLOR_TEMP:
            start[ATTR_COLOR_TEMP_KELVIN] = self.color_temp_kelvin
        return start

    def _white_mode(self) -> ColorMode | None:
        """Return how Home Assistant calls the light's white; plain brightness is none beside colour."""
        if "color_temp" in self.points:
            return ColorMode.COLOR_TEMP
        if "brightness" not in self.points:
            return None
        if COLOR not in self.points:
            return ColorMode.BRIGHTNESS
        return ColorMode.WHITE if WHITE in self.words("mode") else None

    def _effects_by_name(self) -> dict[str, dict[str, object]]:
        """Return what to send for each effect: a mode, or the mode of showing scenes and one of them."""
        modes = self.words("effect")
        effects: dict[str, dict[str, object]] = {mode: {"effect": mode} for mode in modes}
        showing = self._showing_scenes()
        if showing is not None or "mode" not in self.points:
            how: dict[str, object] = {} if showing is None else {"effect": showing}
            scenes = [scene for scene in self.words(self._scene) if scene not in effects]
            effects |= {scene: {**how, self._scene: scene} for scene in scenes}
        return effects

    def _showing_scenes(self) -> str | None:
        return next((mode for mode in _SCENES if mode in self.words("effect")), None)

    def _running(self) -> str | None:
        """Return the effect that runs; a mode that is none of white and colour is one."""
        if self.read("mode") in {WHITE, COLOR}:
            return EFFECT_OFF
        mode: str | None = self.read("effect")
        scene: str | None = self.read(self._scene) if mode == self._showing_scenes() else None
        return scene or mode

    def _color_mode(self) -> ColorMode:
        modes = self._attr_supported_color_modes or set()
        if len(modes) == 1:
            return next(iter(modes))
        if self._attr_effect not in {None, EFFECT_OFF}:
            return ColorMode.ONOFF  # nothing of a running effect can be adjusted
        in_color = self._white is None or self.read("mode") == COLOR
        return ColorMode.HS if in_color else self._white or ColorMode.ONOFF

    def _switched_on(self, values: dict[str, object]) -> dict[str, object]:
        if self._switch and (not values or not self.is_on):
            return {self._switch: True, **values}
        return values or {"brightness": _FULL}

    def _asked(self, kwargs: Mapping[str, Any]) -> dict[str, object]:
        """Return the values by role for what the service asks; the most telling wish wins."""
        match kwargs:
            case {"effect": effect}:
                return {"mode": self._steady} if effect == EFFECT_OFF else self._effects.get(effect, {"effect": effect})
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
        values = self._in_mode(WHITE)
        if brightness is not None and "brightness" in self.points:
            values["brightness"] = self._bounded(brightness)
        return values

    def _in_color(self, color: tuple[float, float], brightness: int) -> dict[str, object]:
        said: Colour | None = self.read(COLOR)
        form = said.form if said else form_beside(self.points.get("brightness"))
        return self._in_mode(COLOR) | {COLOR: Colour(*color, brightness, form)}

    def _in_mode(self, mode: str) -> dict[str, object]:
        return {"mode": mode} if mode in self.words("mode") and self.read("mode") != mode else {}

    def _bounds(self) -> tuple[float, float]:
        """Return the brightness at the ends of the scale, as the light is set up."""
        darkest, brightest = self.read("darkest") or 1, self.read("brightest") or _FULL
        return (darkest, brightest) if darkest < brightest else (1, _FULL)

    def _bounded(self, brightness: float) -> float:
        darkest, brightest = self._bounds()
        return darkest + max(0, brightness - 1) * (brightest - darkest) / (_FULL - 1)

    def _unbounded(self, brightness: float) -> float:
        darkest, brightest = self._bounds()
        if brightness <= 0:
            return brightness
        return min(_FULL, max(1, 1 + (brightness - darkest) * (_FULL - 1) / (brightest - darkest)))


def _between(start: Mapping[str, Any], goal: Mapping[str, Any], share: float) -> dict[str, Any]:
    """Return what holds at this share of the way; what has no start is there at once."""
    values = dict(goal)
    for name, wanted in goal.items():
        begun = start.get(ATTR_BRIGHTNESS if name == ATTR_WHITE else name)
        if begun is None or share == 1:
            continue
        if name == ATTR_HS_COLOR:
            turn = (wanted[0] - begun[0] + _CIRCLE / 2) % _CIRCLE - _CIRCLE / 2  # the shorter way round
            values[name] = ((begun[0] + turn * share) % _CIRCLE, begun[1] + (wanted[1] - begun[1]) * share)
        else:
            values[name] = round(begun + (wanted - begun) * share)
    return values


async_setup_entry = platform_setup("light", LocalTuyaLight)
