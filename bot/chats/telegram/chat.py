"""What people type and press in Telegram becomes requests; messages are sent to them."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any

import structlog
from telegram import (
    BotCommand,
    CallbackQuery,
    Chat,
    ChatMemberRestricted,
    ChatMemberUpdated,
    Message,
    Update,
    User,
)
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import BadRequest, InvalidToken, TelegramError
from telegram.ext import Application, TypeHandler

from bot import wording
from bot.chats.contract import Answer, Pace, RoomClosed, RoomMoved
from bot.chats.telegram import markup
from bot.chats.telegram.errors import error_for
from bot.chats.telegram.requests import AiohttpRequest
from bot.chats.turns import Turns
from bot.errors import BadMessage, ChatClosed, ChatMoved, Misconfigured, NotSent, SendError
from bot.message import Asker, Request
from bot.message import Message as OurMessage
from bot.model import Address, Part

UPDATES = ("message", "channel_post", "callback_query", "my_chat_member")
_AT_ONCE = 256  # updates; those of one room wait for each other
_LONG_POLL = 10  # seconds
_LONGEST_WAIT = 60.0  # seconds between two tries to reach Telegram at start
_ATTEMPTS = 4  # for an answer; a digest has the ledger
_PATIENCE = 60.0  # seconds that a person waits for an answer
_RIGHTS_KEPT = 60.0  # seconds: one who is no admin any more changes nothing for longer
_ROOMS_KEPT = 10_000
_ALERT = 200  # characters, core.telegram.org/bots/api#answercallbackquery

_COMMAND = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?", re.DOTALL)
_URL = re.compile(r"https?://\S+|(?:[\w-]+\.)+[^\W\d_]{2,}(?:[/?#]\S*)?", re.IGNORECASE)

Typed = tuple[str, tuple[str, ...]]  # a command's name and its arguments

log = structlog.get_logger()


class TelegramChat:
    """See `bot.chats.contract.Chat`."""

    name = "telegram"

    def __init__(
        self,
        *,
        token: str,
        api_base: str = "https://api.telegram.org",
        commands: Sequence[tuple[str, str]] = (),
        translated: Mapping[str, Sequence[tuple[str, str]]] | None = None,
        pace: Pace | None = None,
        paid: bool = False,
    ) -> None:
        """`commands` are names and lines for Telegram's menu; in groups other bots' commands are left alone.

        `translated` has the menu for people whose Telegram speaks another language, by its code.

        `paid`: let it take Stars for digests beyond 30 a second, core.telegram.org/bots/faq#broadcasting

        Raises:
            Misconfigured: `token` is none.
        """
        self._commands = tuple(commands)
        self._menus = [(None, self._commands), *(translated or {}).items()]
        self._pace = pace
        self._paid = paid
        self._requests = (AiohttpRequest(), AiohttpRequest(connections=1))
        try:
            self._application = self._built(token, api_base.rstrip("/"))
        except InvalidToken as error:
            raise Misconfigured(_WRONG_TOKEN) from error
        self._turns = Turns()
        self._rights: dict[tuple[int, int], tuple[bool, float]] = {}
        self._answer: Answer
        self._closed: RoomClosed
        self._moved: RoomMoved | None

    async def start(self, answer: Answer, closed: RoomClosed, moved: RoomMoved | None = None) -> None:
        """See `Chat`. Waits while Telegram cannot be reached."""
        self._answer, self._closed, self._moved = answer, closed, moved
        await self._reach()
        await self._offer_menu()
        await self._application.start()
        assert self._application.updater is not None  # built with one
        await self._application.updater.start_polling(
            timeout=_LONG_POLL, allowed_updates=UPDATES, bootstrap_retries=-1, error_callback=_polling_failed
        )

    async def stop(self) -> None:
        """See `Chat`."""
        updater = self._application.updater
        if updater is not None and updater.running:
            await updater.stop()
        if self._application.running:
            await self._application.stop()
        await self._application.shutdown()
        for request in self._requests:
            await request.shutdown()

    def parts(self, message: OurMessage) -> tuple[Part, ...]:
        """See `Chat`."""
        return markup.to_parts(message)

    def plain(self, part: Part) -> Part:
        """See `Chat`."""
        return markup.plain(part)

    async def send(self, address: Address, part: Part, *, repeat: bool = False) -> str:
        """See `Chat`."""
        shown = markup.noted(part, wording.possible_repeat(locale=part.language)) if repeat else part
        return await self._sent(address, shown, **({"allow_paid_broadcast": True} if self._paid else {}))

    async def _sent(self, address: Address, part: Part, **more: Any) -> str:
        fields = {"chat_id": int(address.room), **json.loads(part.body), **more}
        if address.thread:
            fields["message_thread_id"] = int(address.thread)
        try:
            posted = await self._requests[0].call(f"{self._application.bot.base_url}/sendMessage", fields)
        except TelegramError as error:
            raise error_for(error, address) from error
        return str(posted["message_id"])

    def _built(self, token: str, api_base: str) -> Any:  # the library's type has six parameters
        application = (
            Application.builder()
            .token(token)
            .base_url(f"{api_base}/bot")
            .base_file_url(f"{api_base}/file/bot")
            .request(self._requests[0])
            .get_updates_request(self._requests[1])
            .job_queue(None)
            .concurrent_updates(_AT_ONCE)
            .build()
        )
        application.add_handler(TypeHandler(Update, self._handle))
        application.add_error_handler(_update_failed)
        return application

    async def _reach(self) -> None:
        wait = 1.0
        while True:
            try:
                await self._application.initialize()
                return
            except InvalidToken as error:
                raise Misconfigured(_WRONG_TOKEN) from error
            except TelegramError as error:
                log.warning("chat not reached", chat=self.name, error=str(error), again_in=wait)
            await asyncio.sleep(wait)
            wait = min(_LONGEST_WAIT, wait * 2)

    async def _offer_menu(self) -> None:
        if not self._commands:
            return
        try:
            for language, menu in self._menus:
                lines = [BotCommand(*one) for one in menu]
                await self._application.bot.set_my_commands(lines, language_code=language)
        except TelegramError as error:
            log.warning("menu not set", chat=self.name, error=str(error))

    async def _handle(self, update: Update, _: object) -> None:
        if update.my_chat_member:
            await self._membership(update.my_chat_member)
        elif update.callback_query:
            await self._pressed(update.callback_query)
        elif update.message and update.message.migrate_to_chat_id and self._moved is not None:
            await self._moved(_room(update.message.chat), str(update.message.migrate_to_chat_id))
        elif message := update.message or update.channel_post:
            await self._typed(message)

    async def _membership(self, change: ChatMemberUpdated) -> None:
        member = change.new_chat_member
        gone = member.status in (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)
        if gone or (isinstance(member, ChatMemberRestricted) and not member.is_member):
            blocked = change.chat.type == ChatType.PRIVATE
            await self._closed(_room(change.chat), "blocked by the reader" if blocked else "bot was removed")

    async def _typed(self, message: Message) -> None:
        typed = self._command_in(message)
        if typed is None:
            return
        address = _address(message)
        async with self._turns.of(address):
            may_change = await self._may_change(message.chat, message.from_user, message.sender_chat)
            request = Request(address, _asker(message), *typed, may_change=may_change)
            await self._say(address, await self._answer(request))

    def _command_in(self, message: Message) -> Typed | None:
        """Return what a text asks of us, or None if it is not for us."""
        text = (message.text or "").strip()
        command = _COMMAND.fullmatch(text)
        if command is None:
            return _meant(text) if text and message.chat.type == ChatType.PRIVATE else None
        name, bot = command["name"].lower(), command["bot"]
        if bot is not None and bot.casefold() != self._application.bot.username.casefold():
            return None
        if bot is None and message.chat.type != ChatType.PRIVATE and not self._is_ours(name):
            return None
        return name, tuple((command["rest"] or "").split())

    def _is_ours(self, name: str) -> bool:
        return not self._commands or name == "start" or any(name == ours for ours, _ in self._commands)

    async def _pressed(self, query: CallbackQuery) -> None:
        """Answer a button: in place of the message that had it, or below where that must stay."""
        message, data = query.message, query.data or ""
        words = data.removeprefix(markup.NEW_MESSAGE).split()
        if message is None or not words:
            await _let_go(query)
            return
        address = _address(message)
        async with self._turns.of(address):
            may_change = await self._may_change(message.chat, query.from_user, None)
            if may_change:
                await _let_go(query)
            request = Request(
                address, _known(query.from_user), words[0].lower(), tuple(words[1:]), may_change=may_change
            )
            reply = await self._answer(request)
            if not may_change:
                await self._whisper(query, address, reply)
            elif data.startswith(markup.NEW_MESSAGE) or not await self._replaced(message, reply):
                await self._say(address, reply)

    async def _whisper(self, query: CallbackQuery, address: Address, reply: OurMessage) -> None:
        """Show an answer to the one who pressed alone, where it is short; others keep what they see."""
        text = reply.text
        if reply.buttons or len(text) > _ALERT:
            await _let_go(query)
            await self._say(address, reply)
        else:
            await _let_go(query, text=text, show_alert=True)

    async def _replaced(self, message: Any, reply: OurMessage) -> bool:  # a Message or one we cannot see
        """Put an answer in the place of a message, if it fits in one."""
        parts = self.parts(reply)
        if not isinstance(message, Message) or len(parts) != 1 or reply.digest:
            return False
        fields = json.loads(parts[0].body)
        try:
            await self._paced(partial(_place, _room(message.chat)))
            await self._application.bot.edit_message_text(
                chat_id=message.chat_id,
                message_id=message.message_id,
                text=fields.pop("text"),
                api_kwargs=fields,
            )
        except BadRequest as error:
            return "not modified" in error.message.casefold()
        except TelegramError as error:
            log.warning("message not replaced", chat=self.name, error=type(error).__name__)
            return False
        return True

    async def _may_change(self, chat: Chat, user: User | None, sender: Chat | None) -> bool:
        """Say whether one may change the room's settings: in groups an admin, also an anonymous one."""
        if chat.type in (ChatType.PRIVATE, ChatType.CHANNEL):
            return True
        if sender is not None or user is None:
            return sender is not None and sender.id == chat.id
        now = asyncio.get_running_loop().time()
        known, until = self._rights.get((chat.id, user.id), (False, 0.0))
        if now < until:
            return known
        is_admin = await self._is_admin(chat.id, user.id)
        if len(self._rights) >= _ROOMS_KEPT:
            self._rights.clear()
        self._rights[chat.id, user.id] = (is_admin, now + _RIGHTS_KEPT)
        return is_admin

    async def _is_admin(self, chat_id: int, user_id: int) -> bool:
        try:
            member = await self._application.bot.get_chat_member(chat_id, user_id)
        except TelegramError as error:
            log.warning("rights unknown", chat=self.name, error=type(error).__name__)
            return False
        return member.status in (ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR)

    async def _say(self, address: Address, message: OurMessage) -> None:
        for part in self.parts(message):
            try:
                address = await self._send_answer(address, part)
            except ChatClosed as error:
                return await self._closed(address, str(error))
            except SendError as error:
                log.warning("answer not sent", chat=self.name, error=type(error).__name__)
                return None
        return None

    async def _paced(self, step: Callable[[Pace], Awaitable[None]]) -> None:
        """Ask or tell how fast we may talk; a database that is away keeps nobody from an answer."""
        if self._pace is None:
            return
        try:
            await step(self._pace)
        except Exception as error:
            log.warning("answer not paced", chat=self.name, error=type(error).__name__)

    async def _send_answer(self, address: Address, part: Part) -> Address:
        """Send a part of an answer, patiently; return where to send the next.

        Raises:
            SendError: it cannot be sent, or may have arrived.
        """
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                await self._paced(partial(_place, address))
                await self._sent(address, part)
            except ChatMoved as error:
                address = replace(address, room=error.room)
            except BadMessage as error:
                log.error("markup refused", chat=self.name, error=str(error))
                if part == (part := self.plain(part)):
                    raise
            except NotSent as error:
                wait = 2.0**attempt if error.retry_after is None else error.retry_after
                if error.whole_lane:
                    await self._paced(partial(_hold, address, wait))
                if attempt == _ATTEMPTS or wait > _PATIENCE:
                    raise
                await asyncio.sleep(wait)
            else:
                return address
        raise NotSent(f"gave up after {_ATTEMPTS} attempts")


