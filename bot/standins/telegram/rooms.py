"""Who is there: people, their private chats, groups and channels, and what each shows."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.standins.telegram.entities import Entity

Push = Callable[[dict[str, Any]], None]
"""Hand an update to the bot."""

WAIT = 10.0  # seconds that a test waits for a message


@dataclass(slots=True)
class Shown:
    """A message of the bot's as its room shows it now."""

    id: int
    text: str
    entities: tuple[Entity, ...]
    buttons: tuple[tuple[dict[str, Any], ...], ...] = ()
    thread: int | None = None
    deleted: bool = False
    edits: int = 0
    silent: bool = False

    @property
    def labels(self) -> list[str]:
        """What stands on its buttons."""
        return [button["text"] for row in self.buttons for button in row]


@dataclass(slots=True)
class Room:
    """A chat. `lines` are who spoke, and what: text of people's, `Shown` of the bot's."""

    id: int
    type: str  # private, group, supergroup, channel
    title: str
    push: Push
    admins: set[int] = field(default_factory=set)
    closed: str | None = None  # why the bot can't write here
    moved_to: int | None = None
    shown: list[Shown] = field(default_factory=list)
    lines: list[tuple[str, "str | Shown"]] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)  # answers to presses of buttons
    _taken: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, message: Shown) -> None:
        self.shown.append(message)
        self.lines.append(("bot", message))
        self.changed()

    def changed(self) -> None:
        self._news.set()

    async def next(self, *, wait: float = WAIT) -> Shown:
        """Return the next message that nobody has taken yet.

        Raises:
            TimeoutError: none came.
        """
        async with asyncio.timeout(wait):
            while self._taken >= len(self.shown):
                self._news.clear()
                await self._news.wait()
        self._taken += 1
        return self.shown[self._taken - 1]

    async def until(self, holds: Callable[[], bool], *, wait: float = WAIT) -> None:
        """Return once something holds that a message or an edit here brings about."""
        async with asyncio.timeout(wait):
            while not holds():
                self._news.clear()
                await self._news.wait()

    def object(self) -> dict[str, Any]:
        name = {"first_name": self.title} if self.type == "private" else {"title": self.title}
        return {"id": self.id, "type": self.type, **name}

    def message_object(self, message: Shown, *, bot: dict[str, Any], date: int) -> dict[str, Any]:
        """Return a message of the bot's as the API hands it out."""
        entities = [_entity_object(entity) for entity in message.entities]
        keyboard = {"inline_keyboard": [list(row) for row in message.buttons]}
        return {
            "message_id": message.id,
            "date": date,
            "chat": self.object(),
            "from": bot,
            "text": message.text,
            **({"entities": entities} if entities else {}),
            **({"reply_markup": keyboard} if message.buttons else {}),
            **({"message_thread_id": message.thread, "is_topic_message": True} if message.thread else {}),
        }


@dataclass(slots=True)
class Person:
    """Somebody who uses Telegram."""

    id: int
    name: str
    language: str
    private: Room  # the chat with the bot
    _ids: Iterator[int]

    def say(self, text: str, room: Room | None = None, *, thread: int | None = None) -> None:
        """Type a message into the chat with the bot, or into a group."""
        where = room or self.private
        where.lines.append((self.name, text))
        where.push({"message": self._message(text, where, thread)})

    def press(self, message: Shown, label: str, room: Room | None = None) -> None:
        """Press the button of that label.

        Raises:
            LookupError: the message has none.
        """
        where = room or self.private
        pressed = [b for row in message.buttons for b in row if b["text"] == label]
        if not pressed:
            raise LookupError(f"no button {label!r}, only {message.labels}")
        where.lines.append((self.name, f"[{label}]"))
        query = {"id": str(next(self._ids)), "from": self.object(), "chat_instance": str(where.id)}
        shown = where.message_object(message, bot=BOT, date=DATE)
        where.push({"callback_query": {**query, "message": shown, "data": pressed[0].get("callback_data")}})

    def block(self) -> None:
        """Block the bot."""
        self._member("member", "kicked")
        self.private.closed = "Forbidden: bot was blocked by the user"

    def unblock(self) -> None:
        self.private.closed = None
        self._member("kicked", "member")

    def object(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}

    def _message(self, text: str, room: Room, thread: int | None) -> dict[str, Any]:
        command = text.split()[0] if text.startswith("/") else ""
        entities = [{"type": "bot_command", "offset": 0, "length": len(command)}] if command else []
        topic = {"message_thread_id": thread, "is_topic_message": True} if thread else {}
        return {
            "message_id": next(self._ids),
            "date": DATE,
            "chat": room.object(),
            "from": self.object(),
            "text": text,
            "entities": entities,
            **topic,
        }

    def _member(self, old: str, new: str) -> None:
        member = {"user": BOT, "until_date": 0}
        change = {"chat": self.private.object(), "from": self.object(), "date": DATE}
        old_member, new_member = {**member, "status": old}, {**member, "status": new}
        self.private.push(
            {"my_chat_member": {**change, "old_chat_member": old_member, "new_chat_member": new_member}}
        )


BOT = {
    "id": 4200,
    "is_bot": True,
    "first_name": "Pullquote",
    "username": "pullquote_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}
DATE = 1_790_000_000  # of every message: nobody reads it


def _entity_object(entity: Entity) -> dict[str, Any]:
    url = {"url": entity.url} if entity.url else {}
    return {"type": entity.type, "offset": entity.offset, "length": entity.length, **url}
