"""What feeds put into titles, summaries, links and dates becomes plain values."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

from digests.charset import clean
from digests.model import Entry
from digests.sources.contract import MOST_ENTRIES

LONGEST_TITLE = 1_000  # signs
LONGEST_SUMMARY = 1_000
LONGEST_CONTENT = 150_000  # of the markup of an entry's full text
_ALL_CONTENTS = 600_000  # of a document's; those of the newest stay
_LONGEST_MARKUP = 4_000  # of a summary: what lies beyond is not looked at
_LONGEST_URL = 2_048

# Only what HTML knows: a title may well say "a < b".
_WITHIN_WORDS = re.compile(
    r"</?(?:a|abbr|b|cite|code|em|font|i|mark|q|s|small|span|strong|sub|sup|tt|u|wbr)\b[^<>]{0,4000}>", re.I
)
_BETWEEN_WORDS = re.compile(
    r"</?(?:article|aside|blockquote|br|center|dd|del|div|dl|dt|embed|figcaption|figure|footer|h[1-6]|header|hr|"
    r"iframe|img|ins|li|nobr|ol|p|picture|pre|section|source|strike|table|tbody|td|th|thead|time|tr|ul|video)\b"
    r"[^<>]{0,4000}>",
    re.I,
)
_UNSEEN = re.compile(r"<!--.{0,20000}?-->|<(script|style)\b.{0,20000}?</\1\s*>", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"&(?:[A-Za-z][A-Za-z0-9]{1,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")
_BREAK = re.compile(r"[\t\r\n]")  # url.spec.whatwg.org/#concept-basic-url-parser
# What needs no closer look.
_PLAIN_URL = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d{1,5})?(?:[/?#][!-%'-~]{0,1000})?")


def plain(markup: str) -> str:
    """Return the text of a piece of HTML, or of a plain text that may look like it, on one line."""
    text = _untagged(markup) if "<" in markup else markup
    for _ in range(2):  # escaped once by the feed, and once more by what wrote it
        if "&" not in text or not _ENTITY.search(text):
            break
        text = _untagged(html.unescape(text))
    return clean(" ".join(text.split()))


def title_of(markup: object) -> str:
    """Return a title as plain text."""
    return plain(_beginning(str(markup or "")))[:LONGEST_TITLE]


def summary_of(markup: object) -> str:
    """Return the beginning of a summary as plain text."""
    text = plain(_beginning(str(markup or "")))
    return text if len(text) <= LONGEST_SUMMARY else text[:LONGEST_SUMMARY].rsplit(" ", 1)[0]


def content_of(*markups: object) -> str:
    """Return the longest of what a feed gives of an article, as markup, where it is more than a summary."""
    longest = max((markup for markup in markups if isinstance(markup, str)), key=len, default="")
    return longest[:LONGEST_CONTENT] if len(longest) > LONGEST_SUMMARY else ""


def author_of(name: object) -> str | None:
    """Return an author's name, or None where there is none."""
    return title_of(name)[:200] or None


def link_of(link: object, *, base: str) -> str | None:
    """Return an absolute http or https URL, or None where `link` leads to none."""
    if isinstance(link, str) and _PLAIN_URL.fullmatch(link):
        return link
    text = _BREAK.sub("", html.unescape(clean(str(link or ""))).strip()).replace(" ", "%20")
    if not text or len(text) > _LONGEST_URL:
        return None
    try:
        url = urljoin(base, text)
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return url if is_web else None


def date_of(text: object) -> datetime | None:
    """Return an ISO 8601 or RFC 822 date as an aware UTC time; one without a zone is taken for UTC."""
    if not isinstance(text, str):
        return None
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            date = read(text)
            return date if date.tzinfo is UTC else _in_utc(date)
        except (ValueError, OverflowError, TypeError):
            continue
    return None


def language_of(code: object) -> str | None:
    """Return the primary tag of a language code: "en" of "en-US"."""
    match = re.match(r"\s*([A-Za-z]{2,3})(?=[-_\s]|$)", str(code or ""))
    return match.group(1).lower() if match else None


def newest(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the newest of `entries` first; one without a date stays behind the one that it followed."""
    dated: list[tuple[datetime, Entry]] = []
    date = _first_date(listed := list(entries))
    for entry in listed:
        date = entry.published or date
        dated.append((date, entry))
    dated.sort(key=lambda pair: pair[0], reverse=True)
    return tuple(_with_room(entry for _, entry in dated[:MOST_ENTRIES]))


def _with_room(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield the entries; once there are enough of full texts, without theirs."""
    length = 0
    for entry in entries:
        length += len(entry.content)
        yield entry if length <= _ALL_CONTENTS else replace(entry, content="")


def _in_utc(date: datetime) -> datetime:
    return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)


def _beginning(markup: str) -> str:
    """Return what is looked at of `markup`, with no tag cut in two."""
    if len(markup) <= _LONGEST_MARKUP:
        return markup
    head, _, tail = markup[:_LONGEST_MARKUP].rpartition("<")
    return f"{head}<{tail}" if ">" in tail else head or tail


def _untagged(text: str) -> str:
    if "<!" in text or "<s" in text or "<S" in text:
        text = _UNSEEN.sub(" ", text)
    return _BETWEEN_WORDS.sub(" ", _WITHIN_WORDS.sub("", text))


def _first_date(entries: Sequence[Entry]) -> datetime:
    dates = (entry.published for entry in entries if entry.published)
    return next(dates, datetime.max.replace(tzinfo=UTC))
