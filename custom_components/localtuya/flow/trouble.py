"""What a form of an account says when something is wrong: the sentence, its field, and the way to its paragraph."""

from dataclasses import dataclass, field
from typing import Any, Final, Self

from homeassistant.const import CONF_CLIENT_ID, CONF_REGION
from homeassistant.core import HomeAssistant
import voluptuous as vol

from ..cloud.errors import CloudError
from ..cloud.everywhere import Accounts
from ..cloud.regions import Region
from ..const import CONF_CLIENT_SECRET, CONF_USER_ID, GUIDE
from ..texts import async_texts
from .credentials import ANCHORS

_FIELDS: Final = {
    "invalid_client_id": CONF_CLIENT_ID,
    "invalid_client_secret": CONF_CLIENT_SECRET,
    "user_id_needed": CONF_USER_ID,
    "wrong_region": CONF_REGION,
    "wrong_user": CONF_USER_ID,
}
"""The field that an error of the cloud is shown at; the others are shown above the form."""
_NAMES_SHOWN: Final = 3


@dataclass(slots=True)
class Trouble:
    """The errors of a form by field; false if there are none."""

    errors: dict[str, str] = field(default_factory=dict)
    corrected: dict[str, Any] = field(default_factory=dict, kw_only=True)
    """What the form shows in place of what was typed."""
    detail: str = field(default="", kw_only=True)
    """What the cloud said, with its code."""
    answered: bool = field(default=False, kw_only=True)
    """Whether that is an answer of Tuya's, which deserves to be shown beside our own sentence."""
    anchor: str = field(default="", kw_only=True)
    found: str = field(default="", kw_only=True)
    """The code of the data center that has the devices."""
    entries: str = field(default="", kw_only=True)
    """The titles of the entries that have the devices already."""

    def __bool__(self) -> bool:
        return bool(self.errors)

    @classmethod
    def of(cls, key: str, *, entries: str = "") -> Self:
        """Return what concerns the form as a whole."""
        return cls({"base": key}, entries=entries)

    @classmethod
    def because(cls, error: CloudError) -> Self:
        """Return what the cloud refused."""
        errors = {_FIELDS.get(error.key, "base"): error.key}
        return cls(errors, detail=error.answer, answered=bool(error.code), anchor=error.cure.anchor)

    @classmethod
    def elsewhere(cls, region: Region) -> Self:
        """Return that the devices are in another data center, which the form then offers."""
        return cls({CONF_REGION: "elsewhere"}, corrected={CONF_REGION: region.code}, found=region.code)

    @property
    def first(self) -> str:
        """The error, wherever it is shown; empty if there is none."""
        return next(iter(self.errors.values()), "")

    def errors_in(self, schema: vol.Schema) -> dict[str, str]:
        """Return the errors for a form that may lack the field."""
        fields = {str(key) for key in schema.schema}
        return {place if place in fields else "base": error for place, error in self.errors.items()}

    async def async_placeholders(self, hass: HomeAssistant) -> dict[str, str]:
        """Return what the texts of the form need."""
        texts = await async_texts(hass)
        regions = await async_texts(hass, "selector")
        errors = await async_texts(hass, "config")
        anchor = self.anchor or ANCHORS.get(self.first, "")
        sentence = errors.get(f"error.{self.first}", "")
        once = self.answered and "{detail}" not in sentence
        line = texts["refusal"].format(detail=self.detail) if once else ""
        link = texts["learn_more"].format(url=f"{GUIDE}#{anchor}") if anchor else ""
        said = {"detail": self.detail, "entries": self.entries}
        said["found"] = regions.get(f"region.options.{self.found}", "")
        return {
            **said,
            "guide": GUIDE,
            "learn_more": " ".join(filter(None, (line, link))),
            "reason": sentence.format(**said),
        }


async def async_labels(hass: HomeAssistant, accounts: Accounts) -> list[tuple[str, str]]:
    """Return user ids and labels: whose account it is, one tells best by its devices."""
    text = (await async_texts(hass))["linked_account"]
    return [
        (user_id, text.format(user_id=user_id, count=len(names), names=", ".join(filter(None, names[:_NAMES_SHOWN]))))
        for user_id, names in accounts.items()
    ]
