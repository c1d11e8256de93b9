"""The Bot API over HTTP on loopback, and the people on its other side."""

import asyncio
import itertools
import json
from collections import deque
from collections.abc import Callable, Mapping
from types import TracebackType
from typing import Any, Self

from aiohttp import web

from bot.standins.faults import Fault, Faults, Wrong
from bot.standins.telegram.checks import ApiError, checked, method_named
from bot.standins.telegram.limits import Limits
from bot.standins.telegram.methods import POSTS, Defect, called
from bot.standins.telegram.rooms import WAIT, Person, Room
from bot.standins.waiting import until

HOST = "127.0.0.1"
_BIGGEST = 1 << 20  # bytes of a request
_CONFLICT = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
)
_HOOKED = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
_UPGRADED = "Bad Request: group chat was upgraded to a supergroup chat"
_TO_BE_ASKED_FOR = {"chat_member", "message_reaction", "message_reaction_count"}  # kinds of updates


class TelegramStandIn:
    """Use it with `async with`; give the bot `api_base` and `token`.

    `rooms` shows what people see; `defects` what a real Telegram would damage; `calls` every call; `faults`
    takes orders to answer badly; `limits`, if given, refuses what comes too fast.
    """

    def __init__(
        self,
        *,
        token: str = "4200:stand-in-token-of-a-pullquote-bot",  # noqa: S107
        limits: Limits | None = None,
        port: int = 0,
    ) -> None:
        self.token = token
        self.rooms: dict[int, Room] = {}
        self.people: dict[int, Person] = {}
        self.defects: list[Defect] = []
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.faults = Faults()
        self.limits = limits
        self.menus: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {}  # by whom for, and language
        self.descriptions: dict[tuple[str, str], str] = {}  # by which one, and language
        self.webhook: dict[str, Any] = {}
        self.waiting: dict[str, Room] = {}  # presses of buttons that are not answered yet
        self.updates: deque[dict[str, Any]] = deque()  # not confirmed yet
        self.ids = itertools.count(1)
        self._update_ids = itertools.count(1000)
        self._arrived = asyncio.Event()
        self._called = asyncio.Event()
        self._poller: object | None = None
        self._allowed: frozenset[str] = frozenset()
        self._runner: web.ServerRunner | None = None
        self._port = port

    async def __aenter__(self) -> Self:
        self._runner = web.ServerRunner(web.Server(self._serve), access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, self._port).start()
        self._port = self._runner.addresses[0][1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._poller = None
        self._arrived.set()
        assert self._runner is not None
        await self._runner.cleanup()

    @property
    def api_base(self) -> str:
        return f"http://{HOST}:{self._port}"

    @property
    def menu(self) -> tuple[tuple[str, str], ...]:
        """The commands offered to all: names and lines."""
        return self.menus.get(("", ""), ())

    async def until(self, holds: Callable[[], bool], *, wait: float = WAIT) -> None:
        """Return once something holds that a call of the bot's brings about."""
        await until(holds, self._called, wait=wait)

    # people and rooms ---------------------------------------------------------------------------

    def person(self, name: str, *, language: str = "en") -> Person:
        """Return somebody new, with a private chat with the bot."""
        number = 7000 + len(self.people)
        private = self._add(Room(number, "private", name, self.push))
        self.people[number] = Person(number, name, language, private, self.ids, self._press)
        return self.people[number]

    def group(self, title: str, *, admins: tuple[Person, ...] = (), kind: str = "supergroup") -> Room:
        """Return a new group, supergroup or channel that the bot is in."""
        base = -1_000_000 if kind == "group" else -1_000_000_000_000
        room = Room(base - len(self.rooms) - 1, kind, title, self.push)
        room.admins |= {admin.id for admin in admins}
        return self._add(room)

    def channel(self, title: str, *, admins: tuple[Person, ...] = ()) -> Room:
        """Return a new channel where the bot is an admin: else it could not post."""
        room = self.group(title, admins=admins, kind="channel")
        room.standing = "administrator"
        return room

    def topic(self, room: Room, title: str) -> int:
        """Open a topic in a supergroup, which makes it a forum; return its thread."""
        return room.open_topic(next(self.ids), title)

    def migrate(self, group: Room) -> Room:
        """Make a supergroup of a group: its id changes, and the old one answers where it went."""
        there = self.group(group.title)
        there.admins = set(group.admins)
        group.moved_to = there.id
        about = {"message_id": next(self.ids), "date": 0, "chat": group.object()}
        self.push({"message": {**about, "migrate_to_chat_id": there.id}})
        about = {"message_id": next(self.ids), "date": 0, "chat": there.object()}
        self.push({"message": {**about, "migrate_from_chat_id": group.id}})
        return there

    def push(self, update: dict[str, Any]) -> None:
        """Hand an update to the bot, if it listens to that kind."""
        if self._hears(update):
            self.updates.append({"update_id": next(self._update_ids), **update})
            self._arrived.set()

    def room_for(self, chat_id: int | str) -> Room:
        """Return a room to write into.

        Raises:
            ApiError: there is none, the bot may not write there, or it has moved.
        """
        room = self._named(chat_id)
        if room is None:
            raise ApiError(400, "Bad Request: chat not found")
        if room.moved_to is not None:
            raise ApiError(400, _UPGRADED, migrate_to_chat_id=room.moved_to)
        if room.closed is not None:
            raise ApiError(403, room.closed)
        return room

    def pace(self, room: Room) -> None:
        """Count a message.

        Raises:
            ApiError: it comes too fast.
        """
        if self.limits is not None and (wait := self.limits.wait(room.id)):
            raise _too_many(wait)

    def _named(self, chat_id: int | str | None) -> Room | None:
        try:
            return self.rooms.get(int(chat_id or 0))
        except ValueError:
            return None

    def _add(self, room: Room) -> Room:
        self.rooms[room.id] = room
        return room

    def _press(self, query: str, room: Room) -> None:
        self.waiting[query] = room

    def _hears(self, update: Mapping[str, Any]) -> bool:
        return bool(self._allowed & update.keys() if self._allowed else update.keys() - _TO_BE_ASKED_FOR)

    # HTTP ---------------------------------------------------------------------------------------

    async def _serve(self, request: web.BaseRequest) -> web.StreamResponse:
        try:
            method = self._method(request.path)
            given = checked(method, await _parameters(request))
            return _accepted(await self._answer(request, method, given))
        except ApiError as error:
            return _refused(error)
        finally:
            self._called.set()

    def _method(self, path: str) -> str:
        prefix, _, method = path.removeprefix("/").partition("/")
        if not prefix.startswith("bot"):
            raise ApiError(404, "Not Found")
        if prefix != f"bot{self.token}":
            raise ApiError(401, "Unauthorized")
        return method_named(method)

    async def _answer(self, request: web.BaseRequest, method: str, given: dict[str, Any]) -> Any:
        self.calls.append((method, given))
        fault = self.faults.next(method, str(given.get("chat_id")), posts=method in POSTS)
        if fault is not None:
            await self._go_wrong(fault, request, given)
        result = await self._get_updates(given) if method == "getUpdates" else called(self, method, given)
        if fault is not None and fault.wrong is Wrong.DROPPED_AFTER:
            _hang_up(request)
        return result

    async def _go_wrong(self, fault: Fault, request: web.BaseRequest, given: Mapping[str, Any]) -> None:
        """Carry out what goes wrong before anything is done.

        Raises:
            ApiError: what the platform answers then.
        """
        match fault.wrong:
            case Wrong.LIMITED:
                raise _too_many(max(1, round(fault.seconds)))
            case Wrong.FORBIDDEN:
                raise ApiError(403, fault.code or "Forbidden: bot was blocked by the user")
            case Wrong.BAD:
                raise ApiError(400, fault.code or "Bad Request: can't parse entities: as ordered")
            case Wrong.BROKEN:
                raise ApiError(502, "Bad Gateway")
            case Wrong.MOVED:
                room = self._named(given.get("chat_id"))
                if room is not None and room.moved_to is None:
                    self.migrate(room)
            case Wrong.SLOW:
                await asyncio.sleep(fault.seconds)
            case Wrong.DROPPED_BEFORE:
                _hang_up(request)

    async def _get_updates(self, given: dict[str, Any]) -> list[dict[str, Any]]:
        """Wait for updates like the platform: an offset confirms, a second poller ends the first."""
        if self.webhook:
            raise ApiError(409, _HOOKED)
        me = self._poller = object()
        self._arrived.set()  # wakes the one that polled before
        self._confirm(given.get("offset", 0))
        if "allowed_updates" in given:
            self._allowed = frozenset(given["allowed_updates"])
        try:
            await until(
                lambda: bool(self.updates) or self._poller is not me,
                self._arrived,
                wait=min(given.get("timeout", 0), 50) or 0.001,
            )
        except TimeoutError:
            return []
        if self._poller is not me:
            raise ApiError(409, _CONFLICT)
        most = given.get("limit", 100)
        return list(itertools.islice(self.updates, most if 1 <= most <= 100 else 100))

    def _confirm(self, offset: int) -> None:
        """Forget all updates before one; a negative offset keeps so many of the last."""
        while offset < 0 and len(self.updates) > -offset:
            self.updates.popleft()
        while self.updates and self.updates[0]["update_id"] < offset:
            self.updates.popleft()


async def _parameters(request: web.BaseRequest) -> dict[str, Any]:
    """Return the parameters, however they came: JSON, form or query. Null is as good as not given.

    Raises:
        ApiError: they cannot be read.
    """
    if (request.content_length or 0) > _BIGGEST:
        raise ApiError(413, "Request Entity Too Large")
    try:
        given = await _body(request)
    except ValueError as error:
        raise ApiError(400, "Bad Request: can't parse the request's body") from error
    return {key: value for key, value in {**request.query, **given}.items() if value is not None}


async def _body(request: web.BaseRequest) -> dict[str, Any]:
    if request.content_type != "application/json":
        form = await request.post()
        return {
            name: {"file": one.filename} if isinstance(one, web.FileField) else one
            for name, one in form.items()
        }
    given = json.loads(await request.text() or "{}")
    if not isinstance(given, dict):
        raise ValueError("no object")
    return given


def _hang_up(request: web.BaseRequest) -> None:
    """End the connection without an answer."""
    if request.transport is not None:
        request.transport.abort()
    raise ConnectionResetError("as ordered")


def _too_many(seconds: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def _accepted(result: Any) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _refused(error: ApiError) -> web.Response:
    parameters = {"parameters": error.parameters} if error.parameters else {}
    body = {"ok": False, "error_code": error.code, "description": error.description, **parameters}
    return web.json_response(body, status=error.code)
