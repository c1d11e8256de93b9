"""A request becomes its command's message. A mistake is answered with what to type instead."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import structlog

from bot.access import Access
from bot.commands import COMMANDS, Command, Desk, command_for
from bot.errors import UserMistake
from bot.locales import ENGLISH, ours, said, speaking
from bot.message import Button, Message, Request
from bot.phrase import say, spelled

log = structlog.get_logger()

Spell = Callable[[str], str]
"""Turn "/subscribe world" into what people type in a chat."""


class Answers:
    """See `bot.chats.contract.Answer`."""

    def __init__(
        self,
        desk: Desk,
        spelling: Mapping[str, Spell],
        *,
        allowed: frozenset[str],
        admins: frozenset[str] = frozenset(),
    ) -> None:
        """`spelling` by chat; `allowed`: who is served, `admins`: who are the operators; see `Access`."""
        self._desk = desk
        self._spelling = spelling
        self._access = Access(rooms=allowed, admins=admins)

    async def __call__(self, request: Request) -> Message:
        with speaking(await self._language(request)):
            message = _with_buttons_said(await self._message(request))
        if request.origin is not None:  # about the asker's own digest: no business of the room's
            message = replace(message, for_all=False)
        return spelled(message, self._spelling.get(request.address.chat, str))

    async def _language(self, request: Request) -> str:
        """Return the room's language; of a room that is new, the asker's."""
        try:
            subscription = await self._desk.subscriptions.at(request.address)
        except Exception:  # the answer will tell of it
            log.exception("language not known", chat=request.address.chat)
            subscription = None
        return ours(subscription.language if subscription else request.asker.language)

    async def _message(self, request: Request) -> Message:
        try:
            return await self._answer(request)
        except UserMistake as mistake:
            return say(mistake.template, **mistake.values)
        except Exception:  # whatever a command meets, the person is told and the chat lives on
            log.exception("answer failed", command=request.command, chat=request.address.chat)
            return say("That went wrong on our side. Nothing was changed; please try again in a minute.")

    async def _answer(self, request: Request) -> Message:
        command = command_for(request.command)
        if not await self._serves(request) and not await self._lets_it_stop(command, request):
            raise UserMistake("This bot serves invited chats only. Ask its operator to add this one.")
        request = replace(request, by_operator=self._access.is_operator(request))
        if command is None or (command.for_operators and not request.by_operator):
            raise UserMistake(_UNKNOWN, word=request.command[:40])
        if command.changes(request) and not request.may_change:
            raise UserMistake("Only this room's admins can change its digest. Ask one of them.")
        return await command.answer(request, self._desk)

    async def _serves(self, request: Request) -> bool:
        """Say whether an answer may be given; a room that moved goes by each id that it had."""
        if self._access.serves(request):
            return True
        former = await self._desk.subscriptions.former(request.address)
        before = (replace(request.address, room=room) for room in former)
        return any(self._access.serves(replace(request, address=address)) for address in before)

    async def _lets_it_stop(self, command: Command | None, request: Request) -> bool:
        """Say whether a room that is served no more, but gets its digests still, wants to hear less."""
        if command is None or not command.stops:
            return False
        return await self._desk.subscriptions.at(request.address) is not None


def _with_buttons_said(message: Message) -> Message:
    """Return `message` with our labels in the language that is spoken; topics have names of their own."""
    rows = tuple(tuple(_said(button) for button in row) for row in message.buttons)
    return replace(message, buttons=rows)


def _said(button: Button) -> Button:
    return replace(button, label=said(button.label))


_UNKNOWN = "I don't know “{word}”. Type `/help` to see what you can ask."


def slack_spelling(slash_command: str) -> Spell:
    """Return how Slack people type a request: "/subscribe world" is "/digest add world" there."""
    words = {command.name: command.slack or command.name for command in COMMANDS}

    def spell(request: str) -> str:
        name, _, arguments = request.removeprefix("/").partition(" ")
        return f"{slash_command} {words.get(name, name)} {arguments}".strip()

    return spell


def menu(language: str = ENGLISH) -> tuple[tuple[str, str], ...]:
    """Return the name and the line of each command, for a chat's own menu."""
    with speaking(language):
        return tuple((command.name, said(command.does)) for command in _in_menu())


def _in_menu() -> tuple[Command, ...]:
    return tuple(command for command in COMMANDS if command.name != "start" and not command.for_operators)
