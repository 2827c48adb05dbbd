"""Where an app account most likely lives, by country: only a default, the account may have been moved.

Source: Tuya's table of countries and data centers of 2021, with the three islands that its later table moved.
"""

_ELSEWHERE = {
    "cn": "CN",
    "in": "IN",
    "us": (
        "AR AS AX BO BR CA CK CL CO CW DO EC FK GF GT GU GW HK ID IO JP KI KR MM MO MP MX MY NF NR NU NZ PE PG PH PR "
        "PS PY SB SJ SR ST SX TH TK TL TW US UY VE VN VU"
    ),
}
_REGIONS = {country: region for region, countries in _ELSEWHERE.items() for country in countries.split()}


def likely_region(country: str | None) -> str:
    """Return the code of the data center for an ISO 3166 country code; Central Europe where nothing else is known."""
    return _REGIONS.get(country or "", "eu")
