"""The digest rests, and comes again."""

from dataclasses import replace

from bot.commands.contract import Command, Desk, always
from bot.commands.rooms import existing_room, next_digest, saved
from bot.message import Button, Message, Request
from bot.phrase import say

REASON = "paused by its readers"


async def _pause(request: Request, desk: Desk) -> Message:
    subscription = await existing_room(request, desk)
    await saved(replace(subscription, paused=REASON), desk)
    resume = [[Button("Resume", request="resume")]]
    return say(
        "Paused: no digests until you type `/resume`. Nothing you follow is lost.",
        buttons=resume,
        for_all=True,
    )


async def _resume(request: Request, desk: Desk) -> Message:
    subscription = await saved(replace(await existing_room(request, desk), paused=None), desk)
    when = next_digest(subscription, now=desk.now())
    return say("Digests are on. Next digest: {when}.", when=when, for_all=True)


PAUSE = Command(name="pause", slack="off", does="send no digests for now", answer=_pause, changes=always)
RESUME = Command(name="resume", does="send digests again", answer=_resume, changes=always)
