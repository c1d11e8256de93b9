"""What each method of the Bot API does here."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from bot.standins.damage import damages
from bot.standins.telegram.checks import ApiError
from bot.standins.telegram.entities import Entity, parsed, utf16_length
from bot.standins.telegram.live import live
from bot.standins.telegram.rooms import BOT, Room, Shown, bot_member, member_object

if TYPE_CHECKING:
    from bot.standins.telegram.server import TelegramStandIn

LIMIT = 4096  # UTF-16 code units, core.telegram.org/bots/api#sendmessage
ENTITIES = 100  # further ones are ignored
CALLBACK = 64  # bytes, core.telegram.org/bots/api#inlinekeyboardbutton
BUTTONS = 100
TOAST = 200  # characters, core.telegram.org/bots/api#answercallbackquery
COMMANDS = 100
POSTS = frozenset({"sendMessage", "editMessageText", "editMessageReplyMarkup", "deleteMessage"})

_COMMAND = re.compile(r"[a-z0-9_]{1,32}")
_LINKED = ("http", "https", "tg", "mailto", "tel")
_STYLED = ("bold", "italic", "underline", "strikethrough", "spoiler", "text_link", "custom_emoji")
_ACTIONS = {
    *("typing", "upload_photo", "record_video", "upload_video", "record_voice", "upload_voice"),
    *("upload_document", "choose_sticker", "find_location", "record_video_note", "upload_video_note"),
}

Given = dict[str, Any]
Method = Callable[["TelegramStandIn", Given], Any]


@dataclass(frozen=True, slots=True)
class Defect:
    """Something that the platform accepts, and a reader sees damaged; or that we cannot stand in for."""

    room: str
    what: str
    words: str = ""


def called(telegram: "TelegramStandIn", method: str, given: Given) -> Any:
    """Return what a call answers; its parameters are checked already.

    Raises:
        ApiError: the platform would refuse it, or this stand-in does not play the method.
    """
    does = METHODS.get(method)
    if does is None:
        telegram.defects.append(Defect("", f"{method} is not played by this stand-in"))
        raise ApiError(400, f"Bad Request: {method} is not played by this stand-in")
    return does(telegram, given)


def _send_message(telegram: "TelegramStandIn", given: Given) -> Any:
    room = telegram.room_for(given["chat_id"])
    _check_topic(room, given.get("message_thread_id"))
    text, entities = _text(given)
    message = Shown(
        id=next(telegram.ids),
        text=text,
        entities=entities[:ENTITIES],
        buttons=_buttons(given.get("reply_markup")),
        thread=given.get("message_thread_id"),
        silent=bool(given.get("disable_notification")),
        preview=given.get("link_preview_options"),
        reply_to=_replied_to(room, given.get("reply_parameters")),
    )
    telegram.pace(room)
    telegram.defects += _defects(room, text, entities)
    room.add(message)
    return room.message_object(message)


def _edit_message_text(telegram: "TelegramStandIn", given: Given) -> Any:
    room, message = _message(telegram, given, "edit")
    text, entities = _text(given)
    buttons = _buttons(given.get("reply_markup"))
    if (text, entities[:ENTITIES], buttons) == (message.text, message.entities, message.buttons):
        raise _not_modified()
    telegram.pace(room)
    message.before.append(message.text)
    message.text, message.entities, message.buttons = text, entities[:ENTITIES], buttons
    message.preview = given.get("link_preview_options")
    message.edits += 1
    telegram.defects += _defects(room, text, entities)
    room.changed()
    return room.message_object(message)


def _edit_message_reply_markup(telegram: "TelegramStandIn", given: Given) -> Any:
    room, message = _message(telegram, given, "edit")
    buttons = _buttons(given.get("reply_markup"))
    if buttons == message.buttons:
        raise _not_modified()
    message.buttons = buttons
    message.edits += 1
    room.changed()
    return room.message_object(message)


def _delete_message(telegram: "TelegramStandIn", given: Given) -> Any:
    room, message = _message(telegram, given, "delete")
    message.deleted = True
    room.changed()
    return True


def _answer_callback_query(telegram: "TelegramStandIn", given: Given) -> Any:
    text = given.get("text", "")
    if len(text) > TOAST:
        raise ApiError(400, "Bad Request: MESSAGE_TOO_LONG")
    room = telegram.waiting.pop(given["callback_query_id"], None)
    if room is None:
        raise ApiError(
            400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
        )
    if text:
        room.toasts.append(text)
        telegram.defects += [Defect(str(room.id), what, text) for what in damages(text)]
    room.changed()
    return True


def _get_chat(telegram: "TelegramStandIn", given: Given) -> Any:
    room = telegram.room_for(given["chat_id"])
    more = {"accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": _NO_GIFTS}
    return {**room.object(), **more}


def _get_chat_member(telegram: "TelegramStandIn", given: Given) -> Any:
    room = telegram.room_for(given["chat_id"])
    if given["user_id"] == BOT["id"]:
        return bot_member(room.standing)
    person = telegram.people.get(given["user_id"])
    if person is None:
        raise ApiError(400, "Bad Request: user not found")
    return member_object("administrator" if person.id in room.admins else "member", person.object())


def _get_chat_administrators(telegram: "TelegramStandIn", given: Given) -> Any:
    room = telegram.room_for(given["chat_id"])
    if room.is_private:
        raise ApiError(400, "Bad Request: there are no administrators in the private chat")
    found = [member_object("administrator", telegram.people[one].object()) for one in sorted(room.admins)]
    return found + ([bot_member(room.standing)] if room.standing == "administrator" else [])


def _set_my_commands(telegram: "TelegramStandIn", given: Given) -> Any:
    commands = tuple((one["command"], one["description"]) for one in given["commands"])
    if len(commands) > COMMANDS:
        raise ApiError(400, "Bad Request: BOT_COMMANDS_TOO_MUCH")
    for name, line in commands:
        if not _COMMAND.fullmatch(name):
            raise ApiError(400, "Bad Request: BOT_COMMAND_INVALID")
        if not 1 <= len(line) <= 256:
            raise ApiError(400, "Bad Request: BOT_COMMAND_DESCRIPTION_INVALID")
    telegram.menus[_scope(given)] = commands
    return True


def _get_my_commands(telegram: "TelegramStandIn", given: Given) -> Any:
    menu = telegram.menus.get(_scope(given), ())
    return [{"command": name, "description": line} for name, line in menu]


def _delete_my_commands(telegram: "TelegramStandIn", given: Given) -> Any:
    telegram.menus.pop(_scope(given), None)
    return True


def _scope(given: Given) -> tuple[str, str]:
    """Return for whom a menu is, and in which language; `("", "")`: for all."""
    scope = given.get("scope", {"type": "default"})
    named = "" if scope["type"] == "default" else json.dumps(scope, sort_keys=True)
    return named, given.get("language_code", "")


def _set_description(field: str, most: int) -> Method:
    def does(telegram: "TelegramStandIn", given: Given) -> Any:
        text = given.get(field, "")
        if len(text) > most:
            raise ApiError(400, f"Bad Request: {field} is too long")
        telegram.descriptions[field, given.get("language_code", "")] = text
        return True

    return does


def _get_description(field: str) -> Method:
    return lambda telegram, given: {
        field: telegram.descriptions.get((field, given.get("language_code", "")), "")
    }


def _send_chat_action(telegram: "TelegramStandIn", given: Given) -> Any:
    telegram.room_for(given["chat_id"])
    if given["action"] not in _ACTIONS:
        raise ApiError(400, "Bad Request: wrong parameter action in request")
    return True


def _set_webhook(telegram: "TelegramStandIn", given: Given) -> Any:
    url = given["url"]
    if url and urlsplit(url).scheme != "https":
        raise ApiError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
    telegram.webhook = given if url else {}
    _forget_updates(telegram, given)
    return True


def _delete_webhook(telegram: "TelegramStandIn", given: Given) -> Any:
    telegram.webhook = {}
    _forget_updates(telegram, given)
    return True


def _forget_updates(telegram: "TelegramStandIn", given: Given) -> None:
    if given.get("drop_pending_updates"):
        telegram.updates.clear()


def _get_webhook_info(telegram: "TelegramStandIn", given: Given) -> Any:
    return {
        "url": telegram.webhook.get("url", ""),
        "has_custom_certificate": "certificate" in telegram.webhook,
        "pending_update_count": len(telegram.updates),
    }


METHODS: dict[str, Method] = {
    "getMe": lambda telegram, given: BOT,
    "sendMessage": _send_message,
    "editMessageText": _edit_message_text,
    "editMessageReplyMarkup": _edit_message_reply_markup,
    "deleteMessage": _delete_message,
    "answerCallbackQuery": _answer_callback_query,
    "getChat": _get_chat,
    "getChatMember": _get_chat_member,
    "getChatAdministrators": _get_chat_administrators,
    "setMyCommands": _set_my_commands,
    "getMyCommands": _get_my_commands,
    "deleteMyCommands": _delete_my_commands,
    "setMyDescription": _set_description("description", 512),
    "getMyDescription": _get_description("description"),
    "setMyShortDescription": _set_description("short_description", 120),
    "getMyShortDescription": _get_description("short_description"),
    "setChatMenuButton": lambda telegram, given: True,
    "sendChatAction": _send_chat_action,
    "setWebhook": _set_webhook,
    "deleteWebhook": _delete_webhook,
    "getWebhookInfo": _get_webhook_info,
}
_NO_GIFTS = {
    "unlimited_gifts": False,
    "limited_gifts": False,
    "unique_gifts": False,
    "premium_subscription": False,
    "gifts_from_channels": False,
}


def _text(given: Given) -> tuple[str, tuple[Entity, ...]]:
    if "text" not in given:
        raise ApiError(400, "Bad Request: message text is empty")
    text, entities = parsed(given["text"], given.get("parse_mode"), given.get("entities") or [])
    if not text.strip():
        raise ApiError(400, "Bad Request: message text is empty")
    if utf16_length(text) > LIMIT:
        raise ApiError(400, "Bad Request: message is too long")
    return text, entities


def _check_topic(room: Room, thread: int | None) -> None:
    """Raise ApiError if there is no such thread, or nobody may write into it."""
    if thread is None:
        return
    if thread not in room.topics:
        raise ApiError(400, "Bad Request: message thread not found")
    if room.topics[thread].closed and room.standing != "administrator":
        raise ApiError(400, "Bad Request: TOPIC_CLOSED")


def _replied_to(room: Room, given: Given | None) -> int | None:
    """Return the message that this one answers; people's messages are not kept, so any other is taken."""
    if given is None:
        return None
    answered: int = given["message_id"]
    found = next((one for one in room.shown if one.id == answered), None)
    if found is not None and found.deleted and not given.get("allow_sending_without_reply"):
        raise ApiError(400, "Bad Request: message to be replied not found")
    return answered


