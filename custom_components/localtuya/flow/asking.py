"""Credentials that were typed into a form: tried in the cloud, unless they cannot be right."""

from collections.abc import Awaitable, Callable, Mapping
import logging
from typing import Any

from homeassistant.config_entries import SOURCE_RECONFIGURE, ConfigFlow, ConfigFlowContext, ConfigFlowResult

from ..cloud.errors import CloudError
from . import credentials
from .inquiry import MOST_TIME, Inquiry
from .patience import PatientFlow
from .trouble import Trouble

_LOGGER = logging.getLogger(__name__)


type Refuse = Callable[[Trouble], Awaitable[ConfigFlowResult]]
"""Shows a form once more, with what is wrong."""


class AskingFlow(PatientFlow[ConfigFlowContext, ConfigFlowResult, str], ConfigFlow):
    """What all flows need that take credentials."""

    most_time = MOST_TIME

    async def _async_inquire(self, typed: Mapping[str, Any]) -> tuple[Trouble, Inquiry]:
        """Ask the cloud; return what is wrong, and what is known."""
        anyone = self.source == SOURCE_RECONFIGURE
        inquiry = Inquiry(self.hass, dict(typed), most_time=self.most_time, occupied_too=anyone)
        if mistakes := credentials.mistakes(typed):
            corrected = credentials.exchanged(typed) if "swapped" in mistakes.values() else {}
            return Trouble(mistakes, corrected=corrected), inquiry
        try:
            await inquiry.async_ask()
        except CloudError as error:
            _LOGGER.info("The form of the account is refused: %s", error)
            return Trouble.because(error), inquiry
        if inquiry.elsewhere is not None:
            return Trouble.elsewhere(inquiry.elsewhere), inquiry
        return Trouble(), inquiry
