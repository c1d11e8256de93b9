"""See `bot.ports.Ledger`: what is owed becomes slots, and slots become parts to send, in SQL."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Integer,
    RowMapping,
    Select,
    and_,
    any_,
    bindparam,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.errors import UserMistake
from bot.model import Address, Frozen, Part, Slot
from bot.store.freezing import freeze
from bot.store.spreading import Windows, windows
from bot.store.subscriptions import SUBSCRIPTION
from bot.store.tables import SlotRow
from bot.when.places import clock_of
from bot.when.plan import UNREADABLE, plan_of
from bot.when.quiet import quiet_of
from bot.when.spread import AT_ONCE, TURN, TURNS
from bot.when.timetable import Moment
from digests.store.engine import reading, writing
from digests.store.rows import insert_new, table_of

SLOT = table_of(SlotRow)
BATCH = 10_000  # subscriptions in one transaction
COMPOSED_WITHIN = timedelta(minutes=3)  # a process that took slots and is silent for longer is gone
_EDGE = timedelta(microseconds=1)  # a moment that is due now counts
_UNIQUE = ("subscription_id", "local_date", "at")
_SHARED = ("chat", "tenant", "timetable", "zone", "quiet", "next_due_at")  # by many subscriptions
_NAMES = ("subscription_id", "chat", "at", "local_date", "due_at")

log = structlog.get_logger()


class SqlSlots:
    """The slots of `Ledger`. `rates` is messages a second by chat, over which many digests are spread."""

    def __init__(self, engine: AsyncEngine, *, rates: Mapping[str, float] | None = None) -> None:
        self._engine = engine
        self._rates = rates or {}

    async def materialise(self, now: datetime) -> int:
        """See `Ledger`."""
        async with reading(self._engine) as connection:
            # Most looks find nothing: they shall not wait for a writer. Nor is it asked whether one is due:
            # PostgreSQL, which knows no `now` when it plans, would look through all of them.
            first = await connection.scalar(select(func.min(SUBSCRIPTION.c.next_due_at)))
            if first is None or first > now:
                return 0
        spread = await windows(self._engine, self._rates, now=now)
        plans, total, some = _Plans(now), 0, BATCH
        while some == BATCH:
            async with writing(self._engine) as connection:
                some = await _owe_some(connection, plans, spread)
            total += some
        return total

    async def take_slots(self, chat: str, *, now: datetime, limit: int) -> Sequence[Slot]:
        """See `Ledger`. Of several that one subscription waits for, the newest tells the others' news too."""
        asked = {"chat": chat, "now": now}
        async with reading(self._engine) as connection:
            if not await connection.scalar(_IS_ANY_TO_COMPOSE, asked):
                return ()
        async with writing(self._engine) as connection:
            rows = (await connection.execute(_TO_COMPOSE, asked | {"most": limit})).mappings().all()
            await _change(connection, [row["id"] for row in rows if row["is_missed"]], frozen_at=now)
            return await _taken(connection, [row for row in rows if not row["is_missed"]], now=now)

    async def postpone(self, slot: Slot, *, until: datetime) -> None:
        """See `Ledger`."""
        async with writing(self._engine) as connection:
            await connection.execute(update(SLOT).where(SLOT.c.id == slot.id).values(taken_until=until))

    async def freeze(
        self, slot: Slot, address: Address, parts: Sequence[Part], *, stories: Sequence[int], now: datetime
    ) -> None:
        """See `Ledger`."""
        await self.freeze_all([Frozen(slot, address, tuple(parts), tuple(stories), until=now)], now=now)

    async def freeze_all(self, digests: Sequence[Frozen], *, now: datetime) -> None:
        """See `Ledger`."""
        async with writing(self._engine) as connection:
            await freeze(connection, digests, now=now)


def _due(now: datetime) -> Select[Any]:
    ends = or_(SUBSCRIPTION.c.paused.is_(None), SUBSCRIPTION.c.paused_until.is_not(None))
    columns = [SUBSCRIPTION.c[name] for name in ("id", *_SHARED)]
    return select(*columns).where(SUBSCRIPTION.c.next_due_at <= now, ends)


