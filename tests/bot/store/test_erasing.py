"""A chat that is erased leaves no row, and on SQLite no byte."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from bot.model import Address, Part, Slot
from bot.store.editions import EDITION
from bot.store.erasing import SqlErasing
from bot.store.parts import PART, part_row
from bot.store.slots import SLOT
from bot.store.subscriptions import FOLLOW, SHOWN, SUBSCRIPTION, SqlSubscriptions
from digests.model import Article, Entry, Story
from digests.store.core import CoreStore
from digests.store.engine import reading, writing
from digests.store.rows import ARTICLE, ENTRY, FEED
from tests.fakes import NOON

MINE = Address("telegram", "734455661")
OTHER = Address("telegram", "8")
SECRET = "https://paper.example/rss?key=quokka5531"
WORDS = "a wombat of seventy kilos"


class Shop:
    """A database with two readers: what only one follows, and what both do."""

    def __init__(self, engine) -> None:
        self.engine, self.core, self.subscriptions = engine, CoreStore(engine), SqlSubscriptions(engine)

    async def reader(self, address, *urls):
        made = await self.subscriptions.add(
            address, zone="UTC", timetable="08:00", shown_until=NOON, next_due_at=NOON, now=NOON
        )
        feeds = [await self.core.add_feed(url, title=url, language="en", now=NOON) for url in urls]
        await self.subscriptions.follow(made, feeds, now=NOON)
        await self.owes(made)
        return made

    async def owes(self, subscription):
        """Give the reader a digest on its way, of an edition of its own."""
        packed = {"key": f"k{subscription.id}", "composed_at": NOON, "packed": WORDS.encode()}
        async with writing(self.engine) as connection:
            edition = await connection.scalar(insert(EDITION).values(packed).returning(EDITION.c.id))
            row = {"subscription_id": subscription.id, "chat": "telegram", "at": "08:00", "due_at": NOON}
            row |= {"local_date": NOON.date(), "frozen_at": NOON, "edition_id": edition}
            slot = await connection.scalar(insert(SLOT).values(row).returning(SLOT.c.id))
            owed = Slot(slot, subscription.id, "08:00", NOON.date(), NOON)
            part = Part(body=WORDS, text=WORDS)
            await connection.execute(
                insert(PART).values(part_row(owed, subscription.address, part, number=0, now=NOON))
            )

    async def read(self, feed_url, article_url):
        """Let a feed carry an article."""
        feed = await self.core.feed_at(feed_url)
        await self.core.feed_read(feed, [Entry("1", article_url, "Title")], first=5, now=NOON)
        (page,) = await self.core.pages_due(NOON, limit=9)
        await self.core.page_read(page, Article(article_url, "Title", WORDS), now=NOON)
        await self.core.save_stories([Story(tuple(await self.core.ungrouped(limit=9)))], now=NOON)

    async def count(self, table, *where):
        async with reading(self.engine) as connection:
            return await connection.scalar(select(func.count()).select_from(table).where(*where))


@pytest.fixture
def shop(engine):
    return Shop(engine)


async def test_all_rows_of_a_chat_are_gone_and_those_of_others_stay(shop):
    await shop.reader(MINE, SECRET, "https://both.example/rss")
    await shop.reader(OTHER, "https://both.example/rss")

    assert await SqlErasing(shop.engine).erase(MINE)

    for table, left in ((SUBSCRIPTION, 1), (FOLLOW, 1), (SLOT, 1), (PART, 1), (EDITION, 1), (FEED, 1)):
        assert await shop.count(table) == left, table.name
    assert await shop.subscriptions.at(OTHER) is not None


async def test_feed_goes_with_the_last_who_followed_it_and_what_others_carry_too_stays(shop):
    await shop.reader(MINE, SECRET)
    await shop.reader(OTHER, "https://both.example/rss")
    await shop.read(SECRET, "https://paper.example/1")
    await shop.read("https://both.example/rss", "https://paper.example/1")

    await SqlErasing(shop.engine).erase(MINE)

    assert await shop.count(FEED) == 1
    assert await shop.count(ENTRY) == 1
    heir = await shop.core.feed_at("https://both.example/rss")
    assert await shop.count(ARTICLE, ARTICLE.c.feed_id == heir.id) == 1


async def test_feed_that_the_operator_lists_stays(shop):
    await shop.reader(MINE, SECRET)
    async with writing(shop.engine) as connection:
        await connection.execute(FEED.update().values(listed_at=NOON))

    await SqlErasing(shop.engine).erase(MINE)

    assert await shop.count(FEED) == 1


async def test_room_takes_its_topics_along_and_a_topic_goes_alone(shop):
    topic = replace(MINE, thread="5")
    for address in (MINE, topic, replace(MINE, thread="6")):
        await shop.reader(address)
    erasing = SqlErasing(shop.engine)

    await erasing.erase(topic)
    assert not await erasing.knows(topic)
    assert await erasing.knows(MINE)
    await erasing.erase(MINE)

    assert await shop.count(SUBSCRIPTION) == 0
    assert not await erasing.erase(MINE)


async def test_erased_chat_leaves_no_byte_in_the_files_of_sqlite(shop):
    if shop.engine.dialect.name != "sqlite":
        pytest.skip("a server keeps its own files")
    mine = await shop.reader(MINE, SECRET)
    await shop.read(SECRET, "https://paper.example/1")
    (story,) = await shop.core.stories_since(NOON - timedelta(days=1))
    async with writing(shop.engine) as connection:
        shown = {"subscription_id": mine.id, "story_id": story.id, "shown_at": NOON}
        await connection.execute(insert(SHOWN).values(shown))
    assert MINE.room.encode() in _bytes_of(shop.engine)

    await SqlErasing(shop.engine).erase(MINE)

    left = _bytes_of(shop.engine)
    assert MINE.room.encode() not in left
    assert b"quokka5531" not in left
    assert WORDS.encode() not in left


async def test_reader_of_the_database_delays_the_emptying_of_the_journal_only(shop, monkeypatch):
    if shop.engine.dialect.name != "sqlite":
        pytest.skip("a server keeps its own files")
    monkeypatch.setattr("bot.store.erasing.TRIES", 2)
    await shop.reader(MINE, SECRET)
    async with reading(shop.engine) as connection:
        await connection.scalar(select(func.count()).select_from(SUBSCRIPTION))

        assert await SqlErasing(shop.engine).erase(MINE)

    assert await shop.count(SUBSCRIPTION) == 0


def _bytes_of(engine):
    path = Path(engine.url.database)
    return b"".join(one.read_bytes() for one in path.parent.glob(f"{path.name}*"))
