"""The devices of an app account, and whether the cloud answered all that was asked of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import override

from .errors import CloudError
from .rows import CloudDevice


@dataclass(frozen=True, slots=True, eq=False)
class Roll(Mapping[str, CloudDevice]):
    """Devices by id; where there are gaps, what is missing is no proof that it is not there."""

    devices: Mapping[str, CloudDevice] = field(default_factory=dict)
    gaps: tuple[CloudError, ...] = field(default=(), kw_only=True)
    """Why questions got no answer that may get one later."""

    @property
    def complete(self) -> bool:
        """Whether what is missing here is missing in the account."""
        return not self.gaps

    @override
    def __getitem__(self, device_id: str) -> CloudDevice:
        return self.devices[device_id]

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self.devices)

    @override
    def __len__(self) -> int:
        return len(self.devices)
