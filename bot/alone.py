"""A chat that only one process at a time may listen to; which one, a lease says.

Telegram hands a bot's updates to one poller and ends any other (409); sending is free to all.
"""

import asyncio
from contextlib import suppress
from datetime import timedelta

import structlog

from bot.chats.contract import Answer, Chat, RoomClosed, RoomMoved
from bot.clock import Clock
from bot.message import Message
from bot.model import Address, Part
from bot.owner import is_gone
from bot.ports import Leases

LASTS = timedelta(seconds=30)  # after a process on another machine that died, so long nobody listens
RENEWED = 10.0  # seconds between two renewals
TRIED = 5.0  # seconds between two tries to get it

log = structlog.get_logger()


class ListensAlone:
    """See `Chat`: the same chat, but that it listens only while its lease is ours."""

    def __init__(self, chat: Chat, leases: Leases, *, lease: str, owner: str, clock: Clock) -> None:
        """`lease` is the same for all processes that would listen to the same bot."""
        self.name = chat.name
        self._chat = chat
        self._leases = leases
        self._lease = lease
        self._owner = owner
        self._clock = clock
        self._keeping: asyncio.Task[None] | None = None

    async def start(self, answer: Answer, closed: RoomClosed, moved: RoomMoved | None = None) -> None:
        """See `Chat`. Waits while another process listens; not for one that is gone from this machine."""
        await self._gain(at_start=True)
        await self._chat.start(answer, closed, moved)
        self._keeping = asyncio.create_task(self._keep(answer, closed, moved))

    async def stop(self) -> None:
        """See `Chat`. Another process may listen at once."""
        if self._keeping is not None:
            self._keeping.cancel()
            with suppress(asyncio.CancelledError):
                await self._keeping
        await self._chat.stop()
        try:
            await self._leases.drop(self._lease, owner=self._owner)
        except Exception as error:  # it runs out by itself
            log.warning("lease not given up", chat=self.name, error=type(error).__name__)

    def parts(self, message: Message) -> tuple[Part, ...]:
        """See `Chat`."""
        return self._chat.parts(message)

    def plain(self, part: Part) -> Part:
        """See `Chat`."""
        return self._chat.plain(part)

    async def send(self, address: Address, part: Part, *, repeat: bool = False) -> str:
        """See `Chat`. Needs no lease."""
        return await self._chat.send(address, part, repeat=repeat)

    async def _keep(self, answer: Answer, closed: RoomClosed, moved: RoomMoved | None) -> None:
        """Renew the lease for ever; while it is lost, do not listen."""
        while True:
            await asyncio.sleep(RENEWED)
            if not await self._is_ours():
                log.warning("another process listens", chat=self.name)
                await self._chat.stop()
                await self._gain()
                await self._chat.start(answer, closed, moved)

    async def _gain(self, *, at_start: bool = False) -> None:
        """Wait until the lease is ours.

        Only at the start it is taken from a process that seems gone: two machines that go by one name
        would else take it from each other for ever.
        """
        waits = False
        while not await self._takes() and not (at_start and await self._relieves()):
            if not waits:
                log.info("another process listens", chat=self.name)
            waits = True
            await asyncio.sleep(TRIED)

    async def _is_ours(self) -> bool:
        """Say whether the lease is still ours; a database that is away gives it to nobody else."""
        try:
            return await self._takes()
        except Exception as error:
            log.warning("lease not renewed", chat=self.name, error=type(error).__name__)
            return True

    async def _relieves(self) -> bool:
        """Take the lease from a process of this machine that ended without giving it up."""
        owner = await self._leases.owner(self._lease)
        if owner is None or not is_gone(owner):
            return False
        await self._leases.drop(self._lease, owner=owner)
        return await self._takes()

    async def _takes(self) -> bool:
        now = self._clock()
        return await self._leases.take(self._lease, owner=self._owner, until=now + LASTS, now=now)
