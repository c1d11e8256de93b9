"""Parts that are due are sent, and what became of each is written down.

Neither platform knows an idempotency key, so nobody can send exactly once. A part is written down as being
sent just before its request leaves; if no answer comes, it alone may have arrived, and only it may come
again, marked as a possible repeat.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import timedelta
from functools import partial
from typing import Literal, TypeVar

import structlog

from bot.chats.contract import Chat
from bot.clock import Clock
from bot.errors import BadMessage, ChatClosed, ChatMoved, NotSent, Uncertain
from bot.model import Delivery
from bot.ports import Ledger, Pacing

AT_ONCE = 100  # rooms
RESEND_AFTER = timedelta(seconds=30)  # time for a slow platform to show that it had arrived
_FIRST_BACK_OFF = 2.0  # seconds; doubled at each attempt
_LONGEST_BACK_OFF = 300.0
_DOUBLINGS = 10  # more make no difference

T = TypeVar("T")
log = structlog.get_logger()


class Deliver:
    """Send what the ledger says is due."""

    def __init__(
        self,
        ledger: Ledger,
        chats: Mapping[str, Chat],
        *,
        limits: Pacing,
        clock: Clock,
        on_uncertain: Literal["resend", "hold"] = "resend",
    ) -> None:
        self._ledger = ledger
        self._chats = chats
        self._limits = limits
        self._clock = clock
        self._resends = on_uncertain == "resend"
        self._unwritten: list[Callable[[], Awaitable[None]]] = []

    async def recover(self) -> None:
        """Settle what a process that died left in the state of being sent."""
        for delivery in await self._ledger.in_doubt():
            await self._doubt(delivery)

    async def drain(self) -> int:
        """Send until nothing is due; return how many parts were tried."""
        await self._write_what_is_left()
        return sum(await _all(self._drain(name) for name in self._chats))

    async def _drain(self, chat: str) -> int:
        """Send what is due in one chat; the others do not wait for it."""
        tried = 0
        while due := await self._ledger.parts_due((chat,), now=self._clock(), limit=AT_ONCE):
            await _all(self._send(delivery) for delivery in due)
            tried += len(due)
        return tried

    async def _send(self, delivery: Delivery) -> None:
        await self._limits.wait(delivery.address)
        if await self._ledger.sending(delivery, now=self._clock()):
            outcome = await self._outcome(delivery)
            try:
                await outcome()
            except Exception:
                self._unwritten.append(outcome)  # what was sent must not be forgotten
                raise

    async def _write_what_is_left(self) -> None:
        """Write down what a database that was away did not take."""
        while self._unwritten:
            await self._unwritten[0]()
            del self._unwritten[0]

    async def _outcome(self, delivery: Delivery) -> Callable[[], Awaitable[None]]:
        """Send a part; return how to write down what became of it."""
        chat = self._chats[delivery.address.chat]
        try:
            message_id = await chat.send(delivery.address, delivery.part, repeat=delivery.repeat)
        except NotSent as error:
            return partial(self._again, delivery, error)
        except ChatClosed as error:
            log.warning("room closed", chat=delivery.address.chat, error=str(error))
            return partial(self._ledger.pause, delivery.address, reason=str(error), now=self._clock())
        except ChatMoved as error:
            return partial(self._moved, delivery, error)
        except BadMessage as error:
            return partial(self._plainly, delivery, chat, error)
        except Uncertain:
            return partial(self._doubt, delivery)
        except Exception:
            log.exception("delivery unclear", delivery=delivery.id, chat=delivery.address.chat)
            return partial(self._doubt, delivery)
        log.info(
            "part sent", delivery=delivery.id, chat=delivery.address.chat, attempts=delivery.attempts + 1
        )
        return partial(self._ledger.sent, delivery, message_id=message_id, now=self._clock())

    async def _again(self, delivery: Delivery, error: NotSent) -> None:
        seconds = error.retry_after
        if seconds is None:
            seconds = min(_LONGEST_BACK_OFF, _FIRST_BACK_OFF * 2 ** min(delivery.attempts, _DOUBLINGS))
        if error.whole_lane:
            self._limits.hold(delivery.address, seconds=seconds)
        now = self._clock()
        await self._ledger.again(delivery, at=now + timedelta(seconds=seconds), error=str(error), now=now)

    async def _moved(self, delivery: Delivery, error: ChatMoved) -> None:
        now = self._clock()
        await self._ledger.move(delivery.address, room=error.room)
        await self._ledger.again(delivery, at=now, error=str(error), now=now)

    async def _plainly(self, delivery: Delivery, chat: Chat, error: BadMessage) -> None:
        """Send the words without markup, once. That it came to this is a fault of ours."""
        log.error("markup refused", delivery=delivery.id, chat=delivery.address.chat, error=str(error))
        plain = chat.plain(delivery.part)
        if plain == delivery.part:
            await self._ledger.failed(delivery, error=str(error), now=self._clock())
        else:
            await self._ledger.as_plain(delivery, plain, now=self._clock())

    async def _doubt(self, delivery: Delivery) -> None:
        now = self._clock()
        resends = self._resends and not delivery.repeat
        log.warning("part in doubt", delivery=delivery.id, chat=delivery.address.chat, resends=resends)
        await self._ledger.uncertain(delivery, resend_at=now + RESEND_AFTER if resends else None, now=now)


async def _all(steps: Iterable[Awaitable[T]]) -> list[T]:
    """Return what all gave, once all have ended: one that fails leaves none behind that nobody awaits.

    Raises:
        Exception: the first that one of them raised.
    """
    ended = await asyncio.gather(*steps, return_exceptions=True)
    for one in ended:
        if isinstance(one, BaseException):
            raise one
    return [one for one in ended if not isinstance(one, BaseException)]
