"""What people hear of an article: of their own sources alone."""

from datetime import timedelta

import pytest

from bot.model import Frozen, Part, Stage
from bot.store.editions import SqlEditions
from bot.store.ledger import SqlLedger
from bot.store.subscriptions import SqlSubscriptions
from bot.store.traces import SqlTraces
from bot.why import Tracing
from digests.model import Article, Digest, Edition, Entry, Fate, Story
from digests.store.core import CoreStore
from tests.fakes import NOON, ROOM

HOUR = timedelta(hours=1)
TITLE = "Harbour of Lowmouth reopens after repairs"
URL = "https://h.example/harbour"


class Room:
    """A reader of one feed, beside a feed that somebody else follows."""

    def __init__(self, engine) -> None:
        self.store, self.subscriptions = CoreStore(engine), SqlSubscriptions(engine)
        self.ledger, self.editions = SqlLedger(engine), SqlEditions(engine)
        self.why = Tracing(self.subscriptions, self.editions, SqlTraces(engine))

    async def opened(self):
        self.mine = await self._feed("Harbour Post")
        self.others = await self._feed("Secret Post")
        self.reader = await self.subscriptions.add(
            ROOM, zone="UTC", timetable="12:00", shown_until=NOON - HOUR, next_due_at=NOON, now=NOON
        )
        await self.subscriptions.follow(self.reader, [self.mine], now=NOON)
        return self

    async def _feed(self, title):
        url = f"https://{title[:3].lower()}.example/rss"
        return await self.store.add_feed(url, title=title, language="en", now=NOON)

    async def shows(self, feed, *, title=TITLE, url=URL):
        await self.store.feed_read(feed, [Entry(url, url, title)], first=5, now=NOON)

    async def read(self, *, title=TITLE, url=URL, now=NOON - HOUR):
        for page in await self.store.pages_due(NOON + HOUR, limit=9):
            article = Article(url, title, "Some words of it.", outlet=page.feed.title, published=now)
            await self.store.page_read(page, article, now=now)

    async def tells(self, feed, **how):
        await self.shows(feed, **{name: how[name] for name in ("title", "url") if name in how})
        await self.read(**how)
        loose = await self.store.ungrouped(limit=9)
        (story,) = await self.store.save_stories([Story(tuple(loose))], now=NOON)
        return story

    async def had(self, *fates, words=""):
        """Let the reader have had a digest in which stories met these ends."""
        await self.ledger.materialise(NOON)
        (slot,) = await self.ledger.take_slots("telegram", now=NOON, limit=9)
        edition = Edition(Digest((), NOON - HOUR * 3, NOON), fates, words)
        ids = await self.editions.save({"key": edition}, now=NOON)
        frozen = Frozen(slot, ROOM, (Part("{}", "x"),), (), until=NOON, edition=ids["key"])
        await self.ledger.freeze_all([frozen], now=NOON)

    async def asks(self, asked):
        return [trace.stage for trace in (await self.why(self.reader, asked)).traces]


@pytest.fixture
async def room(engine):
    return await Room(engine).opened()


async def test_page_that_is_still_to_be_read_is_said_to_be(room):
    await room.shows(room.mine)

    assert await room.asks("lowmouth harbour") == [Stage.NOT_READ]
    assert await room.asks(f"{URL}/#top") == [Stage.NOT_READ]


async def test_page_that_failed_is_told_apart_from_one_that_was_given_up(room):
    await room.shows(room.mine)
    (page,) = await room.store.pages_due(NOON, limit=9)
    await room.store.page_failed(page, again_at=NOON + HOUR)
    assert await room.asks(URL) == [Stage.TROUBLE]

    await room.store.page_failed(page, again_at=None)

    assert await room.asks(URL) == [Stage.NO_TEXT]


async def test_article_in_no_story_waits_for_one(room):
    await room.shows(room.mine)
    await room.read()

    assert await room.asks("harbour") == [Stage.LOOSE]


@pytest.mark.parametrize("fate", list(Fate))
async def test_fate_of_its_story_is_the_articles(room, fate):
    story = await room.tells(room.mine)
    await room.had((story.id, fate), words="climate")

    (trace,) = (await room.why(room.reader, "HARBOUR reopens")).traces

    assert (trace.stage, trace.words, trace.outlet) == (Stage(fate.value), "climate", "Harbour Post")


async def test_story_that_another_has_absorbed_keeps_its_fate(room):
    old = await room.tells(room.mine)
    await room.had((old.id, Fate.KNOWN))
    (article,) = old.articles
    await room.store.save_stories([Story((article,), absorbed=(old.id,))], now=NOON)

    assert await room.asks(URL) == [Stage.KNOWN]


async def test_article_that_came_after_the_last_digest_waits_for_the_next(room):
    await room.had()
    await room.tells(room.mine, now=NOON + HOUR)

    assert await room.asks(URL) == [Stage.WAITING]


async def test_article_that_the_digest_no_longer_looked_at_is_called_older(room):
    await room.tells(room.mine, now=NOON - timedelta(days=4))
    await room.had()

    assert await room.asks(URL) == [Stage.EARLIER]


async def test_nothing_is_told_of_what_only_others_follow(room):
    await room.tells(room.others)
    await room.had()

    assert await room.asks(URL) == await room.asks("https://nowhere.example/x") == []
    assert await room.asks("harbour") == []


async def test_same_page_in_both_feeds_is_told_of_as_ones_own_feed_has_it(room):
    await room.tells(room.others, title="A secret title")
    await room.shows(room.mine)
    await room.read()

    assert await room.asks("secret") == []
    (trace,) = (await room.why(room.reader, URL)).traces
    assert (trace.title, trace.outlet) == (TITLE, "Harbour Post")


async def test_asked_for_nothing_it_counts_what_became_of_all(room):
    await room.had((1, Fate.SHOWN), (2, Fate.KNOWN), (3, Fate.KNOWN))

    traced = await room.why(room.reader, "")

    assert (traced.at, dict(traced.ends)) == (NOON, {Stage.SHOWN: 1, Stage.KNOWN: 2})


async def test_every_fate_is_a_stage():
    assert {fate.value for fate in Fate} < {stage.value for stage in Stage}
