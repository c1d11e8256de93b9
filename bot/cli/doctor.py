"""Settings, clock, database and tokens become lines: ok, or what is wrong and what to do."""

import os
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from rich.console import Console
from rich.text import Text
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.chats.slack.token import check_socket
from bot.chats.slack.token import owner_of as slack_owner_of
from bot.chats.telegram.token import owner_of as telegram_owner_of
from bot.cli.database import database_file, reason
from bot.clock import Clock, WallClock
from bot.errors import Misconfigured, NotSent
from bot.store.moves import moved_rooms
from bot.store.schema import is_up_to_date
from bot.store.status import SqlStatus, fault
from bot.web.health import clock_fault
from config.logs import redact, set_up
from config.settings import Settings, SettingsError, read_settings
from digests.store.engine import engine_of, reading

FAILED = 1
_APART = timedelta(seconds=5)  # between our clock and another's; more is no delay on the way
_LOOK = 0.2  # seconds, to see whether the wall clock runs as fast as the other
_DRIFT = 0.1  # seconds within it


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found."""

    name: str
    said: str
    todo: str | None = None  # None: all is well


async def examine() -> int:
    """Print a line for each check; return 0, or 1 if something is wrong."""
    set_up("ERROR", "console")
    console = Console(soft_wrap=True)
    well = True
    async for finding in findings(WallClock()):
        well = well and finding.todo is None
        console.print(_line(finding))
    return 0 if well else FAILED


async def findings(clock: Clock) -> AsyncIterator[Finding]:
    """Give what each check finds, as it finds it; with wrong settings only the clock is looked at."""
    try:
        settings = read_settings()
    except SettingsError as error:
        for line in str(error).splitlines():
            yield Finding("settings", line, "Mend it in the environment or in .env: see docs/settings.md.")
        yield _clock(clock, Path())
        return
    yield Finding("settings", "all can be read")
    path = database_file(settings)
    yield _clock(clock, path.parent if path else Path())
    async for finding in _database(settings, clock):
        yield finding
    async for finding in _chats(settings):
        yield finding


def _clock(clock: Clock, folder: Path) -> Finding:
    """Compare the clock with a calendar, with the clock that nobody sets, and with the disk's."""
    todo = "Set the machine's clock, and let it be kept: timedatectl set-ntp true."
    if why := clock_fault(clock()):
        return Finding("clock", why, todo)
    wall, steady = clock(), time.monotonic()
    time.sleep(_LOOK)
    drift = (clock() - wall).total_seconds() - (time.monotonic() - steady)
    if abs(drift) > _DRIFT:
        return Finding("clock", f"it moved by {drift:+.1f} s in {_LOOK:g} s", todo)
    apart = abs(_disk_time(folder) - clock())
    if apart > _APART:
        return Finding("clock", f"it is {apart.total_seconds():.0f} s away from the disk's", todo)
    return Finding("clock", f"{clock():%Y-%m-%d %H:%M:%S} UTC")


def _disk_time(folder: Path) -> datetime:
    """Return when a file that is written now was written, as the disk of `folder` has it."""
    writable = folder if folder.is_dir() and os.access(folder, os.W_OK) else None
    with tempfile.NamedTemporaryFile(dir=writable) as file:
        return datetime.fromtimestamp(os.stat(file.name).st_mtime, UTC)


async def _database(settings: Settings, clock: Clock) -> AsyncIterator[Finding]:
    path = database_file(settings)
    if path is not None and not path.exists():
        yield _place(path)
        return
    engine, is_usable = engine_of(settings.database.database_url), False
    try:
        async for finding in _tables(engine, clock, is_sqlite=path is not None):
            yield finding
            is_usable = finding.todo is None
        if is_usable:
            async for finding in _allowed(engine, settings.access.allowed_chats):
                yield finding
    except (SQLAlchemyError, OSError) as error:
        yield Finding("database", f"it does not answer: {reason(error)}", "Check DATABASE_URL.")
    finally:
        await engine.dispose()


