"""What a command is, and the desk at which it works."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.message import Message, Request
from bot.model import Report, Subscription, Traced
from bot.ports import Doubts, Erasing, Subscriptions
from digests.model import Feed


@dataclass(frozen=True, slots=True)
class Topic:
    """What the operator's catalogue offers under one name."""

    name: str
    outlets: tuple[str, ...]


class Desk(Protocol):
    """What commands may ask of the outside."""

    @property
    def subscriptions(self) -> Subscriptions: ...

    @property
    def erasing(self) -> Erasing: ...

    @property
    def doubts(self) -> Doubts: ...

    def now(self) -> datetime: ...

    def commands(self) -> "Sequence[Command]":
        """Return all commands, in the order in which help shows them."""

    async def topics(self) -> Sequence[Topic]: ...

    async def topic_feeds(self, topic: str, *, language: str) -> Sequence[Feed]:
        """Return the catalogue's feeds of a topic; none if it knows no such topic."""

    async def find_feed(self, url: str) -> Feed:
        """Return the feed at a URL, read now if we did not know it.

        Raises:
            DigestsError: its leaves say what is wrong; `NotAFeed.feeds` names the feeds found there.
        """

    async def report(self) -> Report:
        """Return how the bot itself is doing."""

    async def why(self, subscription: Subscription, asked: str) -> Traced:
        """Return why articles are in the last digest, or not: of a URL, or with words in their titles."""

    async def digest_now(self, subscription: Subscription) -> Message:
        """Return what a digest would say now of the last day."""


def never(request: Request) -> bool:
    """The command changes nothing."""
    return False


def always(request: Request) -> bool:
    """The command changes the room's settings."""
    return True


def with_arguments(request: Request) -> bool:
    """Alone the command shows a setting; with arguments it changes it."""
    return bool(request.arguments)


@dataclass(frozen=True, slots=True)
class Command:
    """One thing that people can ask, in any chat."""

    name: str
    does: str  # one line, for help and the chats' menus
    answer: Callable[[Request, Desk], Awaitable[Message]]
    takes: str = ""  # what follows the name, for help
    slack: str = ""  # the word behind Slack's slash command, where it is another
    mine: tuple[str, str] | None = None  # the word for one's own there, in a direct message, and its line
    changes: Callable[[Request], bool] = never  # whether the asker needs the right to change the room
    stops: bool = False  # it ends what comes to a room: answered there also when the room is served no more
    for_operators: bool = False  # only those who run the bot are answered, and told of it

    @property
    def words(self) -> tuple[str, ...]:
        """All words that ask for it."""
        return (self.name, self.slack) if self.slack else (self.name,)
