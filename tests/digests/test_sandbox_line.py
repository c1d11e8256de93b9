"""Who waits for a place has it by length, and in the end."""

import asyncio

import pytest

from digests.sandbox.line import Line


async def in_turn(line, sizes):
    """Let calls of these sizes ask for a place that is taken; return them as they had it."""
    had = []

    async def call(size):
        async with line.place(size):
            had.append(size)
            await asyncio.sleep(0)

    async with line.place(0):
        calls = [asyncio.create_task(call(size)) for size in sizes]
        await asyncio.sleep(0.01)
    await asyncio.gather(*calls)
    return had


async def test_short_calls_go_first():
    assert await in_turn(Line(1), [9_000_000, 500_000, 80_000_000, 1]) == [1, 500_000, 9_000_000, 80_000_000]


async def test_long_call_does_not_wait_for_short_ones_that_come_much_later():
    line, had = Line(1), []

    async def call(size):
        async with line.place(size):
            had.append(size)

    async with line.place(0):
        long = asyncio.create_task(call(2_000))  # lets others go first for 20 ms
        await asyncio.sleep(0.05)
        short = asyncio.create_task(call(1))
        await asyncio.sleep(0)
    await asyncio.gather(long, short)

    assert had == [2_000, 1]


@pytest.mark.parametrize("places", [1, 3])
async def test_no_more_calls_have_a_place_than_there_are(places):
    line, now, most = Line(places), 0, 0

    async def call(size):
        nonlocal now, most
        async with line.place(size):
            now += 1
            most = max(most, now)
            await asyncio.sleep(0)
            now -= 1

    await asyncio.gather(*(call(size) for size in range(20)))

    assert (most, line.is_full) == (places, False)


async def test_place_of_who_gave_up_is_lost_to_nobody():
    line, had = Line(1), []

    async def call(size):
        async with line.place(size):
            had.append(size)

    async with line.place(0):
        waiting = [asyncio.create_task(call(size)) for size in (1, 2, 3)]
        await asyncio.sleep(0)
        waiting[0].cancel()
    waiting[1].cancel()  # its turn has come, and it does not know yet
    await asyncio.gather(*waiting, return_exceptions=True)

    assert had == [3]
    assert not line.is_full


async def test_line_tells_whether_anybody_waits():
    line = Line(1)
    async with line.place(0):
        nobody = line.has_waiting
        waits = asyncio.create_task(_passes(line))
        await asyncio.sleep(0)
        somebody = line.has_waiting
    await waits

    assert (nobody, somebody, line.has_waiting) == (False, True, False)


async def _passes(line):
    async with line.place(0):
        pass
