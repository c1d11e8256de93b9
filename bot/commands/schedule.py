"""When the digest comes."""

from dataclasses import replace

from bot.commands.contract import Command, Desk, with_arguments
from bot.commands.rooms import existing_room, next_digest, room_of, saved
from bot.message import Button, Message, Request
from bot.model import Subscription
from bot.phrase import say
from bot.timetable import timetable_of

_PRESETS = (("07:00", "08:00", "18:30"), ("weekdays 07:30", "weekends 10:00", "off"))


async def _schedule(request: Request, desk: Desk) -> Message:
    if not request.arguments:
        return _now(await existing_room(request, desk), desk)
    table, zone = timetable_of(" ".join(request.arguments))
    before = await room_of(request, desk)
    changed = replace(before, timetable=str(table), zone=zone or before.zone, paused=None)
    subscription = await saved(changed, desk)
    await _inherit(request, subscription, desk)
    when = next_digest(subscription, now=desk.now())
    return say("Schedule: *{table}*. Next digest: {when}.", table=table, when=when, for_all=True)


def _now(subscription: Subscription, desk: Desk) -> Message:
    rows = [[Button(preset, request=f"schedule {preset}") for preset in row] for row in _PRESETS]
    return say(
        "Schedule: *{table}*. Next digest: {when}.\n"
        "Change it: `/schedule weekdays 07:30`, `/schedule 08:00 18:30`, `/schedule every 2 days 08:00`",
        table=subscription.timetable,
        when=next_digest(subscription, now=desk.now()),
        buttons=rows,
    )


async def _inherit(request: Request, subscription: Subscription, desk: Desk) -> None:
    """Begin a personal digest, asked for in a channel, with what the channel follows."""
    if request.origin is None or await desk.subscriptions.feeds(subscription):
        return
    origin = await desk.subscriptions.at(request.origin)
    if origin is not None:
        feeds = await desk.subscriptions.feeds(origin)
        await desk.subscriptions.follow(subscription, feeds, now=desk.now())


SCHEDULE = Command(
    name="schedule",
    slack="here",
    takes="08:00 18:30",
    does="choose when the digest comes: weekdays 07:30, every 2 days 08:00, off",
    answer=_schedule,
    changes=with_arguments,
)
