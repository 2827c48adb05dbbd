"""What can go wrong with the cloud. Each class is another next step of the caller; each Tuya code is a row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
import re
from typing import ClassVar, Final, Literal

type Retry = Literal["never", "later", "after renewal", "with the server's time"]
"""When it makes sense to ask again: `never` is until somebody has mended it."""


OF_ONE_ACCOUNT: Final = frozenset({"not_linked", "wrong_user"})
"""Reasons that say nothing of the project's other accounts and their devices."""


class CloudError(Exception):
    """Anything that the cloud refuses; `key` is the translation key of a form's error, `code` is Tuya's, 0 if none."""

    usual_key: ClassVar[str] = "unknown_cloud_error"

    def __init__(self, code: int = 0, tid: str = "", *, key: str = "", detail: str = "", said: str = "") -> None:
        """Keep the parts; `detail` is our own word on it, `said` Tuya's, shown only where we have none."""
        row = _ROWS.get(code)
        self.code = code
        self.tid = tid
        self.key = key or self.usual_key
        self.cure = row if row is not None and row.shown == self.key else cure_of(self.key)
        """What to do about it."""
        self.meaning = detail or (row.meaning + _address(said) if row else _unexplained(said))
        super().__init__(code, tid)

    def __str__(self) -> str:
        """Return one line for the log: what happened, why, and what to do where."""
        cure = self.cure
        if not self.code or not cure.next_step:
            return self.summary
        where = f" ({cure.where})" if cure.where else ""
        return f"{self.summary}: {cure.cause}; {cure.next_step}{where}"

    @property
    def answer(self) -> str:
        """What happened, with the code if there is one."""
        return f"{self.meaning} (code {self.code})" if self.code else self.meaning

    @property
    def summary(self) -> str:
        """What happened, with the code and the trace id that Tuya's support asks for."""
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

    def __init__(self, code: int = 0, tid: str = "", *, key: str = "", detail: str = "", said: str = "") -> None:
        """Keep the parts; `server_time` (seconds since 1970) is set by whoever read the answer, None if it had none."""
        super().__init__(code, tid, key=key, detail=detail, said=said)
        self.server_time: float | None = None


class CloudSetupError(CloudError):
    """The project or the account is not set up right on Tuya's platform: tell the user what to do there.

    `reason` is wrong_region, wrong_user, not_linked, not_subscribed, expired, quota or ip_blocked.
    """

    usual_key = "wrong_user"

    def __init__(
        self, code: int = 0, tid: str = "", *, key: str = "", detail: str = "", said: str = "", reason: str = ""
    ) -> None:
        """Keep the parts; without a reason, the code's own."""
        super().__init__(code, tid, key=key, detail=detail, said=said)
        row = _ROWS.get(code)
        self.reason = reason or (row.reason if row else "") or "not_linked"


class CloudBusy(CloudError):  # noqa: N818 - named for what happened
    """Too many calls: try again in a minute or more, never at once."""

    usual_key = "busy"


class CloudTokenError(CloudBusy):
    """The access token does not hold although it is new: another program keeps renewing the project's token."""

    usual_key = "token_taken"


class CloudRefused(CloudError):  # noqa: N818 - named for what happened
    """What was asked is not there for this device, or we asked wrongly: continue without."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One code of Tuya's: what it means, where it comes from, what to do, and what it becomes."""

    code: int = field(default=0, kw_only=True)
    error: type[CloudError] = field(kw_only=True)
    key: str = field(default="", kw_only=True)
    """The form's error; the usual one of the class if empty."""
    reason: str = field(default="", kw_only=True)
    meaning: str = field(default="", kw_only=True)
    cause: str = field(kw_only=True)
    next_step: str = field(default="", kw_only=True)
    where: str = field(default="", kw_only=True)
    """Where on Tuya's platform that is done."""
    retry: Retry = field(default="never", kw_only=True)
    anchor: str = field(kw_only=True)
    """The paragraph of docs/tuya_project.md."""

    @property
    def shown(self) -> str:
        """The key of the form's error."""
        return self.key or self.error.usual_key


def error_of(code: int, tid: str = "", said: str = "", *, key: str = "") -> CloudError:
    """Return the exception for a code of an answer, with another key than usual if one is given.

    An unknown code is `CloudRefused`; without a code the key tells which exception it is.
    """
    row = _ROWS.get(code) or cure_of(key)
    return row.error(code, tid, key=key or row.key, said=said, detail="" if code else row.cause)


def cure_of(key: str) -> Fault:
    """Return what to do about a form's error."""
    return next((cure for cure in CURES if cure.shown == key), _REFUSED)


