"""What collecting and building keep, in SQL, on each database."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from digests.model import Article, Entry, FeedState, Figure, Quote, Span, SpeakerKind, Story
from digests.store.core import CoreStore
from digests.store.engine import reading
from digests.store.rows import ENTRY
from tests.fakes import NOON

URL = "https://harbour.example/rss"


@pytest.fixture
def store(engine):
    return CoreStore(engine)


async def added(store, url=URL, **changed):
    feed = await store.add_feed(url, title="Harbour Post", language="en", now=NOON)
    return replace(feed, **changed)


def entry(number, **changed):
    url = f"https://harbour.example/news/{number}"
    made = Entry(
        guid=f"guid-{number}", url=url, title=f"Ferry number {number} leaves the quay", published=NOON
    )
    return replace(made, **changed)


async def read(store, feed, *numbers, first=9999, now=NOON):
    return await store.feed_read(feed, [entry(number) for number in numbers], first=first, now=now)


async def collected(store, feed, number, *, text="The ferry left.", now=NOON, facts=(), url=None):
    """Read an entry of a feed and its page; return the article as given."""
    await read(store, feed, number, now=now)
    page = (await store.pages_due(now, limit=99))[-1]
    article = Article(
        url or page.entry.url, page.entry.title, text, outlet=feed.title, published=now, facts=facts
    )
    await store.page_read(page, article, now=now)
    return article


async def test_feed_is_stored_once_and_not_read_before_somebody_follows_it(store):
    feed = await added(store)

    assert await added(store) == feed == await store.feed_at(URL)
    assert (feed.title, feed.state, feed.next_poll_at) == ("Harbour Post", FeedState.OK, None)
    assert await store.feeds_due(NOON + timedelta(days=9), limit=9) == []
    assert await store.feed_at("https://other.example/") is None


async def test_all_that_is_remembered_of_a_feed_comes_back(store):
    feed = await added(
        store,
        etag='"a"',
        last_modified="Thu",
        body_hash="f00",
        next_poll_at=NOON,
        state=FeedState.FAILING,
        failing_since=NOON,
        failures=3,
        poll_seconds=900,
        moved_to="https://new.example/",
        moved_times=2,
        skip_hours=0b1001,
    )

    await store.feed_read(feed, (), first=5, now=NOON)

    assert await store.feed_at(URL) == feed


async def test_feed_that_is_left_while_it_is_read_sleeps_on(store):
    feed = await added(store)

    await store.feed_failed(replace(feed, next_poll_at=NOON))

    assert (await store.feed_at(URL)).next_poll_at is None


async def test_feeds_are_due_by_their_time_the_longest_waiting_first(store):
    for hours in (1, 3, 2, -1):
        feed = await added(store, f"https://{hours}.example/", next_poll_at=NOON - timedelta(hours=hours))
        await store.feed_read(feed, (), first=5, now=NOON)

    due = await store.feeds_due(NOON, limit=9)

    assert [feed.url for feed in due] == ["https://3.example/", "https://2.example/", "https://1.example/"]
    assert len(await store.feeds_due(NOON, limit=1)) == 1


async def test_feeds_in_trouble_are_due_after_all_others(store):
    for hours, failures in ((9, 2), (1, 0), (2, 0)):
        feed = await added(
            store, f"https://{hours}.example/", next_poll_at=NOON - timedelta(hours=hours), failures=failures
        )
        await store.feed_read(feed, (), first=5, now=NOON)

    due = await store.feeds_due(NOON, limit=9)

    assert [feed.url for feed in due] == ["https://2.example/", "https://1.example/", "https://9.example/"]


async def test_feed_that_moves_to_where_another_is_keeps_its_place(store):
    feed, other = await added(store), await added(store, "https://new.example/")

    await store.feed_failed(replace(feed, url=other.url, failures=1))

    assert (await store.feed_at(URL)).failures == 1
    assert (await store.feed_at(other.url)).id == other.id


async def test_only_the_newest_entries_of_a_new_feed_are_read_and_all_are_remembered(store):
    feed = await added(store)

    counts = [await read(store, feed, *range(9), first=5), await read(store, feed, *range(9), first=5)]

    assert counts == [5, 0]
    assert len(await store.pages_due(NOON, limit=99)) == 5


async def test_all_new_entries_of_a_known_feed_are_read(store):
    feed = await added(store)
    await read(store, feed, 1, first=5)

    assert await read(store, feed, *range(1, 12), first=5) == 10


async def test_very_long_feed_is_read_whole(store):
    feed = await added(store)

    assert await read(store, feed, *range(1500)) == 1500
    assert await read(store, feed, *range(1500)) == 0


async def test_two_feeds_may_show_the_same_entry(store):
    one, other = await added(store), await added(store, "https://other.example/")

    assert [await read(store, one, 1), await read(store, other, 1)] == [1, 1]


async def test_page_is_given_with_its_feed_and_entry(store):
    feed = await added(store)
    told = entry(1, summary="Summary ✓", author="Ida Brand", guid=None)
    await store.feed_read(feed, [told], first=5, now=NOON)

    (page,) = await store.pages_due(NOON, limit=9)

    assert (page.feed.id, page.entry, page.attempts) == (feed.id, told, 0)
    assert await store.pages_due(NOON - timedelta(seconds=1), limit=9) == []


async def test_page_that_failed_comes_again_when_told_or_never(store):
    feed = await added(store)
    await read(store, feed, 1)
    (page,) = await store.pages_due(NOON, limit=9)

    await store.page_failed(page, again_at=NOON + timedelta(minutes=5))
    assert await store.pages_due(NOON, limit=9) == []
    (again,) = await store.pages_due(NOON + timedelta(minutes=5), limit=9)
    await store.page_failed(again, again_at=None)

    assert again.attempts == 1
    assert await store.pages_due(NOON + timedelta(days=9), limit=9) == []


async def test_full_text_of_a_feed_is_kept_as_long_as_the_page_is_to_be_read(store, engine):
    feed = await added(store)
    await store.feed_read(feed, [entry(1, content="<p>All of it.</p>")], first=5, now=NOON)
    (page,) = await store.pages_due(NOON, limit=9)

    await store.page_failed(page, again_at=NOON)
    (again,) = await store.pages_due(NOON, limit=9)
    await store.page_failed(again, again_at=None)

    assert again.entry.content == page.entry.content == "<p>All of it.</p>"
    async with reading(engine) as connection:
        assert list(await connection.scalars(select(ENTRY.c.content))) == [""]


async def test_page_that_is_put_off_is_not_tried(store):
    feed = await added(store)
    await read(store, feed, 1)
    (page,) = await store.pages_due(NOON, limit=9)

    await store.page_put_off(page, until=NOON + timedelta(seconds=30))

    assert await store.pages_due(NOON, limit=9) == []
    assert await store.pages_due(NOON + timedelta(seconds=30), limit=9) == [page]


async def test_article_comes_back_with_all_its_facts(store):
    text = "“We sail at dawn,” said Ida Brand, harbour master, with 2,500 people aboard."
    quote = Quote(
        Span(1, 17), "We sail at dawn,", "Ida Brand", SpeakerKind.NAMED, "harbour master", "said", rank=1
    )
    start = text.index("2,500")
    figure = Figure(
        Span(start, start + 5), "2,500", Decimal(2500), unit="people", sentence=Span(0, len(text)), rank=1
    )

    article = await collected(store, await added(store), 1, text=text, facts=(quote, figure))

    (found,) = await store.ungrouped(limit=9)
    assert replace(found, id=None, feed_id=None, collected=None) == article
    assert found.facts == (quote, figure)
    assert await store.pages_due(NOON, limit=9) == []


async def test_article_that_two_feeds_carry_is_stored_once_and_seen_by_the_readers_of_both(store):
    one, other = await added(store), await added(store, "https://other.example/")
    await collected(store, one, 1, url="https://harbour.example/a")
    await collected(store, other, 2, url="https://harbour.example/a")
    await store.save_stories([Story(tuple(await store.ungrouped(limit=9)))], now=NOON)

    for feed in (one, other):
        (story,) = await store.stories_for([feed.id], since=NOON - timedelta(hours=1), until=NOON)
        assert len(story.articles) == 1


async def test_reader_sees_no_article_of_a_feed_that_only_others_follow(store):
    mine, private = await added(store), await added(store, "https://private.example/")
    await collected(store, mine, 1)
    await collected(store, private, 2)
    await store.save_stories([Story(tuple(await store.ungrouped(limit=9)))], now=NOON)

    (story,) = await store.stories_for([mine.id], since=NOON - timedelta(hours=1), until=NOON)

    assert [article.url for article in story.articles] == ["https://harbour.example/news/1"]
    assert await store.stories_for([], since=NOON - timedelta(hours=1), until=NOON) == []


async def test_period_begins_behind_since_and_ends_with_until(store):
    feed = await added(store)
    await collected(store, feed, 1, now=NOON)
    await store.save_stories([Story(tuple(await store.ungrouped(limit=9)))], now=NOON)

    hour = timedelta(hours=1)
    assert len(await store.stories_for([feed.id], since=NOON - hour, until=NOON)) == 1
    assert await store.stories_for([feed.id], since=NOON, until=NOON + hour) == []


async def test_story_keeps_its_identity_as_articles_join_and_holds_the_older_ones_too(store):
    feed, later = await added(store), NOON + timedelta(days=1)
    await collected(store, feed, 1, now=NOON)
    await store.save_stories([Story(tuple(await store.ungrouped(limit=9)))], now=NOON)
    (known,) = await store.stories_since(NOON - timedelta(days=1))
    await collected(store, feed, 2, now=later)
    (fresh,) = await store.ungrouped(limit=9)

    await store.save_stories([replace(known, articles=(*known.articles, fresh))], now=later)

    (story,) = await store.stories_for([feed.id], since=NOON, until=later)
    assert story.id == known.id
    assert [article.published for article in story.articles] == [NOON, later]
    assert await store.ungrouped(limit=9) == []


async def test_story_that_nobody_added_to_is_closed(store):
    await collected(store, await added(store), 1)
    await store.save_stories([Story(tuple(await store.ungrouped(limit=9)))], now=NOON)

    assert await store.stories_since(NOON) == []
    assert len(await store.stories_since(NOON - timedelta(seconds=1))) == 1


async def test_ungrouped_articles_come_the_oldest_first_and_no_more_than_asked(store):
    feed = await added(store)
    for number in (1, 2, 3):
        await collected(store, feed, number)

    assert [article.url[-1] for article in await store.ungrouped(limit=2)] == ["1", "2"]


async def test_article_without_a_date_counts_as_published_when_it_was_collected(store):
    feed = await added(store)
    await read(store, feed, 1)
    (page,) = await store.pages_due(NOON, limit=9)

    await store.page_read(page, Article(page.entry.url, "Undated", "Text."), now=NOON)

    (found,) = await store.ungrouped(limit=9)
    assert found.published == NOON


@pytest.mark.parametrize("year", [1970, 2099])
async def test_article_dated_when_it_cannot_have_been_is_of_when_it_was_read(store, year):
    feed = await added(store)
    await read(store, feed, 1)
    (page,) = await store.pages_due(NOON, limit=9)
    dated = Article(page.entry.url, page.entry.title, "The ferry left.", published=NOON.replace(year=year))

    await store.page_read(page, dated, now=NOON)

    (article,) = await store.ungrouped(limit=9)
    assert article.published == NOON


PAGE = "https://harbour.example/news/1"


async def told(store, feed, *, text="The ferry left.", now=NOON, **changed):
    """Let a feed show the page, under its own guid, and tell of it; return the entry's page."""
    await store.feed_read(feed, [entry(feed.id, url=PAGE)], first=9, now=now)
    page = next(page for page in await store.pages_due(now, limit=99) if page.feed.id == feed.id)
    article = Article(PAGE, page.entry.title, text, outlet=feed.title, published=now)
    await store.page_read(page, replace(article, **changed), now=now)


