"""What the bytes of known datapoints mean, by code. Facts: mapping_raw_layouts, Tuya's documents on lamps and sockets.

A code that is not here has no layout: its bytes are shown and taken as they are.
"""

from collections.abc import Iterator

from ..codes import fold
from ..datapoint import Datapoint
from ..layout import Field, Layout, Storage
from ..layout.field import Bits, Characters, Clock, Days, Fixed, Flag, Minutes, Number, Part, Word
from ..layout.group import Many, Record

_CHANNEL = Bits((Part("enabled", 0), Part("channel", 1, width=7, base=1)))
"""The first byte of a socket's timers: whether it counts, and for which outlet."""
_TASK = Flag("enabled", on=3, off=2)
_SPAN: tuple[Field, ...] = (Days("days"), Minutes("start"), Minutes("end"))
_PERCENT = 100


def _share(name: str) -> Number:
    return Number(name, high=_PERCENT)


def _thousandth(name: str) -> Number:
    return Number(name, 2, high=1000)


_HUE = (Number("hue_hundreds", high=3), Number("hue_rest", high=99))
_LAMP: tuple[Field, ...] = (*_HUE, *map(_share, ("saturation", "value", "brightness", "temperature")))
_COLOR: tuple[Field, ...] = (
    Number("hue", 2, high=360),
    *map(_thousandth, ("saturation", "value", "brightness", "temperature")),
)


def _tasks(*fields: Field, size: int) -> Layout:
    """Return a lamp's timers: version 0 and the size of each before them."""
    return Layout((Record((Fixed(bytes((0, size))), Many(Record(fields), "tasks"))),))


def _alarms(*kinds: str) -> Layout:
    """Return a breaker's thresholds: four bytes each, in the order that the device likes."""
    alarm = Record((Word("alarm", kinds, first=1), Flag("enabled"), Number("threshold", 2)))
    return Layout((Many(alarm),))


def _electric(voltage: int = 2, power: int = 3) -> tuple[Field, ...]:
    """Return the fields that start a phase, in so many bytes: V (to 600, as nonsense shows here), A, kW."""
    return (
        Number("voltage", voltage, divisor=10, high=6000),
        Number("current", 3, divisor=1000),
        Number("power", power, divisor=1000),
    )


_Q_S_PF: tuple[Field, ...] = (
    Number("reactive_power", 3, divisor=1000),
    Number("apparent_power", 3, divisor=1000),
    Number("power_factor", high=_PERCENT),
)
_SIGNED = ("current", "power", "reactive_power", "power_factor")
_SIGNS = Bits(tuple(Part(f"negative_{name}", bit) for bit, name in enumerate(_SIGNED)))
_DIRECTED = (
    Flag("negative_power"),
    Number("power", 3, divisor=1000),
    Flag("negative_reactive_power"),
    Number("reactive_power", 3, divisor=1000),
    Number("power_factor", 2, divisor=10, high=1000),
    Number("current", 3, divisor=1000),
    Number("voltage", 2, divisor=10, low=500, high=6000),
)
_MEASURED = (
    *_electric(),
    Number("reactive_power", 3, divisor=10_000),
    Number("power_factor", 2, divisor=10, high=1000),
    Number("frequency", 2, divisor=1000, low=45_000, high=65_000),
)
_KIND = Number("kind")
_LITTLE = (
    Number("current", 4, divisor=1000, signed=True, little=True),
    Number("power", 4, divisor=1000, signed=True, little=True),
    _KIND,
)
_CIRCUIT = Record((_KIND, Number("value", 4, divisor=1000, signed=True, little=True)))

PHASE = Layout(
    (
        Record((Fixed(b"\x01\x0f"), *_electric(), *_Q_S_PF)),
        Record((Fixed(b"\x02\x0f"), *_electric(), *_Q_S_PF, _SIGNS)),
        Record(_electric()),
        Record(_electric(power=2)),
        Record(_electric(3)),
        Record((*_electric(), Number("frequency", 2, divisor=10, high=700))),
        Record((*_electric(3), Number("rest", 2))),
        Record(_MEASURED),
        Record(_DIRECTED),
        Record((*_electric(), *_Q_S_PF)),
        Record((Number("voltage", 4, divisor=10, little=True, high=6000), *_LITTLE)),
    )
)
"""A phase: 8 bytes are the oldest way; 17 and 18 start with a version and a length; the others are vendors' own."""
TOTAL = Layout((Record(_LITTLE),))
"""What the phases are together, of those who count from the little end."""
DC = Layout(
    (Record((Number("voltage", 2, divisor=10), Number("current", 2, divisor=10), Number("power", 2, divisor=100))),)
)
"""What a solar panel or a battery gives: 6 bytes."""

