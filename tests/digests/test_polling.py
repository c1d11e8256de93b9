"""When a feed is asked next, and in which state it is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests import polling
from digests.errors import Busy, EmptyFeed, FetchFailed, Gone, NotAFeed, NotAllowed, Refused, TooHard
from digests.model import Document, Entry, Feed, FeedDocument, FeedState
from digests.sources import read_feed

NOW = datetime(2026, 6, 3, 12, tzinfo=UTC)
LEAST = timedelta(minutes=15)
FEED = Feed(1, "https://example.org/feed", "Courier")


def read_with(*hours, **fields):
    entries = tuple(
        Entry(None, f"https://e.org/{n}", "t", published=NOW - timedelta(hours=h))
        for n, h in enumerate(hours)
    )
    return FeedDocument("Courier", entries, **fields)


def after(read, feed=FEED, **fields):
    document = Document(feed.url, b"<rss>", **fields)
    return polling.after_reading(feed, document, read, hashed="f00", now=NOW, least=LEAST, jitter=0)


def failed(feed, *errors):
    for error in errors:
        feed = polling.after_failure(feed, error, now=NOW, least=LEAST, jitter=0)
    return feed


def wait(feed):
    return feed.next_poll_at - NOW


def test_feed_that_publishes_much_is_asked_often():
    assert wait(after(read_with(*[n / 10 for n in range(60)]))) == LEAST


def test_feed_that_publishes_little_is_asked_seldom():
    assert wait(after(read_with(400, 800, 1200))) == timedelta(days=1)


def test_feed_that_publishes_some_entries_a_week_is_asked_twice_for_each():
    assert wait(after(read_with(20, 60, 100, 130, 150, 160, 167, 400))) == timedelta(days=7) / 14


def test_feed_without_dates_is_asked_every_hour():
    undated = FeedDocument("Courier", (Entry(None, "https://e.org/1", "t"),))

    assert wait(after(undated)) == timedelta(hours=1)


@pytest.mark.parametrize(
    ("document", "read"), [({"max_age": 7200}, {}), ({}, {"every": 7200}), ({"max_age": 60}, {"every": 7200})]
)
def test_what_the_feed_asks_for_is_kept(document, read):
    assert wait(after(read_with(*[n / 10 for n in range(60)], **read), **document)) == timedelta(hours=2)


@given(
    st.integers(0, 10**12),
    st.integers(0, 10**12),
    st.floats(0, 1),
    st.lists(st.floats(-9999, 9999), max_size=9),
)
def test_next_visit_lies_between_the_least_and_a_day(every, max_age, jitter, hours):
    document = Document(FEED.url, b"", max_age=max_age)
    read = read_with(*hours, every=every)

    feed = polling.after_reading(FEED, document, read, hashed="f00", now=NOW, least=LEAST, jitter=jitter)

    assert LEAST <= wait(feed) <= timedelta(days=1.1)


def test_skipped_hours_are_slept_through():
    feed = after(read_with(*[n / 10 for n in range(60)], skip_hours=frozenset({12, 13, 14})))

    assert feed.next_poll_at == NOW.replace(hour=15)


@pytest.mark.parametrize("visit", ["unchanged", "failed"])
def test_hours_that_a_feed_skips_are_remembered(visit):
    known = after(read_with(1, skip_hours=frozenset({0, 12, 13, 14, 23})))

    if visit == "unchanged":
        feed = polling.after_unchanged(replace(known, poll_seconds=900), now=NOW, least=LEAST, jitter=0)
    else:
        feed = failed(replace(known, poll_seconds=900), FetchFailed("down"))

    assert feed.next_poll_at == NOW.replace(hour=15)


SYNDICATION = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'


@pytest.mark.parametrize(
    ("asked", "document", "hours"),
    [
        ("", {}, 0.25),
        ("<ttl>180</ttl>", {}, 3),
        ("<ttl>soon</ttl>", {}, 0.25),
        ("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>6</sy:updateFrequency>", {}, 4),
        ("<sy:updatePeriod>hourly</sy:updatePeriod><ttl>120</ttl>", {}, 2),
        ("<sy:updatePeriod>yearly</sy:updatePeriod>", {}, 24),
        ("<skipHours><hour>12</hour><hour>13</hour></skipHours>", {}, 2),
        ("", {"max_age": 5400}, 1.5),
        ("<ttl>60</ttl>", {"max_age": 5400}, 1.5),
    ],
)
def test_what_a_feed_says_of_its_rhythm_is_heard_from_its_bytes(asked, document, hours):
    items = "".join(
        f"<item><guid>g{n}</guid><link>https://e.org/{n}</link><title>Ferry {n}</title>"
        f"<pubDate>{(NOW - timedelta(minutes=6 * n)).isoformat()}</pubDate></item>"
        for n in range(60)
    )
    body = f"<rss version='2.0' {SYNDICATION}><channel><title>Courier</title>{asked}{items}</channel></rss>"

    feed = after(read_feed(Document(FEED.url, body.encode())), **document)

    assert wait(feed) == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("place", "named"),
    [
        ('<rss {}><channel><title>C</title><atom:link rel="hub" href="{}"/>{}</channel></rss>', "rss"),
        (
            '<feed xmlns="http://www.w3.org/2005/Atom"><link href="{1}" rel="hub"/>{2}</feed>',
            "atom",
        ),
        (
            '{{"version":"https://jsonfeed.org/version/1.1","hubs":[{{"url":"{1}"}}],"items":[{2}]}}',
            "json",
        ),
    ],
)
def test_feed_that_names_a_hub_is_asked_sooner(place, named):
    item = {
        "rss": "<item><link>https://e.org/1</link><title>Ferry</title></item>",
        "atom": '<entry><link href="https://e.org/1"/><title>Ferry</title></entry>',
        "json": '{"id":"1","url":"https://e.org/1","title":"Ferry"}',
    }[named]
    namespace = 'xmlns:atom="http://www.w3.org/2005/Atom"'
    read = read_feed(Document(FEED.url, place.format(namespace, "https://hub.example/", item).encode()))
    weekly = read_with(20, 60, 100, 130, 150, 160, 167, 400)

    assert read.hub == "https://hub.example/"
    assert wait(after(replace(weekly, hub=read.hub))) == wait(after(weekly)) * 2 / 3


def test_feed_that_skips_every_hour_is_asked_all_the_same():
    assert after(read_with(1, skip_hours=frozenset(range(24)))).next_poll_at is not None


def test_reading_ends_a_failure():
    feed = after(read_with(1), feed=failed(FEED, FetchFailed("")), etag='"1"')

    assert (feed.state, feed.failures, feed.failing_since, feed.etag) == (FeedState.OK, 0, None, '"1"')


def test_document_is_remembered_by_its_hash():
    assert after(read_with(1)).body_hash == "f00"


def test_unchanged_feed_keeps_its_rhythm():
    feed = replace(FEED, poll_seconds=5400)

    assert wait(polling.after_unchanged(feed, now=NOW, least=LEAST, jitter=0)) == timedelta(hours=1.5)


def test_move_is_believed_after_three_identical_answers():
    feed, urls = FEED, []
    for moved_to in (
        "https://new.example.org/f",
        "https://other.example.org/f",
        *["https://new.example.org/f"] * 3,
    ):
        feed = after(read_with(1), feed=feed, moved_to=moved_to)
        urls.append(feed.url)

    assert urls == [FEED.url] * 4 + ["https://new.example.org/f"]


def test_answer_without_a_move_begins_the_count_anew():
    feed = FEED
    for moved_to in ["https://new.example.org/f"] * 2 + [None] + ["https://new.example.org/f"] * 2:
        feed = after(read_with(1), feed=feed, moved_to=moved_to)

    assert feed.url == FEED.url


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (FetchFailed("", code="http_404"), FeedState.FAILING),
        (FetchFailed("", code="timeout"), FeedState.SLOW),
        (Refused("", code="challenge"), FeedState.REFUSED),
        (Busy("", retry_after=60), FeedState.SLOW),
        (Gone(""), FeedState.GONE),
        (NotAllowed(""), FeedState.FAILING),
        (NotAFeed(""), FeedState.FAILING),
        (TooHard(""), FeedState.SLOW),
        (EmptyFeed(""), FeedState.OK),
    ],
)
def test_failure_has_its_state(error, state):
    assert failed(FEED, error).state is state


def test_gone_feed_is_asked_no_more():
    assert failed(FEED, Gone("")).next_poll_at is None


def test_each_failure_in_a_row_doubles_the_wait_up_to_a_day():
    feed, waits = FEED, []
    for _ in range(9):
        feed = failed(feed, FetchFailed(""))
        waits.append(wait(feed))

    assert waits[:4] == [LEAST, LEAST * 2, LEAST * 4, LEAST * 8]
    assert waits[-1] == timedelta(days=1)
    assert (feed.failures, feed.failing_since) == (9, NOW)


def test_busy_host_gets_the_rest_that_it_asks_for():
    assert wait(failed(FEED, Busy("", retry_after=7200))) == timedelta(hours=2)


def test_three_parsers_kept_busy_rest_a_feed_for_a_day():
    feed = failed(FEED, *[TooHard("")] * 3)

    assert (feed.state, wait(feed)) == (FeedState.QUARANTINED, timedelta(days=1))


def test_slow_feed_fails_after_three_times():
    assert failed(FEED, *[FetchFailed("", code="timeout")] * 3).state is FeedState.FAILING


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (FetchFailed("", code="timeout"), True),
        (FetchFailed("", code="http_503"), True),
        (Busy("", retry_after=60), True),
        (FetchFailed("", code="http_404"), False),
        (FetchFailed("", code="too_large"), False),
        (Refused(""), False),
        (Gone(""), False),
        (NotAllowed(""), False),
        (TooHard(""), False),
    ],
)
def test_page_is_tried_again_only_where_that_may_help(error, expected):
    assert polling.may_recover(error) is expected
