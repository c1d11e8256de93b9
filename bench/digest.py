"""How long it takes to compose the digests of a day: 10,000 subscriptions, 200 different selections.

The whole way: slots that are due in a store become editions and frozen parts, as the bot does it.
"""

import asyncio
import logging
import random
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import structlog
from rich.console import Console
from rich.table import Table as Shown
from sqlalchemy import Table, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.chats.telegram import TelegramChat
from bot.edition.edition import load
from bot.editor import Editor
from bot.store.editions import EDITION, SqlEditions
from bot.store.ledger import SqlLedger
from bot.store.parts import PART
from bot.store.readers import SqlReaders
from bot.store.slots import SLOT
from bot.store.subscriptions import FOLLOW, SHOWN, SUBSCRIPTION, SqlSubscriptions
from bot.store.tables import SubscriptionRow
from digests.build import Newsroom
from digests.facts import facts_of
from digests.form import facts_data
from digests.model import Article
from digests.store.core import CoreStore
from digests.store.engine import engine_of, reading, writing
from digests.store.migrate import migrate
from digests.store.rows import ARTICLE, CARRIES, FEED, STORY

SUBSCRIPTIONS, SELECTIONS, ARTICLES = 10_000, 200, 5_000
FEEDS = 100  # of which a selection follows some
SECONDS = 30  # target, on one core
PASTS = 300  # subscriptions that are given a past of their own
ALONE = 20  # that are composed each as if nobody else were there
_UNTIL = datetime(2026, 1, 2, 8, tzinfo=UTC)
_SINCE = _UNTIL - timedelta(days=1)
_SEED = 6
_AT_ONCE = 2000  # rows


@dataclass(frozen=True, slots=True)
class Run:
    """What composing some digests took."""

    digests: int = 0
    seconds: float = 0.0  # of the processor
    editions: int = 0
    parts: int = 0

    def with_(self, other: "Run") -> "Run":
        pairs = zip(astuple(self), astuple(other), strict=True)
        return Run(*(mine + theirs for mine, theirs in pairs))


def main(data: Path | None) -> int:
    """Print the seconds; the bundled edition's articles, copied into a full day, serve as news."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    shared, pasts, alone = asyncio.run(_runs())
    table = Shown("measure", "digests", "editions", "parts", "CPU s", "target", title="digest")
    for name, run, target in (
        (f"{SELECTIONS} selections, readers with equal pasts", shared, f"<= {SECONDS}"),
        ("the same, each reader with a past of its own", pasts, ""),
        ("nothing shared", alone, ""),
    ):
        table.add_row(name, str(run.digests), str(run.editions), str(run.parts), f"{run.seconds:.1f}", target)
    Console().print(table)
    each = alone.seconds / alone.digests
    Console().print(f"With nothing shared, {SUBSCRIPTIONS} digests would take {each * SUBSCRIPTIONS:.0f} s.")
    return 0 if shared.seconds <= SECONDS else 1


async def _runs() -> tuple[Run, Run, Run]:
    chance = random.Random(_SEED)
    with tempfile.TemporaryDirectory() as folder:
        engine = engine_of(f"sqlite+aiosqlite:///{folder}/bench.db")
        await migrate(engine, SubscriptionRow.metadata)
        await _fill(engine, chance)
        await _owe(engine, range(1, SUBSCRIPTIONS + 1))
        shared = await _composed(engine)
        await _give_pasts(engine, range(1, PASTS + 1), chance)
        await _owe(engine, range(1, PASTS + 1))
        pasts = await _composed(engine)
        alone = Run()
        for number in range(1, ALONE + 1):
            await _owe(engine, [number])
            alone = alone.with_(await _composed(engine))
        await engine.dispose()
    return shared, pasts, alone


async def _composed(engine: AsyncEngine) -> Run:
    """Compose all that is due, as one process would that has just begun."""
    editor = Editor(
        subscriptions=SqlSubscriptions(engine),
        readers=SqlReaders(engine),
        editions=SqlEditions(engine),
        ledger=SqlLedger(engine),
        newsroom=Newsroom(CoreStore(engine)),
        chats={"telegram": TelegramChat(token="1:none")},  # which is never opened
        clock=lambda: _UNTIL,
    )
    before = [await _count(engine, table) for table in (EDITION, PART)]
    begin, digests = time.process_time(), 0
    while some := await editor.compose_due("telegram"):
        digests += some
    seconds = time.process_time() - begin
    editions, parts = [await _count(engine, table) for table in (EDITION, PART)]
    return Run(digests, seconds, editions - before[0], parts - before[1])


async def _count(engine: AsyncEngine, table: Table) -> int:
    async with reading(engine) as connection:
        return await connection.scalar(select(func.count()).select_from(table)) or 0


async def _owe(engine: AsyncEngine, subscriptions: Iterable[int]) -> None:
    """Owe these a digest at another local date than the last, of the same day's news."""
    numbers = list(subscriptions)
    async with writing(engine) as connection:
        past = update(SUBSCRIPTION).where(SUBSCRIPTION.c.id.in_(numbers[:_AT_ONCE]))
        await connection.execute(past.values(shown_until=_SINCE))
        times = await connection.scalar(select(func.count()).select_from(SLOT)) or 0
        slots = [
            {
                "subscription_id": number,
                "chat": "telegram",
                "at": f"{times}",
                "local_date": _UNTIL.date(),
                "due_at": _UNTIL,
            }
            for number in numbers
        ]
        await _insert(connection, SLOT, slots)


