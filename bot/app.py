"""Wiring: the one file that knows every part."""

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.alone import ListensAlone
from bot.answer import Answers, menu, slack_spelling
from bot.chats.contract import Chat
from bot.chats.counted import CountedChat
from bot.chats.slack import SlackChat
from bot.chats.telegram import TelegramChat
from bot.clock import Clock, WallClock
from bot.closing import tell_gone
from bot.deliver import Deliver
from bot.desk import BotDesk
from bot.editor import Editor
from bot.errors import Misconfigured
from bot.forgetting import Forgetting
from bot.limits import Limits
from bot.model import Address
from bot.owner import this_process
from bot.schedule import deliver_due, read_feeds, read_pages
from bot.store.closings import SqlClosings
from bot.store.editions import SqlEditions
from bot.store.lanes import SqlLanes, SqlLeases
from bot.store.ledger import SqlLedger
from bot.store.memory import SqlMemory
from bot.store.readers import SqlReaders
from bot.store.recheck import SqlRecheck
from bot.store.sources import SqlSources
from bot.store.subscriptions import SqlSubscriptions
from bot.store.tables import SubscriptionRow
from bot.store.unread import SqlUnread
from bot.watch import web_server
from bot.web.pulse import Pulse
from bot.web.server import WebServer
from bot.work.contract import Engine, Tick
from bot.work.inprocess import InProcess
from config.catalogue import catalogue
from config.settings import Settings
from digests.build import Newsroom
from digests.collect import Collector
from digests.fetch import HttpFetch, RobotsGuard
from digests.sandbox import ProcessSandbox
from digests.store.core import CoreStore
from digests.store.engine import engine_of
from digests.store.migrate import is_current, migrate

RUNS = 60  # looks at what is due while others still wait for slow hosts

RECHECKED = 600.0  # seconds between two looks for slots that should be there

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Seconds between two looks at what is due."""

    feeds: float = 10.0
    pages: float = 2.0
    stories: float = 3.0
    digests: float = 1.0
    gone: float = 60.0
    forget: float = 86_400.0
    pulse: float = 10.0


@dataclass(frozen=True, slots=True)
class App:
    """Everything that runs, put together."""

    collector: Collector
    editor: Editor
    deliver: Deliver
    answers: Answers
    ledger: SqlLedger
    chats: Sequence[Chat]
    work: Engine
    clock: Clock
    web: WebServer | None = None

    async def start(self) -> None:
        """Listen in every chat, and begin to look at what is due.

        Raises:
            Misconfigured: a chat does not take its token, or HTTP finds its port taken.
        """
        if self.web is not None:
            await self.web.start()
        await self.deliver.recover()
        await self.work.start()
        await asyncio.gather(*(self._open(chat) for chat in self.chats))

    async def _open(self, chat: Chat) -> None:
        """Open a chat; one whose platform is away keeps nobody else waiting."""
        await chat.start(self.answers, self._room_closed)
        log.info("chat open", chat=chat.name)

    async def stop(self) -> None:
        """Listen no more, and end what is under way."""
        self.deliver.stop()
        await self.work.stop()
        for chat in self.chats:
            await chat.stop()
        if self.web is not None:
            await self.web.stop()

    async def _room_closed(self, address: Address, reason: str) -> None:
        await self.ledger.pause(address, reason=reason, now=self.clock())


@asynccontextmanager
async def collecting(settings: Settings, engine: AsyncEngine) -> AsyncIterator[Collector]:
    """Give the first half of the walk, with the network and the sandbox open."""
    async with AsyncExitStack() as stack:
        chosen = settings.collection
        fetch = await stack.enter_async_context(
            HttpFetch(
                contact=chosen.contact,
                allow=chosen.fetch_allow,
                host_gap=chosen.host_gap_seconds,
                concurrency=chosen.fetch_concurrency,
            )
        )
        sandbox = await stack.enter_async_context(ProcessSandbox())
        pages = RobotsGuard(fetch, sandbox) if chosen.respect_robots else fetch
        yield Collector(
            fetch=fetch,
            fetch_page=pages,
            sandbox=sandbox,
            store=CoreStore(engine),
            least=chosen.poll_min,
        )


@asynccontextmanager
async def opened(
    settings: Settings, *, clock: Clock | None = None, rhythm: Rhythm | None = None
) -> AsyncIterator[App]:
    """Give the whole bot, wired but not started.

    Raises:
        Misconfigured: no chat is set up, or the database's schema is of another release.
    """
    now = clock or WallClock()
    engine = engine_of(settings.database.database_url)
    try:
        await prepare(engine, is_sqlite=settings.database.is_sqlite)
        async with collecting(settings, engine) as collector:
            yield _wired(settings, engine, collector, clock=now, rhythm=rhythm or Rhythm())
    finally:
        await engine.dispose()


async def run(settings: Settings) -> None:
    """Run until SIGTERM or SIGINT, then end what is under way."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with opened(settings) as app:
        if stop.is_set():
            return
        await _until(stop, starting=asyncio.create_task(app.start()))
        log.info("stopping")
        await app.stop()


async def _until(stop: asyncio.Event, *, starting: asyncio.Task[None]) -> None:
    """Return when told to stop, also while a platform that is away is still waited for.

    Raises:
        Misconfigured: a chat does not take its token.
    """
    stopping = asyncio.create_task(stop.wait())
    await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
    if not starting.done():
        starting.cancel()
        await asyncio.wait({starting})
        return
    starting.result()
    await stopping


async def migrate_database(settings: Settings) -> None:
    """Bring the database's tables up to date."""
    engine = engine_of(settings.database.database_url)
    try:
        await migrate(engine, SubscriptionRow.metadata)
    finally:
        await engine.dispose()


