from pathlib import Path
import re

import pytest

from custom_components.localtuya.cloud.errors import (
    CURES,
    FAULTS,
    CloudAuthError,
    CloudBusy,
    CloudClockError,
    CloudError,
    CloudRefused,
    CloudSetupError,
    CloudTokenError,
    CloudUnreachable,
    cure_of,
    error_of,
)
from custom_components.localtuya.flow.credentials import ANCHORS
from tests.catalogue import PACKAGE

DOCUMENTED = {
    *(-9999999, 500, 501),
    *range(1000, 1009),
    *range(1010, 1014),
    *range(1100, 1115),
    *(1199, 1400),
    *(2001, 2002, 2003, 2005, 2006, 2007, 2008, 2009, 2010, 2017, 2021, 2022, 2401, 2406),
    *range(28841001, 28841005),
    *range(28841101, 28841108),
    *(40000309, 60009001),
}

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


def test_every_cure_leads_to_a_paragraph_of_the_guide() -> None:
    guide = (Path(__file__).parents[2] / "docs" / "tuya_project.md").read_text()
    headings = {
        re.sub(r"[^a-z0-9 -]", "", line.lstrip("# ").lower()).strip().replace(" ", "-")
        for line in guide.splitlines()
        if line.startswith("#")
    }
    linked = re.findall(r"\{guide\}#([\w-]+)", (PACKAGE / "translations" / "en.json").read_text())
    assert linked
    assert {cure.anchor for cure in (*CURES, *FAULTS)} | set(ANCHORS.values()) | set(linked) <= headings


def test_the_address_that_has_to_be_allowed_is_named() -> None:
    assert error_of(1114, "tid", "your ip(203.0.113.7) don't have access to this API").answer == (
        "this internet address may not call the project: 203.0.113.7 (code 1114)"
    )


def test_every_documented_code_has_a_row() -> None:
    assert {row.code for row in FAULTS} == DOCUMENTED


def test_every_row_says_where_it_comes_from_and_when_to_ask_again() -> None:
    assert [row.code for row in FAULTS if not row.cause or not row.meaning] == []
    assert [row.code for row in FAULTS if issubclass(row.error, CloudBusy | CloudUnreachable)] == [
        row.code for row in FAULTS if row.retry in {"later", "after renewal"}
    ]
    on_the_platform = (CloudAuthError, CloudSetupError, CloudTokenError)
    assert [row.code for row in FAULTS if issubclass(row.error, on_the_platform) and not row.where] == []


def test_an_error_says_why_and_what_to_do_where() -> None:
    error = error_of(28841002)
    assert error.summary == "the plan has expired (code 28841002)"
    assert str(error) == (
        "the plan has expired (code 28841002): the trial of IoT Core ended; extend the trial of IoT Core "
        "(Cloud > Cloud Services > IoT Core > My Subscriptions)"
    )


def test_an_error_of_another_key_has_the_cure_of_that_key() -> None:
    assert CloudSetupError(1106, key="wrong_region").cure == cure_of("wrong_region")
    assert CloudSetupError(1100).cure.anchor == "1100"


def test_a_code_that_no_list_knows_is_shown_with_the_words_of_tuya() -> None:
    assert str(error_of(4711, said="no moon today")) == "an answer that no list explains: “no moon today” (code 4711)"
    assert "other words" not in str(error_of(1106, said="other words"))
