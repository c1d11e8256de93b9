"""Feeds that are due become articles with facts, and stories; one in trouble never stops the rest."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from digests.collect import FIRST_ENTRIES, LARGE, PAGE_TRIES, Collector, read_entry
from digests.errors import (
    Busy,
    EmptyFeed,
    FetchFailed,
    Gone,
    NotAFeed,
    NotAllowed,
    Refused,
    TooSoon,
    Unreadable,
)
from digests.identity import host_of
from digests.model import Document, Entry, FeedState
from tests.fakes import NOON, FakeCollectStore, FakeFetch, FakeSandbox

FEED = "https://harbour.example/rss"
HOST = host_of(FEED)
SENTENCES = (
    "The new ferry across the Low Sound left Lowmouth on Thursday with 2,500 people aboard. ",
    "“We waited nine years for this day,” said Ida Brand, the harbour master of Lowmouth. ",
    "The crossing takes forty minutes, half as long as the road around the sound in winter. ",
    "Its owner, the county of Westmere, paid 80 million dollars for the ship and the two quays. ",
)


def rss(*numbers, summary="", content=""):
    items = "".join(
        f"<item><guid>g{n}</guid><link>{page_url(n)}</link><title>Ferry number {n} leaves the quay</title>"
        f"<description>{summary}</description><content:encoded><![CDATA[{content}]]></content:encoded>"
        f"<pubDate>Thu, 26 Nov 2026 {n % 12:02}:00:00 GMT</pubDate></item>"
        for n in numbers
    )
    namespace = 'xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    body = f'<rss version="2.0" {namespace}><channel><title>Harbour Post</title>{items}</channel></rss>'
    return Document(FEED, body.encode(), media_type="application/rss+xml", etag='"1"')


def page_url(number):
    return f"https://harbour.example/news/ferry-number-{number}-leaves"


def page(number, sentences=SENTENCES):
    text = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    told = f"<article><h1>Ferry number {number}</h1>{text}</article>"
    body = f"<html><head><title>Ferry</title></head><body>{told}</body></html>"
    return Document(page_url(number), body.encode(), media_type="text/html")


class Desk:
    def __init__(self):
        self.fetch, self.store = FakeFetch(), FakeCollectStore()
        self.collector = Collector(
            fetch=self.fetch, fetch_page=self.fetch, sandbox=FakeSandbox(), store=self.store
        )

    async def follows(self, url=FEED):
        feed = await self.store.add_feed(url, title="Harbour Post", language="en", now=NOON)
        self.store.feeds[feed.id] = replace(feed, next_poll_at=NOON)
        return feed

    def serves(self, *documents):
        self.fetch.pages |= {document.url: document for document in documents}


class NoSandbox:
    async def __call__(self, parse, *args, **kwargs):
        raise Unreadable("this was to be parsed by nobody")


@pytest.fixture
def desk():
    return Desk()


async def test_feed_becomes_pages_articles_with_facts_and_a_story(desk):
    await desk.follows()
    desk.serves(rss(1), page(1))

    (visit,) = await desk.collector.read_feeds(NOON)
    (read,) = await desk.collector.read_pages(NOON)
    grouped = await desk.collector.group(NOON)

    assert (visit.new, visit.error, grouped) == (1, None, 1)
    assert [quote.text for quote in read.article.quotes] == ["We waited nine years for this day,"]
    assert all(fact.span.of(read.article.text) for fact in read.article.facts)
    assert [len(story.articles) for story in desk.store.stories.values()] == [1]


async def test_archive_of_a_new_feed_is_no_news(desk):
    await desk.follows()
    desk.serves(rss(*range(1, 30)))

    (visit,) = await desk.collector.read_feeds(NOON)

    assert visit.new == FIRST_ENTRIES


async def test_feed_is_visited_again_later_and_not_before(desk):
    await desk.follows()
    desk.serves(rss(1))
    await desk.collector.read_feeds(NOON)

    assert await desk.collector.read_feeds(NOON + timedelta(minutes=14)) == []
    assert len(await desk.collector.read_feeds(NOON + timedelta(days=2))) == 1


async def test_same_document_again_brings_nothing_new(desk):
    await desk.follows()
    desk.serves(rss(1))
    await desk.collector.read_feeds(NOON)

    (visit,) = await desk.collector.read_feeds(NOON + timedelta(days=2))

    assert (visit.new, visit.error) == (0, None)


@pytest.mark.parametrize("size", [0, LARGE // 2])
async def test_document_that_was_read_last_time_is_not_parsed_again(desk, size):
    await desk.follows()
    desk.serves(rss(1, content="x" * size))
    await desk.collector.read_feeds(NOON)
    later = replace(desk.collector, sandbox=NoSandbox())

    (outcome,) = await later.read_feeds(NOON + timedelta(days=2))

    assert (outcome.error, outcome.new) == (None, 0)


async def test_bad_feed_never_stops_the_rest(desk):
    good = await desk.follows()
    for number, trouble in enumerate((FetchFailed("down"), Gone("410"), Refused("403"))):
        url = f"https://bad.example/{number}"
        await desk.follows(url)
        desk.fetch.pages[url] = trouble
    await desk.follows("https://bad.example/no-feed")
    desk.serves(rss(1), Document("https://bad.example/no-feed", b"<html><p>Hello"))

    outcomes = await desk.collector.read_feeds(NOON)

    assert sorted(outcome.feed.id for outcome in outcomes if outcome.error is None) == [good.id]
    assert desk.store.feeds[3].state is FeedState.GONE
    assert desk.store.feeds[3].next_poll_at is None
    assert all(desk.store.feeds[number].next_poll_at > NOON for number in (1, 2, 4, 5))


async def test_parser_that_raises_anything_is_a_feed_in_trouble(desk):
    await desk.follows()
    desk.serves(rss(1))

    async def broken(parse, *args, **kwargs):
        raise RecursionError

    (visit,) = await replace(desk.collector, sandbox=broken).read_feeds(NOON)

    assert visit.error.code == "parser_failed"
    assert isinstance(visit.error, Unreadable)


async def test_bad_page_never_stops_the_rest_and_is_tried_again_later(desk):
    await desk.follows()
    desk.serves(rss(1, 2), page(2))
    await desk.collector.read_feeds(NOON)

    outcomes = await desk.collector.read_pages(NOON)

    assert sorted(outcome.error is None for outcome in outcomes) == [False, True]
    assert await desk.collector.read_pages(NOON) == []
    assert len(await desk.collector.read_pages(NOON + timedelta(minutes=5))) == 1


async def test_page_that_never_answers_stands_with_what_its_feed_says(desk):
    await desk.follows()
    desk.serves(rss(1, summary="The ferry left Lowmouth with 2,500 people aboard."))
    await desk.collector.read_feeds(NOON)

    now = NOON
    for _ in range(PAGE_TRIES):
        await desk.collector.read_pages(now)
        now += timedelta(hours=1)

    assert [article.text for article in desk.store.articles.values()] == [
        "The ferry left Lowmouth with 2,500 people aboard."
    ]
    assert await desk.collector.read_pages(now + timedelta(days=1)) == []


FULL_TEXT = "".join(f"<p>{sentence}\n<em>So it was.</em></p>" for sentence in SENTENCES * 3)


@pytest.mark.parametrize("wall", [Refused("403"), NotAllowed("robots", code="robots"), None])
async def test_article_whose_page_shows_nothing_of_it_is_read_where_its_feed_tells_all(desk, wall):
    await desk.follows()
    desk.serves(rss(1, summary="The ferry left.", content=FULL_TEXT))
    desk.fetch.pages[page_url(1)] = wall or Document(
        page_url(1), b"<html><p>Subscribe to continue</p></html>"
    )
    await desk.collector.read_feeds(NOON)

    await desk.collector.read_pages(NOON)

    (article,) = desk.store.articles.values()
    assert article.text.startswith(f"{SENTENCES[0].strip()} So it was.\n\n{SENTENCES[1].strip()}")
    assert [quote.text for quote in article.quotes][:1] == ["We waited nine years for this day,"]
    assert article.of_feed


async def test_page_that_shows_only_the_beginning_is_told_in_the_words_of_its_feed(desk):
    await desk.follows()
    desk.serves(rss(1, content=FULL_TEXT), page(1, SENTENCES[:2]))
    await desk.collector.read_feeds(NOON)

    (read,) = await desk.collector.read_pages(NOON)

    assert (read.article.of_feed, len(read.article.quotes)) == (True, 3)


async def test_page_that_shows_all_is_told_in_its_own_words(desk):
    await desk.follows()
    desk.serves(rss(1, content=FULL_TEXT), page(1, SENTENCES * 3))
    await desk.collector.read_feeds(NOON)

    (read,) = await desk.collector.read_pages(NOON)

    assert (read.article.of_feed, "So it was" in read.article.text) == (False, False)


async def test_feed_whose_own_words_no_parser_can_read_loses_that_article_alone(desk):
    await desk.follows()
    desk.serves(rss(1, 2, content=FULL_TEXT), page(2))
    await desk.collector.read_feeds(NOON)
    desk.fetch.pages[page_url(1)] = Refused("403")

    async def broken(parse, *args, **kwargs):
        if parse is read_entry:
            raise MemoryError
        return parse(*args, **kwargs)

    outcomes = await replace(desk.collector, sandbox=broken).read_pages(NOON)

    assert sorted(outcome.error is None for outcome in outcomes) == [False, True]
    assert await desk.store.pages_due(NOON + timedelta(days=1), limit=9) == []


async def test_page_that_is_gone_is_given_up(desk):
    await desk.follows()
    desk.serves(rss(1, summary="The ferry left Lowmouth with 2,500 people aboard."))
    desk.fetch.pages[page_url(1)] = Gone("410")
    await desk.collector.read_feeds(NOON)

    await desk.collector.read_pages(NOON)

    assert desk.store.articles == {}
    assert await desk.collector.read_pages(NOON + timedelta(days=1)) == []


async def test_feed_found_is_stored_with_its_title_and_read_at_once(desk):
    desk.serves(rss(1, 2))

    feed = await desk.collector.find_feed(FEED, now=NOON)

    assert (feed.title, feed.url) == ("Harbour Post", FEED)
    assert len(await desk.store.pages_due(NOON, limit=9)) == 2
    assert desk.fetch.asked == [FEED]


async def test_feed_that_is_known_is_not_fetched_to_be_found(desk):
    known = await desk.store.add_feed(FEED, title="Harbour Post", language="en", now=NOON)

    assert await desk.collector.find_feed(FEED, now=NOON) == known
    assert desk.fetch.asked == []


@pytest.mark.parametrize(
    ("found", "error"),
    [
        (FetchFailed("down"), FetchFailed),
        (NotAllowed("private"), NotAllowed),
        (Document(FEED, b"<html><body><p>Hello</p></body></html>", media_type="text/html"), NotAFeed),
        (rss(), EmptyFeed),
        (Document(FEED, b"\x00\xff\xfe\x01"), Unreadable),
    ],
)
async def test_what_is_no_feed_is_refused_and_nothing_is_stored(desk, found, error):
    desk.fetch.pages[FEED] = found

    with pytest.raises(error):
        await desk.collector.find_feed(FEED, now=NOON)

    assert desk.store.feeds == {}
    assert desk.store.pages == {}


async def test_host_that_another_process_holds_is_asked_for_a_person_once_it_is_free(desk):
    desk.serves(rss(1))
    desk.store.taken_by_others[HOST] = 2
    collector = replace(desk.collector, claimed_every=0)

    feed = await collector.find_feed(FEED, now=NOON)

    assert feed.title == "Harbour Post"
    assert desk.store.claimed == [HOST] * 3
    assert desk.store.left == {HOST}


async def test_host_that_is_not_free_in_time_is_not_asked_for_a_person(desk):
    desk.serves(rss(1))
    desk.store.taken_by_others[HOST] = 1000

    with pytest.raises(Busy):
        await replace(desk.collector, claimed_every=0).find_feed(FEED, now=NOON)

    assert not desk.fetch.asked


async def test_host_that_asks_a_person_for_patience_is_left_alone_by_all(desk):
    desk.fetch.pages[FEED] = Busy("the server is busy (429)", retry_after=90)

    with pytest.raises(Busy):
        await desk.collector.find_feed(FEED, now=NOON)

    assert desk.store.resting == {HOST: NOON + timedelta(seconds=90)}


async def test_grouping_with_nothing_new_changes_nothing(desk):
    assert await desk.collector.group(NOON) == 0
    assert desk.store.stories == {}


async def test_page_of_a_busy_host_is_not_asked_for_before_the_host_said(desk):
    await desk.follows()
    desk.serves(rss(1))
    desk.fetch.pages[page_url(1)] = Busy("429", retry_after=3600)
    await desk.collector.read_feeds(NOON)

    await desk.collector.read_pages(NOON)

    assert await desk.store.pages_due(NOON + timedelta(minutes=59), limit=9) == []
    assert len(await desk.store.pages_due(NOON + timedelta(minutes=60), limit=9)) == 1


async def test_article_is_read_in_its_own_language_where_that_is_clear():
    told = "Die Fähre hat am Donnerstag den Hafen verlassen, und sie ist nicht mehr zurückgekehrt. " * 3
    of_its_own = Entry("g1", page_url(1), "Die neue Fähre", summary=told)
    unclear = Entry("g2", page_url(2), "Ok", summary="Ok.")

    languages = [read_entry(entry, outlet="Post", language="en").language for entry in (of_its_own, unclear)]

    assert languages == ["de", "en"]


async def test_feed_of_a_page_that_names_none_is_looked_for_where_such_pages_have_theirs(desk):
    front = "https://harbour.example/"
    desk.serves(Document(front, b"<html><p>Hello</p></html>", media_type="text/html"))
    desk.fetch.pages["https://harbour.example/feed"] = rss(1)

    feed = await desk.collector.find_feed(front, now=NOON)

    assert (feed.url, feed.title) == ("https://harbour.example/feed", "Harbour Post")
    assert len(desk.store.feeds) == 1


async def test_page_that_refuses_us_may_have_a_feed_that_does_not(desk):
    desk.fetch.pages["https://www.reddit.com/r/ferries/"] = Refused("403")
    desk.fetch.pages["https://www.reddit.com/r/ferries/.rss"] = rss(1)

    feed = await desk.collector.find_feed("https://www.reddit.com/r/ferries/", now=NOON)

    assert feed.url == "https://www.reddit.com/r/ferries/.rss"


async def test_feed_asked_for_at_its_old_address_is_the_one_we_know(desk):
    known = await desk.store.add_feed(FEED, title="Harbour Post", language="en", now=NOON)
    old = FEED.replace("https", "http")
    desk.fetch.pages[old] = replace(rss(1), moved_to=FEED)

    assert await desk.collector.find_feed(old, now=NOON) == known


async def test_feed_that_moved_is_believed_though_it_says_nothing_new(desk):
    await desk.follows()
    moved = "https://new.example/rss"
    desk.fetch.pages[FEED] = replace(rss(1), moved_to=moved)

    for days in range(3):
        await desk.collector.read_feeds(NOON + timedelta(days=2 * days))

    assert desk.store.feeds[1].url == moved


async def test_feed_that_waits_holds_up_no_feed_that_becomes_due_later(desk):
    gate, quick = asyncio.Event(), "https://quick.example/rss"
    await desk.follows()
    desk.serves(rss(1))
    desk.fetch.pages[quick] = rss(2)

    async def fetch(url, **conditions):
        await (gate.wait() if url == FEED else asyncio.sleep(0))
        return await desk.fetch(url, **conditions)

    collector = replace(desk.collector, fetch=fetch)
    waiting = asyncio.create_task(collector.read_feeds(NOON))
    await asyncio.sleep(0)
    await desk.follows(quick)

    (visit,) = await collector.read_feeds(NOON)

    assert (visit.feed.url, waiting.done()) == (quick, False)
    gate.set()
    assert [outcome.feed.url for outcome in await waiting] == [FEED]


async def test_host_that_wants_to_be_left_alone_is_told_to_all_processes(desk):
    await desk.follows()
    desk.fetch.pages[FEED] = Busy("429", retry_after=3600)

    await desk.collector.read_feeds(NOON)

    assert desk.store.resting == {"harbour.example:443": NOON + timedelta(hours=1)}


async def test_hosts_are_kept_as_long_as_visits_are_under_way(desk):
    gate = asyncio.Event()
    await desk.follows()
    desk.serves(rss(1))

    async def fetch(url, **conditions):
        await gate.wait()
        return await desk.fetch(url, **conditions)

    reading = asyncio.create_task(replace(desk.collector, fetch=fetch, kept_every=0.001).read_feeds(NOON))
    while not desk.store.kept:
        await asyncio.sleep(0.001)
    gate.set()
    await reading

    assert desk.store.kept[0] == {"harbour.example:443"}
    assert desk.store.left == {"harbour.example:443"}


async def test_page_that_comes_too_soon_for_its_host_is_put_off_and_loses_no_try(desk):
    await desk.follows()
    desk.serves(rss(1))
    desk.fetch.pages[page_url(1)] = TooSoon("crawl delay", retry_after=30)
    await desk.collector.read_feeds(NOON)

    for _ in range(PAGE_TRIES + 1):
        await desk.collector.read_pages(NOON + timedelta(minutes=1))

    (page,) = await desk.store.pages_due(NOON + timedelta(minutes=2), limit=9)
    assert page.attempts == 0
    assert desk.store.resting["harbour.example:443"] >= NOON + timedelta(seconds=30)
    assert await desk.store.pages_due(NOON + timedelta(seconds=29), limit=9) == []


async def test_page_is_read_though_its_feed_is_gone_since(desk):
    await desk.follows()
    desk.serves(rss(1), page(1))
    await desk.collector.read_feeds(NOON)
    desk.fetch.pages[FEED] = Gone("410")

    (visit,) = await desk.collector.read_feeds(NOON + timedelta(days=2))
    (read,) = await desk.collector.read_pages(NOON + timedelta(days=2))

    assert visit.feed.state is FeedState.GONE
    assert read.article.url == page_url(1)


@pytest.mark.parametrize("size", [500_000, 2_500_000])
async def test_large_feed_is_read_with_room_for_a_few_at_once(desk, size):
    await desk.follows()
    large = replace(rss(1), body=rss(1).body + b" " * size)
    limits = []

    async def fetch(url, *, limit, **_):
        limits.append(limit)
        if len(large.body) > limit:
            raise FetchFailed("too much", code="too_large")
        return large

    collector = replace(desk.collector, fetch=fetch)
    (visit,) = await collector.read_feeds(NOON)
    (again,) = await collector.read_feeds(NOON + timedelta(days=2))

    assert (visit.new, visit.error, again.error) == (1, None, None)
    assert len(limits) == (2 if size < LARGE else 3)  # the second time it is known to be large
