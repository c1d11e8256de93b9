"""What a subscription is owed becomes its digest, frozen in the ledger."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import structlog

from bot import wording
from bot.chats.contract import Chat
from bot.clock import Clock
from bot.message import Message
from bot.model import Slot, Subscription, Unread
from bot.ports import Ledger, Subscriptions
from bot.render import digest_message
from digests.build import build
from digests.model import Digest, Feed
from digests.ports import BuildStore
from digests.text import squeeze

LATE_AFTER = timedelta(minutes=15)  # a digest sent later than this says so
FURTHEST_BACK = timedelta(days=3)  # a digest after a long pause tells no more than this
ONCE_IN = timedelta(days=7)  # a reader meets a story no more than once in so long
AT_ONCE = 200  # slots
NAMED = 5  # sources in trouble, under a digest
AGAIN_AFTER = timedelta(minutes=1)  # a digest that could not be composed
# A page that was being read while the last digest was composed is not missed: the stories shown are left out.
OVERLAP = timedelta(minutes=30)

NOTHING_UNREAD = Unread()

log = structlog.get_logger()


class Editor:
    """Compose what subscriptions are owed, and freeze it in the ledger."""

    def __init__(
        self,
        *,
        subscriptions: Subscriptions,
        ledger: Ledger,
        stories: BuildStore,
        chats: Mapping[str, Chat],
        clock: Clock,
    ) -> None:
        self._subscriptions = subscriptions
        self._ledger = ledger
        self._stories = stories
        self._chats = chats
        self._clock = clock

    async def compose_due(self, chat: str) -> int:
        """Freeze the digests that are due in a chat, up to `AT_ONCE`; return how many could be."""
        now = self._clock()
        await self._ledger.materialise(now)
        slots = await self._ledger.take_slots(chat, now=now, limit=AT_ONCE)
        return sum([await self._composed(slot) for slot in slots])

    async def digest_now(
        self, subscription: Subscription, *, back: timedelta, unread: Unread = NOTHING_UNREAD
    ) -> Message:
        """Return a digest of the last time, whatever was shown before; nothing is written down.

        It says what is `unread`, and which sources are in trouble.
        """
        now = self._clock()
        digest = await self._digest(subscription, since=now - back, until=now, shown=frozenset())
        locale = subscription.language
        reading = wording.still_reading(unread.pages, locale=locale) if unread else None
        notes = _troubles(await self._subscriptions.feeds(subscription), locale=locale)
        return digest_message(
            digest,
            locale=locale,
            zone=ZoneInfo(subscription.zone),
            nothing=reading or wording.nothing_today(locale=locale),
            notes=[*notes, reading] if reading and digest.stories else notes,
        )

    async def _composed(self, slot: Slot) -> bool:
        """Compose a slot's digest; one that fails is tried again later, and stops nobody else's."""
        try:
            await self._compose(slot)
        except Exception:
            log.exception("digest not composed", slot=slot.id, subscription=slot.subscription_id)
            await self._ledger.postpone(slot, until=self._clock() + AGAIN_AFTER)
            return False
        return True

    async def _compose(self, slot: Slot) -> None:
        subscription = await self._subscriptions.by_id(slot.subscription_id)
        if subscription is None:
            return  # its room has just been erased, and the slot with it
        now = self._clock()
        shown = await self._subscriptions.shown(subscription, since=now - ONCE_IN)
        since = max(subscription.shown_until, now - FURTHEST_BACK) - OVERLAP
        digest = await self._digest(subscription, since=since, until=now, shown=shown)
        locale = subscription.language
        feeds = () if digest.stories else await self._subscriptions.feeds(subscription)
        message = digest_message(
            digest,
            locale=locale,
            notes=_troubles(feeds, locale=locale),  # of a digest without news: they may be why
            zone=ZoneInfo(subscription.zone),
            late=now - slot.due_at > LATE_AFTER,
        )
        parts = self._chats[subscription.address.chat].parts(message)
        stories = [story.story_id for story in digest.stories if story.story_id is not None]
        await self._ledger.freeze(slot, subscription.address, parts, stories=stories, now=now)
        log.info("digest composed", subscription=subscription.id, stories=len(stories), parts=len(parts))

    async def _digest(
        self, subscription: Subscription, *, since: datetime, until: datetime, shown: frozenset[int]
    ) -> Digest:
        feeds = await self._subscriptions.feeds(subscription)
        ids = [feed.id for feed in feeds]
        verified = await build(self._stories, ids, since=since, until=until, shown=shown)
        if verified.dropped:
            log.error(
                "passages not in their articles", subscription=subscription.id, dropped=verified.dropped
            )
        return verified.digest


def _troubles(feeds: Sequence[Feed], *, locale: str) -> list[str]:
    """Return which sources cannot be read, a sentence for each."""
    told = [wording.trouble(squeeze(feed.title), feed.state, locale=locale) for feed in feeds]
    known = [sentence for sentence in told if sentence is not None]
    rest = len(known) - NAMED
    return [*known[:NAMED], wording.more_trouble(rest, locale=locale)] if rest > 0 else known
