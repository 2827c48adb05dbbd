"""What the user decided for one device, beyond what the catalogue knows."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The user's word on one datapoint; what is None stays as it is."""

    hidden: bool = False
    """No entity is made of it, and none reads it."""
    platform: str | None = None
    """It becomes a plain entity of this platform, where its kind allows that."""
    name: str | None = None
    device_class: str | None = None
    unit: str | None = None
    scale: int | None = None
    """The value is the raw number divided by 10 to this."""
    inverted: bool = False
    """Yes and no, or the ends of the range, are swapped."""
    enabled: bool | None = None


@dataclass(frozen=True, slots=True)
class UserChoices:
    """The user's choices by datapoint id."""

    choices: Mapping[str, Choice] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """Return plain JSON, with what differs from the default only."""
        usual = asdict(Choice())
        return {
            dp: {name: value for name, value in asdict(choice).items() if value != usual[name]}
            for dp, choice in self.choices.items()
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> UserChoices:
        """Return the choices; what is unknown or of a wrong type is ignored."""
        return cls({dp: _choice(row) for dp, row in data.items() if isinstance(row, Mapping)})


def _choice(row: Mapping[str, Any]) -> Choice:
    kinds: dict[str, type] = {
        "hidden": bool,
        "platform": str,
        "name": str,
        "device_class": str,
        "unit": str,
        "scale": int,
        "inverted": bool,
        "enabled": bool,
    }
    return Choice(**{name: row[name] for name, kind in kinds.items() if type(row.get(name)) is kind})
