"""What a subscription is owed becomes its digest, frozen in the ledger."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import structlog

from bot import wording
from bot.chats.contract import Chat
from bot.clock import Clock
from bot.message import Message
from bot.model import Frozen, Part, Reader, Slot, Subscription, Unread
from bot.ports import Editions, Ledger, Readers, Subscriptions
from bot.render import digest_message
from digests.build import Composed, Newsroom, Wish
from digests.model import Feed
from digests.text import squeeze

LATE_AFTER = timedelta(minutes=15)  # a digest sent later than this says so
FURTHEST_BACK = timedelta(days=3)  # a digest after a long pause tells no more than this
ONCE_IN = timedelta(days=7)  # a reader meets a story no more than once in so long
AT_ONCE = 200  # slots
NAMED = 5  # sources in trouble, under a digest
AGAIN_AFTER = timedelta(minutes=1)  # a digest that could not be composed
_REMEMBERED = 2000  # digests as they read in a chat, while readers share them

NOTHING_UNREAD = Unread()

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Draft:
    """A digest that is to be frozen."""

    slot: Slot
    reader: Reader
    composed: Composed
    parts: tuple[Part, ...]


class Editor:
    """Compose what subscriptions are owed, and freeze it in the ledger; equal digests are made once."""

    def __init__(
        self,
        *,
        subscriptions: Subscriptions,
        readers: Readers,
        editions: Editions,
        ledger: Ledger,
        newsroom: Newsroom,
        chats: Mapping[str, Chat],
        clock: Clock,
    ) -> None:
        self._subscriptions = subscriptions
        self._readers = readers
        self._editions = editions
        self._ledger = ledger
        self._newsroom = newsroom
        self._chats = chats
        self._clock = clock
        self._rendered: dict[object, tuple[Part, ...]] = {}
        self._kept: dict[str, int] = {}  # ids of editions by their keys

    async def compose_due(self, chat: str) -> int:
        """Freeze the digests that are due in a chat, up to `AT_ONCE`; return how many could be."""
        now = self._clock()
        await self._ledger.materialise(now)
        slots = await self._ledger.take_slots(chat, now=now, limit=AT_ONCE)
        if not slots or len(self._rendered) > _REMEMBERED:
            self._forget()
        if not slots:
            return 0
        readers = await self._readers([slot.subscription_id for slot in slots], since=now - ONCE_IN)
        known = [slot for slot in slots if slot.subscription_id in readers]  # others have just been erased
        drafts = [await self._draft(slot, readers[slot.subscription_id]) for slot in known]
        return await self._freeze([draft for draft in drafts if draft is not None])

    async def digest_now(
        self, subscription: Subscription, *, back: timedelta, unread: Unread = NOTHING_UNREAD
    ) -> Message:
        """Return a digest of the last time, whatever was shown before; nothing is written down.

        It says what is `unread`, and which sources are in trouble.
        """
        now, feeds = self._clock(), tuple(await self._subscriptions.feeds(subscription))
        wish = Wish(feeds, subscription.most, subscription.words)
        composed = await self._newsroom.compose_alone(wish, since=now - back, until=now)
        _check(composed, subscription)
        locale = subscription.language
        reading = wording.still_reading(unread.pages, locale=locale) if unread else None
        notes = _troubles(feeds, locale=locale)
        digest = composed.edition.digest
        return digest_message(
            digest,
            locale=locale,
            zone=ZoneInfo(subscription.zone),
            nothing=reading or wording.nothing_today(locale=locale),
            notes=[*notes, reading] if reading and digest.stories else notes,
        )

    async def _draft(self, slot: Slot, reader: Reader) -> _Draft | None:
        """Compose a slot's digest; one that fails is tried again later, and stops nobody else's."""
        try:
            return await self._composed(slot, reader)
        except Exception:
            log.exception("digest not composed", slot=slot.id, subscription=slot.subscription_id)
            await self._ledger.postpone(slot, until=self._clock() + AGAIN_AFTER)
            return None

    async def _composed(self, slot: Slot, reader: Reader) -> _Draft:
        now, subscription = self._clock(), reader.subscription
        wish = Wish(reader.feeds, subscription.most, subscription.words, reader.shown)
        since = max(subscription.shown_until, now - FURTHEST_BACK)
        composed = await self._newsroom.compose(wish, since=since, now=now)
        _check(composed, subscription)
        is_late = now - slot.due_at > LATE_AFTER
        return _Draft(slot, reader, composed, self._parts(composed, reader, is_late=is_late))

    def _parts(self, composed: Composed, reader: Reader, *, is_late: bool) -> tuple[Part, ...]:
        """Return how the digest reads in the reader's chat; none if there is nothing that is to be said."""
        subscription, digest = reader.subscription, composed.edition.digest
        if not digest.stories and subscription.quiet_when_empty:
            return ()
        chat, locale, zone = subscription.address.chat, subscription.language, subscription.zone
        key = (composed.key, chat, locale, zone, is_late)
        if key not in self._rendered:
            feeds = () if digest.stories else reader.feeds
            message = digest_message(
                digest,
                locale=locale,
                notes=_troubles(feeds, locale=locale),  # of a digest without news: they may be why
                zone=ZoneInfo(zone),
                late=is_late,
            )
            parts = self._chats[chat].parts(message)
            self._rendered[key] = tuple(replace(part, language=locale) for part in parts)
        return self._rendered[key]

    async def _freeze(self, drafts: Sequence[_Draft]) -> int:
        """Write digests down together, or, where that fails, each alone; return how many could be."""
        if not drafts:
            return 0
        try:
            await self._write(drafts)
        except Exception:
            self._kept.clear()  # one of them may have been erased meanwhile
            if len(drafts) > 1:
                return sum([await self._freeze([draft]) for draft in drafts])
            slot = drafts[0].slot
            log.exception("digest not frozen", slot=slot.id, subscription=slot.subscription_id)
            await self._ledger.postpone(slot, until=self._clock() + AGAIN_AFTER)
            return 0
        return len(drafts)

    async def _write(self, drafts: Sequence[_Draft]) -> None:
        now = self._clock()
        fresh = {d.composed.key: d.composed.edition for d in drafts if d.composed.key not in self._kept}
        self._kept |= await self._editions.save(fresh, now=now)
        frozen = [_frozen(draft, edition=self._kept[draft.composed.key]) for draft in drafts]
        await self._ledger.freeze_all(frozen, now=now)
        for one in frozen:
            log.info(
                "digest composed",
                subscription=one.slot.subscription_id,
                stories=len(one.stories),
                parts=len(one.parts),
            )

    def _forget(self) -> None:
        """Let go of what no reader will share any more."""
        self._newsroom.forget(now=self._clock())
        self._rendered.clear()
        self._kept.clear()


def _frozen(draft: _Draft, *, edition: int) -> Frozen:
    digest = draft.composed.edition.digest
    return Frozen(
        slot=draft.slot,
        address=draft.reader.subscription.address,
        parts=draft.parts,
        stories=tuple(story.story_id for story in digest.stories if story.story_id is not None),
        until=digest.until,
        edition=edition,
    )


def _check(composed: Composed, subscription: Subscription) -> None:
    """Say so where the last gate took something out: a step before it is at fault."""
    if composed.dropped:
        log.error("passages not in their articles", subscription=subscription.id, dropped=composed.dropped)


def _troubles(feeds: Sequence[Feed], *, locale: str) -> list[str]:
    """Return which sources cannot be read, a sentence for each."""
    told = [wording.trouble(squeeze(feed.title), feed.state, locale=locale) for feed in feeds]
    known = [sentence for sentence in told if sentence is not None]
    rest = len(known) - NAMED
    return [*known[:NAMED], wording.more_trouble(rest, locale=locale)] if rest > 0 else known
