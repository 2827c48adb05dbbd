"""Addresses: candidates come and go, the proven one stays."""

from custom_components.localtuya.lan.whereabouts import Whereabouts


def test_the_newest_is_tried_first_and_the_proven_one_is_never_crowded_out() -> None:
    whereabouts = Whereabouts("home")
    for number in range(20):
        assert whereabouts.propose(f"forged{number}")
    assert whereabouts.hosts == ("forged19", "forged18", "forged17", "home")
    whereabouts.confirm("forged18")
    assert next(iter(whereabouts.hosts)) == "forged18"
    for number in range(20):
        whereabouts.propose(f"more{number}")
    assert "forged18" in whereabouts.hosts


def test_the_present_one_is_spared() -> None:
    whereabouts = Whereabouts("home")
    assert whereabouts.propose("other", behind_first=True)
    assert not whereabouts.propose("other")
    assert whereabouts.hosts == ("home", "other")


def test_nothing_known() -> None:
    whereabouts = Whereabouts(None)
    assert not whereabouts.hosts
    for number in range(6):
        whereabouts.propose(f"h{number}")
    assert len(whereabouts.hosts) == 4
    whereabouts.clear()
    assert not whereabouts.hosts
