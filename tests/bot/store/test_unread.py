"""What is still to be read of a room's sources is counted; what was tried in vain is not waited for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import Unread
from bot.store.subscriptions import SqlSubscriptions
from bot.store.unread import SqlUnread
from digests.model import Article, Entry, FeedState, Story
from digests.store.core import CoreStore
from tests.fakes import NOON, ROOM

LATER = NOON + timedelta(minutes=5)
ENTRIES = tuple(Entry(None, f"https://harbour.example/{at}", f"Tide {at}", published=NOON) for at in range(3))


@pytest.fixture
def store(engine):
    return CoreStore(engine)


@pytest.fixture
async def feeds(engine, store):
    """Give what a room follows since just now, as it is then in the store."""
    made = await store.add_feed("https://harbour.example/rss", title="Harbour Post", language="en", now=NOON)
    subscriptions = SqlSubscriptions(engine)
    room = await subscriptions.add(
        ROOM, zone="UTC", timetable="08:00", shown_until=NOON, next_due_at=None, now=NOON
    )
    await subscriptions.follow(room, [made], now=NOON)

    async def followed():
        return await subscriptions.feeds(room)

    return followed


@pytest.fixture
def unread(engine, feeds):
    async def counted():
        return await SqlUnread(engine)(await feeds(), now=NOON)

    return counted


@pytest.fixture
async def visited(store, feeds):
    """Let the feed be read, with three pages to read."""
    (feed,) = await feeds()
    read = replace(feed, body_hash="h", next_poll_at=LATER)
    await store.feed_read(read, ENTRIES, first=30, now=NOON)
    return read


async def test_feed_followed_just_now_is_unread(unread):
    assert await unread() == Unread(feeds=1)


async def test_feed_that_did_not_answer_is_not_waited_for(store, feeds, unread):
    (feed,) = await feeds()
    await store.feed_failed(replace(feed, state=FeedState.FAILING, failures=1))

    assert not await unread()


async def test_pages_are_unread_until_they_stand_in_a_story(store, visited, unread):
    assert await unread() == Unread(pages=3)
    first, *others = await store.pages_due(NOON, limit=9)
    article = Article(url=first.entry.url, title="Tide 0", text="The tide rose.", outlet="Harbour Post")
    await store.page_read(first, article, now=NOON)
    assert await unread() == Unread(pages=3)

    loose = await store.ungrouped(limit=9)
    await store.save_stories([Story(tuple(loose))], now=NOON)

    assert await unread() == Unread(pages=len(others))


async def test_page_tried_in_vain_is_not_waited_for(store, visited, unread):
    for page in await store.pages_due(NOON, limit=9):
        await store.page_failed(page, again_at=NOON)

    assert not await unread()


async def test_room_that_follows_nothing_has_nothing_unread(engine):
    assert not await SqlUnread(engine)((), now=NOON)
