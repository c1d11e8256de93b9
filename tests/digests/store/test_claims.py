"""Of all processes that share a database, one at a time asks a host."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from digests.identity import host_of
from digests.model import Entry
from digests.store.claims import LEASE, OF_A_HOST, PAUSE
from digests.store.core import CoreStore
from digests.store.engine import engine_of
from tests.fakes import NOON

DAY = timedelta(days=1)


@pytest.fixture
async def pair(engine, database_url):
    """Give the stores of two processes on one database."""
    other = engine_of(database_url)
    yield CoreStore(engine), CoreStore(other)
    await other.dispose()


async def due(store, *urls, pages=()):
    """Let feeds be due, and pages of the first of them."""
    for url in urls:
        feed = await store.add_feed(url, title="Harbour Post", language="en", now=NOON)
        awake = replace(feed, next_poll_at=NOON)
        await store.feed_read(awake, [Entry(url, f"{url}seen", "Seen")], first=0, now=NOON)
        entries = [Entry(guid=page, url=page, title="Ferry leaves the quay") for page in pages]
        await store.feed_read(awake, entries, first=99, now=NOON)
        pages = ()


def feeds_on(host, count):
    return [f"https://{host}.example/feed/{number}/" for number in range(count)]


async def test_two_processes_are_never_given_the_same_feed_or_the_same_host(pair):
    urls = [url for number in range(30) for url in feeds_on(f"host{number}", 2)]
    await due(pair[0], *urls)
    read = ([], [])

    async def work(store, mine):
        while some := await store.claim_feeds(NOON, limit=7):
            mine += [feed.url for feed in some]
            for feed in some:
                await store.feed_failed(replace(feed, next_poll_at=NOON + DAY))

    await asyncio.gather(*(work(store, mine) for store, mine in zip(pair, read, strict=True)))

    assert sorted(read[0] + read[1]) == sorted(urls)
    assert not {host_of(url) for url in read[0]} & {host_of(url) for url in read[1]}


async def test_host_is_another_s_once_its_lease_has_run_out(pair):
    await due(pair[0], *feeds_on("one", 1))
    await pair[0].claim_feeds(NOON, limit=9)

    later = NOON + LEASE
    before = await pair[1].claim_feeds(later - timedelta(seconds=1), limit=9)

    assert before == []
    assert len(await pair[1].claim_feeds(later, limit=9)) == 1
    assert await pair[0].claim_feeds(later, limit=9) == []


async def test_host_that_is_kept_is_nobody_else_s(pair):
    await due(pair[0], *feeds_on("one", 1))
    await pair[0].claim_feeds(NOON, limit=9)
    half = NOON + LEASE / 2

    await pair[0].keep_hosts({"one.example:443"}, now=half)
    await pair[1].keep_hosts({"one.example:443"}, now=half + DAY)  # it has nothing to keep

    assert await pair[1].claim_feeds(NOON + LEASE, limit=9) == []
    assert len(await pair[1].claim_feeds(half + LEASE, limit=9)) == 1


async def test_host_that_is_left_is_another_s_after_a_pause(pair):
    await due(pair[0], *feeds_on("one", 1))
    await pair[0].claim_feeds(NOON, limit=9)

    await pair[1].leave_hosts({"one.example:443"}, now=NOON - DAY)  # it is not theirs to leave
    await pair[0].leave_hosts({"one.example:443"}, now=NOON)

    assert await pair[1].claim_feeds(NOON + PAUSE / 2, limit=9) == []
    assert len(await pair[1].claim_feeds(NOON + PAUSE, limit=9)) == 1


async def test_host_whose_feed_one_process_reads_gives_its_pages_to_no_other(pair):
    pages = [f"https://one.example/{number}" for number in range(3)] + ["https://other.example/1"]
    await due(pair[0], *feeds_on("one", 1), pages=pages)
    await pair[0].claim_feeds(NOON, limit=9)

    theirs = await pair[1].claim_pages(NOON, limit=9)
    ours = await pair[0].claim_pages(NOON, limit=9)

    assert [page.entry.url for page in theirs] == ["https://other.example/1"]
    assert sorted(page.entry.url for page in ours) == pages[:3]


async def test_host_that_rests_is_asked_by_nobody(pair):
    await due(pair[0], *feeds_on("one", 2), *feeds_on("other", 1))
    await pair[0].claim_feeds(NOON, limit=9)
    until = NOON + timedelta(hours=2)

    await pair[0].rest_host("one.example:443", until=until)
    await pair[0].rest_host("one.example:443", until=NOON)  # heard later, said earlier

    assert {feed.url for feed in await pair[0].claim_feeds(NOON, limit=9)} == {*feeds_on("other", 1)}
    assert len(await pair[1].claim_feeds(until, limit=9)) == 3


async def test_long_list_of_one_host_s_pages_keeps_no_other_waiting(pair):
    many = [f"https://many.example/{number}" for number in range(60)]
    await due(pair[0], *feeds_on("one", 1), pages=[*many, "https://few.example/1"])

    pages = await pair[0].claim_pages(NOON, limit=20)

    hosts = [page.entry.url.split("/")[2] for page in pages]
    assert (hosts.count("many.example"), hosts.count("few.example")) == (OF_A_HOST, 1)


async def test_feed_that_moved_is_claimed_by_its_new_host(pair):
    await due(pair[0], *feeds_on("old", 1))
    (feed,) = await pair[0].claim_feeds(NOON, limit=9)

    await pair[0].feed_failed(replace(feed, url="https://new.example/feed"))

    (moved,) = await pair[1].claim_feeds(NOON, limit=9)
    assert moved.url == "https://new.example/feed"


async def test_host_of_an_address_that_somebody_typed_is_held_by_one(pair):
    one, other = pair

    first = await one.claim_host("harbour.example", now=NOON)
    meanwhile = await other.claim_host("harbour.example", now=NOON)
    await one.leave_hosts({"harbour.example"}, now=NOON)
    later = await other.claim_host("harbour.example", now=NOON + PAUSE)

    assert (first, meanwhile, later) == (True, False, True)
