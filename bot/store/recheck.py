"""What should be in the ledger and is not: a slot that nobody wrote down leaves no row to find.

For every subscription it is computed anew what its timetable owes, and held against what is stored. Nothing
should ever be found; what is, is owed again at once, and late.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import RowMapping, Select, bindparam, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import UserMistake
from bot.store.slots import SLOT
from bot.store.subscriptions import SUBSCRIPTION
from bot.when.plan import plan_of
from digests.store.engine import reading, writing

BACK = timedelta(days=2)
DAY = timedelta(days=1)
SETTLED = timedelta(minutes=2)  # a tick has had the time to write down what is older
AT_ONCE = 5000  # subscriptions in one look
_EDGE = timedelta(microseconds=1)


class SqlRecheck:
    """Mends what is missing; see the module."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def __call__(self, now: datetime) -> int:
        """Have what is missing written down at the next tick; return how many subscriptions that concerns."""
        plans, mended, last = _Plans(now), 0, 0
        while rows := await self._some(last):
            wrong = [change for row in rows if (change := plans.change(row)) is not None]
            if wrong:
                await self._mend(wrong)
            mended, last = mended + len(wrong), rows[-1]["id"]
        return mended

    async def _some(self, after: int) -> Sequence[RowMapping]:
        async with reading(self._engine) as connection:
            return (await connection.execute(_active(after))).mappings().all()

    async def _mend(self, changes: Sequence[dict[str, object]]) -> None:
        same = (SUBSCRIPTION.c.id == bindparam("one"), SUBSCRIPTION.c.next_due_at == bindparam("was"))
        mended = update(SUBSCRIPTION).where(*same).values(next_due_at=bindparam("due"))
        async with writing(self._engine) as connection:
            await connection.execute(mended, changes)


class _Plans:
    """What timetables owe; readers with the same one in the same zone share the computing."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._known: dict[tuple[str, str, str], tuple[Sequence[datetime], datetime | None]] = {}

    def change(self, row: RowMapping) -> dict[str, object] | None:
        """Return from what to what a subscription's next moment must be set, or None if all is well."""
        past, following = self._of(row["timetable"], row["zone"], row["quiet"])
        owed = [at for at in past if at >= row["owed_from"]]
        due, newest = row["next_due_at"], row["newest"]
        if owed and due > self._now and not _is_written(newest, owed[-1]):
            right: datetime | None = owed[-1]
        elif following is not None and due > (soonest := max(following, row["owed_from"])):
            if _is_written(newest, soonest) and newest < soonest + DAY:
                return None  # the clock was set back a little: it is told, and not owed again
            right = soonest  # not before a pause or a skipped digest is over
        else:
            return None
        return {"one": row["id"], "was": due, "due": right}

    def _of(self, timetable: str, zone: str, quiet: str) -> tuple[Sequence[datetime], datetime | None]:
        key = (timetable, zone, quiet)
        if key not in self._known:
            self._known[key] = self._owed(*key)
        return self._known[key]

    def _owed(self, timetable: str, zone: str, quiet: str) -> tuple[Sequence[datetime], datetime | None]:
        """Return what was owed in the last days, and what is next; nothing of what cannot be read."""
        try:
            plan = plan_of(timetable=timetable, zone=zone, quiet=quiet)
        except UserMistake:
            return (), None  # paused when its digest is due
        past = plan.moments(after=self._now - BACK - _EDGE, until=self._now - SETTLED)
        following = plan.first(after=self._now)
        return [one.due_at for one in past], following.due_at if following else None


def _is_written(newest: datetime | None, moment: datetime) -> bool:
    """Say whether a moment has its slot, where `newest` is the last that has one."""
    return newest is not None and newest >= moment


def _active(after: int) -> Select[tuple[object, ...]]:
    """Select subscriptions that are owed something, each with the newest moment that was written down."""
    newest = select(func.max(SLOT.c.due_at)).where(SLOT.c.subscription_id == SUBSCRIPTION.c.id)
    names = ("id", "timetable", "zone", "quiet", "next_due_at", "owed_from")
    columns = [*(SUBSCRIPTION.c[name] for name in names), newest.scalar_subquery().label("newest")]
    # Those that rest for a while are among them, and owed what comes after it.
    active = (SUBSCRIPTION.c.next_due_at.is_not(None), SUBSCRIPTION.c.owed_from.is_not(None))
    ends = or_(SUBSCRIPTION.c.paused.is_(None), SUBSCRIPTION.c.paused_until.is_not(None))
    mine = select(*columns).where(*active, ends, SUBSCRIPTION.c.id > after)
    return mine.order_by(SUBSCRIPTION.c.id).limit(AT_ONCE)
