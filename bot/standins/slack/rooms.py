"""A workspace: its people, channels and what each shows."""

import asyncio
import itertools
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

TEAM = "T0PULLQ"
BOT_USER, BOT_ID, APP = "U0PULLQ", "B0PULLQ", "A0PULLQ"
WAIT = 10.0  # seconds that a test waits for a message

Push = Callable[[str, dict[str, Any]], None]
"""Send an envelope of that type to the bot."""
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

    @property
    def buttons(self) -> list[dict[str, Any]]:
        rows = [block["elements"] for block in self.blocks if block["type"] == "actions"]
        return [element for row in rows for element in row if element["type"] == "button"]

    @property
    def labels(self) -> list[str]:
        """What stands on its buttons."""
        return [button["text"]["text"] for button in self.buttons]


@dataclass(slots=True)
class Channel:
    """A channel or a direct message. `lines` are who spoke, and what."""

    id: str
    name: str
    direct_with: str | None = None
    closed: str | None = None  # the error that the bot meets here
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
        async with asyncio.timeout(wait):
            while self._taken >= len(self.posted):
                self._news.clear()
                await self._news.wait()
        self._taken += 1
        return self.posted[self._taken - 1]

    def find(self, ts: str) -> Posted | None:
        return next((one for one in self.posted if one.ts == ts and not one.deleted), None)


@dataclass(slots=True)
class User:
    """Somebody in the workspace."""

    id: str
    name: str
    zone: str
    direct: Channel  # the conversation with the bot
    push: Push
    response_url: ResponseUrl
    team: str = TEAM
    admin: bool = False
    _triggers: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

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
            "response_url": self.response_url(where, self, None),
            "trigger_id": self._trigger(),
        }
        self.push("slash_commands", payload)

    def press(self, message: Posted, label: str, channel: Channel | None = None) -> None:
        """Press the button of that label.

        Raises:
            LookupError: the message has none.
        """
        where = channel or self.direct
        pressed = [button for button in message.buttons if button["text"]["text"] == label]
        if not pressed:
            raise LookupError(f"no button {label!r}, only {message.labels}")
        where.lines.append((self.name, f"[{label}]"))
        container = {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": where.id,
            "is_ephemeral": message.only_for is not None,
        }
        payload = {
            **self._interaction("block_actions"),
            "container": container,
            "channel": {"id": where.id, "name": where.name},
            "message": {"ts": message.ts, "text": message.fallback, "blocks": message.blocks},
            "response_url": self.response_url(where, self, message),
            "actions": [{**pressed[0], "block_id": "b", "action_ts": message.ts}],
        }
        self.push("interactive", payload)

    def submit(self, view: dict[str, Any], values: dict[str, Any]) -> None:
        """Submit a modal with these values of its inputs."""
        shown = {**view, "state": {"values": values}, "hash": "1.1", "team_id": self.team}
        self.push("interactive", {**self._interaction("view_submission"), "view": shown, "response_urls": []})

    def object(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "team_id": self.team,
            "name": self.name.lower(),
            "real_name": self.name,
            "tz": self.zone,
            "tz_label": self.zone,
            "tz_offset": 0,
            "is_admin": self.admin,
            "is_owner": False,
            "is_bot": False,
            "deleted": False,
            "locale": "en-US",
            "profile": {"real_name": self.name, "display_name": self.name},
        }

    def _interaction(self, kind: str) -> dict[str, Any]:
        return {
            "type": kind,
            "api_app_id": APP,
            "token": "x",
            "trigger_id": self._trigger(),
            "team": {"id": self.team, "domain": "example"},
            "user": {"id": self.id, "name": self.name.lower(), "team_id": self.team},
            "enterprise": None,
            "is_enterprise_install": False,
        }

    def _trigger(self) -> str:
        return f"{self.id}.{next(self._triggers)}"


def read_form(value: Any) -> Any:
    """Return a parameter: forms carry lists, objects and booleans as JSON or words."""
    if not isinstance(value, str) or value[:1] not in ("[", "{"):
        return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value
    try:
        return json.loads(value)
    except ValueError:
        return value
