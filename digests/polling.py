"""What came of a visit becomes the feed's state, and the time of the next visit.

Pure: the time is given, and `jitter` (0 to 1) spreads what would otherwise fall together.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from digests.errors import Busy, DigestsError, EmptyFeed, FetchFailed, Gone, Refused, TooHard
from digests.model import Document, Feed, FeedDocument, FeedState

LONGEST = timedelta(days=1)
STRIKES = 3  # parsers kept busy in a row, before a feed rests for a day
MOVES = 3  # answers in a row that name the same new address, before we believe it
PATIENCE = 3  # answers in a row that did not come in time, before a slow feed is a failing one
_USUAL = timedelta(hours=1)  # where a feed dates nothing
_WEEK = timedelta(days=7)
_VISITS, _VISITS_SOON = 2, 3  # for each entry published; where it names a hub, which pushes them at once
# Codes of failures that another try would only repeat.
_FOR_GOOD = frozenset(
    {"http_400", "http_404", "http_405", "too_large", "encoding", "redirects", "bad_redirect"}
)


def after_unchanged(
    feed: Feed, document: Document | None = None, *, now: datetime, least: timedelta, jitter: float
) -> Feed:
    """Return `feed` after a visit that brought nothing new: no document, or the one of last time."""
    every = timedelta(seconds=feed.poll_seconds) if feed.poll_seconds else _USUAL
    read_again = _past_skipped(now + _spread(_within(every, least), jitter), feed.skip_hours)
    same = _well(feed, next_poll_at=read_again)
    return same if document is None else _moved(same, document)


def after_reading(
    feed: Feed,
    document: Document,
    read: FeedDocument,
    *,
    hashed: str,
    now: datetime,
    least: timedelta,
    jitter: float,
) -> Feed:
    """Return `feed` after a visit that read `document`, whose body is `hashed` (see `identity.body_hash`).

    Its `url` changes once three visits agree.
    """
    every = _within(max(_rhythm(read, now=now), _asked(document, read)), least)
    skip_hours = sum(1 << hour for hour in read.skip_hours)
    read_again = _past_skipped(now + _spread(every, jitter), skip_hours)
    known = replace(
        feed,
        skip_hours=skip_hours,
        etag=document.etag,
        last_modified=document.last_modified,
        body_hash=hashed,
        poll_seconds=int(every.total_seconds()),
    )
    return _moved(_well(known, next_poll_at=read_again), document)


def after_failure(feed: Feed, error: DigestsError, *, now: datetime, least: timedelta, jitter: float) -> Feed:
    """Return `feed` after a visit that ended in `error`; without `next_poll_at` it is asked no more."""
    if isinstance(error, EmptyFeed):  # nothing to say today
        return after_unchanged(feed, now=now, least=least, jitter=jitter)
    failures = feed.failures + 1
    state = _state(error, failures)
    read_again = _past_skipped(now + _pause(feed, error, state, least, jitter), feed.skip_hours)
    return replace(
        feed,
        state=state,
        failures=failures,
        failing_since=feed.failing_since or now,
        next_poll_at=None if state is FeedState.GONE else read_again,
    )


def may_recover(error: DigestsError) -> bool:
    """Return whether asking again later could end otherwise."""
    return isinstance(error, FetchFailed) and not isinstance(error, Refused) and error.code not in _FOR_GOOD


def _well(feed: Feed, *, next_poll_at: datetime) -> Feed:
    return replace(feed, state=FeedState.OK, failures=0, failing_since=None, next_poll_at=next_poll_at)


def _within(every: timedelta, least: timedelta) -> timedelta:
    return max(least, min(every, LONGEST))


def _spread(every: timedelta, jitter: float) -> timedelta:
    """Return a length of time up to a tenth longer, never shorter: it may be one that the feed asked for."""
    return every * (1 + jitter / 10)


def _rhythm(read: FeedDocument, *, now: datetime) -> timedelta:
    """Return how often to look, from how much the feed published within a week."""
    dates = [entry.published for entry in read.entries if entry.published and entry.published <= now]
    if not dates:
        return _USUAL
    visits = _VISITS_SOON if read.hub else _VISITS
    recent = [date for date in dates if now - date <= _WEEK]
    if len(recent) < len(dates) or not recent:
        return _WEEK / (visits * max(1, len(recent)))
    shown = now - min(recent)  # all it shows is younger than a week: what it shows is what counts
    return max(shown, timedelta(minutes=1)) / (visits * len(recent))


def _asked(document: Document, read: FeedDocument) -> timedelta:
    return timedelta(seconds=min(max(document.max_age or 0, read.every or 0), LONGEST.total_seconds()))


def _past_skipped(at: datetime, skip_hours: int) -> datetime:
    """Return `at`, or the beginning of the first hour after it in which the feed may be read."""
    for _ in range(24):
        if not skip_hours >> at.hour & 1:
            break
        at = at.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return at


def _moved(feed: Feed, document: Document) -> Feed:
    target = document.moved_to
    times = feed.moved_times + 1 if target == feed.moved_to else 1
    if target is None:
        return replace(feed, moved_to=None, moved_times=0)
    if times >= MOVES:
        return replace(feed, url=target, moved_to=None, moved_times=0)
    return replace(feed, moved_to=target, moved_times=times)


def _state(error: DigestsError, failures: int) -> FeedState:
    match error:
        case Gone():
            return FeedState.GONE
        case Refused():
            return FeedState.REFUSED
        case Busy():
            return FeedState.SLOW
        case TooHard():
            return FeedState.QUARANTINED if failures >= STRIKES else FeedState.SLOW
    is_slow = error.code == "timeout" and failures < PATIENCE
    return FeedState.SLOW if is_slow else FeedState.FAILING


def _pause(feed: Feed, error: DigestsError, state: FeedState, least: timedelta, jitter: float) -> timedelta:
    """Return how long to leave a failing feed alone: twice as long each time, a day at most."""
    if isinstance(error, Busy):
        return _spread(max(timedelta(seconds=error.retry_after), least), jitter)
    if state is FeedState.QUARANTINED:
        return _spread(LONGEST, jitter)
    usual = timedelta(seconds=feed.poll_seconds) if feed.poll_seconds else least
    return _spread(_within(usual * 2 ** min(feed.failures, 10), least), jitter)
