"""Rooms are asked, once, about messages that may have arrived, and what they say is done."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.asking import ask_rooms
from bot.locales import speaking
from bot.model import Address, DeliveryState, Part
from bot.store.doubts import SqlDoubts
from bot.store.ledger import SqlLedger
from bot.store.parts import PART
from bot.store.status import SqlStatus
from bot.store.subscriptions import SqlSubscriptions
from digests.store.engine import reading
from tests.fakes import NOON, ROOM, FakeChat

OTHER = Address("telegram", "8")
LATER = NOON + timedelta(minutes=1)


class World:
    """Rooms whose digests of two parts are on their way; what is said of each part is up to the test."""

    def __init__(self, engine):
        self.subscriptions, self.ledger = SqlSubscriptions(engine), SqlLedger(engine)
        self.doubts, self.status, self.chat = SqlDoubts(engine), SqlStatus(engine), FakeChat()
        self._engine = engine

    async def owe(self, *addresses, **settings):
        for address in addresses:
            made = await self.subscriptions.add(
                address, zone="UTC", timetable="12:00", shown_until=NOON, next_due_at=NOON, now=NOON
            )
            await self.subscriptions.save(replace(made, **settings))
        await self.ledger.materialise(NOON)
        for slot in await self.ledger.take_slots("telegram", now=NOON, limit=9):
            reader = await self.subscriptions.by_id(slot.subscription_id)
            await self.ledger.freeze(
                slot, reader.address, [Part("{}", "one"), Part("{}", "two")], stories=(), now=NOON
            )

    async def leave(self, *, doubtful=(), now=NOON):
        """Have all that is due leave; what is named arrives perhaps, the rest surely."""
        texts = []
        while some := await self.ledger.claim("telegram", now=now, limit=9):
            for one in some:
                assert await self.ledger.sending(one, now=now)
                texts.append(f"{'again: ' if one.repeat else ''}{one.part.text}")
                if one.part.text in doubtful:
                    await self.ledger.uncertain(one, resend_at=None, now=now)
                else:
                    await self.ledger.sent(one, message_id="1", now=now)
        return texts

    async def ask(self, *, now=NOON):
        await ask_rooms(self.doubts, self.chat, now=now)

    async def states(self):
        async with reading(self._engine) as connection:
            rows = await connection.execute(PART.select().order_by(PART.c.id))
            return [(row["room"], row["state"]) for row in rows.mappings()]


@pytest.fixture
async def world(engine):
    made = World(engine)
    await made.owe(ROOM)
    return made


async def test_room_is_asked_once_about_what_may_have_arrived(world):
    await world.leave(doubtful=["one"])

    for _ in range(2):
        await world.ask()
    (question,) = await world.leave()
    await world.ask(now=LATER)

    assert "message 1 of 2 of the digest of Thursday 26 November, 12:00" in question
    assert await world.leave(now=LATER) == []


async def test_rooms_where_all_arrived_are_not_asked(world):
    await world.owe(OTHER)
    await world.leave()

    await world.ask()

    assert await world.leave() == []


async def test_room_is_asked_about_all_of_a_digest_at_once_when_it_is_over(world):
    (first,) = await world.ledger.claim("telegram", now=NOON, limit=9)
    await world.ledger.sending(first, now=NOON)
    await world.ledger.uncertain(first, resend_at=None, now=NOON)
    await world.ask()

    assert await world.leave(doubtful=["two"]) == ["two"]
    await world.ask()

    (question,) = await world.leave()
    assert "message 1 of 2" in question
    assert "message 2 of 2" in question


async def test_two_processes_ask_once(world):
    await world.leave(doubtful=["one"])

    await asyncio.gather(*(world.ask() for _ in range(4)))

    assert len(await world.leave()) == 1


async def test_what_readers_have_sent_again_comes_marked_and_is_asked_about_anew_if_in_doubt(world):
    await world.leave(doubtful=["one"])
    await world.ask()
    await world.leave()

    assert await world.doubts.settle(ROOM, last=None, resend=True, now=NOON) == 1
    assert await world.leave(doubtful=["one"]) == ["again: one"]

    await world.ask(now=LATER)
    assert len(await world.leave(now=LATER)) == 1


async def test_what_readers_let_be_never_comes_again(world):
    await world.leave(doubtful=["one"])

    assert await world.doubts.settle(ROOM, last=None, resend=False, now=NOON) == 1

    assert await world.leave() == []
    assert await world.doubts.held(ROOM) == []
    assert await world.status.in_doubt(LATER) == []
    assert await world.states() == [("7", DeliveryState.FAILED), ("7", DeliveryState.SENT)]


async def test_nobody_settles_what_is_another_rooms_nor_what_came_after_the_question(world):
    await world.owe(OTHER)
    await world.leave(doubtful=["one", "two"])
    mine = await world.doubts.held(ROOM)

    assert len(mine) == 2
    assert await world.doubts.settle(ROOM, last=mine[0].delivery, resend=True, now=NOON) == 1

    assert len(await world.doubts.held(OTHER)) == 2
    assert await world.leave() == ["again: one"]


async def test_question_that_may_not_have_arrived_is_asked_again_and_never_about_itself(world):
    await world.leave(doubtful=["one"])
    await world.ask()
    (question,) = await world.leave(doubtful=[await _words(world)])

    await world.ask(now=LATER)

    assert await world.leave(now=LATER) == [f"again: {question}"]
    assert len(await world.doubts.held(ROOM)) == 1


async def test_nobody_is_asked_about_a_message_of_last_week(world):
    await world.leave(doubtful=["one"])

    await world.ask(now=NOON + timedelta(days=7))

    assert await world.leave(now=NOON + timedelta(days=7)) == []
    assert len(await world.doubts.held(ROOM)) == 1  # it may be asked for all the same


async def test_room_at_rest_is_asked_once_it_goes_on(world):
    await world.leave(doubtful=["one"])
    reader = await world.subscriptions.at(ROOM)
    await world.subscriptions.save(replace(reader, paused="for a while", next_due_at=None))
    await world.ask()
    assert await world.leave() == []

    await world.subscriptions.save(reader)
    await world.ask()

    assert len(await world.leave()) == 1


async def test_question_waits_for_the_end_of_quiet_hours(engine):
    world = World(engine)
    await world.owe(ROOM, quiet="13:00-14:00")
    await world.leave(doubtful=["one"])

    await world.ask(now=NOON + timedelta(hours=1))

    assert await world.leave(now=NOON + timedelta(hours=1)) == []
    assert len(await world.leave(now=NOON + timedelta(hours=2))) == 1


async def test_question_speaks_the_rooms_language_and_is_no_digest(engine):
    world = World(engine)
    await world.owe(ROOM, language="de")
    await world.leave(doubtful=["one"])
    await world.ask()

    with speaking("en"):
        (question,) = await world.leave()

    assert "Ist das angekommen?" in question
    assert await world.status.sent_since(NOON) == 1


async def _words(world):
    async with reading(world._engine) as connection:
        return [row.text for row in await connection.execute(PART.select().order_by(PART.c.id))][-1]
