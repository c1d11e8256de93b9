"""See `bot.commands.contract.Desk`: what commands ask of the outside, put together from its parts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.commands import COMMANDS, Command, Topic
from bot.message import Message
from bot.model import Subscription
from bot.ports import Subscriptions
from bot.schedule import Editor
from config.catalogue import CatalogueFeed
from digests.collect import Collector
from digests.model import Feed
from digests.text import fold

FEEDS_OF_A_TOPIC = 5
LAST_DAY = timedelta(days=1)
FALLBACK_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class BotDesk:
    """See `Desk`."""

    subscriptions: Subscriptions
    collector: Collector
    editor: Editor
    catalogue: tuple[CatalogueFeed, ...]
    clock: Clock

    def now(self) -> datetime:
        """See `Desk`."""
        return self.clock()

    def commands(self) -> Sequence[Command]:
        """See `Desk`."""
        return COMMANDS

    def topics(self) -> Sequence[Topic]:
        """See `Desk`."""
        names = dict.fromkeys(feed.topic for feed in self.catalogue)
        return [Topic(name, tuple(feed.outlet for feed in self._of_topic(name))) for name in names]

    async def topic_feeds(self, topic: str, *, language: str) -> Sequence[Feed]:
        """See `Desk`."""
        chosen = self._in_language(topic, language) or self._in_language(topic, FALLBACK_LANGUAGE)
        return [await self._stored(feed) for feed in (chosen or self._of_topic(topic))[:FEEDS_OF_A_TOPIC]]

    async def find_feed(self, url: str) -> Feed:
        """See `Desk`."""
        return await self.collector.find_feed(url, now=self.clock())

    async def digest_now(self, subscription: Subscription) -> Message:
        """See `Desk`."""
        return await self.editor.digest_now(subscription, back=LAST_DAY)

    def _of_topic(self, topic: str) -> list[CatalogueFeed]:
        return [feed for feed in self.catalogue if fold(feed.topic) == fold(topic)]

    def _in_language(self, topic: str, language: str) -> list[CatalogueFeed]:
        return [feed for feed in self._of_topic(topic) if feed.language == language]

    async def _stored(self, feed: CatalogueFeed) -> Feed:
        return await self.collector.store.add_feed(
            feed.url, title=feed.outlet, language=feed.language, topic=feed.topic, now=self.clock()
        )
