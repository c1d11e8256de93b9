"""Lists of feeds come in and go out, within bounds."""

import pytest

from digests.errors import Unreadable
from digests.model import Document, Feed
from digests.sources.opml import DEEPEST, MOST_OUTLINES, Outline, read_opml, write_opml


def read(text):
    return read_opml(Document(url="", body=text.encode()))


def body(inner):
    return f"<opml version='2.0'><body>{inner}</body></opml>"


def test_what_is_written_can_be_read():
    feeds = [
        Feed(1, "https://example.org/a?x=1&y=2", 'Fish & "chips" <b>', topic="Sea"),
        Feed(2, "https://example.org/b", "Größe"),
    ]

    outlines = read(write_opml(feeds, title="Mine"))

    assert set(outlines) == {
        Outline("https://example.org/a?x=1&y=2", 'Fish & "chips"', "Sea"),
        Outline("https://example.org/b", "Größe", None),
    }


def test_feed_named_twice_is_one():
    assert len(read(body("<outline xmlUrl='https://e.org/a'/>" * 2))) == 1


def test_what_is_no_web_address_is_left_out():
    assert read(body("<outline xmlUrl='file:///etc/passwd'/><outline text='x'/>")) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "not_opml"),
        ("<html></html>", "not_opml"),
        ("<opml><head/></opml>", "not_opml"),
        ("<!DOCTYPE o [<!ENTITY a 'b'>]><opml><body/></opml>", "not_opml"),
        ("<!DOCTYPE o SYSTEM 'http://127.0.0.1/x'><opml><body/></opml>", "not_opml"),
        (body("<outline text='x'/>" * (MOST_OUTLINES + 1)), "too_many"),
        (body("<outline text='x'>" * (DEEPEST + 1) + "</outline>" * (DEEPEST + 1)), "too_deep"),
        (body("<outline>" * 50_000), "not_opml"),
    ],
)
def test_hostile_list_is_refused_with_its_reason(text, code):
    with pytest.raises(Unreadable) as caught:
        read(text)

    assert caught.value.code == code
