"""An RSS, RDF or Atom document becomes entries: a fast parser first, a forgiving one in doubt."""

import html
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import fastfeedparser
import feedparser

from digests.charset import REPLACEMENT, text_of
from digests.errors import NotAFeed
from digests.model import Document, Entry, FeedDocument
from digests.sources.contract import MOST_ENTRIES
from digests.sources.plain import author_of, date_of, language_of, link_of, summary_of, title_of

_HEAD = 4096
_ROOT = re.compile(r"<(?:[A-Za-z0-9_]+:)?(rss|feed|rdf|channel)\b", re.IGNORECASE)
_ITEM_START = re.compile(r"<(?:[A-Za-z0-9_]+:)?(?:item|entry)\b", re.IGNORECASE)
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # w3.org/TR/xml/#charsets
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,400}\?>")
_ENTITY = re.compile(r"&(?:([A-Za-z][A-Za-z0-9]{1,31});|(?!#\d|#[xX]))")
_XML_ENTITIES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_FEED_INFO = {  # of the head, before the first item; fastfeedparser does not read these
    name: re.compile(rf"<{tag}\b[^>]*>\s*(?:<!\[CDATA\[)?\s*([^<\]]{{1,60}})", re.IGNORECASE)
    for name, tag in {
        "language": "(?:dc:)?language",
        "ttl": "ttl",
        "period": "sy:updatePeriod",
        "frequency": "sy:updateFrequency",
    }.items()
}
_XML_LANG = re.compile(r"<(?:feed|rss)\b[^>]*\bxml:lang\s*=\s*[\"']([A-Za-z-]{2,12})", re.IGNORECASE)
_SKIP_HOURS = re.compile(r"<skipHours>(.{0,2000}?)</skipHours>", re.IGNORECASE | re.DOTALL)
_HOUR = re.compile(r"<hour>\s*(\d{1,2})\s*</hour>", re.IGNORECASE)
_LINK_TAG = re.compile(r"<(?:atom:|atom10:)?link\b[^>]{0,1000}>", re.IGNORECASE)
_HUB = re.compile(r"\brel\s*=\s*[\"']hub[\"']", re.IGNORECASE)
_HREF = re.compile(r"\bhref\s*=\s*[\"']([^\"'<>\s]{1,500})", re.IGNORECASE)
_PERIODS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800, "monthly": 2_592_000, "yearly": 31_536_000}
_TOO_MANY = 4 * MOST_ENTRIES  # items in a document before its middle is cut out unread

Parsed = tuple[Mapping[str, Any], Sequence[Mapping[str, Any]]]


class Rss:
    """See `Source`."""

    name = "rss"

    def recognises(self, document: Document) -> bool:
        """See `Source`."""
        return bool(_ROOT.search(_head(document)))

    def read(self, document: Document) -> FeedDocument:
        """See `Source`."""
        text = _without_middle(_ILLEGAL.sub("", text_of(document)))
        feed, items = _parsed(text, url=document.url)
        base = link_of(feed.get("link"), base=document.url) or document.url
        head = text[: _first_item(text)]
        return FeedDocument(
            title=title_of(feed.get("title")),
            entries=tuple(_entries(items, base=base)),
            language=_language(head) or language_of(feed.get("language")),
            site_url=link_of(feed.get("link"), base=document.url),
            every=_every(head),
            skip_hours=_skip_hours(head),
            hub=_hub(head),
        )


def _head(document: Document) -> str:
    return document.body[:_HEAD].replace(b"\0", b"").decode("latin-1")


def _without_middle(text: str) -> str:
    """Return a document of very many items with only its first and its last: one end holds the newest."""
    starts = [match.start() for match in _ITEM_START.finditer(text)]
    if len(starts) <= _TOO_MANY:
        return text
    return text[: starts[MOST_ENTRIES]] + text[starts[-MOST_ENTRIES] :]


def _parsed(text: str, *, url: str) -> Parsed:
    """Return feed and items. On 200 real feeds the fast way erred in 2, and took a 142nd of the time."""
    if "<!ENTITY" not in text:
        parsed = _fast(_with_known_entities(text))
        if parsed is not None:
            return parsed
    return _forgiving(text, url=url)


