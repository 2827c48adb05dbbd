"""What can go wrong between here and a device; every leaf asks something else of the caller."""

# ruff: noqa: N818 - each name says what happened

from typing import override


class LanError(Exception):
    """Anything that goes wrong on the LAN side."""


class ConnectionLost(LanError):
    """There is no connection, or it ended: try again later."""


class Unreachable(ConnectionLost):
    """Nobody accepts a connection at the address: look for the device elsewhere."""


class HandshakeCut(ConnectionLost):
    """The device hung up while the session key was negotiated: another key, or no free place."""


class Busy(ConnectionLost):
    """The device hung up before it was asked anything: other clients hold all its places."""


class Wedged(ConnectionLost):
    """The device accepts connections and resets them: only a power cycle helps."""


class Stillborn(ConnectionLost):
    """The derived session key begins with a zero byte, which devices take for no key: start over at once."""


class KeyRejected(LanError):
    """The local key is not (or no longer) the device's: get the current one."""


class VersionMismatch(LanError):
    """The device speaks another protocol version; `version` is the likely one, if the answer betrayed it."""

    def __init__(self, message: str, version: str | None = None) -> None:
        super().__init__(message)
        self.version = version


class FrameError(LanError):
    """Bytes that are no sound frame: the connection may be out of step."""


class Unreadable(FrameError):
    """A frame that arrived intact but does not decrypt; `command` and `retcode` were in the clear."""

    def __init__(self, command: int, retcode: int) -> None:
        super().__init__(f"command {command:#04x} does not decrypt")
        self.command = command
        self.retcode = retcode


class DeviceRefused(LanError):
    """The device answered no; `text` is its reason, in its own words."""

    def __init__(self, retcode: int, text: str) -> None:
        super().__init__(retcode, text)
        self.retcode = retcode
        self.text = text

    @override
    def __str__(self) -> str:
        return f"refused with code {self.retcode}: {self.text}"


class NoAnswer(LanError):
    """The device kept silent for the time allowed."""
