"""What a process looks at again and again, and how often."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import structlog
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.asking import ask_rooms
from bot.chats.contract import Chat
from bot.clock import Clock
from bot.closing import tell_gone
from bot.deliver import Deliver
from bot.editor import Editor
from bot.forgetting import Forgetting
from bot.schedule import read_feeds, read_pages
from bot.store.clocks import SqlClocks
from bot.store.closings import SqlClosings
from bot.store.doubts import SqlDoubts
from bot.store.lanes import SqlLanes
from bot.store.memory import SqlMemory
from bot.store.recheck import SqlRecheck
from bot.web.pulse import Pulse
from bot.work.contract import Tick
from digests.collect import Collector

RUNS = 60  # looks at what is due while others still wait for slow hosts
COMPOSED_AT_ONCE = 2  # batches of slots in a process: while it composes one, others may take the next
STORIES_STAY = 600.0  # seconds: each process that groups anew has to read the stories of three days
SETTLED = 5.0  # seconds between two tries to write down what a database that was away did not take
RECHECKED = 600.0  # seconds between two looks for slots that should be there
SILENT_GROUPS = 60.0  # seconds between two looks for groups whose last minute need not be known any more
CLOCK_SEEN = timedelta(seconds=90)  # for so long after its last tick, a clock counts as running

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Seconds between two looks at what is due."""

    feeds: float = 10.0
    pages: float = 2.0
    stories: float = 3.0
    digests: float = 1.0
    gone: float = 60.0
    doubts: float = 30.0
    forget: float = 86_400.0
    pulse: float = 10.0


def collector_ticks(collector: Collector, *, clock: Clock, rhythm: Rhythm) -> tuple[Tick, ...]:
    """Return the looks of the first half of the walk."""
    return (
        Tick("feeds", rhythm.feeds, lambda: read_feeds(collector, now=clock()), at_once=RUNS),
        Tick("pages", rhythm.pages, lambda: read_pages(collector, now=clock()), at_once=RUNS),
        Tick("stories", rhythm.stories, lambda: collector.group(clock()), stays=STORIES_STAY),
    )


def digest_ticks(editor: Editor, deliver: Deliver, chats: Iterable[str], *, every: float) -> Iterator[Tick]:
    """Give each chat's own looks: a slow platform delays nobody else's digests."""
    for chat in chats:
        yield from _digest_ticks(editor, deliver, chat, every=every)
    yield Tick("settle", SETTLED, deliver.settle, everywhere=True)


def notice_ticks(
    engine: AsyncEngine, chats: Iterable[Chat], *, clock: Clock, rhythm: Rhythm
) -> Iterator[Tick]:
    """Give each chat's looks for feeds that are gone, and for messages that may have arrived."""
    for chat in chats:
        yield _telling(SqlClosings(engine), chat, clock=clock, every=rhythm.gone)
        yield _asking(SqlDoubts(engine), chat, clock=clock, every=rhythm.doubts)


def upkeep_ticks(engine: AsyncEngine, forget: Forgetting, *, clock: Clock, every: float) -> tuple[Tick, ...]:
    """Return the looks at what is too old, and at what should be there."""
    memory, recheck, lanes = SqlMemory(engine), SqlRecheck(engine), SqlLanes(engine)
    return (
        Tick("forget", every, lambda: forget(memory, now=clock())),
        Tick("silent groups", SILENT_GROUPS, lambda: lanes.forget(clock())),
        Tick("recheck", RECHECKED, lambda: _recheck(recheck, clock=clock)),
    )


def life_ticks(pulse: Pulse, clocks: SqlClocks | None, *, clock: Clock, every: float) -> Iterator[Tick]:
    """Give what shows watchers that this process lives, and others that it sends wake-ups (`clocks`)."""
    yield Tick("pulse", every, pulse.beat, everywhere=True)
    if clocks is not None:
        yield Tick("clock", every, lambda: clocks.tick(until=clock() + CLOCK_SEEN), everywhere=True)


def _digest_ticks(editor: Editor, deliver: Deliver, chat: str, *, every: float) -> tuple[Tick, Tick]:
    """Return a look that composes a batch, and one that sends: the next is composed while one is sent."""
    both = f"{chat} digests", f"{chat} messages"
    return (
        Tick(both[0], every, lambda: editor.compose_due(chat), at_once=COMPOSED_AT_ONCE, wakes=both),
        Tick(both[1], every, lambda: deliver.drain(chat)),
    )


def _telling(closings: SqlClosings, chat: Chat, *, clock: Clock, every: float) -> Tick:
    return Tick(f"{chat.name} gone feeds", every, lambda: tell_gone(closings, chat, now=clock()))


def _asking(doubts: SqlDoubts, chat: Chat, *, clock: Clock, every: float) -> Tick:
    return Tick(f"{chat.name} doubts", every, lambda: ask_rooms(doubts, chat, now=clock()))


async def _recheck(recheck: SqlRecheck, *, clock: Clock) -> None:
    missing = await recheck(clock())
    if missing:
        log.error("digests were not owed", subscriptions=missing)  # a fault of ours, or a clock that ran away
