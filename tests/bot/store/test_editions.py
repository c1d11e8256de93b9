"""Editions are kept once, slots point to them, and many digests are frozen together or not at all."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.model import Address, Frozen, Keeping, Part
from bot.store.editions import EDITION, SqlEditions
from bot.store.ledger import SqlLedger
from bot.store.memory import SqlMemory
from bot.store.parts import PART
from bot.store.readers import SqlReaders
from bot.store.subscriptions import SqlSubscriptions
from digests.model import Digest, Edition, Fate
from digests.store.core import CoreStore
from digests.store.engine import reading
from tests.fakes import NOON, ROOM

OTHER = Address(chat="telegram", room="8")
HOUR = timedelta(hours=1)
EMPTY = Edition(Digest((), NOON - HOUR, NOON), ((1, Fate.KNOWN),), "sea")


@pytest.fixture
def ledger(engine):
    return SqlLedger(engine)


@pytest.fixture
def editions(engine):
    return SqlEditions(engine)


@pytest.fixture
async def owed(engine, ledger):
    """Give two rooms that are owed a digest, by their slots."""
    subscriptions = SqlSubscriptions(engine)
    rooms = [
        await subscriptions.add(
            address, zone="UTC", timetable="12:00", shown_until=NOON - HOUR, next_due_at=NOON, now=NOON
        )
        for address in (ROOM, OTHER)
    ]
    await ledger.materialise(NOON)
    slots = await ledger.take_slots("telegram", now=NOON, limit=9)
    return {slot: next(one for one in rooms if one.id == slot.subscription_id) for slot in slots}


async def count(engine, table):
    async with reading(engine) as connection:
        return await connection.scalar(select(func.count()).select_from(table))


def digests(owed, **how):
    part = Part("{}", "Neues", language="de")
    return [Frozen(slot, room.address, (part,), (), until=NOON, **how) for slot, room in owed.items()]


async def test_equal_editions_are_kept_once(engine, editions):
    first = await editions.save({"same": EMPTY}, now=NOON)
    again = await editions.save({"same": EMPTY, "other": EMPTY}, now=NOON + HOUR)

    assert again["same"] == first["same"] != again["other"]
    assert await count(engine, EDITION) == 2


async def test_last_edition_is_that_of_the_newest_slot(ledger, editions, owed):
    assert await editions.last(next(iter(owed.values()))) is None
    ids = await editions.save({"key": EMPTY}, now=NOON)

    await ledger.freeze_all(digests(owed, edition=ids["key"]), now=NOON)

    for slot, room in owed.items():
        assert await editions.last(room) == (slot, EMPTY)


async def test_digest_frozen_by_another_process_stands(engine, ledger, owed):
    one, other = digests(owed)
    await ledger.freeze_all([one], now=NOON)

    await ledger.freeze_all([replace(one, parts=(*one.parts, *one.parts)), other], now=NOON)

    assert await count(engine, PART) == 2


async def test_one_that_cannot_be_frozen_takes_all_back(engine, ledger, owed):
    one, other = digests(owed)

    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await ledger.freeze_all([one, replace(other, stories=(404,))], now=NOON)

    assert await count(engine, PART) == 0


async def test_readers_next_digest_begins_where_this_one_ended(engine, ledger, owed):
    await ledger.freeze_all([replace(one, until=NOON - HOUR / 2) for one in digests(owed)], now=NOON)

    readers = await SqlReaders(engine)([room.id for room in owed.values()], since=NOON - HOUR)
    assert {one.subscription.shown_until for one in readers.values()} == {NOON - HOUR / 2}


async def test_reader_comes_with_feeds_in_their_order_and_what_was_shown_lately(engine, ledger, owed):
    store, subscriptions = CoreStore(engine), SqlSubscriptions(engine)
    (room, *_) = owed.values()
    feeds = [
        await store.add_feed(f"https://{n}.example", title=n, language="en", now=NOON) for n in ("b", "a")
    ]
    await subscriptions.follow(room, feeds, now=NOON)

    readers = await SqlReaders(engine)([room.id, 404], since=NOON)

    assert list(readers) == [room.id]
    assert [feed.title for feed in readers[room.id].feeds] == ["b", "a"]
    assert readers[room.id].shown == {}


async def test_part_comes_out_in_the_language_that_it_went_in(ledger, owed):
    await ledger.freeze_all(digests(owed), now=NOON)

    claimed = await ledger.claim("telegram", now=NOON, limit=9)

    assert {one.part.language for one in claimed} == {"de"}


async def test_editions_go_with_the_texts_whose_words_they_hold(engine, ledger, editions, owed):
    ids = await editions.save({"key": EMPTY}, now=NOON)
    await ledger.freeze_all(digests(owed, edition=ids["key"]), now=NOON)
    long_ago = NOON - timedelta(days=400)

    kept = Keeping(texts=NOON, facts=long_ago, keys=long_ago, deliveries=long_ago)
    await SqlMemory(engine).forget(kept)
    assert await count(engine, EDITION) == 1

    await SqlMemory(engine).forget(replace(kept, texts=NOON + HOUR))
    assert await count(engine, EDITION) == 0
    assert await count(engine, PART) == 2
