"""Calls come, whatever is done to the wall clock."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.schedulers import base

from bot.clock import WallClock
from bot.work import ticker
from bot.work.ticker import Ticker
from tests.waiting import until


class Wall(datetime):
    """The wall clock that APScheduler reads, which can be set."""

    ahead = timedelta(0)

    @classmethod
    def now(cls, tz=None):
        return WallClock()() + cls.ahead


@pytest.fixture
async def wall(monkeypatch):
    monkeypatch.setattr(base, "datetime", Wall)
    monkeypatch.setattr(ticker, "LOOK_EVERY", 0.02)
    monkeypatch.setattr(Wall, "ahead", timedelta(0))
    return Wall


@pytest.fixture
async def calls(wall):
    """Have a call each 0.1 s."""
    came = []

    async def call():
        came.append(wall.ahead)

    ticking = Ticker(wall=lambda: wall.now(UTC))
    ticking.add("call", call, every=0.1)
    ticking.start()
    yield came
    ticking.stop()


@pytest.mark.parametrize("step", [timedelta(hours=-9), timedelta(hours=9), timedelta(days=-20_000)])
async def test_clock_that_is_set_stops_no_tick(wall, calls, step):
    await until(lambda: calls)

    wall.ahead = step

    await until(lambda: calls.count(step) >= 3)


async def test_call_that_fails_comes_again(wall):
    came = []

    async def fail():
        came.append(1)
        raise ValueError

    ticking = Ticker(wall=lambda: wall.now(UTC))
    ticking.add("fail", fail, every=0.02)
    ticking.start()

    await until(lambda: len(came) >= 2)
    ticking.stop()


async def test_after_the_stop_nothing_is_called(wall):
    came = []

    async def call():
        came.append(1)

    ticking = Ticker(wall=lambda: wall.now(UTC))
    ticking.add("call", call, every=0.02)
    ticking.start()
    await until(lambda: came)

    ticking.stop()
    count = len(came)
    await asyncio.sleep(0.1)

    assert len(came) == count
