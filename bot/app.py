"""Wiring: the one file that knows every part."""

import asyncio
import signal
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence, Set
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.alone import ListensAlone
from bot.answer import Answers, menu, slack_spelling
from bot.chats.contract import Chat
from bot.chats.counted import CountedChat
from bot.chats.slack import SlackChat
from bot.chats.telegram import TelegramChat
from bot.clock import Clock, WallClock
from bot.deliver import RESEND_AFTER, Deliver
from bot.desk import BotDesk
from bot.editor import Editor
from bot.errors import Misconfigured
from bot.forgetting import Forgetting
from bot.limits import Limits
from bot.locales import ENGLISH, LANGUAGES
from bot.model import Address
from bot.owner import this_process
from bot.roles import ALL, Role, engine_for
from bot.store.clocks import SqlClocks
from bot.store.doubts import SqlDoubts
from bot.store.editions import SqlEditions
from bot.store.erasing import SqlErasing
from bot.store.lanes import SqlLanes, SqlLeases
from bot.store.ledger import ANSWERED_WITHIN, CLAIMED_FOR, SqlLedger
from bot.store.readers import SqlReaders
from bot.store.report import SqlReport
from bot.store.schema import bring_up_to_date, is_up_to_date
from bot.store.sources import SqlSources
from bot.store.subscriptions import SqlSubscriptions
from bot.store.traces import SqlTraces
from bot.store.unread import SqlUnread
from bot.store.wakeups import wakeups_at
from bot.ticks import Rhythm, collector_ticks, digest_ticks, life_ticks, notice_ticks, upkeep_ticks
from bot.watch import web_server
from bot.web.pulse import Pulse
from bot.web.server import WebServer
from bot.why import Tracing
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

SILENT = timedelta(seconds=20)  # without a sign of life, a worker is gone

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Patience:
    """How long is waited for a process that says nothing, or a platform that does not answer."""

    claimed_for: timedelta = CLAIMED_FOR
    answered_within: timedelta = ANSWERED_WITHIN
    resend_after: timedelta = RESEND_AFTER
    silent: timedelta = SILENT


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
    roles: Set[Role] = ALL
    web: WebServer | None = None

    async def start(self) -> None:
        """Do what the roles say: look at what is due, listen in every chat.

        Raises:
            Misconfigured: a chat does not take its token, or HTTP finds its port taken.
            CommandFailed: what carries wake-ups does not answer.
        """
        log.info("starting", roles=",".join(sorted(self.roles)))
        if self.web is not None:
            await self._serve(self.web)
        if Role.WORKER in self.roles:
            await self.deliver.recover()
        await self.work.start()
        if Role.WEB in self.roles:
            await asyncio.gather(*(self._open(chat) for chat in self.chats))

    async def _serve(self, web: WebServer) -> None:
        """Open HTTP; a process that serves nobody but watchers can do without."""
        try:
            await web.start()
        except Misconfigured as error:
            if Role.WEB in self.roles:
                raise
            log.warning("no health checks", reason=str(error))

    async def _open(self, chat: Chat) -> None:
        """Open a chat; one whose platform is away keeps nobody else waiting."""
        await chat.start(self.answers, self._room_closed, self._room_moved)
        log.info("chat open", chat=chat.name)

    async def stop(self) -> None:
        """Listen no more, and end what is under way."""
        self.deliver.stop()
        await self.work.stop()
        for chat in self.chats:
            await chat.stop()
        if self.web is not None:
            await self.web.stop()

    async def _room_moved(self, address: Address, room: str) -> None:
        await self.ledger.move(address, room=room)

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
    settings: Settings,
    *,
    roles: Set[Role] = ALL,
    clock: Clock | None = None,
    rhythm: Rhythm | None = None,
    patience: Patience | None = None,
) -> AsyncIterator[App]:
    """Give the whole bot, wired but not started.

    Raises:
        Misconfigured: no chat is set up, or the database is none for these roles, or of another release.
    """
    engine_for(roles, asked=settings.process.engine, is_sqlite=settings.database.is_sqlite)
    now = clock or WallClock()
    engine = engine_of(settings.database.database_url)
    try:
        await prepare(engine, is_sqlite=settings.database.is_sqlite)
        async with collecting(settings, engine) as collector:
            yield _wired(
                _Ground(settings, engine, collector, roles, now, patience or Patience()),
                rhythm=rhythm or Rhythm(),
            )
    finally:
        await engine.dispose()