_WRONG_TOKEN = "TELEGRAM_BOT_TOKEN: Telegram does not take it. Copy it again from @BotFather."  # noqa: S105


async def _place(address: Address, pace: Pace) -> None:
    await pace.answer(address)


async def _hold(address: Address, seconds: float, pace: Pace) -> None:
    await pace.hold(address, seconds=seconds)


def _meant(text: str) -> Typed:
    """Return what a plain text in a private chat asks: addresses are to be followed; else a hint helps."""
    words = tuple(text.split())
    return ("subscribe", words) if all(map(_URL.fullmatch, words)) else ("help", ())


def _room(chat: Chat) -> Address:
    return Address(TelegramChat.name, str(chat.id))


def _address(message: Any) -> Address:  # a Message, or one we cannot see
    thread = (
        getattr(message, "message_thread_id", None) if getattr(message, "is_topic_message", None) else None
    )
    return replace(_room(message.chat), thread=None if thread is None else str(thread))


def _asker(message: Message) -> Asker:
    sender = message.sender_chat
    if sender is not None or message.from_user is None:
        return Asker(str((sender or message.chat).id), (sender or message.chat).title or "")
    return _known(message.from_user)


def _known(user: User) -> Asker:
    return Asker(str(user.id), user.full_name, language=user.language_code)


async def _let_go(query: CallbackQuery, **shown: Any) -> None:
    """Answer a press, so that the button stops waiting; too late is no harm."""
    with suppress(TelegramError):
        await query.answer(**shown)


def _polling_failed(error: TelegramError) -> None:
    log.warning("polling failed", chat=TelegramChat.name, error=type(error).__name__)


async def _update_failed(_: object, context: Any) -> None:
    log.error("update failed", chat=TelegramChat.name, exc_info=context.error)
