"""Readers of a feed that is gone are told once, whatever happens meanwhile."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.closing import tell_gone
from bot.model import Address
from bot.store.closings import SqlClosings
from bot.store.ledger import SqlLedger
from bot.store.subscriptions import SqlSubscriptions
from digests.model import FeedState
from digests.store.core import CoreStore
from tests.fakes import NOON, ROOM, FakeChat

OTHER = Address("telegram", "8")


class World:
    """Two feeds, and rooms that follow them."""

    def __init__(self, engine):
        self.store, self.subscriptions = CoreStore(engine), SqlSubscriptions(engine)
        self.closings, self.ledger, self.chat = SqlClosings(engine), SqlLedger(engine), FakeChat()

    async def feed(self, name):
        return await self.store.add_feed(f"https://{name}.example/rss", title=name, language="en", now=NOON)

    async def room(self, address, *feeds, due=None):
        made = await self.subscriptions.add(
            address,
            zone="UTC",
            timetable="12:00",
            shown_until=NOON - timedelta(days=1),
            next_due_at=due,
            now=NOON,
        )
        await self.subscriptions.follow(made, feeds, now=NOON)
        return made

    async def goes(self, feed):
        await self.store.feed_failed(replace(feed, state=FeedState.GONE, next_poll_at=None))

    async def tell(self):
        await tell_gone(self.closings, self.chat, now=NOON)

    async def outbox(self):
        """Return rooms and texts of what would leave now."""
        return [
            (one.address, one.part.text) for one in await self.ledger.claim("telegram", now=NOON, limit=99)
        ]


@pytest.fixture
def world(engine):
    return World(engine)


async def test_each_reader_is_told_and_told_once(world):
    gone, stays = await world.feed("Harbour Post"), await world.feed("Valley Times")
    mine = await world.room(ROOM, gone, stays)
    await world.room(OTHER, stays)
    await world.goes(gone)

    for _ in range(2):
        await world.tell()

    ((address, text),) = await world.outbox()
    assert (address, "Harbour Post" in text) == (ROOM, True)
    assert [feed.title for feed in await world.subscriptions.feeds(mine)] == ["Valley Times"]


async def test_two_processes_tell_once(world):
    gone = await world.feed("Harbour Post")
    await world.room(ROOM, gone)
    await world.goes(gone)

    await asyncio.gather(world.tell(), world.tell(), world.tell())

    assert len(await world.outbox()) == 1


async def test_several_feeds_that_are_gone_are_one_message(world):
    feeds = [await world.feed(name) for name in ("Harbour Post", "Valley Times")]
    await world.room(ROOM, *feeds)
    for feed in feeds:
        await world.goes(feed)

    await world.tell()

    ((_, text),) = await world.outbox()
    assert "Harbour Post" in text
    assert "Valley Times" in text


async def test_feed_that_only_fails_is_no_news(world):
    feed = await world.feed("Harbour Post")
    await world.room(ROOM, feed)
    await world.store.feed_failed(replace(feed, state=FeedState.FAILING, failures=9))

    await world.tell()

    assert await world.outbox() == []


async def test_room_that_rests_is_told_once_it_goes_on(world):
    gone = await world.feed("Harbour Post")
    mine = await world.room(ROOM, gone)
    await world.subscriptions.save(replace(mine, paused="asked"))
    await world.goes(gone)

    await world.tell()
    silent = await world.outbox()
    await world.subscriptions.save(mine)
    await world.tell()

    assert silent == []
    assert len(await world.outbox()) == 1


async def test_digest_that_is_owed_comes_all_the_same(world):
    gone = await world.feed("Harbour Post")
    await world.room(ROOM, gone, due=NOON)
    await world.goes(gone)

    await world.tell()
    await world.ledger.materialise(NOON)

    assert len(await world.ledger.take_slots("telegram", now=NOON, limit=9)) == 1
