"""All that talking and delivering ask of the outside. `bot.store` fulfils it; tests have fakes."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from bot.model import Address, Delivery, Doubt, Found, Frozen, Keeping, Part, Reader, Slot, Subscription
from bot.when.timetable import Moment
from digests.model import Edition, Feed


class Subscriptions(Protocol):
    """Who follows what, and when they want to hear of it. Each method is one transaction."""

    async def at(self, address: Address) -> Subscription | None: ...

    async def by_id(self, subscription_id: int) -> Subscription | None: ...

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
        """Return the subscription of `address`, made now if there was none."""

    async def former(self, address: Address) -> Sequence[str]:
        """Return the ids that a room had before it moved, the newest first."""

    async def save(self, subscription: Subscription, *, told: Sequence[Moment] = ()) -> None:
        """Store what people set, and when the next digest is due; `shown_until` is the ledger's.

        The moments in `told` are owed no more.
        """

    async def told(self, subscription: Subscription, *, since: date) -> frozenset[tuple[date, str]]:
        """Return which local dates and times since then have had their digest: each has one at most."""

    async def waiting(self, subscription: Subscription) -> datetime | None:
        """Return when a digest that is written down already is due; None: none waits to be composed."""

    async def window(self, subscription: Subscription) -> timedelta:
        """Return over how long the digests that are due with the next one are spread; zero: all at once."""

    async def follow(
        self, subscription: Subscription, feeds: Sequence[Feed], *, now: datetime, inherited: bool = False
    ) -> int:
        """Follow feeds, which are read from now on; return how many were not followed yet.

        Those `inherited` from another room are read already, and may be any number.

        Raises:
            UserMistake: a room may not follow so many, or not so soon.
        """

    async def may_follow(self, address: Address, count: int, *, now: datetime) -> None:
        """Return if the room may follow so many feeds more.

        Raises:
            UserMistake: it may not, or not so soon.
        """

    async def unfollow(self, subscription: Subscription, feed: Feed) -> None:
        """Stop following; a feed that nobody follows or lists any more is no longer read."""

    async def feeds(self, subscription: Subscription) -> Sequence[Feed]:
        """Return what is followed, in the order in which it was added."""

    async def shown(self, subscription: Subscription, *, since: datetime) -> frozenset[int]:
        """Return the ids of the stories shown since then."""


class Ledger(Protocol):
    """What is owed and what was sent: the one truth, whatever crashes. Each method is one transaction.

    Several processes may share it: what one has taken, no other gets, unless that one is gone.
    """

    async def materialise(self, now: datetime) -> int:
        """Write down a slot for each subscription that is due; several missed ones become the newest."""

    async def take_slots(self, chat: str, *, now: datetime, limit: int) -> Sequence[Slot]:
        """Take slots of a chat whose digest is not composed yet, the oldest first, for this process alone."""

    async def postpone(self, slot: Slot, *, until: datetime) -> None:
        """Let nobody try to compose a slot before then."""

    async def freeze(
        self, slot: Slot, address: Address, parts: Sequence[Part], *, stories: Sequence[int], now: datetime
    ) -> None:
        """Write down a slot's parts, the stories they show, and that the next digest begins at `now`."""

    async def freeze_all(self, digests: Sequence[Frozen], *, now: datetime) -> None:
        """Do so for many slots, all or none; the next digest of each begins where this one ends."""

    async def claim(self, chat: str, *, now: datetime, limit: int) -> Sequence[Delivery]:
        """Take parts of a chat to send now, for this process alone: of each room the first that is not done.

        Lanes on hold give none.
        """

    async def release(self, delivery: Delivery, *, now: datetime) -> None:
        """Give back what was claimed and surely not sent."""

    async def sending(self, delivery: Delivery, *, now: datetime) -> bool:
        """Write down, before the request leaves, that it is about to; False: it must not leave."""

    async def sent(self, delivery: Delivery, *, message_id: str, now: datetime) -> None: ...

    async def again(self, delivery: Delivery, *, at: datetime, error: str, now: datetime) -> None:
        """It surely did not arrive: try again then."""

    async def failed(self, delivery: Delivery, *, error: str, now: datetime) -> None:
        """It was refused for good: this part and the later ones of its slot are not sent."""

    async def uncertain(self, delivery: Delivery, *, resend_at: datetime | None, now: datetime) -> None:
        """It may have arrived: send it once more, marked, or (without `resend_at`) hold it."""

    async def as_plain(self, delivery: Delivery, part: Part, *, now: datetime) -> None:
        """Try again without markup."""

    async def left(self, chat: str, *, now: datetime) -> Sequence[Delivery]:
        """Return what processes that are gone were sending, this one's own of before included.

        What they had only claimed is due again. To be called while this process sends nothing in `chat`.
        """

    async def pause(self, address: Address, *, reason: str, now: datetime) -> None:
        """Send nothing more to a room and its topics until it asks again; no room means all of a tenant's."""

    async def move(self, address: Address, *, room: str) -> None:
        """Give a room its new id everywhere."""


