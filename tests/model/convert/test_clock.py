from typing import Any

import pytest

from custom_components.localtuya.model.convert.clock import SECONDS, at_most_a_day, counted, hms, part
from custom_components.localtuya.model.errors import ValueRejected

from ..devices import dp


@pytest.mark.parametrize(
    ("facts", "role"),
    [
        ({"min": 0, "max": 86_400, "unit": "s"}, "second"),
        ({"min": 0, "max": 86_400, "unit": ""}, "second"),
        ({"min": 0, "max": 1440, "unit": "min"}, "minute"),
        ({"min": 0, "max": 1440, "unit": ""}, "minute"),
        ({"min": 0, "max": 24, "unit": "h"}, "hour"),
        ({"min": 0, "max": 90_000, "unit": "s"}, None),
        ({"min": 0, "max": 36, "unit": "h"}, None),
        ({"min": 0, "max": 600, "unit": "s", "scale": 1}, None),
        ({"min": -10, "max": 600, "unit": "s"}, None),
        ({"min": 0, "max": 0, "unit": "s"}, None),
        ({"min": 0, "max": 100, "unit": "%"}, None),
    ],
)
def test_what_a_time_to_go_is_counted_in(facts: dict[str, Any], role: str | None) -> None:
    datapoint = dp("countdown", "value", step=1, **facts)

    assert [each for each in SECONDS if counted(each)(datapoint)] == ([role] if role else [])
    assert (at_most_a_day(datapoint) is not None) is (role is not None)


def test_parts() -> None:
    assert part("hour")(dp("hour_on", "value", min=0, max=23)) is not None
    assert part("hour")(dp("hour_on", "value", min=0, max=59)) is None
    assert part("minute")(dp("minute_on", "value", min=0, max=59)) is not None
    assert part("minute")(dp("minute_on", "value", min=1, max=59)) is None
    assert part("minute")(dp("minute_on", "enum", range=["0"])) is None


def test_a_written_time() -> None:
    point = hms(dp("alarm_clock", "string", maxlen=5))
    assert point is not None
    assert [point.read({"1": raw}) for raw in ("07:30", "7:05", "0730", "07:30:10", "7h", "24:00", 7)] == [
        27_000,
        25_500,
        27_000,
        27_010,
        None,
        None,
        None,
    ]
    assert point.write(27_000) == {"1": "07:30"}
    for value in (27_010, -1, 86_400):
        with pytest.raises(ValueRejected):
            point.write(value)
