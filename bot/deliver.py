"""Parts that are due are sent, and what became of each is written down.

Neither platform knows an idempotency key, so nobody can send exactly once. A part is written down as being
sent just before its request leaves; if no answer comes, it alone may have arrived, and only it may come
again, marked as a possible repeat.
"""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Literal

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

    async def recover(self) -> None:
        """Settle what a process that died left in the state of being sent."""
        for delivery in await self._ledger.in_doubt():
            await self._doubt(delivery)

    async def drain(self) -> int:
        """Send until nothing is due; return how many parts were tried."""
        tried = 0
        while due := await self._ledger.parts_due(tuple(self._chats), now=self._clock(), limit=AT_ONCE):
            await asyncio.gather(*(self._send(delivery) for delivery in due))
            tried += len(due)
        return tried

    async def _send(self, delivery: Delivery) -> None:
        chat = self._chats[delivery.address.chat]
        await self._limits.wait(delivery.address)
        await self._ledger.sending(delivery, now=self._clock())
        try:
            message_id = await chat.send(delivery.address, delivery.part, repeat=delivery.repeat)
        except NotSent as error:
            await self._again(delivery, error)
        except ChatClosed as error:
            log.warning("room closed", chat=delivery.address.chat, error=str(error))
            await self._ledger.pause(delivery.address, reason=str(error), now=self._clock())
        except ChatMoved as error:
            await self._moved(delivery, error)
        except BadMessage as error:
            await self._plainly(delivery, chat, error)
        except Uncertain:
            await self._doubt(delivery)
        except Exception:
            log.exception("delivery unclear", delivery=delivery.id, chat=delivery.address.chat)
            await self._doubt(delivery)
        else:
            await self._ledger.sent(delivery, message_id=message_id, now=self._clock())
            log.info(
                "part sent", delivery=delivery.id, chat=delivery.address.chat, attempts=delivery.attempts + 1
            )

    async def _again(self, delivery: Delivery, error: NotSent) -> None:
        seconds = error.retry_after
        if seconds is None:
            seconds = min(_LONGEST_BACK_OFF, _FIRST_BACK_OFF * 2**delivery.attempts)
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