async def _owe_some(connection: AsyncConnection, plans: "_Plans", spread: Windows) -> int:
    """Write down the newest moment that has come of some subscriptions, and when their next one will.

    A pause that has an end is over then: its subscription is due for the first time after it. No row passes
    through here: a morning has few moments and many readers, and what they share is told to all in one go.
    """
    owed, next_at = defaultdict(list), defaultdict(list)
    some = await _some_due(connection, plans.now)
    for alike in some:
        if (plan := plans.of(alike)) is None:
            await _give_up(connection, alike.ids)
            continue
        next_at[plan.following].extend(alike.ids)
        if plan.newest is not None:
            window = spread.get((alike.chat, alike.tenant, plan.newest.due_at), AT_ONCE)
            owed[alike.chat, plan.newest, window].extend(alike.ids)
    for (chat, moment, window), ids in owed.items():
        await _add_slots(connection, ids, chat=chat, moment=moment, window=window)
    for due_at, ids in next_at.items():
        await _set(connection, ids, next_due_at=due_at, paused=None, paused_until=None)
    return sum(len(alike.ids) for alike in some)


@dataclass(frozen=True, slots=True)
class _Alike:
    """Subscriptions whose next digest is the same."""

    chat: str
    tenant: str
    timetable: str
    zone: str
    quiet: str
    next_due_at: datetime
    ids: list[int]


async def _some_due(connection: AsyncConnection, now: datetime) -> list[_Alike]:
    """Return some subscriptions that are due, for this process alone."""
    line = _due(now).order_by(SUBSCRIPTION.c.next_due_at).limit(BATCH)
    some = line.with_for_update(skip_locked=True).subquery()
    which = [some.c[name] for name in _SHARED]
    gather = func.array_agg if connection.dialect.name == "postgresql" else func.json_group_array
    rows = await connection.execute(select(*which, gather(some.c.id).label("ids")).group_by(*which))
    return [_Alike(**{**row, "ids": _ids(row["ids"])}) for row in rows.mappings()]


def _ids(gathered: str | list[int]) -> list[int]:
    """Return what a database gathered: PostgreSQL gives an array, SQLite writes one as JSON."""
    return json.loads(gathered) if isinstance(gathered, str) else gathered


@dataclass(frozen=True, slots=True)
class _Owed:
    newest: Moment | None  # the newest moment that has come
    following: datetime | None


