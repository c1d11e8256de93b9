"""The news server serves an edition as the open web would, faults included."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import ClassVar, NamedTuple

import aiohttp
import pytest

from bot.edition import load
from bot.standins.news import NewsStandIn

NOW = datetime(2026, 3, 2, 8, 20, tzinfo=UTC)


class Leaf(NamedTuple):
    media_type: str
    body: bytes
    status: int = 200
    etag: bool = False
    dribble: bool = False


@pytest.fixture
async def news():
    async with NewsStandIn(load(), now=NOW, slow_seconds=0.05) as running:
        yield running


@pytest.fixture
async def web():
    async with aiohttp.ClientSession() as session:
        yield session


async def test_every_outlet_has_a_port_of_its_own(news):
    ports = {news.port_of(outlet.key) for outlet in load().outlets}

    assert len(ports) == len(load().outlets) == len(news.feeds) == len(news.addresses)


async def test_unchanged_feed_is_answered_with_304(news, web):
    first = await web.get(news.feed_of("meridian"))
    again = await web.get(news.feed_of("meridian"), headers={"If-None-Match": first.headers["ETag"]})
    weak = await web.get(news.feed_of("meridian"), headers={"If-None-Match": f"W/{first.headers['ETag']}"})

    assert (first.status, again.status, weak.status) == (200, 304, 304)
    assert await again.read() == b""


async def test_reprinted_feed_is_sent_anew(news, web):
    first = await web.get(news.feed_of("meridian"))
    news.reprint(now=NOW + timedelta(hours=1))
    again = await web.get(news.feed_of("meridian"), headers={"If-None-Match": first.headers["ETag"]})

    assert again.status == 200
    assert await again.read() != await first.read()


async def test_feed_without_etag_is_always_sent(news, web):
    answer = await web.get(news.feed_of("harrow"), headers={"If-None-Match": "*"})

    assert answer.status == 200
    assert "ETag" not in answer.headers


async def test_slow_feed_comes_whole_but_takes_its_time(web):
    async with NewsStandIn(load(), now=NOW, slow_seconds=0.4) as news:
        began = asyncio.get_running_loop().time()
        body = await (await web.get(news.feed_of("plateau"))).read()
        took = asyncio.get_running_loop().time() - began

        assert (
            body
            == load().printed("plateau", base=news.front_of("plateau").rstrip("/"), now=NOW)["/rss.xml"].body
        )
        assert took >= 0.35


async def test_faulty_outlets_fail_each_in_its_own_way(news, web):
    cut = await web.get(news.feed_of("lamplighter"))
    notice = await web.get(news.feed_of("quayside"))
    down = await web.get(news.feed_of("dispatch"))

    assert (cut.status, notice.status, down.status) == (200, 200, 500)
    assert (await cut.text()).endswith("<ti")
    assert notice.content_type == "text/html"


async def test_requests_are_written_down_with_time_and_headers(news, web):
    await web.get(news.feed_of("ledger"), headers={"User-Agent": "tester"})
    await web.get(news.front_of("ledger") + "nothing?here=1")

    first, second = news.requests
    assert (first.outlet, first.path, first.status) == ("ledger", "/atom.xml", 200)
    assert (second.path, second.status) == ("/nothing?here=1", 404)
    assert first.headers["User-Agent"] == "tester"
    assert first.at <= second.at  # monotonic seconds


async def test_robots_are_told_where_to_go(news, web):
    text = await (await web.get(news.front_of("bell") + "robots.txt")).text()

    assert text.startswith("User-agent: *\n")


async def test_only_reading_is_allowed(news, web):
    answer = await web.post(news.feed_of("bell"))

    assert answer.status == 405


async def test_pages_travel_compressed_to_those_who_take_it(news):
    async with aiohttp.ClientSession(auto_decompress=False) as session:
        squeezed = await session.get(news.front_of("bell"), headers={"Accept-Encoding": "gzip"})
        plain = await session.get(news.front_of("bell"), headers={"Accept-Encoding": "identity"})

        assert squeezed.headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in plain.headers


async def test_ports_are_free_again_afterwards():
    async with NewsStandIn(load(), now=NOW) as news:
        port = news.port_of("meridian")

    with pytest.raises(OSError):
        await asyncio.open_connection("127.0.0.1", port)


async def test_a_press_that_fails_leaves_no_server_behind():
    class Outlet(NamedTuple):
        key: str
        name: str

    class Jammed:
        outlets = (Outlet("one", "One"), Outlet("two", "Two"))
        bases: ClassVar[list[str]] = []

        def printed(self, outlet, *, base, now):
            self.bases.append(base)
            if outlet == "two":
                raise ValueError("paper jam")
            return {"/feed": Leaf("text/plain", b"news")}

    with pytest.raises(ValueError, match="paper jam"):
        async with NewsStandIn(Jammed(), now=NOW):
            pass

    with pytest.raises(OSError):
        await asyncio.open_connection("127.0.0.1", int(Jammed.bases[0].rsplit(":", 1)[1]))
