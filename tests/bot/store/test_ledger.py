"""The ledger in SQL, on each database: nothing lost, nothing doubled."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.model import Address, DeliveryState, Part
from bot.store.lanes import SqlLanes, SqlLeases
from bot.store.ledger import ANSWERED_WITHIN, CLAIMED_FOR, SqlLedger
from bot.store.parts import PART
from bot.store.slots import COMPOSED_WITHIN, SLOT
from bot.store.subscriptions import SqlSubscriptions
from digests.model import Article, Entry, Story
from digests.store.core import CoreStore
from digests.store.engine import reading, writing
from tests.fakes import NOON, ROOM

OTHER = Address(chat="telegram", room="8")


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
    for slot in await slots_due(ledger):
        await ledger.freeze(slot, address, parts(*texts), stories=(), now=NOON)


async def slots_due(ledger, *, now=NOON, chat="telegram", limit=9):
    """Look at what there is to compose, and take nothing."""
    slots = await ledger.take_slots(chat, now=now, limit=limit)
    for slot in slots:
        await ledger.postpone(slot, until=now)
    return list(slots)


async def due(ledger, *, now=NOON, chat="telegram", limit=100):
    """Look at what there is to send, and claim nothing."""
    parts = await ledger.claim(chat, now=now, limit=limit)
    for part in parts:
        await ledger.release(part, now=now)
    return list(parts)


async def leaving(ledger, *, now=NOON):
    """Return the parts that are claimed and about to leave."""
    parts = await ledger.claim("telegram", now=now, limit=100)
    assert all([await ledger.sending(part, now=now) for part in parts])
    return parts


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

    (slot,) = await slots_due(ledger)
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

    (slot,) = await slots_due(ledger, now=late)
    assert slot.due_at == NOON + timedelta(days=3)
    assert (await subscriptions.at(ROOM)).next_due_at == NOON + timedelta(days=4)


async def test_slots_that_nobody_composed_become_one(ledger, subscriptions):
    await subscribed(subscriptions)
    for days in range(5):
        await ledger.materialise(NOON + timedelta(days=days))

    (slot,) = await slots_due(ledger, now=NOON + timedelta(days=4))

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

    telegram = await slots_due(ledger)

    assert [slot.at for slot in telegram] == ["11:00", "12:00"]
    assert len(await slots_due(ledger, chat="slack")) == 1
    assert len(await slots_due(ledger, limit=1)) == 1


async def test_more_rooms_than_fit_one_transaction_are_all_owed(engine, ledger, subscriptions, monkeypatch):
    monkeypatch.setattr("bot.store.slots.BATCH", 4)
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

    assert await slots_due(ledger) == []
    assert (await subscriptions.at(ROOM)).shown_until == NOON
    (first,) = await due(ledger)
    assert (first.number, first.part, first.address) == (0, parts("one")[0], ROOM)
    assert (first.state, first.attempts, first.repeat) == (DeliveryState.DUE, 0, False)


async def test_slot_composed_by_two_processes_is_frozen_once(engine, ledger, subscriptions):
    await subscribed(subscriptions)
    await ledger.materialise(NOON)
    (slot,) = await slots_due(ledger)

    await asyncio.gather(
        *(
            one.freeze(slot, ROOM, parts("one", "two"), stories=(), now=NOON)
            for one in (ledger, SqlLedger(engine))
        )
    )

    assert await count(engine, PART) == 2


async def test_digest_of_no_parts_is_done_at_once(ledger, subscriptions):
    await frozen(ledger, subscriptions)

    assert await slots_due(ledger) == []
    assert await due(ledger) == []


async def test_stories_shown_are_remembered_anew_each_time(engine, ledger, subscriptions):
    mine, story = await subscribed(subscriptions), await told(engine)
    for days in (0, 8):
        now = NOON + timedelta(days=days)
        await ledger.materialise(now)
        (slot,) = await slots_due(ledger, now=now)
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

    first = await leaving(ledger)
    assert [one.part.text for one in first] == ["one", "other"]
    assert await due(ledger) == []
    await ledger.sent(first[0], message_id="m1", now=NOON)

    assert [one.part.text for one in await due(ledger)] == ["two"]


async def test_part_is_claimed_once_however_many_ask(engine, ledger, subscriptions):
    await frozen(ledger, subscriptions, "one")

    claims = await asyncio.gather(*(SqlLedger(engine).claim("telegram", now=NOON, limit=9) for _ in range(5)))

    assert sorted(len(claimed) for claimed in claims) == [0, 0, 0, 0, 1]


async def test_part_tried_again_waits_and_counts_its_attempts(ledger, subscriptions):
    await frozen(ledger, subscriptions, "one", "two")
    (part,) = await leaving(ledger)

    await ledger.again(part, at=NOON + timedelta(seconds=9), error="busy", now=NOON)

    assert await due(ledger, now=NOON + timedelta(seconds=8)) == []  # nor does the later part overtake it
    (again,) = await due(ledger, now=NOON + timedelta(seconds=9))
    assert (again.part.text, again.attempts) == ("one", 1)


async def test_part_in_doubt_comes_again_marked(ledger, subscriptions):
    await frozen(ledger, subscriptions, "one")
    (part,) = await leaving(ledger)
    assert [one.id for one in await ledger.left("telegram", now=NOON)] == [part.id]

    await ledger.uncertain(part, resend_at=NOON + timedelta(seconds=30), now=NOON)

    assert not await ledger.left("telegram", now=NOON)
    (again,) = await due(ledger, now=NOON + timedelta(seconds=30))
    assert again.repeat


async def test_part_held_in_doubt_never_comes_again_and_the_next_one_goes(engine, ledger, subscriptions):
    await frozen(ledger, subscriptions, "one", "two")
    (part,) = await leaving(ledger)

    await ledger.uncertain(part, resend_at=None, now=NOON)

    assert [one.part.text for one in await due(ledger, now=NOON + timedelta(days=1))] == ["two"]
    assert await states(ledger, engine) == ["uncertain", "due"]


async def test_part_refused_for_good_takes_the_rest_of_its_digest_with_it(engine, ledger, subscriptions):
    await frozen(ledger, subscriptions, "one", "two")
    await frozen(ledger, subscriptions, "other", address=OTHER)
    part = (await leaving(ledger))[0]

    await ledger.failed(part, error="too long", now=NOON)

    assert await states(ledger, engine) == ["failed", "failed", "sending"]


async def test_part_without_markup_takes_the_place_of_its_own(ledger, subscriptions):
    await frozen(ledger, subscriptions, "one")
    (part,) = await leaving(ledger)

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

    assert await due(ledger, chat="slack") == []


async def test_ledger_is_as_it_was_after_a_restart(engine, ledger, subscriptions):
    await frozen(ledger, subscriptions, "one", "two")
    before = await due(ledger)

    await engine.dispose()

    assert await due(SqlLedger(engine)) == before


# Several processes -------------------------------------------------------------------------------


async def test_what_one_process_claimed_no_other_sends_until_its_lease_ends(engine, ledger, subscriptions):
    await frozen(ledger, subscriptions, "one")
    other = SqlLedger(engine)
    (part,) = await ledger.claim("telegram", now=NOON, limit=9)

    assert not await other.left("telegram", now=NOON + CLAIMED_FOR)
    assert await due(other, now=NOON + CLAIMED_FOR) == []
    later = NOON + CLAIMED_FOR + timedelta(seconds=1)
    assert not await other.left("telegram", now=later)

    assert [one.id for one in await other.claim("telegram", now=later, limit=9)] == [part.id]
    assert not await ledger.sending(part, now=later)


async def test_claim_that_has_run_out_may_not_be_sent_even_if_nobody_took_it(ledger, subscriptions):
    await frozen(ledger, subscriptions, "one")
    (part,) = await ledger.claim("telegram", now=NOON, limit=9)

    assert not await ledger.sending(part, now=NOON + timedelta(hours=9))  # the machine slept


async def test_what_a_process_was_sending_when_it_died_is_settled_by_one_other_alone(
    engine, ledger, subscriptions
):
    await frozen(ledger, subscriptions, "one")
    (part,) = await leaving(ledger)
    later = NOON + ANSWERED_WITHIN + timedelta(seconds=1)
    first, second = SqlLedger(engine), SqlLedger(engine)

    assert not await first.left("telegram", now=NOON + ANSWERED_WITHIN)
    (adopted,) = await first.left("telegram", now=later)
    assert not await second.left("telegram", now=later)
    await first.uncertain(adopted, resend_at=later, now=later)

    (again,) = await due(second, now=later)
    assert (again.id, again.repeat) == (part.id, True)


async def test_answer_that_comes_after_its_process_was_given_up_spares_the_repeat(
    engine, ledger, subscriptions
):
    await frozen(ledger, subscriptions, "one")
    (part,) = await leaving(ledger)
    later = NOON + ANSWERED_WITHIN + timedelta(seconds=1)
    other = SqlLedger(engine)
    (adopted,) = await other.left("telegram", now=later)
    await other.uncertain(adopted, resend_at=later, now=later)

    await ledger.sent(part, message_id="m1", now=later)

    assert await due(other, now=later) == []


async def test_process_that_was_given_up_changes_nothing_of_what_another_sends(engine, ledger, subscriptions):
    await frozen(ledger, subscriptions, "one")
    (part,) = await leaving(ledger)
    later = NOON + ANSWERED_WITHIN + timedelta(seconds=1)
    await SqlLedger(engine).left("telegram", now=later)

    await ledger.again(part, at=later, error="refused", now=later)
    await ledger.release(part, now=later)

    assert await states(ledger, engine) == ["sending"]


async def test_own_claims_that_nobody_works_on_are_taken_back_at_once(ledger, subscriptions):
    await frozen(ledger, subscriptions, "one")
    await ledger.claim("telegram", now=NOON, limit=9)

    await ledger.left("telegram", now=NOON)

    assert len(await due(ledger)) == 1


async def test_room_is_left_its_gap_when_another_process_sends_the_next_part(engine, ledger, subscriptions):
    await frozen(ledger, subscriptions, "one", "two")
    (part,) = await leaving(ledger)
    await ledger.sent(part, message_id="m1", now=NOON)
    other, soon = SqlLedger(engine), NOON + timedelta(seconds=1)

    assert len(await due(ledger, now=soon)) == 1  # who sent the first keeps the gap itself
    assert await due(other, now=soon) == []
    assert len(await due(other, now=NOON + timedelta(seconds=1.1))) == 1


async def test_lane_on_hold_gives_nothing_and_lets_nothing_leave(engine, ledger, subscriptions):
    await frozen(ledger, subscriptions, "one")
    await frozen(ledger, subscriptions, "other", address=OTHER)
    (first,) = await ledger.claim("telegram", now=NOON, limit=1)

    await SqlLanes(engine).hold(ROOM, until=NOON + timedelta(seconds=9))

    assert not await ledger.sending(first, now=NOON + timedelta(seconds=8))
    assert await due(ledger, now=NOON + timedelta(seconds=8)) == []
    assert await ledger.sending(first, now=NOON + timedelta(seconds=9))


async def test_workspace_on_hold_does_not_hold_the_others(engine, ledger, subscriptions):
    one, two = Address("slack", "C1", tenant="T1"), Address("slack", "C1", tenant="T2")
    for address in (one, two):
        await subscribed(subscriptions, address)
    await ledger.materialise(NOON)
    for slot, address in zip(await slots_due(ledger, chat="slack"), (one, two), strict=True):
        await ledger.freeze(slot, address, parts("news"), stories=(), now=NOON)

    await SqlLanes(engine).hold(one, until=NOON + timedelta(seconds=9))

    assert [part.address for part in await due(ledger, chat="slack")] == [two]


async def test_slot_is_composed_by_one_process_and_by_another_if_that_one_is_gone(
    engine, ledger, subscriptions
):
    await subscribed(subscriptions)
    await ledger.materialise(NOON)
    other = SqlLedger(engine)

    assert len(await ledger.take_slots("telegram", now=NOON, limit=9)) == 1
    assert not await other.take_slots("telegram", now=NOON, limit=9)

    assert len(await other.take_slots("telegram", now=NOON + COMPOSED_WITHIN, limit=9)) == 1


async def test_parts_that_leave_together_share_a_commit(engine, ledger, subscriptions, monkeypatch):
    for number in range(30):
        await frozen(ledger, subscriptions, "news", address=Address("telegram", str(number)))
    claimed, commits = await ledger.claim("telegram", now=NOON, limit=99), []
    monkeypatch.setattr("bot.store.ledger.writing", lambda engine: commits.append(1) or writing(engine))

    assert all(await asyncio.gather(*(ledger.sending(part, now=NOON) for part in claimed)))
    await asyncio.gather(*(ledger.sent(part, message_id="m", now=NOON) for part in claimed))

    assert len(commits) <= 4
    assert await states(ledger, engine) == ["sent"] * 30


async def test_lease_is_one_owners_until_it_ends_or_is_given_up(engine):
    leases, until = SqlLeases(engine), NOON + timedelta(seconds=30)

    assert await leases.take("poll", owner="a", until=until, now=NOON)
    assert await leases.take("poll", owner="a", until=until, now=NOON)
    assert not await leases.take("poll", owner="b", until=until, now=NOON)
    await leases.drop("poll", owner="b")
    assert not await leases.take("poll", owner="b", until=until, now=NOON)
    assert await leases.take("poll", owner="b", until=until, now=until + timedelta(seconds=1))
    await leases.drop("poll", owner="b")

    assert await leases.take("poll", owner="a", until=until, now=NOON)


async def test_operator_has_a_part_in_doubt_sent_again_marked_or_lets_it_be(engine, ledger, subscriptions):
    await frozen(ledger, subscriptions, "one")
    await frozen(ledger, subscriptions, "other", address=OTHER)
    parts = await leaving(ledger)
    for part in parts:
        await ledger.uncertain(part, resend_at=None, now=NOON)

    assert await ledger.settle([parts[0].id, 999], resend=True, now=NOON) == [parts[0].id]
    assert await ledger.settle(None, resend=False, now=NOON) == [parts[1].id]

    (again,) = await due(ledger)
    assert (again.part.text, again.repeat) == ("one", True)
    assert await states(ledger, engine) == ["due", "failed"]
    assert await ledger.settle(None, resend=True, now=NOON) == []
