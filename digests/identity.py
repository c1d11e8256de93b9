"""Entries become keys by which they are recognised when a feed shows them again."""

import hashlib
import re
from collections import Counter
from collections.abc import Container, Sequence
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from digests.model import Document, Entry
from digests.text import fold, squeeze

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)  # before that nobody published feeds
_AHEAD = timedelta(minutes=10)  # clocks differ

# Parameters that say where a reader came from, or which session it is, but not what is shown.
_TRACKING = re.compile(
    r"(?:utm_|at_|pk_|piwik_|mtm_|matomo_|hsa_|mc_|oly_|vero_|itm_|int_|ns_|wt\.|stm_|trk_|ga_|sc_|xt_)\w*"
    r"|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|twclid|ttclid|li_fat_id|mkt_tok|_hsenc|_hsmi|xtor|"
    r"cmpid|cmp|cid|icid|ncid|ocid|smid|smtyp|sref|spm|ref|ref_src|referrer|referer|source|src|rss|rssid|feed|"
    r"partner|traffic_source|campaign|ito|cvid|guccounter|guce_referrer\w*|__twitter_impression|"
    r"phpsessid|jsessionid|sid|session|sessionid|sessid|aspsessionid\w*|output|outputtype|amp|s_cid|via|share|emc|partner",
    re.IGNORECASE,
)
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#]*", re.IGNORECASE)
_SIGNIFICANT_FRAGMENT = re.compile(r"!.+|[\w./-]*\d[\w./-]*\w[\w./-]*")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?)$", re.IGNORECASE)
_TELLING = 6  # words: fewer are a rubric ("Morning briefing"), and come again every day
_UNIQUE = 30  # words that nobody writes twice
_DAY = len("2026-01-01")
_SUBDOMAINS = ("www.", "m.", "mobile.", "amp.")


def canonical_url(url: str) -> str:
    """Return the part of `url` that says what is shown there: for comparing, not for fetching.

    Scheme, www, default port, tracking and session parameters, their order, and a closing slash go.
    """
    parts = urlsplit(_SESSION_PATH.sub("", url.strip()))
    host = (parts.hostname or "").rstrip(".")
    for name in _SUBDOMAINS:
        host = host.removeprefix(name)
    port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    path = (
        _INDEX.sub("/", quote(unquote(parts.path), safe="/:@!$&'()*+,;=~%")).rstrip("/").removesuffix("/amp")
    )
    query = [
        pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])
    ]
    fragment = parts.fragment if _SIGNIFICANT_FRAGMENT.fullmatch(parts.fragment) else ""
    asked = "?" + urlencode(sorted(query)) if query else ""
    return f"{host}{port}{path}{asked}{'#' + fragment if fragment else ''}"


def shown_url(url: str) -> str:
    """Return `url` as readers get it: without what only says where a reader came from."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    query = "&".join(
        pair for pair in parts.query.split("&") if not _TRACKING.fullmatch(pair.partition("=")[0])
    )
    fragment = parts.fragment if _SIGNIFICANT_FRAGMENT.fullmatch(parts.fragment) else ""
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, fragment))


def keys_of(entries: Sequence[Entry]) -> tuple[tuple[str, ...], ...]:
    """Return the keys of each of a document's entries; one that any key recognises has been seen before."""
    guids = Counter(entry.guid for entry in entries)
    urls = Counter(canonical_url(entry.url) for entry in entries)
    return tuple(_keys(entry, guids, urls) for entry in entries)


def unseen(entries: Sequence[Entry], known: Container[str]) -> tuple[Entry, ...]:
    """Return those of a document's entries that neither `known` nor an entry before them recognises."""
    seen: set[str] = set()
    fresh = []
    for entry, keys in zip(entries, keys_of(entries), strict=True):
        if not any(key in known or key in seen for key in keys):
            fresh.append(entry)
        seen.update(keys)
    return tuple(fresh)


def published_at(published: datetime | None, *, first_seen: datetime) -> datetime:
    """Return when an entry was published, or when it was first seen where the feed's date cannot be true."""
    if published is None or not EARLIEST <= published <= first_seen + _AHEAD:
        return first_seen
    return published


def body_hash(document: Document) -> str:
    """Return what tells a changed document from an unchanged one."""
    return hashlib.sha256(document.body).hexdigest()


def _keys(entry: Entry, guids: Counter[str | None], urls: Counter[str]) -> tuple[str, ...]:
    url, title, date = canonical_url(entry.url), fold(squeeze(entry.title)), _date(entry)
    keys: list[str] = []
    if entry.guid and guids[entry.guid] == 1:
        keys += _guid_keys(entry.guid, others=(url, title, date))
    if _leads_to_a_page(url):
        keys.append(_key("u", url) if urls[url] == 1 else _key("ut", url, title))
    return tuple(dict.fromkeys([*keys, *_content_keys(entry, title, date)]))


def _guid_keys(guid: str, *, others: tuple[str, ...]) -> list[str]:
    """Return one key where a guid can be believed, else one with each thing that has to fit as well."""
    is_url = guid.startswith(("http://", "https://"))
    name = canonical_url(guid) if is_url else guid
    if _leads_to_a_page(name) if is_url else _is_distinctive(name):
        return [_key("g", name)]
    return [_key("gx", name, other) for other in others if other]


def _is_distinctive(guid: str) -> bool:
    """Return whether a guid is more than a place in the list ("1", "item-3") or a word for all items."""
    return len(guid) >= 8 and any(char.isdigit() for char in guid)


def _leads_to_a_page(canonical: str) -> bool:
    """Return whether a canonical URL is more than its site's front page."""
    return bool(re.search(r"[/?#].", canonical))


def _content_keys(entry: Entry, title: str, date: str) -> list[str]:
    """Return keys of what the entry says; the less it says, the more its date has to fit as well."""
    content = f"{title}\n{fold(squeeze(entry.summary[:500]))}"
    words = len(content.split())
    if not words or (words < _TELLING and not date):
        return []
    keys = [_key("tc", content, date[:_DAY] if words >= _TELLING else date)]
    return [*keys, _key("c", content)] if words >= _UNIQUE else keys


def _date(entry: Entry) -> str:
    return entry.published.isoformat() if entry.published else ""


def _key(kind: str, *parts: str) -> str:
    digest = hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=12)
    return f"{kind}:{digest.hexdigest()}"
