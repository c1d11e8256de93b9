"""The whole job on this machine: bundled news, the real bot, and stand-ins of the chats it talks in."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from pydantic import SecretStr
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from bot.app import App, opened
from bot.chats.terminal import show
from bot.clock import DrivenClock
from bot.edition import load
from bot.message import Message
from bot.pages import Pane, chats_page
from bot.standins.news import NewsStandIn
from bot.standins.showing import slack_message, telegram_message
from bot.standins.slack import SlackStandIn
from bot.standins.slack.rooms import Channel, Posted
from bot.standins.slack.rooms import User as SlackUser
from bot.standins.telegram import TelegramStandIn
from bot.standins.telegram.rooms import Person, Shown
from bot.ticks import Rhythm
from config.logs import set_up
from config.settings import Access, Collection, Database, Process, Settings, Slack, Telegram, Web

READER_ZONE, TEAM_ZONE = "Europe/Kyiv", "America/New_York"
HOUR = time(8, 0)
BEFORE = timedelta(minutes=20)  # the demo begins so long before the reader's hour
PATIENCE = 60.0  # seconds for a digest to arrive
_RHYTHM = Rhythm(feeds=0.5, pages=0.25, stories=0.5, digests=0.25)
FAILED = 1

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _World:
    """The stand-ins, and who uses them."""

    news: NewsStandIn
    telegram: TelegramStandIn
    slack: SlackStandIn
    reader: Person
    member: SlackUser
    channel: Channel


async def run_demo(folder: Path) -> int:
    """Run it, show what each chat shows, and write the same as a page; return the exit code."""
    set_up("WARNING", "console")
    console = Console()
    clock = DrivenClock()
    clock.move_to(_next_hour(clock(), READER_ZONE) - BEFORE)
    console.print(
        f"It is {_local(clock(), READER_ZONE)} in {READER_ZONE}. The news of the day is on loopback.\n"
    )
    async with _opened(clock) as world, _bot(world, clock) as app:
        await app.start()
        try:
            with _progress(console) as progress:
                await _subscribe(world, progress)
                await _collect(app, clock, progress)
                digests = await _deliver(app, world, clock, progress)
        finally:
            await app.stop()
    return _shown(world, digests, folder, console)


def _next_hour(now: datetime, zone: str) -> datetime:
    """Return the next 08:00 of a zone."""
    local = now.astimezone(ZoneInfo(zone))
    today = datetime.combine(local.date(), HOUR, ZoneInfo(zone))
    return today if today > local else today + timedelta(days=1)


def _local(instant: datetime, zone: str) -> str:
    return f"{instant.astimezone(ZoneInfo(zone)):%A %H:%M}"


@asynccontextmanager
async def _opened(clock: DrivenClock) -> AsyncIterator[_World]:
    async with (
        NewsStandIn(load(), now=clock()) as news,
        TelegramStandIn() as telegram,
        SlackStandIn() as slack,
    ):
        yield _World(
            news,
            telegram,
            slack,
            reader=telegram.person("Olena"),
            member=slack.user("Sam", zone=TEAM_ZONE),
            channel=slack.channel("newsroom"),
        )


@asynccontextmanager
async def _bot(world: _World, clock: DrivenClock) -> AsyncIterator[App]:
    with tempfile.TemporaryDirectory() as folder:
        settings = _settings(world, Path(folder))
        async with opened(settings, clock=clock, rhythm=_RHYTHM) as app:
            yield app


def _settings(world: _World, folder: Path) -> Settings:
    """Return settings that reach nothing but this machine, whatever the operator's `.env` says."""
    return Settings(
        database=Database(_env_file=None, database_url=f"sqlite:///{folder}/demo.db"),
        telegram=Telegram(
            _env_file=None,
            telegram_bot_token=SecretStr(world.telegram.token),
            telegram_api_base=world.telegram.api_base,
        ),
        slack=Slack(
            _env_file=None,
            slack_bot_token=SecretStr(world.slack.bot_token),
            slack_app_token=SecretStr(world.slack.app_token),
            slack_api_base=world.slack.api_base,
        ),
        collection=Collection(_env_file=None, fetch_allow=world.news.addresses),
        access=Access(_env_file=None, allowed_chats=(), admins=()),
        web=Web(_env_file=None, port=None),
        process=Process(_env_file=None),
    )


