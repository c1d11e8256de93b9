"""A workspace: its people, channels and what each shows."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.standins.waiting import until

TEAM = "T0PULLQ"
BOT_USER, BOT_ID, APP = "U0PULLQ", "B0PULLQ", "A0PULLQ"
WAIT = 60.0  # seconds that a test waits for a message
_WINTER = datetime(2026, 1, 1, tzinfo=UTC)  # when zones are asked for their offset

Push = Callable[[str, dict[str, Any]], None]
"""Send an envelope of that type to the bot."""
Trigger = Callable[["User"], str]
"""Return a new trigger_id: with it, the bot may open a view for the user."""
ResponseUrl = Callable[["Channel", "User", "Posted | None"], str]
"""Return where to answer a command, or a press on a message."""


@dataclass(slots=True)
class Posted:
    """A message of the bot's as its channel shows it now."""

    ts: str
    text: str  # as a person reads it
    blocks: list[dict[str, Any]]
    fallback: str  # the text for notifications
    thread: str | None = None
    only_for: str | None = None  # the user who alone sees it
    deleted: bool = False
    edits: int = 0
    before: list[str] = field(default_factory=list)  # its texts before each edit
    metadata: dict[str, Any] | None = None

    @property
    def buttons(self) -> list[dict[str, Any]]:
        return buttons_of(self.blocks)

    @property
    def labels(self) -> list[str]:
        """What stands on its buttons."""
        return [button["text"]["text"] for button in self.buttons]

    def object(self) -> dict[str, Any]:
        return {
            "type": "message",
            "ts": self.ts,
            "user": BOT_USER,
            "bot_id": BOT_ID,
            "app_id": APP,
            "team": TEAM,
            "text": self.fallback,
            "blocks": self.blocks,
            **({"thread_ts": self.thread} if self.thread else {}),
            **({"metadata": self.metadata} if self.metadata else {}),
        }


@dataclass(slots=True)
class Channel:
    """A channel or a direct message. `lines` are who spoke, and what."""

    id: str
    name: str
    direct_with: str | None = None
    closed: str | None = None  # the error that the bot meets here: is_archived, not_in_channel …
    is_private: bool = False
    members: set[str] | None = None  # None: all
    posted: list[Posted] = field(default_factory=list)
    lines: list[tuple[str, "str | Posted"]] = field(default_factory=list)
    _taken: int = 0
    _news: asyncio.Event = field(default_factory=asyncio.Event)

    def add(self, message: Posted) -> None:
        self.posted.append(message)
        self.lines.append(("bot", message))
        self.changed()

    def changed(self) -> None:
        self._news.set()

    async def next(self, *, wait: float = WAIT) -> Posted:
        """Return the next message that nobody has taken yet.

        Raises:
            TimeoutError: none came.
        """
        await self.until(lambda: self._taken < len(self.posted), wait=wait)
        self._taken += 1
        return self.posted[self._taken - 1]

    async def until(self, holds: Callable[[], bool], *, wait: float = WAIT) -> None:
        """Return once something holds that a message or an edit here brings about."""
        await until(holds, self._news, wait=wait)

    def find(self, ts: str) -> Posted | None:
        """Return a message that is still shown to all."""
        found = (one for one in reversed(self.posted) if one.ts == ts)
        return next((one for one in found if not one.deleted and one.only_for is None), None)

    def object(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "is_channel": self.direct_with is None and not self.is_private,
            "is_group": self.is_private,
            "is_im": self.direct_with is not None,
            "is_private": self.is_private or self.direct_with is not None,
            "is_archived": self.closed == "is_archived",
            "is_member": self.closed != "not_in_channel",
            "context_team_id": TEAM,
            **({"user": self.direct_with} if self.direct_with else {}),
        }


