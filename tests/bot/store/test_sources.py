"""The operator's own list, on each database."""

from datetime import timedelta

import pytest

from bot.store.sources import Listing, SqlSources
from bot.store.subscriptions import SqlSubscriptions
from digests.store.core import CoreStore
from tests.fakes import NOON, ROOM

URL = "https://harbour.example/feed"
LISTING = Listing(URL, title="Harbour Post", topic="Picks")


@pytest.fixture
def sources(engine):
    return SqlSources(engine)


async def due(engine):
    return [feed.url for feed in await CoreStore(engine).feeds_due(NOON, limit=9)]


async def followed(engine):
    subscriptions = SqlSubscriptions(engine)
    room = await subscriptions.add(
        ROOM, zone="UTC", timetable="12:00", shown_until=NOON, next_due_at=NOON, now=NOON
    )
    feed = await CoreStore(engine).feed_at(URL)
    await subscriptions.follow(room, [feed], now=NOON)
    return subscriptions, room, feed


async def test_listed_feed_is_read_though_nobody_follows_it(engine, sources):
    await sources.add([LISTING], now=NOON)

    (source,) = await sources.all()
    assert (source.feed.title, source.feed.topic, source.readers) == ("Harbour Post", "Picks", 0)
    assert await due(engine) == [URL]


async def test_listed_feed_is_read_on_when_its_last_reader_leaves(engine, sources):
    await sources.add([LISTING], now=NOON)
    subscriptions, room, feed = await followed(engine)

    await subscriptions.unfollow(room, feed)

    assert await due(engine) == [URL]


async def test_removed_feed_that_nobody_follows_is_read_no_more(engine, sources):
    await sources.add([LISTING], now=NOON)

    assert await sources.remove(URL)

    assert (await sources.all(), await due(engine)) == ([], [])


async def test_removed_feed_stays_with_who_follows_it(engine, sources):
    await sources.add([LISTING], now=NOON)
    await followed(engine)
    (source,) = await sources.all()

    await sources.remove(URL)

    assert source.readers == 1
    assert await due(engine) == [URL]


async def test_feed_that_is_not_listed_can_not_be_removed(sources):
    assert not await sources.remove(URL)


async def test_listing_anew_moves_a_feed_to_another_topic_and_keeps_its_place(sources):
    other = Listing("https://other.example/feed", title="Other", topic="Picks")
    await sources.add([LISTING, other], now=NOON)

    await sources.add([Listing(URL, title="Harbour Post", topic="World")], now=NOON + timedelta(days=1))

    assert [(feed.url, feed.topic) for feed in await sources.feeds()] == [
        (URL, "World"),
        (other.url, "Picks"),
    ]