def _wired(
    settings: Settings, engine: AsyncEngine, collector: Collector, *, clock: Clock, rhythm: Rhythm
) -> App:
    sends: Counter[tuple[str, str]] = Counter()
    chats: dict[str, Chat] = {chat.name: CountedChat(chat, sends) for chat in _chats(settings)}
    if not chats:
        raise Misconfigured(
            "No chat is set up. Set TELEGRAM_BOT_TOKEN, or SLACK_BOT_TOKEN and SLACK_APP_TOKEN."
        )
    owner = this_process()  # among those that share the database
    subscriptions, ledger = SqlSubscriptions(engine), SqlLedger(engine, owner=owner)
    editor = Editor(
        subscriptions=subscriptions,
        readers=SqlReaders(engine),
        editions=SqlEditions(engine),
        ledger=ledger,
        newsroom=Newsroom(CoreStore(engine)),
        chats=chats,
        clock=clock,
    )
    deliver = Deliver(
        ledger,
        chats,
        limits=Limits(SqlLanes(engine), {"telegram": settings.telegram.send_rate}, clock=clock),
        clock=clock,
        on_uncertain=settings.process.on_uncertain,
    )
    pulse = Pulse()
    desk = BotDesk(
        subscriptions=subscriptions,
        collector=collector,
        editor=editor,
        catalogue=catalogue(),
        listed=SqlSources(engine).feeds,
        count_unread=SqlUnread(engine),
        clock=clock,
    )
    answers = Answers(
        desk,
        {"slack": slack_spelling(settings.slack.slack_command)},
        allowed=frozenset(settings.access.allowed_chats),
    )
    return App(
        collector=collector,
        editor=editor,
        deliver=deliver,
        answers=answers,
        ledger=ledger,
        chats=tuple(_listening(chats, settings, SqlLeases(engine), owner=owner, clock=clock)),
        work=InProcess(
            (
                *_collecting_ticks(collector, clock=clock, rhythm=rhythm),
                Tick("recheck", RECHECKED, lambda: _recheck(SqlRecheck(engine), clock=clock)),
                *(_digests_tick(editor, deliver, chat, every=rhythm.digests) for chat in chats),
                *(_gone_tick(engine, chat, clock=clock, every=rhythm.gone) for chat in chats.values()),
                _forget_tick(engine, settings, clock=clock, every=rhythm.forget),
                Tick("pulse", rhythm.pulse, pulse.beat),
            )
        ),
        clock=clock,
        web=web_server(settings.web, engine, clock=clock, pulse=pulse, sends=sends),
    )


def _chats(settings: Settings) -> Iterator[Chat]:
    telegram, slack = settings.telegram, settings.slack
    if telegram.is_set:
        yield TelegramChat(
            token=telegram.telegram_bot_token.get_secret_value(),
            api_base=telegram.telegram_api_base,
            commands=menu(),
        )
    if slack.is_set:
        yield SlackChat(
            bot_token=slack.slack_bot_token.get_secret_value(),
            app_token=slack.slack_app_token.get_secret_value(),
            api_base=slack.slack_api_base,
            command=slack.slack_command,
        )


def _listening(
    chats: Mapping[str, Chat], settings: Settings, leases: SqlLeases, *, owner: str, clock: Clock
) -> Iterator[Chat]:
    """Give the chats to listen in; of the processes with one Telegram bot, one polls at a time."""
    for name, chat in chats.items():
        if name == TelegramChat.name:
            bot_id = settings.telegram.telegram_bot_token.get_secret_value().partition(":")[0]
            yield ListensAlone(chat, leases, lease=f"poll {name} {bot_id}", owner=owner, clock=clock)
        else:
            yield chat


def _collecting_ticks(collector: Collector, *, clock: Clock, rhythm: Rhythm) -> tuple[Tick, ...]:
    return (
        Tick("feeds", rhythm.feeds, lambda: read_feeds(collector, now=clock()), at_once=RUNS),
        Tick("pages", rhythm.pages, lambda: read_pages(collector, now=clock()), at_once=RUNS),
        Tick("stories", rhythm.stories, lambda: collector.group(clock())),
    )


async def _recheck(recheck: SqlRecheck, *, clock: Clock) -> None:
    missing = await recheck(clock())
    if missing:
        log.error("digests were not owed", subscriptions=missing)  # a fault of ours, or a clock that ran away


def _digests_tick(editor: Editor, deliver: Deliver, chat: str, *, every: float) -> Tick:
    """Return a chat's own tick: a slow platform delays nobody else's digests."""
    return Tick(f"{chat} digests", every, lambda: deliver_due(editor.compose_due, deliver.drain, chat=chat))


def _gone_tick(engine: AsyncEngine, chat: Chat, *, clock: Clock, every: float) -> Tick:
    closings = SqlClosings(engine)
    return Tick(f"{chat.name} gone feeds", every, lambda: tell_gone(closings, chat, now=clock()))


def _forget_tick(engine: AsyncEngine, settings: Settings, *, clock: Clock, every: float) -> Tick:
    kept, memory = settings.collection, SqlMemory(engine)
    forget = Forgetting(texts=kept.keep_text, facts=kept.keep_facts)
    return Tick("forget", every, lambda: forget(memory, now=clock()))


async def prepare(engine: AsyncEngine, *, is_sqlite: bool) -> None:
    """Bring a file's schema up to date; of a server's, say so if it is not."""
    if is_sqlite:
        await migrate(engine, SubscriptionRow.metadata)
    elif not await is_current(engine):
        raise Misconfigured("The database's tables are of another release. Run: pullquote migrate")
