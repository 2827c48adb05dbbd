import asyncio
from collections.abc import Mapping, Sequence

import pytest

from custom_components.localtuya.cloud import REGIONS, CloudUnreachable, Region, region
from custom_components.localtuya.cloud.errors import CloudError, error_of
from custom_components.localtuya.cloud.everywhere import ask_everywhere

type Said = Mapping[str, Sequence[str] | int]
DEVICES = ("Plug",)


async def ask(said: Said, region: Region) -> Mapping[str, Sequence[str]]:
    match said.get(region.code, 1106):
        case 0:
            raise CloudUnreachable(detail="no answer")
        case -1:
            await asyncio.Event().wait()
        case int(code):
            raise error_of(code)
        case devices:
            return {"eu1": devices} if devices else {}
    raise AssertionError


@pytest.mark.parametrize(
    ("said", "code", "error"),
    [
        ({"us": DEVICES}, "us", ""),
        ({"us": DEVICES, "eu": ()}, "us", ""),
        ({"in": DEVICES, "us": DEVICES}, "us", ""),
        ({"us": DEVICES, "cn": -1, "eu": 28841002}, "us", ""),
        ({"sg": 28841002, "cn": 2007}, "sg", "plan_expired"),
        ({"we": ()}, "we", ""),
        ({"we": (), "cn": 500}, "cn", "server_error"),
        ({row.code: 1004 for row in REGIONS} | {"cn": 0}, "us", "invalid_client_secret"),
        ({row.code: 28841107 for row in REGIONS} | {"cn": 0}, "us", "wrong_region"),
        ({row.code: 28841107 for row in REGIONS} | {"ue": 1106}, "ue", "wrong_user"),
        ({row.code: 0 for row in REGIONS}, "cn", "cannot_connect"),
    ],
)
async def test_the_best_answer(said: Said, code: str, error: str) -> None:
    answer = await ask_everywhere(lambda region: ask(said, region), REGIONS)
    assert answer.region == region(code)
    assert (answer.error.key if isinstance(answer.error, CloudError) else "") == error


async def test_nobody_is_waited_for_for_ever() -> None:
    answer = await ask_everywhere(lambda region: ask({"cn": -1}, region), REGIONS[:1], most_time=0.01)
    assert isinstance(answer.error, CloudUnreachable)


async def test_no_question_is_left_behind() -> None:
    before = asyncio.all_tasks()
    asking = asyncio.create_task(ask_everywhere(lambda region: ask({row.code: -1 for row in REGIONS}, region), REGIONS))
    for _ in range(3):
        await asyncio.sleep(0)
    assert len(asyncio.all_tasks() - before) == 8
    asking.cancel()
    await asyncio.gather(asking, return_exceptions=True)
    for _ in range(3):
        await asyncio.sleep(0)
    assert asyncio.all_tasks() == before