def _fast(text: str) -> Parsed | None:
    """Return what the fast parser reads, or None where it may have read wrongly."""
    try:
        parsed = fastfeedparser.parse(
            _bytes(text), include_tags=False, include_media=False, include_enclosures=False
        )
    except Exception:  # it raises whatever its parts raise, on documents that the other can still read
        return None
    items = parsed.entries
    return (parsed.feed, items) if _is_sound(items) else None


def _is_sound(items: Sequence[Mapping[str, Any]]) -> bool:
    titles = "".join(item.get("title") or "" for item in items)
    linked = sum(1 for item in items if item.get("link"))
    return bool(items) and REPLACEMENT not in titles and 2 * linked >= len(items)


def _forgiving(text: str, *, url: str) -> Parsed:
    stream = io.BytesIO(_bytes(text))  # never a str or URL: it would be fetched
    parsed = feedparser.parse(
        stream,
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.entries and not parsed.version:
        raise NotAFeed("this is no feed")
    return parsed.feed, parsed.entries


def _bytes(text: str) -> bytes:
    return _DECLARATION.sub("", text, count=1).strip().encode("utf-8", "replace")


def _with_known_entities(text: str) -> str:
    """Return `text` with HTML's entities as signs: the fast parser cuts a title where it meets one."""
    if not _ENTITY.search(text):
        return text
    pieces, at = [], 0
    while (start := text.find("<![CDATA[", at)) >= 0:
        end = text.find("]]>", start)
        if end < 0:
            break
        pieces += [_ENTITY.sub(_sign, text[at:start]), text[start : end + 3]]
        at = end + 3
    return "".join([*pieces, _ENTITY.sub(_sign, text[at:])])


def _sign(entity: re.Match[str]) -> str:
    name = entity.group(1)
    if name is None:
        return "&amp;" + entity.group()[1:]
    if name in _XML_ENTITIES:
        return entity.group()
    return html.escape(html.unescape(entity.group()))


def _entries(items: Iterable[Mapping[str, Any]], *, base: str) -> Iterable[Entry]:
    for item in items:
        guid = str(item.get("id") or "").strip() or None
        url = link_of(item.get("link"), base=base) or link_of(guid, base="")
        if url:
            yield Entry(
                guid=guid and guid[:2048],
                url=url,
                title=title_of(item.get("title")),
                published=_published(item),
                summary=summary_of(item.get("description") or item.get("summary") or _content(item)),
                author=author_of(item.get("author")),
            )


def _published(item: Mapping[str, Any]) -> Any:
    return _date(item, "published") or _date(item, "updated")


def _date(item: Mapping[str, Any], name: str) -> Any:
    parsed = item.get(f"{name}_parsed")  # feedparser's: a time tuple in UTC
    if parsed:
        year, month, day, hour, minute, second = parsed[:6]
        return date_of(f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{min(second, 59):02}+00:00")
    return date_of(item.get(name))


def _content(item: Mapping[str, Any]) -> str:
    contents = item.get("content") or [{}]
    return str(contents[0].get("value") or "")


def _first_item(text: str) -> int:
    found = _ITEM_START.search(text)
    return min(found.start() if found else len(text), 20_000)


def _told(head: str, name: str) -> str:
    found = _FEED_INFO[name].search(head)
    return found.group(1).strip() if found else ""


def _language(head: str) -> str | None:
    of_root = _XML_LANG.search(head)
    return language_of(_told(head, "language")) or (language_of(of_root.group(1)) if of_root else None)


def _every(head: str) -> int | None:
    """Return the longer of what `ttl` (minutes) and `sy:` say, in seconds."""
    ttl = _told(head, "ttl")
    told = [int(ttl) * 60] if ttl.isdecimal() else []
    period = _PERIODS.get(_told(head, "period").lower())
    if period:
        frequency = _told(head, "frequency")
        told.append(period // max(1, int(frequency) if frequency.isdecimal() else 1))
    return max(told, default=None)


def _skip_hours(head: str) -> frozenset[int]:
    found = _SKIP_HOURS.search(head)
    hours = (int(hour) for hour in _HOUR.findall(found.group(1))) if found else ()
    return frozenset(hour % 24 for hour in hours)


def _hub(head: str) -> str | None:
    for tag in _LINK_TAG.findall(head):
        href = _HREF.search(tag)
        if href and _HUB.search(tag):
            return link_of(href.group(1), base="")
    return None
