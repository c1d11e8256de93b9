"""Visits to feeds become rows, many in one transaction: the feed as it is now, and what it has shown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import Boolean, Connection, bindparam, case, exists, insert, or_, select, update
from sqlalchemy.exc import InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from digests.identity import host_of, keys_of, unseen
from digests.model import Entry, Feed
from digests.store.engine import in_one_go
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
        return await in_one_go(engine, partial(_written, visits))
    except (OperationalError, InterfaceError):
        raise
    except _REFUSED as error:
        if len(visits) == 1:
            return [error]
    return [(await write_visits(engine, [visit]))[0] for visit in visits]


def _written(visits: Sequence[Visit], connection: Connection) -> list[int]:
    in_order = sorted(visits, key=lambda visit: visit.feed.id)  # two processes never wait for each other
    read_before = _read_before(connection, [visit.feed.id for visit in in_order])
    rows = [_feed_row(visit, wakes=_wakes(visit, read_before)) for visit in in_order]
    connection.execute(_SAVE, rows)
    news = {
        id(visit): _news(connection, visit.feed.id, visit.shown, is_new=visit.feed.id not in read_before)
        for visit in in_order
        if visit.shown and visit.shown.entries
    }
    _remember(connection, news.values())
    return [len(news[id(visit)].pages) if id(visit) in news else 0 for visit in visits]


def _read_before(connection: Connection, ids: Sequence[int]) -> set[int]:
    """Return which feeds have shown an entry before."""
    shown = exists().where(KEY.c.feed_id == FEED.c.id)
    return set(connection.scalars(select(FEED.c.id).where(FEED.c.id.in_(ids), shown)))


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


@dataclass(frozen=True, slots=True)
class _News:
    """What a visit adds: rows."""

    keys: Sequence[dict[str, Any]]  # not seen before
    pages: Sequence[dict[str, Any]]  # to read


def _news(connection: Connection, feed_id: int, shown: Shown, *, is_new: bool) -> _News:
    """Return all entries as seen, and those not seen before as pages to read."""
    keys = list(dict.fromkeys(key for some in keys_of(shown.entries) for key in some))
    known = {} if is_new else _known(connection, feed_id, keys)
    _see_again(connection, feed_id, known, now=shown.now)
    fresh = unseen(shown.entries, known)
    due = fresh[: shown.first] if is_new else fresh
    added = {"feed_id": feed_id, "first_seen": shown.now, "attempts": 0, "read_at": shown.now}
    return _News(
        [{"feed_id": feed_id, "key": key, "seen_at": shown.now} for key in keys if key not in known],
        [_entry_row(entry) | added for entry in due],
    )


def _known(connection: Connection, feed_id: int, keys: Sequence[str]) -> dict[str, datetime]:
    """Return which keys the feed has shown, and when that was last written down."""
    known: dict[str, datetime] = {}
    for some in _some(keys):
        found = connection.execute(_KNOWN, {"feed": feed_id, "keys": some})
        known.update((key, seen_at) for key, seen_at in found)
    return known


_KNOWN = select(KEY.c.key, KEY.c.seen_at).where(
    KEY.c.feed_id == bindparam("feed"), KEY.c.key.in_(bindparam("keys", expanding=True))
)


def _see_again(connection: Connection, feed_id: int, known: dict[str, datetime], *, now: datetime) -> None:
    """Write down that keys are still shown: those that no longer are, are forgotten one day."""
    for some in _some([key for key, seen_at in known.items() if seen_at < now - SEEN_AGAIN_AFTER]):
        mine = (KEY.c.feed_id == feed_id, KEY.c.key.in_(some))
        connection.execute(update(KEY).where(*mine).values(seen_at=now))


def _some(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + _KNOWN_AT_ONCE] for start in range(0, len(keys), _KNOWN_AT_ONCE))


_ENTRY_FIELDS = tuple(field.name for field in fields(Entry))


def _entry_row(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in _ENTRY_FIELDS} | {"host": host_of(entry.url)}


def _remember(connection: Connection, news: Iterable[_News]) -> None:
    some = list(news)
    if keys := [row for one in some for row in one.keys]:
        connection.execute(insert_new(connection, KEY, unique=["feed_id", "key"]), keys)
    if pages := [row for one in some for row in one.pages]:
        connection.execute(insert(ENTRY), pages)