@dataclass(slots=True)
class User:
    """Somebody in the workspace."""

    id: str
    name: str
    zone: str
    direct: Channel  # the conversation with the bot
    push: Push
    response_url: ResponseUrl
    trigger: Trigger
    team: str = TEAM
    admin: bool = False
    is_bot: bool = False
    locale: str = "en-US"
    home: dict[str, Any] | None = None  # the home tab of the app as shown
    views: list[dict[str, Any]] = field(default_factory=list)  # modals, the one on top the last
    errors: dict[str, str] = field(default_factory=dict)  # what a modal says of its inputs, by block_id

    def command(self, typed: str, channel: Channel | None = None) -> None:
        """Type a slash command: "/digest add https://…"."""
        where = channel or self.direct
        where.lines.append((self.name, typed))
        command, _, text = typed.partition(" ")
        payload = {
            "command": command,
            "text": text,
            "user_id": self.id,
            "user_name": self.name.lower(),
            "team_id": self.team,
            "team_domain": "example",
            "channel_id": where.id,
            "channel_name": where.name,
            "api_app_id": APP,
            "is_enterprise_install": "false",
            "response_url": self.response_url(where, self, None),
            "trigger_id": self.trigger(self),
        }
        self.push("slash_commands", payload)

    def press(self, message: Posted, label: str, channel: Channel | None = None) -> None:
        """Press the button of that label.

        Raises:
            LookupError: the message has none.
        """
        where = channel or self.direct
        pressed = _labelled(message.buttons, label)
        where.lines.append((self.name, f"[{label}]"))
        is_ephemeral = message.only_for is not None
        container = {"type": "message", "message_ts": message.ts, "channel_id": where.id}
        payload = {
            **self._interaction("block_actions"),
            "container": {**container, "is_ephemeral": is_ephemeral},
            "channel": {"id": where.id, "name": where.name},
            **({} if is_ephemeral else {"message": message.object()}),
            "state": {"values": {}},
            "response_url": self.response_url(where, self, message),
            "actions": [{**pressed, "action_ts": message.ts}],
        }
        self.push("interactive", payload)

    def press_in(self, view: dict[str, Any], label: str) -> None:
        """Press the button of that label in a modal or in the home tab.

        Raises:
            LookupError: the view has none.
        """
        pressed = _labelled(buttons_of(view["blocks"]), label)
        container = {"type": "view", "view_id": view["id"]}
        about = {**self._interaction("block_actions"), "container": container, "view": view}
        self.push("interactive", {**about, "actions": [{**pressed, "action_ts": "1.1"}]})

    def submit(self, view: dict[str, Any], values: dict[str, Any]) -> None:
        """Submit a modal with these values of its inputs: block_id -> action_id -> the element's state."""
        shown = {**view, "state": {"values": values}}
        self.push("interactive", {**self._interaction("view_submission"), "view": shown, "response_urls": []})

    def close(self, view: dict[str, Any]) -> None:
        """Close a modal without submitting it; the bot is told if it asked for that."""
        self.views[:] = [one for one in self.views if one["id"] != view["id"]]
        if view.get("notify_on_close"):
            about = {**self._interaction("view_closed"), "view": view, "is_cleared": False}
            self.push("interactive", about)

    def object(self) -> dict[str, Any]:
        offset = ZoneInfo(self.zone).utcoffset(_WINTER)
        return {
            "id": self.id,
            "team_id": self.team,
            "name": self.name.lower(),
            "real_name": self.name,
            "tz": self.zone,
            "tz_label": ZoneInfo(self.zone).tzname(_WINTER),
            "tz_offset": int(offset.total_seconds()) if offset else 0,
            "is_admin": self.admin,
            "is_owner": False,
            "is_bot": self.is_bot,
            "is_app_user": False,
            "deleted": False,
            "profile": {"real_name": self.name, "display_name": self.name, "team": self.team},
        }

    def _interaction(self, kind: str) -> dict[str, Any]:
        return {
            "type": kind,
            "api_app_id": APP,
            "token": "x",
            "trigger_id": self.trigger(self),
            "team": {"id": self.team, "domain": "example"},
            "user": {
                "id": self.id,
                "name": self.name.lower(),
                "username": self.name.lower(),
                "team_id": self.team,
            },
            "enterprise": None,
            "is_enterprise_install": False,
        }


def buttons_of(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the buttons, each with the `block_id` of the block that it stands in."""
    found = []
    for block in blocks:
        inside = block["elements"] if block["type"] == "actions" else [block.get("accessory")]
        found += [
            {**one, "block_id": block.get("block_id")} for one in inside if one and one["type"] == "button"
        ]
    return found


def _labelled(buttons: list[dict[str, Any]], label: str) -> dict[str, Any]:
    for button in buttons:
        if button["text"]["text"] == label:
            return button
    raise LookupError(f"no button {label!r}, only {[button['text']['text'] for button in buttons]}")
