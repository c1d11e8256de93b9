"""The Bot API over HTTP on loopback, and the people on its other side."""

import asyncio
import itertools
import json
from collections import deque
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.standins.faults import Fault, Faults, Wrong
from bot.standins.telegram.checks import ApiError, checked
from bot.standins.telegram.methods import METHODS, POSTS, Defect
from bot.standins.telegram.rooms import Person, Room

HOST = "127.0.0.1"
_CONFLICT = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)


class TelegramStandIn:
    """Use it with `async with`; give the bot `api_base` and `token`.

    `rooms` shows what people see; `defects` what a real Telegram would damage; `calls` every call; `faults`
    takes orders to answer badly.
    """

    def __init__(self, *, token: str = "4200:stand-in-token-of-a-pullquote-bot") -> None:  # noqa: S107
        self.token = token
        self.rooms: dict[int, Room] = {}
        self.people: dict[int, Person] = {}
        self.defects: list[Defect] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.faults = Faults()
        self.menu: tuple[tuple[str, str], ...] = ()
        self.ids = itertools.count(1)
        self._updates: deque[dict[str, Any]] = deque()
        self._update_ids = itertools.count(1000)
        self._arrived = asyncio.Event()
        self._poller: object | None = None
        self._allowed: tuple[str, ...] = ()
        self._runner: web.ServerRunner | None = None
        self._port = 0

    async def __aenter__(self) -> Self:
        self._runner = web.ServerRunner(web.Server(self._serve), access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, 0)
        await site.start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._runner is not None
        await self._runner.shutdown()
        await self._runner.cleanup()

    @property
    def api_base(self) -> str:
        return f"http://{HOST}:{self._port}"

    # people and rooms ---------------------------------------------------------------------------

    def person(self, name: str, *, language: str = "en") -> Person:
        """Return somebody new, with a private chat with the bot."""
        number = 7000 + len(self.people)
        private = self._add(Room(number, "private", name, self.push))
        self.people[number] = Person(number, name, language, private, self.ids)
        return self.people[number]

    def group(self, title: str, *, admins: tuple[Person, ...] = (), kind: str = "supergroup") -> Room:
        """Return a new group or channel that the bot is in."""
        number = -1_000_000_000_000 - len(self.rooms) - 1
        return self._add(Room(number, kind, title, self.push, admins={admin.id for admin in admins}))

    def migrate(self, group: Room) -> Room:
        """Make a supergroup of a group: its id changes, and the old one answers where it went."""
        there = self.group(group.title)
        there.admins = set(group.admins)
        group.moved_to = there.id
        return there

    def push(self, update: dict[str, Any]) -> None:
        """Hand an update to the bot, if it listens to that kind."""
        self._updates.append({"update_id": next(self._update_ids), **update})
        self._arrived.set()

    def room_for(self, chat_id: int | str) -> Room:
        """Return a room to write into.

        Raises:
            ApiError: there is none, the bot may not write there, or it has moved.
        """
        room = self.rooms.get(int(chat_id)) if str(chat_id).lstrip("-").isdigit() else None
        if room is None:
            raise ApiError(400, "Bad Request: chat not found")
        if room.moved_to is not None:
            reason = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, reason, migrate_to_chat_id=room.moved_to)
        if room.closed is not None:
            raise ApiError(403, room.closed)
        return room

    def _add(self, room: Room) -> Room:
        self.rooms[room.id] = room
        return room

    # HTTP ---------------------------------------------------------------------------------------

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        try:
            method = self._method(request.path)
            given = await _parameters(request)
            return await self._answer(request, method, given)
        except ApiError as error:
            return _refused(error)

    def _method(self, path: str) -> str:
        prefix, _, method = path.strip("/").partition("/")
        if prefix != f"bot{self.token}":
            raise ApiError(401 if prefix.startswith("bot") else 404, "Unauthorized")
        return method

    async def _answer(self, request: web.BaseRequest, method: str, given: dict[str, Any]) -> web.Response:
        values = checked(method, given)
        self.calls.append((method, values))
        if method == "getUpdates":
            return _accepted(await self._get_updates(values))
        fault = self.faults.next(method, str(values.get("chat_id")), posts=method in POSTS)
        await _go_wrong_before(request, fault)
        does = METHODS.get(method)
        if does is None:
            raise ApiError(400, f"Bad Request: {method} is not played by this stand-in")
        result = does(self, values)
        _go_wrong_after(request, fault)
        return _accepted(result)

    async def _get_updates(self, given: dict[str, Any]) -> list[dict[str, Any]]:
        """Wait for updates like the platform: an offset confirms, a second poller ends the first."""
        me = self._poller = object()
        self._arrived.set()  # wakes the one that polled before
        self._arrived.clear()
        while self._updates and self._updates[0]["update_id"] < given.get("offset", 0):
            self._updates.popleft()
        if "allowed_updates" in given:
            self._allowed = tuple(given["allowed_updates"])
        until = asyncio.get_running_loop().time() + given.get("timeout", 0)
        while not (found := self._listened_to()):
            left = until - asyncio.get_running_loop().time()
            if left <= 0:
                return []
            try:
                await asyncio.wait_for(self._arrived.wait(), left)
            except TimeoutError:
                return []
            if self._poller is not me:
                raise ApiError(409, _CONFLICT)
            self._arrived.clear()
        return found[: given.get("limit", 100)]

    def _listened_to(self) -> list[dict[str, Any]]:
        kinds = set(self._allowed)
        return [one for one in self._updates if not kinds or kinds & one.keys()]


async def _parameters(request: web.BaseRequest) -> dict[str, Any]:
    """Return the parameters, however they came: JSON, form or query. Null is as good as not given."""
    if request.content_type == "application/json":
        given: Mapping[str, Any] = json.loads(await request.text() or "{}")
    else:
        given = dict(await request.post())
    return {key: value for key, value in {**request.query, **given}.items() if value is not None}


async def _go_wrong_before(request: web.BaseRequest, fault: Fault | None) -> None:
    """Carry out what goes wrong before anything is done.

    Raises:
        ApiError: what the platform answers then.
    """
    match fault and fault.wrong:
        case Wrong.LIMITED:
            assert fault is not None
            seconds = max(1, round(fault.seconds))
            raise ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
        case Wrong.FORBIDDEN:
            raise ApiError(403, "Forbidden: bot was blocked by the user")
        case Wrong.BAD:
            raise ApiError(400, "Bad Request: can't parse entities: as ordered")
        case Wrong.MOVED:
            raise ApiError(400, "Bad Request: group chat was upgraded to a supergroup chat")
        case Wrong.BROKEN:
            raise ApiError(502, "Bad Gateway")
        case Wrong.SLOW:
            assert fault is not None
            await asyncio.sleep(fault.seconds)
        case Wrong.DROPPED_BEFORE:
            _hang_up(request)


def _go_wrong_after(request: web.BaseRequest, fault: Fault | None) -> None:
    if fault is not None and fault.wrong is Wrong.DROPPED_AFTER:
        _hang_up(request)


def _hang_up(request: web.BaseRequest) -> None:
    """End the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    raise ConnectionResetError("as ordered")


def _accepted(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _refused(error: ApiError) -> web.Response:
    parameters = {"parameters": error.parameters} if error.parameters else {}
    body = {"ok": False, "error_code": error.code, "description": error.description, **parameters}
    return web.json_response(body, status=error.code)
