"""An RSS, RDF or Atom document becomes entries: a fast parser first, a forgiving one in doubt."""

import html
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from xml.parsers import expat

import fastfeedparser
import feedparser

from digests.charset import REPLACEMENT, text_of
from digests.errors import NotAFeed
from digests.model import Document, Entry, FeedDocument
from digests.sources.contract import MOST_ENTRIES
from digests.sources.plain import author_of, content_of, date_of, language_of, link_of, summary_of, title_of

_HEAD = 4096
_ROOT = re.compile(r"<(?:[A-Za-z0-9_]+:)?(rss|feed|rdf|channel)\b", re.IGNORECASE)
_ITEM_START = re.compile(rb"<(?:[A-Za-z0-9_]+:)?(?:item|entry)\b", re.IGNORECASE)
_ILLEGAL = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20)])  # w3.org/TR/xml/#charsets
_DECLARATION = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<\?xml[^>]{0,400}\?>")
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([A-Za-z0-9._:-]{2,40})")
_NOT_XML = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});)(?:[A-Za-z][A-Za-z0-9]{1,31};)?"
    r"|&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bcefBCEF]|1[0-9A-Fa-f]));"  # control signs
)
_NO_YEAR = re.compile(  # "yesterday" would be reckoned from now, at each fetch anew
    rb"<(?:pubDate|published|updated|modified|issued|date|dc:date)\b[^<>]{0,200}>"
    rb"(?:<!\[CDATA\[)?(?![^<\]]{0,100}\d{4})[^<\]]{1,100}(?:\]\]>)?"
)
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
_LONG = 300_000  # bytes: shorter ones are no trouble, whatever they hold
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
        body = _NO_YEAR.sub(_start_tag, _without_middle(_in_utf8(document)))
        feed, items = _parsed(body, url=document.url)
        base = link_of(feed.get("link"), base=document.url) or document.url
        head = body[: _first_item(body)].decode("utf-8", "replace")
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


def _in_utf8(document: Document) -> bytes:
    """Return the document in UTF-8, without its XML declaration."""
    body, start = document.body, _DECLARATION.match(document.body)
    declared = start and _ENCODING.search(start.group())
    if not (_is_utf8(body) and (declared is None or declared.group(1).lower() == b"utf-8")):
        body = text_of(document).encode("utf-8", "replace")
        start = _DECLARATION.match(body)
    return body[start.end() :] if start else body


def _is_utf8(body: bytes) -> bool:
    """Return whether what XML would do by itself is right."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")):
        return False
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _without_middle(body: bytes) -> bytes:
    """Return a document of very many items with only its first and its last: one end holds the newest."""
    if len(body) < _LONG:
        return body
    starts = [match.start() for match in _ITEM_START.finditer(body)]
    if len(starts) <= _TOO_MANY:
        return body
    return body[: starts[MOST_ENTRIES]] + body[starts[-MOST_ENTRIES] :]


def _start_tag(dated: re.Match[bytes]) -> bytes:
    return dated.group().partition(b">")[0] + b">"


def _parsed(body: bytes, *, url: str) -> Parsed:
    """Return feed and items. On 200 real feeds the fast way erred in 2, and took a 142nd of the time."""
    if b"<!ENTITY" not in body:
        well_formed = _well_formed(body)
        parsed = _fast(well_formed) if well_formed is not None else None
        if parsed is not None:
            return parsed
    return _forgiving(body.translate(None, _ILLEGAL), url=url)


def _well_formed(body: bytes) -> bytes | None:
    """Return `body`, mended if that is easy, or None: the fast parser would lose entities without a word."""
    if b"<!DOCTYPE" not in body[:_HEAD] and _is_well_formed(body):
        return body
    mended = _with_known_entities(body.decode("utf-8", "replace")).encode("utf-8").translate(None, _ILLEGAL)
    return mended if _is_well_formed(mended) else None


def _is_well_formed(body: bytes) -> bool:
    try:
        expat.ParserCreate().Parse(body, True)
    except expat.ExpatError:
        return False
    return True


def _fast(body: bytes) -> Parsed | None:
    """Return what the fast parser reads, or None where it may have read wrongly."""
    try:
        parsed = fastfeedparser.parse(body, include_tags=False, include_media=False, include_enclosures=False)
    except Exception:  # it raises whatever its parts raise, on documents that the other can still read
        return None
    items = parsed.entries
    return (parsed.feed, items) if _is_sound(items) else None


def _is_sound(items: Sequence[Mapping[str, Any]]) -> bool:
    titles = "".join(item.get("title") or "" for item in items)
    linked = sum(1 for item in items if item.get("link") or str(item.get("id")).startswith("http"))
    return bool(items) and REPLACEMENT not in titles and 2 * linked >= len(items)


def _forgiving(body: bytes, *, url: str) -> Parsed:
    parsed = feedparser.parse(
        io.BytesIO(body),  # never a str or a URL: it would be fetched
        response_headers={"content-type": "application/xml; charset=utf-8", "content-location": url},
        sanitize_html=False,
        resolve_relative_uris=False,
    )
    if not parsed.entries and not parsed.version:
        raise NotAFeed("this is no feed")
    return parsed.feed, parsed.entries


def _with_known_entities(text: str) -> str:
    """Return `text` with HTML's entities as signs: the fast parser cuts a title where it meets one."""
    if not _NOT_XML.search(text):
        return text
    pieces, at = [], 0
    while (start := text.find("<![CDATA[", at)) >= 0:
        end = text.find("]]>", start)
        if end < 0:
            break
        pieces += [_NOT_XML.sub(_sign, text[at:start]), text[start : end + 3]]
        at = end + 3
    return "".join([*pieces, _NOT_XML.sub(_sign, text[at:])])


def _sign(entity: re.Match[str]) -> str:
    """Return HTML's entity as its sign, and as the text that it is where HTML has none of the name."""
    if entity.group().startswith("&#"):
        return " "
    return html.escape(html.unescape(entity.group()), quote=False)


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
                content=content_of(_content(item), item.get("description"), item.get("summary")),
            )


def _published(item: Mapping[str, Any]) -> datetime | None:
    for name in ("published", "updated"):
        date = date_of(item.get(name)) or _date_parsed(item.get(f"{name}_parsed"))
        if date:
            return date
    return None


def _date_parsed(parsed: Any) -> datetime | None:
    """Return the date of feedparser's time tuple, which is in UTC and may have a leap second."""
    try:
        year, month, day, hour, minute, second = parsed[:6]
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=UTC)
    except (TypeError, ValueError):
        return None


def _content(item: Mapping[str, Any]) -> str:
    contents = [str(content.get("value") or "") for content in item.get("content") or ()]
    return max(contents, key=len, default="")


def _first_item(body: bytes) -> int:
    found = _ITEM_START.search(body)
    return min(found.start() if found else len(body), 20_000)


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
