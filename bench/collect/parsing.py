"""Feeds become the speed of reading them, and how well two parsers agree, beside feedparser alone."""

import gc
import io
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import feedparser

from bench.collect.table import Line
from bench.fault_documents import feed_document
from digests.errors import DigestsError
from digests.model import Document
from digests.sources import read_feed
from digests.sources.plain import link_of, title_of

_URL = "https://feeds.example.org/feed"
_ROUNDS = 3
_SAMPLES = Path("tests/samples/feeds")


def measure(data: Path | None) -> Iterable[Line]:
    """Yield speed on generated and on real feeds (without `data`: on the repo's samples), and agreement."""
    gc.freeze()  # as in the sandbox: the libraries are no garbage to look through
    generated = [_with_full_text(feed_document(number, entries=50)) for number in range(10)]
    yield _speed("generated, 50 entries", generated, target=25)
    real = _real(data)
    yield _speed(f"{len(real)} real feeds" if data else "the repo's samples", real, target=12)
    yield _agreement(real)


def _with_full_text(feed: bytes) -> bytes:
    """Return a feed whose entries carry their articles, as most that are read for long do."""
    paragraphs = "<p>The council met again and agreed on what it had agreed on before.</p>" * 30
    content = f"<content:encoded><![CDATA[{paragraphs}]]></content:encoded></item>".encode()
    namespace = b'<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" '
    return feed.replace(b"<rss ", namespace).replace(b"</item>", content)


def _real(data: Path | None) -> list[bytes]:
    if data:
        return [path.read_bytes() for path in sorted((data / "feeds").glob("*.feed"))]
    return [path.read_bytes() for path in sorted(_SAMPLES.glob("*.xml"))]


def _speed(name: str, feeds: Sequence[bytes], *, target: float) -> Line:
    ours, theirs = _seconds(_ours, feeds), _seconds(_theirs, feeds)
    per_second = len(feeds) / ours
    value = f"{theirs / ours:.1f} times ({per_second:.0f} feeds/s)"
    return Line(
        f"read {name}, against feedparser alone", value, f">= {target} times", theirs >= target * ours
    )


def _seconds(read: Callable[[bytes], object], feeds: Sequence[bytes]) -> float:
    """Return the least CPU seconds of some rounds over all feeds."""
    read(feeds[0])
    return min(_round(read, feeds) for _ in range(_ROUNDS))


def _round(read: Callable[[bytes], object], feeds: Sequence[bytes]) -> float:
    began = time.process_time()
    for feed in feeds:
        read(feed)
    return time.process_time() - began


def _agreement(feeds: Sequence[bytes]) -> Line:
    pairs = [(_ours(feed), _theirs(feed)) for feed in feeds]
    total = sum(len(theirs) for _, theirs in pairs)
    same = sum((Counter(ours) & Counter(theirs)).total() for ours, theirs in pairs)
    files = sum(Counter(ours) == Counter(theirs) for ours, theirs in pairs)
    value = f"{same / total:.1%} of {total}; {files} of {len(feeds)} files"
    return Line("the same entries, titles and links", value, ">= 98 %", same >= 0.98 * total)


def _ours(body: bytes) -> list[tuple[str, str | None]]:
    try:
        feed = read_feed(Document(url=_URL, body=body))
    except DigestsError:
        return []
    return [(entry.title, entry.url) for entry in feed.entries]


def _theirs(body: bytes) -> list[tuple[str, str | None]]:
    parsed = feedparser.parse(io.BytesIO(body), response_headers={"content-location": _URL})
    return [(title_of(item.get("title")), link_of(item.get("link"), base=_URL)) for item in parsed.entries]
