"""Slack's Web API and Socket Mode on loopback, and the people on their other side."""

import asyncio
import itertools
import json
import time
from collections import deque
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiohttp import WSMsgType, web

from bot.standins.faults import Fault, Faults, Wrong
from bot.standins.slack.errors import SlackError
from bot.standins.slack.methods import POSTS, Defect, called, posted, replace, shown_view
from bot.standins.slack.parameters import read
from bot.standins.slack.rooms import APP, TEAM, WAIT, Channel, Posted, User
from bot.standins.waiting import until

HOST = "127.0.0.1"
ACK = 3.0  # seconds, docs.slack.dev/tools/bolt-python/concepts/acknowledge
RESPONSES = 5  # uses of a response_url, docs.slack.dev/interactivity/handling-user-interaction
RESPONSES_FOR = 1800.0  # seconds
TRIGGER = 3.0  # seconds that a view can be opened in answer to something
_BIGGEST = 1 << 20  # bytes of a request


@dataclass(slots=True)
class _Response:
    """What a response_url leads to."""

    channel: Channel
    user: User
    message: Posted | None  # whose button was pressed
    until: float
    uses: int = 0


@dataclass(slots=True)
class _Trigger:
    user: User
    until: float
    used: bool = False


@dataclass(slots=True)
class _Sent:
    """An envelope, until it is acknowledged."""

    kind: str
    payload: dict[str, Any]
    acked: asyncio.Event


