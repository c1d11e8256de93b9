"""An empty database becomes one that owes deliveries; a full one tells what became of them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.model import DeliveryState
from bot.store.parts import OPEN, PART
from bot.store.slots import SLOT
from bot.store.subscriptions import SUBSCRIPTION
from digests.store.engine import reading, writing

AT_ONCE = 2000  # rows in one statement
MARK = "(possible repeat)"


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What people saw of the parts that were owed, in the order in which it arrived."""

    owed: int
    seen: tuple[str, ...]

    @property
    def lost(self) -> set[str]:
        """Return the parts that never arrived."""
        return {f"part {number}." for number in range(1, self.owed + 1)} - {bare(text) for text in self.seen}

    @property
    def repeats(self) -> int:
        return sum(times - 1 for times in Counter(map(bare, self.seen)).values())

    @property
    def unmarked(self) -> int:
        """Return how many arrived a second time without saying so."""
        plain = Counter(text for text in self.seen if MARK not in text)
        return sum(times - 1 for times in plain.values())

    @property
    def strangers(self) -> int:
        return len({bare(text) for text in self.seen}) - (self.owed - len(self.lost))


def bare(text: str) -> str:
    """Return the words of a part without the mark of a repeat."""
    return text.replace(MARK, "").strip()


async def owe(
    engine: AsyncEngine,
    rooms: Sequence[str],
    *,
    parts_each: Sequence[int],
    now: datetime,
    chat: str = "telegram",
) -> int:
    """Put a digest for each room in the outbox, of so many parts; return how many parts that are."""
    parts = list(_parts(rooms, parts_each, chat=chat, now=now))
    readers = [_subscription(number, room, chat=chat, now=now) for number, room in _numbered(rooms)]
    slots = [_slot(number, chat=chat, now=now) for number, _ in _numbered(rooms)]
    async with writing(engine) as connection:
        for table, rows in ((SUBSCRIPTION, readers), (SLOT, slots), (PART, parts)):
            for some in _batches(rows):
                await connection.execute(insert(table), some)
    return len(parts)


async def open_parts(engine: AsyncEngine) -> int:
    """Return how many are still to arrive."""
    async with reading(engine) as connection:
        count = select(func.count()).select_from(PART).where(PART.c.state.in_(OPEN))
        return int(await connection.scalar(count) or 0)


async def being_sent(engine: AsyncEngine) -> set[tuple[int, int]]:
    """Return the parts on their way now, each with its attempt."""
    mine = select(PART.c.id, PART.c.attempts).where(PART.c.state == DeliveryState.SENDING)
    async with reading(engine) as connection:
        return {(row[0], row[1]) for row in await connection.execute(mine)}


def _numbered(rooms: Sequence[str]) -> Iterator[tuple[int, str]]:
    return iter(enumerate(rooms, 1))


def _batches(rows: Sequence[dict[str, Any]]) -> Iterable[Sequence[dict[str, Any]]]:
    return (rows[start : start + AT_ONCE] for start in range(0, len(rows), AT_ONCE))


def _subscription(number: int, room: str, *, chat: str, now: datetime) -> dict[str, Any]:
    address = {"chat": chat, "tenant": "", "room": room, "thread": ""}
    settings = {"zone": "UTC", "timetable": "08:00", "language": "en"}
    return {"id": number, **address, **settings, "created_at": now, "shown_until": now}


def _slot(number: int, *, chat: str, now: datetime) -> dict[str, Any]:
    when = {"at": "08:00", "local_date": now.date(), "due_at": now, "frozen_at": now}
    return {"id": number, "subscription_id": number, "chat": chat, **when}


def _parts(
    rooms: Sequence[str], parts_each: Sequence[int], *, chat: str, now: datetime
) -> Iterator[dict[str, Any]]:
    number = 0
    for slot, room in _numbered(rooms):
        for place in range(parts_each[(slot - 1) % len(parts_each)]):
            number += 1
            words = f"part {number}."
            yield {
                "slot_id": slot,
                "number": place,
                "chat": chat,
                "tenant": "",
                "room": room,
                "thread": "",
                "body": f'{{"text": "{words}"}}',
                "text": words,
                "due_at": now,
                "state": DeliveryState.DUE,
                "attempts": 0,
                "not_before": now,
                "repeat": False,
                "changed_at": now,
            }
