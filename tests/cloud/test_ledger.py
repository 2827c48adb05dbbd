import pytest

from custom_components.localtuya.cloud import (
    CloudAuthError,
    CloudBusy,
    CloudClient,
    CloudError,
    CloudSetupError,
    CloudUnreachable,
)
from custom_components.localtuya.cloud.errors import error_of
from custom_components.localtuya.cloud.ledger import DAY, MOST_A_DAY, Cause, Ledger, because
from tests.cloud.conftest import PLUG, USER, Clock, NewClient
from tests.lab.cloud import Faults, LabCloud


@pytest.fixture
def ledger(clock: Clock) -> Ledger:
    return Ledger(clock)


async def test_every_call_has_its_cause(home: LabCloud, new_client: NewClient, ledger: Ledger) -> None:
    client, other = new_client(ledger=ledger), new_client(ledger=ledger)
    with because(Cause.KEY):
        await client.roll(USER)
    with because(Cause.LEARN):
        await client.thing_model(PLUG)
        await client.factory_infos([PLUG])
        await client.shadow(PLUG)
    await other.specification(PLUG)
    assert ledger.today() == {
        "key": {"token": 1, "devices": 1},
        "learn": {"models": 1, "addresses": 1, "names": 1},
        "set_up": {"token": 1, "specifications": 1},
    }
    assert ledger.total == home.calls.total() == 7


async def test_yesterday_is_forgotten(new_client: NewClient, ledger: Ledger, clock: Clock) -> None:
    await new_client(ledger=ledger).roll(USER)
    clock.time += DAY - 1
    assert ledger.today() == {"set_up": {"token": 1, "devices": 1}}
    clock.time += 1
    assert ledger.today() == {}
    assert ledger.total == 2


@pytest.mark.parametrize(
    ("code", "first", "most"),
    [(1110, 60, 3600), (40000309, 60, 3600), (28841004, 21_600, DAY), (28841002, 3600, DAY), (1004, 3600, DAY)],
)
def test_each_rest_is_longer_until_the_cloud_serves(
    ledger: Ledger, clock: Clock, code: int, first: float, most: float
) -> None:
    rests = []
    for _ in range(8):
        error = error_of(code)
        ledger.refused(error)
        assert ledger.error is error
        rests.append(ledger.rest)
        clock.time += ledger.rest
        assert ledger.error is None
    assert rests == [min(first * 2**number, most) for number in range(8)]
    ledger.served()
    ledger.refused(error_of(code))
    assert ledger.rest == first


@pytest.mark.parametrize("error", [CloudUnreachable(), error_of(1010), error_of(2009)])
def test_what_the_next_call_may_do_better(ledger: Ledger, error: CloudError) -> None:
    ledger.refused(error)
    assert ledger.error is None


@pytest.mark.parametrize(
    ("faults", "kind"), [(Faults(plan="quota"), CloudSetupError), (Faults(http_429=True), CloudBusy)]
)
async def test_a_project_without_calls_is_left_alone(
    home: LabCloud, client: CloudClient, faults: Faults, kind: type[CloudError]
) -> None:
    ledger, clock = client._project.ledger, client._project._clock
    assert isinstance(clock, Clock)
    home.faults = faults
    with because(Cause.LEARN):
        with pytest.raises(kind) as first:
            await client.roll(USER)
        asked = home.calls.copy()
        for _ in range(50):
            with pytest.raises(kind) as again:
                await client.roll(USER)
            assert again.value is first.value, "what the cloud said last"
        assert home.calls == asked
        clock.time += ledger.rest
        with pytest.raises(kind):
            await client.roll(USER)
        assert home.calls - asked in ({"token": 1}, {"token": 1, "user_devices": 1})

    home.faults = Faults()
    assert await client.roll(USER), "the user may always ask"
    with because(Cause.LEARN):
        assert await client.roll(USER), "and ends the rest"


async def test_one_question_that_is_refused_is_no_reason(home: LabCloud, new_client: NewClient, ledger: Ledger) -> None:
    home.faults.refuse = {"factory_infos": 28841105, "model": 28841104}
    client = new_client(ledger=ledger)
    with because(Cause.LEARN):
        for question in (client.factory_infos([PLUG]), client.thing_model(PLUG)):
            with pytest.raises(CloudSetupError):
                await question
        assert await client.roll(USER)
    assert ledger.error is None


async def test_what_is_in_flight_does_not_end_the_rest(ledger: Ledger) -> None:
    ledger.refused(CloudBusy())
    with because(Cause.LEARN):
        ledger.served()
    assert ledger.error is not None
    ledger.served()
    assert ledger.error is None


def test_nothing_calls_without_end(ledger: Ledger, clock: Clock) -> None:
    with because(Cause.KEY):
        for _ in range(MOST_A_DAY):
            ledger.enter("devices")
        with pytest.raises(CloudBusy, match="today"):
            ledger.enter("devices")
    with because(Cause.FOLLOW):
        ledger.enter("devices")
    ledger.enter("devices")
    clock.time += DAY
    with because(Cause.KEY):
        ledger.enter("devices")


async def test_a_lost_secret_is_no_matter_of_the_ledger(new_client: NewClient, ledger: Ledger) -> None:
    client: CloudClient = new_client(ledger=ledger, client_secret="f" * 32)
    with pytest.raises(CloudAuthError):
        await client.roll(USER)
    assert ledger.error is None, "whoever began it says whether it rests"


def test_what_was_told_before_a_restart(ledger: Ledger, clock: Clock) -> None:
    with because(Cause.KEY):
        ledger.enter("/v1.0/token")
    ledger.refused(error_of(28841002))
    clock.time += 600
    with because(Cause.SET_UP):
        ledger.enter("/v2.0/cloud/thing/a/model")
    again = Ledger(clock)
    again.recall(ledger.to_json())
    assert again.today() == ledger.today()
    assert again.rest == ledger.rest == 3000
    assert str(again.error) == str(ledger.error)
    clock.time += DAY
    again.recall(ledger.to_json())
    assert (again.today(), again.error, ledger.to_json()) == ({}, None, {})


@pytest.mark.parametrize("jump", [-30 * DAY, -2 * 3600.0, 2 * 3600.0, 30 * DAY])
def test_a_clock_that_jumps_lets_nobody_rest_for_ever(ledger: Ledger, clock: Clock, jump: float) -> None:
    with because(Cause.FOLLOW):
        for _ in range(MOST_A_DAY):
            ledger.enter("devices")
    ledger.refused(error_of(28841002))
    assert ledger.rest == 3600
    clock.time += jump
    assert ledger.error is None
    with because(Cause.FOLLOW):
        if jump == 2 * 3600.0:
            with pytest.raises(CloudBusy):
                ledger.enter("devices")
        else:
            ledger.enter("devices")


@pytest.mark.parametrize("error", [CloudBusy(detail="too many calls"), CloudAuthError(key="invalid_client_id")])
def test_an_error_without_code_is_remembered_by_its_key(ledger: Ledger, clock: Clock, error: CloudError) -> None:
    ledger.refused(error)
    again = Ledger(clock)
    again.recall(ledger.to_json())
    assert type(again.error) is type(error)
    assert again.error is not None
    assert again.error.key == error.key
    assert "no list explains" not in str(again.error)
