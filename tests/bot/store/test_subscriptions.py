"""Subscriptions in SQL, on each database."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.errors import UserMistake
from bot.model import Address
from bot.store.erasing import SqlErasing
from bot.store.ledger import SqlLedger
from bot.store.subscriptions import FEEDS_AN_HOUR, FEEDS_OF_A_ROOM, SqlSubscriptions
from digests.store.core import CoreStore
from tests.fakes import NOON, ROOM

URLS = ("https://a.example/rss", "https://b.example/rss", "https://c.example/rss")


@pytest.fixture
def subscriptions(engine):
    return SqlSubscriptions(engine)


async def made(subscriptions, address=ROOM, *, timetable="08:00"):
    return await subscriptions.add(
        address,
        zone="Europe/Kyiv",
        timetable=timetable,
        shown_until=NOON - timedelta(days=1),
        next_due_at=NOON,
        now=NOON,
    )


async def feeds_of(engine):
    store = CoreStore(engine)
    return [await store.add_feed(url, title=url, language="en", now=NOON) for url in URLS]


async def test_subscription_is_found_as_it_was_made(subscriptions):
    fresh = await made(subscriptions)

    found = await subscriptions.at(ROOM)

    assert found == fresh == await subscriptions.by_id(fresh.id)
    assert (found.address, found.zone, found.next_due_at) == (ROOM, "Europe/Kyiv", NOON)
    assert found.shown_until == NOON - timedelta(days=1)
    assert found.next_due_at.tzinfo is not None


async def test_room_that_was_there_is_returned_as_it_is(subscriptions):
    first = await made(subscriptions)

    assert await made(subscriptions, timetable="18:30") == first


@pytest.mark.parametrize(
    "other",
    [
        replace(ROOM, thread="5"),
        replace(ROOM, room="8"),
        replace(ROOM, chat="slack"),
        replace(ROOM, tenant="T1"),
    ],
)
async def test_each_part_of_an_address_makes_it_another_room(subscriptions, other):
    first = await made(subscriptions)

    second = await made(subscriptions, other)

    assert second.id != first.id
    assert second.address == other
    assert await subscriptions.at(other) == second


async def test_what_people_set_is_kept_and_what_the_ledger_set_is_left_alone(subscriptions):
    before = await made(subscriptions)

    changed = replace(before, zone="UTC", timetable="off", paused="asked", next_due_at=None, shown_until=NOON)
    await subscriptions.save(changed)

    assert await subscriptions.at(ROOM) == replace(changed, shown_until=before.shown_until)


async def test_unknown_room_is_none(subscriptions):
    assert await subscriptions.at(ROOM) is None
    assert await subscriptions.by_id(99) is None


async def test_feeds_are_followed_once_in_the_order_in_which_they_were_added(engine, subscriptions):
    mine, (a, b, c) = await made(subscriptions), await feeds_of(engine)

    counts = [
        await subscriptions.follow(mine, [c, c], now=NOON),
        await subscriptions.follow(mine, [a, c, b], now=NOON + timedelta(seconds=1)),
    ]

    assert counts == [1, 2]
    assert [feed.url for feed in await subscriptions.feeds(mine)] == [c.url, a.url, b.url]


async def test_feed_is_read_from_when_it_is_followed_until_the_last_reader_leaves(engine, subscriptions):
    mine, other = await made(subscriptions), await made(subscriptions, replace(ROOM, room="8"))
    store, (a, *_) = CoreStore(engine), await feeds_of(engine)
    read = [await store.feeds_due(NOON, limit=9)]
    for who in (mine, other):
        await subscriptions.follow(who, [a], now=NOON)
    for who in (mine, other):
        read.append(await store.feeds_due(NOON, limit=9))
        await subscriptions.unfollow(who, a)
    read.append(await store.feeds_due(NOON, limit=9))

    assert [len(due) for due in read] == [0, 1, 1, 0]


async def test_feed_that_is_gone_is_not_woken(engine, subscriptions):
    mine, (a, *_) = await made(subscriptions), await feeds_of(engine)
    await CoreStore(engine).feed_failed(replace(a, state="gone"))

    await subscriptions.follow(mine, [a], now=NOON)

    assert await CoreStore(engine).feeds_due(NOON, limit=9) == []


async def test_room_named_in_any_script_is_found_again(subscriptions):
    address = Address(chat="slack", room="канал 😀", tenant="チーム")

    fresh = await made(subscriptions, address)

    assert await subscriptions.at(address) == fresh


async def many(engine, count):
    store = CoreStore(engine)
    return [
        await store.add_feed(f"https://{n}.example/rss", title=str(n), language="en", now=NOON)
        for n in range(count)
    ]


async def test_sources_that_were_dropped_again_count_as_added_for_an_hour(engine, subscriptions):
    mine, feeds = await made(subscriptions), await many(engine, FEEDS_AN_HOUR + 1)
    for feed in feeds[:-1]:
        await subscriptions.follow(mine, [feed], now=NOON)
        await subscriptions.unfollow(mine, feed)

    with pytest.raises(UserMistake, match="Try again in 30 min"):
        await subscriptions.follow(mine, [feeds[-1]], now=NOON + timedelta(minutes=30))

    assert await subscriptions.follow(mine, [feeds[-1]], now=NOON + timedelta(hours=1)) == 1


async def test_room_adds_no_more_feeds_an_hour_than_its_quota_whatever_restarts(engine, subscriptions):
    mine, feeds = await made(subscriptions), await many(engine, FEEDS_AN_HOUR + 1)
    await subscriptions.follow(mine, feeds[:-1], now=NOON)

    with pytest.raises(UserMistake, match="45 min"):
        await SqlSubscriptions(engine).follow(mine, feeds[-1:], now=NOON + timedelta(minutes=15))

    assert await subscriptions.follow(mine, feeds[-1:], now=NOON + timedelta(minutes=61)) == 1


async def test_feed_that_is_followed_already_counts_for_nothing(engine, subscriptions):
    mine, feeds = await made(subscriptions), await many(engine, FEEDS_AN_HOUR)
    await subscriptions.follow(mine, feeds, now=NOON)

    assert await subscriptions.follow(mine, feeds[:3], now=NOON) == 0


async def test_feeds_inherited_from_a_channel_are_followed_however_many(engine, subscriptions):
    mine, feeds = await made(subscriptions), await many(engine, FEEDS_AN_HOUR + 1)

    assert await subscriptions.follow(mine, feeds, now=NOON, inherited=True) == FEEDS_AN_HOUR + 1


async def test_room_follows_no_more_feeds_than_its_quota_and_another_may(engine, subscriptions):
    mine, feeds = await made(subscriptions), await many(engine, FEEDS_OF_A_ROOM + 1)
    for start in range(0, FEEDS_OF_A_ROOM, FEEDS_AN_HOUR):
        long_ago = NOON - timedelta(hours=2 + FEEDS_OF_A_ROOM - start)
        await subscriptions.follow(mine, feeds[start : start + FEEDS_AN_HOUR], now=long_ago)

    with pytest.raises(UserMistake, match="200"):
        await subscriptions.follow(mine, feeds[-1:], now=NOON)

    other = await made(subscriptions, replace(ROOM, room="8"))
    assert await subscriptions.follow(other, feeds[-1:], now=NOON) == 1


async def test_room_that_asks_for_too_much_is_told_before_anything_is_fetched(subscriptions):
    await subscriptions.may_follow(ROOM, FEEDS_AN_HOUR, now=NOON)

    with pytest.raises(UserMistake, match="20"):
        await subscriptions.may_follow(ROOM, FEEDS_AN_HOUR + 1, now=NOON)


async def test_ids_that_a_room_had_are_known_and_erased_with_it(engine, subscriptions):
    ledger, now_at = SqlLedger(engine), Address("telegram", "-1009")
    for before, after in (("-7", "-8"), ("-8", "-1009"), ("-7", "-8")):
        await ledger.move(Address("telegram", before), room=after)

    assert await subscriptions.former(now_at) == ["-8", "-7"]
    assert await subscriptions.former(Address("slack", "-1009", tenant="T1")) == []

    assert await SqlErasing(engine).knows(now_at)
    assert await SqlErasing(engine).erase(now_at)
    assert not await SqlErasing(engine).knows(now_at)
    assert await subscriptions.former(now_at) == []


async def test_rooms_that_became_each_other_are_no_endless_walk(engine, subscriptions):
    ledger = SqlLedger(engine)
    await ledger.move(Address("telegram", "-7"), room="-8")
    await ledger.move(Address("telegram", "-8"), room="-7")

    assert await subscriptions.former(Address("telegram", "-7")) == ["-8"]
