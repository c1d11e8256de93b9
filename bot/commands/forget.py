"""All that is kept about a room is erased, once its people have said so twice."""

from bot.commands.contract import Command, Desk, always
from bot.message import Button, Message, Request
from bot.phrase import say

_SURE = "everything"


async def _forget(request: Request, desk: Desk) -> Message:
    if not await desk.erasing.knows(request.address):
        return say("I keep nothing about this chat.")
    if request.arguments != (_SURE,):
        return say(
            "This erases all that I keep about this chat: its schedule and settings, what it follows, "
            "and which digests it had. It cannot be undone.\n"
            "To do it, press the button, or type `/forget everything`. To rest only: `/pause`",
            buttons=[[Button("Erase everything", request=f"forget {_SURE}")]],
        )
    await desk.erasing.erase(request.address)
    return say("Erased. I keep nothing about this chat any more. To begin anew: `/start`", for_all=True)


FORGET = Command(
    name="forget",
    does="erase all that is kept about this chat",
    answer=_forget,
    changes=always,
    stops=True,
)
