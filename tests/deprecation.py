"""Whether the integration made a call that Home Assistant has given up."""

from collections.abc import Generator, Iterable
import logging

import pytest

_MARK = "Detected that custom integration"


@pytest.fixture(autouse=True)
def _no_deprecated_call(caplog: pytest.LogCaptureFixture) -> Generator[None]:
    """Fail the test in which that happens."""
    yield
    records = [record for phase in ("setup", "call") for record in caplog.get_records(phase)]
    assert not deprecated_calls(records)


def deprecated_calls(records: Iterable[logging.LogRecord]) -> list[str]:
    """Return the messages about deprecated calls."""
    messages = (record.getMessage() for record in records)
    return [message for message in messages if _MARK in message]