async def _give_pasts(engine: AsyncEngine, subscriptions: Iterable[int], chance: random.Random) -> None:
    """Let each have been shown some of the day's stories, and no two the same."""
    async with writing(engine) as connection:
        await connection.execute(delete(SHOWN))
        stories = list(await connection.scalars(select(STORY.c.id)))
        shown = [
            {"subscription_id": number, "story_id": story, "shown_at": _SINCE}
            for number in subscriptions
            for story in chance.sample(stories, len(stories) // 4)
        ]
        await _insert(connection, SHOWN, shown)


async def _fill(engine: AsyncEngine, chance: random.Random) -> None:
    """Store a day of news, and who follows what of it."""
    stories = _day(chance)
    selections = [chance.sample(range(1, FEEDS + 1), chance.randint(3, 30)) for _ in range(SELECTIONS)]
    followed = [selections[number % SELECTIONS] for number in range(SUBSCRIPTIONS)]
    async with writing(engine) as connection:
        await _insert(connection, FEED, [_feed(number) for number in range(1, FEEDS + 1)])
        times = {"created_at": _SINCE, "updated_at": _UNTIL}
        await _insert(connection, STORY, [{"id": number, **times} for number in range(1, len(stories) + 1)])
        articles = [(number, article) for number, story in enumerate(stories, 1) for article in story]
        await _insert(connection, ARTICLE, [_article(number, article) for number, article in articles])
        await _insert(connection, CARRIES, [_carried(article) for _, article in articles])
        numbered = list(enumerate(followed, 1))
        await _insert(connection, SUBSCRIPTION, [_subscription(number) for number, _ in numbered])
        follows = [
            {"subscription_id": number, "feed_id": feed, "added_at": _SINCE}
            for number, feeds in numbered
            for feed in feeds
        ]
        await _insert(connection, FOLLOW, follows)


async def _insert(connection: AsyncConnection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    for start in range(0, len(rows), _AT_ONCE):
        await connection.execute(insert(table), rows[start : start + _AT_ONCE])


def _feed(number: int) -> dict[str, Any]:
    names = {"url": f"https://feeds.example/{number}", "title": f"Outlet {number}", "topic": f"{number % 9}"}
    state = {"language": "en", "state": "ok", "failures": 0, "moved_times": 0, "created_at": _SINCE}
    return {"id": number, **names, **state}


def _article(story: int, article: Article) -> dict[str, Any]:
    names = ("id", "feed_id", "url", "title", "outlet", "text", "language", "author", "published")
    told = {name: getattr(article, name) for name in names}
    return {**told, "story_id": story, "collected_at": article.published, "facts": facts_data(article)}


def _carried(article: Article) -> dict[str, Any]:
    told = {"title": article.title, "author": article.author, "published": article.published}
    return {"feed_id": article.feed_id, "article_id": article.id, **told, "carried_at": article.published}


def _subscription(number: int) -> dict[str, Any]:
    address = {"chat": "telegram", "tenant": "", "room": str(number), "thread": ""}
    wishes = {"zone": "UTC", "timetable": "08:00", "language": "en"}
    return {"id": number, **address, **wishes, "created_at": _SINCE, "shown_until": _SINCE}


def _day(chance: random.Random) -> list[list[Article]]:
    """Return the articles of a day, those of one story together."""
    events = [
        [
            Article(url=piece.path, title=piece.title, text=piece.text, outlet=piece.outlet)
            for piece in event.pieces
        ]
        for event in load().events
    ]
    events = [[replace(article, facts=facts_of(article)) for article in event] for event in events]
    stories, count = list[list[Article]](), 0
    while count < ARTICLES:
        event = chance.choice(events)
        stories.append([_dated(article, count + n, chance) for n, article in enumerate(event, 1)])
        count += len(event)
    return stories


def _dated(article: Article, number: int, chance: random.Random) -> Article:
    at = _SINCE + timedelta(minutes=chance.randint(1, 24 * 60 - 1))
    feed, url = chance.randrange(FEEDS) + 1, f"https://a.example/{number}"
    return replace(article, id=number, feed_id=feed, outlet=f"Outlet {feed}", published=at, url=url)
