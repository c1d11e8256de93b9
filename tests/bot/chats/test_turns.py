"""Requests of one room are answered in the order in which they came."""

import asyncio

from bot.chats.turns import Turns
from bot.model import Address

HERE, THERE = Address("telegram", "1"), Address("telegram", "2")


async def test_room_waits_for_its_own_and_for_no_other():
    turns, done, go = Turns(), [], asyncio.Event()

    async def ask(room, name, wait=None):
        async with turns.of(room):
            if wait:
                await wait.wait()
            done.append(name)

    async with asyncio.TaskGroup() as group:
        group.create_task(ask(HERE, "first", go))
        group.create_task(ask(HERE, "second"))
        await group.create_task(ask(THERE, "elsewhere"))
        go.set()

    assert done == ["elsewhere", "first", "second"]
