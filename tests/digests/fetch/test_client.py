"""Every fault of a server ends in the document or in a stable reason, and soon."""

import pytest

from bench.fault_documents import feed_document
from bench.fault_server import FaultServer
from digests.errors import Busy, DigestsError, FetchFailed, Gone, NotAllowed, Refused
from digests.fetch import HttpFetch

LIMIT = 1 << 20


@pytest.fixture
async def server():
    async with FaultServer() as server:
        yield server


@pytest.fixture
async def fetch(server):
    allow = [f"127.0.0.1:{server.port}"]
    async with HttpFetch(contact="test@example.org", allow=allow, host_gap=0, deadline=1.0) as fetch:
        yield fetch


async def test_document_comes_with_what_the_server_says_of_it(fetch, server):
    document = await fetch(server.url("/feed/3"), limit=LIMIT)

    assert document.body == feed_document(3, host=f"127.0.0.1:{server.port}")
    assert (document.media_type, document.charset, document.etag) == ("application/rss+xml", "utf-8", '"3-0"')


async def test_unchanged_document_is_none(fetch, server):
    assert await fetch(server.url("/feed/3"), limit=LIMIT, etag='"3-0"') is None


async def test_gzip_is_unpacked(fetch, server):
    document = await fetch(server.url("/gzip"), limit=LIMIT)

    assert document.body == feed_document(0)


@pytest.mark.parametrize(
    ("path", "error", "code"),
    [
        ("/slow-loris", FetchFailed, "timeout"),
        ("/stall-head", FetchFailed, "timeout"),
        ("/stall-body", FetchFailed, "timeout"),
        ("/endless-head", FetchFailed, "bad_response"),
        ("/endless-body", FetchFailed, "too_large"),
        ("/big", FetchFailed, "too_large"),
        ("/bomb/8", FetchFailed, "too_large"),
        ("/reset", FetchFailed, "truncated"),
        ("/silent", FetchFailed, "reset"),
        ("/not-http", FetchFailed, "bad_response"),
        ("/short", FetchFailed, "truncated"),
        ("/cut-chunk", FetchFailed, "truncated"),
        ("/cut-gzip", FetchFailed, "truncated"),
        ("/no-gzip", FetchFailed, "truncated"),
        ("/gzip-twice", FetchFailed, "encoding"),
        ("/brotli", FetchFailed, "encoding"),
        ("/loop", FetchFailed, "redirects"),
        ("/hops/6", FetchFailed, "redirects"),
        ("/nowhere", FetchFailed, "bad_redirect"),
        ("/far-away", FetchFailed, "bad_response"),
        ("/redirect?to=file:///etc/passwd", NotAllowed, "bad_scheme"),
        ("/redirect?to=gopher://127.0.0.1/", NotAllowed, "bad_scheme"),
        ("/redirect?to=http://10.0.0.1/", NotAllowed, "private_address"),
        ("/redirect?to=http://[::ffff:127.0.0.1]/", NotAllowed, "private_address"),
        ("/redirect?to=http://[bad/", FetchFailed, "bad_redirect"),
        ("/status/304", FetchFailed, "http_304"),
        ("/status/401", Refused, "refused"),
        ("/status/403", Refused, "refused"),
        ("/status/404", FetchFailed, "http_404"),
        ("/status/410", Gone, "gone"),
        ("/status/500", FetchFailed, "http_500"),
        ("/status/503", FetchFailed, "http_503"),
        ("/challenge", Refused, "challenge"),
    ],
)
async def test_fault_is_named(fetch, server, path, error, code):
    with pytest.raises(DigestsError) as caught:
        await fetch(server.url(path), limit=LIMIT)

    assert (type(caught.value), caught.value.code) == (error, code)


@pytest.mark.parametrize(
    "url",
    [
        "ftp://example.org/",
        "example.org",
        "http://",
        "http://exa mple.org/",
        "file:///etc/passwd",
        "http://[::1",
    ],
)
async def test_address_that_is_none_of_the_webs_is_refused(fetch, url):
    with pytest.raises(NotAllowed):
        await fetch(url, limit=LIMIT)


async def test_five_redirects_are_followed(fetch, server):
    document = await fetch(server.url("/hops/5"), limit=LIMIT)

    assert document.url == server.url("/feed/1")
    assert document.moved_to is None


async def test_permanent_redirects_alone_say_that_a_feed_has_moved(fetch, server):
    document = await fetch(server.url("/hops/2?for-good=1"), limit=LIMIT)

    assert document.moved_to == server.url("/feed/1")


@pytest.mark.parametrize("path", ["/status/429?retry-after=120", "/status/503?retry-after=120"])
async def test_host_that_asks_for_rest_gets_it_for_all_its_pages(fetch, server, path):
    with pytest.raises(Busy) as first:
        await fetch(server.url(path), limit=LIMIT)
    with pytest.raises(Busy):
        await fetch(server.url("/feed/1"), limit=LIMIT)

    assert first.value.retry_after == 120
    assert server.asked["/feed/1"] == 0


async def test_no_cookie_comes_back(fetch, server):
    await fetch(server.url("/cookie"), limit=LIMIT)
    document = await fetch(server.url("/cookie"), limit=LIMIT)

    assert document.body == b"none"


async def test_private_address_is_never_asked(server):
    async with HttpFetch(contact="test@example.org", host_gap=0) as fetch:
        for host in ("127.0.0.1", "localhost", "127.1", "0x7f.1", "2130706433", "0177.0.0.1"):
            with pytest.raises(NotAllowed):
                await fetch(server.url("/feed/1", host=host), limit=LIMIT)

    assert not server.asked
