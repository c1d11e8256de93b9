"""What each method of Slack's Web API does here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.standins.slack import blocks as rules
from bot.standins.slack.rooms import BOT_ID, BOT_USER, TEAM, Channel, Posted
from bot.standins.slack.shown import defects, plain

if TYPE_CHECKING:
    from bot.standins.slack.server import SlackStandIn

LONGEST_TEXT = 40_000  # characters
POSTS = frozenset({"chat.postMessage", "chat.postEphemeral", "chat.update"})

Given = dict[str, Any]
Method = Callable[["SlackStandIn", Given], Given]


class SlackError(Exception):
    """What the platform answers instead of a result: `{"ok": false, "error": code}`."""

    def __init__(self, code: str, *messages: str) -> None:
        super().__init__(code)
        self.code = code
        self.messages = messages


@dataclass(frozen=True, slots=True)
class Defect:
    """Something that the platform accepts, and a reader sees damaged."""

    channel: str
    what: str


def _post(slack: "SlackStandIn", given: Given) -> Given:
    channel = _channel(slack, given["channel"])
    message = posted(slack, channel, given)
    channel.add(message)
    return {"channel": channel.id, "ts": message.ts, "message": {"ts": message.ts, "text": message.fallback}}


def _post_ephemeral(slack: "SlackStandIn", given: Given) -> Given:
    channel = _channel(slack, given["channel"])
    if given["user"] not in slack.users:
        raise SlackError("user_not_in_channel")
    message = posted(slack, channel, {"unfurl_links": False, "unfurl_media": False, **given})
    message.only_for = given["user"]
    channel.add(message)
    return {"message_ts": message.ts}


def _update(slack: "SlackStandIn", given: Given) -> Given:
    channel = _channel(slack, given["channel"])
    message = channel.find(given["ts"])
    if message is None:
        raise SlackError("message_not_found")
    replace(slack, channel, message, {"unfurl_links": False, "unfurl_media": False, **given})
    return {"channel": channel.id, "ts": message.ts, "text": message.fallback}


def _delete(slack: "SlackStandIn", given: Given) -> Given:
    channel = _channel(slack, given["channel"])
    message = channel.find(given["ts"])
    if message is None:
        raise SlackError("message_not_found")
    message.deleted = True
    channel.changed()
    return {"channel": channel.id, "ts": message.ts}


def posted(slack: "SlackStandIn", channel: Channel, given: Given) -> Posted:
    """Return a new message, its defects written down.

    Raises:
        SlackError: the platform would not take it.
    """
    blocks, text = _checked(given)
    slack.defects += [Defect(channel.id, what) for what in defects(given)]
    ts = f"{next(slack.ids)}.000100"
    return Posted(ts, plain(blocks, text), blocks, fallback=text, thread=given.get("thread_ts"))


def replace(slack: "SlackStandIn", channel: Channel, message: Posted, given: Given) -> None:
    """Show other words in place of a message."""
    new = posted(slack, channel, given)
    message.text, message.blocks, message.fallback = new.text, new.blocks, new.fallback
    message.edits += 1
    channel.changed()


def _checked(given: Given) -> tuple[list[Given], str]:
    blocks, text = given.get("blocks") or [], str(given.get("text") or "")
    if not blocks and not text:
        raise SlackError("no_text")
    if len(text) > LONGEST_TEXT:
        raise SlackError("msg_too_long")
    if wrong := rules.problems(blocks):
        raise SlackError("invalid_blocks", *wrong)
    if rules.is_too_long(blocks):
        raise SlackError("msg_blocks_too_long")
    return blocks, text


def _channel(slack: "SlackStandIn", name: str) -> Channel:
    if name in slack.users:
        return slack.users[name].direct
    channel = slack.channels.get(name)
    if channel is None:
        raise SlackError("channel_not_found")
    if channel.closed is not None:
        raise SlackError(channel.closed)
    return channel


def _auth_test(slack: "SlackStandIn", given: Given) -> Given:
    return {
        "url": "https://example.slack.com/",
        "team": "Example",
        "team_id": TEAM,
        "user": "pullquote",
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
    }


def _users_info(slack: "SlackStandIn", given: Given) -> Given:
    user = slack.users.get(given["user"])
    if user is None:
        raise SlackError("user_not_found")
    return {"user": user.object()}


def _open_direct(slack: "SlackStandIn", given: Given) -> Given:
    user = slack.users.get(str(given.get("users", "")))
    if user is None:
        raise SlackError("user_not_found")
    return {"channel": {"id": user.direct.id}}


def _channel_info(slack: "SlackStandIn", given: Given) -> Given:
    channel = _channel(slack, given["channel"])
    about = {"id": channel.id, "name": channel.name, "is_im": channel.direct_with is not None}
    return {"channel": {**about, "is_archived": False, "is_member": True}}


def _members(slack: "SlackStandIn", given: Given) -> Given:
    _channel(slack, given["channel"])
    return {"members": [*slack.users, BOT_USER], "response_metadata": {"next_cursor": ""}}


def _view(slack: "SlackStandIn", given: Given) -> Given:
    view = given["view"]
    if wrong := rules.view_problems(view):
        raise SlackError("invalid_arguments", *wrong)
    shown = {**view, "id": f"V{next(slack.ids)}"}
    slack.views.append(shown)
    return {"view": shown}


def _connect(slack: "SlackStandIn", given: Given) -> Given:
    return {"url": slack.socket_url}


# Each method with the parameters that it must have, and those that it may.
_TEXT = {"text", "blocks", "attachments", "thread_ts", "mrkdwn", "parse", "link_names", "metadata", "as_user"}
_UNFURL = {"unfurl_links", "unfurl_media", "reply_broadcast", "icon_emoji", "icon_url", "username"}
METHODS: dict[str, tuple[set[str], set[str], Method]] = {
    "auth.test": (set(), set(), _auth_test),
    "apps.connections.open": (set(), set(), _connect),
    "chat.postMessage": ({"channel"}, _TEXT | _UNFURL, _post),
    "chat.postEphemeral": ({"channel", "user"}, _TEXT, _post_ephemeral),
    "chat.update": ({"channel", "ts"}, _TEXT, _update),
    "chat.delete": ({"channel", "ts"}, {"as_user"}, _delete),
    "conversations.open": (set(), {"users", "channel", "return_im", "prevent_creation"}, _open_direct),
    "conversations.info": ({"channel"}, {"include_locale", "include_num_members"}, _channel_info),
    "conversations.members": ({"channel"}, {"cursor", "limit"}, _members),
    "users.info": ({"user"}, {"include_locale"}, _users_info),
    "views.open": ({"view"}, {"trigger_id", "interactivity_pointer"}, _view),
    "views.update": ({"view"}, {"view_id", "external_id", "hash"}, _view),
    "views.publish": ({"view", "user_id"}, {"hash"}, _view),
}


def called(slack: "SlackStandIn", method: str, given: Given) -> Given:
    """Return what a call answers.

    Raises:
        SlackError: the method is unknown, a parameter missing or unknown, or the platform would refuse.
    """
    if method not in METHODS:
        raise SlackError("unknown_method")
    needed, allowed, does = METHODS[method]
    if missing := sorted(needed - given.keys()):
        raise SlackError("invalid_arguments", f"[ERROR] missing required field: {missing[0]}")
    if unknown := sorted(given.keys() - needed - allowed):
        raise SlackError("invalid_arguments", f"[ERROR] no such argument: {unknown[0]}")
    return does(slack, given)