async def _subscribe(world: _World, progress: Progress) -> None:
    """Let both people say what they want, as they would type it."""
    urls = [url for _, url in world.news.feeds]
    reader, member = world.reader, world.member
    task = progress.add_task("Subscribing", total=6)
    for typed in ("/start", "/timezone Kyiv", f"/subscribe {' '.join(urls)}", "/schedule 08:00"):
        reader.say(typed)
        await reader.private.next(wait=PATIENCE)
        progress.update(task, advance=1)
    for typed in (f"/digest add {' '.join(urls[:8])}", "/digest here 08:00"):
        member.command(typed, world.channel)
        await world.channel.next(wait=PATIENCE)
        progress.update(task, advance=1)


async def _collect(app: App, clock: DrivenClock, progress: Progress) -> None:
    """Watch the bot read every page, one a second from each outlet, and group what it read."""
    task = progress.add_task("Reading pages, one a second from each outlet", total=None)
    store, total = app.collector.store, 0
    while left := len(await store.pages_due(clock() + timedelta(days=1), limit=1000)):
        total = max(total, left)
        progress.update(task, total=total, completed=total - left)
        await asyncio.sleep(0.1)
    progress.update(task, completed=total)
    while await store.ungrouped(limit=1):  # noqa: ASYNC110
        await asyncio.sleep(0.1)


@dataclass(frozen=True, slots=True)
class _Digest:
    """What one chat was sent at its hour."""

    title: str
    note: str
    messages: tuple[Message, ...]


async def _deliver(app: App, world: _World, clock: DrivenClock, progress: Progress) -> list[_Digest]:
    """Move the clock to each reader's hour, and wait for what comes."""
    private, channel = world.reader.private, world.channel
    in_telegram = await _at_eight(
        app, clock, READER_ZONE, progress, shown=private.shown, arrived=lambda: private.next(wait=PATIENCE)
    )
    in_slack = await _at_eight(
        app, clock, TEAM_ZONE, progress, shown=channel.posted, arrived=lambda: channel.next(wait=PATIENCE)
    )
    return [
        _Digest(
            "Telegram", f"{world.reader.name}, {_at(READER_ZONE)}", tuple(map(telegram_message, in_telegram))
        ),
        _Digest("Slack", f"#{channel.name}, {_at(TEAM_ZONE)}", tuple(map(slack_message, in_slack))),
    ]


async def _at_eight(
    app: App,
    clock: DrivenClock,
    zone: str,
    progress: Progress,
    *,
    shown: list[T],
    arrived: Callable[[], Awaitable[T]],
) -> list[T]:
    task = progress.add_task(f"It is 08:00 in {zone}", total=1)
    before = len(shown)
    clock.move_to(_next_hour(clock(), zone))
    await arrived()
    while await app.ledger.is_busy():  # noqa: ASYNC110  # what we wait for lies in the store
        await asyncio.sleep(0.1)
    progress.update(task, completed=1)
    return shown[before:]


def _at(zone: str) -> str:
    return f"08:00 in {zone}"


def _shown(world: _World, digests: Sequence[_Digest], folder: Path, console: Console) -> int:
    """Show each digest in the terminal, write the page, and say what a real platform would have damaged."""
    for digest in digests:
        for message in digest.messages:
            show(message, console=console, title=f"{digest.title} · {digest.note}")
    page = folder / "index.html"
    folder.mkdir(parents=True, exist_ok=True)
    page.write_text(chats_page(_TITLE, _INTRO, _panes(world)), encoding="utf-8")
    console.print(f"\nThe same, with what was typed, for your browser: {page}")
    defects = [*world.telegram.defects, *world.slack.defects]
    for defect in defects:
        console.print(f"damaged: {defect}", style="red")
    return FAILED if defects or not all(digest.messages for digest in digests) else 0


_TITLE = "Pullquote, the whole job on one machine"
_INTRO = (
    "Bundled news, invented by us and served on loopback; read, digested and delivered by the real bot to "
    "stand-ins of Telegram and Slack. This is what each chat shows."
)


def _panes(world: _World) -> list[Pane]:
    reader, channel = world.reader, world.channel
    return [
        Pane("Telegram", f"{reader.name} · {READER_ZONE}", list(_drawn(reader.private.lines))),
        Pane("Slack", f"#{channel.name} · {TEAM_ZONE}", list(_drawn(channel.lines))),
    ]


def _drawn(lines: Iterable[tuple[str, str | Shown | Posted]]) -> Iterator[tuple[str, Message | str]]:
    for who, what in lines:
        if isinstance(what, Shown):
            yield "Pullquote", telegram_message(what)
        elif isinstance(what, Posted):
            yield f"Pullquote{' (only visible to you)' if what.only_for else ''}", slack_message(what)
        else:
            yield who, what


@contextmanager
def _progress(console: Console) -> Iterator[Progress]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console) as progress:
        yield progress
