"""What can go wrong with the cloud. Each class is another next step of the caller; each Tuya code is a row."""

from dataclasses import dataclass, field
from typing import ClassVar, Final


class CloudError(Exception):
    """Anything that the cloud refuses; `key` is the translation key of a form's error, `code` is Tuya's, 0 if none."""

    usual_key: ClassVar[str] = "unknown_cloud_error"

    def __init__(self, code: int = 0, tid: str = "", *, key: str = "", detail: str = "") -> None:
        """Keep the parts; `detail` is our own word on it, never the server's text, which could quote a secret."""
        row = _ROWS.get(code)
        self.code = code
        self.tid = tid
        self.key = key or self.usual_key
        self.meaning = detail or (row.meaning if row else "an answer that no list explains")
        self.next_step = row.next_step if row else ""
        super().__init__(code, tid)

    def __str__(self) -> str:
        """Return one line for the log, with the trace id that Tuya's support asks for."""
        known = [f"code {self.code}"] if self.code else []
        known += [f"trace {self.tid}"] if self.tid else []
        return f"{self.meaning} ({', '.join(known)})" if known else self.meaning


class CloudUnreachable(CloudError):  # noqa: N818 - named for what happened
    """No answer, or none that is one: try again later."""

    usual_key = "cannot_connect"


class CloudAuthError(CloudError):
    """The client id or the client secret is wrong: ask the user again."""

    usual_key = "invalid_client_secret"


class CloudClockError(CloudError):
    """The host's clock is off by minutes, and using the server's time did not help."""

    usual_key = "clock_off"

    def __init__(self, code: int = 0, tid: str = "", *, key: str = "", detail: str = "") -> None:
        """Keep the parts; `server_time` (seconds since 1970) is set by whoever read the answer, None if it had none."""
        super().__init__(code, tid, key=key, detail=detail)
        self.server_time: float | None = None


class CloudSetupError(CloudError):
    """The project or the account is not set up right on Tuya's platform: tell the user what to do there.

    `reason` is wrong_region, wrong_user, not_linked, not_subscribed, expired, quota or ip_blocked.
    """

    usual_key = "wrong_user"

    def __init__(self, code: int = 0, tid: str = "", *, key: str = "", detail: str = "", reason: str = "") -> None:
        """Keep the parts; without a reason, the code's own."""
        super().__init__(code, tid, key=key, detail=detail)
        row = _ROWS.get(code)
        self.reason = reason or (row.reason if row else "") or "not_linked"


class CloudBusy(CloudError):  # noqa: N818 - named for what happened
    """Too many calls: try again in a minute or more, never at once."""

    usual_key = "busy"


class CloudTokenError(CloudBusy):
    """The access token does not hold although it is new: another program keeps renewing the project's token."""


class CloudRefused(CloudError):  # noqa: N818 - named for what happened
    """What was asked is not there for this device, or we asked wrongly: continue without."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One code of Tuya's: what it means, what to do, and what it becomes."""

    code: int
    error: type[CloudError] = field(kw_only=True)
    meaning: str = field(kw_only=True)
    next_step: str = field(kw_only=True, default="")
    key: str = field(kw_only=True, default="")
    reason: str = field(kw_only=True, default="")


def error_of(code: int, tid: str = "") -> CloudError:
    """Return the exception for a code of an answer; an unknown one is `CloudRefused`."""
    row = _ROWS.get(code)
    return row.error(code, tid, key=row.key) if row else CloudRefused(code, tid)


def _refused(code: int, meaning: str) -> Fault:
    return Fault(code, error=CloudRefused, meaning=meaning)


def _token(code: int, meaning: str) -> Fault:
    return Fault(
        code,
        error=CloudTokenError,
        meaning=meaning,
        next_step="Find the other program that uses this project and give it a project of its own.",
    )


def _busy(code: int, meaning: str) -> Fault:
    return Fault(code, error=CloudBusy, meaning=meaning, next_step="Wait a minute.")


def _auth(code: int, meaning: str, *, key: str) -> Fault:
    return Fault(
        code,
        error=CloudAuthError,
        meaning=meaning,
        key=key,
        next_step="Copy the Client ID and the Client Secret again from the project's overview.",
    )


def _setup(code: int, meaning: str, next_step: str, *, key: str, reason: str) -> Fault:
    return Fault(code, error=CloudSetupError, meaning=meaning, next_step=next_step, key=key, reason=reason)


_LINK: Final = "Link the home owner's app account to the project (Devices > Link App Account), copy the UID from there."
_SERVICES: Final = (
    "Authorise IoT Core, Authorization Token Management, Smart Home Basic Service, Industry Basic Service and Device "
    "Status Notification in the project's tab Service API; it takes some minutes to work."
)
_EXTEND: Final = "Extend the trial of IoT Core (Cloud > Cloud Services > IoT Core > My Subscriptions)."
_REGION: Final = "Choose the data center of the app account, or enable it in the project (Overview > Edit)."