def _place(path: Path) -> Finding:
    """Say whether a database can be made at `path`."""
    there = next(folder for folder in path.absolute().parents if folder.exists())
    if os.access(there, os.W_OK | os.X_OK):
        return Finding("database", f"none yet; {path} is made at the start")
    return Finding(
        "database", f"{there} is not writable", "Give the bot's user the folder, or set DATABASE_URL."
    )


async def _tables(engine: AsyncEngine, clock: Clock, *, is_sqlite: bool) -> AsyncIterator[Finding]:
    if not await is_up_to_date(engine):
        yield Finding("database", "its tables are of another release", "Run: pullquote migrate")
        return
    if why := await fault(engine):
        yield Finding("database", f"it takes no write: {why}", "Look at its disk's space and its rights.")
        return
    kind = "SQLite" if is_sqlite else "PostgreSQL"
    yield Finding("database", f"{kind}, writable, its tables are those of this release")
    newest = await SqlStatus(engine).newest_change()
    if newest is not None and newest - clock() > _APART:
        said = f"the ledger was last written at {newest:%Y-%m-%d %H:%M} UTC, which is ahead of our clock"
        yield Finding("clock", said, "Set the clock before the bot starts: digests wait for that time else.")
    if not is_sqlite:
        yield await _server_time(engine, clock)


async def _allowed(engine: AsyncEngine, allowed: Collection[str]) -> AsyncIterator[Finding]:
    """Name the rooms that the settings know by an id that they had."""
    async with reading(engine) as connection:
        moved = await moved_rooms(connection)
    for before, now in moved:
        if str(before) in allowed and str(now) not in allowed:
            yield Finding("allowed chats", f"{before} is {now} now, and served as before")


async def _server_time(engine: AsyncEngine, clock: Clock) -> Finding:
    async with reading(engine) as connection:
        there: datetime | None = await connection.scalar(select(func.now()))
    apart = abs((there or clock()) - clock())
    if apart > _APART:
        said = f"the database's clock is {apart.total_seconds():.0f} s away from ours"
        return Finding("clock", said, "Set both by NTP.")
    return Finding("clock", "the database's agrees")


async def _chats(settings: Settings) -> AsyncIterator[Finding]:
    telegram, slack = settings.telegram, settings.slack
    if not (telegram.is_set or slack.is_set):
        todo = "Set TELEGRAM_BOT_TOKEN, or SLACK_BOT_TOKEN and SLACK_APP_TOKEN: see docs/self-hosting.md."
        yield Finding("chats", "none is set up", todo)
    if telegram.is_set:
        token = telegram.telegram_bot_token.get_secret_value()
        asked = telegram_owner_of(token, api_base=telegram.telegram_api_base)
        yield await _token("telegram", asked, "Ask @BotFather for the token, and set TELEGRAM_BOT_TOKEN.")
    if slack.is_set:
        bot, app = slack.slack_bot_token.get_secret_value(), slack.slack_app_token.get_secret_value()
        asked = slack_owner_of(bot, api_base=slack.slack_api_base)
        yield await _token("slack", asked, "Install the app anew, and set SLACK_BOT_TOKEN (xoxb-…).")
        socket = _listening(check_socket(app, api_base=slack.slack_api_base))
        todo = "Make an app-level token with connections:write, and set SLACK_APP_TOKEN (xapp-…)."
        yield await _token("slack socket", socket, todo)


async def _listening(asked: Awaitable[None]) -> str:
    await asked
    return "may listen"


async def _token(name: str, asked: Awaitable[str], todo: str) -> Finding:
    try:
        return Finding(name, await asked)
    except Misconfigured as error:
        return Finding(name, str(error), todo)
    except NotSent as error:
        return Finding(
            name, f"it can't be reached: {error}", "Look at the network, the proxy and the base address."
        )


def _line(finding: Finding) -> Text:
    mark = ("ok   ", "green") if finding.todo is None else ("wrong", "bold red")
    said = redact(f"{finding.name}: {finding.said}")
    return Text.assemble(mark, f"  {said}", "" if finding.todo is None else f". {finding.todo}")
