"""What an operator is told of the ledger, on each database."""

from datetime import timedelta

import pytest
from sqlalchemy import insert, text, update

from bot.model import Address, Backlog, DeliveryState
from bot.store.ledger import SqlLedger
from bot.store.parts import PART
from bot.store.slots import SLOT
from bot.store.status import LEFT_AFTER, SqlStatus, complaint, fault
from bot.store.subscriptions import SqlSubscriptions, room_columns
from digests.store.engine import reading, writing
from tests.fakes import NOON, ROOM

OTHER = Address(chat="telegram", room="8")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture
def ledger(engine):
    return SqlLedger(engine)


@pytest.fixture
def status(engine):
    return SqlStatus(engine)


async def subscribed(engine, address=ROOM, *, next_due_at=NOON):
    return await SqlSubscriptions(engine).add(
        address, zone="UTC", timetable="12:00", shown_until=NOON, next_due_at=next_due_at, now=NOON
    )


async def composed(engine, *states):
    """Write down a digest of noon for a room, a part in each state."""
    room = await subscribed(engine, next_due_at=None)
    slot = {"id": 1, "subscription_id": room.id, "at": "12:00", "local_date": NOON.date()}
    part = {"slot_id": 1, **room_columns(ROOM), "body": "{}", "text": "words", "due_at": NOON}
    part |= {"attempts": 1, "not_before": NOON, "repeat": False, "changed_at": NOON}
    async with writing(engine) as connection:
        await connection.execute(insert(SLOT).values(**slot, due_at=NOON, frozen_at=NOON))
        for number, state in enumerate(states):
            told = "1" if state is DeliveryState.SENT else None
            row = {**part, "number": number, "state": state, "message_id": told}
            await connection.execute(insert(PART).values(row))


async def test_nothing_is_owed_before_its_hour(engine, status):
    await subscribed(engine, next_due_at=NOON + MINUTE)

    assert await status.backlog(NOON) == Backlog()


async def test_hour_without_a_slot_is_owed_and_then_overdue(engine, status):
    await subscribed(engine)

    assert await status.backlog(NOON + 15 * MINUTE) == Backlog(due=1)
    assert await status.backlog(NOON + HOUR) == Backlog(due=1, overdue=1, oldest_overdue=3600)


async def test_slot_not_composed_is_owed(engine, ledger, status):
    await subscribed(engine)
    await ledger.materialise(NOON)

    assert await status.backlog(NOON + HOUR) == Backlog(due=1, overdue=1, oldest_overdue=3600)


async def test_digest_of_several_parts_is_owed_once(engine, status):
    await composed(engine, DeliveryState.DUE, DeliveryState.SENDING)

    assert await status.backlog(NOON + HOUR) == Backlog(due=1, overdue=1, oldest_overdue=3600)


async def test_oldest_of_all_places_counts(engine, status):
    await composed(engine, DeliveryState.DUE)
    await subscribed(engine, OTHER, next_due_at=NOON - HOUR)

    assert await status.backlog(NOON + MINUTE) == Backlog(due=2, overdue=1, oldest_overdue=3660)


async def test_sent_digest_is_owed_no_more_and_counts_today(engine, status):
    await composed(engine, DeliveryState.SENT, DeliveryState.SENT)

    assert await status.backlog(NOON + HOUR) == Backlog()
    assert await status.sent_since(NOON - HOUR) == 1
    assert await status.sent_since(NOON + HOUR) == 0


async def test_notice_that_a_feed_is_gone_counts_as_no_digest(engine, status):
    await composed(engine, DeliveryState.SENT)
    async with writing(engine) as connection:
        await connection.execute(update(SLOT).values(at="gone 1,2 2026-11-26T12:00:00+00:00"))

    assert await status.sent_since(NOON - HOUR) == 0


async def test_held_part_is_in_doubt(engine, status):
    await composed(engine, DeliveryState.SENT, DeliveryState.UNCERTAIN)

    (doubtful,) = await status.in_doubt(NOON)

    assert (doubtful.number, doubtful.address) == (1, ROOM)
    assert await status.count_in_doubt(NOON) == 1


async def test_part_being_sent_is_in_doubt_only_once_its_process_must_be_dead(engine, status):
    await composed(engine, DeliveryState.SENDING)

    assert await status.count_in_doubt(NOON + LEFT_AFTER) == 0
    assert await status.count_in_doubt(NOON + LEFT_AFTER + MINUTE) == 1


async def test_paused_room_tells_its_reason_and_owes_nothing(engine, ledger, status):
    await subscribed(engine)
    await ledger.materialise(NOON)
    await ledger.pause(ROOM, reason="blocked by the reader", now=NOON)

    (room,) = await status.paused()

    assert (room.address, room.paused) == (ROOM, "blocked by the reader")
    assert await status.backlog(NOON + HOUR) == Backlog()


async def test_room_with_its_schedule_off_is_not_paused(engine, status):
    await subscribed(engine, next_due_at=None)

    assert await status.paused() == []


async def test_newest_change_is_the_last_parts(engine, status):
    assert await status.newest_change() is None

    await composed(engine, DeliveryState.DUE)

    assert await status.newest_change() == NOON


async def test_database_that_takes_a_commit_has_no_fault(engine):
    assert await fault(engine) is None


async def test_database_without_tables_has_a_fault(engine):
    async with writing(engine) as connection:
        await connection.execute(text("ALTER TABLE alembic_version RENAME TO elsewhere"))

    try:
        assert "alembic_version" in (await fault(engine) or "")
    finally:
        async with writing(engine) as connection:
            await connection.execute(text("ALTER TABLE elsewhere RENAME TO alembic_version"))


async def test_questions_go_along_the_indices(engine, status):
    if engine.dialect.name != "sqlite":
        pytest.skip("plans of a small PostgreSQL table say nothing")
    plans = []

    async with reading(engine) as connection:
        for asked in (
            "SELECT count(*) FROM subscription WHERE next_due_at <= '2026-01-01'",
            "SELECT count(*) FROM subscription WHERE next_due_at IS NULL AND paused IS NOT NULL",
            "SELECT count(*) FROM slot WHERE frozen_at IS NULL",
            "SELECT count(*) FROM part WHERE state IN ('due', 'sending')",
            "SELECT count(*) FROM slot WHERE frozen_at >= '2026-01-01' AND EXISTS (SELECT 1 FROM part WHERE"
            " slot_id = slot.id AND message_id IS NOT NULL AND part.changed_at >= '2026-01-01')",
        ):
            rows = await connection.execute(text(f"EXPLAIN QUERY PLAN {asked}"))
            plans += [row[3] for row in rows if "SUBQUERY" not in row[3]]

    assert all("USING" in plan and "INDEX" in plan for plan in plans), plans


def test_complaint_is_one_line_without_the_drivers_class():
    said = RuntimeError("<class 'asyncpg.exceptions.Some'>: no such\n  table")

    assert complaint(said) == "no such table"