class _Plans:
    """What plans owe at a moment; readers with the same one share the computing."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self._known: dict[tuple[str, str, str, datetime], _Owed | None] = {}

    def of(self, alike: _Alike) -> _Owed | None:
        """Return what is owed since the moment that was due; None: it cannot be read."""
        key = (alike.timetable, alike.zone, alike.quiet, alike.next_due_at)
        if key not in self._known:
            self._known[key] = self._owed(*key)
        return self._known[key]

    def _owed(self, timetable: str, zone: str, quiet: str, since: datetime) -> _Owed | None:
        try:
            plan = plan_of(timetable=timetable, zone=zone, quiet=quiet)
        except UserMistake:
            return None
        past = plan.moments(after=since - _EDGE, until=self.now)
        following = plan.first(after=self.now)
        return _Owed(past[-1] if past else None, following.due_at if following else None)


async def _give_up(connection: AsyncConnection, ids: Sequence[int]) -> None:
    log.error("hours cannot be read", subscriptions=len(ids), first=min(ids))
    await _set(connection, ids, next_due_at=None, paused=UNREADABLE, paused_until=None)


async def _add_slots(
    connection: AsyncConnection, ids: Sequence[int], *, chat: str, moment: Moment, window: timedelta
) -> None:
    """Write down a moment of many; in a window each at its own place."""
    named = {"chat": chat, "at": moment.at, "local_date": moment.local_date}
    when = [literal(value, SLOT.c[name].type) for name, value in named.items()]
    some = _listed(
        connection, sorted(ids)
    ).subquery()  # in the order of subscriptions, however they were grouped
    mine = select(some.c.id, *when, _place(connection, some.c.id, moment.due_at, window))
    mine = mine.where(some.c.id > 0)  # all of them: SQLite wants a condition before the conflict's
    await connection.execute(insert_new(connection, SLOT, unique=_UNIQUE).from_select(_NAMES, mine))


def _place(
    connection: AsyncConnection, subscription: ColumnElement[int], due_at: datetime, window: timedelta
) -> ColumnElement[datetime]:
    """Return what `place_of` says of a subscription, as SQL."""
    begin = literal(due_at, SLOT.c.due_at.type)
    if not window:
        return begin
    share = cast(subscription, BigInteger) * TURN % TURNS
    seconds = share * int(window.total_seconds()) // TURNS
    if connection.dialect.name == "postgresql":
        return begin + func.make_interval(0, 0, 0, 0, 0, 0, seconds)
    return func.strftime("%Y-%m-%d %H:%M:%S.000000", begin, func.printf("+%d seconds", seconds))


async def _set(connection: AsyncConnection, ids: Sequence[int], **changed: Any) -> None:
    mine = _among(connection, SUBSCRIPTION.c.id, ids)
    await connection.execute(update(SUBSCRIPTION).where(mine).values(changed))


def _to_compose() -> Select[Any]:
    """Select the slots of a chat that nobody composes, and whether a newer one has come meanwhile."""
    now, newer = bindparam("now", type_=SLOT.c.due_at.type), SLOT.alias("newer")
    behind = or_(
        newer.c.due_at > SLOT.c.due_at, and_(newer.c.due_at == SLOT.c.due_at, newer.c.id > SLOT.c.id)
    )
    same = (newer.c.subscription_id == SLOT.c.subscription_id, newer.c.frozen_at.is_(None))
    missed = exists().where(*same, behind, newer.c.due_at <= now).label("is_missed")
    waiting = (SLOT.c.chat == bindparam("chat"), SLOT.c.frozen_at.is_(None), SLOT.c.due_at <= now)
    free = or_(SLOT.c.taken_until.is_(None), SLOT.c.taken_until <= now)
    reader = (SUBSCRIPTION.c.id == SLOT.c.subscription_id, SUBSCRIPTION.c.paused.is_(None))
    columns = [SLOT.c[name] for name in Slot.__slots__]
    due = select(*columns, missed, SUBSCRIPTION.c.zone, SUBSCRIPTION.c.quiet)
    return due.join(SUBSCRIPTION, and_(*reader)).where(*waiting, free)


_IS_ANY_TO_COMPOSE = select(_to_compose().exists())
_TO_COMPOSE = (
    _to_compose()
    .order_by(SLOT.c.due_at, SLOT.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True, of=SLOT)
)


async def _taken(connection: AsyncConnection, rows: Sequence[RowMapping], *, now: datetime) -> list[Slot]:
    """Take slots to compose; those that came too late for the evening are due when quiet hours end."""
    held: dict[datetime, list[int]] = defaultdict(list)
    for row in rows:
        held[_sent_from(row, now)].append(row["id"])
    for until, ids in held.items():
        if until > now:
            await _change(connection, ids, due_at=until)
    await _change(connection, held[now], taken_until=now + COMPOSED_WITHIN)
    mine = set(held[now])
    return [Slot(**{name: row[name] for name in Slot.__slots__}) for row in rows if row["id"] in mine]


def _sent_from(row: RowMapping, now: datetime) -> datetime:
    """Return when a reader may get a digest that is due: now, or at the end of quiet hours."""
    if not row["quiet"]:
        return now
    try:
        quiet = quiet_of(row["quiet"])
        return quiet.held(now, clock_of(row["zone"])) if quiet else now
    except UserMistake:
        return now  # no worse than without them


async def _change(connection: AsyncConnection, slots: Sequence[int], **changed: Any) -> None:
    if slots:
        await connection.execute(update(SLOT).where(_among(connection, SLOT.c.id, slots)).values(changed))


def _among(connection: AsyncConnection, column: ColumnElement[int], ids: Sequence[int]) -> Any:
    """Return the condition that `column` is one of many: one parameter, so that the statement is known.

    PostgreSQL is not shown how many: for thousands it would go through the whole table, of a million.
    """
    some = _listed(connection, ids)
    if _is_postgres(connection):
        return column == any_(func.array(some.scalar_subquery()))
    return column.in_(some)


def _listed(connection: AsyncConnection, ids: Sequence[int]) -> Select[tuple[int]]:
    """Select these ids, which are one parameter."""
    if _is_postgres(connection):
        return select(func.unnest(literal(list(ids), ARRAY(Integer))).label("id"))
    return select(func.json_each(json.dumps(ids)).table_valued("value").c.value.label("id"))


def _is_postgres(connection: AsyncConnection) -> bool:
    return connection.dialect.name == "postgresql"
