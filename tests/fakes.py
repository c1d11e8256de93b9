"""What fulfils the ports without a network, a database or a clock on the wall."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.commands import COMMANDS, Command, Topic
from bot.errors import UserMistake
from bot.message import Message
from bot.model import (
    Address,
    Backlog,
    Delivery,
    DeliveryState,
    Doubt,
    Frozen,
    Part,
    Reader,
    Report,
    Slot,
    Subscription,
    Traced,
)
from bot.phrase import say
from bot.when.timetable import Moment
from digests.errors import DigestsError, FetchFailed
from digests.model import Article, Document, Edition, Entry, Feed, FeedState, Story
from digests.ports import PageDue

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)  # a Thursday
ROOM = Address(chat="telegram", room="7")


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **length: float) -> None:
        self.now += timedelta(**length)


_OPEN = (DeliveryState.DUE, DeliveryState.CLAIMED, DeliveryState.SENDING)


class FakeSubscriptions:
    """See `bot.ports.Subscriptions`."""

    def __init__(self) -> None:
        self.by_address: dict[Address, Subscription] = {}
        self.followed: dict[int, list[Feed]] = {}
        self.shown_at: dict[int, dict[int, datetime]] = {}
        self.told_at: dict[int, set[tuple[date, str]]] = {}  # by subscription: dates and times
        self.waits: dict[int, datetime] = {}  # by subscription: a digest that is owed already
        self.spread = timedelta(0)  # over which the digests of a moment are sent
        self.most = 200  # feeds of a room
        self.moved: dict[Address, list[str]] = {}  # the ids that a room had before

    async def at(self, address: Address) -> Subscription | None:
        return self.by_address.get(address)

    async def by_id(self, subscription_id: int) -> Subscription | None:
        return next((one for one in self.by_address.values() if one.id == subscription_id), None)

    async def add(
        self,
        address: Address,
        *,
        zone: str,
        timetable: str,
        shown_until: datetime,
        next_due_at: datetime | None,
        now: datetime,
    ) -> Subscription:
        fresh = Subscription(
            id=len(self.by_address) + 1,
            address=address,
            zone=zone,
            timetable=timetable,
            shown_until=shown_until,
            next_due_at=next_due_at,
        )
        return self.by_address.setdefault(address, fresh)

    async def save(self, subscription: Subscription, *, told: Sequence[Moment] = ()) -> None:
        mine = self.told_at.setdefault(subscription.id, set())
        mine.update((moment.local_date, moment.at) for moment in told)
        kept = self.by_address[subscription.address].shown_until
        self.by_address[subscription.address] = replace(subscription, shown_until=kept)

    async def told(self, subscription: Subscription, *, since: date) -> frozenset[tuple[date, str]]:
        return frozenset(one for one in self.told_at.get(subscription.id, ()) if one[0] >= since)

    async def former(self, address: Address) -> Sequence[str]:
        return self.moved.get(address, [])

    async def waiting(self, subscription: Subscription) -> datetime | None:
        return self.waits.get(subscription.id)

    async def window(self, subscription: Subscription) -> timedelta:
        return self.spread

    async def follow(
        self, subscription: Subscription, feeds: Sequence[Feed], *, now: datetime, inherited: bool = False
    ) -> int:
        mine = self.followed.setdefault(subscription.id, [])
        fresh = [feed for feed in dict.fromkeys(feeds) if feed not in mine]
        mine += fresh
        return len(fresh)

    async def may_follow(self, address: Address, count: int, *, now: datetime) -> None:
        known = self.by_address.get(address)
        if len(self.followed.get(known.id, ()) if known else ()) + count > self.most:
            raise UserMistake("No more than {most}.", most=self.most)

    async def unfollow(self, subscription: Subscription, feed: Feed) -> None:
        self.followed[subscription.id].remove(feed)

    async def feeds(self, subscription: Subscription) -> Sequence[Feed]:
        return tuple(self.followed.get(subscription.id, ()))

    async def shown(self, subscription: Subscription, *, since: datetime) -> frozenset[int]:
        shown = self.shown_at.get(subscription.id, {})
        return frozenset(story for story, at in shown.items() if at > since)


class FakeReaders:
    """See `bot.ports.Readers`: what the subscriptions know."""

    def __init__(self, subscriptions: FakeSubscriptions) -> None:
        self._subscriptions = subscriptions

    async def __call__(self, subscription_ids: Sequence[int], *, since: datetime) -> Mapping[int, Reader]:
        mine = self._subscriptions
        return {
            one.id: Reader(one, tuple(mine.followed.get(one.id, ())), mine.shown_at.get(one.id, {}))
            for one in mine.by_address.values()
            if one.id in subscription_ids
        }


class FakeEditions:
    """See `bot.ports.Editions`: by key, in the order in which they came."""

    def __init__(self) -> None:
        self.kept: dict[str, Edition] = {}
        self.latest: tuple[Slot, Edition] | None = None

    async def save(self, editions: Mapping[str, Edition], *, now: datetime) -> Mapping[str, int]:
        self.kept |= editions
        return {key: number for number, key in enumerate(self.kept, start=1) if key in editions}

    async def last(self, subscription: Subscription) -> tuple[Slot, Edition] | None:
        return self.latest


class FakeLedger:
    """See `bot.ports.Ledger`. `parts` by delivery id is all it knows of the outbox."""

    def __init__(self) -> None:
        self.slots: dict[int, Slot] = {}
        self.frozen: dict[int, tuple[int, ...]] = {}  # the stories of each slot that is composed
        self.taken: dict[int, datetime | None] = {}  # slots, and when one that failed is tried again
        self.parts: dict[int, Delivery] = {}
        self.not_before: dict[int, datetime] = {}
        self.message_ids: dict[int, str] = {}
        self.errors: dict[int, str] = {}
        self.paused: dict[Address, str] = {}
        self.broken: set[str] = set()  # methods of a database that is away

    def owes(self, *texts: str, address: Address = ROOM, slot_id: int = 1, at: datetime = NOON) -> None:
        """Put the parts of a slot in the outbox."""
        for number, text in enumerate(texts):
            one = Delivery(
                id=len(self.parts) + 1,
                slot_id=slot_id,
                number=number,
                address=address,
                part=Part(body=f"<b>{text}</b>", text=text),
                due_at=at,
            )
            self.parts[one.id] = one
            self.not_before[one.id] = at

    def states(self) -> list[str]:
        return [str(self.parts[part].state) for part in sorted(self.parts)]

    async def materialise(self, now: datetime) -> int:
        return 0

    async def take_slots(self, chat: str, *, now: datetime, limit: int) -> Sequence[Slot]:
        due = [slot for slot in self.slots.values() if slot.id not in {*self.frozen, *self.taken}]
        some = sorted(due, key=lambda slot: slot.due_at)[:limit]
        self.taken.update({slot.id: None for slot in some})
        return some

    async def postpone(self, slot: Slot, *, until: datetime) -> None:
        self.taken[slot.id] = until

    async def freeze(
        self, slot: Slot, address: Address, parts: Sequence[Part], *, stories: Sequence[int], now: datetime
    ) -> None:
        self.frozen[slot.id] = tuple(stories)
        self.owes(*(part.text for part in parts), address=address, slot_id=slot.id, at=now)

    async def freeze_all(self, digests: Sequence[Frozen], *, now: datetime) -> None:
        self._may("freeze_all")
        for one in digests:
            await self.freeze(one.slot, one.address, one.parts, stories=one.stories, now=now)

    async def claim(self, chat: str, *, now: datetime, limit: int) -> Sequence[Delivery]:
        self._may("claim")
        first: dict[Address, Delivery] = {}
        for part in sorted(self.parts.values(), key=lambda part: part.id):
            if part.state in _OPEN:
                first.setdefault(part.address, part)
        claimed = [
            part
            for part in first.values()
            if part.state is DeliveryState.DUE
            and part.address.chat == chat
            and self.not_before[part.id] <= now
        ][:limit]
        for part in claimed:
            self._change(part, state=DeliveryState.CLAIMED)
        return claimed

    async def release(self, delivery: Delivery, *, now: datetime) -> None:
        self._may("release")
        if self.parts[delivery.id].state in (DeliveryState.CLAIMED, DeliveryState.SENDING):
            self._change(delivery, state=DeliveryState.DUE)

    async def sending(self, delivery: Delivery, *, now: datetime) -> bool:
        self._may("sending")
        if self.parts[delivery.id].state is not DeliveryState.CLAIMED:
            return False
        self._change(delivery, state=DeliveryState.SENDING, attempts=delivery.attempts + 1)
        return True

    async def sent(self, delivery: Delivery, *, message_id: str, now: datetime) -> None:
        self._may("sent")
        self._change(delivery, state=DeliveryState.SENT)
        self.message_ids[delivery.id] = message_id

    async def again(self, delivery: Delivery, *, at: datetime, error: str, now: datetime) -> None:
        self._change(delivery, state=DeliveryState.DUE)
        self.not_before[delivery.id], self.errors[delivery.id] = at, error

    async def failed(self, delivery: Delivery, *, error: str, now: datetime) -> None:
        for part in list(self.parts.values()):
            if part.slot_id == delivery.slot_id and part.state in _OPEN:
                self._change(part, state=DeliveryState.FAILED)

    async def uncertain(self, delivery: Delivery, *, resend_at: datetime | None, now: datetime) -> None:
        if resend_at is None:
            self._change(delivery, state=DeliveryState.UNCERTAIN)
        else:
            self._change(delivery, state=DeliveryState.DUE, repeat=True)
            self.not_before[delivery.id] = resend_at

    async def as_plain(self, delivery: Delivery, part: Part, *, now: datetime) -> None:
        self._change(delivery, state=DeliveryState.DUE, part=part)

    async def left(self, chat: str, *, now: datetime) -> Sequence[Delivery]:
        for part in list(self.parts.values()):
            if part.address.chat == chat and part.state is DeliveryState.CLAIMED:
                self._change(part, state=DeliveryState.DUE)
        return [
            part
            for part in self.parts.values()
            if part.address.chat == chat and part.state is DeliveryState.SENDING
        ]

    async def pause(self, address: Address, *, reason: str, now: datetime) -> None:
        self.paused[address] = reason
        for part in list(self.parts.values()):
            if part.address == address and part.state in _OPEN:
                self._change(part, state=DeliveryState.FAILED)

    async def move(self, address: Address, *, room: str) -> None:
        for part in list(self.parts.values()):
            if part.address == address:
                self._change(part, address=replace(address, room=room))

    def _change(self, delivery: Delivery, **changed: Any) -> None:
        self.parts[delivery.id] = replace(self.parts[delivery.id], **changed)

    def _may(self, method: str) -> None:
        if method in self.broken:
            raise OSError("the database is away")


class FakePacing:
    """See `bot.ports.Pacing`: never waits, but remembers who was held."""

    def __init__(self) -> None:
        self.held: list[tuple[Address, float]] = []

    async def wait(self, address: Address) -> datetime | None: ...

    async def leave(self, address: Address, place: datetime | None) -> None: ...

    async def answer(self, address: Address) -> None: ...

    async def hold(self, address: Address, *, seconds: float) -> None:
        self.held.append((address, seconds))

    def is_held(self, address: Address) -> bool:
        return False


class FakeChat:
    """See `bot.chats.contract.Chat`: records what was sent, and raises what it is told to."""

    def __init__(self, name: str = "telegram") -> None:
        self.name = name
        self.sent: list[tuple[Address, str, bool]] = []  # room, body, whether marked as a repeat
        self.troubles: list[BaseException | None] = []  # for the next requests, in order; None: it goes well
        self.listening = False

    async def start(self, answer: Any, closed: Any, moved: Any = None) -> None:
        self.listening = True

    async def stop(self) -> None:
        self.listening = False

    def parts(self, message: Message) -> tuple[Part, ...]:
        return (Part(body=f"<b>{message.text}</b>", text=message.text),)

    def plain(self, part: Part) -> Part:
        return replace(part, body=part.text)

    async def send(self, address: Address, part: Part, *, repeat: bool = False) -> str:
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble is not None:
            raise trouble
        self.sent.append((address, part.body, repeat))
        return f"m{len(self.sent)}"


class FakeFetch:
    """See `digests.ports.Fetch`: documents and errors by URL."""

    def __init__(self, **pages: Document | DigestsError) -> None:
        self.pages: dict[str, Document | DigestsError | None] = dict(pages)
        self.asked: list[str] = []

    async def __call__(
        self, url: str, *, limit: int, etag: str | None = None, last_modified: str | None = None
    ) -> Document | None:
        self.asked.append(url)
        found = self.pages.get(url, FetchFailed("nobody answers there"))
        if isinstance(found, DigestsError):
            raise found
        return found


class FakeSandbox:
    """See `digests.ports.Sandbox`: parses here and now."""

    async def __call__(self, parse: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return parse(*args, **kwargs)


class FakeCollectStore:
    """See `digests.ports.CollectStore` and `BuildStore`, kept in dicts."""

    def __init__(self) -> None:
        self.feeds: dict[int, Feed] = {}
        self.seen: dict[int, set[str]] = {}
        self.pages: dict[int, tuple[PageDue, datetime | None]] = {}
        self.articles: dict[str, Article] = {}
        self.collected_at: dict[str, datetime] = {}
        self.carried_by: dict[int | None, set[int]] = {}
        self.stories: dict[int, Story] = {}
        self.changed_at: datetime | None = None
        self.kept: list[set[str]] = []
        self.left: set[str] = set()
        self.resting: dict[str, datetime] = {}
        self.claimed: list[str] = []
        self.taken_by_others: dict[str, int] = {}  # host: claims of it that fail

    async def feeds_due(self, now: datetime, *, limit: int) -> Sequence[Feed]:
        return [feed for feed in self.feeds.values() if feed.next_poll_at and feed.next_poll_at <= now][
            :limit
        ]

    async def claim_feeds(self, now: datetime, *, limit: int) -> Sequence[Feed]:
        return await self.feeds_due(now, limit=limit)

    async def claim_pages(self, now: datetime, *, limit: int) -> Sequence[PageDue]:
        return await self.pages_due(now, limit=limit)

    async def claim_host(self, host: str, *, now: datetime) -> bool:
        self.claimed.append(host)
        return self.claimed.count(host) > self.taken_by_others.get(host, 0)

    async def keep_hosts(self, hosts: Collection[str], *, now: datetime) -> None:
        self.kept.append(set(hosts))

    async def leave_hosts(self, hosts: Collection[str], *, now: datetime) -> None:
        self.left |= hosts

    async def rest_host(self, host: str, *, until: datetime) -> None:
        self.resting[host] = until

    async def feed_at(self, url: str) -> Feed | None:
        return next((feed for feed in self.feeds.values() if feed.url == url), None)

    async def add_feed(
        self, url: str, *, title: str, language: str, topic: str | None = None, now: datetime
    ) -> Feed:
        if known := await self.feed_at(url):
            return known
        feed = Feed(id=len(self.feeds) + 1, url=url, title=title, language=language, topic=topic)
        self.feeds[feed.id] = feed
        return feed

    async def feed_read(self, feed: Feed, entries: Sequence[Entry], *, first: int, now: datetime) -> int:
        self.feeds[feed.id] = feed
        is_new = feed.id not in self.seen
        seen = self.seen.setdefault(feed.id, set())
        fresh = [entry for entry in entries if (entry.guid or entry.url) not in seen]
        seen.update(entry.guid or entry.url for entry in entries)
        due = fresh[:first] if is_new else fresh
        for entry in due:
            page = PageDue(id=len(self.pages) + 1, feed=feed, entry=entry)
            self.pages[page.id] = (page, now)
        return len(due)

    async def feed_failed(self, feed: Feed) -> None:
        self.feeds[feed.id] = feed

    async def pages_due(self, now: datetime, *, limit: int) -> Sequence[PageDue]:
        return [page for page, at in self.pages.values() if at is not None and at <= now][:limit]

    async def page_read(self, page: PageDue, article: Article, *, now: datetime) -> None:
        fresh = replace(article, id=len(self.articles) + 1, feed_id=page.feed.id)
        place = f"{article.url} of {page.feed.id}" if article.of_feed else article.url
        stored = self.articles.setdefault(place, fresh)
        self.collected_at.setdefault(article.url, now)
        self.carried_by.setdefault(stored.id, set()).add(page.feed.id)
        self.pages[page.id] = (page, None)

    async def page_failed(self, page: PageDue, *, again_at: datetime | None) -> None:
        self.pages[page.id] = (replace(page, attempts=page.attempts + 1), again_at)

    async def page_put_off(self, page: PageDue, *, until: datetime) -> None:
        self.pages[page.id] = (page, until)

    async def ungrouped(self, *, limit: int) -> Sequence[Article]:
        told = {article.url for story in self.stories.values() for article in story.articles}
        return [article for article in self.articles.values() if article.url not in told][:limit]

    async def stories_since(self, since: datetime) -> Sequence[Story]:
        return tuple(self.stories.values())

    async def stories_changed(self) -> datetime | None:
        return self.changed_at

    async def save_stories(self, stories: Sequence[Story], *, now: datetime) -> Sequence[Story]:
        self.changed_at = now
        saved = [
            replace(story, id=story.id or len(self.stories) + 1 + at) for at, story in enumerate(stories)
        ]
        self.stories |= {story.id: story for story in saved}
        return saved

    async def stories_for(
        self, feed_ids: Sequence[int], *, since: datetime, until: datetime
    ) -> Sequence[Story]:
        mine = [
            replace(story, articles=tuple(a for a in story.articles if self._carries(a, feed_ids)))
            for story in self.stories.values()
        ]
        return [one for one in mine if any(since < self.collected_at[a.url] <= until for a in one.articles)]

    def _carries(self, article: Article, feed_ids: Sequence[int]) -> bool:
        return bool(self.carried_by.get(article.id, set()) & set(feed_ids))


class FakeErasing:
    """See `bot.ports.Erasing`."""

    def __init__(self, subscriptions: FakeSubscriptions) -> None:
        self._subscriptions = subscriptions

    async def knows(self, address: Address) -> bool:
        return await self._subscriptions.at(address) is not None

    async def erase(self, address: Address) -> bool:
        return self._subscriptions.by_address.pop(address, None) is not None


class FakeDoubts:
    """See `bot.ports.Doubts`: what is held of rooms, and what was said of it."""

    def __init__(self) -> None:
        self.by_address: dict[Address, list[Doubt]] = {}
        self.settled: list[tuple[int, bool]] = []  # deliveries, and whether they are sent again

    async def held(self, address: Address) -> Sequence[Doubt]:
        return self.by_address.get(address, [])

    async def settle(self, address: Address, *, last: int | None, resend: bool, now: datetime) -> int:
        held = self.by_address.get(address, [])
        mine = [one for one in held if last is None or one.delivery <= last]
        self.settled += [(one.delivery, resend) for one in mine]
        self.by_address[address] = [one for one in held if one not in mine]
        return len(mine)


class FakeDesk:
    """See `bot.commands.contract.Desk`. `places`: what lies at each URL, a feed or an error."""

    def __init__(self) -> None:
        self.subscriptions = FakeSubscriptions()
        self.erasing = FakeErasing(self.subscriptions)
        self.doubts = FakeDoubts()
        self.clock = FakeClock()
        self.catalogue = {
            "World": [feed(1, "Harbour Post"), feed(2, "Valley Times")],
            "Latin America": [feed(3, "Diario Sur")],
            "Technology": [feed(4, "Circuit")],
        }
        self.places: dict[str, Feed | Exception] = {}
        self.health = Report(Backlog())
        self.traced = Traced(at=None)

    def now(self) -> datetime:
        return self.clock()

    def commands(self) -> Sequence[Command]:
        return COMMANDS

    async def topics(self) -> Sequence[Topic]:
        return [Topic(name, tuple(one.title for one in feeds)) for name, feeds in self.catalogue.items()]

    async def topic_feeds(self, topic: str, *, language: str) -> Sequence[Feed]:
        return next((feeds for name, feeds in self.catalogue.items() if name.lower() == topic.lower()), [])

    async def find_feed(self, url: str) -> Feed:
        found = self.places.get(url, FetchFailed("nobody answers there"))
        if isinstance(found, Exception):
            raise found
        return found

    async def report(self) -> Report:
        return self.health

    async def why(self, subscription: Subscription, asked: str) -> Traced:
        return self.traced

    async def digest_now(self, subscription: Subscription) -> Message:
        return replace(say("*The news*"), digest=True)


def feed(feed_id: int, title: str, *, url: str = "", state: FeedState = FeedState.OK) -> Feed:
    return Feed(id=feed_id, url=url or f"https://feeds.example/{feed_id}.xml", title=title, state=state)
