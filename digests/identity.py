"""Entries become keys by which they are recognised when a feed shows them again."""

import hashlib
import re
from collections import Counter
from collections.abc import Container, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from digests.model import Document, Entry

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
# Of these, the ones that may be a key: what they open, not everybody can.
_KEYS = re.compile(
    r"phpsessid|jsessionid|sid|session|sessionid|sessid|aspsessionid\w*|s_cid|share|via|emc|partner",
    re.IGNORECASE,
)
_SESSION_PATH = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#]*", re.IGNORECASE)
_SIGNIFICANT_FRAGMENT = re.compile(r"!.+|(?=.*\d)[\w./-]{3,}")  # "#post-9", not "#0" nor "#comments"
_TAIL = re.compile(r"(?:/(?:(?:index|default)\.(?:html?|php|aspx?)|amp)?)+$", re.IGNORECASE)
_TELLING = 6  # words: fewer are a rubric ("Morning briefing"), and come again every day
_WORDS = "words"  # kinds of keys
_NAMES = ("guid", "url")
_PLAIN_PATH = re.compile(r"[!$&'()*+,./0-9:;=@A-Z_a-z~-]*")
_PORTS = {"http": 80, "https": 443}
_SUBDOMAINS = ("www.", "m.", "mobile.", "amp.")


def canonical_url(url: str) -> str:
    """Return the part of `url` that says what is shown there: for comparing, not for fetching.

    Scheme, www, default port, tracking and session parameters, their order, and a closing slash go.
    """
    try:
        parts = urlsplit(_SESSION_PATH.sub("", url.strip()) if ";" in url else url.strip())
        port = "" if parts.port in (None, 80, 443) else f":{parts.port}"
    except ValueError:  # a guid may say anything
        return url
    host = (parts.hostname or "").rstrip(".")
    for name in _SUBDOMAINS:
        host = host.removeprefix(name)
    path = _TAIL.sub("", _in_one_spelling(parts.path))
    asked = _query(parts.query) if parts.query else ""
    fragment = parts.fragment if _SIGNIFICANT_FRAGMENT.fullmatch(parts.fragment) else ""
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


def host_of(url: str) -> str:
    """Return whom a request for `url` troubles, by name and port; nothing where it names nobody."""
    try:
        parts = urlsplit(url)
        port = parts.port or _PORTS.get(parts.scheme)
    except ValueError:
        return ""
    return f"{parts.hostname}:{port}" if parts.hostname and port else ""


def is_open(fetched: str, *, shown: str) -> bool:
    """Return whether all who ask for the page `shown` get what lies at `fetched`.

    Where they differ, or `fetched` holds what may be a key, it is a page for those who were told its address.
    """
    try:
        parts = urlsplit(fetched)
        asked = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return False
    has_key = any(_KEYS.fullmatch(name) for name, _ in asked) or "@" in parts.netloc
    is_plain = not has_key and not _SESSION_PATH.search(parts.path)
    return is_plain and canonical_url(fetched) == canonical_url(shown)


def keys_of(entries: Sequence[Entry]) -> tuple[tuple[str, ...], ...]:
    """Return the keys of each of a document's entries, all to be remembered; `unseen` weighs them."""
    return _keys_of(tuple(entries))


def unseen(entries: Sequence[Entry], known: Container[str]) -> tuple[Entry, ...]:
    """Return those of a document's entries that neither `known` nor an entry before them recognises.

    Words alone recognise an entry only where the document's guids and links have lost their meaning: where
    these hold, the same words under a new guid and link are the next issue of the same rubric.
    """
    keys = keys_of(entries)
    by_words = not _names_hold(keys, known)
    seen: set[str] = set()
    fresh = []
    for entry, its_keys in zip(entries, keys, strict=True):
        telling = [key for key in its_keys if by_words or not key.startswith(_WORDS)]
        if not any(key in known for key in telling) and seen.isdisjoint(its_keys):
            fresh.append(entry)
        seen.update(key for key in its_keys if not key.startswith(_WORDS))
    return tuple(fresh)


