"""What can go wrong between us and a person.

BotError
├── UserMistake        said to the person: what was wrong and what to type instead
├── Misconfigured      said to the operator at start; exit 2
├── CommandFailed      said to the operator: what a command could not do; exit 1
└── SendError          a part did not surely arrive
    ├── NotSent        surely not: try again, not before `retry_after` seconds
    ├── ChatClosed     blocked, kicked, archived: pause the room, with the reason
    ├── ChatMoved      the room has a new address: send there
    ├── BadMessage     the platform does not take the markup: once more as plain text
    └── Uncertain      the request left, and no answer came: it may have arrived
"""

from typing import Any


class BotError(Exception):
    """Base of the tree above."""


class UserMistake(BotError):
    """One or two sentences for the person who asked: a template of `bot.phrase` and its values."""

    def __init__(self, template: str, **values: Any) -> None:
        super().__init__(template.replace("`", "").replace("*", "").format(**values))
        self.template = template
        self.values = values


class Misconfigured(BotError):
    """`str(self)` names every wrong setting, and what to do."""


class CommandFailed(BotError):
    """`str(self)` is one line: what failed, and what to do."""


class SendError(BotError):
    """Base of what may become of a request to a chat."""


class NotSent(SendError):
    def __init__(self, message: str, *, retry_after: float | None = None, whole_lane: bool = False) -> None:
        super().__init__(message)
        self.retry_after = retry_after  # seconds, as the platform said; None: back off
        self.whole_lane = whole_lane  # the pause holds for the whole bot, not for this room alone


class ChatClosed(SendError):
    pass


class ChatMoved(SendError):
    def __init__(self, message: str, *, room: str) -> None:
        super().__init__(message)
        self.room = room


class BadMessage(SendError):
    pass


class Uncertain(SendError):
    pass
