"""An entry is recognised when a feed shows it again in another form, and not mistaken for another."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.collect import identity
from digests.identity import canonical_url, is_open, keys_of, published_at, shown_url, unseen
from digests.model import Entry

NOW = datetime(2026, 6, 3, 12, tzinfo=UTC)
SUMMARY = (
    "The ferry will not sail before Wednesday because of the storm, the harbour master said on Monday. "
    "Those who have booked get their money back, or may travel on any other day of the month."
)


def entry(
    guid="harbour-1001", url="https://example.org/a", title="Ferry cancelled until Wednesday", **fields
):
    given = {"published": NOW, "summary": SUMMARY} | fields
    return Entry(guid=guid, url=url, title=title, **given)


def seen_again(first, second):
    known = {key for keys in keys_of([first]) for key in keys}
    return not unseen([second], known)


@pytest.mark.parametrize(
    "changed",
    [
        {"guid": "harbour-2002"},
        {"guid": None},
        {"guid": "harbour-2002", "title": "Ferry cancelled for days", "summary": "Another."},
        {"url": "http://www.example.org/a/?utm_source=rss&utm_medium=x"},
        {"url": "https://example.org/a#comments", "guid": None},
        {"url": "https://example.org/a;jsessionid=AB12", "guid": None, "title": "Other", "summary": ""},
        {"url": "https://example.org/b", "title": "Ferry cancelled for days"},
        {"url": "https://moved.example.net/x", "guid": "7f3"},
        {"published": NOW + timedelta(hours=3)},
    ],
)
def test_entry_in_another_form_is_recognised(changed):
    assert seen_again(entry(), entry(**changed))


@pytest.mark.parametrize(
    "other",
    [
        {
            "guid": "harbour-1002",
            "url": "https://example.org/b",
            "title": "Bridge reopened after repairs today",
        },
        {
            "guid": "harbour-1002",
            "url": "https://example.org/?p=2",
            "summary": "Bridge news of quite another day.",
        },
        {"guid": "1", "url": "https://example.org/b", "title": "Bridge reopened", "summary": "x"},
    ],
)
def test_other_entry_is_not_mistaken(other):
    assert not seen_again(entry(), entry(**other))


@pytest.mark.parametrize("summary", ["", SUMMARY])
@pytest.mark.parametrize("dated", [True, False])
def test_rubric_of_every_day_is_new_every_day(summary, dated):
    issues = [
        entry(f"a-10000{n}", f"https://example.org/{n}", "Morning briefing", summary=summary, published=day)
        for n, day in enumerate([NOW + timedelta(days=n) if dated else None for n in range(4)])
    ]
    known = {key for keys in keys_of(issues[:3]) for key in keys}

    assert unseen(issues[1:], known) == (issues[3],)


def test_same_words_are_recognised_where_guids_and_links_change_at_each_fetch():
    def fetched(token):
        return [entry(f"{token}{n}", f"https://example.org/?t={token}{n}", f"Story {n}") for n in range(4)]

    known = {key for keys in keys_of(fetched("a7f3b1c9")) for key in keys}

    assert not unseen(fetched("99d2e4a0"), known)


def test_scripted_feeds_are_never_shown_twice_and_never_lost():
    result = identity.measure()

    assert (result.feeds, result.repeated, result.lost) == (50, 0, 0)


def test_place_in_the_list_is_no_identity():
    first = entry("1", "https://example.org/1", "Ferry cancelled", summary="")
    second = entry("1", "https://example.org/2", "Bridge open", summary="", published=NOW + timedelta(1))

    assert not seen_again(first, second)


def test_guid_that_all_share_is_no_identity():
    shared = [
        entry("https://example.org/feed", f"https://example.org/{n}", f"Story {n}", summary="")
        for n in range(5)
    ]

    assert len(unseen(shared, set())) == 5
    assert not unseen(shared, {key for keys in keys_of(shared) for key in keys})


def test_link_to_the_front_page_is_no_identity():
    all_there = [entry(f"note-10{n}", "https://example.org/", f"Note {n}", summary="") for n in range(5)]

    assert len(unseen(all_there, set())) == 5


def test_entry_listed_twice_is_one():
    assert len(unseen([entry(), entry(guid="other-9")], set())) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "http://EXAMPLE.org:80/a/"),
        ("https://example.org/a?b=1&a=2", "https://www.example.org/a?a=2&b=1&fbclid=xyz"),
        ("https://example.org/%7Ehome/x", "https://example.org/~home/x"),
        ("https://example.org/news/index.html", "https://example.org/news/"),
        ("https://m.example.org/a/amp", "https://example.org/a"),
    ],
)
def test_same_page_has_one_canonical_url(one, other):
    assert canonical_url(one) == canonical_url(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/?p=1", "https://example.org/?p=2"),
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/A", "https://example.org/a"),
        ("https://example.org:8080/a", "https://example.org/a"),
        ("https://news.example.org/a", "https://example.org/a"),
        ("https://example.org/live#post-12", "https://example.org/live#post-13"),
        ("https://example.org/story?id=1", "https://example.org/story?id=2"),
    ],
)
def test_other_page_has_another_canonical_url(one, other):
    assert canonical_url(one) != canonical_url(other)


@given(st.text(max_size=30), st.text(max_size=30))
def test_canonical_url_is_its_own(path, query):
    once = canonical_url(f"https://example.org/{path}?{query}")

    assert canonical_url(f"https://{once}") == once


@given(st.text(max_size=40))
def test_guid_and_link_may_be_any_text(text):
    anything = [entry(guid=f"http://{text}", url=f"https://{text}", title=text)]

    assert keys_of(anything)[0]


@pytest.mark.parametrize("url", ["http://[bad", "http://example.org:99999/a", "//", ""])
def test_address_that_cannot_be_read_stands_for_itself(url):
    assert canonical_url(url) == url.removeprefix("//")
    assert shown_url(url) in (url, "")


def test_readers_get_the_address_without_what_tracks_them():
    assert shown_url("https://example.org/a?id=7&utm_source=rss#ref") == "https://example.org/a?id=7"


@pytest.mark.parametrize(
    ("published", "expected"),
    [
        (None, NOW),
        (datetime(1970, 1, 1, tzinfo=UTC), NOW),
        (datetime(2099, 1, 1, tzinfo=UTC), NOW),
        (NOW + timedelta(minutes=5), NOW + timedelta(minutes=5)),
        (NOW - timedelta(days=3), NOW - timedelta(days=3)),
    ],
)
def test_date_that_cannot_be_true_is_when_it_was_first_seen(published, expected):
    assert published_at(published, first_seen=NOW) == expected


@pytest.mark.parametrize(
    ("fetched", "is_for_all"),
    [
        ("https://harbour.example/news/ferry?utm_source=rss", True),
        ("http://www.harbour.example/news/ferry/", True),
        ("https://harbour.example/news/ferry?token=4f1c", False),
        ("https://harbour.example/news/ferry?sid=4f1c", False),
        ("https://harbour.example/for/4f1c/news/ferry", False),
        ("https://ida:4f1c@harbour.example/news/ferry", False),
        ("https://[", False),
    ],
)
def test_page_is_open_where_its_address_holds_no_key(fetched, is_for_all):
    assert is_open(fetched, shown="https://harbour.example/news/ferry") is is_for_all
