"""A cloud project at one data center: every call has a token that holds, the server's time and a line in the ledger."""

import asyncio
from collections.abc import Callable, Mapping
import logging
import re
from typing import Final

from .errors import (
    CloudAuthError,
    CloudBusy,
    CloudClockError,
    CloudError,
    CloudRefused,
    CloudSetupError,
    CloudTokenError,
    CloudUnreachable,
)
from .ledger import Ledger
from .rows import Token, parse_token
from .wire import Wire

_LOGGER = logging.getLogger(__name__)

ID: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")
"""What may be part of a path."""
_PROJECT_QUOTA: Final = 28841004


class Project:
    """Makes the calls of one client; `clock` gives seconds since 1970."""

    def __init__(self, wire: Wire, *, ledger: Ledger, clock: Callable[[], float]) -> None:
        self.calls = 0
        """Requests made so far."""
        self.ledger = ledger
        self.wire = wire
        self._clock = clock
        self._offset = 0.0
        self._token: Token | None = None
        self._renewing = asyncio.Lock()
        self._failures = 0
        self._failure: CloudError | None = None

    async def authenticate(self) -> None:
        """Get a token."""
        async with self._renewing:
            await self._renew()

    async def call(self, path: str, query: Mapping[str, str] | None = None) -> object:
        """Return the result of a call; the ledger hears what holds for all calls."""
        try:
            result = await self._call_with_token(path, query or {})
        except CloudBusy as err:
            self.ledger.refused(err)
            raise
        except CloudSetupError as err:
            if err.code == _PROJECT_QUOTA:
                self.ledger.refused(err)
            raise
        self.ledger.served()
        return result

    async def _call_with_token(self, path: str, query: Mapping[str, str]) -> object:
        """Return the result of a call; a token that no longer holds is replaced once."""
        token = await self._valid_token()
        try:
            try:
                return await self._timely(path, query, token)
            except CloudTokenError:
                if self._token is token:
                    self._token = None
                token = await self._valid_token()
                return await self._timely(path, query, token)
        except CloudAuthError as err:
            async with self._renewing:
                if self._token is token:
                    await self._renew()  # raises if the secret was changed meanwhile
            raise CloudRefused(err.code, err.tid, detail="the signature of this call is not accepted") from err

    async def _valid_token(self) -> Token:
        """Return the token. However many calls wait for a new one, one asks for it, and all share what comes of it."""
        failures = self._failures
        async with self._renewing:
            if self._token is not None and self._clock() < self._token.renew_at:
                return self._token
            if self._failure is not None and self._failures != failures:
                raise self._failure
            return await self._renew()

    async def _renew(self) -> Token:
        self._token = self._failure = None
        try:
            self._token = await self._get_token()
        except CloudError as err:
            self._failure = err
            self._failures += 1
            raise
        return self._token

    async def _get_token(self) -> Token:
        """Ask for a token. Never refreshes one: that would take it away from the project's other clients."""
        if not ID.fullmatch(self.wire.client_id):
            raise CloudAuthError(key="invalid_client_id", detail="no Client ID looks like this")
        result = await self._timely("/v1.0/token", {"grant_type": "1"}, None)
        if (token := parse_token(result, now=self._clock())) is None:
            raise CloudUnreachable(key="garbage_answer", detail="the answer holds no token")
        return token

    async def _timely(self, path: str, query: Mapping[str, str], token: Token | None) -> object:
        """Request; where our clock is off, learn the server's time and request once more."""
        try:
            return await self._request(path, query, token)
        except CloudClockError as err:
            if err.server_time is None:
                raise
            self._offset = err.server_time - self._clock()
            _LOGGER.warning("The clock of this machine differs by %.0f seconds from Tuya's", abs(self._offset))
        return await self._request(path, query, token)

    async def _request(self, path: str, query: Mapping[str, str], token: Token | None) -> object:
        self.ledger.enter(path)
        self.calls += 1
        now = round((self._clock() + self._offset) * 1000)
        return await self.wire.get(path, query, time_ms=now, access_token=token.value if token else "")
