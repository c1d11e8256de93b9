"""Requests as people type them, on the real store, to the digests that come of them."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from bot.answer import Answers
from bot.desk import BotDesk
from bot.editor import Editor
from bot.message import Asker, Request
from bot.store.editions import SqlEditions
from bot.store.ledger import SqlLedger
from bot.store.readers import SqlReaders
from bot.store.subscriptions import SqlSubscriptions
from digests.build import Newsroom
from digests.model import Article, Entry, Feed, Story
from digests.store.core import CoreStore
from tests.fakes import NOON, ROOM, FakeChat, FakeClock

DAY, HOUR = timedelta(days=1), timedelta(hours=1)


@dataclass
class World:
    """A bot whose clock is moved, and one reader of one feed."""

    engine: Any
    feed: Feed
    clock: FakeClock = field(default_factory=FakeClock)
    chat: FakeChat = field(default_factory=FakeChat)

    def __post_init__(self) -> None:
        self.core, self.ledger = CoreStore(self.engine), SqlLedger(self.engine)
        self.subscriptions = SqlSubscriptions(self.engine)
        self.editor = Editor(
            subscriptions=self.subscriptions,
            readers=SqlReaders(self.engine),
            editions=SqlEditions(self.engine),
            ledger=self.ledger,
            newsroom=Newsroom(self.core),
            chats={"telegram": self.chat},
            clock=self.clock,
        )
        desk: Any = BotDesk(
            erasing=None,
            doubts=None,
            subscriptions=self.subscriptions,
            collector=None,
            editor=self.editor,
            catalogue=(),
            clock=self.clock,
            listed=None,
            count_unread=None,
            make_report=None,
            trace=None,
        )
        self.answers = Answers(desk, {}, allowed=frozenset())

    async def types(self, line: str) -> str:
        command, *arguments = line.removeprefix("/").split()
        return (await self.answers(Request(ROOM, Asker("1"), command, tuple(arguments)))).text

    async def reports(self, title: str, text: str) -> None:
        """Let the feed tell an article now, as a story of its own."""
        url = f"https://a.example/{title.replace(' ', '-')}"
        await self.core.feed_read(self.feed, [Entry(url, url, title)], first=5, now=self.clock.now)
        (page,) = await self.core.pages_due(self.clock.now, limit=9)
        article = Article(url, title, text, outlet="Post", published=self.clock.now)
        await self.core.page_read(page, article, now=self.clock.now)
        await self.core.save_stories([Story(tuple(await self.core.ungrouped(limit=9)))], now=self.clock.now)

    async def until(self, instant: Any) -> list[str]:
        """Look at what is due each half hour until then; return the digests that came."""
        digests = []
        while self.clock.now < instant:
            self.clock.advance(minutes=30)
            await self.editor.compose_due("telegram")
            for part in await self.ledger.claim("telegram", now=self.clock.now, limit=9):
                assert await self.ledger.sending(part, now=self.clock.now)
                await self.ledger.sent(part, message_id="1", now=self.clock.now)
                digests.append(f"{self.clock.now:%a %H:%M} {part.part.text}")
        return digests


@pytest.fixture
async def world(engine):
    core, subscriptions = CoreStore(engine), SqlSubscriptions(engine)
    feed = await core.add_feed("https://a.example/rss", title="Post", language="en", now=NOON)
    room = await subscriptions.add(
        ROOM, zone="UTC", timetable="18:00", shown_until=NOON, next_due_at=NOON + 6 * HOUR, now=NOON
    )
    await subscriptions.follow(room, [feed], now=NOON)
    return World(engine, feed)


async def bridge_opens(world):
    await world.reports("Bridge opens", "The new bridge over the Lowmouth river opened on Thursday morning.")


async def ferry_ends(world):
    await world.reports("Ferry ends", "The last ferry of the county left for the islands at noon today.")


async def test_digest_after_a_pause_tells_what_came_meanwhile_and_nothing_again(world):
    await bridge_opens(world)
    (first,) = await world.until(NOON + 7 * HOUR)
    assert "Bridge opens" in first
    said = await world.types("/pause 2 days")
    assert "Next digest: on Sunday 29 November at 18:00 (UTC)" in said

    await ferry_ends(world)
    (after,) = await world.until(NOON + 3 * DAY + 7 * HOUR)

    assert after.startswith("Sun 18:00")
    assert "Ferry ends" in after
    assert "Bridge opens" not in after


async def test_digest_after_a_resume_tells_nothing_again(world):
    await bridge_opens(world)
    await world.until(NOON + 7 * HOUR)
    await world.types("/pause")
    assert await world.until(NOON + DAY) == []
    await ferry_ends(world)

    assert "Next digest: today at 18:00" in await world.types("/resume")
    (after,) = await world.until(NOON + DAY + 7 * HOUR)

    assert "Ferry ends" in after
    assert "Bridge opens" not in after


async def test_digest_after_a_long_pause_tells_of_the_last_three_days(world):
    await world.types("/pause 8 days")
    await bridge_opens(world)
    await world.until(NOON + 6 * DAY)
    await ferry_ends(world)

    (after,) = await world.until(NOON + 8 * DAY + 7 * HOUR)

    assert "Ferry ends" in after
    assert "Bridge opens" not in after


async def test_digest_after_a_skipped_one_tells_of_both_days(world):
    await bridge_opens(world)
    assert "Skipped: the digest today at 18:00 (UTC)" in await world.types("/skip")
    assert await world.until(NOON + DAY) == []
    await ferry_ends(world)

    (after,) = await world.until(NOON + DAY + 7 * HOUR)

    assert "Bridge opens" in after
    assert "Ferry ends" in after


async def test_time_changed_after_todays_digest_gives_none_more_today_and_one_added_does(world):
    await bridge_opens(world)
    await world.until(NOON + 7 * HOUR)

    assert "Today's has been sent. Next digest: tomorrow at 22:00" in await world.types("/schedule 22:00")
    assert await world.until(NOON + DAY) == []
    assert "Next digest: today at 14:00" in await world.types("/schedule 14:00 22:00")

    came = await world.until(NOON + DAY + 11 * HOUR)
    assert [digest[:9] for digest in came] == ["Fri 14:00", "Fri 22:00"]


async def test_evening_digest_comes_in_the_morning_of_quiet_hours_and_is_not_called_late(world):
    await bridge_opens(world)
    await world.types("/schedule 23:30")
    await world.types("/quiet 22:00-07:00")

    (digest,) = await world.until(NOON + DAY)

    assert digest.startswith("Fri 07:00")
    assert "late" not in digest.lower()
