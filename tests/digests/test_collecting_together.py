"""Several processes collect from one database: each host has one that asks it, and nothing is read twice."""

import asyncio
from collections import Counter
from dataclasses import replace

import pytest

from digests.collect import Collector
from digests.identity import host_of
from digests.model import Document
from digests.store.core import CoreStore
from digests.store.engine import engine_of
from tests.fakes import NOON, FakeSandbox

HOSTS, FEEDS = 12, 3
SAID = "<p>“We sail at dawn,” said Ida Brand, the harbour master of Lowmouth, on the quay.</p>" * 3


class Web:
    """Every host there is. `asked_by`: who asks a host just now, and `together`: who ever did so at once."""

    def __init__(self):
        self.asked, self.asked_by, self.together = Counter(), {}, []

    def seen_by(self, process):
        async def fetch(url, **_):
            self.asked[url] += 1
            others = self.asked_by.setdefault(host_of(url), Counter())
            others[process] += 1
            self.together += [host_of(url)] if len(+others) > 1 else []
            await asyncio.sleep(0.001)
            others[process] -= 1
            return _document(url)

        return fetch


def _document(url):
    if url.endswith("/page"):
        return Document(url, f"<html><body><article>{SAID}</article></body></html>".encode())
    items = "".join(
        f"<item><link>{url}/{number}/page</link><title>Ferry {number} of {url} leaves</title></item>"
        for number in (1, 2)
    )
    return Document(url, f'<rss version="2.0"><channel><title>Post</title>{items}</channel></rss>'.encode())


@pytest.fixture
async def collectors(engine, database_url):
    engines, web = [engine, engine_of(database_url), engine_of(database_url)], Web()
    yield (
        web,
        [
            Collector(fetch=fetch, fetch_page=fetch, sandbox=FakeSandbox(), store=CoreStore(one))
            for one, fetch in ((one, web.seen_by(number)) for number, one in enumerate(engines))
        ],
    )
    for one in engines[1:]:
        await one.dispose()


async def test_three_processes_read_everything_once_and_no_host_at_the_same_time(collectors):
    web, workers = collectors
    store = workers[0].store
    for number in range(HOSTS * FEEDS):
        url = f"https://host{number % HOSTS}.example/feed/{number}"
        feed = await store.add_feed(url, title="Post", language="en", now=NOON)
        await store.feed_read(replace(feed, next_poll_at=NOON), (), first=5, now=NOON)

    for _ in range(4):
        await asyncio.gather(*(worker.read_feeds(NOON) for worker in workers))
        await asyncio.gather(*(worker.read_pages(NOON) for worker in workers))

    assert len(web.asked) == HOSTS * FEEDS * 3  # each feed, and its two pages
    assert set(web.asked.values()) == {1}
    assert web.together == []
    assert await store.feeds_due(NOON, limit=99) == []
    assert await store.pages_due(NOON, limit=99) == []
