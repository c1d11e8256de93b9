"""A ledger out of a backup, on each database: nothing old comes again, and nothing unmarked."""

from datetime import timedelta

from sqlalchemy import insert, select

from bot.store.ledger import SqlLedger
from bot.store.parts import PART
from bot.store.restored import settle
from bot.store.slots import SLOT
from bot.store.subscriptions import SqlSubscriptions, room_columns
from digests.store.engine import reading, writing
from tests.fakes import NOON, ROOM

HOUR = timedelta(hours=1)


async def owed(engine, *, frozen_at=None):
    """Write down a slot of noon."""
    room = await SqlSubscriptions(engine).add(
        ROOM, zone="UTC", timetable="12:00", shown_until=NOON, next_due_at=None, now=NOON
    )
    slot = {"id": 1, "subscription_id": room.id, "at": "12:00", "local_date": NOON.date()}
    async with writing(engine) as connection:
        await connection.execute(insert(SLOT).values(**slot, due_at=NOON, frozen_at=frozen_at))


async def on_its_way(engine):
    """Leave one part of a digest of noon unsent."""
    await owed(engine, frozen_at=NOON)
    part = {"slot_id": 1, "number": 0, **room_columns(ROOM), "body": "{}", "text": "words", "due_at": NOON}
    part |= {"attempts": 0, "not_before": NOON, "repeat": False, "changed_at": NOON, "state": "sending"}
    async with writing(engine) as connection:
        await connection.execute(insert(PART).values(part))


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
    await owed(engine)

    await settle(engine, now=NOON + 25 * HOUR)

    async with reading(engine) as connection:
        assert await connection.scalar(select(SLOT.c.frozen_at)) == NOON + 25 * HOUR


async def test_slot_of_today_is_composed_yet(engine):
    await owed(engine)

    await settle(engine, now=NOON + HOUR)

    async with reading(engine) as connection:
        assert await connection.scalar(select(SLOT.c.frozen_at)) is None
