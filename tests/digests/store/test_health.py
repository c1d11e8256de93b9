"""What an operator is told of feeds, on each database."""

from dataclasses import replace

import pytest

from digests.model import FeedState
from digests.store.core import CoreStore
from digests.store.health import failing_feeds, feeds_by_state
from tests.fakes import NOON


@pytest.fixture
def store(engine):
    return CoreStore(engine)


async def stored(store, name, state, *, next_poll_at=NOON):
    feed = await store.add_feed(f"https://{name}.example/feed", title=name, language="en", now=NOON)
    since = None if state is FeedState.OK else NOON
    visited = replace(feed, state=state, failing_since=since, next_poll_at=next_poll_at)
    await store.feed_read(visited, (), first=5, now=NOON)


async def test_feeds_read_in_vain_are_named(engine, store):
    await stored(store, "well", FeedState.OK)
    await stored(store, "slow", FeedState.SLOW)
    await stored(store, "broken", FeedState.QUARANTINED)
    await stored(store, "gone", FeedState.GONE, next_poll_at=None)

    failing = await failing_feeds(engine)

    assert [(feed.title, feed.failing_since) for feed in failing] == [("broken", NOON), ("gone", NOON)]


async def test_feed_that_nobody_wants_is_not_reported(engine, store):
    await stored(store, "unwanted", FeedState.FAILING, next_poll_at=None)

    assert await failing_feeds(engine) == []
    assert (await feeds_by_state(engine))[FeedState.FAILING] == 0


async def test_every_state_is_counted(engine, store):
    await stored(store, "well", FeedState.OK)
    await stored(store, "refused", FeedState.REFUSED)

    counted = await feeds_by_state(engine)

    assert set(counted) == set(FeedState)
    assert (counted[FeedState.OK], counted[FeedState.REFUSED]) == (1, 1)