FAULTS: Final = (
    Fault(500, error=CloudUnreachable, meaning="Tuya's system has an error", next_step="Try again later."),
    Fault(501, error=CloudUnreachable, meaning="Tuya's system did not execute it", next_step="Try again later."),
    _refused(1000, "the data does not exist"),
    _auth(1001, "the Client Secret is wrong", key="invalid_client_secret"),
    _token(1002, "the access token is missing"),
    _refused(1003, "the grant type is wrong"),
    _auth(1004, "the signature is wrong", key="invalid_client_secret"),
    _auth(1005, "the Client ID is unknown", key="invalid_client_id"),
    _refused(1006, "the content type is wrong"),
    _auth(1007, "the key is wrong", key="invalid_client_secret"),
    _auth(1008, "the Client ID is wrong", key="invalid_client_id"),
    _token(1010, "the access token has expired"),
    _token(1011, "the access token is invalid"),
    _token(1012, "the access token's state is invalid"),
    Fault(1013, error=CloudClockError, meaning="the clock is off", next_step="Set the clock of this machine."),
    _setup(1100, "a parameter is empty", _LINK, key="wrong_user", reason="wrong_user"),
    _refused(1101, "a parameter is out of range"),
    _refused(1102, "a parameter is missing"),
    Fault(1103, error=CloudUnreachable, meaning="the command was not issued", next_step="Try again later."),
    _refused(1104, "a parameter has the wrong type"),
    _refused(1105, "a header is missing"),
    _setup(1106, "the project may not see this", _LINK, key="wrong_user", reason="not_linked"),
    _refused(1107, "the authorisation code is invalid"),
    _refused(1108, "this data center does not know the address"),
    _refused(1109, "a parameter is illegal"),
    _busy(1110, "too many calls at once"),
    _busy(1111, "Tuya's system is busy"),
    _busy(1112, "the user is being synchronised"),
    _busy(1113, "too fast, or too many trial users"),
    _setup(
        1114,
        "this internet address may not call the project",
        "Switch the IP allow list of the project off, or add this address to it.",
        key="ip_not_allowed",
        reason="ip_blocked",
    ),
    _busy(1199, "too many calls"),
    _token(1400, "the access token is invalid"),
    _refused(2001, "the device is offline"),
    _setup(2002, "the user has no devices", _LINK, key="wrong_user", reason="not_linked"),
    _refused(2003, "the device does not have this function"),
    _refused(2005, "the product does not exist"),
    _setup(2006, "the user does not exist", _LINK, key="wrong_user", reason="wrong_user"),
    _setup(2007, "this data center refuses calls from here", _REGION, key="wrong_region", reason="wrong_region"),
    _refused(2008, "the device does not take this command or value"),
    _refused(2009, "the device has no standard functions"),
    _refused(2010, "the device does not exist"),
    _setup(2406, "the app account does not belong to the project", _LINK, key="wrong_user", reason="not_linked"),
    _setup(28841001, "the project has no plan", _SERVICES, key="not_subscribed", reason="not_subscribed"),
    _setup(28841002, "the plan has expired", _EXTEND, key="plan_expired", reason="expired"),
    _setup(28841003, "the plan is not paid", "Pay it or choose another.", key="plan_expired", reason="expired"),
    _setup(
        28841004,
        "the trial's calls of this month are used up",
        "Wait for the next month, and find the program that calls so often.",
        key="quota_exceeded",
        reason="quota",
    ),
    _setup(28841101, "the service is not subscribed", _SERVICES, key="not_subscribed", reason="not_subscribed"),
    _setup(28841102, "the service has expired", _EXTEND, key="plan_expired", reason="expired"),
    _setup(28841103, "the service is not paid", "Pay it or choose another.", key="plan_expired", reason="expired"),
    _setup(
        28841104, "the service's calls are used up", "Wait for the next month.", key="quota_exceeded", reason="quota"
    ),
    _setup(28841105, "the project may not use the service", _SERVICES, key="not_subscribed", reason="not_subscribed"),
    _setup(28841106, "the service is not subscribed", _SERVICES, key="not_subscribed", reason="not_subscribed"),
    _setup(28841107, "the project does not have this data center", _REGION, key="wrong_region", reason="wrong_region"),
    _busy(40000309, "too many calls"),
    _setup(60009001, "no services are authorised", _SERVICES, key="not_subscribed", reason="not_subscribed"),
)
"""Every code that the API's lists, clients and their users report."""

_ROWS: Final = {row.code: row for row in FAULTS}
