"""What comes when there is no news: one line, or nothing."""

from dataclasses import replace

from bot.commands.contract import Command, Desk, with_arguments
from bot.commands.rooms import existing_room, room_of, saved
from bot.errors import UserMistake
from bot.message import Button, Message, Request
from bot.phrase import say

_QUIET = {"silent": True, "line": False}


async def _empty(request: Request, desk: Desk) -> Message:
    typed = " ".join(request.arguments).casefold()
    if not typed:
        return _shown((await existing_room(request, desk)).quiet_when_empty)
    if typed not in _QUIET:
        raise UserMistake("Type `/empty silent` or `/empty line`")
    is_quiet = _QUIET[typed]
    await saved(replace(await room_of(request, desk), quiet_when_empty=is_quiet), desk)
    if is_quiet:
        return say("When there is no news, nothing comes.", for_all=True)
    return say("When there is no news, one line says so.", for_all=True)


def _shown(is_quiet: bool) -> Message:
    return say(
        "When there is no news, nothing comes.\nChange it: `/empty line`"
        if is_quiet
        else "When there is no news, one line says so.\nChange it: `/empty silent`",
        buttons=[[Button("Silence", request="empty silent"), Button("One line", request="empty line")]],
    )


EMPTY = Command(
    name="empty",
    takes="silent or line",
    does="choose what comes when there is no news: nothing, or one line",
    answer=_empty,
    changes=with_arguments,
)
