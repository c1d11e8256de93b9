"""Who is there: people, their private chats, groups and channels, and what each shows."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.standins.telegram.entities import Entity, utf16_length
from bot.standins.waiting import until

Push = Callable[[dict[str, Any]], None]
"""Hand an update to the bot."""

WAIT = 60.0  # seconds that a test waits for a message


@dataclass(slots=True)
class Shown:
    """A message of the bot's as its room shows it now."""

    id: int
    text: str
    entities: tuple[Entity, ...]
    buttons: tuple[tuple[dict[str, Any], ...], ...] = ()
    thread: int | None = None
    deleted: bool = False
    silent: bool = False
    preview: dict[str, Any] | None = None  # what was ordered of the preview of a link; None: as usual
    reply_to: int | None = None
    edits: int = 0
    before: list[str] = field(default_factory=list)  # its texts before each edit

    @property
    def labels(self) -> list[str]:
        """What stands on its buttons."""
        return [button["text"] for row in self.buttons for button in row]


@dataclass(slots=True)
class Topic:
    """A thread of a forum."""

    title: str
    closed: bool = False


@dataclass(slots=True)
class Room:
    """A chat. `lines` are who spoke, and what: text of people's, `Shown` of the bot's."""

    id: int
    type: str  # private, group, supergroup, channel
    title: str
    push: Push
    admins: set[int] = field(default_factory=set)
    topics: dict[int, Topic] = field(default_factory=dict)
    standing: str = "member"  # of the bot: member, administrator, left, kicked
    closed: str | None = None  # why the bot can't write here
    moved_to: int | None = None
    shown: list[Shown] = field(default_factory=list)
    lines: list[tuple[str, "str | Shown"]] = field(default_factory=list)
    toasts: list[str] = field(default_factory=list)  # answers to presses of buttons
    _taken: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def is_private(self) -> bool:
        return self.type == "private"

    def add(self, message: Shown) -> None:
        self.shown.append(message)
        self.lines.append(("bot", message))
        self.changed()

    def changed(self) -> None:
        self._news.set()

    def find(self, message_id: int) -> Shown | None:
        """Return a message of the bot's that is still shown."""
        found = (one for one in reversed(self.shown) if one.id == message_id and not one.deleted)
        return next(found, None)

    def open_topic(self, thread: int, title: str) -> int:
        """Begin a topic; the room is a forum from then on. Return its thread."""
        self.topics[thread] = Topic(title)
        return thread

    async def next(self, *, wait: float = WAIT) -> Shown:
        """Return the next message that nobody has taken yet.

        Raises:
            TimeoutError: none came.
        """
        await self.until(lambda: self._taken < len(self.shown), wait=wait)
        self._taken += 1
        return self.shown[self._taken - 1]

    async def until(self, holds: Callable[[], bool], *, wait: float = WAIT) -> None:
        """Return once something holds that a message, an edit or a toast here brings about."""
        await until(holds, self._news, wait=wait)

    def object(self) -> dict[str, Any]:
        name = {"first_name": self.title} if self.is_private else {"title": self.title}
        forum = {"is_forum": True} if self.topics else {}
        return {"id": self.id, "type": self.type, **name, **forum}

    def message_object(self, message: Shown) -> dict[str, Any]:
        """Return a message of the bot's as the API hands it out."""
        sender = {"sender_chat": self.object()} if self.type == "channel" else {"from": BOT}
        entities = [_entity_object(entity) for entity in message.entities]
        keyboard = {"inline_keyboard": [list(row) for row in message.buttons]}
        return {
            "message_id": message.id,
            "date": DATE,
            "chat": self.object(),
            "text": message.text,
            **sender,
            **({"edit_date": DATE} if message.edits else {}),
            **({"entities": entities} if entities else {}),
            **({"reply_markup": keyboard} if message.buttons else {}),
            **({"link_preview_options": message.preview} if message.preview else {}),
            **in_topic(message.thread),
        }


