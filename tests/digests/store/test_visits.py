"""Visits that end together are written together, and none suffers for another."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event, func, select

from digests.model import Entry
from digests.store.core import CoreStore
from digests.store.engine import reading
from digests.store.rows import KEY
from tests.fakes import NOON

YEAR = timedelta(days=365)


@pytest.fixture
def store(engine):
    return CoreStore(engine)


@pytest.fixture
def commits(engine):
    """Give a list that grows with each commit."""
    made = []
    shortcut = engine.get_execution_options().get("pullquote_shortcut")
    event.listen(shortcut.engine if shortcut else engine.sync_engine, "commit", made.append)
    return made


async def feeds(store, count):
    return [
        await store.add_feed(f"https://{n}.example/rss", title=f"Post {n}", language="en", now=NOON)
        for n in range(count)
    ]


def entry(number, **changed):
    made = Entry(f"guid-{number:04}", f"https://harbour.example/{number}", f"Ferry {number} leaves the quay")
    return replace(made, **changed)


async def visited(store, feed, *numbers, now=NOON):
    return await store.feed_read(feed, [entry(number) for number in numbers], first=5, now=now)


async def test_hundreds_of_visits_at_once_take_few_commits_and_each_is_answered(store, commits):
    some = await feeds(store, 150)
    commits.clear()

    new = await asyncio.gather(*(visited(store, feed, *range(feed.id % 4)) for feed in some))

    assert new == [feed.id % 4 for feed in some]
    assert 1 <= len(commits) <= 3


async def test_visit_that_the_database_refuses_stops_no_other(store):
    one, broken, other = await feeds(store, 3)
    bad = [entry(1, title="half a sign \ud800")]

    told = await asyncio.gather(
        visited(store, one, 1),
        store.feed_read(broken, bad, first=5, now=NOON),
        visited(store, other, 1, 2),
        return_exceptions=True,
    )

    assert (told[0], told[2]) == (1, 2)
    assert isinstance(told[1], Exception)
    assert len(await store.pages_due(NOON, limit=9)) == 3


async def test_two_feeds_that_move_to_one_place_at_once_do_not_collide(store):
    one, other = await feeds(store, 2)

    await asyncio.gather(
        *(
            store.feed_read(replace(feed, url="https://new.example/"), (), first=5, now=NOON)
            for feed in (one, other)
        )
    )

    assert (await store.feed_at("https://new.example/")).id == one.id
    assert (await store.feed_at(other.url)).id == other.id


async def test_key_that_is_still_shown_is_seen_again_and_others_grow_old(engine, store):
    (feed,) = await feeds(store, 1)
    await visited(store, feed, 1, 2)

    await visited(store, feed, 2, now=NOON + YEAR)

    async with reading(engine) as connection:
        old = await connection.scalar(select(func.count()).where(KEY.c.seen_at < NOON + YEAR))
        new = await connection.scalar(select(func.count()).where(KEY.c.seen_at == NOON + YEAR))
    assert (old > 0, new > 0) == (True, True)
    assert await visited(store, feed, 1, 2, now=NOON + YEAR) == 0
