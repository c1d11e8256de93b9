"""What is too old is forgotten, and nothing that is still needed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from digests.build import build
from digests.model import Article, Entry, Quote, Span, SpeakerKind, Story
from digests.store.core import CoreStore
from digests.store.engine import reading
from digests.store.prune import AT_ONCE, forget_articles, forget_keys, forget_rows, forget_texts
from digests.store.rows import ARTICLE, CARRIES, ENTRY, KEY, STORY
from tests.fakes import NOON

DAY = timedelta(days=1)
TEXT = "“We sail at dawn,” said Ida Brand, the harbour master, as the ferry left the quay of Lowmouth."
QUOTE = Quote(
    Span(1, 17), "We sail at dawn,", "Ida Brand", SpeakerKind.NAMED, "harbour master", "said", rank=1
)


@pytest.fixture
def store(engine):
    return CoreStore(engine)


@pytest.fixture
async def feed(store):
    return await store.add_feed("https://harbour.example/rss", title="Harbour Post", language="en", now=NOON)


async def collected(store, feed, number, *, now):
    """Walk one entry to an article in a story of its own."""
    url = f"https://harbour.example/{number}"
    entry = Entry(f"guid-{number:03}", url, f"Ferry number {number} leaves the quay of Lowmouth")
    await store.feed_read(feed, [entry], first=5, now=now)
    (page,) = await store.pages_due(now, limit=9)
    article = Article(url, entry.title, TEXT, outlet="Harbour Post", published=now, facts=(QUOTE,))
    await store.page_read(page, article, now=now)
    await store.save_stories([Story(tuple(await store.ungrouped(limit=9)))], now=now)


async def count(engine, table):
    async with reading(engine) as connection:
        return await connection.scalar(select(func.count()).select_from(table))


async def test_old_texts_go_and_titles_links_and_younger_texts_stay(engine, store, feed):
    await collected(store, feed, 1, now=NOON)
    await collected(store, feed, 2, now=NOON + DAY)

    forgotten = await forget_texts(engine, before=NOON + DAY)

    stories = await store.stories_since(NOON - DAY)
    assert forgotten == 1
    assert [(story.articles[0].text, story.articles[0].facts) for story in stories] == [
        ("", ()),
        (TEXT, (QUOTE,)),
    ]
    assert stories[0].articles[0].title == "Ferry number 1 leaves the quay of Lowmouth"
    assert await count(engine, ENTRY) == 1
    assert await forget_texts(engine, before=NOON + DAY) == 0


async def test_story_goes_on_though_the_text_of_an_older_article_is_forgotten(engine, store, feed):
    await collected(store, feed, 1, now=NOON)
    (story,) = await store.stories_since(NOON - DAY)
    await collected(store, feed, 2, now=NOON + 20 * DAY)
    newer = (await store.stories_since(NOON + DAY))[0].articles
    joined = replace(story, articles=(*story.articles, *newer))
    await store.save_stories([joined], now=NOON + 20 * DAY)

    await forget_texts(engine, before=NOON + 6 * DAY)

    until = NOON + 20 * DAY
    verified = await build(store, [feed], since=until - DAY, until=until)
    (told,) = verified.digest.stories
    assert verified.dropped == 0
    assert len(told.articles) == 2
    assert [cited.article.text for cited in told.quotes] == [TEXT]


async def test_digest_of_nothing_but_forgotten_texts_quotes_nothing(engine, store, feed):
    await collected(store, feed, 1, now=NOON)
    await forget_texts(engine, before=NOON + DAY)

    verified = await build(store, [feed], since=NOON - DAY, until=NOON)

    assert verified.dropped == 0
    assert [(story.quotes, story.figures, story.lead) for story in verified.digest.stories] in (
        [],
        [((), (), None)],
    )


async def test_old_articles_go_with_the_stories_of_which_nothing_is_left(engine, store, feed):
    await collected(store, feed, 1, now=NOON)
    await collected(store, feed, 2, now=NOON + DAY)

    assert await forget_articles(engine, before=NOON + DAY) == 1

    assert [await count(engine, table) for table in (ARTICLE, CARRIES, STORY)] == [1, 1, 1]


async def test_story_goes_after_those_that_became_part_of_it(engine, store, feed):
    for number in (1, 2):
        await collected(store, feed, number, now=NOON)
    kept, part = await store.stories_since(NOON - DAY)
    merged = replace(kept, articles=(*kept.articles, *part.articles), absorbed=(part.id,))
    await store.save_stories([merged], now=NOON)

    await forget_articles(engine, before=NOON + DAY)

    assert await count(engine, STORY) == 0


async def test_article_that_is_forgotten_is_not_read_again(engine, store, feed):
    await collected(store, feed, 1, now=NOON)
    await forget_texts(engine, before=NOON + 90 * DAY)
    await forget_articles(engine, before=NOON + 90 * DAY)
    await forget_keys(engine, before=NOON - DAY)

    entry = Entry("guid-001", "https://harbour.example/1", "Ferry number 1 leaves the quay of Lowmouth")

    assert await store.feed_read(feed, [entry], first=5, now=NOON + 90 * DAY) == 0


async def test_keys_go_that_the_feed_no_longer_shows(engine, store, feed):
    await collected(store, feed, 1, now=NOON)
    gone = await count(engine, KEY)
    await collected(store, feed, 2, now=NOON + 400 * DAY)

    assert await forget_keys(engine, before=NOON + 35 * DAY) == gone


async def test_feed_that_has_said_nothing_new_for_years_is_still_recognised(engine, store, feed):
    await collected(store, feed, 1, now=NOON)

    assert await forget_keys(engine, before=NOON + 800 * DAY) == 0


async def test_more_than_fits_a_transaction_goes_all_the_same(engine, store, feed):
    entries = [
        Entry(f"guid-{n:04}", f"https://harbour.example/{n}", f"Ferry {n}") for n in range(AT_ONCE + 3)
    ]
    await store.feed_read(feed, entries, first=9999, now=NOON)

    assert await forget_rows(engine, ENTRY, ENTRY.c.first_seen < NOON + DAY) == AT_ONCE + 3