@dataclass(slots=True)
class Person:
    """Somebody who uses Telegram."""

    id: int
    name: str
    language: str
    private: Room  # the chat with the bot
    _ids: Iterator[int]
    _pressed: Callable[[str, Room], None]  # told of each press of a button: its id, and where

    def say(
        self, text: str, room: Room | None = None, *, thread: int | None = None, anonymous: bool = False
    ) -> None:
        """Type a message into the chat with the bot, into a group, or as a channel.

        With `anonymous` an admin speaks as the group. In groups the bot hears commands only.
        """
        where = room or self.private
        where.lines.append((where.title if anonymous else self.name, text))
        if where.standing not in ("member", "administrator"):
            return
        if where.type == "channel":
            where.push({"channel_post": self._message(text, where, thread, {"sender_chat": where.object()})})
        elif where.is_private or text.startswith("/") or where.standing == "administrator":
            sender = {"from": ANONYMOUS, "sender_chat": where.object()} if anonymous else {}
            where.push({"message": self._message(text, where, thread, {"from": self.object(), **sender})})

    def press(self, message: Shown, label: str, room: Room | None = None) -> None:
        """Press the button of that label.

        Raises:
            LookupError: the message has none that asks the bot.
        """
        where = room or self.private
        pressed = [b for row in message.buttons for b in row if b["text"] == label and "callback_data" in b]
        if not pressed:
            raise LookupError(f"no button {label!r} to press, only {message.labels}")
        where.lines.append((self.name, f"[{label}]"))
        name = str(next(self._ids))
        self._pressed(name, where)
        query = {"id": name, "from": self.object(), "chat_instance": str(where.id)}
        shown = where.message_object(message)
        where.push({"callback_query": {**query, "message": shown, "data": pressed[0]["callback_data"]}})

    def block(self) -> None:
        """Block the bot."""
        self.private.closed = "Forbidden: bot was blocked by the user"
        self.stand(self.private, "kicked")

    def unblock(self) -> None:
        """Let the bot write again."""
        self.private.closed = None
        self.stand(self.private, "member")

    def remove_bot(self, room: Room) -> None:
        """Remove the bot from a group or a channel."""
        room.closed = f"Forbidden: bot was kicked from the {room.type} chat"
        self.stand(room, "kicked")

    def add_bot(self, room: Room) -> None:
        """Bring the bot back, or in for the first time; in a channel it is an admin."""
        room.closed = None
        self.stand(room, "administrator" if room.type == "channel" else "member")

    def stand(self, room: Room, standing: str) -> None:
        """Change what the bot may do in a room, and tell it."""
        change = {"chat": room.object(), "from": self.object(), "date": DATE}
        old, new = bot_member(room.standing), bot_member(standing)
        room.standing = standing
        room.push({"my_chat_member": {**change, "old_chat_member": old, "new_chat_member": new}})

    def object(self) -> dict[str, Any]:
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}

    def _message(self, text: str, room: Room, thread: int | None, sender: dict[str, Any]) -> dict[str, Any]:
        command = text.split()[0] if text.startswith("/") else ""
        entity = {"type": "bot_command", "offset": 0, "length": utf16_length(command)}
        return {
            "message_id": next(self._ids),
            "date": DATE,
            "chat": room.object(),
            "text": text,
            **({"entities": [entity]} if command else {}),
            **in_topic(thread),
            **sender,
        }


BOT = {
    "id": 4200,
    "is_bot": True,
    "first_name": "Pullquote",
    "username": "pullquote_bot",
    "can_join_groups": True,
    "can_read_all_group_messages": False,
    "supports_inline_queries": False,
}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
DATE = 1_790_000_000  # of every message: nobody reads it
_RIGHTS = (
    *("can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members"),
    *("can_promote_members", "can_change_info", "can_invite_users", "can_post_stories"),
    *("can_edit_stories", "can_delete_stories", "can_post_messages", "can_edit_messages"),
)


def bot_member(standing: str) -> dict[str, Any]:
    """Return what the bot is in a room, as the API tells it."""
    return member_object(standing, BOT)


def member_object(status: str, user: dict[str, Any]) -> dict[str, Any]:
    """Return a ChatMember: creator, administrator, member, left or kicked."""
    more: dict[str, dict[str, Any]] = {
        "creator": {"is_anonymous": False},
        "administrator": {"can_be_edited": False, "is_anonymous": False} | dict.fromkeys(_RIGHTS, True),
        "kicked": {"until_date": 0},
    }
    return {"status": status, "user": user, **more.get(status, {})}


def in_topic(thread: int | None) -> dict[str, Any]:
    """Return the fields of a message in a topic of a forum."""
    return {"message_thread_id": thread, "is_topic_message": True} if thread else {}


def _entity_object(entity: Entity) -> dict[str, Any]:
    url = {"url": entity.url} if entity.url else {}
    language = {"language": entity.language} if entity.language else {}
    return {"type": entity.type, "offset": entity.offset, "length": entity.length, **url, **language}
