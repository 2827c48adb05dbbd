"""Asking several data centers at once where an account lives: a project's key pair is known to all of them."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from .errors import CloudError, CloudUnreachable
from .regions import Region

type Accounts = Mapping[str, Sequence[str]]
"""The names of the devices by user id."""

PATIENCE: Final = 8.0
"""Seconds for one request: some data centers do not answer from abroad."""
MOST_TIME: Final = 24.0
"""Seconds for all requests to one data center: the devices of a big project fill many pages."""
_GRACE: Final = 1.0
"""Seconds that the others still have when one has found devices."""
_NOT_HERE: Final = ("wrong_user", "user_id_needed", "invalid_client_secret", "invalid_client_id", "wrong_region")
_NO_ANSWER: Final = ("garbage_answer", "cannot_connect")


@dataclass(frozen=True, slots=True)
class Answer:
    """What one data center said: the accounts that have devices there, or why it said nothing."""

    region: Region
    accounts: Accounts = field(default_factory=dict, kw_only=True)
    error: CloudError | None = field(default=None, kw_only=True)


async def ask_everywhere(
    ask: Callable[[Region], Awaitable[Accounts]], regions: Iterable[Region], *, most_time: float = MOST_TIME
) -> Answer:
    """Return the best answer: devices, in the order of the regions, else the error that says most.

    There must be a region. It takes `most_time` seconds at most.
    """
    tasks = [asyncio.create_task(_answer(ask, region, most_time)) for region in regions]
    try:
        for task in asyncio.as_completed(tasks):
            if (await task).accounts:
                await asyncio.wait(tasks, timeout=_GRACE)
                break
    finally:
        for each in tasks:
            each.cancel()
    answers = [task.result() for task in tasks if task.done() and not task.cancelled()]
    return min(answers, key=_worth)


async def _answer(ask: Callable[[Region], Awaitable[Accounts]], region: Region, most_time: float) -> Answer:
    try:
        async with asyncio.timeout(most_time):
            return Answer(region, accounts=await ask(region))
    except CloudError as error:
        return Answer(region, error=error)
    except TimeoutError:
        return Answer(region, error=CloudUnreachable(detail=f"no answer within {most_time:.0f} seconds"))


def _worth(answer: Answer) -> int:
    """Return a rank, 0 is best: who knows the project says more than who does not."""
    order = ("", "empty", *_NOT_HERE, *_NO_ANSWER)
    if answer.error is None:
        return order.index("" if answer.accounts else "empty") * 2
    return order.index(answer.error.key) * 2 if answer.error.key in order else 1
