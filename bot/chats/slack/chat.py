"""What people type and press in Slack becomes requests; messages are posted to them."""

import asyncio
import json
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from html import unescape
from typing import Any

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import wording
from bot.chats.contract import Answer, RoomClosed, RoomMoved
from bot.chats.posting import NotAnswered, NotPosted, Posting
from bot.chats.proxy import proxy_for
from bot.chats.slack import blocks
from bot.chats.slack.errors import answered, code_of, error_for, is_passing
from bot.chats.turns import Turns
from bot.errors import Misconfigured
from bot.message import Asker, Message, Request
from bot.model import Address, Part

_TIMEOUT = aiohttp.ClientTimeout(total=60, sock_connect=10, sock_read=30)  # seconds
_KEEP_ALIVE = 15.0  # short: a connection that the other side has closed makes a request's fate unclear
_LONGEST_WAIT = 60.0  # seconds between two tries to reach Slack at start
_STOP_WITHIN = 20.0  # seconds for the answers under way
_RESPONSES = 5  # uses of a response_url, docs.slack.dev/interactivity/handling-user-interaction
_PROFILE_KEPT = 3600.0  # seconds
_PROFILES = 10_000
_LEFT = ("channel_archive", "group_archive", "channel_left", "group_left", "channel_deleted", "group_deleted")
_JSON = "application/json; charset=utf-8"
_NO_ANSWER = (aiohttp.ClientError, TimeoutError)
_LINK = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class _Ask:
    """Who asked, where, and how to answer."""

    channel: str
    user: str
    team: str
    response_url: str
    replaces: bool = False  # the answer may stand where the button was: only the asker sees it