class SlackStandIn:
    """Use it with `async with`; give the bot `api_base` and the two tokens.

    `channels` and `users` show what people see; `defects` what a real Slack would damage; `calls` every call;
    `faults` takes orders to answer badly.
    """

    def __init__(
        self,
        *,
        bot_token: str = "xoxb-stand-in",  # noqa: S107
        app_token: str = "xapp-stand-in",  # noqa: S107
        clock: Callable[[], float] = time.monotonic,
        port: int = 0,
    ) -> None:
        self.bot_token = bot_token
        self.app_token = app_token
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.views: list[dict[str, Any]] = []  # all that were ever shown
        self.defects: list[Defect] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.faults = Faults()
        self.ids = itertools.count(1_790_000_000)
        self._clock = clock
        self._envelopes = itertools.count(1)
        self._waiting: deque[str] = deque()  # names of envelopes, until a socket is open
        self._sockets: deque[web.WebSocketResponse] = deque()  # the next one to send to first
        self._retired: set[web.WebSocketResponse] = set()
        self._tickets: set[str] = set()
        self._sent: dict[str, _Sent] = {}
        self._responses: dict[str, _Response] = {}
        self._triggers: dict[str, _Trigger] = {}
        self._called = asyncio.Event()
        self._tasks: set[asyncio.Task[None]] = set()
        self._runner: web.AppRunner | None = None
        self._port = port

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=_BIGGEST)
        app.router.add_route("*", "/api/{method}", self._api)  # what only reads may be asked by GET
        app.router.add_get("/socket/{ticket}", self._socket)
        app.router.add_post("/response/{name}", self._response)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self._port).start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._tasks:
            task.cancel()
        for socket in [*self._sockets, *self._retired]:
            await socket.close()
        assert self._runner is not None
        await self._runner.cleanup()

    @property
    def api_base(self) -> str:
        return f"http://{HOST}:{self._port}/api/"

    def socket_url(self) -> str:
        """Return where one web socket may be opened, once."""
        ticket = f"t{next(self.ids)}"
        self._tickets.add(ticket)
        return f"ws://{HOST}:{self._port}/socket/{ticket}"

    async def until(self, holds: Callable[[], bool], *, wait: float = WAIT) -> None:
        """Return once something holds that a call or an answer of the bot's brings about."""
        await until(holds, self._called, wait=wait)

    # people and channels ------------------------------------------------------------------------

    def user(self, name: str, *, zone: str = "America/New_York", team: str = TEAM) -> User:
        """Return somebody new, with a conversation with the bot."""
        number = f"U{len(self.users) + 1:05}"
        direct = self._add(Channel(f"D{len(self.users) + 1:05}", "directmessage", direct_with=number))
        self.users[number] = User(
            number, name, zone, direct, self.push, self._response_url, self._trigger, team=team
        )
        return self.users[number]

    def channel(self, name: str, *, private: bool = False) -> Channel:
        """Return a new channel that the bot is in."""
        return self._add(Channel(f"C{len(self.channels) + 1:05}", name, is_private=private))

    def event(self, event: dict[str, Any]) -> None:
        """Tell the bot that something happened: app_uninstalled, channel_archive ..."""
        number = next(self._envelopes)
        body = {"type": "event_callback", "team_id": TEAM, "api_app_id": APP, "event_id": f"Ev{number}"}
        self.push("events_api", {**body, "event_time": next(self.ids), "event": event})

    def open_home(self, user: User) -> None:
        """Let a user open the home tab of the app."""
        about = {"user": user.id, "channel": user.direct.id, "tab": "home", "event_ts": "1.1"}
        view = {"view": user.home} if user.home else {}
        self.event({"type": "app_home_opened", **about, **view})

    def archive(self, channel: Channel, by: User) -> None:
        """Close a channel for all."""
        channel.closed = "is_archived"
        kind = "group_archive" if channel.is_private else "channel_archive"
        self.event({"type": kind, "channel": channel.id, "user": by.id, "event_ts": "1.1"})

    def share(self, channel: Channel) -> Channel:
        """Share a private channel with another workspace: its id changes, the old one is gone."""
        there = self.channel(channel.name, private=True)
        channel.closed = "channel_not_found"
        about = {"old_channel_id": channel.id, "new_channel_id": there.id, "event_ts": "1.1"}
        self.event({"type": "channel_id_changed", **about})
        return there

    def remove_bot(self, channel: Channel) -> None:
        """Remove the bot from a channel."""
        channel.closed = "not_in_channel"
        kind = "group_left" if channel.is_private else "channel_left"
        self.event({"type": kind, "channel": channel.id, "event_ts": "1.1"})

    def push(self, kind: str, payload: dict[str, Any]) -> None:
        """Send an envelope to the bot; one that it does not acknowledge in time is a defect."""
        name = f"envelope-{next(self._envelopes)}"
        self._sent[name] = _Sent(kind, payload, asyncio.Event())
        if self._sockets:
            self._do(self._deliver(name))
        else:
            self._waiting.append(name)

    async def drop_sockets(self) -> None:
        """Ask for every connection to be made anew, as Slack does every few hours; none is used any more."""
        while self._sockets:
            socket = self._sockets.popleft()
            self._retired.add(socket)
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})

    def triggered(self, name: str) -> User:
        """Return for whom a view may be opened.

        Raises:
            SlackError: the trigger is none, too old, or used already.
        """
        trigger = self._triggers.get(name)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._clock() > trigger.until:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger.user

    def _add(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        return channel

    def _trigger(self, user: User) -> str:
        name = f"{next(self.ids)}.{user.id}"
        self._triggers[name] = _Trigger(user, self._clock() + TRIGGER)
        return name

    def _response_url(self, channel: Channel, user: User, message: Posted | None) -> str:
        name = str(next(self.ids))
        self._responses[name] = _Response(channel, user, message, self._clock() + RESPONSES_FOR)
        return f"http://{HOST}:{self._port}/response/{name}"

    # Socket Mode --------------------------------------------------------------------------------

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["ticket"] not in self._tickets:
            return web.Response(status=403)
        self._tickets.discard(request.match_info["ticket"])
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await self._greet(socket)
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledge(message.data)
        finally:
            self._retired.discard(socket)
            if socket in self._sockets:
                self._sockets.remove(socket)
        return socket

    async def _greet(self, socket: web.WebSocketResponse) -> None:
        self._sockets.append(socket)
        about = {"host": "applink", "started": "", "build_number": 1, "approximate_connection_time": 18060}
        known = {"num_connections": len(self._sockets), "connection_info": {"app_id": APP}}
        await socket.send_json({"type": "hello", "debug_info": about, **known})
        while self._waiting:
            self._do(self._deliver(self._waiting.popleft()))

    def _do(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, name: str) -> None:
        """Send an envelope over one of the connections, in turn, and wait until it is acknowledged."""
        if not self._sockets:
            self._waiting.append(name)
            return
        sent, socket = self._sent[name], self._sockets[0]
        self._sockets.rotate(-1)
        takes_answer = sent.kind in ("slash_commands", "interactive")
        about = {"envelope_id": name, "type": sent.kind, "accepts_response_payload": takes_answer}
        await socket.send_json({**about, "payload": sent.payload})
        try:
            await asyncio.wait_for(sent.acked.wait(), ACK)
        except TimeoutError:
            self._found(f"{sent.kind} not acknowledged within {ACK:.0f} s")

    def _acknowledge(self, text: str) -> None:
        """Take the bot's answer to an envelope, and carry out what it says."""
        try:
            answer = json.loads(text)
            sent = self._sent.pop(answer["envelope_id"])
        except (ValueError, TypeError, KeyError):
            self._found("an acknowledgement of nothing")
            return
        sent.acked.set()
        try:
            self._answered(sent, answer.get("payload") or {})
        except SlackError as error:
            self._found(f"an answer to {sent.kind} that is refused: {error.code} {error.messages}")
        self._called.set()

    def _answered(self, sent: _Sent, given: Mapping[str, Any]) -> None:
        if sent.kind == "slash_commands" and given:
            response = self._responses[sent.payload["response_url"].rpartition("/")[2]]
            self._answer(response, given)
        elif sent.payload.get("type") == "view_submission":
            self._submitted(self.users[sent.payload["user"]["id"]], sent.payload["view"], given)

    def _submitted(self, user: User, view: Mapping[str, Any], given: Mapping[str, Any]) -> None:
        """Show what follows a submitted modal: it closes, or as the bot says."""
        user.errors = {}
        match given.get("response_action"):
            case "errors":
                user.errors = dict(given.get("errors") or {})
            case "update":
                shown = shown_view(self, given.get("view"), to=user, name=view["id"])
                user.views[:] = [shown if one["id"] == view["id"] else one for one in user.views]
            case "push":
                user.views.append(shown_view(self, given.get("view"), to=user))
            case "clear":
                user.views.clear()
            case None:
                user.views[:] = [one for one in user.views if one["id"] != view["id"]]
            case other:
                raise SlackError("invalid_arguments", f"[ERROR] unknown response_action: {other}")

    def _found(self, what: str) -> None:
        self.defects.append(Defect("", what))
        self._called.set()

    # HTTP ---------------------------------------------------------------------------------------

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            given = read(method, await self._given(request, method))
            self.calls.append((method, given))
            fault = self.faults.next(method, given.get("channel"), posts=method in POSTS)
            if (wrong := await _go_wrong(request, fault)) is not None:
                return wrong
            result = called(self, method, given)
            if fault is not None and fault.wrong is Wrong.DROPPED_AFTER:
                _hang_up(request)
            return web.json_response({"ok": True, **result})
        except SlackError as error:
            return _refused(error)
        finally:
            self._called.set()

    async def _given(self, request: web.Request, method: str) -> dict[str, Any]:
        """Return the parameters, however they came, once the token is the right one.

        Raises:
            SlackError: it is not, or they cannot be read.
        """
        given = await _body(request)
        told = request.headers.get("Authorization", "").removeprefix("Bearer ")
        token = given.pop("token", None) or told
        if token != (self.app_token if method == "apps.connections.open" else self.bot_token):
            known = token in (self.app_token, self.bot_token)
            raise SlackError("not_allowed_token_type" if known else "invalid_auth" if token else "not_authed")
        return given

    async def _response(self, request: web.Request) -> web.Response:
        """Take an answer to a command or a press; so many can be given, and for so long."""
        found = self._responses.get(request.match_info["name"])
        try:
            if found is None or self._clock() > found.until:
                return _refused(SlackError("expired_url"), status=404)
            if found.uses >= RESPONSES:
                return _refused(SlackError("used_url"), status=404)
            given = await _body(request)
            fault = self.faults.next("response_url", found.channel.id, posts=False)
            if (wrong := await _go_wrong(request, fault)) is not None:
                return wrong
            found.uses += 1
            self._answer(found, given)
            if fault is not None and fault.wrong is Wrong.DROPPED_AFTER:
                _hang_up(request)
            return web.Response(text="ok")
        except SlackError as error:
            return _refused(error, status=400)
        finally:
            self._called.set()

    def _answer(self, to: _Response, given: Mapping[str, Any]) -> None:
        """Show an answer in the channel, to the asker alone unless it says otherwise."""
        fields = dict(given)
        if fields.get("delete_original") and to.message is not None:
            to.message.deleted = True
            to.channel.changed()
        elif fields.get("replace_original") and to.message is not None:
            replace(self, to.channel, to.message, fields)
        else:
            message = posted(self, to.channel, fields)
            message.only_for = None if fields.get("response_type") == "in_channel" else to.user.id
            to.channel.add(message)


async def _body(request: web.Request) -> dict[str, Any]:
    """Return what a request says, in JSON, in a form or in its address.

    Raises:
        SlackError: it is none of them.
    """
    if request.content_type != "application/json":
        return {**request.query, **await request.post()}
    try:
        given = json.loads(await request.text() or "{}")
    except ValueError as error:
        raise SlackError("invalid_json") from error
    if not isinstance(given, dict):
        raise SlackError("json_not_object")
    return given


async def _go_wrong(request: web.BaseRequest, fault: Fault | None) -> web.Response | None:
    """Return a bad answer where one was ordered; nothing is done then.

    Raises:
        SlackError: the platform's own word for it.
    """
    match fault and fault.wrong:
        case Wrong.LIMITED:
            assert fault is not None
            headers = {"Retry-After": str(max(1, round(fault.seconds)))}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        case Wrong.FORBIDDEN | Wrong.MOVED:
            raise SlackError((fault and fault.code) or "is_archived")
        case Wrong.BAD:
            raise SlackError((fault and fault.code) or "invalid_blocks")
        case Wrong.BROKEN:
            return web.Response(status=502, text="Bad Gateway")
        case Wrong.SLOW:
            assert fault is not None
            await asyncio.sleep(fault.seconds)
        case Wrong.DROPPED_BEFORE:
            _hang_up(request)
    return None


def _hang_up(request: web.BaseRequest) -> None:
    """End the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    raise ConnectionResetError("as ordered")


def _refused(error: SlackError, *, status: int = 200) -> web.Response:
    messages = {"response_metadata": {"messages": list(error.messages)}} if error.messages else {}
    return web.json_response({"ok": False, "error": error.code, **messages}, status=status)