async def shown_to(store, *feeds, since=NOON - timedelta(hours=1), until=NOON):
    """Return the articles that a room with these feeds is shown."""
    stories = await store.stories_for([feed.id for feed in feeds], since=since, until=until)
    return [article for story in stories for article in story.articles]


async def grouped(store, now=NOON):
    loose = await store.ungrouped(limit=9)
    await store.save_stories([Story((article,)) for article in loose], now=now)
    return len(loose)


async def test_words_of_a_feed_are_seen_by_its_own_readers_alone(store):
    private, open_feed = await added(store, "https://private.example/?key=4f1c"), await added(store)
    await told(store, private, text="Not yet said in public.", of_feed=True, title="Between us")
    await told(store, open_feed, text="What the page says.")

    assert await grouped(store) == 1  # what is told of one page is one article for stories

    (mine,) = await shown_to(store, open_feed)
    (theirs,) = await shown_to(store, private)
    assert (mine.text, mine.of_feed) == ("What the page says.", False)
    assert (theirs.text, theirs.title, theirs.of_feed) == ("Not yet said in public.", "Between us", True)


async def test_two_feeds_that_tell_the_same_page_in_their_words_each_keep_theirs(store):
    one, other = await added(store), await added(store, "https://other.example/")
    await told(store, one, text="One.", of_feed=True)
    await told(store, other, text="Other.", of_feed=True)
    await grouped(store)

    texts = [[article.text for article in await shown_to(store, feed)] for feed in (one, other)]

    assert texts == [["One."], ["Other."]]