class Pacing(Protocol):
    """How fast we may talk."""

    async def wait(self, address: Address) -> datetime | None:
        """Return, shortly before a message may leave for `address`, its place in the lane. Holds aside."""

    async def leave(self, address: Address, place: datetime | None) -> None:
        """Return at this place, when the message may leave; or at a later one, if it was missed."""

    async def answer(self, address: Address) -> None:
        """Return when an answer to a person may leave: as soon as any message may, before all digests."""

    async def hold(self, address: Address, *, seconds: float) -> None:
        """Let nothing leave by the bot that serves `address` for so long, whichever process would send it."""

    def is_held(self, address: Address) -> bool:
        """Say whether this process has been told so."""


class Lanes(Protocol):
    """Each bot's way out, shared by all processes that talk through it."""

    async def take(self, address: Address, *, count: int, gap: timedelta, now: datetime) -> datetime:
        """Take the next `count` places, `gap` apart, of the bot that serves `address`; return the first."""

    async def take_in_group(self, address: Address, *, gap: timedelta, now: datetime) -> datetime:
        """Take the next place of a group with all its topics: see `bot.minute`; return when it is."""

    async def hold(self, address: Address, *, until: datetime) -> None:
        """Let nothing leave by the bot that serves `address` before then."""


class Leases(Protocol):
    """What one process alone may do, for a while."""

    async def take(self, name: str, *, owner: str, until: datetime, now: datetime) -> bool:
        """Take or renew a lease; False: another has it."""

    async def drop(self, name: str, *, owner: str) -> None:
        """Give it up, if it is `owner`'s."""

    async def owner(self, name: str) -> str | None:
        """Return who has it, or had it last."""


class Memory(Protocol):
    """What may be forgotten, so that years of news fit a small disk and nobody's words are kept for ever."""

    async def forget(self, since: Keeping) -> Mapping[str, int]:
        """Forget what is older; return how much of each kind that was."""


class Erasing(Protocol):
    """What people may have erased."""

    async def knows(self, address: Address) -> bool:
        """Say whether anything is kept about a room, or a topic of it."""

    async def erase(self, address: Address) -> bool:
        """Erase all that is kept about a room, its topics included; False: there was nothing.

        Feeds go with it that nobody else follows or lists. In SQLite nothing of it is left in the file.
        """


class Closings(Protocol):
    """Feeds that are gone for good, whose readers are to be told once."""

    async def untold(self, chat: str) -> Sequence[tuple[Subscription, Sequence[Feed]]]:
        """Return rooms of a chat that follow feeds that are gone, and which."""

    async def tell(
        self, subscription: Subscription, feeds: Sequence[Feed], parts: Sequence[Part], *, now: datetime
    ) -> bool:
        """Put `parts` in the outbox and follow these feeds no more, both or neither; False: it was done."""


class Doubts(Protocol):
    """Messages that may have arrived, and are held until somebody says what shall become of them."""

    async def unasked(self, chat: str, *, since: datetime) -> Sequence[tuple[Subscription, Sequence[Doubt]]]:
        """Return rooms of a chat that were not asked yet about messages held since then, and which."""

    async def ask(
        self, subscription: Subscription, doubts: Sequence[Doubt], parts: Sequence[Part], *, now: datetime
    ) -> bool:
        """Put a question about these messages in the outbox; False: it was done, or they are settled."""

    async def ask_again(self, chat: str, *, now: datetime) -> None:
        """Send questions again, marked, that may not have arrived themselves: a few times."""

    async def held(self, address: Address) -> Sequence[Doubt]:
        """Return the messages of a room that are held, in the order in which they were to arrive."""

    async def settle(self, address: Address, *, last: int | None, resend: bool, now: datetime) -> int:
        """Send again, marked, or give up what a room has that is held, up to a delivery; return how many."""


class Readers(Protocol):
    """Who is owed a digest."""

    async def __call__(self, subscription_ids: Sequence[int], *, since: datetime) -> Mapping[int, Reader]:
        """Return those subscriptions that still are, by id, with what they follow and were shown since."""


class Editions(Protocol):
    """Digests as they were composed; equal ones are kept once. Each method is one transaction."""

    async def save(self, editions: Mapping[str, Edition], *, now: datetime) -> Mapping[str, int]:
        """Keep editions by the keys that only equal ones share; return the id of each key."""

    async def last(self, subscription: Subscription) -> tuple[Slot, Edition] | None:
        """Return the newest slot that was composed for a subscription, and its edition."""


class Traces(Protocol):
    """What is stored of a page."""

    async def __call__(self, feeds: Sequence[Feed], asked: str, *, limit: int) -> Sequence[Found]:
        """Return what these feeds tell at a URL, or under titles with all these words; the newest first."""