def published_at(published: datetime | None, *, first_seen: datetime) -> datetime:
    """Return when an entry was published, or when it was first seen where the feed's date cannot be true."""
    if published is None or not EARLIEST <= published <= first_seen + _AHEAD:
        return first_seen
    return published


def body_hash(document: Document) -> str:
    """Return what tells a changed document from an unchanged one, which need not be parsed."""
    return hashlib.sha256(document.body).hexdigest()


@lru_cache(maxsize=8)  # a document's keys are asked for when it is weighed, and again when it is remembered
def _keys_of(entries: tuple[Entry, ...]) -> tuple[tuple[str, ...], ...]:
    guids = Counter(entry.guid for entry in entries)
    urls = [canonical_url(entry.url) for entry in entries]
    shared = Counter(urls)
    return tuple(_keys(entry, url, guids, shared) for entry, url in zip(entries, urls, strict=True))


def _in_one_spelling(path: str) -> str:
    if _PLAIN_PATH.fullmatch(path):
        return path
    return quote(unquote(path), safe="/:@!$&'()*+,;=~")


def _query(query: str) -> str:
    pairs = [pair for pair in parse_qsl(query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])]
    return "?" + urlencode(sorted(pairs)) if pairs else ""


def _names_hold(keys: Sequence[tuple[str, ...]], known: Container[str]) -> bool:
    """Return whether more entries are recognised by guid or link than only by their words."""
    by_name = by_words = 0
    for its_keys in keys:
        if any(key in known for key in its_keys if key.startswith(_NAMES)):
            by_name += 1
        elif any(key in known for key in its_keys):
            by_words += 1
    return by_name >= by_words


def _keys(entry: Entry, url: str, guids: Counter[str | None], urls: Counter[str]) -> tuple[str, ...]:
    title, date = _folded(entry.title), _date(entry)
    keys: list[str] = []
    if entry.guid and guids[entry.guid] == 1:
        keys += _guid_keys(entry.guid, others=(url, title, date))
    if _leads_to_a_page(url):
        keys.append(_key("url", url) if urls[url] == 1 else _key("url", url, title))
    return tuple(dict.fromkeys([*keys, *_content_keys(entry, title, date)]))


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _guid_keys(guid: str, *, others: tuple[str, ...]) -> list[str]:
    """Return one key where a guid can be believed, else one with each thing that has to fit as well."""
    is_url = guid.startswith(("http://", "https://"))
    name = canonical_url(guid) if is_url else guid
    if _leads_to_a_page(name) if is_url else _is_distinctive(name):
        return [_key("guid", name)]
    return [_key("guid", name, other) for other in others if other]


def _is_distinctive(guid: str) -> bool:
    """Return whether a guid is more than a place in the list ("1", "item-3") or a word for all items."""
    return len(guid) >= 8 and any(char.isdigit() for char in guid)


def _leads_to_a_page(canonical: str) -> bool:
    """Return whether a canonical URL is more than its site's front page."""
    return bool(re.search(r"[/?#].", canonical))


def _content_keys(entry: Entry, title: str, date: str) -> list[str]:
    """Return a key of what the entry says at its very date, and one of its words, if they tell something."""
    content = f"{title}\n{_folded(entry.summary[:500])}"
    keys = [_key("dated", content, date)] if date and content.strip() else []
    return [*keys, _key(_WORDS, content)] if len(content.split()) >= _TELLING else keys


def _date(entry: Entry) -> str:
    return entry.published.isoformat() if entry.published else ""


def _key(kind: str, *parts: str) -> str:
    digest = hashlib.blake2b("\0".join(parts).encode("utf-8", "replace"), digest_size=12)
    return f"{kind}:{digest.hexdigest()}"
