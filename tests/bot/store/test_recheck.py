"""A slot that nobody wrote down is found and owed; what is as it should be is left alone."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from bot.store.ledger import SqlLedger
from bot.store.recheck import SqlRecheck
from bot.store.slots import SLOT
from bot.store.subscriptions import SUBSCRIPTION, SqlSubscriptions
from bot.when.plan import wishes_of
from bot.when.timetable import Moment
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


async def test_clock_that_was_set_back_over_a_digest_that_was_sent_owes_it_no_more(engine, reader):
    assert await SqlRecheck(engine)(NOON - timedelta(hours=2)) == 0
    assert await SqlRecheck(engine)(LATER) == 0


async def test_digest_written_down_by_a_clock_weeks_ahead_keeps_nobody_waiting_until_then(
    engine, reader, subscriptions
):
    await SqlLedger(engine).materialise(NOON + timedelta(days=40))

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


# Wishes ------------------------------------------------------------------------------------------


async def wished(subscriptions, reader, *, now=NOON, **wishes):
    """Set wishes as commands do; return when the next digest is due."""
    changed = replace(reader, **wishes)
    after = max(now, changed.paused_until or now, changed.skipped_until or now)
    due_at = wishes_of(changed).first(after=after).due_at
    await subscriptions.save(replace(changed, next_due_at=due_at))
    return due_at


WISHES = {
    "held": {"timetable": "23:00", "quiet": "22:00-07:00"},
    "resting for a while": {"paused": "by you", "paused_until": NOON + timedelta(days=3)},
    "skipped": {"skipped_until": NOON + timedelta(days=1, microseconds=1)},
    "all at once": {
        "timetable": "08:00 23:00",
        "quiet": "22:00-09:00",
        "zone": "Europe/Kyiv",
        "paused": "by you",
        "paused_until": NOON + timedelta(days=2),
    },
}


@pytest.mark.parametrize("wishes", WISHES.values(), ids=WISHES)
async def test_wishes_as_they_should_be_are_left_alone_day_and_night(engine, reader, subscriptions, wishes):
    await wished(subscriptions, reader, **wishes)
    ledger = SqlLedger(engine)

    for hours in range(5 * 24):
        now = NOON + timedelta(hours=hours, minutes=5)
        await ledger.materialise(now)
        assert await SqlRecheck(engine)(now) == 0


@pytest.mark.parametrize("wishes", WISHES.values(), ids=WISHES)
async def test_digest_that_wishes_moved_is_brought_back_when_it_is_set_far_ahead(
    engine, reader, subscriptions, wishes
):
    due_at = await wished(subscriptions, reader, **wishes)
    await told(engine, update(SUBSCRIPTION).values(next_due_at=due_at + timedelta(days=40)))

    assert await SqlRecheck(engine)(LATER) == 1

    assert (await subscriptions.at(ROOM)).next_due_at == due_at


async def test_slot_of_a_held_digest_that_was_never_written_down_is_owed(engine, reader, subscriptions):
    morning = await wished(subscriptions, reader, **WISHES["held"])
    ledger, later = SqlLedger(engine), morning + timedelta(minutes=10)
    await ledger.materialise(morning)
    await told(engine, delete(SLOT).where(SLOT.c.due_at == morning))

    assert await SqlRecheck(engine)(later) == 1
    await ledger.materialise(later)

    assert morning in {slot.due_at for slot in await ledger.take_slots("telegram", now=later, limit=9)}


async def test_places_in_a_window_are_no_fault(engine, subscriptions):
    rates = {"telegram": 0.1}
    ledger = SqlLedger(engine, rates=rates)
    for number in range(30):
        address = replace(ROOM, room=str(number))
        await subscriptions.add(
            address, zone="UTC", timetable="12:00", shown_until=NOON, next_due_at=NOON, now=NOON
        )
    await ledger.materialise(NOON)

    for minutes in (1, 3, 5, 10, 60 * 20):
        assert await SqlRecheck(engine)(NOON + timedelta(minutes=minutes)) == 0


async def test_digest_counted_as_told_is_not_owed_by_the_recheck(engine, reader, subscriptions):
    evening = Moment("18:30", NOON.date(), NOON + timedelta(hours=6.5))
    changed = replace(reader, timetable="18:30", next_due_at=evening.due_at + timedelta(days=1))
    await subscriptions.save(changed, told=[evening])

    assert await SqlRecheck(engine)(NOON + timedelta(hours=8)) == 0