async def run(settings: Settings, *, roles: Set[Role] = ALL, patience: Patience | None = None) -> None:
    """Run until SIGTERM or SIGINT, then end what is under way."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with opened(settings, roles=roles, patience=patience) as app:
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
        await bring_up_to_date(engine)
    finally:
        await engine.dispose()


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the parts stand on."""

    settings: Settings
    engine: AsyncEngine
    collector: Collector
    roles: Set[Role]
    clock: Clock
    patience: Patience
    owner: str = field(default_factory=this_process)  # among those that share the database

    @property
    def rates(self) -> Mapping[str, float]:
        """Return how many messages a second each chat takes."""
        return {TelegramChat.name: self.settings.telegram.send_rate}

    @property
    def is_shared(self) -> bool:
        """Say whether wake-ups go through the database."""
        is_sqlite = self.settings.database.is_sqlite
        asked = self.settings.process.engine
        return engine_for(self.roles, asked=asked, is_sqlite=is_sqlite) == "procrastinate"


def _wired(ground: _Ground, *, rhythm: Rhythm) -> App:
    sends: Counter[tuple[str, str]] = Counter()
    limits = Limits(SqlLanes(ground.engine), ground.rates, clock=ground.clock)
    chats: dict[str, Chat] = {chat.name: CountedChat(chat, sends) for chat in _chats(ground.settings, limits)}
    if not chats:
        raise Misconfigured(
            "No chat is set up. Set TELEGRAM_BOT_TOKEN, or SLACK_BOT_TOKEN and SLACK_APP_TOKEN."
        )
    ledger, pulse = _ledger(ground), Pulse()
    editor = _editor(ground, ledger, chats)
    deliver = _deliver(ground, ledger, chats, limits)
    ticks = _ticks(ground, editor, deliver, chats, pulse, rhythm)
    return App(
        collector=ground.collector,
        editor=editor,
        deliver=deliver,
        answers=_answers(ground, editor),
        ledger=ledger,
        chats=tuple(_listening(ground, chats)),
        work=_engine(ground, ticks),
        clock=ground.clock,
        roles=ground.roles,
        web=_web(ground, pulse, sends),
    )


def _ledger(ground: _Ground) -> SqlLedger:
    return SqlLedger(
        ground.engine,
        owner=ground.owner,
        claimed_for=ground.patience.claimed_for,
        answered_within=ground.patience.answered_within,
        rates=ground.rates,
    )


def _editor(ground: _Ground, ledger: SqlLedger, chats: Mapping[str, Chat]) -> Editor:
    return Editor(
        subscriptions=SqlSubscriptions(ground.engine, rates=ground.rates),
        readers=SqlReaders(ground.engine),
        editions=SqlEditions(ground.engine),
        ledger=ledger,
        newsroom=Newsroom(CoreStore(ground.engine)),
        chats=chats,
        clock=ground.clock,
    )


def _deliver(ground: _Ground, ledger: SqlLedger, chats: Mapping[str, Chat], limits: Limits) -> Deliver:
    return Deliver(
        ledger,
        chats,
        limits=limits,
        clock=ground.clock,
        on_uncertain=ground.settings.process.on_uncertain,
        resend_after=ground.patience.resend_after,
    )


def _answers(ground: _Ground, editor: Editor) -> Answers:
    settings, engine = ground.settings, ground.engine
    subscriptions = SqlSubscriptions(engine, rates=ground.rates)
    desk = BotDesk(
        subscriptions=subscriptions,
        erasing=SqlErasing(engine),
        doubts=SqlDoubts(engine),
        collector=ground.collector,
        editor=editor,
        catalogue=catalogue(),
        listed=SqlSources(engine).feeds,
        count_unread=SqlUnread(engine),
        make_report=SqlReport(engine),
        trace=Tracing(subscriptions, SqlEditions(engine), SqlTraces(engine)),
        clock=ground.clock,
    )
    return Answers(
        desk,
        {"slack": slack_spelling(settings.slack.slack_command)},
        allowed=frozenset(settings.access.allowed_chats),
        admins=frozenset(settings.access.admins),
    )


