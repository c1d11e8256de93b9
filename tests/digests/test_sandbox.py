"""Parsers that take too long or too much end, and nobody else notices."""

import asyncio
import os
import signal
import time
from contextlib import suppress
from dataclasses import replace

import pytest
import pytest_asyncio

from bench.fault_documents import DOCUMENTS, feed_document
from digests.articles import article_of
from digests.errors import NotAFeed, TooHard, Unreadable
from digests.model import Document, Entry
from digests.sandbox import ProcessSandbox
from digests.sources import read_feed

FEED = Document("https://example.org/feed", feed_document(1))
PAGE = Document("https://example.org/", b"<html><link rel=alternate type=application/rss+xml href=/feed>")
SHORT = {"deadline": 0.6, "patience": 0.1}


pytestmark = pytest.mark.asyncio(loop_scope="module")  # that of the children that are used again


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sandbox():
    async with ProcessSandbox(workers=2) as sandbox:
        yield sandbox


@pytest_asyncio.fixture(loop_scope="module")
async def impatient():
    async with ProcessSandbox(workers=2, preload=["digests.sources"], **SHORT) as sandbox:
        await sandbox(len, "warm")
        yield sandbox


async def test_result_comes_back(sandbox):
    feed = await sandbox(read_feed, FEED)

    assert feed == read_feed(FEED)


async def test_error_comes_back_with_what_it_carries(sandbox):
    with pytest.raises(NotAFeed) as caught:
        await sandbox(read_feed, PAGE)

    assert caught.value.feeds == ("https://example.org/feed",)


async def test_parsers_own_error_is_ours(sandbox):
    with pytest.raises(Unreadable, match="ValueError while parsing"):
        await sandbox(int, "x")


async def test_arguments_may_be_named(sandbox):
    page = Document(
        "https://example.org/a", b"<article><p>" + b"The bridge is to be closed for a month. " * 9
    )

    article = await sandbox(article_of, page, Entry(None, "", "Bridge"), outlet="Courier")

    assert (article.title, article.outlet) == ("Bridge", "Courier")


async def test_calls_run_in_other_processes_which_are_used_again(sandbox):
    pids = {await sandbox(os.getpid) for _ in range(5)}

    assert len(pids) == 1
    assert os.getpid() not in pids


async def test_children_know_none_of_our_secrets(monkeypatch):
    monkeypatch.setenv("SECRET_KEYS", "k")

    async with ProcessSandbox(preload=[]) as sandbox:
        assert await sandbox(os.getenv, "SECRET_KEYS") is None


async def test_call_that_takes_too_long_ends(impatient):
    began = time.perf_counter()

    with pytest.raises(TooHard) as caught:
        await impatient(time.sleep, 60)

    assert caught.value.code == "timeout"
    assert time.perf_counter() - began < 5


async def test_slow_call_within_the_deadline_is_answered(impatient):
    await impatient(time.sleep, 0.3)


async def test_quick_calls_do_not_wait_for_the_slow(impatient):
    slow = [asyncio.create_task(impatient(time.sleep, 60)) for _ in range(8)]
    await asyncio.sleep(0)
    began = time.perf_counter()

    feeds = [await impatient(read_feed, FEED) for _ in range(5)]

    assert len(feeds) == 5
    assert time.perf_counter() - began < 6
    await asyncio.gather(*slow, return_exceptions=True)


async def test_call_that_keeps_a_processor_busy_gives_its_child_up_to_others(impatient):
    busy = [asyncio.create_task(impatient(sum, range(10**10))) for _ in range(2)]  # as many as quick children
    await asyncio.sleep(0.05)
    began = time.perf_counter()

    assert await impatient(len, "next") == 4

    assert time.perf_counter() - began < 3
    assert {type(one) for one in await asyncio.gather(*busy, return_exceptions=True)} == {TooHard}


async def test_call_that_takes_too_much_memory_ends(sandbox):
    with pytest.raises(TooHard):
        await sandbox(bytes, 4 << 30)

    assert await sandbox(len, "next") == 4


async def test_call_that_kills_its_process_ends(sandbox):
    with pytest.raises(TooHard) as caught:
        await sandbox(os.abort)

    assert caught.value.code == "died"
    assert await sandbox(len, "next") == 4


async def test_child_that_died_idle_is_replaced():
    async with ProcessSandbox(workers=1, preload=[]) as sandbox:
        died = await sandbox(os.getpid)
        os.kill(died, signal.SIGKILL)
        with suppress(TooHard):  # where nobody has noticed yet
            await sandbox(os.getpid)

        assert await sandbox(os.getpid) != died


async def test_answer_of_megabytes_comes_back_whole(sandbox):
    assert await sandbox(bytes, 5_000_000) == bytes(5_000_000)


async def test_cancelled_call_leaves_nobody_behind(impatient):
    call = asyncio.create_task(impatient(time.sleep, 60))
    await asyncio.sleep(0.05)
    call.cancel()

    with pytest.raises(asyncio.CancelledError):
        await call
    assert await impatient(len, "next") == 4


@pytest.mark.parametrize(
    "name", ["laughs", "nested-cdata", "comments", "author", "title", "items", "json-nested"]
)
async def test_document_made_to_keep_us_busy_does_not(sandbox, name):
    hard = DOCUMENTS[name]
    document = replace(FEED, body=hard.body(), media_type=hard.content_type)
    began = time.perf_counter()

    try:
        await sandbox(read_feed, document)
    except Unreadable:
        pass

    assert time.perf_counter() - began < 5
