"""Of the processes with one bot, one listens at a time, and another takes over when it ends."""

import asyncio
import subprocess
import sys
from datetime import timedelta

import pytest

from bot import alone
from bot.alone import ListensAlone
from bot.model import Part
from bot.owner import this_process
from bot.store.lanes import SqlLeases
from tests.fakes import ROOM, FakeChat, FakeClock
from tests.waiting import until


@pytest.fixture
def clock(monkeypatch):
    monkeypatch.setattr(alone, "TRIED", 0.01)
    monkeypatch.setattr(alone, "RENEWED", 0.01)
    return FakeClock()


@pytest.fixture
def dead():
    """Give the name of a process of this machine that has ended."""
    told = "from bot.owner import this_process; print(this_process())"
    return subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.fixture
def process(engine, clock):
    def started(owner):
        chat = FakeChat()
        return chat, ListensAlone(chat, SqlLeases(engine), lease="poll", owner=owner, clock=clock)

    return started


async def test_second_process_listens_once_the_first_has_stopped(process):
    (first, one), (second, two) = process("a"), process("b")
    await one.start(None, None)
    waiting = asyncio.create_task(two.start(None, None))
    await asyncio.sleep(0.05)
    assert (first.listening, second.listening) == (True, False)

    await one.stop()
    await waiting

    assert (first.listening, second.listening) == (False, True)
    await two.stop()


async def test_process_killed_on_this_machine_is_relieved_at_once(process, dead):
    (_, killed), (second, two) = process(dead), process(this_process())
    await killed.start(None, None)
    killed._keeping.cancel()

    await two.start(None, None)

    assert second.listening
    await two.stop()


async def test_process_that_lost_the_lease_takes_it_from_nobody(process, dead):
    """Two machines of one name see each other's processes as gone: they must not take turns for ever."""
    (first, one), (_, other) = process(this_process()), process(dead)
    await one.start(None, None)
    while not await other._takes():  # for the one may renew in between
        await one._leases.drop("poll", owner=one._owner)

    await until(lambda: not first.listening)

    await asyncio.sleep(0.05)
    assert not first.listening
    await other.stop()
    await until(lambda: first.listening)
    await one.stop()


async def test_process_that_was_silent_for_long_stops_listening_when_another_took_over(process, clock):
    (first, one), (second, two) = process("a"), process("b")
    await one.start(None, None)
    one._keeping.cancel()  # its machine sleeps
    clock.now += alone.LASTS + timedelta(seconds=1)
    await two.start(None, None)
    assert second.listening

    one._keeping = asyncio.create_task(one._keep(None, None, None))

    await until(lambda: not first.listening)
    await two.stop()
    await until(lambda: first.listening)
    await one.stop()


async def test_who_may_not_listen_may_send(process):
    (_, one), (chat, two) = process("a"), process("b")
    await one.start(None, None)

    await two.send(ROOM, Part(body="b", text="b"))

    assert [body for _, body, _ in chat.sent] == ["b"]
    await one.stop()
