"""Fifty scripted feeds, each with a trick, become the count of entries shown twice and of entries lost."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

from digests.identity import keys_of, unseen
from digests.model import Entry

POLLS = 30
_SHOWN = 12  # entries in a document
_START = datetime(2026, 5, 1, 6, tzinfo=UTC)
_WORDS = "harbour bridge school storm council ferry market museum river train budget vote court".split()

# What a feed shows of its item `serial` at `poll`; None: not this time.
Trick = Callable[[Entry, int, int], Entry | None]


@dataclass(frozen=True, slots=True)
class Result:
    feeds: int
    shown: int  # different entries that the feeds published
    repeated: int
    lost: int
    worst: tuple[str, ...]  # the tricks that fooled us


def measure() -> Result:
    """Play every script against the keys, as the store would."""
    repeated: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    shown = 0
    for name, trick in _scripts():
        times, published = _played(trick)
        shown += len(published)
        repeated[name] += sum(count - 1 for count in times.values() if count > 1)
        lost[name] += len(published - set(times))
    fooled = tuple(name for name in repeated if repeated[name] or lost[name])
    return Result(len(repeated), shown, repeated.total(), lost.total(), fooled)


def _played(trick: Trick) -> tuple[Counter[int], set[int]]:
    """Return how often each item was new to us, and all that were published."""
    known: set[str] = set()
    times: Counter[int] = Counter()
    published: set[int] = set()
    for poll in range(POLLS):
        document = [
            (serial, entry) for serial in _listed(poll) if (entry := trick(_item(serial), serial, poll))
        ]
        serials = {id(entry): serial for serial, entry in document}
        entries = [entry for _, entry in document]
        times.update(serials[id(entry)] for entry in unseen(entries, known))
        known.update(key for keys in keys_of(entries) for key in keys)
        published.update(serial for serial, _ in document)
    return times, published


def _listed(poll: int) -> Iterable[int]:
    """Return the items in the feed at `poll`: two more each time, the newest first."""
    newest = _SHOWN + 2 * poll
    return range(newest, newest - _SHOWN, -1)


def _item(serial: int) -> Entry:
    random = Random(serial)
    words = " ".join(random.choices(_WORDS, k=7))
    return Entry(
        guid=f"https://courier.example.org/?p={1000 + serial}",
        url=f"https://courier.example.org/2026/{serial}/{words.replace(' ', '-')}",
        title=f"{words.capitalize()} {serial}",
        published=_START + timedelta(hours=7 * serial),
        summary=" ".join(random.choices(_WORDS, k=30)).capitalize() + ".",
    )


def _scripts() -> Iterable[tuple[str, Trick]]:
    for name, trick in _TRICKS.items():
        yield name, trick
        yield f"{name}, undated", _undated(trick)


def _undated(trick: Trick) -> Trick:
    def without(entry: Entry, serial: int, poll: int) -> Entry | None:
        shown = trick(replace(entry, published=None), serial, poll)
        return shown and replace(shown, published=None)

    return without


def _random(*parts: object) -> Random:
    return Random(str(parts))


def _token(*parts: object) -> str:
    return f"{_random(*parts).getrandbits(64):016x}"


def _moved(url: str, poll: int, to: str) -> str:
    return url if poll < POLLS // 2 else url.replace("https://courier.example.org", to)


_TRICKS: dict[str, Trick] = {
    "nothing": lambda e, s, p: e,
    "guid new at each fetch": lambda e, s, p: replace(e, guid=_token(s, p)),
    "guid shared by all": lambda e, s, p: replace(e, guid="https://courier.example.org/feed"),
    "guid is the place in the list": lambda e, s, p: replace(e, guid=str(_SHOWN + 2 * p - s)),
    "guid counts revisions": lambda e, s, p: replace(e, guid=f"{e.url}#{p % 4}"),
    "no guid": lambda e, s, p: replace(e, guid=None),
    "link with changing utm": lambda e, s, p: replace(
        e, guid=None, url=f"{e.url}?utm_source=rss{p}&utm_id={_token(p)}"
    ),
    "link with changing session": lambda e, s, p: replace(
        e, guid=_token(s, p), url=f"{e.url};jsessionid={_token(p)}"
    ),
    "link with unknown token": lambda e, s, p: replace(e, url=f"{e.url}?t={_token(s, p)}"),
    "guid and link with tokens": lambda e, s, p: replace(
        e, guid=_token(s, p), url=f"{e.url}?t={_token(s, p)}"
    ),
    "title edited": lambda e, s, p: replace(e, title=f"{e.title} (update {p})"),
    "title and summary edited, no guid": lambda e, s, p: replace(
        e, guid=None, title=f"{e.title} {p}", summary=f"{p}"
    ),
    "all edited but the guid": lambda e, s, p: replace(
        e, url=f"{e.url}-{p}", title=f"{e.title} {p}", summary=f"{p}"
    ),
    "http to https": lambda e, s, p: replace(
        e,
        guid=_moved(e.url, p, "http://courier.example.org"),
        url=_moved(e.url, p, "http://courier.example.org"),
    ),
    "site moves to another name": lambda e, s, p: replace(
        e,
        guid=_moved(e.url, p, "https://new.example.net"),
        url=_moved(e.url, p, "https://new.example.net/news"),
    ),
    "www comes and goes": lambda e, s, p: replace(
        e, guid=None, url=e.url.replace("//", "//www." if p % 2 else "//") + ("/" if p % 3 else "")
    ),
    "item leaves and returns": lambda e, s, p: e if (s + p) % 4 or s > _SHOWN + 2 * p - 3 else None,
    "order changes": lambda e, s, p: replace(e, guid=None),
    "all link to the front page": lambda e, s, p: replace(e, url="https://courier.example.org/"),
    "live blog: posts are fragments": lambda e, s, p: replace(
        e, guid=None, url=f"https://courier.example.org/live#post-{s}"
    ),
    "same rubric every day": lambda e, s, p: replace(
        e,
        title="Morning briefing",
        summary="All that you need to know before you leave the house today. " * 4,
    ),
    "date is the time of the fetch": lambda e, s, p: replace(
        e, guid=None, published=_START + timedelta(minutes=p)
    ),
    "dates of 1970 and 2099": lambda e, s, p: replace(
        e, published=datetime(1970 if p % 2 else 2099, 1, 1, tzinfo=UTC)
    ),
    "spaces and case of the title change": lambda e, s, p: replace(
        e,
        guid=_token(s, p),
        url=f"{e.url}?t={_token(s, p)}",
        title=e.title.upper() if p % 2 else f" {e.title}  ",
    ),
    "archive published again": lambda e, s, p: replace(e, guid=f"{e.guid}&again={p // 10}"),
}
