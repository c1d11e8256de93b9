"""A digest that is asked for waits a little for what was followed just now."""

from datetime import timedelta

import pytest

from bot import desk
from bot.desk import BotDesk
from bot.model import Unread
from bot.phrase import say
from tests.fakes import NOON, ROOM, FakeClock, FakeSubscriptions, feed


class FakeEditor:
    def __init__(self):
        self.unread = []

    async def digest_now(self, subscription, *, back, unread):
        self.unread.append(unread)
        return say("The news")


class Reading:
    """Has so much to read at each look, the last for ever."""

    def __init__(self, *counts):
        self.counts, self.looks = list(counts), 0

    async def __call__(self, feeds, *, now):
        self.looks += 1
        return self.counts.pop(0) if len(self.counts) > 1 else self.counts[0]


@pytest.fixture
def asked(monkeypatch):
    monkeypatch.setattr(desk, "LOOK_AGAIN", 0.0)

    async def digest(reading):
        subscriptions, editor = FakeSubscriptions(), FakeEditor()
        room = await subscriptions.add(
            ROOM,
            zone="UTC",
            timetable="08:00",
            shown_until=NOON - timedelta(days=1),
            next_due_at=None,
            now=NOON,
        )
        await subscriptions.follow(room, [feed(1, "Harbour Post")], now=NOON)
        made = BotDesk(
            doubts=None,
            erasing=None,  # asked by the commands alone
            subscriptions=subscriptions,
            collector=None,
            editor=editor,
            catalogue=(),
            clock=FakeClock(),
            listed=None,
            count_unread=reading,
            make_report=None,
            trace=None,
        )
        await made.digest_now(room)
        return editor.unread

    return digest


async def test_digest_waits_until_all_is_read(asked):
    reading = Reading(Unread(feeds=1), Unread(pages=9), Unread(pages=1), Unread())

    assert await asked(reading) == [Unread()]
    assert reading.looks == 4


async def test_digest_does_not_wait_where_nothing_is_unread(asked):
    reading = Reading(Unread())

    await asked(reading)

    assert reading.looks == 1


async def test_digest_does_not_wait_for_ever_and_tells_what_is_unread(asked):
    reading = Reading(Unread(pages=9))

    assert await asked(reading) == [Unread(pages=9)]
    assert reading.looks == desk.LOOKS + 1
