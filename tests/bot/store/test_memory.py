"""What was sent long ago is forgotten; what is still to arrive, and what is followed, stays."""

from datetime import timedelta

import pytest

from bot.model import Address, Keeping, Part
from bot.store.ledger import SqlLedger
from bot.store.memory import SqlMemory
from bot.store.subscriptions import SqlSubscriptions
from digests.store.core import CoreStore
from tests.fakes import NOON, ROOM

DAY = timedelta(days=1)
LATER = NOON + 40 * DAY
SINCE = Keeping(
    texts=LATER - 14 * DAY, facts=LATER - 90 * DAY, keys=NOON - 365 * DAY, deliveries=LATER - 30 * DAY
)


class Room:
    """A room that is owed a digest at noon."""

    def __init__(self, engine):
        self.subscriptions, self.ledger = SqlSubscriptions(engine), SqlLedger(engine)

    async def owed(self, address=ROOM, *, now=NOON):
        made = await self.subscriptions.add(
            address, zone="UTC", timetable="12:00", shown_until=now - DAY, next_due_at=now, now=now
        )
        await self.ledger.materialise(now)
        (slot,) = await self.ledger.take_slots("telegram", now=now, limit=9)
        await self.ledger.freeze(slot, address, [Part("{}", "Hello")], stories=[], now=now)
        return made

    async def sent(self, *, now=NOON):
        for delivery in await self.ledger.claim("telegram", now=now, limit=9):
            await self.ledger.sending(delivery, now=now)
            await self.ledger.sent(delivery, message_id="m1", now=now)


@pytest.fixture
def room(engine):
    return Room(engine)


async def test_what_was_sent_long_ago_is_forgotten(engine, room):
    await room.owed()
    await room.sent()

    forgotten = await SqlMemory(engine).forget(SINCE)

    assert forgotten["slots"] == 1


async def test_what_is_still_to_arrive_is_not_forgotten(engine, room):
    await room.owed()

    forgotten = await SqlMemory(engine).forget(SINCE)

    assert forgotten["slots"] == 0
    assert len(await room.ledger.claim("telegram", now=LATER, limit=9)) == 1


async def test_what_was_sent_lately_is_not_forgotten(engine, room):
    await room.owed(now=LATER - DAY)
    await room.sent(now=LATER - DAY)

    assert (await SqlMemory(engine).forget(SINCE))["slots"] == 0


async def test_feed_that_nobody_came_to_follow_is_read_no_more(engine, room):
    store = CoreStore(engine)
    found, followed = [
        await store.add_feed(f"https://{name}.example/rss", title=name, language="en", now=NOON)
        for name in ("found", "followed")
    ]
    await store.feed_read(found, (), first=5, now=NOON)
    mine = await room.owed(Address("telegram", "8"))
    await room.subscriptions.follow(mine, [followed], now=NOON)

    forgotten = await SqlMemory(engine).forget(SINCE)

    assert forgotten["asleep"] <= 1
    assert [feed.id for feed in await store.feeds_due(LATER, limit=9)] == [followed.id]
