"""First half of the walk: feeds become articles with their facts, and stories, in the store.

Each step takes what is due from the store and writes what became of it there before it is forgotten here, so
that a crash at any moment repeats a step at most. One bad feed or page never stops the rest.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence, Set
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import ParamSpec, TypeVar

from digests import polling
from digests.articles import PAGE_LIMIT, article_of, article_told_by, fuller
from digests.errors import (
    Busy,
    DigestsError,
    EmptyFeed,
    FetchFailed,
    Gone,
    NotAFeed,
    Refused,
    TooSoon,
    Unreadable,
)
from digests.facts import facts_of
from digests.identity import body_hash, host_of
from digests.joining import Joining
from digests.language import language_of
from digests.model import Article, Document, Entry, Feed, FeedDocument
from digests.ports import CollectStore, Fetch, PageDue, Sandbox
from digests.sources import FEED_LIMIT, read_feed
from digests.sources.discover import candidates
from digests.turns import Turns

FIRST_ENTRIES = 5  # of a feed that is new to us: its archive is no news
FEEDS_AT_ONCE = 1000
PAGES_AT_ONCE = 200
FEEDS_UNDER_WAY = 2_000  # those that wait for their host included: other processes want some too
PAGES_UNDER_WAY = 2000
LARGE = 1024 * 1024  # bytes of a body that is fetched again, when there is room for it in memory
LARGE_AT_ONCE = 6
CANDIDATES = 6  # addresses at which a page's feed is looked for: a person waits, and the host has its gap
CLAIMS = 10  # tries to have a host for a person who waits: others leave one within seconds, or not for long
PAGE_TRIES = 3
_LONG = 256 * 1024  # bytes of a body that takes a millisecond or more to hash
_PAGE_BACK_OFF = timedelta(minutes=5)  # times the number of tries

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FeedOutcome:
    """What came of a visit to a feed."""

    feed: Feed  # as it is now
    new: int = 0  # pages that became due
    error: DigestsError | None = None


@dataclass(frozen=True, slots=True)
class PageOutcome:
    page: PageDue
    article: Article | None = None
    error: DigestsError | None = None


@dataclass(frozen=True, slots=True)
class Collector:
    """The steps, with what they need of the outside."""

    fetch: Fetch  # for feeds
    fetch_page: Fetch  # asks robots.txt first
    sandbox: Sandbox
    store: CollectStore
    least: timedelta = timedelta(minutes=15)  # no feed is asked more often
    random: Random = field(default_factory=Random)  # spreads visits
    kept_every: float = 30.0  # seconds after which our hold on hosts is renewed
    claimed_every: float = 2.0  # seconds between two tries to have a host that another process holds
    _joining: Joining = field(default_factory=Joining, init=False)
    _feeds: Turns[Feed] = field(
        default_factory=lambda: Turns(FEEDS_AT_ONCE, most=FEEDS_UNDER_WAY), init=False
    )
    _pages: Turns[PageDue] = field(
        default_factory=lambda: Turns(PAGES_AT_ONCE, most=PAGES_UNDER_WAY), init=False
    )

    _large: set[int] = field(default_factory=set, init=False)  # feeds that were, when they were last read
    _room: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(LARGE_AT_ONCE), init=False)

    async def read_feeds(self, now: datetime) -> Sequence[FeedOutcome]:
        """Visit the feeds that are due, those in trouble last; return what came of it once all are visited.

        May be called again meanwhile, and by other processes: each visits what no other does.
        """
        if self._feeds.is_full:
            return []
        due = await self.store.claim_feeds(now, limit=FEEDS_UNDER_WAY)
        at = _running(now)

        async def visit(feed: Feed) -> FeedOutcome:
            return await self._visit(feed, now=at())

        async with self._holding({host_of(feed.url) for feed in due}, at):
            return await self._feeds.visit(
                due, visit, name=lambda feed: feed.id, url=lambda feed: feed.url, is_well=_is_well
            )

    async def read_pages(self, now: datetime) -> Sequence[PageOutcome]:
        """Read the page of every entry that is due, and store its article with its facts.

        May be called again meanwhile, and by other processes: each reads what no other does.
        """
        if self._pages.is_full:
            return []
        due = await self.store.claim_pages(now, limit=PAGES_UNDER_WAY)
        at = _running(now)

        async def read(page: PageDue) -> PageOutcome:
            return await self._read(page, now=at())

        async with self._holding({host_of(page.entry.url) for page in due}, at):
            return await self._pages.visit(
                due, read, name=lambda page: page.id, url=lambda page: page.entry.url, is_well=_is_untried
            )

    async def group(self, now: datetime) -> int:
        """Put articles that are in no story yet into stories; return how many there were."""
        return await self._joining.join(self.store, now=now)

    async def find_feed(self, url: str, *, now: datetime) -> Feed:
        """Return the feed at `url`, read now if we did not know it: one fetch serves to look and to begin.

        Of a page that is none and names none, the feed is looked for where such pages have theirs.

        Raises:
            DigestsError: what is wrong with it; nothing is stored then.
        """
        try:
            return await self._found(url, now=now)
        except (NotAFeed, Refused) as error:
            elsewhere = () if isinstance(error, NotAFeed) and error.feeds else candidates(url)[:CANDIDATES]
            for candidate in elsewhere:
                if feed := await self._found_perhaps(candidate, now=now):
                    return feed
            raise

    async def _found_perhaps(self, url: str, *, now: datetime) -> Feed | None:
        try:
            return await self._found(url, now=now)
        except DigestsError:
            return None

    @asynccontextmanager
    async def _holding(self, hosts: Set[str], at: Callable[[], datetime]) -> AsyncIterator[None]:
        """Keep `hosts` for us as long as visits are under way there."""

        async def keep() -> None:
            while True:
                await asyncio.sleep(self.kept_every)
                with suppress(Exception):  # a database that is away: the next try comes in time
                    await self.store.keep_hosts(hosts & self._asked(), now=at())

        keeping = asyncio.create_task(keep())
        try:
            yield
        finally:
            keeping.cancel()
            await asyncio.wait({keeping})
            if left := hosts - self._asked():
                await self.store.leave_hosts(left, now=at())

    def _asked(self) -> Set[str]:
        return self._feeds.hosts | self._pages.hosts

    async def _found(self, url: str, *, now: datetime) -> Feed:
        if known := await self.store.feed_at(url):
            return known
        document = await self._document_at(url, at=_running(now))
        if document.moved_to and (known := await self.store.feed_at(document.moved_to)):
            return known
        read = await self._parsed(read_feed, document)
        if not read.entries:
            raise EmptyFeed("the feed has no entries")
        feed = await self.store.add_feed(
            url, title=read.title or url, language=read.language or "en", now=now
        )
        await self._read_of(feed, document, read, hashed=await _hash_of(document), now=now)
        return feed

    async def _document_at(self, url: str, *, at: Callable[[], datetime]) -> Document:
        """Return what lies at an address that somebody typed, as soon as its host is ours to ask."""
        host = host_of(url)
        await self._claim(host, at=at)
        async with self._holding({host}, at):
            try:
                document = await self.fetch(url, limit=FEED_LIMIT)
            except Busy as error:
                await self._let_rest(url, error, now=at())
                raise
        assert document is not None  # we named no version that it could be unchanged since
        return document

    async def _claim(self, host: str, *, at: Callable[[], datetime]) -> None:
        for _ in range(CLAIMS):
            if await self.store.claim_host(host, now=at()):
                return
            await asyncio.sleep(self.claimed_every)
        raise Busy("the host is not to be asked now", retry_after=60)

    async def _visit(self, feed: Feed, *, now: datetime) -> FeedOutcome:
        try:
            return await self._visited(feed, now=now)
        except DigestsError as error:
            await self._let_rest(feed.url, error, now=now)
            failed = polling.after_failure(feed, error, now=now, least=self.least, jitter=self._jitter())
            await self.store.feed_failed(failed)
            return FeedOutcome(failed, error=error)

    async def _visited(self, feed: Feed, *, now: datetime) -> FeedOutcome:
        if feed.id not in self._large:
            try:
                return await self._visited_within(LARGE, feed, now=now)
            except FetchFailed as error:
                if error.code != "too_large":
                    raise
                self._large.add(feed.id)
        async with self._room:
            return await self._visited_within(FEED_LIMIT, feed, now=now)

    async def _visited_within(self, limit: int, feed: Feed, *, now: datetime) -> FeedOutcome:
        document = await self.fetch(feed.url, limit=limit, etag=feed.etag, last_modified=feed.last_modified)
        hashed = "" if document is None else await _hash_of(document)
        if document is None or hashed == feed.body_hash:
            same = polling.after_unchanged(feed, document, now=now, least=self.least, jitter=self._jitter())
            await self.store.feed_read(same, (), first=FIRST_ENTRIES, now=now)
            return FeedOutcome(same)
        read = await self._parsed(read_feed, document)
        return await self._read_of(feed, document, read, hashed=hashed, now=now)

    async def _read_of(
        self, feed: Feed, document: Document, read: FeedDocument, *, hashed: str, now: datetime
    ) -> FeedOutcome:
        """Write down what a visit read."""
        jitter = self._jitter()
        after = polling.after_reading(
            feed, document, read, hashed=hashed, now=now, least=self.least, jitter=jitter
        )
        new = await self.store.feed_read(after, read.entries, first=FIRST_ENTRIES, now=now)
        return FeedOutcome(after, new=new)

    async def _read(self, page: PageDue, *, now: datetime) -> PageOutcome:
        try:
            article = await self._article(page)
        except TooSoon as error:
            until = now + timedelta(seconds=error.retry_after)
            await self.store.page_put_off(page, until=until)
            await self.store.rest_host(host_of(page.entry.url), until=until)
            return PageOutcome(page, error=error)
        except DigestsError as error:
            await self._let_rest(page.entry.url, error, now=now)
            return await self._unread(page, error, now=now)
        await self.store.page_read(page, article, now=now)
        return PageOutcome(page, article=article)

    async def _unread(self, page: PageDue, error: DigestsError, *, now: datetime) -> PageOutcome:
        """Try a page again later; one that will never be read stands with what its feed says of it."""
        again_at = _again_at(page, error, now=now)
        is_lost = again_at is None and not isinstance(error, Gone)
        told = await self._told(page) if is_lost else None
        if told is not None:
            await self.store.page_read(page, told, now=now)
        else:
            await self.store.page_failed(page, again_at=again_at)
        return PageOutcome(page, error=error)

    async def _told(self, page: PageDue) -> Article | None:
        """Return what the feed itself says, if it says anything that can be read."""
        try:
            article = await self._parsed(
                read_entry, page.entry, outlet=page.feed.title, language=page.feed.language
            )
        except DigestsError:
            return None
        return article if article.text else None

    async def _article(self, page: PageDue) -> Article:
        try:
            return await self._article_within(LARGE, page)
        except FetchFailed as error:
            if error.code != "too_large":
                raise
        async with self._room:
            return await self._article_within(PAGE_LIMIT, page)

    async def _article_within(self, limit: int, page: PageDue) -> Article:
        document = await self.fetch_page(page.entry.url, limit=limit)
        assert document is not None
        return await self._parsed(
            read_page, document, page.entry, outlet=page.feed.title, language=page.feed.language
        )

    async def _parsed(self, parse: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Return what a parser makes of foreign bytes, whatever it may raise at them."""
        try:
            return await self.sandbox(parse, *args, **kwargs)
        except DigestsError:
            raise
        except Exception as error:
            raise Unreadable(f"a parser failed: {type(error).__name__}", code="parser_failed") from error

    async def _let_rest(self, url: str, error: DigestsError, *, now: datetime) -> None:
        """Have no process ask a host that wants to be left alone."""
        if isinstance(error, Busy):
            until = now + timedelta(seconds=error.retry_after)
            await self.store.rest_host(host_of(url), until=until)

    def _jitter(self) -> float:
        return self.random.random()


