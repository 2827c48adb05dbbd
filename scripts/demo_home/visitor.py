"""Somebody who uses Home Assistant from outside: REST API and websocket, as its frontend does."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any, Final

import aiohttp

NAME, USER, PASSWORD = "Demo", "demo", "demo"
ABSENT: Final = frozenset({"unavailable", "unknown"})

type Json = dict[str, Any]


class VisitorError(Exception):
    """Home Assistant answered something else than it should; the text says what."""


@dataclass(frozen=True, slots=True)
class EntityRow:
    """An entity of the integration, as the registries have it; `tuya_id` is the id of its device."""

    entity_id: str
    tuya_id: str = field(kw_only=True)
    unique_id: str = field(kw_only=True)
    enabled: bool = field(kw_only=True)

    @property
    def domain(self) -> str:
        """Its platform: `light`."""
        return self.entity_id.partition(".")[0]


class Visitor:
    """A client of the Home Assistant at `url`; every method raises VisitorError or what aiohttp raises."""

    def __init__(self, session: aiohttp.ClientSession, url: str) -> None:
        self.url = url
        self.tokens: Json = {}
        self.states: dict[str, Json] = {}
        self._session = session
        self._socket: aiohttp.ClientWebSocketResponse | None = None
        self._numbers = count(1)
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._news = asyncio.Event()

    async def onboard(self) -> None:
        """Make the first user and leave the welcome pages behind."""
        client_id = f"{self.url}/"
        user = {"client_id": client_id, "name": NAME, "username": USER, "password": PASSWORD, "language": "en"}
        code = (await self.post("/api/onboarding/users", user))["auth_code"]
        form = {"client_id": client_id, "grant_type": "authorization_code", "code": code}
        async with self._session.post(f"{self.url}/auth/token", data=form) as response:
            self.tokens = await response.json()
        await self.post("/api/onboarding/integration", {"client_id": client_id, "redirect_uri": client_id})

    async def get(self, path: str) -> Any:
        """Return the JSON of a page."""
        return await self._request("GET", path, None)

    async def post(self, path: str, body: Json) -> Any:
        """Send JSON, return JSON."""
        return await self._request("POST", path, body)

    async def call(self, entity_id: str, service: str, **data: Any) -> None:
        """Call a service of the entity's own domain."""
        domain = entity_id.partition(".")[0]
        await self.post(f"/api/services/{domain}/{service}", {"entity_id": entity_id, **data})

    @asynccontextmanager
    async def watching(self) -> AsyncIterator[None]:
        """Keep `states` up to date, by the websocket."""
        async with self._session.ws_connect(f"{self.url}/api/websocket", max_msg_size=0) as self._socket:
            await self._socket.receive_json()
            await self._socket.send_json({"type": "auth", "access_token": self.tokens["access_token"]})
            if (answer := await self._socket.receive_json())["type"] != "auth_ok":
                raise VisitorError(f"the websocket does not let us in: {answer}")
            reader = asyncio.create_task(self._read())
            try:
                self.states.clear()
                await self.ask("subscribe_events", event_type="state_changed")
                for state in await self.ask("get_states"):
                    self.states.setdefault(state["entity_id"], state)
                yield
            finally:
                reader.cancel()
                with suppress(asyncio.CancelledError):
                    await reader

    async def ask(self, kind: str, **fields: Any) -> Any:
        """Return the result of a websocket command; only while watching."""
        if self._socket is None:
            raise VisitorError("nobody is watching")
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        await self._socket.send_json({"id": number, "type": kind, **fields})
        return await answer

    async def devices(self) -> dict[str, Json]:
        """Return the integration's rows of the device registry by the devices' Tuya ids."""
        return {
            name.removeprefix("local_"): device
            for device in await self.ask("config/device_registry/list")
            for domain, name in device["identifiers"]
            if domain == "localtuya"
        }

    async def entities(self) -> dict[str, EntityRow]:
        """Return the integration's entities by entity id."""
        tuya_ids = {device["id"]: tuya_id for tuya_id, device in (await self.devices()).items()}
        return {
            row["entity_id"]: EntityRow(
                row["entity_id"],
                tuya_id=tuya_ids.get(row["device_id"], ""),
                unique_id=row["unique_id"],
                enabled=row["disabled_by"] is None,
            )
            for row in await self.ask("config/entity_registry/list")
            if row["platform"] == "localtuya"
        }

    async def until(self, true: Callable[[], bool], seconds: float) -> bool:
        """Return whether it became true within so many seconds, seen after every change of a state."""
        try:
            async with asyncio.timeout(seconds):
                while not true():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            return False
        return True

    def state(self, entity_id: str) -> str:
        """Return the state, `unavailable` if there is none."""
        return str(self.states.get(entity_id, {}).get("state", "unavailable"))

    async def _request(self, method: str, path: str, body: Json | None) -> Any:
        token = self.tokens.get("access_token")
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        async with self._session.request(method, self.url + path, json=body, headers=headers) as response:
            if response.status >= 400:
                raise VisitorError(f"{method} {path}: {response.status} {(await response.text())[:300]}")
            return await response.json()

    async def _read(self) -> None:
        if self._socket is None:
            return
        async for message in self._socket:
            self._take(message.json())

    def _take(self, message: Json) -> None:
        match message:
            case {"type": "event", "event": {"event_type": "state_changed", "data": data}}:
                if data["new_state"] is None:
                    self.states.pop(data["entity_id"], None)
                else:
                    self.states[data["entity_id"]] = data["new_state"]
                self._news.set()
            case {"type": "result", "id": number, "success": True, "result": result}:
                self._answers.pop(number).set_result(result)
            case {"type": "result", "id": number, "error": error}:
                self._answers.pop(number).set_exception(VisitorError(str(error)))
