"""Slack's Web API and Socket Mode over loopback, and the people on their other side."""

import asyncio
import itertools
import json
from collections import deque
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

from aiohttp import WSMsgType, web

from bot.standins.faults import Fault, Faults, Wrong
from bot.standins.slack.methods import POSTS, Defect, SlackError, called, posted, replace
from bot.standins.slack.rooms import APP, TEAM, Channel, Posted, User, read_form

HOST = "127.0.0.1"
ACK = 3.0  # seconds, docs.slack.dev/tools/bolt-python/concepts/acknowledge
RESPONSES = 5  # uses of a response_url


@dataclass(slots=True)
class _Response:
    """What a response_url leads to."""

    channel: Channel
    user: User
    message: Posted | None  # whose button was pressed
    uses: int = 0


class SlackStandIn:
    """Use it with `async with`; give the bot `api_base` and the two tokens.

    `channels` and `users` show what people see; `defects` what a real Slack would damage; `calls` every call;
    `faults` takes orders to answer badly.
    """

    def __init__(self, *, bot_token: str = "xoxb-stand-in", app_token: str = "xapp-stand-in") -> None:  # noqa: S107
        self.bot_token = bot_token
        self.app_token = app_token
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.views: list[dict[str, Any]] = []
        self.defects: list[Defect] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.faults = Faults()
        self.ids = itertools.count(1_790_000_000)
        self._envelopes = itertools.count(1)
        self._waiting: deque[dict[str, Any]] = deque()  # until a socket is open
        self._sockets: list[web.WebSocketResponse] = []
        self._acked: dict[str, asyncio.Event] = {}
        self._responses: dict[str, _Response] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._runner: web.AppRunner | None = None
        self._port = 0

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._api)  # what only reads may be asked by GET
        app.router.add_get("/socket", self._socket)
        app.router.add_post("/response/{name}", self._response)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, 0).start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for task in self._tasks:
            task.cancel()
        for socket in list(self._sockets):
            await socket.close()
        assert self._runner is not None
        await self._runner.cleanup()

    @property
    def api_base(self) -> str:
        return f"http://{HOST}:{self._port}/api/"

    @property
    def socket_url(self) -> str:
        return f"ws://{HOST}:{self._port}/socket"

    # people and channels ------------------------------------------------------------------------

    def user(self, name: str, *, zone: str = "America/New_York", team: str = TEAM) -> User:
        """Return somebody new, with a conversation with the bot."""
        number = f"U{len(self.users) + 1:05}"
        direct = self._add(Channel(f"D{len(self.users) + 1:05}", "directmessage", direct_with=number))
        self.users[number] = User(number, name, zone, direct, self.push, self._response_url, team=team)
        return self.users[number]

    def channel(self, name: str) -> Channel:
        """Return a new channel that the bot is in."""
        return self._add(Channel(f"C{len(self.channels) + 1:05}", name))

    def event(self, event: dict[str, Any]) -> None:
        """Tell the bot that something happened: app_uninstalled, channel_archive ..."""
        number = next(self._envelopes)
        body = {"type": "event_callback", "team_id": TEAM, "api_app_id": APP, "event_id": f"Ev{number}"}
        self.push("events_api", {**body, "event_time": next(self.ids), "event": event})

    def push(self, kind: str, payload: dict[str, Any]) -> None:
        """Send an envelope to the bot; one that it does not acknowledge in time is a defect."""
        name = f"envelope-{next(self._envelopes)}"
        envelope = {"envelope_id": name, "type": kind, "payload": payload, "accepts_response_payload": True}
        self._acked[name] = asyncio.Event()
        self._do(self._deliver(envelope))

    async def drop_sockets(self) -> None:
        """Ask every connection to be made anew, as Slack does every few hours."""
        for socket in list(self._sockets):
            await socket.send_json({"type": "disconnect", "reason": "refresh_requested"})

    def _add(self, channel: Channel) -> Channel:
        self.channels[channel.id] = channel
        return channel

    def _do(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _deliver(self, envelope: dict[str, Any]) -> None:
        if not self._sockets:
            self._waiting.append(envelope)
            return
        await self._sockets[-1].send_json(envelope)
        acked = self._acked[envelope["envelope_id"]]
        try:
            await asyncio.wait_for(acked.wait(), ACK)
        except TimeoutError:
            self.defects.append(Defect("", f"{envelope['type']} not acknowledged within {ACK:.0f} s"))

    # HTTP ---------------------------------------------------------------------------------------

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        try:
            given = await self._given(request, method)
            fault = self.faults.next(method, given.get("channel"), posts=method in POSTS)
            if (wrong := await _go_wrong(request, fault)) is not None:
                return wrong
            result = called(self, method, given)
        except SlackError as error:
            return _refused(error)
        if fault is not None and fault.wrong is Wrong.DROPPED_AFTER:
            _hang_up(request)
        return web.json_response({"ok": True, **result})

    async def _given(self, request: web.Request, method: str) -> dict[str, Any]:
        """Return the parameters, however they came, once the token is the right one."""
        if request.content_type == "application/json":
            given = dict(json.loads(await request.text() or "{}"))
        else:
            form = {**request.query, **await request.post()}
            given = {key: read_form(value) for key, value in form.items()}
        told = request.headers.get("Authorization", "").removeprefix("Bearer ")
        token = given.pop("token", None) or told
        wanted = self.app_token if method == "apps.connections.open" else self.bot_token
        if token != wanted:
            raise SlackError("invalid_auth" if token else "not_authed")
        self.calls.append((method, given))
        return {key: value for key, value in given.items() if value is not None}

    def _response_url(self, channel: Channel, user: User, message: Posted | None) -> str:
        name = str(next(self.ids))
        self._responses[name] = _Response(channel, user, message)
        return f"http://{HOST}:{self._port}/response/{name}"

    async def _response(self, request: web.Request) -> web.Response:
        """Take an answer to a command or a press; it can be used five times."""
        found = self._responses.get(request.match_info["name"])
        if found is None or found.uses >= RESPONSES:
            return web.Response(status=404, text="used_url")
        found.uses += 1
        try:
            self._answer(found, json.loads(await request.text()))
        except SlackError as error:
            return web.Response(status=400, text=error.code)
        return web.Response(text="ok")

    def _answer(self, to: _Response, given: dict[str, Any]) -> None:
        if given.get("replace_original") and to.message is not None:
            replace(self, to.channel, to.message, given)
            return
        message = posted(self, to.channel, given)
        message.only_for = None if given.get("response_type") == "in_channel" else to.user.id
        to.channel.add(message)

    async def _socket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        about = {"host": "applink", "started": "", "build_number": 1, "approximate_connection_time": 18060}
        await socket.send_json(
            {"type": "hello", "num_connections": 1, "debug_info": about, "connection_info": {"app_id": APP}}
        )
        self._sockets.append(socket)
        while self._waiting:
            self._do(self._deliver(self._waiting.popleft()))
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    self._acknowledge(json.loads(message.data))
        finally:
            self._sockets.remove(socket)
        return socket

    def _acknowledge(self, answer: dict[str, Any]) -> None:
        event = self._acked.get(answer.get("envelope_id", ""))
        if event is not None:
            event.set()


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


def _refused(error: SlackError) -> web.Response:
    messages = {"response_metadata": {"messages": list(error.messages)}} if error.messages else {}
    return web.json_response({"ok": False, "error": error.code, **messages})
