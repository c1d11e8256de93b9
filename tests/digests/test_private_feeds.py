"""What a feed tells its readers reaches no reader of another feed, from the fetch to the digest."""

from datetime import timedelta

import pytest

from digests.build import Newsroom, Wish
from digests.collect import Collector
from digests.errors import Refused
from digests.model import Document
from digests.store.core import CoreStore
from tests.fakes import NOON, FakeFetch, FakeSandbox

PRIVATE, PUBLIC = "https://insiders.example/feed?key=4f1c", "https://harbour.example/rss"
PAGE = "https://harbour.example/news/ferry-leaves-the-quay"
SECRET = "“The ferry is sold before Friday,” said Ida Brand, the harbour master. " * 4
SAID = "“The ferry leaves at dawn,” said Ida Brand, the harbour master of Lowmouth. "
PAGE_TEXT = (
    f"<p>{SAID}</p><p>It carries 2,500 people across the sound and back on every day of the week.</p>" * 2
)


def rss(url, title, *, link=PAGE, told=""):
    item = f"<guid>{url}</guid><link>{link}</link><title>{title}</title><description>{told}</description>"
    channel = f"<title>{title} Post</title><item>{item}</item>"
    return Document(url, f'<rss version="2.0"><channel>{channel}</channel></rss>'.encode())


def page(url=PAGE, *, canonical=PAGE, text=PAGE_TEXT):
    head = f'<head><title>Ferry</title><link rel="canonical" href="{canonical}"></head>'
    return Document(url, f"<html>{head}<body><article>{text}</article></body></html>".encode())


class Desk:
    """Two feeds, each with its own reader."""

    def __init__(self, engine):
        self.fetch, self.store = FakeFetch(), CoreStore(engine)
        self.newsroom = Newsroom(self.store)
        self.collector = Collector(
            fetch=self.fetch, fetch_page=self.fetch, sandbox=FakeSandbox(), store=self.store
        )

    async def finds(self, document, *, now=NOON):
        self.fetch.pages[document.url] = document
        return await self.collector.find_feed(document.url, now=now)

    async def reads(self, *, now=NOON):
        await self.collector.read_pages(now)
        await self.collector.group(now)

    async def tells(self, feed, *, now=NOON):
        """Return what a digest for a reader of that feed alone says."""
        wish, since = Wish(feeds=(feed,)), now - timedelta(hours=1)
        return repr((await self.newsroom.compose(wish, since=since, now=now)).edition)


@pytest.fixture
def desk(engine):
    return Desk(engine)


async def test_summary_of_a_private_feed_is_told_to_its_own_readers_alone(desk):
    private = await desk.finds(rss(PRIVATE, "Between us", told=SECRET))
    desk.fetch.pages[PAGE] = Refused("403")
    await desk.reads()
    public = await desk.finds(rss(PUBLIC, "Ferry leaves the quay"))
    desk.fetch.pages[PAGE] = page()
    await desk.reads()

    mine, theirs = await desk.tells(public), await desk.tells(private)

    assert "leaves at dawn" in mine
    assert not any(word in mine for word in ("sold", "Between us", "4f1c", "insiders"))
    assert "sold before Friday" in theirs


async def test_title_that_a_private_feed_gives_a_public_page_is_told_to_its_own_readers_alone(desk):
    private = await desk.finds(rss(PRIVATE, "Between us"))
    public = await desk.finds(rss(PUBLIC, "Ferry leaves the quay"))
    desk.fetch.pages[PAGE] = page()
    await desk.reads()

    mine, theirs = await desk.tells(public), await desk.tells(private)

    assert ("Between us" in mine, "Between us" in theirs) == (False, True)
    assert ("Ferry leaves the quay" in mine, "Ferry leaves the quay" in theirs) == (True, False)


async def test_page_behind_a_secret_address_is_told_to_readers_of_its_feed_alone(desk):
    behind = f"{PAGE}?token=4f1c"
    private = await desk.finds(rss(PRIVATE, "Between us", link=behind))
    public = await desk.finds(rss(PUBLIC, "Ferry leaves the quay"))
    desk.fetch.pages[behind] = page(behind, text=f"<p>{SECRET}</p>")  # names the public page as its own
    desk.fetch.pages[PAGE] = page()
    await desk.reads()

    mine, theirs = await desk.tells(public), await desk.tells(private)

    assert ("leaves at dawn" in mine, "sold" in mine, "4f1c" in mine) == (True, False, False)
    assert "sold before Friday" in theirs