def _ticks(
    ground: _Ground,
    editor: Editor,
    deliver: Deliver,
    chats: Mapping[str, Chat],
    pulse: Pulse,
    rhythm: Rhythm,
) -> tuple[Tick, ...]:
    engine, clock, kept = ground.engine, ground.clock, ground.settings.collection
    forget = Forgetting(texts=kept.keep_text, facts=kept.keep_facts)
    is_clock = Role.CLOCK in ground.roles and ground.is_shared
    return (
        *collector_ticks(ground.collector, clock=clock, rhythm=rhythm),
        *digest_ticks(editor, deliver, chats, every=rhythm.digests),
        *notice_ticks(engine, chats.values(), clock=clock, rhythm=rhythm),
        *upkeep_ticks(engine, forget, clock=clock, every=rhythm.forget),
        *life_ticks(pulse, _clocks(ground) if is_clock else None, clock=clock, every=rhythm.pulse),
    )


def _clocks(ground: _Ground) -> SqlClocks:
    return SqlClocks(ground.engine, owner=ground.owner)


def _web(ground: _Ground, pulse: Pulse, sends: Mapping[tuple[str, str], int]) -> WebServer | None:
    waits = Role.WORKER in ground.roles and ground.is_shared
    return web_server(
        ground.settings.web,
        ground.engine,
        clock=ground.clock,
        pulse=pulse,
        sends=sends,
        wakeups=_clocks(ground) if waits else None,
    )


def _engine(ground: _Ground, ticks: Sequence[Tick]) -> Engine:
    """Return what has a process do its part of the work."""
    roles = ground.roles
    if Role.WORKER in roles and not ground.is_shared:
        return InProcess(ticks)
    if not roles & {Role.WORKER, Role.CLOCK}:
        return InProcess(tick for tick in ticks if tick.everywhere)
    from bot.work.shared import Shared  # psycopg is loaded where it is used

    return Shared(
        ticks,
        database=wakeups_at(ground.settings.database.database_url),
        is_clock=Role.CLOCK in roles,
        is_worker=Role.WORKER in roles,
        silent=ground.patience.silent.total_seconds(),
    )


def _chats(settings: Settings, limits: Limits) -> Iterator[Chat]:
    telegram, slack = settings.telegram, settings.slack
    if telegram.is_set:
        yield TelegramChat(
            token=telegram.telegram_bot_token.get_secret_value(),
            api_base=telegram.telegram_api_base,
            commands=menu(),
            translated={code: menu(code) for code in LANGUAGES if code != ENGLISH},
            pace=limits,
            paid=telegram.telegram_paid_broadcast,
        )
    if slack.is_set:
        yield SlackChat(
            bot_token=slack.slack_bot_token.get_secret_value(),
            app_token=slack.slack_app_token.get_secret_value(),
            api_base=slack.slack_api_base,
            command=slack.slack_command,
        )


def _listening(ground: _Ground, chats: Mapping[str, Chat]) -> Iterator[Chat]:
    """Give the chats to listen in; of the processes with one Telegram bot, one polls at a time."""
    for name, chat in chats.items():
        if name == TelegramChat.name:
            yield _alone(ground, chat)
        else:
            yield chat


def _alone(ground: _Ground, chat: Chat) -> Chat:
    bot_id = ground.settings.telegram.telegram_bot_token.get_secret_value().partition(":")[0]
    return ListensAlone(
        chat,
        SqlLeases(ground.engine),
        lease=f"poll {chat.name} {bot_id}",
        owner=ground.owner,
        clock=ground.clock,
    )


async def prepare(engine: AsyncEngine, *, is_sqlite: bool) -> None:
    """Bring a file's schema up to date; of a server's, say so if it is not."""
    if is_sqlite:
        await bring_up_to_date(engine)
    elif not await is_up_to_date(engine):
        raise Misconfigured("The database's tables are of another release. Run: pullquote migrate")
