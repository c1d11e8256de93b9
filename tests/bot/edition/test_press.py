"""What an outlet wrote stands whole in its pages and in its feed."""

import json
from datetime import UTC, datetime, timedelta, timezone

import feedparser
import pytest
import trafilatura
from lxml import etree, html

from bot.edition import load
from bot.edition.model import FeedFormat

EDITION = load()
BASE = "http://127.0.0.1:8080"
NOW = datetime(2026, 3, 2, 8, 20, 31, tzinfo=UTC)
WORKING = [outlet for outlet in EDITION.outlets if outlet.fault is None]
BY_KEY = {outlet.key: outlet for outlet in EDITION.outlets}
SHEETS = {outlet.key: EDITION.printed(outlet.key, base=BASE, now=NOW) for outlet in EDITION.outlets}


def feed_of(outlet):
    return next(iter(SHEETS[outlet.key].values()))


def text_of(outlet, sheet):
    return sheet.body.decode(outlet.charset)


@pytest.mark.parametrize("piece", EDITION.pieces, ids=lambda piece: f"{piece.outlet}{piece.path}")
def test_a_reader_finds_the_whole_text_on_the_page(piece):
    outlet = BY_KEY[piece.outlet]

    extracted = trafilatura.extract(SHEETS[piece.outlet][piece.path].body, include_comments=False)

    missing = [paragraph for paragraph in piece.paragraphs if paragraph not in extracted]
    assert not missing
    assert len(extracted.split()) <= len(piece.text.split()) + 60, outlet.name


@pytest.mark.parametrize("outlet", WORKING, ids=lambda outlet: outlet.key)
def test_pages_are_whole_html_with_title_date_canonical_and_feed(outlet):
    for piece in EDITION.pieces_of(outlet.key):
        page = html.fromstring(SHEETS[outlet.key][piece.path].body)

        assert page.xpath("string(//h1)") == piece.title
        assert page.xpath("//link[@rel='canonical']/@href") == [BASE + piece.path]
        assert page.xpath("//link[@rel='alternate']/@href") == [BASE + next(iter(SHEETS[outlet.key]))]
        published = datetime(2026, 3, 2, 8, tzinfo=UTC) - timedelta(minutes=piece.minutes)
        assert f"{published:%d %B %Y, %H:%M}" in text_of(outlet, SHEETS[outlet.key][piece.path])


@pytest.mark.parametrize("outlet", WORKING, ids=lambda outlet: outlet.key)
def test_feeds_list_every_piece_with_link_and_time(outlet):
    if outlet.feed is FeedFormat.JSON:
        items = json.loads(feed_of(outlet).body)["items"]
        listed = [
            (item["title"], item["url"], datetime.fromisoformat(item["date_published"])) for item in items
        ]
    else:
        read = feedparser.parse(feed_of(outlet).body)
        assert not read.bozo
        listed = [
            (item.title, item.link, datetime(*item.published_parsed[:6], tzinfo=UTC)) for item in read.entries
        ]

    hour = datetime(2026, 3, 2, 8, tzinfo=UTC)
    assert [(title, EDITION.piece_at(url), at) for title, url, at in listed] == [
        (piece.title, piece, hour - timedelta(minutes=piece.minutes))
        for piece in EDITION.pieces_of(outlet.key)
    ]


@pytest.mark.parametrize(
    "outlet", [outlet for outlet in WORKING if outlet.full], ids=lambda outlet: outlet.key
)
def test_full_feeds_carry_the_whole_text(outlet):
    if outlet.feed is FeedFormat.JSON:
        bodies = [item["content_html"] for item in json.loads(feed_of(outlet).body)["items"]]
    else:
        bodies = [item.content[0].value for item in feedparser.parse(feed_of(outlet).body).entries]

    for piece, body in zip(EDITION.pieces_of(outlet.key), bodies, strict=True):
        paragraphs = [element.text_content() for element in html.fragments_fromstring(body)]
        assert tuple(paragraphs) == piece.paragraphs


def test_every_link_of_a_feed_is_served():
    for outlet in WORKING:
        for piece in EDITION.pieces_of(outlet.key):
            path = f"/amp{piece.path}" if outlet.amp else piece.path
            assert f"{BASE}{path}" in text_of(outlet, feed_of(outlet))
            assert path in SHEETS[outlet.key]


def test_front_pages_offer_their_feed():
    for outlet in WORKING:
        page = html.fromstring(SHEETS[outlet.key]["/"].body)

        assert page.xpath("//link[@rel='alternate']/@href") == [BASE + next(iter(SHEETS[outlet.key]))]


def test_light_pages_carry_the_text_and_name_the_full_page():
    for piece in EDITION.pieces_of("bell"):
        body = SHEETS["bell"][f"/amp{piece.path}"].body

        assert html.fromstring(body).xpath("//link[@rel='canonical']/@href") == [BASE + piece.path]
        assert not set(piece.paragraphs) - set(trafilatura.extract(body).splitlines())


def test_articles_as_json_ld_carry_their_text():
    piece = EDITION.pieces_of("sounding")[0]

    page = html.fromstring(SHEETS["sounding"][piece.path].body)
    article = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))

    assert article["articleBody"] == piece.text
    assert article["isAccessibleForFree"] is True


def test_the_regional_site_speaks_another_charset():
    feed = feed_of(BY_KEY["adria"])

    assert feed.media_type == "application/rss+xml; charset=windows-1252"
    assert b"windows-1252" in feed.body.splitlines()[0]


def test_the_cut_feed_is_no_xml():
    with pytest.raises(etree.XMLSyntaxError):
        etree.fromstring(feed_of(BY_KEY["lamplighter"]).body)


def test_the_same_moment_in_another_zone_gives_the_same_times():
    east = NOW.astimezone(timezone(timedelta(hours=2)))

    feed = feedparser.parse(next(iter(EDITION.printed("meridian", base=BASE, now=east).values())).body)

    assert [item.published_parsed for item in feed.entries] == [
        item.published_parsed for item in feedparser.parse(feed_of(BY_KEY["meridian"]).body).entries
    ]
