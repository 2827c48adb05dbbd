"""A real `hass` in a process of its own, with a configuration folder that nobody used before."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
import json
import os
from pathlib import Path
import re
import shutil
import signal
import socket
import sys
from typing import Final

COMPONENTS: Final = (Path(__file__).parents[2] / "custom_components/localtuya", Path(__file__).with_name("demo_day"))
STARTING: Final = 120.0  # seconds; a slow machine compiles much at the first start
STOPPING: Final = 30.0

_CONFIGURATION = """\
homeassistant:
  name: Demo home
  country: DE
  time_zone: Europe/Berlin
  latitude: 52.52
  longitude: 13.41
api:
config:
demo_day:
frontend:
logger:
  default: warning
  logs:
    custom_components.localtuya: {level}
"""
_STAMP = re.compile(r"^\d{4}-\d\d-\d\d ")
_TROUBLE = re.compile(r"^\S+ \S+ (WARNING|ERROR|CRITICAL) ")
_OURS = re.compile(r"\A.*localtuya|custom_components[./]localtuya")  # in the first line, or in a traceback
_EXPECTED = re.compile(r"\[homeassistant\.loader\] We found a custom integration localtuya ")


class HouseError(Exception):
    """Home Assistant did not do what it should; the text says what."""


class House:
    """Home Assistant at `url`; `environment` is added to this process's own."""

    def __init__(self, folder: Path, *, environment: Mapping[str, str], verbose: bool = False) -> None:
        self.folder = folder
        self.port = free_port(8123)
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "home-assistant.log"
        self._environment = {**os.environ, **environment}
        self._level = "debug" if verbose else "info"
        self._process: asyncio.subprocess.Process | None = None

    def furnish(self) -> None:
        """Make the folder anew: configuration, half a welcome and the integration."""
        shutil.rmtree(self.folder, ignore_errors=True)
        (self.folder / "custom_components").mkdir(parents=True)
        for component in COMPONENTS:
            (self.folder / "custom_components" / component.name).symlink_to(component)
        # the two steps of the welcome that would add integrations of the internet are done already
        self._store("onboarding", 4, 1, {"done": ["core_config", "analytics"]})
        self._store("http", 2, 2, {"stable": self._server(), "pending": None, "yaml_migration_done": True})
        (self.folder / "configuration.yaml").write_text(_CONFIGURATION.format(level=self._level))

    async def start(self) -> None:
        """Start it and wait until it answers; raise HouseError with the end of its log if it does not."""
        hass = Path(sys.executable).with_name("hass")
        with (self.folder / "output.log").open("ab") as output:
            self._process = await asyncio.create_subprocess_exec(
                hass,
                "--config",
                self.folder,
                "--skip-pip",  # what it needs is pinned in the project's environment
                stdout=output,
                stderr=output,
                env=self._environment,
                start_new_session=True,  # Ctrl-C is for this program, which then stops it in order
            )
        try:
            async with asyncio.timeout(STARTING):
                await self._answering()
        except TimeoutError:
            await self.stop()
            raise HouseError(f"Home Assistant did not answer within {STARTING:.0f} s:\n{self._end_of_log()}") from None

    async def stop(self) -> None:
        """Ask it to stop, and make it if it does not."""
        process, self._process = self._process, None
        if process is None or process.returncode is not None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(STOPPING):
                await process.wait()
        except TimeoutError:
            process.kill()
            await process.wait()
            raise HouseError(f"Home Assistant did not stop within {STOPPING:.0f} s and was killed") from None

    def complaints(self) -> list[str]:
        """Return the warnings and errors in its log that concern the integration, tracebacks included."""
        return [text for text in self._troubles() if _OURS.search(text) and not _EXPECTED.search(text)]

    def _store(self, key: str, version: int, minor_version: int, data: object) -> None:
        """Write a file as Home Assistant stores it."""
        storage = self.folder / ".storage"
        storage.mkdir(exist_ok=True)
        content = {"version": version, "minor_version": minor_version, "key": key, "data": data}
        (storage / key).write_text(json.dumps(content))

    def _server(self) -> dict[str, object]:
        """Return the settings of the web server as they are stored; those of a YAML file would have to be confirmed."""
        return {
            "server_host": ["127.0.0.1"],
            "server_port": self.port,
            "cors_allowed_origins": [],
            "login_attempts_threshold": -1,
            "ip_ban_enabled": False,
            "ssl_profile": "modern",
            "use_x_frame_options": True,
            "created_at": datetime.now(UTC).isoformat(),
            "error": None,
            "error_message": None,
        }

    async def _answering(self) -> None:
        while True:
            if self._process is None or self._process.returncode is not None:
                raise HouseError(f"Home Assistant ended at once:\n{self._end_of_log()}")
            with suppress(OSError):
                _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                writer.close()
                return
            await asyncio.sleep(0.1)

    def _troubles(self) -> list[str]:
        """Return each warning or error with the lines that belong to it."""
        troubles: list[list[str]] = []
        inside = False
        for line in self._lines():
            if _STAMP.match(line):
                inside = bool(_TROUBLE.match(line))
                troubles += [[]] * inside
            if inside:
                troubles[-1].append(line)
        return ["\n".join(lines) for lines in troubles]

    def _lines(self) -> list[str]:
        return self.log.read_text(errors="replace").splitlines() if self.log.exists() else []

    def _end_of_log(self) -> str:
        return "\n".join((self.folder / "output.log").read_text(errors="replace").splitlines()[-20:])


def free_port(preferred: int, kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    """Return the preferred port if nobody has it at any address of this machine, else a free one."""
    for port in (preferred, 0):
        with socket.socket(socket.AF_INET, kind) as listener, suppress(OSError):
            if kind is socket.SOCK_STREAM:
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # pays no heed to the dead
            listener.bind(("", port))
            return int(listener.getsockname()[1])
    raise HouseError("no port is free")
