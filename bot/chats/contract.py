"""What a chat can do for us, and what we do for a chat."""

from collections.abc import Awaitable, Callable
from typing import Protocol

from bot.message import Message, Request
from bot.model import Address, Part

Answer = Callable[[Request], Awaitable[Message]]
"""Answer a person's request; never raises: a mistake is answered with a hint."""

RoomClosed = Callable[[Address, str], Awaitable[None]]
"""Told when the bot is blocked or removed from a room, with the reason."""

RoomMoved = Callable[[Address, str], Awaitable[None]]
"""Told when a room has a new id: where it was, and the id."""


class Pace(Protocol):
    """How fast a bot may talk, its answers included."""

    async def answer(self, address: Address) -> None:
        """Return when an answer may leave: it counts in the bot's rate, and goes before its digests."""

    async def hold(self, address: Address, *, seconds: float) -> None:
        """Let nothing leave by the bot for so long: the platform said so."""


class Chat(Protocol):
    """A platform where people talk to the bot and receive digests."""

    name: str  # the value of `Address.chat`

    async def start(self, answer: Answer, closed: RoomClosed, moved: RoomMoved | None = None) -> None:
        """Begin to listen. Returns once the platform has accepted our token.

        Raises:
            Misconfigured: the token is wrong.
        """

    async def stop(self) -> None:
        """Stop listening; finish the answers under way."""

    def parts(self, message: Message) -> tuple[Part, ...]:
        """Return `message` as requests that each fit this platform's limits. Pure."""

    def plain(self, part: Part) -> Part:
        """Return `part` without markup, for when the platform refuses it. Pure."""

    async def send(self, address: Address, part: Part, *, repeat: bool = False) -> str:
        """Send one part and return the platform's id of the message.

        `repeat` marks a part that may have arrived before: "(possible repeat)".

        Raises:
            SendError: its leaves say what to do next.
        """
