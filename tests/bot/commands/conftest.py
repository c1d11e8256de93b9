"""A person at a desk, who types."""

from dataclasses import dataclass, field, replace

import pytest

from bot.answer import Answers
from bot.message import Asker, Message, Request
from bot.model import Address, Subscription
from digests.model import Feed
from tests.fakes import ROOM, FakeDesk


@dataclass
class Person:
    """Types in a room, as people do: "/subscribe world"."""

    desk: FakeDesk = field(default_factory=FakeDesk)
    address: Address = ROOM
    may_change: bool = True
    asker: Asker = field(default_factory=lambda: Asker(id="1"))
    origin: Address | None = None

    async def types(self, line: str) -> Message:
        command, *arguments = line.removeprefix("/").split()
        request = Request(
            address=self.address,
            asker=self.asker,
            command=command,
            arguments=tuple(arguments),
            origin=self.origin,
            may_change=self.may_change,
        )
        return await Answers(self.desk, {}, allowed=frozenset())(request)

    async def presses(self, message: Message, label: str) -> Message:
        buttons = {button.label: button.request for row in message.buttons for button in row}
        return await self.types(buttons[label] or "")

    @property
    def subscription(self) -> Subscription | None:
        return self.desk.subscriptions.by_address.get(self.address)

    @property
    def follows(self) -> list[str]:
        return [feed.title for feed in self.feeds]

    @property
    def feeds(self) -> list[Feed]:
        mine = self.subscription
        return list(self.desk.subscriptions.followed.get(mine.id, ())) if mine else []

    def set(self, **changed: object) -> None:
        assert self.subscription is not None
        self.desk.subscriptions.by_address[self.address] = replace(self.subscription, **changed)  # type: ignore[arg-type]


@pytest.fixture
def person() -> Person:
    return Person()
