"""Visits to feeds become rows, many in one transaction: the feed as it is now, and what it has shown."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Boolean, bindparam, case, exists, insert, or_, select, update
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from digests.identity import host_of, keys_of, unseen
from digests.model import Entry, Feed
from digests.store.engine import writing
from digests.store.rows import ENTRY, FEED, KEY, insert_new

MOST = 100  # visits in one transaction: others want to write too
SEEN_AGAIN_AFTER = timedelta(days=30)  # that a key is still shown is written down so often
_KNOWN_AT_ONCE = 500  # parameters in one IN (...)
_REFUSED = (SQLAlchemyError, ValueError, ArithmeticError)  # by the database, and by its driver


@dataclass(frozen=True, slots=True)
class Shown:
    """What a feed shows."""

    entries: Sequence[Entry]
    first: int  # pages to read of a feed that never had any
    now: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """A feed as it is after a visit, and what it showed; None: the visit failed."""

    feed: Feed
    shown: Shown | None = None


async def write_visits(engine: AsyncEngine, visits: Sequence[Visit]) -> Sequence[int | Exception]:
    """Write visits down; return of each how many pages became due, or why it alone was refused.

    Raises:
        OperationalError: the database is away, or busy for too long.
    """
    try:
        async with writing(engine) as connection:
            return await _written(connection, visits)
    except (OperationalError, InterfaceError):
        raise
    except _REFUSED as error:
        if len(visits) == 1:
            return [error]
    return [(await write_visits(engine, [visit]))[0] for visit in visits]


async def _written(connection: AsyncConnection, visits: Sequence[Visit]) -> list[int]:
    in_order = sorted(visits, key=lambda visit: visit.feed.id)  # two processes never wait for each other
    read_before = await _read_before(connection, [visit.feed.id for visit in in_order])
    rows = [_feed_row(visit, wakes=_wakes(visit, read_before)) for visit in in_order]
    await connection.execute(_SAVE, rows)
    pages = {
        id(visit): await _remember(
            connection, visit.feed.id, visit.shown, is_new=visit.feed.id not in read_before
        )
        for visit in in_order
        if visit.shown and visit.shown.entries
    }
    return [pages.get(id(visit), 0) for visit in visits]


async def _read_before(connection: AsyncConnection, ids: Sequence[int]) -> set[int]:
    """Return which feeds have shown an entry before."""
    shown = exists().where(KEY.c.feed_id == FEED.c.id)
    return set(await connection.scalars(select(FEED.c.id).where(FEED.c.id.in_(ids), shown)))


def _wakes(visit: Visit, read_before: set[int]) -> bool:
    """Say whether a feed that is asleep is to be read from now on: one that has just been found."""
    return visit.shown is not None and visit.feed.id not in read_before


_SAVED = tuple(field.name for field in fields(Feed) if field.name not in ("id", "topic"))


def _save() -> Any:
    """Return the update of a feed, for all that are executed with it."""
    other = FEED.alias("other")
    new = {name: bindparam(f"new_{name}", type_=FEED.c[name].type) for name in _SAVED}
    # It moved to where another of our feeds is: both stay, each with its readers.
    taken = exists().where(other.c.url == new["url"], other.c.id != FEED.c.id)
    # One that was left while we read it sleeps on.
    awake = or_(FEED.c.next_poll_at.is_not(None), bindparam("wakes", type_=Boolean))
    changed = {
        **new,
        "url": case((taken, FEED.c.url), else_=new["url"]),
        "host": case((taken, FEED.c.host), else_=bindparam("new_host", type_=FEED.c.host.type)),
        "next_poll_at": case((awake, new["next_poll_at"])),
    }
    return update(FEED).where(FEED.c.id == bindparam("visited")).values(changed)


_SAVE = _save()


def _feed_row(visit: Visit, *, wakes: bool) -> dict[str, Any]:
    row: dict[str, Any] = {f"new_{name}": getattr(visit.feed, name) for name in _SAVED}
    return row | {"visited": visit.feed.id, "wakes": wakes, "new_host": host_of(visit.feed.url)}


async def _remember(connection: AsyncConnection, feed_id: int, shown: Shown, *, is_new: bool) -> int:
    """Remember all entries as seen, and those not seen before as pages to read; return how many those are."""
    keys = list(dict.fromkeys(key for some in keys_of(shown.entries) for key in some))
    known = {} if is_new else await _known(connection, feed_id, keys)
    fresh = unseen(shown.entries, known)
    rows = [{"feed_id": feed_id, "key": key, "seen_at": shown.now} for key in keys if key not in known]
    if rows:
        await connection.execute(insert_new(connection, KEY, unique=["feed_id", "key"]), rows)
    await _see_again(connection, feed_id, known, now=shown.now)
    due = fresh[: shown.first] if is_new else fresh
    await _add_pages(connection, feed_id, due, now=shown.now)
    return len(due)


async def _known(connection: AsyncConnection, feed_id: int, keys: Sequence[str]) -> dict[str, datetime]:
    """Return which keys the feed has shown, and when that was last written down."""
    known: dict[str, datetime] = {}
    for some in _some(keys):
        mine = (KEY.c.feed_id == feed_id, KEY.c.key.in_(some))
        found = await connection.execute(select(KEY.c.key, KEY.c.seen_at).where(*mine))
        known.update((row.key, row.seen_at) for row in found)
    return known


async def _see_again(
    connection: AsyncConnection, feed_id: int, known: dict[str, datetime], *, now: datetime
) -> None:
    """Write down that keys are still shown: those that no longer are, are forgotten one day."""
    for some in _some([key for key, seen_at in known.items() if seen_at < now - SEEN_AGAIN_AFTER]):
        mine = (KEY.c.feed_id == feed_id, KEY.c.key.in_(some))
        await connection.execute(update(KEY).where(*mine).values(seen_at=now))


def _some(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + _KNOWN_AT_ONCE] for start in range(0, len(keys), _KNOWN_AT_ONCE))


async def _add_pages(
    connection: AsyncConnection, feed_id: int, entries: Sequence[Entry], *, now: datetime
) -> None:
    added = {"feed_id": feed_id, "first_seen": now, "attempts": 0, "read_at": now}
    if entries:
        rows = [asdict(entry) | added | {"host": host_of(entry.url)} for entry in entries]
        await connection.execute(insert(ENTRY), rows)
