"""The digest rests, for good or for a while, and comes again."""

from dataclasses import replace

from bot.commands.contract import Command, Desk, always
from bot.commands.rooms import PAUSED_BY_READERS, end_in_words, existing_room, next_digest, saved
from bot.message import Button, Message, Request
from bot.model import Subscription
from bot.phrase import say
from bot.when.places import clock_of
from bot.when.until import end_of

_RESUME = Button("Resume", request="resume")
_FOR_A_WHILE = [Button("For 3 days", request="pause 3 days"), Button("For a week", request="pause 1 week")]


async def _pause(request: Request, desk: Desk) -> Message:
    before, typed = await existing_room(request, desk), " ".join(request.arguments)
    clock = clock_of(before.zone)
    until = end_of(typed, now=desk.now(), clock=clock) if typed else None
    resting = replace(before, paused=PAUSED_BY_READERS, paused_until=until, skipped_until=None)
    subscription = await saved(resting, desk)
    if until is None:
        return say(
            "Paused: no digests until you type `/resume`. Nothing you follow is lost.",
            buttons=[[_RESUME], _FOR_A_WHILE],
            for_all=True,
        )
    return say(
        "Paused until {end}. Next digest: {when}. Sooner: `/resume`",
        end=end_in_words(until, subscription),
        when=await next_digest(subscription, desk),
        buttons=[[_RESUME]],
        for_all=True,
    )


async def _resume(request: Request, desk: Desk) -> Message:
    before = await existing_room(request, desk)
    subscription = await saved(awake(before), desk)
    when = await next_digest(subscription, desk)
    return say("Digests are on. Next digest: {when}.", when=when, for_all=True)


def awake(subscription: Subscription) -> Subscription:
    return replace(subscription, paused=None, paused_until=None, skipped_until=None)


PAUSE = Command(
    name="pause",
    slack="off",
    takes="until Monday",
    does="send no digests for now, or for a while: 3 days, until Monday",
    answer=_pause,
    changes=always,
    stops=True,
)
RESUME = Command(name="resume", does="send digests again", answer=_resume, changes=always)