def _buttons(markup: Given | None) -> tuple[tuple[Given, ...], ...]:
    rows = [row for row in (markup or {}).get("inline_keyboard", []) if row]
    buttons = [button for row in rows for button in row]
    if len(buttons) > BUTTONS:
        raise ApiError(400, "Bad Request: reply markup is too long")
    for button in buttons:
        _check_button(button)
    return tuple(tuple(row) for row in rows)


def _check_button(button: Given) -> None:
    does = button.keys() - {"text", "style", "icon_custom_emoji_id"}
    if not button["text"].strip():
        raise ApiError(400, "Bad Request: can't parse inline keyboard button: Text must be non-empty")
    if len(does) != 1:
        raise ApiError(400, "Bad Request: can't parse inline keyboard button: exactly one use is needed")
    if not 1 <= len(button.get("callback_data", "x").encode()) <= CALLBACK:
        raise ApiError(400, "Bad Request: BUTTON_DATA_INVALID")
    if not _is_link(button.get("url", "https://example.com"), ("http", "https", "tg")):
        raise ApiError(
            400, f"Bad Request: inline keyboard button URL '{button['url']}' is invalid: Wrong HTTP URL"
        )


def _is_link(url: str, schemes: tuple[str, ...]) -> bool:
    try:
        parts = urlsplit(url if "://" in url or ":" in url.split(".")[0] else f"http://{url}")
    except ValueError:
        return False
    has_host = bool(parts.hostname) and ("." in str(parts.hostname) or parts.hostname == "localhost")
    needs_host = parts.scheme in ("http", "https")
    return parts.scheme in schemes and (has_host or not needs_host) and not re.search(r"\s", url)


