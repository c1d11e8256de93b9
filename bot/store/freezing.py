"""Digests that are composed become parts to send, and what their readers have been shown: all or nothing."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.model import Frozen
from bot.store.parts import PART, part_row
from bot.store.resting import rest_column
from bot.store.subscriptions import SHOWN, SUBSCRIPTION
from bot.store.tables import SlotRow
from digests.store.rows import insert_of, table_of

_SLOT = table_of(SlotRow)
_SHOWN_ONCE = (SHOWN.c.subscription_id, SHOWN.c.story_id)


async def freeze(connection: AsyncConnection, digests: Sequence[Frozen], *, now: datetime) -> None:
    """Write down the parts of slots, the stories they show, and that their readers' next digests begin there.

    Where another process was first, its parts stand.
    """
    ids = [one.slot.id for one in digests]
    waiting = select(_SLOT.c.id).where(_SLOT.c.id.in_(ids), _SLOT.c.frozen_at.is_(None)).with_for_update()
    still = set(await connection.scalars(waiting))
    mine = [one for one in digests if one.slot.id in still]
    if not mine:
        return
    done = update(_SLOT).where(_SLOT.c.id == bindparam("slot"))
    done = done.values(frozen_at=now, edition_id=bindparam("edition"))
    await connection.execute(done, [{"slot": one.slot.id, "edition": one.edition} for one in mine])
    rests = await _rests(connection, mine)
    parts = [
        part_row(
            one.slot,
            one.address,
            part,
            number=number,
            now=now,
            rest=rests.get(one.slot.subscription_id, ""),
        )
        for one in mine
        for number, part in enumerate(one.parts)
    ]
    if parts:
        await connection.execute(insert(PART), parts)
    await _mark_shown(connection, mine)
    begins = update(SUBSCRIPTION).where(SUBSCRIPTION.c.id == bindparam("subscription"))
    begins = begins.values(shown_until=bindparam("at"))
    told = [{"subscription": one.slot.subscription_id, "at": one.until} for one in mine]
    await connection.execute(begins, told)


async def _rests(connection: AsyncConnection, digests: Sequence[Frozen]) -> dict[int, str]:
    """Return the quiet hours of those readers who have some, by their subscriptions."""
    readers = [one.slot.subscription_id for one in digests]
    columns = (SUBSCRIPTION.c.id, SUBSCRIPTION.c.quiet, SUBSCRIPTION.c.zone)
    some = select(*columns).where(SUBSCRIPTION.c.id.in_(readers), SUBSCRIPTION.c.quiet != "")
    return {id_: rest_column(quiet=quiet, zone=zone) for id_, quiet, zone in await connection.execute(some)}


async def _mark_shown(connection: AsyncConnection, digests: Sequence[Frozen]) -> None:
    """Write down the stories, those shown before anew: else one that goes on for a week would come daily."""
    rows = [
        {"subscription_id": one.slot.subscription_id, "story_id": story, "shown_at": one.until}
        for one in digests
        for story in dict.fromkeys(one.stories)
    ]
    if not rows:
        return
    shown = insert_of(connection, SHOWN)
    anew = {"shown_at": shown.excluded.shown_at}
    await connection.execute(shown.on_conflict_do_update(index_elements=_SHOWN_ONCE, set_=anew), rows)
