"""What can be asked of an entity: every service of its domain, with arguments that must work and such that are wild.

A service without a row in `ARGUMENTS` is an error: whoever adds a platform says here how it is exercised.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
import re
from typing import Any, Protocol, override

from homeassistant.components import infrared
from homeassistant.components.climate import ClimateEntity, ClimateEntityFeature
from homeassistant.components.fan import FanEntityFeature
from homeassistant.components.siren import SirenEntityFeature
from homeassistant.core import HomeAssistant, Service, ServiceCall
from homeassistant.helpers.entity import Entity
from homeassistant.helpers.service import entity_service_call

from custom_components.localtuya.const import DOMAIN

type Arguments = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Cases:
    """Arguments that must bring a datapoint onto the wire, and others that Home Assistant may let pass."""

    usual: Sequence[Arguments] = ()
    wild: Sequence[Arguments] = ()

    def __add__(self, other: Cases) -> Cases:
        """Return both."""
        return Cases([*self.usual, *other.usual], [*self.wild, *other.wild])


class Act(Protocol):
    """What can be asked of an entity."""

    @property
    def name(self) -> str:
        """The service with its domain: `light.turn_on`."""

    def cases(self, entity: Entity) -> Cases:
        """Return the arguments to try."""

    async def call(self, hass: HomeAssistant, entity: Entity, arguments: Arguments) -> None:
        """Ask an entity that stands on a bench; what does not fit raises as in Home Assistant."""

    async def ask(self, hass: HomeAssistant, entity: Entity, arguments: Arguments) -> None:
        """Ask an entity that is set up, as a user would."""


@dataclass(frozen=True, slots=True)
class EntityService:
    """A service of Home Assistant."""

    name: str
    service: Service

    def cases(self, entity: Entity) -> Cases:
        """Return the arguments to try."""
        return ARGUMENTS[self.name](entity)

    async def ask(self, hass: HomeAssistant, entity: Entity, arguments: Arguments) -> None:
        """Call it."""
        domain, _, name = self.name.partition(".")
        target = {"entity_id": entity.entity_id}
        await hass.services.async_call(domain, name, dict(arguments), target=target, blocking=True)

    async def call(self, hass: HomeAssistant, entity: Entity, arguments: Arguments) -> None:
        """Call it as Home Assistant would, only without looking for the entity."""
        data = {"entity_id": entity.entity_id, **arguments}
        if self.service.schema is not None:
            data = self.service.schema(data)
        bound = _bound(self.service)
        domain, _, name = self.name.partition(".")
        call = ServiceCall(hass, domain, name, data)
        await entity_service_call(
            hass, {entity.entity_id: entity}, bound.args[2], call, bound.keywords.get("required_features")
        )


@dataclass(frozen=True, slots=True)
class Emission:
    """What other integrations ask of an infrared emitter."""

    name: str = "infrared.send_command"

    def cases(self, _: Entity) -> Cases:
        """Return the arguments to try."""
        sane = [9000, -4500, 560, -560, 560, -1690, 560]
        wild: tuple[list[int], ...] = (
            [],
            [0],
            [-1],
            [10**9, -(10**9)],
            [560] * 9,
            [560, -560] * 5000,
        )
        return Cases([{"timings": sane}], [{"timings": timings} for timings in wild])

    async def ask(self, hass: HomeAssistant, entity: Entity, arguments: Arguments) -> None:
        """Send it."""
        await infrared.async_send_command(hass, entity.entity_id, _Timings(arguments))

    async def call(self, _: HomeAssistant, entity: Entity, arguments: Arguments) -> None:
        """Send it."""
        assert isinstance(entity, infrared.InfraredEmitterEntity)
        await entity.async_send_command_internal(_Timings(arguments))


class _Timings(infrared.InfraredCommand):  # type: ignore[misc] # publishes no types
    def __init__(self, arguments: Arguments) -> None:
        super().__init__(modulation=38000)
        self._timings: Any = arguments["timings"]

    @override
    def get_raw_timings(self) -> list[int]:
        return list(self._timings)


def acts_of(hass: HomeAssistant, entity: Entity) -> Iterator[Act]:
    """Yield what can be asked of this entity: by Home Assistant's services, its own integration's among them."""
    if isinstance(entity, infrared.InfraredEmitterEntity):
        yield Emission()
    domain = entity.entity_id.partition(".")[0]
    if domain not in SILENT | DOMAINS:
        raise LookupError(f"nobody knows how to exercise {domain}: see ARGUMENTS")
    for of in (domain, DOMAIN):
        for name, service in hass.services.async_services_for_domain(of).items():
            if not isinstance(service.job.target, partial) or service.job.target.func is not entity_service_call:
                continue
            bound = _bound(service)
            if of == DOMAIN and bound.args[1].args[1] != domain:
                continue
            wanted = bound.keywords.get("required_features")
            has = entity.supported_features or 0
            if wanted is None or any(has & flags == flags for flags in wanted):
                yield EntityService(f"{of}.{name}", service)


def _bound(service: Service) -> partial[Any]:
    target = service.job.target
    assert isinstance(target, partial)
    return target


_RANGE = ClimateEntityFeature.TARGET_TEMPERATURE_RANGE
_WORDS = ("", "no such word", "x" * 300, "0", "None", "\N{GRINNING FACE}")
_SAMPLES = ("AAAA", "00ff", "07:30", "{}", "[]", "a,b", "#ff0000", "192.0.2.1", "10:20:30:40:50:60")
_NUMBERS = (-1e308, -(10**9), -1, 0, 0.5, 1, 101, 10**9, 1e308, float("inf"), float("nan"))


def _plain(_: Any) -> Cases:
    return Cases([{}])


def _field(name: str, usual: Sequence[object], wild: Sequence[object] = ()) -> Cases:
    return Cases([{name: value} for value in usual], [{name: value} for value in (*wild, *usual)])


def _word(name: str, attribute: str) -> Callable[[Any], Cases]:
    return lambda entity: _field(name, [str(word) for word in getattr(entity, attribute) or ()], _WORDS)


def _preset(climate: Any) -> Cases:
    """Return the presets; none comes last, for which there is nothing to do unless there was one."""
    modes = sorted(climate.preset_modes or (), key=lambda mode: mode == "none")
    return _field("preset_mode", modes, _WORDS)


def _span(name: str, low: float, high: float, step: float | None) -> Cases:
    """Return both ends and the middle, which must work, and what lies beyond and between the steps."""
    step = step or 1
    middle = low + (high - low) // step // 2 * step
    beyond = (low - step, high + step, low + step * 0.37, high - step * 0.37)
    return _field(name, list(dict.fromkeys((low, middle, high))), [*beyond, *_NUMBERS])


def _share(name: str) -> Callable[[Any], Cases]:
    return lambda _: _field(name, (0, 25, 100), (-1, 1, 50, 99, 101))


def _turn_on_light(light: Any) -> Cases:
    modes = {str(mode) for mode in light.supported_color_modes or ()}
    cases = Cases([{}], [{"flash": "long"}, {"color_name": "red"}, {"brightness_step": -255}, {"brightness_step": 255}])
    if modes - {"onoff"}:
        cases += _field("brightness", (1, 128, 255), (0, 2))
        cases += Cases([{"brightness": 200, "transition": 1}], [{"brightness_pct": 1}, {"transition": 6553}])
    if "color_temp" in modes:
        ends = (light.min_color_temp_kelvin, light.max_color_temp_kelvin)
        cases += _field("color_temp_kelvin", (*ends, sum(ends) // 2), (1, 1000, 40000))
        cases += Cases([], [{"color_temp_kelvin": kelvin, "brightness": 1} for kelvin in ends])
    if modes & {"hs", "rgb", "xy"}:
        cases += _field("hs_color", ((0, 100), (120, 50), (240.5, 99.9)), ((0, 0), (360, 100), (359.999, 0.001)))
        cases += _field("rgb_color", ((255, 0, 0),), ((0, 0, 0), (1, 1, 1), (255, 255, 255)))
        cases += Cases([{"hs_color": (60, 100), "brightness": 1}], [{"xy_color": (0, 0)}, {"xy_color": (1, 1)}])
    if "white" in modes:
        cases += _field("white", (1, 255), (0,))
    return cases + _field("effect", light.effect_list or (), _WORDS)


def _toggle_light(light: Any) -> Cases:
    return Cases([{}], _turn_on_light(light).wild)


def _turn_on_fan(fan: Any) -> Cases:
    usual = [{"preset_mode": mode} for mode in fan.preset_modes or ()]
    wild: list[Arguments] = [{"preset_mode": word} for word in _WORDS]
    if fan.supported_features & FanEntityFeature.SET_SPEED:
        usual += [{"percentage": share} for share in (1, 50, 100)]
        wild += [{"percentage": share, "preset_mode": "no such word"} for share in (0, 100)]
    return Cases([{}, *usual], [*wild, {"percentage": 0}])


def _set_percentage(fan: Any) -> Cases:
    cases = _share("percentage")(fan)
    if fan.supported_features & FanEntityFeature.TURN_OFF:
        return cases
    return Cases([case for case in cases.usual if case["percentage"]], cases.wild)  # 0 would be off


def _increase(_: Any) -> Cases:
    return Cases([{}, {"percentage_step": 10}], [{"percentage_step": 0}, {"percentage_step": 100}])


def _set_temperature(thermostat: Any) -> Cases:
    cases = Cases()
    low, high = thermostat.min_temp, thermostat.max_temp
    if thermostat.supported_features & ClimateEntityFeature.TARGET_TEMPERATURE:
        cases += _span("temperature", low, high, thermostat.target_temperature_step)
        cases += Cases([], [{"temperature": low, "hvac_mode": mode} for mode in getattr(thermostat, "hvac_modes", ())])
    if isinstance(thermostat, ClimateEntity) and thermostat.supported_features & _RANGE:
        cases += Cases(
            [{"target_temp_low": low, "target_temp_high": high}],
            [{"target_temp_low": one, "target_temp_high": other} for one in (low, high) for other in (low - 1, high)],
        )
    return cases


def _set_humidity(entity: Any) -> Cases:
    step = getattr(entity, "target_humidity_step", None)
    return _span("humidity", entity.min_humidity, entity.max_humidity, step)


def _set_number(number: Any) -> Cases:
    return _span("value", number.min_value, number.max_value, number.step)


def _set_text(text: Any) -> Cases:
    candidates = ("1" * max(text.min, 1), *_SAMPLES)
    fit = [each for each in candidates if text.min <= len(each) <= text.max and re.match(text.pattern or "", each)]
    if not fit:
        raise LookupError(f"nobody knows a text for {text.pattern!r}, {text.min} to {text.max}")
    return _field("value", fit[:2], (*_WORDS, *candidates, "x" * (text.max + 1), "x" * text.max))


def _set_time(_: Any) -> Cases:
    return _field("time", ("00:00:00", "01:00:00"), ("23:59:00", "23:59:59", "12:00:01"))


def _turn_on_siren(siren: Any) -> Cases:
    tones = siren.available_tones or ()
    usual: list[Arguments] = [{}, *({"tone": tone} for tone in tones)]
    wild: list[Arguments] = [{"tone": tone} for tone in (*_WORDS, 0, -1, 10**9)]
    wild += [{"duration": seconds} for seconds in (0, 1, 10**9)] + [{"volume_level": level} for level in (0, 0.001, 1)]
    if siren.supported_features & SirenEntityFeature.VOLUME_SET:
        usual += [{"volume_level": 0.5}]
    if siren.supported_features & SirenEntityFeature.DURATION:
        usual += [{"duration": max(10, siren.points["duration"].minimum or 0)}]
    return Cases(usual, wild)


def _coded(entity: Any) -> Cases:
    codes = ("", "0", "123456", "x" * 300, "\N{GRINNING FACE}")
    asked = entity.code_format
    if not asked:
        return Cases([{}], [{"code": code} for code in codes])
    fits = next(code for length in range(1, 33) if re.fullmatch(asked, code := "1" * length))
    return Cases([{"code": fits}], [{"code": code} for code in codes])


def _in_vain(_: Any) -> Cases:
    """Return no arguments of which anything arrives at the device."""
    return Cases([], [{}])


def _send_remote(_: Any) -> Cases:
    wild = (*_WORDS, "b64:", "hex:zz", "hex:1", "raw:-1", "raw:1,2,x", "rf:{}", "head:,key:", "b64:" + "AAAA" * 9999)
    return Cases([{"command": ["raw:9000,4500,560,560,560,1690,560"]}], [{"command": [word]} for word in wild])


def _learn(_: Any) -> Cases:
    return Cases([], [{"command": [word], "timeout": 1} for word in _WORDS])


def _send_vacuum(_: Any) -> Cases:
    params: tuple[object, ...] = ({}, {"value": 10**9}, ["x" * 300])
    return Cases([], [{"command": word, "params": each} for word in _WORDS for each in params])


_TILTS = ("open_cover_tilt", "close_cover_tilt", "stop_cover_tilt", "toggle_cover_tilt")
_PLAIN = {
    "button": ("press",),
    "climate": ("turn_on", "turn_off", "toggle"),
    "cover": ("open_cover", "close_cover", "stop_cover", "toggle", *_TILTS),
    "fan": ("turn_off", "toggle"),
    "humidifier": ("turn_on", "turn_off", "toggle"),
    "lawn_mower": ("start_mowing", "pause", "dock", "stop"),
    "light": ("turn_off",),
    "select": ("select_first", "select_last", "select_next", "select_previous"),
    "siren": ("turn_off", "toggle"),
    "switch": ("turn_on", "turn_off", "toggle"),
    "vacuum": ("start", "pause", "return_to_base", "clean_spot", "locate", "stop"),
    "valve": ("open_valve", "close_valve", "stop_valve", "toggle"),
    "water_heater": ("turn_on", "turn_off"),
}
_ALARMS = ("disarm", "arm_home", "arm_away", "arm_night", "arm_vacation", "arm_custom_bypass", "trigger")

ARGUMENTS: Mapping[str, Callable[[Any], Cases]] = {
    **{f"{domain}.{name}": _plain for domain, names in _PLAIN.items() for name in names},
    **{f"alarm_control_panel.alarm_{name}": _coded for name in _ALARMS},
    **{f"lock.{name}": _coded for name in ("lock", "unlock", "open")},
    "climate.set_fan_mode": _word("fan_mode", "fan_modes"),
    "climate.set_humidity": _set_humidity,
    "climate.set_hvac_mode": _word("hvac_mode", "hvac_modes"),
    "climate.set_preset_mode": _preset,
    "climate.set_swing_horizontal_mode": _word("swing_horizontal_mode", "swing_horizontal_modes"),
    "climate.set_swing_mode": _word("swing_mode", "swing_modes"),
    "climate.set_temperature": _set_temperature,
    "cover.set_cover_position": _share("position"),
    "cover.set_cover_tilt_position": _share("tilt_position"),
    "date.set_value": lambda _: _field("date", ("2026-02-28",), ("1970-01-01", "9999-12-31")),
    "datetime.set_value": lambda _: _field("datetime", ("2026-02-28 07:30:00",), ("1970-01-01 00:00:00",)),
    "fan.decrease_speed": _increase,
    "fan.increase_speed": _increase,
    "fan.oscillate": lambda _: _field("oscillating", (True, False)),
    "fan.set_direction": lambda _: _field("direction", ("forward", "reverse"), _WORDS),
    "fan.set_percentage": _set_percentage,
    "fan.set_preset_mode": _word("preset_mode", "preset_modes"),
    "fan.turn_on": _turn_on_fan,
    "humidifier.set_humidity": _set_humidity,
    "humidifier.set_mode": _word("mode", "available_modes"),
    "light.toggle": _toggle_light,
    "light.turn_on": _turn_on_light,
    "number.set_value": _set_number,
    "remote.delete_command": _learn,
    "remote.learn_command": _learn,
    "remote.send_command": _send_remote,
    **{f"remote.{name}": _in_vain for name in ("turn_on", "turn_off", "toggle")},
    "select.select_option": _word("option", "options"),
    "siren.turn_on": _turn_on_siren,
    "text.set_value": _set_text,
    "time.set_value": _set_time,
    "vacuum.clean_area": lambda _: _field("cleaning_area_id", (), _WORDS),
    "vacuum.send_command": _send_vacuum,
    "vacuum.set_fan_speed": _word("fan_speed", "fan_speed_list"),
    "valve.set_valve_position": _share("position"),
    "water_heater.set_away_mode": lambda _: _field("away_mode", (True, False)),
    "water_heater.set_operation_mode": _word("operation_mode", "operation_list"),
    "water_heater.set_temperature": _set_temperature,
}
"""How each service is tried."""
DOMAINS = frozenset(name.partition(".")[0] for name in ARGUMENTS)
SILENT = frozenset({"binary_sensor", "camera", "event", "infrared", "sensor"})
"""Domains without services."""
