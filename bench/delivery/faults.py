"""A platform that answers badly in every way it has: what arrives, what is refused, what is in doubt."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from bench.delivery.filling import Arrivals, open_parts, owe
from bench.delivery.storms import seen_in
from bot.chats.telegram import TelegramChat
from bot.clock import WallClock
from bot.deliver import Deliver
from bot.limits import Limits
from bot.model import DeliveryState
from bot.standins.faults import Fault, Faults, Wrong
from bot.standins.telegram import TelegramStandIn
from bot.store.lanes import SqlLanes
from bot.store.ledger import SqlLedger
from bot.store.parts import PART
from digests.store.engine import engine_of, reading

KINDS = (Wrong.LIMITED, Wrong.FORBIDDEN, Wrong.BAD, Wrong.MOVED, Wrong.BROKEN, Wrong.DROPPED_AFTER)
WAIT = 1.0  # seconds that a 429 asks for
ON_THE_WAY = 0.1  # seconds: a request that had left when the 429 was answered


@dataclass(slots=True)
class Told(Faults):
    """Writes down when which room was sent to, and what was answered."""

    seen: list[tuple[float, str, Wrong | None]] = field(default_factory=list)

    def next(self, method: str, room: str | None, *, posts: bool) -> Fault | None:
        """See `Faults`."""
        fault = Faults.next(self, method, room, posts=posts)
        if posts:
            now = asyncio.get_running_loop().time()
            self.seen.append((now, room or "", fault.wrong if fault else None))
        return fault


@dataclass(frozen=True, slots=True)
class Toll:
    """What became of the deliveries."""

    arrivals: Arrivals
    refused: int  # parts of rooms that were closed, or that no form of was taken
    doubtful: int  # parts that are held since they may have arrived
    unaccounted: int  # parts that are none of the three
    early: int  # calls before the end of a wait that was asked for
    faults: int


async def faulty(url: str, *, deliveries: int, chance: float = 0.05, groups: bool = True) -> Toll:
    """Deliver to a platform that does each of `KINDS` so often, from the migrated, empty database at `url`.

    A 429 to a group holds that group, one to a private chat the whole bot.
    """
    engine = engine_of(url)
    try:
        async with TelegramStandIn() as telegram:
            made = [
                telegram.group("Club") if groups else telegram.person("Reader").private
                for _ in range(deliveries)
            ]
            owed = await owe(engine, [str(room.id) for room in made], parts_each=(1,), now=WallClock()())
            telegram.faults = told = Told()
            for kind in KINDS if groups else (Wrong.LIMITED,):
                order = Fault(kind, method="sendMessage", times=None, chance=chance, seconds=WAIT)
                told.add(order)
            await _deliver(engine, telegram)
            return await _toll(engine, Arrivals(owed, seen_in(telegram)), told, whole_bot=not groups)
    finally:
        await engine.dispose()


async def _deliver(engine: AsyncEngine, telegram: TelegramStandIn) -> None:
    chat, clock = TelegramChat(token=telegram.token, api_base=telegram.api_base), WallClock()
    deliver = Deliver(
        SqlLedger(engine),
        {chat.name: chat},
        limits=Limits(SqlLanes(engine), {}, clock=clock),
        clock=clock,
        resend_after=timedelta(seconds=2),
    )
    while await open_parts(engine):
        await deliver.drain()
        await asyncio.sleep(0.2)
    await chat.stop()


async def _toll(engine: AsyncEngine, arrivals: Arrivals, told: Told, *, whole_bot: bool) -> Toll:
    async with reading(engine) as connection:
        rows = (await connection.execute(select(PART.c.text, PART.c.state))).all()
    refused = {text for text, state in rows if state == DeliveryState.FAILED}
    doubtful = {text for text, state in rows if state == DeliveryState.UNCERTAIN}
    return Toll(
        arrivals=arrivals,
        refused=len(refused),
        doubtful=len(doubtful),
        unaccounted=len(arrivals.lost - refused - doubtful),
        early=_early(told, whole_bot=whole_bot),
        faults=len(told.done),
    )


def _early(told: Told, *, whole_bot: bool) -> int:
    """Return how many calls came while the room, or the bot, had been asked to wait."""
    early, asked = 0, dict[str, float]()
    for at, room, wrong in sorted(told.seen, key=lambda one: one[0]):
        key = "" if whole_bot else room
        since = at - asked.get(key, float("-inf"))
        early += ON_THE_WAY < since < WAIT
        if wrong is Wrong.LIMITED:
            asked[key] = at
    return early
