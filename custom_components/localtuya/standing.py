"""How an account stands with the cloud: what only its owner can put right is said once, and taken back when it is."""

from collections.abc import Iterator
from contextlib import contextmanager
import logging

from homeassistant.config_entries import ConfigEntry
from homeassistant.const import CONF_CLIENT_ID
from homeassistant.core import HomeAssistant

from .account import Account
from .cloud.errors import OF_ONE_ACCOUNT, CloudAuthError, CloudClockError, CloudError, CloudSetupError, CloudTokenError
from .cloud.ledger import Cause, Ledger, because
from .issues import async_report_refusal, async_solve_refusal

_LOGGER = logging.getLogger(__name__)


class Standing:
    """What the cloud said to the calls of one entry; nothing of it keeps a device from working."""

    def __init__(self, hass: HomeAssistant, entry: ConfigEntry) -> None:
        """Begin without a word of the cloud."""
        self._hass = hass
        self._entry = entry
        self._told = ""
        self._account: Account | None = None
        self._rest = Ledger()

    @property
    def rest(self) -> float:
        """Seconds until this account is worth asking for again; the project's other accounts may do better."""
        return self._rest.rest

    @contextmanager
    def calling(self, account: Account, cause: Cause) -> Iterator[None]:
        """Judge what comes of the calls made meanwhile; errors go on to the caller."""
        if account is not self._account:
            self._account, self._rest = account, Ledger()
        if self._rest.error is not None and cause is not Cause.SET_UP:
            raise self._rest.error
        try:
            with because(cause):
                yield
        except CloudError as error:
            self._refused(account, error)
            raise
        self._told = ""
        self._rest.served()
        async_solve_refusal(self._hass, self._entry.entry_id)

    def _refused(self, account: Account, error: CloudError) -> None:
        if CONF_CLIENT_ID not in self._entry.data:  # it was left for good while the call was under way
            return
        level = logging.DEBUG
        if isinstance(error, CloudAuthError):
            account.ledger.refused(error)
            self._entry.async_start_reauth(self._hass)
        elif isinstance(error, CloudSetupError | CloudClockError | CloudTokenError):
            alone = isinstance(error, CloudSetupError) and error.reason in OF_ONE_ACCOUNT
            (self._rest if alone else account.ledger).refused(error)
            async_report_refusal(self._hass, self._entry, error)
            level = logging.DEBUG if self._told == error.key else logging.WARNING
            self._told = error.key
        _LOGGER.log(level, "The cloud refuses %s: %s; devices work on without it", self._entry.title, error)