def _message(telegram: "TelegramStandIn", given: Given, what: str) -> tuple[Room, Shown]:
    if "chat_id" not in given or "message_id" not in given:
        raise ApiError(400, "Bad Request: message identifier is not specified")
    room = telegram.room_for(given["chat_id"])
    message = room.find(given["message_id"])
    if message is None:
        raise ApiError(400, f"Bad Request: message to {what} not found")
    return room, message


def _not_modified() -> ApiError:
    return ApiError(
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are exactly "
        "the same as a current content and reply markup of the message",
    )


def _defects(room: Room, text: str, entities: tuple[Entity, ...]) -> list[Defect]:
    name = str(room.id)
    found = [Defect(name, f"live {kind}", words) for kind, words in live(text, entities)]
    found += [Defect(name, what, text[:40]) for what in damages(text)]
    if len(entities) > ENTITIES:
        found.append(Defect(name, f"{len(entities)} entities, of which {ENTITIES} are shown"))
    links = [entity.url or "" for entity in entities if entity.type == "text_link"]
    found += [Defect(name, "a link that leads nowhere", url) for url in links if not _is_link(url, _LINKED)]
    return found + [Defect(name, f"{kind} lost in code") for kind in _lost(entities)]


def _lost(entities: tuple[Entity, ...]) -> Iterator[str]:
    """Yield the kinds of what touches code: the platform lets nothing be inside it or around it."""
    codes = [entity for entity in entities if entity.type in ("code", "pre")]
    for other in entities:
        if other.type in _STYLED and any(other.offset < c.end and c.offset < other.end for c in codes):
            yield other.type
