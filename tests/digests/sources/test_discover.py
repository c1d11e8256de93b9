"""A page leads to its feeds."""

import pytest

from digests.errors import NotAFeed
from digests.model import Document
from digests.sources import read_feed
from digests.sources.discover import candidates

PAGE = """<!doctype html><html><head><base href="https://cdn.example.org/site/">
<link rel="stylesheet" href="/a.css">
<link rel='alternate' type='application/rss+xml' title='News' href='feed.xml'>
<link rel="alternate" type="application/feed+json" href="https://example.org/feed.json">
<link rel="alternate" hreflang="de" href="/de"></head><body>%s</body></html>"""


def feeds(page, url="https://example.org/news"):
    with pytest.raises(NotAFeed) as caught:
        read_feed(Document(url=url, body=page.encode(), media_type="text/html"))
    return caught.value.feeds


def test_declared_feeds_are_named_with_their_base():
    assert feeds(PAGE % "") == ("https://cdn.example.org/site/feed.xml", "https://example.org/feed.json")


def test_page_that_speaks_of_rss_at_its_top_still_names_its_feeds():
    assert feeds("<!-- <rss> --><channel>" + PAGE % "")[0] == "https://cdn.example.org/site/feed.xml"


def test_links_that_look_like_feeds_are_named_where_none_is_declared():
    page = '<a href="/about">About</a> <a href="/rss/world">RSS</a> <a href="/feedback">Say it</a>'

    assert feeds(page) == ("https://example.org/rss/world",)


@pytest.mark.parametrize("page", ["", "plain words", "<html>", "<link " * 5_000, "<a href=feed" * 5_000])
def test_page_without_feeds_names_none(page):
    assert feeds(page) == ()


@pytest.mark.parametrize(
    ("url", "feed"),
    [
        (
            "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv/videos",
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv",
        ),
        (
            "https://youtube.com/playlist?list=PL0123456789ab",
            "https://www.youtube.com/feeds/videos.xml?playlist_id=PL0123456789ab",
        ),
        ("https://old.reddit.com/r/worldnews/", "https://www.reddit.com/r/worldnews/.rss"),
        ("https://harbour.substack.com/p/ferry", "https://harbour.substack.com/feed"),
        ("https://medium.com/@harbour/ferry-1", "https://medium.com/feed/@harbour"),
        ("https://harbour.medium.com/ferry-1", "https://harbour.medium.com/feed"),
        ("https://social.example.org/@harbour", "https://social.example.org/@harbour.rss"),
    ],
)
def test_known_site_has_its_form(url, feed):
    assert candidates(url) == (feed,)


def test_other_sites_are_tried_at_the_usual_places():
    assert candidates("https://example.org/news")[:4] == (
        "https://example.org/news/feed",
        "https://example.org/news/rss",
        "https://example.org/feed",
        "https://example.org/rss",
    )
