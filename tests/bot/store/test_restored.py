"""A ledger out of a backup, on each database: nothing old comes again, and nothing unmarked."""

from datetime import timedelta

from sqlalchemy import select

from bot.model import Part
from bot.store.ledger import PART, SqlLedger
from bot.store.restored import settle
from bot.store.subscriptions import SqlSubscriptions
from digests.store.engine import reading
from tests.fakes import NOON, ROOM

HOUR = timedelta(hours=1)


async def on_its_way(engine):
    """Leave one part of a digest of noon unsent."""
    await SqlSubscriptions(engine).add(
        ROOM, zone="UTC", timetable="12:00", shown_until=NOON, next_due_at=NOON, now=NOON
    )
    ledger = SqlLedger(engine)
    await ledger.materialise(NOON)
    (slot,) = await ledger.slots_due(("telegram",), limit=9)
    await ledger.freeze(slot, ROOM, [Part(body="{}", text="words")], stories=(), now=NOON)


async def part(engine):
    async with reading(engine) as connection:
        return (await connection.execute(select(PART.c.state, PART.c.repeat))).one()


async def test_part_of_today_may_come_again_marked(engine):
    await on_its_way(engine)

    await settle(engine, now=NOON + HOUR)

    assert tuple(await part(engine)) == ("due", True)


async def test_part_of_the_day_before_yesterday_is_let_go(engine):
    await on_its_way(engine)

    await settle(engine, now=NOON + 25 * HOUR)

    assert tuple(await part(engine)) == ("failed", False)


async def test_schedule_goes_on_with_the_last_day_alone(engine):
    subscriptions, ledger = SqlSubscriptions(engine), SqlLedger(engine)
    await subscriptions.add(
        ROOM, zone="UTC", timetable="mon 12:00", shown_until=NOON, next_due_at=NOON, now=NOON
    )

    await settle(engine, now=NOON + 50 * HOUR)  # a Saturday

    assert await ledger.materialise(NOON + 50 * HOUR) == 0


async def test_slot_that_was_never_composed_is_let_go(engine):
    await SqlSubscriptions(engine).add(
        ROOM, zone="UTC", timetable="12:00", shown_until=NOON, next_due_at=NOON, now=NOON
    )
    ledger = SqlLedger(engine)
    await ledger.materialise(NOON)

    await settle(engine, now=NOON + 25 * HOUR)

    assert await ledger.slots_due(("telegram",), limit=9) == []
