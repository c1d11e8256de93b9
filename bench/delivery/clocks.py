"""The wall clock of a real bot is moved from outside, by libfaketime: forwards, back, and over days asleep.

After each move one who is due just then is waited for: what the same looks owe to others comes then too, and
nothing of it may come again.
"""

import asyncio
import glob
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.clock import WallClock
from bot.editor import LATE_AFTER
from bot.standins.telegram import TelegramStandIn
from bot.standins.telegram.rooms import Room
from bot.store.schema import bring_up_to_date
from bot.store.subscriptions import SUBSCRIPTION
from bot.when.plan import plan_of
from digests.store.engine import engine_of, writing

LIBRARY = next(iter(glob.glob("/usr/lib/*/faketime/libfaketimeMT.so.1")), None)
"""Where Debian's package `faketime` has it; None: it is not installed."""

SPRING = datetime(2026, 3, 29, tzinfo=UTC)  # Berlin's clocks go forward
AUTUMN = datetime(2026, 10, 25, tzinfo=UTC)  # and back
BEGIN = SPRING - timedelta(hours=2)
HOURS = (  # zone, schedule
    ("Europe/Berlin", "02:30"),  # an hour that Sunday does not have, and one in October that comes twice
    ("Europe/Berlin", "08:00"),
    ("UTC", "00:00"),
    ("America/New_York", "21:15"),
    ("Australia/Lord_Howe", "02:00"),  # clocks move by half an hour there
)
BACK, ASLEEP = timedelta(hours=2), timedelta(days=3)
_LONG = (1, 31, 61, 91, 121)  # minutes after midnight, UTC
_SHORT = (61, 91, 121)
_LATE = "comes late"
_PATIENCE = 180.0  # seconds for a digest to come, on a machine that does much else
_END_WITHIN = 60.0


@dataclass(slots=True)
class Seen:
    """What came of it."""

    owed: int = 0  # digests, by the calendar
    missing: int = 0
    doubled: int = 0
    unmarked: int = 0  # of those that came days late, how many did not say so
    wrong: list[str] = field(default_factory=list)  # room, schedule, what was wanted and what came
    code: int | None = None  # of the process, when it was told to stop


@dataclass(slots=True)
class _Reader:
    room: Room
    zone: str
    timetable: str
    owed: int = 0  # by now
    late: int = 0  # of them, so many are to say that they are


async def moved(url: str, *, short: bool = False) -> Seen:
    """Run a bot whose clock is moved about, on the empty database at `url`; needs `LIBRARY`.

    `short`: through one night, and three days asleep.
    """
    engine = engine_of(url)
    await bring_up_to_date(engine)
    try:
        async with TelegramStandIn() as telegram:
            readers = [_Reader(telegram.person("Reader").private, *hours) for hours in HOURS]
            with TemporaryDirectory() as folder:
                world = _World(engine, telegram, readers, Path(folder) / "clock")
                return await _walk(world, url, short=short)
    finally:
        await engine.dispose()


