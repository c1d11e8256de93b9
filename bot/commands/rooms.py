"""What several commands do with a room's subscription."""

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.commands.contract import Desk
from bot.errors import UserMistake
from bot.message import Request
from bot.model import Subscription
from bot.places import shown_zone, zone_of
from bot.timetable import next_moment, timetable_of

DEFAULT_TIMETABLE = "08:00"
DEFAULT_ZONE = "UTC"
NOTHING_FOLLOWED = "Nothing is followed here yet. Try `/subscribe world` or `/subscribe https://…`"
FIRST_LOOK = timedelta(days=1)  # the first digest tells of the day before


async def room_of(request: Request, desk: Desk) -> Subscription:
    """Return the subscription of the room, made now if there was none."""
    known = await desk.subscriptions.at(request.address)
    if known is not None:
        return known
    now, zone = desk.now(), _zone_told(request)
    return await desk.subscriptions.add(
        request.address,
        zone=zone,
        timetable=DEFAULT_TIMETABLE,
        shown_until=now - FIRST_LOOK,
        next_due_at=_after(DEFAULT_TIMETABLE, zone=zone, now=now),
        now=now,
    )


async def existing_room(request: Request, desk: Desk) -> Subscription:
    """Return the subscription of the room.

    Raises:
        UserMistake: there is none.
    """
    known = await desk.subscriptions.at(request.address)
    if known is None:
        raise UserMistake(NOTHING_FOLLOWED)
    return known


async def saved(subscription: Subscription, desk: Desk) -> Subscription:
    """Store a subscription with the hour of its next digest, and return it."""
    scheduled = replace(subscription, next_due_at=_next_due_at(subscription, now=desk.now()))
    await desk.subscriptions.save(scheduled)
    return scheduled


def next_digest(subscription: Subscription, *, now: datetime) -> str:
    """Return when the next digest comes, as people say it: "tomorrow at 08:00 (Europe/Kyiv)"."""
    if subscription.paused:
        return "none while paused"
    if subscription.next_due_at is None:
        return "none, the schedule is off"
    zone = ZoneInfo(subscription.zone)
    local = subscription.next_due_at.astimezone(zone)
    days = (local.date() - now.astimezone(zone).date()).days
    day = {0: "today", 1: "tomorrow"}.get(days, f"on {local:%A} {local.day} {local:%B}")
    return f"{day} at {local:%H:%M} ({shown_zone(subscription.zone)})"


def city_elsewhere(zone: str) -> str:
    """Return a city to type as an example, in another zone than the room's."""
    return next(city for city in ("Kyiv", "New York") if zone_of(city) != zone)


def _next_due_at(subscription: Subscription, *, now: datetime) -> datetime | None:
    if subscription.paused:
        return None
    if subscription.next_due_at is not None and subscription.next_due_at <= now:
        return subscription.next_due_at  # owed already, and about to be written down
    return _after(subscription.timetable, zone=subscription.zone, now=now)


def _after(timetable: str, *, zone: str, now: datetime) -> datetime | None:
    table, _ = timetable_of(timetable)
    moment = next_moment(table, zone=zone, after=now)
    return moment.due_at if moment else None


def _zone_told(request: Request) -> str:
    """Return the zone that the chat tells of the asker, if it is one."""
    try:
        return zone_of(request.asker.zone) if request.asker.zone else DEFAULT_ZONE
    except UserMistake:
        return DEFAULT_ZONE
