"""Tuya devices on the LAN: versions 3.1 to 3.5, their sessions, their discovery. Knows nothing of Home Assistant."""

from .discovery import Announcement, Discovery, parse
from .endpoint import PORT, Endpoint, LinkListener, LinkState, Stats, Timing
from .errors import (
    Busy,
    ConnectionLost,
    DeviceRefused,
    FrameError,
    HandshakeCut,
    KeyRejected,
    LanError,
    NoAnswer,
    Unreachable,
    VersionMismatch,
    Wedged,
)
from .identify import Identified, identify
from .link import Link
from .session import Presence, Report
from .sweep import Found, addresses, sweep

__all__ = [
    "PORT",
    "Announcement",
    "Busy",
    "ConnectionLost",
    "DeviceRefused",
    "Discovery",
    "Endpoint",
    "Found",
    "FrameError",
    "HandshakeCut",
    "Identified",
    "KeyRejected",
    "LanError",
    "Link",
    "LinkListener",
    "LinkState",
    "NoAnswer",
    "Presence",
    "Report",
    "Stats",
    "Timing",
    "Unreachable",
    "VersionMismatch",
    "Wedged",
    "addresses",
    "identify",
    "parse",
    "sweep",
]