class _World:
    """Readers, and the clock of the bot that serves them."""

    def __init__(
        self, engine: AsyncEngine, telegram: TelegramStandIn, readers: Sequence[_Reader], clock: Path
    ) -> None:
        self.readers = readers
        self.clock = clock
        self._engine = engine
        self._telegram = telegram
        self._latest = BEGIN

    def move_to(self, instant: datetime) -> None:
        """Have the bot's clock show this instant, and go on from there."""
        ahead = (instant - WallClock()()).total_seconds()
        fresh = self.clock.with_suffix(".new")
        fresh.write_text(f"{ahead:+.3f}")
        fresh.replace(self.clock)

    async def add(self, readers: Sequence[_Reader], *, now: datetime) -> None:
        """Have readers whose first digests come after `now`."""
        common = {"chat": "telegram", "tenant": "", "thread": "", "language": "en"}
        rows = []
        for one in readers:
            first = plan_of(timetable=one.timetable, zone=one.zone, quiet="").first(after=now)
            assert first is not None  # each has its hour every day
            times = {"created_at": now, "shown_until": now, "next_due_at": first.due_at}
            where = {"room": str(one.room.id), "zone": one.zone, "timetable": one.timetable}
            rows.append({**common, **where, **times, "owed_from": first.due_at})
        async with writing(self._engine) as connection:
            await connection.execute(insert(SUBSCRIPTION), rows)

    async def reach(self, instant: datetime) -> None:
        """Move the clock, and return when all that is due by then has come, and what might come twice too."""
        self._count(instant)
        self.move_to(instant)
        witness = _Reader(self._telegram.person("Witness").private, "UTC", f"{instant:%H:%M}")
        await self.add([witness], now=instant - timedelta(minutes=1))
        await self._until_told(witness, 1)
        for reader in self.readers:
            await self._until_told(reader, reader.owed)

    def settings(self, url: str) -> Mapping[str, str]:
        """Return the environment of the bot that serves them from the database at `url`."""
        return {
            **os.environ,
            **_faked(self.clock),
            "DATABASE_URL": url,
            "TELEGRAM_BOT_TOKEN": self._telegram.token,
            "TELEGRAM_API_BASE": self._telegram.api_base,
            "LOG_LEVEL": "ERROR",
        }

    def seen(self) -> Seen:
        """Compare what came with what was owed."""
        seen = Seen()
        for reader in self.readers:
            texts = [message.text for message in reader.room.shown]
            late = sum(_LATE in text for text in texts)
            seen.owed += reader.owed
            seen.missing += max(0, reader.owed - len(texts))
            seen.doubled += max(0, len(texts) - reader.owed)
            seen.unmarked += max(0, reader.late - late)
            if (len(texts), late) != (reader.owed, reader.late):
                came = f"came {len(texts)} ({late} late)"
                seen.wrong.append(
                    f"{reader.timetable} {reader.zone}: {reader.owed} ({reader.late} late), {came}"
                )
        return seen

    def _count(self, instant: datetime) -> None:
        """Count what is owed on the way to an instant: of several days missed, the newest digest."""
        for reader in self.readers:
            plan = plan_of(timetable=reader.timetable, zone=reader.zone, quiet="")
            due = plan.moments(after=self._latest, until=max(instant, self._latest))
            reader.owed += bool(due)
            reader.late += bool(due) and instant - due[-1].due_at > LATE_AFTER
        self._latest = max(instant, self._latest)

    async def _until_told(self, reader: _Reader, times: int) -> None:
        """Return when a reader was told so often; what does not come is counted later."""
        try:
            await reader.room.until(lambda: len(reader.room.shown) >= times, wait=_PATIENCE)
        except TimeoutError:
            return


async def _walk(world: _World, url: str, *, short: bool) -> Seen:
    world.move_to(BEGIN)
    await world.add(world.readers, now=BEGIN)
    async with _bot(world, url) as process:
        await _through_a_night(world, SPRING, _SHORT if short else _LONG)
        await _sleep_until(world, process, SPRING + timedelta(hours=9) + ASLEEP)
        if not short:
            await _sleep_until(world, process, AUTUMN - timedelta(hours=9))
            await _through_a_night(world, AUTUMN, _LONG)
        process.send_signal(signal.SIGTERM)
        async with asyncio.timeout(_END_WITHIN):
            code = await process.wait()
    seen = world.seen()
    seen.code = code
    return seen


async def _through_a_night(world: _World, midnight: datetime, minutes: Sequence[int]) -> None:
    """Walk through a night step by step, go back two hours, and walk through the rest of it once more."""
    steps = [midnight + timedelta(minutes=at) for at in minutes]
    begin = steps[-1] - BACK
    for instant in (*steps, begin, *(step for step in steps if step > begin)):
        await world.reach(instant)
    await world.reach(midnight + timedelta(hours=8, minutes=1))


async def _sleep_until(world: _World, process: asyncio.subprocess.Process, instant: datetime) -> None:
    """Let the machine sleep; what it was to do meanwhile it does when it wakes."""
    process.send_signal(signal.SIGSTOP)
    world.move_to(instant)
    process.send_signal(signal.SIGCONT)
    await world.reach(instant + timedelta(minutes=1))


@asynccontextmanager
async def _bot(world: _World, url: str) -> AsyncIterator[asyncio.subprocess.Process]:
    command = (sys.executable, "-m", "bot", "run")
    process = await asyncio.create_subprocess_exec(*command, env=world.settings(url))
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _faked(clock: Path) -> Mapping[str, str]:
    """Return what has a process read wall time from a file, and leaves the clock alone that nobody sets."""
    assert LIBRARY is not None  # else nobody asks
    return {
        "LD_PRELOAD": LIBRARY,
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_CACHE_DURATION": "1",  # seconds; each call would take a look at the file
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
        "FAKETIME_FORCE_MONOTONIC_FIX": "0",  # else Python's threads wake each other all the time
    }