class SlackChat:
    """See `bot.chats.contract.Chat`. One workspace, through Socket Mode."""

    name = "slack"

    def __init__(
        self,
        *,
        bot_token: str,
        app_token: str,
        api_base: str = "https://slack.com/api/",
        command: str = "/digest",
    ) -> None:
        self._bot_token = bot_token
        self._app_token = app_token
        self._api_base = api_base.rstrip("/") + "/"
        self._command = command
        self._session: aiohttp.ClientSession | None = None
        self._posting: Posting | None = None
        self._headers = {"Authorization": f"Bearer {bot_token}", "Content-Type": _JSON}
        self._socket: AsyncSocketModeHandler | None = None
        self._install = AuthorizeResult(enterprise_id=None, team_id=None)
        self._profiles: dict[str, tuple[Asker, float]] = {}
        self._turns = Turns()
        self._under_way: set[asyncio.Task[Any]] = set()
        self._answer: Answer
        self._closed: RoomClosed
        self._moved: RoomMoved | None

    async def start(self, answer: Answer, closed: RoomClosed, moved: RoomMoved | None = None) -> None:
        """See `Chat`. Waits while Slack cannot be reached."""
        self._answer, self._closed, self._moved = answer, closed, moved
        self._install = await self._accepted(self._bot_token_taken, "SLACK_BOT_TOKEN")
        address = await self._accepted(self._app_token_taken, "SLACK_APP_TOKEN")
        app = self._listening()
        self._socket = AsyncSocketModeHandler(app, self._app_token, web_client=self._client())
        self._socket.client.proxy = proxy_for(self._api_base)
        self._socket.client.wss_uri = address
        await self._socket.connect_async()  # type: ignore[no-untyped-call]  # not typed there

    async def stop(self) -> None:
        """See `Chat`."""
        if self._socket is not None:
            await self._socket.close_async()  # type: ignore[no-untyped-call]  # nor there
            self._socket = None
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=_STOP_WITHIN)
        if self._session is not None:
            await self._session.close()
        if self._posting is not None:
            self._posting.close()

    def parts(self, message: Message) -> tuple[Part, ...]:
        """See `Chat`."""
        return blocks.to_parts(message)

    def plain(self, part: Part) -> Part:
        """See `Chat`."""
        return blocks.plain(part)

    async def send(self, address: Address, part: Part, *, repeat: bool = False) -> str:
        """See `Chat`."""
        shown = blocks.noted(part, wording.possible_repeat(locale=part.language)) if repeat else part
        fields = {"channel": address.room, **json.loads(shown.body)}
        if address.thread:
            fields["thread_ts"] = address.thread
        try:
            posted = await self._posted(fields)
        except (SlackApiError, NotPosted, NotAnswered, *_NO_ANSWER) as error:
            raise error_for(error) from error
        return str(posted["ts"])

    async def _posted(self, fields: dict[str, Any]) -> Any:  # what Slack answered, which can be indexed
        """Post a message: the short way, unless a proxy is between."""
        if self._posting is None and proxy_for(self._api_base) is None:
            self._posting = Posting(self._api_base)
        if self._posting is None:
            return await self._client().chat_postMessage(**fields)
        body = json.dumps(fields).encode()
        return answered(await self._posting.post("/chat.postMessage", body, self._headers))

    def _client(self, *, with_token: bool = True) -> AsyncWebClient:
        """Return a client that sends each request once: the library's own retries post twice."""
        if self._session is None or self._session.closed:
            connector = aiohttp.TCPConnector(keepalive_timeout=_KEEP_ALIVE)
            self._session = aiohttp.ClientSession(connector=connector, timeout=_TIMEOUT)
        client = AsyncWebClient(
            self._bot_token if with_token else None,
            base_url=self._api_base,
            session=self._session,
            retry_handlers=[],
        )
        client.proxy = proxy_for(self._api_base)
        return client

    async def _accepted(self, ask: Any, setting: str) -> Any:  # what `ask` returns
        """Ask Slack whether it takes a token, until it can be reached.

        Raises:
            Misconfigured: it does not.
        """
        wait = 1.0
        while True:
            try:
                return await ask()
            except SlackApiError as error:
                if not is_passing(error):
                    raise Misconfigured(f"{setting}: Slack does not take it ({code_of(error)}).") from error
                log.warning("chat not reached", chat=self.name, error=code_of(error), again_in=wait)
            except _NO_ANSWER as error:
                log.warning("chat not reached", chat=self.name, error=type(error).__name__, again_in=wait)
            await asyncio.sleep(wait)
            wait = min(_LONGEST_WAIT, wait * 2)

    async def _bot_token_taken(self) -> AuthorizeResult:
        told = await self._client().auth_test()
        return AuthorizeResult(
            enterprise_id=told.get("enterprise_id"),
            team_id=told["team_id"],
            bot_id=told.get("bot_id"),
            bot_user_id=told["user_id"],
            bot_token=self._bot_token,
        )

    async def _app_token_taken(self) -> str:
        """Return the address of a web socket to listen on."""
        opened = await self._client().apps_connections_open(app_token=self._app_token)
        return str(opened["url"])

    def _listening(self) -> AsyncApp:
        async def authorize(team_id: str | None) -> AuthorizeResult:
            """Return what auth.test said at the start, so that Bolt does not ask it at each request."""
            return self._install

        logging.getLogger("slack_bolt.AsyncApp").addFilter(_is_news)
        app = AsyncApp(
            client=self._client(with_token=False),  # each request brings what `authorize` says
            authorize=authorize,  # no method: Bolt reads the names of the arguments
            request_verification_enabled=False,  # Socket Mode is authenticated by its token
            ignoring_self_events_enabled=False,  # that we left a channel is such an event
        )
        app.command(self._command)(self._typed)
        app.action(re.compile(".*"))(self._pressed)
        app.event("app_uninstalled")(self._uninstalled)
        app.event("tokens_revoked")(self._uninstalled)
        app.event("member_left_channel")(self._member_left)
        app.event("channel_id_changed")(self._channel_moved)
        for name in _LEFT:
            app.event(name)(self._channel_closed)
        app.error(_update_failed)
        return app

    async def _typed(self, ack: Any, body: Mapping[str, Any]) -> None:
        await ack()
        ask = _Ask(body["channel_id"], body["user_id"], body["team_id"], body.get("response_url", ""))
        words = [unescape(word) for word in _LINK.sub(r"\1", body.get("text", "")).split()]
        with self._counted():
            await self._ask(ask, words or ["help"])

    async def _pressed(self, ack: Any, body: Mapping[str, Any]) -> None:
        await ack()
        action, container = body["actions"][0], body.get("container", {})
        words = str(action.get("value", "")).split()
        if not words:  # a button that opens a page
            return
        ask = _Ask(
            channel=(body.get("channel") or {}).get("id") or container.get("channel_id", ""),
            user=body["user"]["id"],
            team=body["user"].get("team_id") or (body.get("team") or {}).get("id", ""),
            response_url=body.get("response_url", ""),
            replaces=bool(container.get("is_ephemeral")) and not action["action_id"].startswith(blocks.STAYS),
        )
        with self._counted():
            await self._ask(ask, words)

    async def _ask(self, ask: _Ask, words: list[str]) -> None:
        room = self._room(ask)
        async with self._turns.of(room):
            asker = await self._asker(ask.user)
            request = _request(words, asker, room=room, own=self._own_room(ask))
            if request.address == room:
                request = replace(request, may_change=ask.team in ("", self._tenant))
            message = await self._answer(request)
            await self._say(ask, blocks.to_parts(message, mine=request.origin is not None), message)

    def _room(self, ask: _Ask) -> Address:
        """Return where it was asked; a conversation of two is the asker's own, whoever the other one is."""
        if ask.channel.startswith("D"):
            return self._own_room(ask)
        return Address(self.name, ask.channel, tenant=self._tenant)

    def _own_room(self, ask: _Ask) -> Address:
        return Address(self.name, ask.user, tenant=self._tenant)

    @property
    def _tenant(self) -> str:
        return self._install.team_id or ""

    async def _asker(self, user: str) -> Asker:
        """Return whom Slack knows, with their zone; what it cannot tell now stays open."""
        now = asyncio.get_running_loop().time()
        known, until = self._profiles.get(user, (None, 0.0))
        if known is not None and now < until:
            return known
        try:
            profile = (await self._client().users_info(user=user, include_locale=True))["user"]
        except (SlackApiError, *_NO_ANSWER) as error:
            log.warning("profile unknown", chat=self.name, error=type(error).__name__)
            return Asker(user)
        name = profile.get("real_name") or profile.get("name") or ""
        asker = Asker(user, name, language=profile.get("locale"), zone=profile.get("tz"))
        if len(self._profiles) >= _PROFILES:
            self._profiles.clear()
        self._profiles[user] = (asker, now + _PROFILE_KEPT)
        return asker

    async def _say(self, ask: _Ask, parts: tuple[Part, ...], message: Message) -> None:
        """Show an answer to the asker alone, or to all in the channel if it changes what they get."""
        for number, part in enumerate(parts):
            fields = json.loads(part.body)
            shown = {
                "response_type": "in_channel" if message.for_all else "ephemeral",
                "replace_original": ask.replaces and not message.for_all and number == 0,
            }
            if number < _RESPONSES and ask.response_url and await self._responded(ask, fields | shown):
                continue
            try:
                await self._client().chat_postEphemeral(
                    channel=ask.channel, user=ask.user, text=fields["text"], blocks=fields.get("blocks")
                )
            except (SlackApiError, *_NO_ANSWER) as error:
                log.warning("answer not sent", chat=self.name, error=str(error_for(error)))

    async def _responded(self, ask: _Ask, fields: Mapping[str, Any]) -> bool:
        """Answer through the address that came with the request, which works in any conversation."""
        assert self._session is not None  # open since the start
        url = ask.response_url
        try:
            async with self._session.post(url, json=fields, proxy=proxy_for(url)) as response:
                return response.status == 200
        except aiohttp.ClientConnectorError:
            return False
        except _NO_ANSWER:
            return True  # it may be there: better not twice

    async def _uninstalled(self, ack: Any) -> None:
        await ack()
        await self._closed(Address(self.name, "", tenant=self._tenant), "the app was removed from Slack")

    async def _channel_closed(self, ack: Any, event: Mapping[str, Any]) -> None:
        await ack()
        reason = "the channel is closed" if "left" not in event["type"] else "bot was removed"
        await self._closed(Address(self.name, event["channel"], tenant=self._tenant), reason)

    async def _channel_moved(self, ack: Any, event: Mapping[str, Any]) -> None:
        """A private channel that is shared with another workspace gets a new id."""
        await ack()
        if self._moved is not None:
            old = Address(self.name, event["old_channel_id"], tenant=self._tenant)
            await self._moved(old, event["new_channel_id"])

    async def _member_left(self, ack: Any, event: Mapping[str, Any]) -> None:
        await ack()
        if event.get("user") == self._install.bot_user_id:
            room = Address(self.name, event["channel"], tenant=self._tenant)
            await self._closed(room, "bot was removed")

    @contextmanager
    def _counted(self) -> Iterator[None]:
        """Let `stop` wait for the answer that this task is working on."""
        task = asyncio.current_task()
        assert task is not None  # Bolt runs each listener in one
        self._under_way.add(task)
        try:
            yield
        finally:
            self._under_way.discard(task)


def _request(words: list[str], asker: Asker, *, room: Address, own: Address) -> Request:
    """Return what words ask: `here` and `me` say whose schedule is meant, all else is a command's name."""
    first, rest = words[0].lower(), tuple(words[1:])
    if first == "me":
        command, *arguments = rest[1:] if rest[:1] == (blocks.PRESSED,) and rest[1:] else ("schedule", *rest)
        origin = None if own == room else room
        return Request(own, asker, command, tuple(arguments), origin=origin)
    return Request(room, asker, "schedule" if first == "here" else first, rest)


def _is_news(record: logging.LogRecord) -> bool:
    """Say whether Bolt tells more than that it found SLACK_BOT_TOKEN, our setting, and leaves it."""
    return record.getMessage() != warning_client_prioritized_and_token_skipped()


async def _update_failed(error: Exception) -> None:
    log.error("update failed", chat=SlackChat.name, exc_info=error)