async def _hash_of(document: Document) -> str:
    """Return a document's hash; of a long one without holding up the loop."""
    if len(document.body) < _LONG:
        return body_hash(document)
    return await asyncio.to_thread(body_hash, document)


def read_page(document: Document, entry: Entry, *, outlet: str, language: str) -> Article:
    """Return the article of a page with its facts. Runs in the sandbox.

    Of a page that shows only the beginning, in the words of the feed, if these are all of it.

    Raises:
        NoArticle: the page holds none.
    """
    article = article_of(document, entry, outlet=outlet, language=language)
    return _with_facts(fuller(article, entry))


def read_entry(entry: Entry, *, outlet: str, language: str) -> Article:
    """Return what the feed itself says, as an article with its facts. Runs in the sandbox."""
    return _with_facts(article_told_by(entry, outlet=outlet, language=language))


def _with_facts(article: Article) -> Article:
    """Return an article with its facts, read in the language that it is written in, if that is clear."""
    told = replace(article, language=language_of(article.text) or article.language)
    return replace(told, facts=facts_of(told))


def _running(now: datetime) -> Callable[[], datetime]:
    """Return a clock that shows `now` and goes on from there, in whole seconds."""
    began = time.monotonic()
    return lambda: now + timedelta(seconds=int(time.monotonic() - began))


def _is_well(feed: Feed) -> bool:
    """Return whether a feed has been read before, and without trouble the last time."""
    return not feed.failures and feed.body_hash is not None


def _is_untried(page: PageDue) -> bool:
    return not page.attempts and not page.feed.failures


def _again_at(page: PageDue, error: DigestsError, *, now: datetime) -> datetime | None:
    """Return when to try a page again; None where another try would bring nothing."""
    tries = page.attempts + 1
    if not polling.may_recover(error) or tries >= PAGE_TRIES:
        return None
    asked = timedelta(seconds=error.retry_after) if isinstance(error, Busy) else timedelta()
    return now + max(_PAGE_BACK_OFF * tries, asked)
