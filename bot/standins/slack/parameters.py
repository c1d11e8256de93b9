"""A call's parameters, as they came in a form or in JSON, become what the method knows."""

import json
from collections.abc import Callable, Mapping
from typing import Any

from bot.standins.slack.errors import SlackError

Read = Callable[[Any], Any]
"""Return a value as its type. Raises ValueError if it is none."""


def _string(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("must be a string")
    return value


def _flag(value: Any) -> bool:
    known = {"true": True, "1": True, "false": False, "0": False}
    if isinstance(value, bool):
        return value
    if str(value).lower() not in known:
        raise ValueError("must be a boolean")
    return known[str(value).lower()]


def _number(value: Any) -> int:
    if isinstance(value, bool) or not str(value).isdecimal():
        raise ValueError("must be a number")
    return int(value)


def _structure(value: Any) -> Any:
    found = json.loads(value) if isinstance(value, str) else value
    if not isinstance(found, (list, dict)):
        raise ValueError("must be an array or an object")
    return found


def _array(value: Any) -> Any:
    found = _structure(value)
    if not isinstance(found, list):
        raise ValueError("must be an array")
    return found


def _names(value: Any) -> list[str]:
    """Return a list; forms have commas in between."""
    found = value if isinstance(value, list) else _string(value).split(",")
    return [_string(one) for one in found]


_WORDS: dict[str, Read] = {
    "text": _string,
    "blocks": _array,
    "attachments": _array,
    "metadata": _structure,
    "mrkdwn": _flag,
    "parse": _string,
    "link_names": _flag,
    "as_user": _flag,
}
_POST: dict[str, Read] = {
    **_WORDS,
    "thread_ts": _string,
    "unfurl_links": _flag,
    "unfurl_media": _flag,
    "reply_broadcast": _flag,
    "icon_emoji": _string,
    "icon_url": _string,
    "username": _string,
}
_ALWAYS: dict[str, Read] = {"team_id": _string}  # Bolt names the workspace in each call
_VIEW: dict[str, Read] = {"view": _structure}

# The method's parameters: those that it must have, and those that it may.
PARAMETERS: dict[str, tuple[dict[str, Read], dict[str, Read]]] = {
    "auth.test": ({}, {}),
    "apps.connections.open": ({}, {}),
    "chat.postMessage": ({"channel": _string}, _POST),
    "chat.postEphemeral": ({"channel": _string, "user": _string}, {**_WORDS, "thread_ts": _string}),
    "chat.update": ({"channel": _string, "ts": _string}, {**_WORDS, "reply_broadcast": _flag}),
    "chat.delete": ({"channel": _string, "ts": _string}, {"as_user": _flag}),
    "conversations.open": (
        {},
        {"users": _names, "channel": _string, "return_im": _flag, "prevent_creation": _flag},
    ),
    "conversations.info": (
        {"channel": _string},
        {"include_locale": _flag, "include_num_members": _flag},
    ),
    "conversations.members": ({"channel": _string}, {"cursor": _string, "limit": _number}),
    "users.info": ({"user": _string}, {"include_locale": _flag}),
    "views.open": (_VIEW, {"trigger_id": _string, "interactivity_pointer": _string}),
    "views.push": (_VIEW, {"trigger_id": _string, "interactivity_pointer": _string}),
    "views.update": (_VIEW, {"view_id": _string, "external_id": _string, "hash": _string}),
    "views.publish": ({**_VIEW, "user_id": _string}, {"hash": _string}),
}


def read(method: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters with their types; null is as good as not given.

    Raises:
        SlackError: the method is unknown, or a parameter is missing, unknown or of a wrong type.
    """
    if method not in PARAMETERS:
        raise SlackError("unknown_method")
    needed, allowed = PARAMETERS[method]
    told = {name: value for name, value in given.items() if value is not None}
    for name in needed:
        if name not in told:
            raise SlackError("invalid_arguments", f"[ERROR] missing required field: {name}")
    known = {**needed, **allowed, **_ALWAYS}
    for name in told:
        if name not in known:
            raise SlackError("invalid_arguments", f"[ERROR] no such argument: {name}")
    return {name: _read(known[name], value, name) for name, value in told.items()}


def _read(how: Read, value: Any, name: str) -> Any:
    try:
        return how(value)
    except (ValueError, RecursionError) as error:
        code = "invalid_blocks_format" if name == "blocks" else "invalid_arguments"
        raise SlackError(code, f"[ERROR] {name}: {error}") from error
