"""The fast way is taken only where it reads what the forgiving one would."""

import pytest

from bench.fault_documents import DOCUMENTS, TEXT, encoded_feed, feed_document
from digests.errors import DigestsError
from digests.model import Document
from digests.sources import read_feed
from digests.sources.contract import MOST_ENTRIES


def feed(body, **fields):
    return read_feed(Document(url="https://feeds.example.org/feed", body=body, **fields))


def rss(items):
    return f"<rss version='2.0'><channel><title>T</title>{items}</channel></rss>".encode()


def item(number, inner=""):
    return f"<item><title>Story {number}</title><link>https://example.org/{number}</link>{inner}</item>"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_title_is_right_in_any_declared_charset(charset):
    body = encoded_feed(charset, declared=charset.removesuffix("-sig"))

    assert feed(body).entries[0].title == TEXT


@pytest.mark.parametrize("said", ["iso-8859-1", "windows-1252", "us-ascii", None, "no-such-charset"])
@pytest.mark.parametrize("declared", ["utf-8", "ISO-8859-1", None])
def test_utf8_is_read_as_such_whatever_it_is_said_to_be(said, declared):
    assert feed(encoded_feed("utf-8", declared=declared), charset=said).entries[0].title == TEXT


def test_charset_of_the_header_is_believed_where_it_fits():
    assert feed(encoded_feed("cp1252"), charset="windows-1252").entries[0].title == TEXT


def test_utf16_without_a_mark_is_seen():
    body = encoded_feed("utf-16-le", declared="utf-16")

    assert feed(body).entries[0].title == TEXT


def test_entities_survive_an_error_before_them():
    body = rss(item(1, "<description>&#x0;</description>") + item("2 &amp; 3"))

    assert [entry.title for entry in feed(body).entries] == ["Story 1", "Story 2 & 3"]


@pytest.mark.parametrize("entity", ["&nbsp;", "&copy;", "&colon;", "& ", "&unknown;", "&hellip;"])
def test_undeclared_entity_cuts_no_title(entity):
    title = (
        feed(rss(f"<item><title>Before {entity} after</title><link>https://e.org/1</link></item>"))
        .entries[0]
        .title
    )

    assert title.startswith("Before ")
    assert title.endswith(" after")


@pytest.mark.parametrize("date", ["yesterday", "Monday", "10:30", "last week", "05 Jun"])
def test_date_without_a_year_is_none(date):
    assert feed(rss(item(1, f"<pubDate>{date}</pubDate>"))).entries[0].published is None


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("Fri, 05 Jun 2026 10:20:30", "2026-06-05T10:20:30+00:00"),
        ("Fri, 05 Jun 2026 10:20:30 EST", "2026-06-05T15:20:30+00:00"),
        ("2026-06-05T10:20:30+02:00", "2026-06-05T08:20:30+00:00"),
        ("2026-06-05", "2026-06-05T00:00:00+00:00"),
        ("Wed, 31 Dec 2025 23:59:60 GMT", None),
    ],
)
def test_date_is_in_utc(date, expected):
    published = feed(rss(item(1, f"<pubDate>{date}</pubDate>"))).entries[0].published

    assert (published and published.isoformat()) == expected


def test_newest_entries_of_a_very_long_feed_are_kept_at_either_end():
    dated = [
        item(n, f"<pubDate>2026-06-01T00:{n // 60 % 60:02}:{n % 60:02}Z</pubDate>{'x' * 80}")
        for n in range(3000)
    ]

    for listed in (dated, dated[::-1]):
        entries = feed(rss("".join(listed))).entries
        assert len(entries) == MOST_ENTRIES
        assert entries[0].title == "Story 2999"


def test_middle_of_a_feed_of_a_hundred_thousand_items_is_left_out():
    assert len(feed(DOCUMENTS["items"].body()).entries) == MOST_ENTRIES


def test_no_file_is_read_for_an_outside_entity():
    try:
        read = feed(DOCUMENTS["outside"].body())
    except DigestsError:
        return

    assert "root:" not in repr(read)


def test_link_is_absolute_and_of_the_web():
    body = rss(
        "<link>https://example.org/news/</link>"
        "<item><title>a</title><link>story 1</link></item>"
        "<item><title>b</title><link>javascript:alert(1)</link></item>"
        "<item><title>c</title><link>javascript:alert(1)</link><guid>https://example.org/c</guid></item>"
    )

    assert {entry.url for entry in feed(body).entries} == {
        "https://example.org/news/story%201",
        "https://example.org/c",
    }


def test_next_edition_of_a_feed_has_one_entry_more():
    first, second = (feed(feed_document(1, edition=edition)).entries for edition in (0, 1))

    assert len({entry.guid for entry in second} - {entry.guid for entry in first}) == 1
