import pytest

from custom_components.localtuya.cloud.errors import (
    FAULTS,
    CloudAuthError,
    CloudBusy,
    CloudClockError,
    CloudError,
    CloudRefused,
    CloudSetupError,
    CloudTokenError,
    CloudUnreachable,
    error_of,
)

KEYS = {
    "busy",
    "clock_off",
    "invalid_client_id",
    "invalid_client_secret",
    "ip_not_allowed",
    "not_subscribed",
    "plan_expired",
    "plan_unpaid",
    "quota_exceeded",
    "relink",
    "server_error",
    "token_taken",
    "unknown_cloud_error",
    "wrong_region",
    "wrong_user",
}


@pytest.mark.parametrize(
    ("code", "error", "key"),
    [
        (1004, CloudAuthError, "invalid_client_secret"),
        (1005, CloudAuthError, "invalid_client_id"),
        (1010, CloudTokenError, "token_taken"),
        (1013, CloudClockError, "clock_off"),
        (1106, CloudSetupError, "wrong_user"),
        (1110, CloudBusy, "busy"),
        (1114, CloudSetupError, "ip_not_allowed"),
        (2007, CloudSetupError, "wrong_region"),
        (2009, CloudRefused, "unknown_cloud_error"),
        (500, CloudUnreachable, "server_error"),
        (28841002, CloudSetupError, "plan_expired"),
        (28841004, CloudSetupError, "quota_exceeded"),
        (28841106, CloudSetupError, "not_subscribed"),
        (28841107, CloudSetupError, "wrong_region"),
        (123456789, CloudRefused, "unknown_cloud_error"),
    ],
)
def test_a_code_becomes_an_error(code: int, error: type[CloudError], key: str) -> None:
    raised = error_of(code, "31b7a1d2a4c911f08d1f3a5b7c9d0e1f")
    assert type(raised) is error
    assert raised.key == key
    assert str(code) in str(raised)
    assert "31b7a1d2a4c911f08d1f3a5b7c9d0e1f" in str(raised)


def test_codes_are_written_down_once() -> None:
    codes = [row.code for row in FAULTS]
    assert len(codes) == len(set(codes))


def test_every_key_is_one_of_the_forms() -> None:
    assert {error_of(row.code).key for row in FAULTS} == KEYS


def test_what_a_user_can_mend_says_how() -> None:
    mendable = (CloudAuthError, CloudSetupError, CloudClockError, CloudBusy)
    assert [row.code for row in FAULTS if issubclass(row.error, mendable) and not row.next_step] == []


def test_setup_errors_have_a_reason() -> None:
    reasons = {row.reason for row in FAULTS if row.error is CloudSetupError}
    assert reasons == {
        "expired",
        "ip_blocked",
        "not_linked",
        "not_subscribed",
        "quota",
        "wrong_region",
        "wrong_user",
    }
    assert error_of(28841004).reason == "quota"  # type: ignore[attr-defined]
    assert CloudSetupError(1106, reason="wrong_region").reason == "wrong_region"


def test_an_error_without_code_speaks_plainly() -> None:
    assert str(CloudUnreachable(detail="HTTP status 502")) == "HTTP status 502"
    assert CloudUnreachable().key == "cannot_connect"
