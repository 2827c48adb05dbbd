from typing import Any

import pytest

from custom_components.localtuya.flow.credentials import cleaned, exchanged, mistakes

ID = "c1aa0bb2cc3dd4ee5ff6"
SECRET = "00112233445566778899aabbccddeeff"
USER = "eu1679928018454AbCdE"


def typed(client_id: str = ID, secret: str = SECRET, user_id: str = USER) -> dict[str, Any]:
    return {"region": "eu", "client_id": client_id, "client_secret": secret, "user_id": user_id}


@pytest.mark.parametrize(
    "pasted",
    [
        f"  {ID}\t",
        f"{ID}\r\n",
        f"\u200b{ID}\ufeff",
        f"{ID[:9]}\n{ID[9:]}",
        f"{ID[:5]}\u00ad{ID[5:]}\u2028",
        f'"{ID}"',
        f"\u201e{ID}\u201c,",
        f"\u00a0`{ID}` ",
    ],
)
def test_what_copying_adds_is_taken_away(pasted: str) -> None:
    assert cleaned(typed(pasted)) == typed()


def test_what_is_right_stays() -> None:
    assert cleaned(typed()) == typed()
    assert cleaned({"user_id": "someone@example.org", "pinned": True}) == {
        "user_id": "someone@example.org",
        "pinned": True,
    }


@pytest.mark.parametrize(
    ("wrong", "errors"),
    [
        (typed(), {}),
        (typed(user_id=""), {}),
        (typed(SECRET, ID), {"client_id": "swapped"}),
        (typed(SECRET), {"client_id": "invalid_client_id"}),
        (typed(""), {"client_id": "invalid_client_id"}),
        (typed("not/an?id=at all"), {"client_id": "invalid_client_id"}),
        (typed(secret="short"), {"client_secret": "invalid_client_secret"}),
        (typed(secret=SECRET * 3), {"client_secret": "invalid_client_secret"}),
        (typed(secret="ключ" * 8), {"client_secret": "invalid_client_secret"}),
        (typed(user_id="bay1671210199361PrJ1"), {"user_id": "developer_uid"}),
        (typed(user_id="someone@example.org"), {"user_id": "app_login"}),
        (typed(user_id="491711234567"), {"user_id": "app_login"}),
        (typed("", user_id="a@b"), {"client_id": "invalid_client_id", "user_id": "app_login"}),
    ],
)
def test_what_cannot_be_right_is_named(wrong: dict[str, Any], errors: dict[str, str]) -> None:
    assert mistakes(wrong) == errors


def test_a_form_without_user_id() -> None:
    assert mistakes({"client_id": ID, "client_secret": SECRET}) == {}


def test_exchanged() -> None:
    assert exchanged(typed(SECRET, ID)) == typed()
