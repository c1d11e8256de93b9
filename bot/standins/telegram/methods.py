"""What each method of the Bot API does here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.standins.damage import damages
from bot.standins.telegram.checks import ApiError
from bot.standins.telegram.entities import Entity, parsed, utf16_length
from bot.standins.telegram.live import live
from bot.standins.telegram.rooms import BOT, DATE, Room, Shown

if TYPE_CHECKING:
    from bot.standins.telegram.server import TelegramStandIn

LIMIT = 4096  # UTF-16 code units, core.telegram.org/bots/api#sendmessage
ENTITIES = 100  # further ones are ignored
CALLBACK = 64  # bytes
BUTTONS = 100
TOAST = 200  # characters
POSTS = frozenset({"sendMessage", "editMessageText"})

Method = Callable[["TelegramStandIn", dict[str, Any]], Any]


@dataclass(frozen=True, slots=True)
class Defect:
    """Something that the platform accepts, and a reader sees damaged."""

    room: str
    what: str
    words: str = ""


def send_message(telegram: "TelegramStandIn", given: dict[str, Any]) -> Any:
    room = telegram.room_for(given["chat_id"])
    text, entities = _text(given)
    message = Shown(
        id=next(telegram.ids),
        text=text,
        entities=entities[:ENTITIES],
        buttons=_buttons(given.get("reply_markup")),
        thread=given.get("message_thread_id"),
        silent=bool(given.get("disable_notification")),
    )
    telegram.defects += _defects(room, text, entities)
    room.add(message)
    return room.message_object(message, bot=BOT, date=DATE)


def edit_message_text(telegram: "TelegramStandIn", given: dict[str, Any]) -> Any:
    room, message = _message(telegram, given)
    text, entities = _text(given)
    buttons = _buttons(given.get("reply_markup"))
    if (text, entities[:ENTITIES], buttons) == (message.text, message.entities, message.buttons):
        raise ApiError(
            400,
            "Bad Request: message is not modified: specified new message content and reply "
            "markup are exactly the same as a current content and reply markup of the message",
        )
    message.text, message.entities, message.buttons = text, entities[:ENTITIES], buttons
    message.edits += 1
    telegram.defects += _defects(room, text, entities)
    room.changed()
    return room.message_object(message, bot=BOT, date=DATE)


def edit_message_reply_markup(telegram: "TelegramStandIn", given: dict[str, Any]) -> Any:
    room, message = _message(telegram, given)
    message.buttons = _buttons(given.get("reply_markup"))
    message.edits += 1
    room.changed()
    return room.message_object(message, bot=BOT, date=DATE)


def delete_message(telegram: "TelegramStandIn", given: dict[str, Any]) -> Any:
    room, message = _message(telegram, given)
    message.deleted = True
    room.changed()
    return True


def answer_callback_query(telegram: "TelegramStandIn", given: dict[str, Any]) -> Any:
    if len(given.get("text", "")) > TOAST:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    for room in telegram.rooms.values():
        room.toasts += [given["text"]] if given.get("text") else []
        room.changed()
    return True


def get_chat(telegram: "TelegramStandIn", given: dict[str, Any]) -> Any:
    room = telegram.room_for(given["chat_id"])
    more = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
    return {**room.object(), **more}


def get_chat_member(telegram: "TelegramStandIn", given: dict[str, Any]) -> Any:
    room = telegram.room_for(given["chat_id"])
    person = telegram.people.get(given["user_id"])
    if person is None:
        raise ApiError(400, "Bad Request: user not found")
    if person.id in room.admins:
        return {"status": "creator", "user": person.object(), "is_anonymous": False}
    return {"status": "member", "user": person.object()}


def set_my_commands(telegram: "TelegramStandIn", given: dict[str, Any]) -> Any:
    for command in given["commands"]:
        name, line = command["command"], command["description"]
        if not name.isascii() or not name.islower() or len(name) > 32 or not 1 <= len(line) <= 256:
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
    telegram.menu = tuple((c["command"], c["description"]) for c in given["commands"])
    return True


def _yes(telegram: "TelegramStandIn", given: dict[str, Any]) -> Any:
    return True


METHODS: dict[str, Method] = {
    "getMe": lambda telegram, given: BOT,
    "sendMessage": send_message,
    "editMessageText": edit_message_text,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "answerCallbackQuery": answer_callback_query,
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "getChatAdministrators": lambda telegram, given: [
        {"status": "creator", "user": telegram.people[admin].object(), "is_anonymous": False}
        for admin in sorted(telegram.room_for(given["chat_id"]).admins)
    ],
    "setMyCommands": set_my_commands,
    "getMyCommands": lambda telegram, given: [
        {"command": name, "description": line} for name, line in telegram.menu
    ],
    "deleteMyCommands": _yes,
    "setMyDescription": _yes,
    "setMyShortDescription": _yes,
    "setChatMenuButton": _yes,
    "sendChatAction": _yes,
    "deleteWebhook": _yes,
    "getWebhookInfo": lambda telegram, given: {
        "url": "",
        "has_custom_certificate": False,
        "pending_update_count": 0,
    },
}
_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def _text(given: dict[str, Any]) -> tuple[str, tuple[Entity, ...]]:
    text, entities = parsed(given["text"], given.get("parse_mode"), given.get("entities") or [])
    if not text.strip():
        raise ApiError(400, "Bad Request: message text is empty")
    if utf16_length(text) > LIMIT:
        raise ApiError(400, "Bad Request: message is too long")
    return text, entities


def _buttons(markup: dict[str, Any] | None) -> tuple[tuple[dict[str, Any], ...], ...]:
    rows = (markup or {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    if len(buttons) > BUTTONS:
        raise ApiError(400, "Bad Request: reply markup is too long")
    for button in buttons:
        _check_button(button)
    return tuple(tuple(row) for row in rows)


def _check_button(button: dict[str, Any]) -> None:
    does = button.keys() - {"text", "style", "icon_custom_emoji_id"}
    if len(does) != 1 or not button["text"].strip():
        raise ApiError(400, "Bad Request: Text buttons are unallowed in the inline keyboard")
    if not 1 <= len(button.get("callback_data", "x").encode()) <= CALLBACK:
        raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    if not button.get("url", "https:").startswith(("http:", "https:", "tg:")):
        raise ApiError(400, "Bad Request: inline keyboard button URL is invalid: Wrong HTTP URL")


def _message(telegram: "TelegramStandIn", given: dict[str, Any]) -> tuple[Room, Shown]:
    room = telegram.room_for(given.get("chat_id", ""))
    for message in room.shown:
        if message.id == given.get("message_id") and not message.deleted:
            return room, message
    raise ApiError(400, "Bad Request: message to edit not found")


def _defects(room: Room, text: str, entities: tuple[Entity, ...]) -> list[Defect]:
    name = str(room.id)
    found = [Defect(name, f"live {kind}", words) for kind, words in live(text, entities)]
    found += [Defect(name, what) for what in damages(text)]
    if len(entities) > ENTITIES:
        found.append(Defect(name, f"{len(entities)} entities, of which {ENTITIES} are shown"))
    bad = [e.url or "" for e in entities if e.type == "text_link"]
    found += [Defect(name, "a link that leads nowhere", url) for url in bad if not url.startswith("http")]
    return found