LAYOUTS: dict[tuple[str, ...], Layout] = {
    ("switch_inching",): Layout((Many(Record((_CHANNEL, Number("seconds", 2)))),)),
    ("cycle_time",): Layout((Many(Record((_CHANNEL, *_SPAN, Number("minutes_on", 2), Number("minutes_off", 2)))),)),
    ("random_time",): Layout((Many(Record((_CHANNEL, *_SPAN))),)),
    ("normal_time",): Layout((Many(Record((_CHANNEL, Days("days"), Minutes("on"), Minutes("off")))),)),
    ("cycle_timing",): _tasks(_TASK, *_SPAN, Number("minutes_on", 2), Number("minutes_off", 2), *_LAMP, size=16),
    ("random_timing",): _tasks(_TASK, *_SPAN, *_LAMP, size=12),
    ("power_memory",): Layout(
        (Record((Fixed(b"\0"), Word("mode", ("initial", "last", "custom")), *_COLOR)),),
    ),
    ("switch_gradient",): Layout(
        (Record((Fixed(b"\0"), Number("on", 3, divisor=1000), Number("off", 3, divisor=1000))),)
    ),
    ("mix_rgbcw",): Layout((Record((Bits((Part("white", 0), Part("color", 1)), size=2), *_COLOR)),)),
    ("scene_data",): Layout(
        (
            Record(
                (
                    Number("scene"),
                    Many(
                        Record(
                            (
                                Number("interval"),
                                Number("speed"),
                                Word("change", ("static", "jump", "gradient")),
                                *_COLOR,
                            )
                        ),
                        "steps",
                        most=8,
                    ),
                )
            ),
        ),
        stored=Storage.HEX,
    ),
    ("meal_plan", "feed_plan"): Layout(
        (Many(Record((Days("days", first="monday"), Clock("time"), Number("portions"), Flag("enabled")))),)
    ),
    ("alarm_set_1",): _alarms(
        "short_circuit", "surge", "overload", "leakage", "temperature", "fire", "overpower", "self_test"
    ),
    ("alarm_set_2",): _alarms(
        "overcurrent", "unbalance", "overvoltage", "undervoltage", "phase_loss", "outage", "magnetism", "balance"
    ),
    ("alarm_msg",): Layout((Characters("text", encoding="utf-16-be"),)),
    ("alarm_message", "doorbell_pic", "movement_detect_pic", "initiative_message"): Layout((Characters("text"),)),
    ("use_time", "countdown"): Layout((Record((Number("valve"), Number("seconds", 3))),)),
    ("time",): Layout((Clock("time"),)),
    tuple(f"week_program_13_{day}" for day in range(1, 8)): Layout(
        (
            Record(
                (Number("day", high=7), Many(Record((Clock("time"), Number("temperature", 2, divisor=10))), "periods"))
            ),
        )
    ),
    tuple(f"phase_{letter}{end}" for letter in "abcs" for end in ("", "_data")): PHASE,
    ("phase_t_data",): TOTAL,
    ("sub_current", "sub_power"): Layout((Record((_KIND, Many(_CIRCUIT, "circuits", exactly=16))),)),
    tuple(f"pv{n}_dc_data" for n in range(1, 5)): DC,
}
_BY_CODE = {fold(code): layout for codes, layout in LAYOUTS.items() for code in codes}


def layout_of(datapoint: Datapoint) -> Layout | None:
    """Return the layout of a datapoint, None where nobody knows it."""
    return _BY_CODE.get(fold(datapoint.code))


def codes() -> Iterator[str]:
    """Yield the codes that have a layout."""
    yield from (code for known in LAYOUTS for code in known)