async def test_room_with_both_sees_the_page_itself_once(store):
    one, other = await added(store), await added(store, "https://other.example/")
    await told(store, one, text="A long summary of it all.", of_feed=True)
    await told(store, other, text="The page.")
    await grouped(store)

    assert [article.text for article in await shown_to(store, one, other)] == ["The page."]


async def test_title_and_author_of_one_feed_are_not_shown_to_readers_of_another(store):
    private, open_feed = await added(store, "https://private.example/"), await added(store)
    await told(store, private, title="Sell before Friday", author="The insider")
    await told(store, open_feed, title="Ferry leaves", author="Ida Brand")
    await grouped(store)

    (mine,) = await shown_to(store, open_feed)
    (theirs,) = await shown_to(store, private)

    assert (mine.title, mine.author) == ("Ferry leaves", "Ida Brand")
    assert (theirs.title, theirs.author) == ("Sell before Friday", "The insider")
    assert mine.id == theirs.id  # the page was read once


async def test_article_that_my_feed_carries_later_than_another_is_news_to_me_then(store):
    early, late = await added(store, "https://early.example/"), await added(store)
    evening = NOON + timedelta(hours=8)
    await told(store, early)
    await grouped(store)
    await told(store, late, now=evening)

    assert len(await shown_to(store, late, since=NOON, until=evening)) == 1
    assert await shown_to(store, early, since=NOON, until=evening) == []
    assert await shown_to(store, early, late, since=NOON, until=evening) == []  # known to who follows both


async def test_article_told_anew_joins_the_story_of_its_page(store):
    one, other = await added(store), await added(store, "https://other.example/")
    await told(store, one)
    await grouped(store)

    await told(store, other, of_feed=True, text="In other words.")

    assert await grouped(store) == 0
    stories = await store.stories_for([other.id], since=NOON - timedelta(hours=1), until=NOON)
    assert [story.id for story in stories] == [1]
    assert [len(story.articles) for story in await store.stories_since(NOON - timedelta(days=1))] == [1]
