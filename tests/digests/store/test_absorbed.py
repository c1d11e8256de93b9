"""Stories that turn out to be one, in SQL, on each database."""

from dataclasses import replace

import pytest

from digests.model import Article, Entry, Story
from digests.store.core import CoreStore
from tests.fakes import NOON


@pytest.fixture
def store(engine):
    return CoreStore(engine)


async def stories_of_their_own(store, count):
    """Return so many stored stories of one article each, of one feed."""
    feed = await store.add_feed("https://harbour.example/rss", title="Harbour Post", language="en", now=NOON)
    entries = [
        Entry(f"g{number}", f"https://harbour.example/{number}", f"Ferry number {number} leaves the quay")
        for number in range(count)
    ]
    await store.feed_read(feed, entries, first=count, now=NOON)
    for page in await store.pages_due(NOON, limit=count):
        await store.page_read(page, Article(page.entry.url, page.entry.title, "The ferry left."), now=NOON)
    for article in await store.ungrouped(limit=count):
        await store.save_stories([Story((article,))], now=NOON)
    return feed, await store.stories_since(NOON.replace(hour=0))


async def test_a_story_names_what_became_part_of_it_however_often_it_grew(store):
    feed, (one, two, three) = await stories_of_their_own(store, 3)

    both = replace(two, articles=(*one.articles, *two.articles), absorbed=(one.id,))
    await store.save_stories([both], now=NOON)
    all_three = replace(three, articles=(*both.articles, *three.articles), absorbed=(two.id, one.id))
    await store.save_stories([all_three], now=NOON)

    (left,) = await store.stories_for([feed.id], since=NOON.replace(hour=0), until=NOON)
    assert (left.id, left.absorbed, len(left.articles)) == (three.id, (one.id, two.id), 3)


async def test_a_story_that_absorbed_none_names_none(store):
    _, stories = await stories_of_their_own(store, 2)

    assert [story.absorbed for story in stories] == [(), ()]
