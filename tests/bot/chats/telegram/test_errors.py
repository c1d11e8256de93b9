"""What Telegram answers becomes what to do next."""

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.chats.telegram.errors import error_for
from bot.chats.telegram.requests import NoAnswer, NotReached
from bot.errors import BadMessage, ChatClosed, ChatMoved, NotSent, Uncertain
from bot.model import Address

PERSON, GROUP = Address("telegram", "7"), Address("telegram", "-100")


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), ChatClosed),
        (Forbidden("Forbidden: bot was kicked from the group chat"), ChatClosed),
        (Forbidden("Forbidden: user is deactivated"), ChatClosed),
        (BadRequest("Chat not found"), ChatClosed),
        (BadRequest("Bad Request: not enough rights to send text messages to the chat"), ChatClosed),
        (BadRequest("Bad Request: message thread not found"), ChatClosed),
        (BadRequest("Bad Request: TOPIC_CLOSED"), ChatClosed),
        (BadRequest("Can't parse entities: unsupported start tag"), BadMessage),
        (BadRequest("Message is too long"), BadMessage),
        (BadRequest("BUTTON_DATA_INVALID"), BadMessage),
        (NotReached("no connection"), NotSent),
        (InvalidToken("Unauthorized"), NotSent),
        (Conflict("terminated by other getUpdates request"), NotSent),
        (TimedOut(), Uncertain),
        (NoAnswer("answered 502"), Uncertain),
        (NetworkError("what else"), Uncertain),
        (TelegramError("Invalid server response"), Uncertain),
    ],
)
def test_each_answer_says_what_to_do_next(said, meant):
    assert type(error_for(said, PERSON)) is meant


def test_reason_is_said_without_telegrams_prefix():
    assert str(error_for(Forbidden("Forbidden: bot was blocked by the user"), PERSON)) == (
        "bot was blocked by the user"
    )


def test_group_that_became_a_supergroup_has_a_new_room():
    error = error_for(ChatMigrated(-1002), GROUP)

    assert isinstance(error, ChatMoved)
    assert error.room == "-1002"


@pytest.mark.parametrize(("address", "whole_lane"), [(PERSON, True), (GROUP, False)])
def test_waiting_time_is_kept_to_and_a_groups_own_does_not_stop_the_others(address, whole_lane):
    error = error_for(RetryAfter(17), address)

    assert isinstance(error, NotSent)
    assert (error.retry_after, error.whole_lane) == (17, whole_lane)
