"""How many stories a digest has at most."""

from dataclasses import replace

from bot.commands.contract import Command, Desk, with_arguments
from bot.commands.rooms import existing_room, room_of, saved
from bot.errors import UserMistake
from bot.message import Button, Message, Request
from bot.phrase import say

_LENGTHS = ("5", "10", "20")


async def _length(request: Request, desk: Desk) -> Message:
    typed = " ".join(request.arguments)
    if not typed:
        return _shown((await existing_room(request, desk)).most)
    if typed not in _LENGTHS:
        raise UserMistake("A digest has 5, 10 or 20 stories at most: `/length 5`")
    await saved(replace(await room_of(request, desk), most=int(typed)), desk)
    return say("From now on a digest has *{most}* stories at most.", most=typed, for_all=True)


def _shown(most: int) -> Message:
    return say(
        "A digest has *{most}* stories at most.\n"
        "Change it: `/length 5` for one minute, `/length 10` for two, `/length 20` with more headlines",
        most=most,
        buttons=[[Button(length, request=f"length {length}") for length in _LENGTHS]],
    )


LENGTH = Command(
    name="length",
    takes="5, 10 or 20",
    does="choose how many stories a digest has at most",
    answer=_length,
    changes=with_arguments,
)
