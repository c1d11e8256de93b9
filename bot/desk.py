"""See `bot.commands.contract.Desk`: what commands ask of the outside, put together from its parts."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.clock import Clock
from bot.commands import COMMANDS, Command, Topic
from bot.editor import Editor
from bot.message import Message
from bot.model import Report, Subscription, Traced, Unread
from bot.ports import Doubts, Erasing, Subscriptions
from config.catalogue import CatalogueFeed
from digests.collect import Collector
from digests.model import Feed
from digests.text import fold

FEEDS_OF_A_TOPIC = 5
LAST_DAY = timedelta(days=1)
FALLBACK_LANGUAGE = "en"
LOOKS = 20  # at what is unread, before a digest that was asked for is shown without it
LOOK_AGAIN = 1.0  # seconds


class CountUnread(Protocol):
    async def __call__(self, feeds: Sequence[Feed], *, now: datetime) -> Unread:
        """Return what of `feeds` is still to be read."""


@dataclass(frozen=True, slots=True)
class BotDesk:
    """See `Desk`."""

    subscriptions: Subscriptions
    erasing: Erasing
    doubts: Doubts
    collector: Collector
    editor: Editor
    catalogue: tuple[CatalogueFeed, ...]
    clock: Clock
    listed: Callable[[], Awaitable[Sequence[Feed]]]  # the operator's own sources
    count_unread: CountUnread
    make_report: Callable[[datetime], Awaitable[Report]]
    trace: Callable[[Subscription, str], Awaitable[Traced]]

    def now(self) -> datetime:
        """See `Desk`."""
        return self.clock()

    async def report(self) -> Report:
        """See `Desk`."""
        return await self.make_report(self.clock())

    def commands(self) -> Sequence[Command]:
        """See `Desk`."""
        return COMMANDS

    async def topics(self) -> Sequence[Topic]:
        """See `Desk`. The operator's own come first."""
        outlets: dict[str, list[str]] = defaultdict(list)
        for feed in await self.listed():
            outlets[feed.topic or ""].append(feed.title)
        for known in self.catalogue:
            outlets[known.topic].append(known.outlet)
        return [Topic(name, tuple(names)) for name, names in outlets.items()]

    async def topic_feeds(self, topic: str, *, language: str) -> Sequence[Feed]:
        """See `Desk`."""
        offered: list[Feed | CatalogueFeed] = [*await self.listed(), *self.catalogue]
        of_topic = [feed for feed in offered if fold(feed.topic or "") == fold(topic)]
        chosen = _in(language, of_topic) or _in(FALLBACK_LANGUAGE, of_topic) or of_topic
        return [await self._stored(feed) for feed in chosen[:FEEDS_OF_A_TOPIC]]

    async def find_feed(self, url: str) -> Feed:
        """See `Desk`."""
        return await self.collector.find_feed(url, now=self.clock())

    async def why(self, subscription: Subscription, asked: str) -> Traced:
        """See `Desk`."""
        return await self.trace(subscription, asked)

    async def digest_now(self, subscription: Subscription) -> Message:
        """See `Desk`. What was followed just now is waited for, a little."""
        unread = await self._read_up(subscription)
        return await self.editor.digest_now(subscription, back=LAST_DAY, unread=unread)

    async def _read_up(self, subscription: Subscription) -> Unread:
        """Wait until the room's sources are read, but not long; return what is unread still."""
        unread = await self._unread(subscription)
        for _ in range(LOOKS):
            if not unread:
                break
            await asyncio.sleep(LOOK_AGAIN)
            unread = await self._unread(subscription)
        return unread

    async def _unread(self, subscription: Subscription) -> Unread:
        feeds = await self.subscriptions.feeds(subscription)
        return await self.count_unread(feeds, now=self.clock())

    async def _stored(self, feed: Feed | CatalogueFeed) -> Feed:
        if isinstance(feed, Feed):
            return feed
        return await self.collector.store.add_feed(
            feed.url, title=feed.outlet, language=feed.language, topic=feed.topic, now=self.clock()
        )


def _in(language: str, feeds: Sequence[Feed | CatalogueFeed]) -> list[Feed | CatalogueFeed]:
    return [feed for feed in feeds if feed.language == language]
