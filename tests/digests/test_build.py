"""A room's digest holds what its own feeds carry, and nothing of what others follow."""

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.render import digest_message
from digests.build import build
from digests.model import Article, Entry, Figure, FigureKind, Quote, Span, SpeakerKind, Story
from digests.store.core import CoreStore
from tests.fakes import NOON

HOUR = timedelta(hours=1)


@pytest.fixture
def store(engine):
    return CoreStore(engine)


async def feed(store, name):
    return await store.add_feed(f"https://{name}.example/rss", title=name.title(), language="en", now=NOON)


async def carries(store, feed, *, url, title, words, amount):
    """Let a feed carry an article with a quote and a figure; return nothing."""
    text = f"“{words},” said Ida Brand, the harbour master of Lowmouth. The repairs cost {amount} euros."
    start = text.index(amount)
    quote = Quote(Span(1, 1 + len(words)), words, "Ida Brand", SpeakerKind.NAMED, cue="said", rank=1)
    figure = Figure(
        Span(start, start + len(amount)),
        amount,
        Decimal(amount),
        unit="EUR",
        kind=FigureKind.MONEY,
        rank=1,
        sentence=Span(len(text) - 30, len(text)),
        concept="repairs",
    )
    await store.feed_read(feed, [Entry(f"{feed.id} {url}", url, title)], first=5, now=NOON)
    (page,) = await store.pages_due(NOON, limit=9)
    article = Article(url, title, text, outlet=feed.title, published=NOON, facts=(quote, figure))
    await store.page_read(page, article, now=NOON)


async def told(store, *feeds):
    """Return all that the digest of these feeds holds or says, as text."""
    verified = await build(store, feeds, since=NOON - HOUR, until=NOON)
    return repr(verified.digest) + digest_message(verified.digest).text


async def test_private_feed_shows_in_no_other_rooms_story(store):
    public, private = await feed(store, "harbour"), await feed(store, "secret")
    await carries(
        store,
        public,
        url="https://h.example/1",
        title="Harbour of Lowmouth reopens after repairs",
        words="We sail at dawn",
        amount="5000",
    )
    await carries(
        store,
        private,
        url="https://secret.example/token",
        title="Confidential: harbour repairs were botched",
        words="We never checked the quay",
        amount="7000",
    )
    await store.save_stories([Story(tuple(await store.ungrouped(limit=9)))], now=NOON)

    mine, both = await told(store, public), await told(store, public, private)

    secrets = ("Secret", "secret.example", "Confidential", "never checked", "7000")
    assert [secret for secret in secrets if secret in mine] == []
    assert all(secret in both for secret in secrets)
    assert "We sail at dawn" in mine


async def test_article_that_a_private_feed_carried_first_has_not_its_name(store):
    private, public = await feed(store, "secret"), await feed(store, "harbour")
    for one in (private, public):
        await carries(
            store,
            one,
            url="https://h.example/1",
            title="Harbour of Lowmouth reopens after repairs",
            words="We sail at dawn",
            amount="5000",
        )
    await store.save_stories([Story(tuple(await store.ungrouped(limit=9)))], now=NOON)

    assert "Secret" not in await told(store, public)
    assert "Secret" in await told(store, private)


async def test_room_that_follows_nothing_is_told_nothing(store):
    private = await feed(store, "secret")
    await carries(
        store,
        private,
        url="https://h.example/1",
        title="Harbour of Lowmouth reopens after repairs",
        words="We sail at dawn",
        amount="5000",
    )
    await store.save_stories([Story(tuple(await store.ungrouped(limit=9)))], now=NOON)

    assert "Lowmouth" not in await told(store)
