"""What Slack answers becomes what to do next."""

import json
from dataclasses import dataclass
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.chats.posting import Answer, NotPosted
from bot.errors import BadMessage, ChatClosed, NotSent, SendError, Uncertain

# docs.slack.dev/reference/methods/chat.postMessage#errors; the last line is of the whole workspace
_CLOSED = frozenset(
    "channel_not_found not_in_channel is_archived user_not_found user_disabled cannot_dm_bot "
    "messages_tab_disabled restricted_action restricted_action_read_only_channel "
    "restricted_action_thread_locked restricted_action_non_threadable_channel "
    "restricted_action_thread_only_channel thread_not_found not_allowed_in_channel "
    "team_access_not_granted access_denied org_login_required "
    "token_revoked account_inactive team_not_found app_uninstalled".split()
)
_AT_FAULT = frozenset(
    "invalid_blocks invalid_blocks_format msg_too_long msg_blocks_too_long no_text invalid_arguments "
    "invalid_attachments too_many_attachments markdown_text_conflict invalid_form_data "
    "invalid_metadata_format metadata_too_large".split()
)
_WHOLE_BOT = frozenset("invalid_auth not_authed token_expired missing_scope".split())
_UNCLEAR = frozenset(
    "internal_error fatal_error service_unavailable request_timeout".split()
)  # it may be there


@dataclass(frozen=True, slots=True)
class _Response:
    """What the library's errors have of an answer."""

    status_code: int
    headers: dict[str, str]
    data: dict[str, Any]


def answered(answer: Answer) -> dict[str, Any]:
    """Return what Slack answered to a message.

    Raises:
        SlackApiError: it was not taken, or the answer is none of Slack's.
    """
    try:
        data = json.loads(answer.body)
    except ValueError:
        data = {}
    if answer.status == 200 and isinstance(data, dict) and data.get("ok") is True and "ts" in data:
        return data
    told = _Response(
        answer.status,
        {"Retry-After": answer.headers.get("retry-after", "")},
        data if isinstance(data, dict) else {},
    )
    raise SlackApiError("not posted", told)  # type: ignore[no-untyped-call]  # not typed there


def error_for(error: Exception) -> SendError:
    """Return our error for one that the client raised: Slack's own, or one of the way there."""
    if isinstance(error, SlackApiError):
        return _answered(error)
    if isinstance(error, NotPosted):
        return NotSent(str(error), whole_lane=True)
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return NotSent(f"no connection ({type(error).__name__})", whole_lane=True)
    return Uncertain(f"no answer ({type(error).__name__})")


def code_of(error: SlackApiError) -> str:
    """Return Slack's word for what went wrong; empty if it had none."""
    data = getattr(error.response, "data", error.response)
    return str(data.get("error") or "") if isinstance(data, dict) else ""


def is_passing(error: SlackApiError) -> bool:
    """Say whether the same request may well succeed later."""
    return isinstance(_answered(error), Uncertain) or _is_too_fast(error)


def _answered(error: SlackApiError) -> SendError:
    code, status = code_of(error), _status(error.response)
    said = code or f"answered {status}"
    if _is_too_fast(error):
        return NotSent("too fast", retry_after=_retry_after(error.response))
    if status >= 500 or not code or code in _UNCLEAR:
        return Uncertain(said)
    if code in _CLOSED:
        return ChatClosed(said.replace("_", " "))
    if code in _AT_FAULT:
        return BadMessage(said)
    return NotSent(said, whole_lane=code in _WHOLE_BOT)


def _is_too_fast(error: SlackApiError) -> bool:
    return _status(error.response) == 429 or code_of(error) in ("ratelimited", "rate_limited")


def _status(response: Any) -> int:  # of the library, of aiohttp, or a dict
    return int(getattr(response, "status_code", None) or getattr(response, "status", None) or 0)


def _retry_after(response: Any) -> float:
    given = str((getattr(response, "headers", None) or {}).get("Retry-After", ""))
    return float(given) if given.isascii() and given.isdigit() else 1.0
