import pytest

from custom_components.localtuya.cloud import REGIONS, base_url, region, region_of_user
from custom_components.localtuya.cloud.regions import OVERRIDE


def test_seven_data_centers_over_tls() -> None:
    assert [row.code for row in REGIONS] == ["cn", "us", "ue", "eu", "we", "in", "sg"]
    assert all(row.url.startswith("https://openapi") for row in REGIONS)
    assert len({row.url for row in REGIONS}) == 7


@pytest.mark.parametrize(
    ("code", "url"),
    [
        ("eu", "https://openapi.tuyaeu.com"),
        (" EU ", "https://openapi.tuyaeu.com"),
        ("az", "https://openapi.tuyaus.com"),
        ("ea", "https://openapi-ueaz.tuyaus.com"),
        ("us-e", "https://openapi-ueaz.tuyaus.com"),
        ("eu-w", "https://openapi-weaz.tuyaeu.com"),
        ("AY", "https://openapi.tuyacn.com"),
        ("sg", "https://openapi-sg.iotbing.com"),
    ],
)
def test_a_data_center_by_code_or_alias(code: str, url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(OVERRIDE, raising=False)
    assert base_url(code) == url


@pytest.mark.parametrize("override", ["", "http://127.0.0.1:8080"])
@pytest.mark.parametrize("code", ["", "xx", "europe"])
def test_an_unknown_code_is_refused(code: str, override: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OVERRIDE, override)
    with pytest.raises(ValueError, match="no data center"):
        base_url(code)


def test_the_environment_replaces_every_url(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OVERRIDE, "http://127.0.0.1:8080/")
    assert {base_url(row.code) for row in REGIONS} == {"http://127.0.0.1:8080"}


def test_aliases_name_one_data_center_each() -> None:
    names = [name for row in REGIONS for name in (row.code, *row.aliases)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("user_id", "code"),
    [("eu1679928018454AbCdE", "eu"), ("az1679928018454AbCdE", "us"), ("ay1679928018454AbCdE", "cn")],
)
def test_a_user_id_names_its_data_center(user_id: str, code: str) -> None:
    assert region_of_user(user_id) == region(code)


@pytest.mark.parametrize("user_id", ["", "eu", "bay1671210199361PrJ1", "xx1679928018454AbCdE", "eu16799280184five"])
def test_other_ids_name_none(user_id: str) -> None:
    assert region_of_user(user_id) is None


def test_the_environment_replaces_single_urls(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(OVERRIDE, "eu=http://127.0.0.1:1/,us=http://127.0.0.1:2")
    assert base_url("eu") == "http://127.0.0.1:1"
    assert base_url("az") == "http://127.0.0.1:2"
    assert base_url("in") == "https://openapi.tuyain.com"
