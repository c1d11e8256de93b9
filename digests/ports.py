"""All that the core asks of the outside. `fetch`, `sandbox` and `store` fulfil it; tests have fakes."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ParamSpec, Protocol, TypeVar

from digests.model import Article, Document, Entry, Feed, Story

P = ParamSpec("P")
R = TypeVar("R")


class Fetch(Protocol):
    """Get what lies at a URL that a stranger may have chosen."""

    async def __call__(
        self, url: str, *, limit: int, etag: str | None = None, last_modified: str | None = None
    ) -> Document | None:
        """Return the document, or None if it has not changed since `etag` or `last_modified`.

        `limit` is the most bytes the body may have once decoded.

        Raises:
            FetchFailed: try again later (`Busy`: not before `retry_after`; `Refused`: 401, 403).
            Gone: the server says that nothing is there any more.
            NotAllowed: the address is private, or the scheme none of the web's.
        """


class Sandbox(Protocol):
    """Run a parser on foreign bytes where it can be killed."""

    async def __call__(self, parse: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Return what `parse` returns; raise what it raises.

        Raises:
            TooHard: it did not answer in time, took too much memory, or died.
        """


@dataclass(frozen=True, slots=True)
class PageDue:
    """An entry whose page is still to be read."""

    id: int
    feed: Feed
    entry: Entry
    attempts: int = 0  # so far


class CollectStore(Protocol):
    """What collecting reads and writes. Each method is one transaction."""

    async def feeds_due(self, now: datetime, *, limit: int) -> Sequence[Feed]:
        """Return feeds to visit, whoever is to: those in trouble last, else the longest waiting first."""

    async def claim_feeds(self, now: datetime, *, limit: int) -> Sequence[Feed]:
        """Return feeds that are due, of each host a few, whose hosts are ours from now on.

        No other process that shares the store is given anything of these hosts before our lease has run out;
        `keep_hosts` renews it.
        """

    async def claim_pages(self, now: datetime, *, limit: int) -> Sequence[PageDue]:
        """Return pages that are due, in the same way."""

    async def claim_host(self, host: str, *, now: datetime) -> bool:
        """Hold a host for an address that somebody typed; return False where it is not to be asked now."""

    async def keep_hosts(self, hosts: Collection[str], *, now: datetime) -> None:
        """Go on holding hosts of ours (see `digests.identity.host_of`), at which we are not done yet."""

    async def leave_hosts(self, hosts: Collection[str], *, now: datetime) -> None:
        """Let others have hosts of ours, at which we are done, after a pause."""

    async def rest_host(self, host: str, *, until: datetime) -> None:
        """Give nobody anything of a host before then, ourselves included."""

    async def feed_at(self, url: str) -> Feed | None: ...

    async def add_feed(
        self, url: str, *, title: str, language: str, topic: str | None = None, now: datetime
    ) -> Feed:
        """Return the feed of that URL, stored now if it was not known; it is read once it is followed."""

    async def feed_read(self, feed: Feed, entries: Sequence[Entry], *, first: int, now: datetime) -> int:
        """Store `feed` as it is after a visit and, of `entries` (newest first), those not seen before.

        Of a feed that never had any, only the `first` newest become pages to read; all are remembered as
        seen. Return how many pages became due.
        """

    async def feed_failed(self, feed: Feed) -> None:
        """Store `feed` as it is after a visit that failed."""

    async def pages_due(self, now: datetime, *, limit: int) -> Sequence[PageDue]:
        """Return pages to read, whoever is to read them: the longest waiting first."""

    async def page_read(self, page: PageDue, article: Article, *, now: datetime) -> None:
        """Store the article with its facts, once, however many feeds carry it."""

    async def page_failed(self, page: PageDue, *, again_at: datetime | None) -> None:
        """Write down a failure; without `again_at` the page is given up."""

    async def page_put_off(self, page: PageDue, *, until: datetime) -> None:
        """Have a page read later that has not been tried."""

    async def ungrouped(self, *, limit: int) -> Sequence[Article]:
        """Return articles that are in no story yet, the oldest first."""

    async def stories_since(self, since: datetime) -> Sequence[Story]: ...

    async def stories_changed(self) -> datetime | None:
        """Return when a story was last added or grew."""

    async def save_stories(self, stories: Sequence[Story], *, now: datetime) -> Sequence[Story]:
        """Store new stories, and add articles to those that have an id; return all with their ids."""


class BuildStore(Protocol):
    """What building a digest reads."""

    async def stories_for(
        self, feed_ids: Sequence[int], *, since: datetime, until: datetime
    ) -> Sequence[Story]:
        """Return the stories with an article collected in `since < at <= until` from one of these feeds.

        Each holds only those of its articles that these feeds carry.
        """
