"""What people wish of the times, in the ledger: each digest once, when they want it."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.model import Address, Part
from bot.store.closings import SqlClosings
from bot.store.ledger import SqlLedger
from bot.store.parts import PART
from bot.store.recheck import SqlRecheck
from bot.store.slots import SLOT
from bot.store.spreading import windows
from bot.store.subscriptions import SUBSCRIPTION, SqlSubscriptions
from bot.when.plan import UNREADABLE, wishes_of
from bot.when.spread import place_of
from bot.when.timetable import Moment
from digests.store.core import CoreStore
from digests.store.engine import reading, writing
from tests.fakes import NOON, ROOM

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
TONIGHT = NOON + timedelta(hours=11)  # 23:00
MORNING = NOON + timedelta(hours=19)  # 07:00 tomorrow
NIGHT = "22:00-07:00"
RATE = {"telegram": 0.1}  # messages a second: a window for few readers


@pytest.fixture
def ledger(engine):
    return SqlLedger(engine)


@pytest.fixture
def subscriptions(engine):
    return SqlSubscriptions(engine)


@pytest.fixture
def subscribed(subscriptions):
    """Make a subscription with wishes, due as they say."""

    async def made(address=ROOM, *, now=NOON - MINUTE, timetable="12:00", zone="UTC", **wishes):
        room = await subscriptions.add(
            address, zone=zone, timetable=timetable, shown_until=now, next_due_at=None, now=now
        )
        room = replace(room, **wishes)
        first = wishes_of(room).first(after=now)
        await subscriptions.save(replace(room, next_due_at=first.due_at if first else None))
        return await subscriptions.at(address)

    return made


async def walked(ledger, *, since, until, every):
    """Look at what is due again and again; return when each slot was taken to be composed."""
    taken, now = [], since
    while now <= until:
        await ledger.materialise(now)
        for slot in await ledger.take_slots("telegram", now=now, limit=99):
            await ledger.freeze(slot, ROOM, [Part("x", "x")], stories=(), now=now)
            taken.append((now, slot))
        now += every
    return taken


async def rows(engine, *columns):
    async with reading(engine) as connection:
        return list(await connection.execute(select(*columns)))


# Quiet hours -------------------------------------------------------------------------------------


async def test_digest_due_in_quiet_hours_comes_once_as_they_end_and_not_late(ledger, subscribed):
    await subscribed(timetable="23:00", quiet=NIGHT)

    taken = await walked(ledger, since=NOON, until=NOON + 2 * DAY, every=30 * MINUTE)

    assert [(at, slot.due_at, slot.at) for at, slot in taken] == [
        (MORNING, MORNING, "23:00"),
        (MORNING + DAY, MORNING + DAY, "23:00"),
    ]


async def test_digests_of_a_night_are_one_in_the_morning(ledger, subscribed):
    await subscribed(timetable="22:30 23:30 06:00 07:00", quiet=NIGHT)

    taken = await walked(ledger, since=NOON, until=NOON + DAY, every=30 * MINUTE)

    assert [slot.at for _, slot in taken] == ["07:00"]


async def test_digest_missed_in_the_evening_waits_for_the_morning_when_we_come_back_at_night(
    ledger, subscribed
):
    await subscribed(timetable="21:00", quiet=NIGHT)

    taken = await walked(ledger, since=TONIGHT, until=NOON + DAY, every=10 * MINUTE)

    assert [(at, slot.at, slot.due_at) for at, slot in taken] == [(MORNING, "21:00", MORNING)]


async def test_notice_in_quiet_hours_waits_for_their_end(engine, ledger, subscriptions, subscribed):
    room = await subscribed(quiet=NIGHT)
    gone = await CoreStore(engine).add_feed("https://a.example/rss", title="Post", language="en", now=NOON)
    await subscriptions.follow(room, [gone], now=NOON)

    assert await SqlClosings(engine).tell(room, [gone], [Part("x", "gone")], now=TONIGHT)

    assert await ledger.claim("telegram", now=MORNING - MINUTE, limit=9) == ()
    assert len(await ledger.claim("telegram", now=MORNING, limit=9)) == 1


# Pauses ------------------------------------------------------------------------------------------


async def test_pause_ends_by_itself_with_the_first_digest_after_it(ledger, subscriptions, subscribed):
    room = await subscribed()
    until = NOON + 3 * DAY - MINUTE
    await subscriptions.save(replace(room, paused="by you", paused_until=until, next_due_at=NOON + 3 * DAY))

    taken = await walked(ledger, since=NOON, until=NOON + 4 * DAY, every=timedelta(hours=6))

    assert [at for at, _ in taken] == [NOON + 3 * DAY, NOON + 4 * DAY]
    after = await subscriptions.at(ROOM)
    assert (after.paused, after.paused_until) == (None, None)


async def test_room_closed_during_a_pause_stays_closed_when_the_pause_would_end(
    ledger, subscriptions, subscribed
):
    room = await subscribed()
    paused = replace(room, paused="by you", paused_until=NOON + DAY, next_due_at=NOON + DAY + MINUTE)
    await subscriptions.save(paused)

    await ledger.pause(ROOM, reason="blocked", now=NOON)

    assert await walked(ledger, since=NOON, until=NOON + 3 * DAY, every=timedelta(hours=6)) == []
    assert (await subscriptions.at(ROOM)).rests(NOON + 3 * DAY)


@pytest.mark.parametrize("closed_by", ["its readers", "its platform"])
async def test_digest_that_was_due_just_before_a_pause_does_not_come_the_moment_it_ends(
    ledger, subscriptions, subscribed, closed_by
):
    room = await subscribed()
    await ledger.materialise(NOON)
    if closed_by == "its readers":
        await subscriptions.save(replace(room, paused="by you", next_due_at=None))
    else:
        await ledger.pause(ROOM, reason="blocked", now=NOON)

    later = NOON + 3 * DAY + MINUTE
    await subscriptions.save(replace(room, next_due_at=later + DAY))

    assert await walked(ledger, since=later, until=later + timedelta(hours=1), every=10 * MINUTE) == []


async def test_digest_that_is_due_outlives_a_change_made_just_then(ledger, subscriptions, subscribed):
    room = await subscribed()
    await ledger.materialise(NOON)

    await subscriptions.save(replace(room, quiet=NIGHT, next_due_at=NOON + DAY))

    assert len(await walked(ledger, since=NOON, until=NOON, every=MINUTE)) == 1


async def test_digest_after_a_resume_begins_where_the_last_one_ended(ledger, subscriptions, subscribed):
    room = await subscribed()
    await walked(ledger, since=NOON, until=NOON, every=MINUTE)
    await subscriptions.save(replace(room, paused="by you", next_due_at=None))

    await subscriptions.save(replace(room, next_due_at=NOON + DAY))  # as a command read it before the digest

    assert (await subscriptions.at(ROOM)).shown_until == NOON


# One digest a date and time ------------------------------------------------------------------------


async def test_moment_that_counts_as_told_is_not_owed(ledger, subscriptions, subscribed):
    room = await subscribed(timetable="12:00 18:30")
    evening = NOON + timedelta(hours=6.5)

    await subscriptions.save(room, told=[Moment("18:30", NOON.date(), evening)])

    taken = await walked(ledger, since=NOON, until=NOON + DAY, every=30 * MINUTE)
    assert [slot.at for _, slot in taken] == ["12:00", "12:00"]


async def test_what_was_told_is_known_by_date_and_time(ledger, subscriptions, subscribed):
    room = await subscribed()
    await walked(ledger, since=NOON, until=NOON + DAY, every=DAY)

    assert await subscriptions.told(room, since=NOON.date()) == {
        (NOON.date(), "12:00"),
        ((NOON + DAY).date(), "12:00"),
    }
    assert len(await subscriptions.told(room, since=(NOON + DAY).date())) == 1
    assert await subscriptions.told(replace(room, id=99), since=NOON.date()) == frozenset()


@pytest.mark.parametrize("step", [-timedelta(hours=2), timedelta(hours=9), -40 * DAY])
async def test_clock_that_steps_sends_nothing_twice_and_loses_no_day(engine, ledger, subscribed, step):
    await subscribed()
    before = await walked(ledger, since=NOON, until=NOON + MINUTE, every=MINUTE)

    stepped = NOON + MINUTE + step
    await SqlRecheck(engine)(stepped)
    during = await walked(ledger, since=stepped, until=stepped + timedelta(hours=1), every=10 * MINUTE)
    await SqlRecheck(engine)(NOON + timedelta(hours=20))
    after = await walked(ledger, since=NOON + timedelta(hours=20), until=NOON + 2 * DAY, every=30 * MINUTE)

    dates = Counter(slot.local_date for _, slot in [*before, *during, *after])
    assert all(count == 1 for count in dates.values())
    assert {NOON.date(), (NOON + DAY).date(), (NOON + 2 * DAY).date()} <= set(dates)


async def test_asleep_for_days_owes_one_digest_on_return(ledger, subscribed):
    await subscribed(timetable="12:00 18:30", quiet=NIGHT)

    taken = await walked(ledger, since=NOON + 5 * DAY, until=NOON + 5 * DAY + MINUTE, every=MINUTE)

    assert [(slot.at, slot.local_date) for _, slot in taken] == [("12:00", (NOON + 5 * DAY).date())]


# What cannot be read -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrong", [{"zone": "Europe/Atlantis"}, {"timetable": "at dawn"}, {"quiet": "all day"}]
)
async def test_row_that_cannot_be_read_is_paused_alone_with_the_reason(
    engine, ledger, subscriptions, subscribed, wrong
):
    broken = await subscribed(Address("telegram", "9"))
    await subscribed()
    async with writing(engine) as connection:
        await connection.execute(update(SUBSCRIPTION).where(SUBSCRIPTION.c.id == broken.id).values(wrong))

    assert await SqlRecheck(engine)(NOON + 10 * MINUTE) == 0
    taken = await walked(ledger, since=NOON, until=NOON + MINUTE, every=MINUTE)

    assert [slot.subscription_id for _, slot in taken] == [(await subscriptions.at(ROOM)).id]
    paused = await subscriptions.by_id(broken.id)
    assert paused.paused == UNREADABLE
    assert paused.next_due_at is None


# Spreading -----------------------------------------------------------------------------------------


async def test_many_digests_of_one_moment_are_spread_over_the_window_that_their_readers_are_told(
    engine, subscribed
):
    ledger, subscriptions = SqlLedger(engine, rates=RATE), SqlSubscriptions(engine, rates=RATE)
    for number in range(30):
        await subscribed(Address("telegram", str(number)))
    await subscribed(Address("slack", "C1", tenant="T1"))
    some = await subscriptions.at(Address("telegram", "7"))

    assert await subscriptions.window(some) == 5 * MINUTE
    assert await ledger.materialise(NOON) == 31

    places = [at - NOON for (at,) in await rows(engine, SLOT.c.due_at)]
    assert min(places) == timedelta(0)
    assert 4 * MINUTE < max(places) < 5 * MINUTE
    assert len(set(places)) > 25
    early = await ledger.take_slots("telegram", now=NOON + MINUTE, limit=99)
    assert {slot.due_at <= NOON + MINUTE for slot in early} == {True}
    assert len(await ledger.take_slots("slack", now=NOON, limit=99)) == 1


async def test_digest_that_waits_for_its_place_is_known_until_it_is_composed(engine, subscribed):
    ledger, subscriptions = SqlLedger(engine, rates=RATE), SqlSubscriptions(engine, rates=RATE)
    rooms = [await subscribed(Address("telegram", str(number))) for number in range(30)]
    assert await subscriptions.waiting(rooms[0]) is None

    await ledger.materialise(NOON)
    waits = [await subscriptions.waiting(room) for room in rooms]
    assert all(NOON <= at < NOON + 5 * MINUTE for at in waits)

    await walked(ledger, since=NOON, until=NOON + 5 * MINUTE, every=MINUTE)
    assert [await subscriptions.waiting(room) for room in rooms] == [None] * 30


async def test_place_in_the_window_is_the_same_each_day(engine, subscribed):
    ledger = SqlLedger(engine, rates=RATE)
    for number in range(12):
        await subscribed(Address("telegram", str(number)))

    await ledger.materialise(NOON)
    await ledger.materialise(NOON + DAY)

    found = await rows(engine, SLOT.c.subscription_id, SLOT.c.due_at)
    first = {one: at for one, at in found if at < NOON + DAY}
    assert {one: at - DAY for one, at in found if at >= NOON + DAY} == first
    assert len(set(first.values())) > 6


async def test_few_digests_are_all_due_at_the_hour_itself(engine, subscribed):
    for number in range(5):
        room = await subscribed(Address("telegram", str(number)))

    assert await SqlSubscriptions(engine, rates=RATE).window(room) == timedelta(0)
    await SqlLedger(engine, rates=RATE).materialise(NOON)

    assert set(await rows(engine, SLOT.c.due_at)) == {(NOON,)}


async def test_digests_that_come_late_are_not_spread_once_more(engine, subscribed):
    ledger = SqlLedger(engine, rates=RATE)
    for number in range(30):
        await subscribed(Address("telegram", str(number)))

    await ledger.materialise(NOON + timedelta(hours=1))

    assert len(await ledger.take_slots("telegram", now=NOON + timedelta(hours=1), limit=99)) == 30


async def test_process_that_looks_while_another_writes_gives_the_places_of_the_same_window(
    engine, subscribed, monkeypatch
):
    first, second = SqlLedger(engine, rates=RATE), SqlLedger(engine, rates=RATE)
    for number in range(30):
        await subscribed(Address("telegram", str(number)))
    monkeypatch.setattr("bot.store.slots.BATCH", 12)
    before = await windows(engine, RATE, now=NOON)
    async with writing(engine) as connection:
        gone = (await connection.scalars(select(SUBSCRIPTION.c.id).limit(20))).all()
        await connection.execute(
            update(SUBSCRIPTION).where(SUBSCRIPTION.c.id.in_(gone)).values(next_due_at=NOON + DAY)
        )

    after = await windows(engine, RATE, now=NOON)
    await asyncio.gather(first.materialise(NOON), second.materialise(NOON))

    assert before == after == {("telegram", "", NOON): 5 * MINUTE}
    found = dict(await rows(engine, SLOT.c.subscription_id, SLOT.c.due_at))
    assert found == {one: NOON + place_of(one, 5 * MINUTE) for one in found}
    assert len(found) == 10


async def test_two_processes_that_begin_together_owe_each_reader_once_in_its_place(
    engine, subscribed, monkeypatch
):
    monkeypatch.setattr("bot.store.slots.BATCH", 7)
    for number in range(30):
        await subscribed(Address("telegram", str(number)))

    await asyncio.gather(*(SqlLedger(engine, rates=RATE).materialise(NOON) for _ in range(3)))

    found = await rows(engine, SLOT.c.subscription_id, SLOT.c.due_at)
    assert sorted(found) == sorted((one, NOON + place_of(one, 5 * MINUTE)) for one, _ in found)
    assert len(found) == 30


# Wishes over the year --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("zone", "first"),
    [
        ("Europe/Berlin", datetime(2026, 3, 27, 12, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2026, 10, 23, 12, tzinfo=UTC)),
        ("Australia/Lord_Howe", datetime(2026, 4, 3, 12, tzinfo=UTC)),
    ],
)
async def test_each_date_has_its_digest_where_clocks_change_within_quiet_hours(
    engine, ledger, subscribed, zone, first
):
    await subscribed(now=first, timetable="02:30", zone=zone, quiet="01:00-03:00")

    taken = await walked(ledger, since=first, until=first + 4 * DAY, every=15 * MINUTE)

    dates = [slot.local_date for _, slot in taken]
    assert len(dates) == len(set(dates)) == 4
    assert await rows(engine, PART.c.id)
