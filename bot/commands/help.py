"""What one can ask, and a way in for those who are new."""

from collections.abc import Iterable
from dataclasses import replace

from bot.commands.buttons import topic_rows
from bot.commands.contract import Command, Desk
from bot.commands.rooms import next_digest, saved
from bot.locales import said
from bot.message import Message, Paragraph, Request
from bot.phrase import phrase, say

_FIRST_TOPICS = 6  # as buttons


async def _start(request: Request, desk: Desk) -> Message:
    subscription = await desk.subscriptions.at(request.address)
    if subscription is None:
        return await _welcome(desk)
    if subscription.paused and request.may_change:
        subscription = await saved(replace(subscription, paused=None, paused_until=None), desk)
    return say(
        "Welcome back. Next digest: {when}.\nType `/sources` to see what you follow, `/help` for the rest.",
        when=await next_digest(subscription, desk),
    )


async def _help(request: Request, desk: Desk) -> Message:
    lines = _slack_lines if request.address.chat == "slack" else _lines
    known = [command for command in desk.commands() if request.by_operator or not command.for_operators]
    return Message((phrase("*What you can ask*"), *lines(known)))


async def _welcome(desk: Desk) -> Message:
    welcome = say(
        "*Pullquote* sends you a short news digest at your own hour: who said what, word for word, and the "
        "numbers that matter, each linked to its source.\n"
        "Follow a topic or a feed: `/subscribe world` or `/subscribe https://…`\n"
        "Your digest comes at 08:00 UTC until you say otherwise: `/schedule 07:30` and `/timezone Kyiv`",
        buttons=topic_rows((await desk.topics())[:_FIRST_TOPICS]),
    )
    return replace(welcome, offer=True)


def _lines(commands: Iterable[Command]) -> Iterable[Paragraph]:
    for command in commands:
        if command.name == "start":
            continue  # whoever reads this has begun
        yield _line(command.name, command.takes, command.does)


def _slack_lines(commands: Iterable[Command]) -> Iterable[Paragraph]:
    """Yield also how one begins, for no chat of two is opened there, and what is for oneself alone."""
    for command in commands:
        yield _line(command.name, command.takes, command.does)
        if command.mine is not None:
            word, does = command.mine
            yield _line(word, command.takes, does)


def _line(word: str, takes: str, does: str) -> Paragraph:
    return phrase("`{typed}` {does}", typed=f"/{word} {said(takes)}".strip(), does=said(does))


START = Command(name="start", does="begin, or begin again after a pause", answer=_start)
HELP = Command(name="help", does="show what you can ask", answer=_help)