def _address(said: str) -> str:
    """Return the internet address that Tuya saw, if it names it: somebody may have to allow it."""
    found = _ADDRESS.search(said)
    return f": {found[1]}" if found else ""


def _unexplained(said: str) -> str:
    return f"an answer that no list explains: “{said}”" if said else "an answer that no list explains"


_ADDRESS: Final = re.compile(r"your ip ?\(([0-9A-Fa-f.:]+)\)")
_OVERVIEW: Final = "Cloud > Project Management > your project > Overview"
_DEVICES: Final = "Cloud > Project Management > your project > Devices > Link App Account"
_SERVICE_API: Final = "Cloud > Project Management > your project > Service API"
_PLAN: Final = "Cloud > Cloud Services > IoT Core > My Subscriptions"

_UNREACHABLE: Final = Fault(
    error=CloudUnreachable,
    cause="no way from here to the data center, or Tuya's servers are down",
    next_step="check the internet connection and the firewall, try again",
    retry="later",
    anchor="no-answer",
)
_GARBAGE: Final = Fault(
    error=CloudUnreachable,
    key="garbage_answer",
    cause="a proxy, a filter or a login page answers in Tuya's place",
    next_step="let Home Assistant reach the data center directly",
    retry="later",
    anchor="no-answer",
)
_SERVER: Final = Fault(
    error=CloudUnreachable,
    key="server_error",
    cause="a fault in Tuya's cloud",
    next_step="try again in some minutes",
    retry="later",
    anchor="no-answer",
)
_CLIENT_ID: Final = Fault(
    error=CloudAuthError,
    key="invalid_client_id",
    cause="not copied as a whole, or the project was deleted",
    next_step="copy the Client ID again",
    where=_OVERVIEW,
    anchor="1004-and-1005",
)
_SECRET: Final = Fault(
    error=CloudAuthError,
    key="invalid_client_secret",
    cause="not copied as a whole, of another project, or reset since",
    next_step="copy the Client Secret again",
    where=_OVERVIEW,
    anchor="1004-and-1005",
)
_CLOCK: Final = Fault(
    error=CloudClockError,
    cause="the clock of this machine is off by more than about five minutes",
    next_step="set the clock of this machine",
    retry="with the server's time",
    anchor="1013",
)
_TOKEN: Final = Fault(
    error=CloudTokenError,
    cause="another program uses the same project and keeps replacing its access token",
    next_step="stop the other program or give it a project of its own",
    where=_OVERVIEW,
    retry="after renewal",
    anchor="1010-and-1011",
)
_BUSY: Final = Fault(
    error=CloudBusy,
    cause="more calls in a short time than the project may make",
    next_step="wait a minute",
    retry="later",
    anchor="1110",
)
_USER: Final = Fault(
    error=CloudSetupError,
    key="wrong_user",
    reason="not_linked",
    cause="the app account is not linked, lives in another data center, or the UID is another one",
    next_step="link the home owner's app account, copy the UID from there and check the data center",
    where=_DEVICES,
    anchor="1106",
)
_NO_UID: Final = replace(_USER, key="user_id_needed", next_step="copy the UID of the linked app account", anchor="uid")
_EMPTY_VALUE: Final = replace(
    _USER, reason="wrong_user", cause="the User ID is empty or incomplete", next_step="copy the UID", anchor="1100"
)
_RELINK: Final = Fault(
    error=CloudSetupError,
    key="relink",
    reason="not_linked",
    cause="the link was made in another data center or before the project was renewed",
    next_step="unlink the app account and link it again, or create a new project in the right data center",
    where=_DEVICES,
    anchor="2406",
)
_REGION: Final = Fault(
    error=CloudSetupError,
    key="wrong_region",
    reason="wrong_region",
    cause="the project is not open for this data center",
    next_step="choose the data center of the app account, or enable it in the project",
    where=f"{_OVERVIEW} > Edit",
    anchor="data-center",
)
_IP: Final = Fault(
    error=CloudSetupError,
    key="ip_not_allowed",
    reason="ip_blocked",
    cause="the project has a list of internet addresses that may call it",
    next_step="switch the IP allow list off or add this address",
    where=f"{_OVERVIEW} > Authorization",
    anchor="1114",
)
_SERVICES: Final = Fault(
    error=CloudSetupError,
    key="not_subscribed",
    reason="not_subscribed",
    cause="an API service is not authorised for the project",
    next_step=(
        "authorise IoT Core, Authorization Token Management, Smart Home Basic Service, Industry Basic Service, Device "
        "Status Notification, Smart Home Scene Linkage and IoT Data Analytics, then wait some minutes"
    ),
    where=_SERVICE_API,
    anchor="28841105",
)
_EXPIRED: Final = Fault(
    error=CloudSetupError,
    key="plan_expired",
    reason="expired",
    cause="the trial of IoT Core ended",
    next_step="extend the trial of IoT Core",
    where=_PLAN,
    anchor="28841002",
)
_UNPAID: Final = replace(
    _EXPIRED, key="plan_unpaid", cause="a bill is overdue", next_step="pay it or choose the trial", anchor="28841003"
)
_QUOTA: Final = Fault(
    error=CloudSetupError,
    key="quota_exceeded",
    reason="quota",
    cause="some program asks the project all the time",
    next_step="wait for the next month, and find the program that calls so often",
    where=_PLAN,
    anchor="28841004",
)
_REFUSED: Final = Fault(error=CloudRefused, cause="what was asked is not there, or was asked wrongly", anchor="other")

