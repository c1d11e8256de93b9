"""All that talking and delivering ask of the outside. `bot.store` fulfils it; tests have fakes."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.model import Address, Delivery, Part, Slot, Subscription
from digests.model import Feed


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

    async def save(self, subscription: Subscription) -> None:
        """Store what people set, and when the next digest is due; `shown_until` is the ledger's."""

    async def follow(self, subscription: Subscription, feeds: Sequence[Feed], *, now: datetime) -> int:
        """Follow feeds, which are read from now on; return how many were not followed yet."""

    async def unfollow(self, subscription: Subscription, feed: Feed) -> None:
        """Stop following; a feed that nobody follows or lists any more is no longer read."""

    async def feeds(self, subscription: Subscription) -> Sequence[Feed]:
        """Return what is followed, in the order in which it was added."""

    async def shown(self, subscription: Subscription, *, since: datetime) -> frozenset[int]:
        """Return the ids of the stories shown since then."""


class Ledger(Protocol):
    """What is owed and what was sent: the one truth, whatever crashes. Each method is one transaction."""

    async def materialise(self, now: datetime) -> int:
        """Write down a slot for each subscription that is due; several missed ones become the newest."""

    async def slots_due(self, chats: Collection[str], *, limit: int) -> Sequence[Slot]:
        """Return slots in these chats whose digest is not composed yet, the oldest first."""

    async def freeze(
        self, slot: Slot, address: Address, parts: Sequence[Part], *, stories: Sequence[int], now: datetime
    ) -> None:
        """Write down a slot's parts, the stories they show, and that the next digest begins at `now`."""

    async def parts_due(self, chats: Collection[str], *, now: datetime, limit: int) -> Sequence[Delivery]:
        """Return parts to send now in these chats: of each room only the first that is not done."""

    async def sending(self, delivery: Delivery, *, now: datetime) -> bool:
        """Write down, before the request leaves, that it is about to; False: it is not due any more."""

    async def sent(self, delivery: Delivery, *, message_id: str, now: datetime) -> None: ...

    async def again(self, delivery: Delivery, *, at: datetime, error: str, now: datetime) -> None:
        """It surely did not arrive: try again then."""

    async def failed(self, delivery: Delivery, *, error: str, now: datetime) -> None:
        """It was refused for good: this part and the later ones of its slot are not sent."""

    async def uncertain(self, delivery: Delivery, *, resend_at: datetime | None, now: datetime) -> None:
        """It may have arrived: send it once more, marked, or (without `resend_at`) hold it."""

    async def as_plain(self, delivery: Delivery, part: Part, *, now: datetime) -> None:
        """Try again without markup."""

    async def in_doubt(self) -> Sequence[Delivery]:
        """Return the parts that a process left in the state of being sent."""

    async def pause(self, address: Address, *, reason: str, now: datetime) -> None:
        """Send nothing more to a room and its topics until it asks again; no room means all of a tenant's."""

    async def move(self, address: Address, *, room: str) -> None:
        """Give a room its new id everywhere."""


class Pacing(Protocol):
    """How fast we may talk."""

    async def wait(self, address: Address) -> None:
        """Return once a message may be sent to `address`."""

    def hold(self, address: Address, *, seconds: float) -> None:
        """Let nothing leave by the bot that serves `address` for so long."""
