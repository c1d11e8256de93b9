"""All that the core asks of the outside. `fetch`, `sandbox` and `store` fulfil it; tests have fakes."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ParamSpec, Protocol, TypeVar

from digests.model import Article, Document, Entry, Feed, FeedState, Story

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


class CollectStore(Protocol):
    """What collecting reads and writes. Each method is one transaction."""

    async def feeds_due(self, now: datetime, *, limit: int) -> Sequence[Feed]: ...

    async def new_entries(self, feed: Feed, entries: Sequence[Entry], *, now: datetime) -> Sequence[Entry]:
        """Return those of `entries` that no article of ours came from, and remember them all as seen."""

    async def add_articles(self, articles: Sequence[Article], *, now: datetime) -> Sequence[Article]:
        """Store articles with their facts; return them with their ids."""

    async def recent_stories(self, since: datetime) -> Sequence[Story]: ...

    async def save_stories(self, stories: Sequence[Story], *, now: datetime) -> None: ...

    async def feed_read(self, feed: Feed, *, document: Document | None, next_poll_at: datetime) -> None: ...

    async def feed_failed(
        self, feed: Feed, *, state: FeedState, next_poll_at: datetime, now: datetime
    ) -> None: ...


class BuildStore(Protocol):
    """What building a digest reads."""

    async def stories_for(self, feed_ids: Sequence[int], *, since: datetime) -> Sequence[Story]: ...