CURES: Final = (
    *(_UNREACHABLE, _GARBAGE, _SERVER, _CLIENT_ID, _SECRET, _CLOCK, _TOKEN, _BUSY, _USER, _NO_UID, _RELINK, _REGION),
    *(_IP, _SERVICES, _EXPIRED, _UNPAID, _QUOTA, _REFUSED),
)
"""One for each error that a form can show because of the cloud."""


def _rows(cure: Fault, meanings: Mapping[int, str]) -> Iterator[Fault]:
    return (replace(cure, code=code, meaning=meaning) for code, meaning in meanings.items())


FAULTS: Final = (
    *_rows(_SERVER, {500: "Tuya's system has an error", 501: "Tuya's system did not execute it"}),
    *_rows(_SERVER, {1103: "the command was not issued", -9999999: "Tuya's servers do not reach each other"}),
    *_rows(_CLIENT_ID, {1005: "the Client ID is unknown", 1008: "the Client ID is wrong"}),
    *_rows(
        _SECRET, {1001: "the Client Secret is wrong", 1004: "the signature is not accepted", 1007: "the key is wrong"}
    ),
    *_rows(_TOKEN, {1002: "the access token is missing", 1010: "the access token has expired"}),
    *_rows(_TOKEN, {1011: "the access token is invalid", 1012: "the access token's state is invalid"}),
    *_rows(_TOKEN, {1400: "the access token is invalid"}),
    *_rows(_CLOCK, {1013: "the time of the call is not accepted"}),
    *_rows(_EMPTY_VALUE, {1100: "a parameter is empty", 2006: "the user does not exist"}),
    *_rows(_USER, {1106: "the project may not see this", 2002: "the user has no devices"}),
    *_rows(_RELINK, {2406: "the app account is not linked to this project"}),
    *_rows(_BUSY, {1110: "too many calls at once", 1111: "Tuya's system is busy", 1199: "too many calls"}),
    *_rows(_BUSY, {1112: "the user is being synchronised", 1113: "too fast, or too many trial users"}),
    *_rows(_BUSY, {40000309: "too many calls"}),
    *_rows(_IP, {1114: "this internet address may not call the project"}),
    *_rows(_REGION, {2007: "this data center refuses calls from here"}),
    *_rows(_REGION, {28841107: "the project does not have this data center"}),
    *_rows(_SERVICES, {28841001: "the project has no plan", 28841101: "the service is not subscribed"}),
    *_rows(_SERVICES, {28841105: "the project may not use the service", 28841106: "the service is not subscribed"}),
    *_rows(_SERVICES, {60009001: "no services are authorised"}),
    *_rows(_EXPIRED, {28841002: "the plan has expired", 28841102: "the service has expired"}),
    *_rows(_UNPAID, {28841003: "the plan is not paid", 28841103: "the service is not paid"}),
    *_rows(_QUOTA, {28841004: "the trial's calls of this month are used up"}),
    *_rows(_QUOTA, {28841104: "the service's calls are used up"}),
    *_rows(
        _REFUSED,
        {
            1000: "the data does not exist",
            1003: "the grant type is wrong",
            1006: "the content type is wrong",
            1101: "a parameter is out of range",
            1102: "a parameter is missing",
            1104: "a parameter has the wrong type",
            1105: "a header is missing",
            1107: "the authorisation code is invalid",
            1108: "this data center does not know the address",
            1109: "a parameter is illegal",
            2001: "the device is offline",
            2003: "the device does not have this function",
            2005: "the product does not exist",
            2008: "the device does not take this command or value",
            2009: "the device has no standard functions",
            2010: "the device does not exist",
            2017: "the app of the account is not known",
            2021: "the mail address or its password is wrong",
            2022: "the phone number or its password is wrong",
            2401: "the user name or its password is wrong",
        },
    ),
)
"""Every code that the API's lists, clients and their users report."""

_ROWS: Final = {row.code: row for row in FAULTS}
