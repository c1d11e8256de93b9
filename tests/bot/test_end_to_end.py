"""The real bot, from feeds on loopback to what people see in strict stand-ins of both chats."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.app import App, Rhythm, opened
from bot.clock import DrivenClock
from bot.edition import load
from bot.standins.faults import Fault, Wrong
from bot.standins.news import NewsStandIn
from bot.standins.slack import SlackStandIn
from bot.standins.telegram import TelegramStandIn
from config.settings import Access, Collection, Database, Process, Settings, Slack, Telegram, Web
from digests.text import squeeze
from tests.waiting import PATIENCE

FAST = Rhythm(feeds=0.2, pages=0.1, stories=0.1, digests=0.1, doubts=0.1)
MORNING = datetime(2026, 11, 27, 7, 30, tzinfo=UTC)
EIGHT = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)  # the first hour of a new subscription
QUOTED = re.compile(r"“([^”]+)”")
EDITION = load()
PLAIN = str.maketrans("“”„’‘", '"""\'\'')  # pages set marks in their own style
TRUTH = squeeze(" ".join(piece.text for piece in EDITION.pieces)).translate(PLAIN)


@dataclass(frozen=True, slots=True)
class World:
    news: NewsStandIn
    telegram: TelegramStandIn
    slack: SlackStandIn
    clock: DrivenClock
    settings: Settings


@pytest.fixture
async def world(tmp_path: Path) -> AsyncIterator[World]:
    clock = DrivenClock()
    clock.move_to(MORNING)
    async with (
        NewsStandIn(EDITION, now=MORNING, slow_seconds=0.2) as news,
        TelegramStandIn() as telegram,
        SlackStandIn() as slack,
    ):
        yield World(news, telegram, slack, clock, settings_for(news, telegram, slack, tmp_path))


def settings_for(news: NewsStandIn, telegram: TelegramStandIn, slack: SlackStandIn, folder: Path) -> Settings:
    return Settings(
        database=Database(_env_file=None, database_url=f"sqlite:///{folder}/bot.db"),
        telegram=Telegram(
            _env_file=None,
            telegram_bot_token=SecretStr(telegram.token),
            telegram_api_base=telegram.api_base,
        ),
        slack=Slack(
            _env_file=None,
            slack_bot_token=SecretStr(slack.bot_token),
            slack_app_token=SecretStr(slack.app_token),
            slack_api_base=slack.api_base,
        ),
        collection=Collection(_env_file=None, fetch_allow=news.addresses, host_gap_seconds=0),
        access=Access(_env_file=None),
        web=Web(_env_file=None, port=None),
        process=Process(_env_file=None),
    )


@asynccontextmanager
async def bot(world: World) -> AsyncIterator[App]:
    async with opened(world.settings, clock=world.clock, rhythm=FAST) as app:
        await app.start()
        try:
            yield app
        finally:
            await app.stop()


async def collected(app: App, world: World) -> None:
    """Wait until every page is read and in a story."""
    store = app.collector.store
    async with asyncio.timeout(PATIENCE):
        while await store.pages_due(world.clock() + timedelta(days=1), limit=1):
            await asyncio.sleep(0.05)
        while await store.ungrouped(limit=1):
            await asyncio.sleep(0.05)


def feeds(world: World, *outlets: str) -> str:
    return " ".join(world.news.feed_of(outlet) for outlet in outlets)


def foreign_words(text: str) -> list[str]:
    """Return what stands in our quotation marks, without the cuts that we mark."""
    passages = [part for quoted in QUOTED.findall(text) for part in quoted.split("[...]")]
    return [squeeze(part).translate(PLAIN) for part in passages]


async def test_a_reader_in_telegram_gets_at_eight_what_the_articles_say_word_for_word(world: World) -> None:
    reader = world.telegram.person("Olena")
    async with bot(world) as app:
        for typed in ("/start", f"/subscribe {feeds(world, 'meridian', 'northern', 'adria')}"):
            reader.say(typed)
            await reader.private.next()
        await collected(app, world)

        world.clock.move_to(EIGHT)
        digest = await reader.private.next()

    passages = foreign_words(digest.text)
    assert len(passages) >= 5
    assert [passage for passage in passages if passage not in TRUTH] == []
    assert world.telegram.defects == []


async def test_a_digest_asked_for_right_after_something_is_followed_waits_for_its_pages(world: World) -> None:
    reader = world.telegram.person("Olena")
    async with bot(world):
        reader.say(f"/subscribe {feeds(world, 'meridian', 'northern')}")
        await reader.private.next()

        reader.say("/digest")
        digest = await reader.private.next()

    assert foreign_words(digest.text)
    assert "Still reading" not in digest.text
    assert world.telegram.defects == []


