"""When the digest comes."""

from collections.abc import Sequence
from dataclasses import replace

from bot.commands.contract import Command, Desk, with_arguments
from bot.commands.rooms import existing_room, next_digest, room_of, saved, told_of
from bot.locales import said, spoken
from bot.message import Button, Message, Paragraph, Request
from bot.model import Address, Subscription
from bot.phrase import phrase, say
from bot.when.places import clock_of
from bot.when.plan import wishes_of
from bot.when.timetable import Moment, timetable_of
from bot.when.typed import in_words
from digests.model import Feed

_NAMED = 10  # sources, in an answer
_PRESETS = (("07:00", "08:00", "18:30"), ("weekdays 07:30", "weekends 10:00", "off"))


_CHANGED = "Schedule: *{table}*. Next digest: {when}."
_FROM_TOMORROW = "Schedule: *{table}*. Today's has been sent. Next digest: {when}."


async def _schedule(request: Request, desk: Desk) -> Message:
    if not request.arguments:
        return await _shown(request, desk)
    table, zone = timetable_of(" ".join(request.arguments))
    before = await room_of(request, desk)
    changed = replace(before, timetable=str(table), zone=zone or before.zone, paused=None, paused_until=None)
    moved = await _moved_from_today(changed, before, desk)
    subscription = await saved(changed, desk, told=moved)
    when = await next_digest(subscription, desk)
    is_sent = any(moment.due_at > desk.now() for moment in moved)
    shown = in_words(str(table), language=spoken())
    done = say(_FROM_TOMORROW if is_sent else _CHANGED, table=shown, when=when, for_all=True)
    if request.origin is None:
        return done
    return replace(done, paragraphs=(*done.paragraphs, await _inherited(request.origin, subscription, desk)))


async def _moved_from_today(changed: Subscription, before: Subscription, desk: Desk) -> Sequence[Moment]:
    """Return today's moments that stand for a digest already sent: an edited time counts from tomorrow.

    Each time that is gone and has had its digest today is taken for edited into one of those that are new;
    further new ones were added, and have theirs today.
    """
    today = desk.now().astimezone(clock_of(changed.zone)).date()
    told = {at for day, at in await told_of(before, desk) if day == today}
    times, former = _times(changed), _times(before)
    edited = len([at for at in former if at in told and at not in times])
    fresh = [at for at in times if at not in former][:edited]
    return [moment for moment in wishes_of(changed).on(today) if moment.at in fresh]


def _times(subscription: Subscription) -> list[str]:
    table, _ = timetable_of(subscription.timetable)
    return [f"{at:%H:%M}" for at in table.times]


async def _shown(request: Request, desk: Desk) -> Message:
    if request.origin is not None and await desk.subscriptions.at(request.address) is None:
        return await _offer_ones_own(request.origin, desk)
    return await _now(await existing_room(request, desk), desk)


async def _offer_ones_own(origin: Address, desk: Desk) -> Message:
    """Say how to begin a digest of one's own, and what there would be in it."""
    feeds = await _followed(origin, desk)
    begins = "\nIt begins with what is followed here: *{names}*." if feeds else ""
    return say(
        "You have no digest of your own yet. Begin one, sent to you in a direct message: `/me 08:00`."
        + begins,
        names=_names(feeds),
        buttons=[[Button(at, request=f"schedule {at}") for at in _PRESETS[0]]],
    )


async def _now(subscription: Subscription, desk: Desk) -> Message:
    rows = [[Button(preset, request=f"schedule {preset}") for preset in row] for row in _PRESETS]
    return say(
        "Schedule: *{table}*. Next digest: {when}.\n"
        "Change it: `/schedule weekdays 07:30`, `/schedule 08:00 18:30`, `/schedule every 2 days 08:00`",
        table=in_words(subscription.timetable, language=spoken()),
        when=await next_digest(subscription, desk),
        buttons=rows,
    )


async def _inherited(origin: Address, subscription: Subscription, desk: Desk) -> Paragraph:
    """Begin a personal digest with what the channel follows where it was asked for; say what is in it."""
    own = await desk.subscriptions.feeds(subscription)
    if own:
        return phrase("It tells of what you follow: *{names}*.", names=_names(own))
    feeds = await _followed(origin, desk)
    if not feeds:
        return phrase(
            "Nothing is followed in it yet. Write to me in the direct message: `/subscribe world`",
        )
    await desk.subscriptions.follow(subscription, feeds, now=desk.now(), inherited=True)
    return phrase("It begins with what is followed here: *{names}*.", names=_names(feeds))


async def _followed(address: Address, desk: Desk) -> Sequence[Feed]:
    subscription = await desk.subscriptions.at(address)
    return () if subscription is None else await desk.subscriptions.feeds(subscription)


def _names(feeds: Sequence[Feed]) -> str:
    named = ", ".join(feed.title for feed in feeds[:_NAMED])
    rest = len(feeds) - _NAMED
    return said("{named} and {rest} more").format(named=named, rest=rest) if rest > 0 else named


SCHEDULE = Command(
    name="schedule",
    slack="here",
    takes="08:00 18:30",
    does="choose when the digest comes: weekdays 07:30, every 2 days 08:00, off",
    mine=("me", "have a digest of your own, in a direct message"),
    answer=_schedule,
    changes=with_arguments,
)
