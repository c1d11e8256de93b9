"""A slot that nobody wrote down is found and owed; what is as it should be is left alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from bot.store.ledger import SqlLedger
from bot.store.recheck import SqlRecheck
from bot.store.slots import SLOT
from bot.store.subscriptions import SUBSCRIPTION, SqlSubscriptions
from digests.store.engine import writing
from tests.fakes import NOON, ROOM

LATER = NOON + timedelta(minutes=10)
TOMORROW = NOON + timedelta(days=1)


@pytest.fixture
def subscriptions(engine):
    return SqlSubscriptions(engine)


@pytest.fixture
async def reader(engine, subscriptions):
    """Give a reader whose digest of today is written down."""
    made = await subscriptions.add(
        ROOM, zone="UTC", timetable="12:00", shown_until=NOON, next_due_at=NOON, now=NOON
    )
    await SqlLedger(engine).materialise(NOON)
    return made


async def told(engine, statement):
    async with writing(engine) as connection:
        await connection.execute(statement)


async def test_ledger_as_it_should_be_is_left_alone(engine, reader):
    for minutes in (0, 1, 10, 60 * 23):
        assert await SqlRecheck(engine)(NOON + timedelta(minutes=minutes)) == 0


async def test_slot_that_was_never_written_down_is_owed(engine, reader):
    await told(engine, delete(SLOT))

    assert await SqlRecheck(engine)(LATER) == 1
    ledger = SqlLedger(engine)
    assert await ledger.materialise(LATER) == 1

    (slot,) = await ledger.take_slots("telegram", now=LATER, limit=9)
    assert slot.due_at == NOON
    assert await SqlRecheck(engine)(LATER) == 0


async def test_next_digest_set_far_ahead_by_a_clock_that_ran_away_is_brought_back(
    engine, reader, subscriptions
):
    await told(engine, update(SUBSCRIPTION).values(next_due_at=NOON + timedelta(days=40)))

    assert await SqlRecheck(engine)(LATER) == 1

    assert (await subscriptions.at(ROOM)).next_due_at == TOMORROW


async def test_timetable_that_was_changed_owes_nothing_of_before(engine, reader, subscriptions):
    changed = replace(reader, timetable="11:00", next_due_at=TOMORROW - timedelta(hours=1))
    await subscriptions.save(changed)

    assert await SqlRecheck(engine)(LATER) == 0


@pytest.mark.parametrize("change", [{"paused": "by you"}, {"timetable": "off", "next_due_at": None}])
async def test_who_wants_nothing_is_owed_nothing(engine, reader, subscriptions, change):
    await told(engine, delete(SLOT))
    await subscriptions.save(replace(reader, **change))

    assert await SqlRecheck(engine)(LATER) == 0
