"""Parts that are due are sent, and what became of each is written down.

Neither platform knows an idempotency key, so nobody can send exactly once. A part is claimed, so that no
other process sends it, and written down as being sent just before its request leaves. If no answer comes, it
alone may have arrived, and only it may come again, marked as a possible repeat.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping
from contextlib import suppress
from datetime import timedelta
from functools import partial
from typing import Any, Literal, TypeVar

import structlog

from bot.chats.contract import Chat
from bot.clock import Clock
from bot.errors import BadMessage, ChatClosed, ChatMoved, NotSent, Uncertain
from bot.model import Delivery
from bot.ports import Ledger, Pacing

AT_ONCE = 100  # parts of one chat on their way: each is in doubt if we die; fewer leave a processor idle
_LOOK_AGAIN = 1.0  # seconds: a request that hangs keeps nobody else waiting for longer
RESEND_AFTER = timedelta(seconds=30)  # time for a slow platform to show that it had arrived
_CRASHES = 5  # in which a part was on its way: more, and it may be their reason
_FIRST_BACK_OFF = 2.0  # seconds; doubled at each attempt
_LONGEST_BACK_OFF = 300.0
_DOUBLINGS = 10  # more make no difference

Step = Callable[[], Awaitable[None]]
"""Write down what became of a part; may be tried again."""

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
        resend_after: timedelta = RESEND_AFTER,
    ) -> None:
        self._ledger = ledger
        self._chats = chats
        self._limits = limits
        self._clock = clock
        self._resends = on_uncertain == "resend"
        self._resend_after = resend_after
        self._stopping = False
        self._unwritten: dict[str, list[Step]] = defaultdict(list)

    async def recover(self) -> None:
        """Settle what processes that are gone left in the state of being sent."""
        await _all(self._recover(name) for name in self._chats)

    async def drain(self, *chats: str) -> int:
        """Send in these chats, or in all, until nothing is due; return how many parts were tried.

        A chat must not be drained twice at a time in one process.
        """
        return sum(await _all(self._drain(name) for name in chats or self._chats))

    async def settle(self) -> None:
        """Write down what a database that was away did not take, even if another process drains now."""
        for chat in self._chats:
            await self._write_what_is_left(chat)

    def stop(self) -> None:
        """Let `drain` end with the requests that are under way."""
        self._stopping = True

    async def _recover(self, chat: str) -> None:
        for delivery in await self._ledger.left(chat, now=self._clock()):
            await self._doubt(delivery, by_crash=True)

    async def _drain(self, chat: str) -> int:
        """Send what is due in one chat; the others do not wait for it."""
        await self._write_what_is_left(chat)
        await self._recover(chat)
        tried, flight = 0, _Flight()
        try:
            while not self._stopping and flight.error is None:
                free = AT_ONCE - flight.size
                claimed = await self._ledger.claim(chat, now=self._clock(), limit=free)
                tried += len(claimed)
                for delivery in claimed:
                    flight.add(self._send(delivery))
                if not flight.size:
                    break
                # A line that gives less than was asked for is at its end, but for the rooms under way.
                await flight.until(AT_ONCE // 2 if len(claimed) == free else 0, within=_LOOK_AGAIN)
        finally:
            await flight.landed()
        return tried

    async def _send(self, delivery: Delivery) -> None:
        release = partial(self._release, delivery)
        place = await self._limits.wait(delivery.address)
        if self._stopping:
            return await self._write(delivery, release)
        try:
            leaves = await self._ledger.sending(delivery, now=self._clock())
        except Exception:
            self._unwritten[delivery.address.chat].append(release)  # it may be written, and has not left
            raise
        if leaves:
            await self._limits.leave(delivery.address, place)
        if not leaves or self._limits.is_held(delivery.address):
            return await self._write(delivery, release)
        return await self._write(delivery, await self._outcome(delivery))

    async def _write(self, delivery: Delivery, step: Step) -> None:
        try:
            await step()
        except Exception:
            self._unwritten[delivery.address.chat].append(step)  # what was sent must not be forgotten
            raise

    async def _write_what_is_left(self, chat: str) -> None:
        """Write down what a database that was away did not take."""
        unwritten = self._unwritten[chat]
        while unwritten:
            step = unwritten.pop(0)  # nobody else's now, who may be here at the same time
            try:
                await step()
            except BaseException:
                unwritten.insert(0, step)
                raise

    async def _release(self, delivery: Delivery) -> None:
        await self._ledger.release(delivery, now=self._clock())

    async def _outcome(self, delivery: Delivery) -> Step:
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
            await self._limits.hold(delivery.address, seconds=seconds)
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

    async def _doubt(self, delivery: Delivery, *, by_crash: bool = False) -> None:
        """Have a part sent once more, or after each of a few crashes; hold it where it is enough."""
        now = self._clock()
        resends = self._resends and (not delivery.repeat or (by_crash and delivery.attempts < _CRASHES))
        log.warning("part in doubt", delivery=delivery.id, chat=delivery.address.chat, resends=resends)
        await self._ledger.uncertain(
            delivery, resend_at=now + self._resend_after if resends else None, now=now
        )


class _Flight:
    """Requests under way, and the first error of one that ended."""

    def __init__(self) -> None:
        self.error: BaseException | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._ended = asyncio.Event()

    @property
    def size(self) -> int:
        return len(self._tasks)

    def add(self, request: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(request)
        self._tasks.add(task)
        task.add_done_callback(self._land)

    async def until(self, few: int, *, within: float) -> None:
        """Return once no more than `few` are under way, or after `within` seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within):
                await self._until(few)

    async def landed(self) -> None:
        """Return once all have ended.

        Raises:
            BaseException: the first that one of them raised.
        """
        await self._until(0)
        if self.error is not None:
            raise self.error

    async def _until(self, few: int) -> None:
        while len(self._tasks) > few:
            self._ended.clear()
            await self._ended.wait()

    def _land(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        self._ended.set()
        error = asyncio.CancelledError() if task.cancelled() else task.exception()
        self.error = self.error or error


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
