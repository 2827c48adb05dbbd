"""What a device said so far, as an immutable snapshot."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

EMPTY: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class DeviceState:
    """All datapoints known, and those of the last report (`reported`), which make events and filtering possible."""

    dps: Mapping[str, object] = EMPTY
    reported: frozenset[str] = field(default=frozenset(), kw_only=True)

    def merge(self, report: Mapping[str, object]) -> DeviceState:
        """Return the state after this report."""
        return DeviceState(MappingProxyType({**self.dps, **report}), reported=frozenset(report))
