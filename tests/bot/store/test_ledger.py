"""The ledger in SQL, on each database: nothing lost, nothing doubled."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.model import Address, DeliveryState, Part
from bot.store.ledger import PART, SLOT, SqlLedger
from bot.store.subscriptions import SqlSubscriptions
from digests.model import Article, Entry, Story
from digests.store.core import CoreStore
from digests.store.engine import reading
from tests.fakes import NOON, ROOM

OTHER = Address(chat="telegram", room="8")
CHATS = ("telegram",)


@pytest.fixture
def ledger(engine):
    return SqlLedger(engine)


@pytest.fixture
def subscriptions(engine):
    return SqlSubscriptions(engine)


async def subscribed(subscriptions, address=ROOM, *, timetable="12:00", zone="UTC", next_due_at=NOON):
    return await subscriptions.add(
        address, zone=zone, timetable=timetable, shown_until=NOON, next_due_at=next_due_at, now=NOON
    )


def parts(*texts):
    return [Part(body=f"<b>{text}</b>", text=text) for text in texts]


async def frozen(ledger, subscriptions, *texts, address=ROOM):
    """Owe a room a digest of these parts, now."""
    await subscribed(subscriptions, address)
    await ledger.materialise(NOON)
    slots = await ledger.slots_due(CHATS, limit=9)
    for slot in slots:
        await ledger.freeze(slot, address, parts(*texts), stories=(), now=NOON)


async def due(ledger, *, now=NOON, chats=CHATS, limit=100):
    return await ledger.parts_due(chats, now=now, limit=limit)


async def states(ledger, engine):
    async with reading(engine) as connection:
        return list(await connection.scalars(select(PART.c.state).order_by(PART.c.id)))


async def count(engine, table):
    async with reading(engine) as connection:
        return await connection.scalar(select(func.count()).select_from(table))


# Slots -------------------------------------------------------------------------------------------


async def test_slot_is_owed_once_its_time_has_come(ledger, subscriptions):
    mine = await subscribed(subscriptions)
    assert await ledger.materialise(NOON - timedelta(seconds=1)) == 0

    assert await ledger.materialise(NOON) == 1

    (slot,) = await ledger.slots_due(CHATS, limit=9)
    assert (slot.subscription_id, slot.at, slot.local_date, slot.due_at) == (
        mine.id,
        "12:00",
        NOON.date(),
        NOON,
    )
    assert (await subscriptions.at(ROOM)).next_due_at == NOON + timedelta(days=1)


async def test_looking_again_owes_nothing_twice(engine, ledger, subscriptions):
    await subscribed(subscriptions)

    for _ in range(3):
        await ledger.materialise(NOON)

    assert await count(engine, SLOT) == 1


async def test_clock_stepped_back_owes_nothing_twice(engine, ledger, subscriptions):
    mine = await subscribed(subscriptions)
    await ledger.materialise(NOON)

    await subscriptions.save(replace(mine, next_due_at=NOON))  # as computed by a clock that stepped back
    await ledger.materialise(NOON)

    assert await count(engine, SLOT) == 1


async def test_days_missed_become_one_slot_and_the_next_is_tomorrows(ledger, subscriptions):
    await subscribed(subscriptions)
    late = NOON + timedelta(days=3, hours=1)

    await ledger.materialise(late)

    (slot,) = await ledger.slots_due(CHATS, limit=9)
    assert slot.due_at == NOON + timedelta(days=3)
    assert (await subscriptions.at(ROOM)).next_due_at == NOON + timedelta(days=4)


async def test_slots_that_nobody_composed_become_one(ledger, subscriptions):
    await subscribed(subscriptions)
    for days in range(5):
        await ledger.materialise(NOON + timedelta(days=days))

    (slot,) = await ledger.slots_due(CHATS, limit=9)

    assert slot.due_at == NOON + timedelta(days=4)


async def test_each_time_of_a_day_is_a_slot_of_its_own(engine, ledger, subscriptions):
    await subscribed(subscriptions, timetable="12:00 18:30")
    for hours in range(13):
        await ledger.materialise(NOON + timedelta(hours=hours))

    assert await count(engine, SLOT) == 2


async def test_day_on_which_the_clock_goes_back_has_one_slot(engine, ledger, subscriptions):
    first = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02:30 in Berlin, the first time
    await subscribed(subscriptions, timetable="02:30", zone="Europe/Berlin", next_due_at=first)

    for minutes in range(0, 181, 10):
        await ledger.materialise(first + timedelta(minutes=minutes))

    assert await count(engine, SLOT) == 1


async def test_room_that_is_off_or_paused_is_owed_nothing(ledger, subscriptions):
    await subscribed(subscriptions, next_due_at=None)

    assert await ledger.materialise(NOON + timedelta(days=9)) == 0


async def test_slots_are_given_for_the_chats_asked_for_the_oldest_first(ledger, subscriptions):
    await subscribed(subscriptions)
    await subscribed(
        subscriptions, Address("telegram", "9"), timetable="11:00", next_due_at=NOON - timedelta(hours=1)
    )
    await subscribed(subscriptions, Address("slack", "C1", tenant="T1"))
    await ledger.materialise(NOON)

    telegram = await ledger.slots_due(CHATS, limit=9)

    assert [slot.at for slot in telegram] == ["11:00", "12:00"]
    assert len(await ledger.slots_due(("telegram", "slack"), limit=9)) == 3
    assert len(await ledger.slots_due(CHATS, limit=1)) == 1


async def test_more_rooms_than_fit_one_transaction_are_all_owed(engine, ledger, subscriptions, monkeypatch):
    monkeypatch.setattr("bot.store.ledger.AT_ONCE", 4)
    for number in range(10):
        await subscribed(subscriptions, Address("telegram", str(number)))

    assert await ledger.materialise(NOON) == 10

    assert await count(engine, SLOT) == 10


async def test_two_processes_at_once_owe_each_slot_once(engine, ledger, subscriptions):
    for number in range(20):
        await subscribed(subscriptions, Address("telegram", str(number)))

    await asyncio.gather(ledger.materialise(NOON), SqlLedger(engine).materialise(NOON))

    assert await count(engine, SLOT) == 20


# Freezing ----------------------------------------------------------------------------------------


async def test_frozen_slot_is_done_and_the_next_digest_begins_there(ledger, subscriptions):
    await frozen(ledger, subscriptions, "one", "two")

    assert await ledger.slots_due(CHATS, limit=9) == []
    assert (await subscriptions.at(ROOM)).shown_until == NOON
    (first,) = await due(ledger)
    assert (first.number, first.part, first.address) == (0, parts("one")[0], ROOM)
    assert (first.state, first.attempts, first.repeat) == (DeliveryState.DUE, 0, False)


async def test_slot_composed_by_two_processes_is_frozen_once(engine, ledger, subscriptions):
    await subscribed(subscriptions)
    await ledger.materialise(NOON)
    (slot,) = await ledger.slots_due(CHATS, limit=9)

    await asyncio.gather(
        *(
            one.freeze(slot, ROOM, parts("one", "two"), stories=(), now=NOON)
            for one in (ledger, SqlLedger(engine))
        )
    )

    assert await count(engine, PART) == 2


async def test_digest_of_no_parts_is_done_at_once(ledger, subscriptions):
    await frozen(ledger, subscriptions)

    assert await ledger.slots_due(CHATS, limit=9) == []
    assert await due(ledger) == []


async def test_stories_shown_are_remembered_anew_each_time(engine, ledger, subscriptions):
    mine, story = await subscribed(subscriptions), await told(engine)
    for days in (0, 8):
        now = NOON + timedelta(days=days)
        await ledger.materialise(now)
        (slot,) = await ledger.slots_due(CHATS, limit=9)
        await ledger.freeze(slot, ROOM, parts("one"), stories=(story,), now=now)

    assert await subscriptions.shown(mine, since=NOON + timedelta(days=2)) == {story}
    assert await subscriptions.shown(mine, since=NOON + timedelta(days=9)) == frozenset()


async def told(engine):
    store = CoreStore(engine)
    feed = await store.add_feed("https://a.example/rss", title="Post", language="en", now=NOON)
    await store.feed_read(feed, [Entry("1", "https://a.example/1", "Bridge opens")], first=5, now=NOON)
    (page,) = await store.pages_due(NOON, limit=9)
    await store.page_read(page, Article(page.entry.url, "Bridge opens", "It opened."), now=NOON)
    await store.save_stories([Story(tuple(await store.ungrouped(limit=9)))], now=NOON)
    (story,) = await store.stories_since(NOON - timedelta(days=1))
    return story.id


# Parts -------------------------------------------------------------------------------------------


async def test_only_the_first_open_part_of_a_room_is_due(ledger, subscriptions):
    await frozen(ledger, subscriptions, "one", "two")
    await frozen(ledger, subscriptions, "other", address=OTHER)

    first = await due(ledger)
    assert [one.part.text for one in first] == ["one", "other"]
    await ledger.sending(first[0], now=NOON)
    assert [one.part.text for one in await due(ledger)] == ["other"]
    await ledger.sent(first[0], message_id="m1", now=NOON)

    assert [one.part.text for one in await due(ledger)] == ["two", "other"]


async def test_part_is_claimed_once_however_many_ask(engine, ledger, subscriptions):
    await frozen(ledger, subscriptions, "one")
    (part,) = await due(ledger)

    claims = await asyncio.gather(*(SqlLedger(engine).sending(part, now=NOON) for _ in range(5)))

    assert sorted(claims) == [False] * 4 + [True]


async def test_part_tried_again_waits_and_counts_its_attempts(ledger, subscriptions):
    await frozen(ledger, subscriptions, "one", "two")
    (part,) = await due(ledger)
    await ledger.sending(part, now=NOON)

    await ledger.again(part, at=NOON + timedelta(seconds=9), error="busy", now=NOON)

    assert await due(ledger, now=NOON + timedelta(seconds=8)) == []  # nor does the later part overtake it
    (again,) = await due(ledger, now=NOON + timedelta(seconds=9))
    assert (again.part.text, again.attempts) == ("one", 1)


async def test_part_in_doubt_comes_again_marked(ledger, subscriptions):
    await frozen(ledger, subscriptions, "one")
    (part,) = await due(ledger)
    await ledger.sending(part, now=NOON)
    assert [one.id for one in await ledger.in_doubt()] == [part.id]

    await ledger.uncertain(part, resend_at=NOON + timedelta(seconds=30), now=NOON)

    assert await ledger.in_doubt() == []
    (again,) = await due(ledger, now=NOON + timedelta(seconds=30))
    assert again.repeat


async def test_part_held_in_doubt_never_comes_again_and_the_next_one_goes(engine, ledger, subscriptions):
    await frozen(ledger, subscriptions, "one", "two")
    (part,) = await due(ledger)
    await ledger.sending(part, now=NOON)

    await ledger.uncertain(part, resend_at=None, now=NOON)

    assert [one.part.text for one in await due(ledger, now=NOON + timedelta(days=1))] == ["two"]
    assert await states(ledger, engine) == ["uncertain", "due"]


async def test_part_refused_for_good_takes_the_rest_of_its_digest_with_it(engine, ledger, subscriptions):
    await frozen(ledger, subscriptions, "one", "two")
    await frozen(ledger, subscriptions, "other", address=OTHER)
    part = (await due(ledger))[0]
    await ledger.sending(part, now=NOON)

    await ledger.failed(part, error="too long", now=NOON)

    assert await states(ledger, engine) == ["failed", "failed", "due"]


async def test_part_without_markup_takes_the_place_of_its_own(ledger, subscriptions):
    await frozen(ledger, subscriptions, "one")
    (part,) = await due(ledger)
    await ledger.sending(part, now=NOON)

    await ledger.as_plain(part, Part(body="one", text="one"), now=NOON)

    (again,) = await due(ledger)
    assert again.part.body == "one"


async def test_closed_room_is_paused_with_its_reason_and_its_parts_are_given_up(
    engine, ledger, subscriptions
):
    await frozen(ledger, subscriptions, "one", "two")
    await frozen(ledger, subscriptions, "other", address=OTHER)

    await ledger.pause(ROOM, reason="blocked", now=NOON)

    paused = await subscriptions.at(ROOM)
    assert (paused.paused, paused.next_due_at) == ("blocked", None)
    assert await states(ledger, engine) == ["failed", "failed", "due"]
    assert (await subscriptions.at(OTHER)).paused is None


async def test_room_that_moves_takes_its_topics_and_parts_along(ledger, subscriptions):
    await frozen(ledger, subscriptions, "one")
    await subscribed(subscriptions, replace(ROOM, thread="5"))

    await ledger.move(ROOM, room="-100")

    assert (await due(ledger))[0].address == replace(ROOM, room="-100")
    assert await subscriptions.at(replace(ROOM, room="-100", thread="5")) is not None
    assert await subscriptions.at(ROOM) is None


async def test_room_that_moves_to_where_a_new_one_was_made_yields_to_it(ledger, subscriptions):
    await frozen(ledger, subscriptions, "one")
    there = replace(ROOM, room="-100")
    newer = await subscribed(subscriptions, there, timetable="18:30")

    await ledger.move(ROOM, room="-100")

    assert await subscriptions.at(there) == newer
    old = await subscriptions.at(ROOM)
    assert "moved" in old.paused
    assert old.next_due_at is None
    assert (await due(ledger))[0].address == there  # what was on its way arrives


async def test_parts_are_given_for_the_chats_asked_for(ledger, subscriptions):
    await frozen(ledger, subscriptions, "one")

    assert await due(ledger, chats=("slack",)) == []


async def test_ledger_is_as_it_was_after_a_restart(engine, ledger, subscriptions):
    await frozen(ledger, subscriptions, "one", "two")
    before = await due(ledger)

    await engine.dispose()

    assert await due(SqlLedger(engine)) == before