async def test_a_team_in_slack_gets_at_eight_what_the_articles_say_word_for_word(world: World) -> None:
    member, channel = world.slack.user("Sam", zone="UTC"), world.slack.channel("newsroom")
    async with bot(world) as app:
        for typed in (f"/digest add {feeds(world, 'ledger', 'continental')}", "/digest here 08:00"):
            member.command(typed, channel)
            await channel.next()
        await collected(app, world)

        world.clock.move_to(EIGHT)
        digest = await channel.next()

    passages = foreign_words(digest.text)
    assert len(passages) >= 3
    assert [passage for passage in passages if passage not in TRUTH] == []
    assert digest.only_for is None
    assert world.slack.defects == []


async def test_a_personal_digest_goes_to_the_member_who_asked_and_follows_the_channels_feeds(
    world: World,
) -> None:
    member, channel = world.slack.user("Sam", zone="UTC"), world.slack.channel("newsroom")
    async with bot(world) as app:
        for typed in (f"/digest add {feeds(world, 'ledger')}", "/digest here off", "/digest me 08:00"):
            member.command(typed, channel)
            await channel.next()
        await collected(app, world)

        world.clock.move_to(EIGHT)
        digest = await member.direct.next()

    assert "The Daily Ledger" in digest.text
    assert world.slack.defects == []


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("/subscribe http://10.0.0.1/feed.xml", "only public web addresses"),
        ("/subscribe http://169.254.169.254/latest/meta-data/", "only public web addresses"),
        ("/subscribe nonsense-topic", "I know no topic"),
        ("/timezone Atlantis", "I know no zone or city"),
        ("/schedule at dawn", "I read no time"),
        ("/frobnicate", "/help"),
        ("/unsubscribe 1", "Nothing is followed here yet"),
    ],
)
async def test_bad_input_is_answered_with_what_to_type_and_stores_nothing(
    world: World, typed: str, hint: str
) -> None:
    reader = world.telegram.person("Olena")
    async with bot(world):
        reader.say(typed)
        answer = await reader.private.next()
        reader.say("/settings")
        settings = await reader.private.next()

    assert hint in answer.text
    assert "Nothing is followed here yet" in settings.text
    assert world.telegram.defects == []


async def test_a_page_is_answered_with_the_feeds_it_names_as_buttons(world: World) -> None:
    reader = world.telegram.person("Olena")
    async with bot(world):
        reader.say(f"/subscribe {world.news.front_of('meridian')}")
        offer = await reader.private.next()
        reader.press(offer, offer.labels[0])
        await reader.private.until(lambda: "Following" in reader.private.shown[-1].text)

    assert "Meridian Wire" in reader.private.shown[-1].text
    assert world.telegram.defects == []


async def test_one_broken_feed_does_not_stop_the_rest(world: World) -> None:
    reader = world.telegram.person("Olena")
    async with bot(world):
        reader.say(f"/subscribe {feeds(world, 'meridian', 'lamplighter', 'quayside', 'dispatch')}")
        answer = await reader.private.next()

    assert "Following Meridian Wire" in answer.text
    assert world.news.feed_of("dispatch") in answer.text
    assert world.telegram.defects == []


async def test_a_source_is_dropped_by_its_button(world: World) -> None:
    reader = world.telegram.person("Olena")
    async with bot(world):
        reader.say(f"/subscribe {feeds(world, 'meridian', 'ledger')}")
        await reader.private.next()
        reader.say("/sources")
        sources = await reader.private.next()
        reader.press(sources, sources.labels[0])
        await reader.private.until(lambda: sources.edits == 1)

    assert "No longer following Meridian Wire" in sources.text
    assert "one source" in sources.text


async def test_only_admins_of_a_group_change_its_digest(world: World) -> None:
    admin, guest = world.telegram.person("Ada"), world.telegram.person("Gus")
    group = world.telegram.group("News", admins=(admin,))
    async with bot(world):
        guest.say(f"/subscribe {feeds(world, 'meridian')}", group)
        refused = await group.next()
        admin.say(f"/subscribe {feeds(world, 'meridian')}", group)
        done = await group.next()

    assert "admins" in refused.text
    assert "Following Meridian Wire" in done.text


