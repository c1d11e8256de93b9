"""What holds for each source on the shelf: its golden samples, and that no bytes get the better of it."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digests.errors import DigestsError
from digests.model import Document
from digests.sources import SOURCES, read_feed
from digests.sources.contract import MOST_ENTRIES

SAMPLES = sorted(
    path for path in Path("tests/samples/feeds").iterdir() if not path.name.endswith(".expected.json")
)
MARKS = [
    b"<rss><channel>",
    b"<feed>",
    b"<rdf:RDF>",
    b"<urlset>",
    b'{"items": [',
    b"<item>",
    b"<entry>",
    b"&nbsp;",
]
PIECES = st.one_of(
    st.sampled_from(MARKS),
    st.binary(max_size=20),
    st.text(max_size=20).map(lambda t: t.encode("utf-8", "replace")),
)


def document(body):
    return Document(url="https://feeds.example.org/feed", body=body)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_sample_is_read_as_expected(path):
    expected = json.loads(path.with_name(f"{path.name}.expected.json").read_text())

    feed = asdict(read_feed(document(path.read_bytes())))

    feed["skip_hours"] = sorted(feed["skip_hours"])
    for entry in feed["entries"]:
        entry["published"] = entry["published"] and entry["published"].isoformat()
    assert json.loads(json.dumps(feed)) == expected


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.name)
def test_source_has_a_sample(source):
    assert any(source.recognises(document(path.read_bytes())) for path in SAMPLES)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_one_source_is_chosen(path):
    chosen = [source for source in SOURCES if source.recognises(document(path.read_bytes()))]

    assert len(chosen) == 1


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, max_size=12).map(b"".join))
def test_any_bytes_are_a_feed_or_say_why_not(body):
    try:
        feed = read_feed(document(body))
    except DigestsError:
        return

    assert 0 < len(feed.entries) <= MOST_ENTRIES
    for entry in feed.entries:
        assert entry.url.startswith(("http://", "https://"))
        assert entry.published is None or entry.published.utcoffset().total_seconds() == 0
        f"{feed.title}{entry.title}{entry.summary}{entry.guid}{entry.author}".encode()
        assert "\0" not in f"{feed.title}{entry.title}{entry.summary}{entry.guid}{entry.author}"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SAMPLES), st.data())
def test_cut_sample_is_a_feed_or_says_why_not(path, data):
    body = path.read_bytes()
    cut = data.draw(st.integers(0, len(body)))

    try:
        feed = read_feed(document(body[:cut]))
    except DigestsError:
        return

    assert feed.entries
