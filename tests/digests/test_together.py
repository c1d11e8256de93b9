"""Those who ask at the same time share a call, and are told alike."""

import asyncio

import pytest

from digests.together import Together


class Doing:
    """Records each call; the first waits until it is let go."""

    def __init__(self):
        self.calls, self.trouble, self.gate = [], None, asyncio.Event()

    async def __call__(self, asked):
        self.calls.append(list(asked))
        await self.gate.wait()
        if self.trouble is not None:
            raise self.trouble
        return [number * 2 for number in asked]


async def asking(together, *numbers):
    tasks = [asyncio.create_task(together(number)) for number in numbers]
    await asyncio.sleep(0)
    return tasks


async def test_those_who_ask_during_a_call_share_the_next():
    doing = Doing()
    together = Together(doing)
    tasks = await asking(together, 1, 2, 3)

    doing.gate.set()

    assert await asyncio.gather(*tasks) == [2, 4, 6]
    assert doing.calls == [[1, 2, 3]] or doing.calls == [[1], [2, 3]]


async def test_no_more_share_a_call_than_may():
    doing = Doing()
    together = Together(doing, most=2)
    tasks = await asking(together, *range(5))

    doing.gate.set()

    assert await asyncio.gather(*tasks) == [0, 2, 4, 6, 8]
    assert max(map(len, doing.calls)) == 2


async def test_what_a_call_raises_all_who_share_it_are_told_and_the_next_goes_on():
    doing = Doing()
    together = Together(doing)
    doing.trouble = OSError("away")
    doing.gate.set()

    told = await asyncio.gather(together(1), together(2), return_exceptions=True)
    doing.trouble = None

    assert [type(one) for one in told] == [OSError, OSError]
    assert await together(4) == 8


async def test_one_who_gives_up_leaves_the_others_their_answers():
    doing = Doing()
    together = Together(doing, most=1)
    first, second, third = await asking(together, 1, 2, 3)

    second.cancel()
    doing.gate.set()

    assert await asyncio.gather(first, third) == [2, 6]
    with pytest.raises(asyncio.CancelledError):
        await second


async def test_call_goes_on_when_the_first_who_asked_gives_up():
    doing = Doing()
    together = Together(doing)
    first, second = await asking(together, 1, 2)
    async with asyncio.timeout(30):
        while not doing.calls:
            await asyncio.sleep(0)

    first.cancel()
    doing.gate.set()

    assert await second == 4
    assert doing.calls == [[1, 2]]
