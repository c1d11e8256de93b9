"""What Telegram answers becomes what to do next.

By concrete type: in python-telegram-bot both a refused message (`BadRequest`) and an answer that never came
(`TimedOut`) are `NetworkError`s, and only one of them may have arrived.
"""

from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.chats.telegram.requests import NotReached
from bot.errors import BadMessage, ChatClosed, ChatMoved, NotSent, SendError, Uncertain
from bot.model import Address

# What Telegram says of a room that takes no more messages; all else it refuses is a message at fault.
_CLOSED = (
    "chat not found",
    "user not found",
    "thread not found",  # the topic was deleted: the room itself never asked for a digest
    "topic_closed",
    "topic_deleted",
    "not enough rights",
    "have no rights",
    "need administrator rights",
    "peer_id_invalid",
    "chat_write_forbidden",
    "chat_restricted",
    "chat_send_plain_forbidden",
    "chat_admin_required",
    "channel_private",
    "deactivated",
    "is not a member",
)


def error_for(error: TelegramError, address: Address) -> SendError:
    """Return our error for Telegram's about a message to `address`."""
    said = error.message.partition(": ")[2] or error.message
    if isinstance(error, RetryAfter):
        return NotSent(said, retry_after=_seconds(error), whole_lane=not _is_group(address))
    if isinstance(error, ChatMigrated):
        return ChatMoved(said, room=str(error.new_chat_id))
    if isinstance(error, NotReached | InvalidToken):
        return NotSent(said, whole_lane=True)
    if isinstance(error, Conflict):
        return NotSent(said)
    if isinstance(error, Forbidden):
        return ChatClosed(said)
    if isinstance(error, BadRequest):
        return ChatClosed(said) if any(word in said.casefold() for word in _CLOSED) else BadMessage(said)
    return Uncertain(said)


def _seconds(error: RetryAfter) -> float:
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


def _is_group(address: Address) -> bool:
    """Say whether a 429 is the room's own (20 a minute) rather than the bot's (30 a second).

    Telegram does not tell; but we never send more than one a second to a private chat.
    """
    return address.room.startswith("-")
