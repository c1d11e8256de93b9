"""What Slack answers becomes what to do next."""

from types import SimpleNamespace

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from bot.chats.posting import Answer, NotAnswered, NotPosted
from bot.chats.slack.errors import answered as told
from bot.chats.slack.errors import error_for, is_passing
from bot.errors import BadMessage, ChatClosed, NotSent, Uncertain


def answered(code, *, status=200, headers=None):
    data = {"ok": False, "error": code} if code else {}
    return SlackApiError("x", SimpleNamespace(data=data, status_code=status, headers=headers or {}))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        (answered("channel_not_found"), ChatClosed),
        (answered("is_archived"), ChatClosed),
        (answered("not_in_channel"), ChatClosed),
        (answered("token_revoked"), ChatClosed),
        (answered("account_inactive"), ChatClosed),
        (answered("invalid_blocks"), BadMessage),
        (answered("msg_blocks_too_long"), BadMessage),
        (answered("no_text"), BadMessage),
        (answered("invalid_auth"), NotSent),
        (answered("something_new"), NotSent),
        (answered("internal_error"), Uncertain),
        (answered("fatal_error"), Uncertain),
        (answered("", status=503), Uncertain),
        (answered("", status=200), Uncertain),
        (SlackApiError("x", SimpleNamespace(status=502)), Uncertain),
        (aiohttp.ConnectionTimeoutError(), NotSent),
        (aiohttp.SocketTimeoutError(), Uncertain),
        (aiohttp.ServerDisconnectedError(), Uncertain),
        (TimeoutError(), Uncertain),
        (NotPosted("no connection"), NotSent),
        (NotAnswered("no answer"), Uncertain),
    ],
)
def test_each_answer_says_what_to_do_next(said, meant):
    assert type(error_for(said)) is meant


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        (answered("ratelimited", headers={"Retry-After": "30"}), 30),
        (answered("", status=429, headers={"Retry-After": "7"}), 7),
        (answered("ratelimited", headers={"Retry-After": "soon"}), 1),
    ],
)
def test_waiting_time_is_kept_to_in_that_channel(said, seconds):
    error = error_for(said)

    assert isinstance(error, NotSent)
    assert (error.retry_after, error.whole_lane) == (seconds, False)


def test_token_at_fault_stops_the_whole_bot():
    assert error_for(answered("invalid_auth")).whole_lane


@pytest.mark.parametrize(
    ("said", "passes"), [("invalid_auth", False), ("not_allowed_token_type", False), ("ratelimited", True)]
)
def test_wrong_token_is_told_from_a_bad_moment(said, passes):
    assert is_passing(answered(said)) is passes


def test_message_that_was_taken_has_its_place():
    assert told(Answer(200, b'{"ok": true, "ts": "1.5"}'))["ts"] == "1.5"


@pytest.mark.parametrize(
    ("answer", "meant"),
    [
        (Answer(200, b'{"ok": false, "error": "is_archived"}'), ChatClosed("is archived")),
        (Answer(200, b'{"ok": false, "error": "ratelimited"}'), NotSent("too fast", retry_after=1.0)),
        (Answer(429, b"", {"retry-after": "7"}), NotSent("too fast", retry_after=7.0)),
        (Answer(503, b"<html>"), Uncertain("answered 503")),
        (Answer(200, b'{"ok": true}'), Uncertain("answered 200")),
        (Answer(200, b"[]"), Uncertain("answered 200")),
        (Answer(200, b'{"ok": '), Uncertain("answered 200")),
    ],
)
def test_answer_to_a_message_says_what_to_do_next(answer, meant):
    with pytest.raises(SlackApiError) as caught:
        told(answer)

    error = error_for(caught.value)
    assert (type(error), str(error)) == (type(meant), str(meant))
    assert getattr(error, "retry_after", None) == getattr(meant, "retry_after", None)
