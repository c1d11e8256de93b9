"""What each method of Slack's Web API does here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.standins.slack import blocks as rules
from bot.standins.slack.errors import SlackError
from bot.standins.slack.rooms import BOT_ID, BOT_USER, TEAM, Channel, Posted, User
from bot.standins.slack.shown import block_defects, defects, plain

if TYPE_CHECKING:
    from bot.standins.slack.server import SlackStandIn

LONGEST_TEXT = 40_000  # characters
POSTS = frozenset({"chat.postMessage", "chat.postEphemeral", "chat.update"})
_DEEPEST = 3  # modals on each other
_QUIET = {"unfurl_links": False, "unfurl_media": False}  # where nothing is unfurled anyway

Given = dict[str, Any]
Method = Callable[["SlackStandIn", Given], Given]


@dataclass(frozen=True, slots=True)
class Defect:
    """Something that the platform accepts, and a reader sees damaged; or that it waited for in vain."""

    channel: str
    what: str


def called(slack: "SlackStandIn", method: str, given: Given) -> Given:
    """Return what a call answers; its parameters are read already.

    Raises:
        SlackError: the platform would refuse it.
    """
    return METHODS[method](slack, given)


def posted(slack: "SlackStandIn", channel: Channel, given: Given) -> Posted:
    """Return a new message, its defects written down.

    Raises:
        SlackError: the platform would not take it.
    """
    blocks, text = _checked(given)
    slack.defects += [Defect(channel.id, what) for what in defects(given)]
    return Posted(
        ts=f"{next(slack.ids)}.000100",
        text=plain(blocks, text),
        blocks=_named(slack, blocks),
        fallback=text,
        thread=given.get("thread_ts"),
        metadata=given.get("metadata"),
    )


def replace(slack: "SlackStandIn", channel: Channel, message: Posted, given: Given) -> None:
    """Show other words in place of a message."""
    new = posted(slack, channel, given)
    message.before.append(message.text)
    message.text, message.blocks, message.fallback = new.text, new.blocks, new.fallback
    message.edits += 1
    channel.changed()


def shown_view(slack: "SlackStandIn", view: Any, *, to: User, name: str | None = None) -> Given:
    """Return a view as a user sees it, new or under the name of the one it replaces.

    Raises:
        SlackError: the platform would not take it.
    """
    if wrong := rules.view_problems(view):
        raise SlackError("invalid_arguments", *wrong)
    slack.defects += [Defect(to.id, what) for what in block_defects(view["blocks"])]
    names = {"id": name or f"V{next(slack.ids)}", "hash": f"{next(slack.ids)}.x", "team_id": to.team}
    shown = {**view, "blocks": _named(slack, view["blocks"]), **names, "state": {"values": {}}}
    slack.views.append(shown)
    return shown


def _post(slack: "SlackStandIn", given: Given) -> Given:
    channel = _channel(slack, given["channel"])
    message = posted(slack, channel, given)
    channel.add(message)
    return {"channel": channel.id, "ts": message.ts, "message": message.object()}


def _post_ephemeral(slack: "SlackStandIn", given: Given) -> Given:
    channel = _channel(slack, given["channel"])
    if given["user"] not in slack.users:
        raise SlackError("user_not_in_channel")
    message = posted(slack, channel, _QUIET | given)
    message.only_for = given["user"]
    channel.add(message)
    return {"message_ts": message.ts}


def _update(slack: "SlackStandIn", given: Given) -> Given:
    channel, message = _message(slack, given)
    replace(slack, channel, message, _QUIET | given)
    about = {"channel": channel.id, "ts": message.ts, "text": message.fallback}
    return {**about, "message": message.object()}


def _delete(slack: "SlackStandIn", given: Given) -> Given:
    channel, message = _message(slack, given)
    message.deleted = True
    channel.changed()
    return {"channel": channel.id, "ts": message.ts}


def _auth_test(slack: "SlackStandIn", given: Given) -> Given:
    return {
        "url": "https://example.slack.com/",
        "team": "Example",
        "team_id": TEAM,
        "user": "pullquote",
        "user_id": BOT_USER,
        "bot_id": BOT_ID,
        "is_enterprise_install": False,
    }


def _connect(slack: "SlackStandIn", given: Given) -> Given:
    return {"url": slack.socket_url()}


def _users_info(slack: "SlackStandIn", given: Given) -> Given:
    user = _user(slack, given["user"])
    locale = {"locale": user.locale} if given.get("include_locale") else {}
    return {"user": {**user.object(), **locale}}


def _open_direct(slack: "SlackStandIn", given: Given) -> Given:
    if "channel" in given:
        return {"channel": {"id": _channel(slack, given["channel"]).id}}
    if len(given.get("users", ())) != 1:
        raise SlackError("users_list_not_supplied" if not given.get("users") else "not_allowed")
    return {"channel": {"id": _user(slack, given["users"][0]).direct.id}, "no_op": True, "already_open": True}


def _channel_info(slack: "SlackStandIn", given: Given) -> Given:
    return {"channel": _known(slack, given["channel"]).object()}


def _members(slack: "SlackStandIn", given: Given) -> Given:
    channel = _channel(slack, given["channel"])
    there = slack.users if channel.members is None else channel.members
    both = [channel.direct_with] if channel.direct_with else sorted(there)
    return {"members": [*both, BOT_USER], "response_metadata": {"next_cursor": ""}}


def _open_view(slack: "SlackStandIn", given: Given) -> Given:
    user = slack.triggered(given.get("trigger_id") or given.get("interactivity_pointer") or "")
    user.views[:] = [shown_view(slack, _modal(given["view"]), to=user)]
    return {"view": user.views[-1]}


def _push_view(slack: "SlackStandIn", given: Given) -> Given:
    user = slack.triggered(given.get("trigger_id") or given.get("interactivity_pointer") or "")
    if len(user.views) >= _DEEPEST:
        raise SlackError("push_limit_reached")
    user.views.append(shown_view(slack, _modal(given["view"]), to=user))
    return {"view": user.views[-1]}


def _update_view(slack: "SlackStandIn", given: Given) -> Given:
    if not given.keys() & {"view_id", "external_id"}:
        raise SlackError("invalid_arguments", "[ERROR] missing required field: view_id")
    for user in slack.users.values():
        for at, view in enumerate(user.views):
            if given.get("view_id") == view["id"] or _named_alike(given, view):
                _check_hash(given, view)
                user.views[at] = shown_view(slack, _modal(given["view"]), to=user, name=view["id"])
                return {"view": user.views[at]}
    raise SlackError("not_found")


def _named_alike(given: Given, view: Given) -> bool:
    name = given.get("external_id")
    return name is not None and name == view.get("external_id")


def _publish_view(slack: "SlackStandIn", given: Given) -> Given:
    user = _user(slack, given["user_id"])
    if given["view"].get("type") != "home":
        raise SlackError("invalid_arguments", "[ERROR] unsupported type of view")
    _check_hash(given, user.home or {})
    user.home = shown_view(slack, given["view"], to=user, name=(user.home or {}).get("id"))
    return {"view": user.home}


def _modal(view: Any) -> Given:
    if not isinstance(view, dict) or view.get("type") != "modal":
        raise SlackError("invalid_arguments", "[ERROR] unsupported type of view")
    return view


def _check_hash(given: Given, view: Given) -> None:
    """Raise SlackError if the bot has seen an older view than the one it wants to replace."""
    if given.get("hash") not in (None, view.get("hash")):
        raise SlackError("hash_conflict")


METHODS: dict[str, Method] = {
    "auth.test": _auth_test,
    "apps.connections.open": _connect,
    "chat.postMessage": _post,
    "chat.postEphemeral": _post_ephemeral,
    "chat.update": _update,
    "chat.delete": _delete,
    "conversations.open": _open_direct,
    "conversations.info": _channel_info,
    "conversations.members": _members,
    "users.info": _users_info,
    "views.open": _open_view,
    "views.push": _push_view,
    "views.update": _update_view,
    "views.publish": _publish_view,
}


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


def _named(slack: "SlackStandIn", blocks: list[Given]) -> list[Given]:
    """Return blocks as the platform keeps them: each with a name, and all that can be pressed too."""
    return [_with_names(slack, block) for block in blocks]


def _with_names(slack: "SlackStandIn", block: Given) -> Given:
    def pressed(element: Given) -> Given:
        name = {} if element["type"] == "image" else {"action_id": f"a{next(slack.ids)}"}
        return name | element

    kept: Given = {"block_id": f"b{next(slack.ids)}"} | block
    if block["type"] == "actions":
        kept["elements"] = [pressed(element) for element in block["elements"]]
    for place in {"accessory", "element"} & block.keys():
        kept[place] = pressed(block[place])
    return kept


def _message(slack: "SlackStandIn", given: Given) -> tuple[Channel, Posted]:
    channel = _channel(slack, given["channel"])
    message = channel.find(given["ts"])
    if message is None:
        raise SlackError("message_not_found")
    return channel, message


def _channel(slack: "SlackStandIn", name: str) -> Channel:
    """Return where a message goes: a user's id means the conversation with them."""
    if name in slack.users:
        return slack.users[name].direct
    channel = _known(slack, name)
    if channel.closed is not None:
        raise SlackError(channel.closed)
    return channel


def _known(slack: "SlackStandIn", name: str) -> Channel:
    if name not in slack.channels:
        raise SlackError("channel_not_found")
    return slack.channels[name]


def _user(slack: "SlackStandIn", name: str) -> User:
    if name not in slack.users:
        raise SlackError("user_not_found")
    return slack.users[name]
