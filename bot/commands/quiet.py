"""Hours in which nothing is sent: what is due then is sent when they end."""

from dataclasses import replace

from bot.commands.contract import Command, Desk, with_arguments
from bot.commands.rooms import existing_room, next_digest, room_of, saved, told_of
from bot.locales import said
from bot.message import Button, Message, Request
from bot.model import Subscription
from bot.phrase import say
from bot.when.plan import wishes_of
from bot.when.quiet import quiet_of

_PRESETS = ("22:00-07:00", "23:00-08:00", "off")


async def _quiet(request: Request, desk: Desk) -> Message:
    typed = " ".join(request.arguments)
    if not typed:
        return await _shown(await existing_room(request, desk), desk)
    hours = quiet_of(typed)
    before = await room_of(request, desk)
    changed = replace(before, quiet=str(hours or ""))
    subscription = await saved(await _with_what_is_held(changed, before, desk), desk)
    when = await next_digest(subscription, desk)
    if hours is None:
        return say("No quiet hours. Next digest: {when}.", when=when, for_all=True)
    return say(
        "Quiet hours: *{hours}*. What is due then is sent when they end. Next digest: {when}.",
        hours=hours,
        when=when,
        for_all=True,
    )


async def _with_what_is_held(changed: Subscription, before: Subscription, desk: Desk) -> Subscription:
    """Return `changed` with a digest owed that the hours of before hold back now, and its own would not."""
    now = desk.now()
    if before.rests(now) or before.next_due_at is None or before.next_due_at <= now:
        return changed
    told = await told_of(before, desk)
    held = [
        moment
        for moment in wishes_of(before).moments(after=now, until=before.next_due_at)
        if (moment.local_date, moment.at) not in told
    ]
    own = {(moment.local_date, moment.at): moment for moment in wishes_of(changed).past(now)}
    passed = [own[key] for moment in held if (key := (moment.local_date, moment.at)) in own]
    return replace(changed, next_due_at=passed[-1].due_at) if passed else changed


async def _shown(subscription: Subscription, desk: Desk) -> Message:
    return say(
        "Quiet hours: *{hours}*. Next digest: {when}.\n"
        "Change them: `/quiet 22:00-07:00`, `/quiet off`. What is due then is sent when they end.",
        hours=subscription.quiet or said("none"),
        when=await next_digest(subscription, desk),
        buttons=[[Button(preset, request=f"quiet {preset}") for preset in _PRESETS]],
    )


QUIET = Command(
    name="quiet",
    takes="22:00-07:00",
    does="choose hours in which nothing is sent, or off",
    answer=_quiet,
    changes=with_arguments,
)
