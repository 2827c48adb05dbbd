import pytest

from custom_components.localtuya.cloud.regions import REGIONS
from custom_components.localtuya.flow.countries import _REGIONS, likely_region


@pytest.mark.parametrize(
    ("country", "region"),
    [("DE", "eu"), ("GB", "eu"), ("AU", "eu"), ("US", "us"), ("BR", "us"), ("JP", "us"), ("CN", "cn"), ("IN", "in")],
)
def test_where_accounts_live(country: str, region: str) -> None:
    assert likely_region(country) == region


@pytest.mark.parametrize("country", [None, "", "XX"])
def test_where_nothing_is_known(country: str | None) -> None:
    assert likely_region(country) == "eu"


def test_the_table_is_sound() -> None:
    assert set(_REGIONS.values()) <= {region.code for region in REGIONS}
    assert all(len(country) == 2 and country.isupper() for country in _REGIONS)
