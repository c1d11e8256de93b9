"""A bot whose roles are several processes on one PostgreSQL, from a feed to what a reader sees."""

import asyncio
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import UTC, datetime

import pytest
from pydantic import SecretStr

from bot.app import opened
from bot.clock import DrivenClock
from bot.edition import load
from bot.roles import Role
from bot.standins.news import NewsStandIn
from bot.standins.telegram import TelegramStandIn
from bot.store.schema import bring_up_to_date
from bot.ticks import Rhythm
from config.settings import Access, Collection, Database, Process, Settings, Slack, Telegram, Web
from digests.store.engine import engine_of

pytestmark = pytest.mark.postgres

FAST = Rhythm(feeds=0.2, pages=0.1, stories=0.1, digests=0.1)
MORNING = datetime(2026, 11, 27, 7, 30, tzinfo=UTC)
EIGHT = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)  # the first hour of a new subscription
PROCESSES = ({Role.WEB}, {Role.WORKER}, {Role.WORKER}, {Role.CLOCK}, {Role.CLOCK})


def settings_for(url, news, telegram):
    return Settings(
        database=Database(_env_file=None, database_url=url),
        telegram=Telegram(
            _env_file=None,
            telegram_bot_token=SecretStr(telegram.token),
            telegram_api_base=telegram.api_base,
        ),
        slack=Slack(_env_file=None),
        collection=Collection(_env_file=None, fetch_allow=news.addresses, host_gap_seconds=0),
        access=Access(_env_file=None),
        web=Web(_env_file=None, port=None),
        process=Process(_env_file=None),
    )


@asynccontextmanager
async def running(settings, clock):
    """Start a process of each, as far as they are apart: with engines, fetchers and chats of their own."""
    async with AsyncExitStack() as stack:
        for roles in PROCESSES:
            app = await stack.enter_async_context(
                opened(settings, roles=frozenset(roles), clock=clock, rhythm=FAST)
            )
            await app.start()
            stack.push_async_callback(app.stop)
        yield app


async def collected(app, clock):
    """Wait until every page is read and in a story."""
    async with asyncio.timeout(60):
        while not await app.collector.store.stories_changed() or await app.collector.store.ungrouped(limit=1):
            await asyncio.sleep(0.05)


async def test_web_worker_and_clock_bring_a_reader_one_digest_at_the_hour(postgres_url):
    engine = engine_of(postgres_url)
    await bring_up_to_date(engine)
    await engine.dispose()
    clock = DrivenClock()
    clock.move_to(MORNING)
    async with NewsStandIn(load(), now=MORNING, slow_seconds=0.2) as news, TelegramStandIn() as telegram:
        reader = telegram.person("Olena")
        async with running(settings_for(postgres_url, news, telegram), clock) as app:
            reader.say(f"/subscribe {news.feed_of('meridian')} {news.feed_of('northern')}")
            answer = await reader.private.next(wait=30)
            await collected(app, clock)

            clock.move_to(EIGHT)
            digest = await reader.private.next(wait=30)
            await asyncio.sleep(0.5)

        assert "Following" in answer.text
        assert "“" in digest.text
        assert len(reader.private.shown) == 2  # none came from both workers
        assert telegram.defects == []
