"""Where the reader's day begins."""

from dataclasses import replace

from bot.commands.contract import Command, Desk, with_arguments
from bot.commands.rooms import city_elsewhere, existing_room, next_digest, room_of, saved
from bot.locales import said
from bot.message import Message, Request
from bot.phrase import say
from bot.when.places import clock_of, is_fixed, shown_zone, zone_of
from bot.when.plan import UNREADABLE


async def _timezone(request: Request, desk: Desk) -> Message:
    asked = " ".join(request.arguments)
    if asked:
        zone = zone_of(asked)
        before = await room_of(request, desk)
        paused = None if before.paused == UNREADABLE else before.paused
        subscription = await saved(replace(before, zone=zone, paused=paused), desk)
    else:
        subscription = await existing_room(request, desk)
    local = desk.now().astimezone(clock_of(subscription.zone))
    return say(
        "Your zone is *{zone}*, where it is {local} now. Next digest: {when}.\n"
        "{advice} `/timezone {example}`",
        zone=shown_zone(subscription.zone),
        advice=said(_BY_CITY if is_fixed(subscription.zone) else "Change it by zone or city:"),
        example=city_elsewhere(subscription.zone),
        local=f"{local:%H:%M}",
        when=await next_digest(subscription, desk),
        for_all=bool(asked),
    )


_BY_CITY = "It has no summer time; a city has its own:"


TIMEZONE = Command(
    name="timezone",
    takes="zone or city",
    does="say where you are, so that 08:00 is your 08:00",
    answer=_timezone,
    changes=with_arguments,
)
