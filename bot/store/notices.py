"""What we tell a room unasked enters the outbox like a digest's parts, in a slot of its own."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import insert, or_
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import UserMistake
from bot.model import Part, Slot, Subscription
from bot.store.parts import PART, part_row
from bot.store.resting import rest_column
from bot.store.slots import SLOT
from bot.when.plan import wishes_of

GONE, QUESTION = "gone", "doubt"  # what a notice has in place of its hour, before what it is about
IS_QUESTION = SLOT.c.at.startswith(f"{QUESTION} ")
IS_NOTICE = or_(SLOT.c.at.startswith(f"{GONE} "), IS_QUESTION)


async def put(
    connection: AsyncConnection,
    subscription: Subscription,
    parts: Sequence[Part],
    *,
    about: str,
    now: datetime,
) -> None:
    """Have a notice sent, once quiet hours are over; `about` begins with its kind."""
    at, today = f"{about} {now.isoformat()}", now.date()
    row = {
        "subscription_id": subscription.id,
        "chat": subscription.address.chat,
        "at": at,
        "local_date": today,
        "due_at": subscription.shown_until,  # not later than a digest that is owed: the later one would stand
        "frozen_at": now,
    }
    slot_id: int | None = await connection.scalar(insert(SLOT).values(row).returning(SLOT.c.id))
    assert slot_id is not None  # just written
    slot = Slot(slot_id, subscription.id, at, today, now)
    rest = rest_column(quiet=subscription.quiet, zone=subscription.zone)
    sent_from = {"not_before": _sent_from(subscription, now)}
    rows = [
        part_row(slot, subscription.address, part, number=number, now=now, rest=rest) | sent_from
        for number, part in enumerate(parts)
    ]
    await connection.execute(insert(PART), rows)


def _sent_from(subscription: Subscription, now: datetime) -> datetime:
    """Return when a notice may be sent: now, or at the end of quiet hours."""
    try:
        return wishes_of(subscription).held(now)
    except UserMistake:
        return now
