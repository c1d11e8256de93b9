"""What was composed before quiet hours began, and has not left by then, waits for their end."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.model import Address, Part
from bot.store.ledger import CLAIMED_FOR, SqlLedger
from bot.store.status import SqlStatus
from bot.store.subscriptions import SqlSubscriptions
from tests.fakes import NOON, ROOM

OTHER = Address("telegram", "8")
EVENING, MORNING = NOON + timedelta(hours=1), NOON + timedelta(hours=3)  # the hours below, 14:00-16:00 there


class World:
    """Two rooms with a digest of two parts each, frozen at noon; the first rests from 13:00 to 15:00 UTC."""

    def __init__(self, engine):
        self.subscriptions, self.ledger, self.status = (
            SqlSubscriptions(engine),
            SqlLedger(engine),
            SqlStatus(engine),
        )

    async def owe(self, *addresses):
        for address in addresses:
            made = await self.subscriptions.add(
                address,
                zone="Europe/Berlin",
                timetable="13:00",
                shown_until=NOON,
                next_due_at=NOON,
                now=NOON,
            )
            if address.room == ROOM.room:
                await self.subscriptions.save(replace(made, quiet="14:00-16:00"))
        await self.ledger.materialise(NOON)
        for slot in await self.ledger.take_slots("telegram", now=NOON, limit=99):
            reader = await self.subscriptions.by_id(slot.subscription_id)
            both = [Part("{}", f"{reader.address.room}: {number}") for number in (1, 2)]
            await self.ledger.freeze(slot, reader.address, both, stories=(), now=NOON)

    async def sent(self, now):
        """Send what may leave, and return its words."""
        texts = []
        while some := await self.ledger.claim("telegram", now=now, limit=9):
            for one in some:
                assert await self.ledger.sending(one, now=now)
                await self.ledger.sent(one, message_id="1", now=now)
                texts.append(one.part.text)
            now += timedelta(seconds=2)
        return texts


@pytest.fixture
async def world(engine):
    made = World(engine)
    await made.owe(ROOM, OTHER)
    return made


async def test_digest_that_did_not_leave_before_quiet_hours_leaves_when_they_end(world):
    assert await world.sent(EVENING) == ["8: 1", "8: 2"]
    assert await world.sent(MORNING - timedelta(seconds=9)) == []

    assert await world.sent(MORNING) == ["7: 1", "7: 2"]


async def test_digest_leaves_at_once_before_quiet_hours(world):
    assert await world.sent(EVENING - timedelta(seconds=30)) == ["7: 1", "8: 1", "7: 2", "8: 2"]


async def test_rest_of_a_digest_waits_if_quiet_hours_begin_between_its_parts(world):
    first, _ = await world.ledger.claim("telegram", now=EVENING - timedelta(seconds=9), limit=9)
    assert await world.ledger.sending(first, now=EVENING - timedelta(seconds=9))
    await world.ledger.sent(first, message_id="1", now=EVENING)

    assert first.part.text == "7: 1"
    assert "7: 2" not in await world.sent(EVENING)
    assert await world.sent(MORNING) == ["7: 2"]


async def test_part_that_is_claimed_and_still_waits_when_quiet_hours_begin_does_not_leave(world):
    just_before = EVENING - CLAIMED_FOR / 2
    mine, other = await world.ledger.claim("telegram", now=just_before, limit=9)

    assert not await world.ledger.sending(mine, now=EVENING)
    assert await world.ledger.sending(other, now=EVENING)
    await world.ledger.release(mine, now=EVENING)

    assert "7: 1" not in await world.sent(EVENING + timedelta(seconds=2))
    assert "7: 1" in await world.sent(MORNING)


async def test_part_that_is_tried_again_waits_for_the_end_of_quiet_hours_too(world):
    mine, _ = await world.ledger.claim("telegram", now=NOON, limit=9)
    await world.ledger.sending(mine, now=NOON)
    await world.ledger.again(mine, at=EVENING + timedelta(minutes=5), error="away", now=NOON)

    assert "7: 1" not in await world.sent(EVENING + timedelta(minutes=6))
    assert "7: 1" in await world.sent(MORNING)


async def test_what_is_held_is_not_overdue(world):
    await world.sent(EVENING)

    backlog = await world.status.backlog(EVENING + timedelta(hours=1))

    assert (backlog.due, backlog.overdue) == (0, 0)


async def test_digest_held_for_quiet_hours_comes_when_its_reader_ends_them(world):
    await world.sent(EVENING)
    reader = await world.subscriptions.at(ROOM)

    await world.subscriptions.save(replace(reader, quiet=""))

    assert await world.sent(EVENING + timedelta(minutes=1)) == ["7: 1", "7: 2"]


async def test_quiet_hours_that_are_set_later_hold_what_is_composed_already(world):
    reader = await world.subscriptions.at(OTHER)
    await world.subscriptions.save(replace(reader, quiet="13:00-15:00"))

    assert await world.sent(NOON) == ["7: 1", "7: 2"]
    assert await world.sent(NOON + timedelta(hours=2)) == ["8: 1", "8: 2"]


async def test_many_rooms_at_rest_keep_nobody_waiting_behind_them(world):
    await world.owe(*(Address("telegram", ROOM.room, thread=str(number)) for number in range(2, 30)))
    await world.owe(Address("telegram", "9"))

    assert "9: 1" in await world.sent(EVENING)