async def test_a_message_that_may_have_arrived_comes_once_more_and_says_so(world: World) -> None:
    reader = world.telegram.person("Olena")
    async with bot(world) as app:
        reader.say(f"/subscribe {feeds(world, 'touchline')}")
        await reader.private.next()
        await collected(app, world)
        world.telegram.faults.add(Fault(Wrong.DROPPED_AFTER, method="sendMessage"))

        world.clock.move_to(EIGHT)
        first = await reader.private.next()
        await asyncio.sleep(0.5)
        world.clock.move_to(EIGHT + timedelta(minutes=2))
        again = await reader.private.next()
        await asyncio.sleep(0.5)

    assert "(possible repeat)" not in first.text
    assert again.text.startswith("(possible repeat)")
    assert len(reader.private.shown) == 3  # the answer, the digest, its repeat


async def test_a_limited_chat_is_sent_to_after_the_wait_and_only_once(world: World) -> None:
    reader = world.telegram.person("Olena")
    async with bot(world) as app:
        reader.say(f"/subscribe {feeds(world, 'touchline')}")
        await reader.private.next()
        await collected(app, world)
        world.telegram.faults.add(Fault(Wrong.LIMITED, method="sendMessage", seconds=1))

        world.clock.move_to(EIGHT)
        digest = await reader.private.next()
        await asyncio.sleep(0.5)

    assert "(possible repeat)" not in digest.text
    assert len(reader.private.shown) == 2


async def test_a_digest_missed_while_the_bot_was_down_comes_once_and_says_it_is_late(world: World) -> None:
    reader = world.telegram.person("Olena")
    async with bot(world) as app:
        reader.say(f"/subscribe {feeds(world, 'touchline')}")
        await reader.private.next()
        await collected(app, world)

    world.clock.move_to(EIGHT + timedelta(hours=3))
    async with bot(world):
        digest = await reader.private.next()
        await asyncio.sleep(0.5)

    assert "late" in digest.text
    assert len(reader.private.shown) == 2


async def test_a_reader_who_blocks_the_bot_gets_nothing_until_they_return(world: World) -> None:
    reader = world.telegram.person("Olena")
    async with bot(world) as app:
        reader.say(f"/subscribe {feeds(world, 'touchline')}")
        await reader.private.next()
        await collected(app, world)
        reader.block()
        await asyncio.sleep(0.5)
        world.clock.move_to(EIGHT)
        await asyncio.sleep(0.5)
        tried = [method for method, _ in world.telegram.calls].count("sendMessage")
        reader.unblock()
        reader.say("/start")
        back = await reader.private.next()

    assert tried == 1  # the answer to /subscribe
    assert "Welcome back" in back.text


async def test_reader_in_telegram_is_asked_about_a_message_in_doubt_and_has_it_sent_again_marked(world):
    reader = world.telegram.person("Olena")
    async with bot(_holding(world)) as app:
        reader.say(f"/subscribe {feeds(world, 'meridian')}")
        await reader.private.next()
        await collected(app, world)
        world.telegram.faults.add(Fault(Wrong.DROPPED_AFTER, method="sendMessage"))

        world.clock.move_to(EIGHT)
        digest, question = await reader.private.next(), await reader.private.next()
        asked = question.text
        reader.press(question, "Send it again")
        again = await reader.private.next()

    assert "Did this reach you?" in asked
    assert again.text == f"(possible repeat)\n{digest.text}"
    assert world.telegram.defects == []


async def test_channel_in_slack_is_asked_about_a_message_in_doubt_and_lets_it_be(world):
    member, channel = world.slack.user("Sam", zone="UTC"), world.slack.channel("newsroom")
    async with bot(_holding(world)) as app:
        for typed in (f"/digest add {feeds(world, 'ledger')}", "/digest here 08:00"):
            member.command(typed, channel)
            await channel.next()
        await collected(app, world)
        world.slack.faults.add(Fault(Wrong.DROPPED_AFTER, method="chat.postMessage"))

        world.clock.move_to(EIGHT)
        _, question = await channel.next(), await channel.next()
        member.press(question, "Leave it", channel)
        answer = await channel.next()
        member.command("/digest missing", channel)
        nothing = await channel.next()

    assert "Did this reach you?" in question.text
    assert "I leave it as it is." in answer.text
    assert "No message of mine is in doubt here." in nothing.text
    assert world.slack.defects == []


def _holding(world: World) -> World:
    """Return the same world, in which what may have arrived is held."""
    process = Process(_env_file=None, on_uncertain="hold")
    return replace(world, settings=replace(world.settings, process=process))
