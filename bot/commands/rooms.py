"""What several commands do with a room's subscription."""

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from datetime import date, datetime, timedelta

from babel.dates import format_date

from bot.commands.contract import Desk
from bot.errors import UserMistake
from bot.locales import ours, said, spoken
from bot.message import Request
from bot.model import Subscription
from bot.when.places import clock_of, shown_zone, zone_of
from bot.when.plan import Plan, plan_of, wishes_of
from bot.when.spread import AT_ONCE
from bot.when.timetable import Moment

DEFAULT_TIMETABLE = "08:00"
DEFAULT_ZONE = "UTC"
NOTHING_FOLLOWED = "Nothing is followed here yet. Try `/subscribe world` or `/subscribe https://…`"
PAUSED_BY_READERS = "paused by its readers"
FIRST_LOOK = timedelta(days=1)  # the first digest tells of the day before
_TOLD_BACK = timedelta(days=2)  # no zone is further behind another
_JUST_AFTER = timedelta(microseconds=1)


async def room_of(request: Request, desk: Desk) -> Subscription:
    """Return the subscription of the room, made now if there was none."""
    known = await desk.subscriptions.at(request.address)
    if known is not None:
        return known
    now, zone = desk.now(), _zone_told(request)
    first = plan_of(timetable=DEFAULT_TIMETABLE, zone=zone, quiet="").first(after=now)
    made = await desk.subscriptions.add(
        request.address,
        zone=zone,
        timetable=DEFAULT_TIMETABLE,
        shown_until=now - FIRST_LOOK,
        next_due_at=first.due_at if first else None,
        now=now,
    )
    language = ours(request.asker.language)
    return made if made.language == language else await saved(replace(made, language=language), desk)


async def existing_room(request: Request, desk: Desk) -> Subscription:
    """Return the subscription of the room.

    Raises:
        UserMistake: there is none.
    """
    known = await desk.subscriptions.at(request.address)
    if known is None:
        raise UserMistake(NOTHING_FOLLOWED)
    return known


async def saved(subscription: Subscription, desk: Desk, *, told: Sequence[Moment] = ()) -> Subscription:
    """Store a subscription with the hour of its next digest, and return it.

    The moments in `told` count as told. A digest that is to be skipped is the next one, whatever is changed.
    """
    now = desk.now()
    done = await told_of(subscription, desk) | {(moment.local_date, moment.at) for moment in told}
    scheduled = _scheduled(subscription, done, now=now)
    await desk.subscriptions.save(scheduled, told=told)
    return scheduled


async def told_of(subscription: Subscription, desk: Desk) -> frozenset[tuple[date, str]]:
    """Return which local dates and times of the last days have had their digest."""
    return await desk.subscriptions.told(subscription, since=(desk.now() - _TOLD_BACK).date())


async def next_digest(subscription: Subscription, desk: Desk) -> str:
    """Return when the next digest comes, as people say it: "tomorrow at 08:00 (Europe/Kyiv)"."""
    if subscription.rests(desk.now()) and subscription.paused_until is None:
        by_readers = subscription.paused == PAUSED_BY_READERS
        why = said("none, for {reason}").format(reason=subscription.paused)
        return said("none while paused") if by_readers else why
    due_at = await _waiting(subscription, desk) or subscription.next_due_at
    if due_at is None:
        return said("none, the schedule is off")
    if due_at <= desk.now():
        return said("now")
    if due_at != subscription.next_due_at:
        return hour_in_words(due_at, subscription, desk)
    window = await desk.subscriptions.window(subscription)
    when = hour_in_words(due_at, subscription, desk, window=window)
    return said("{when}, when the quiet hours end").format(when=when) if _is_held(subscription) else when


async def _waiting(subscription: Subscription, desk: Desk) -> datetime | None:
    """Return when a digest comes that is owed already: in its place of a window, or after quiet hours."""
    return None if subscription.rests(desk.now()) else await desk.subscriptions.waiting(subscription)


def _is_held(subscription: Subscription) -> bool:
    """Say whether the next digest is none at its own time."""
    if subscription.next_due_at is None or not subscription.quiet:
        return False
    plan, local = wishes_of(subscription), subscription.next_due_at.astimezone(clock_of(subscription.zone))
    ends = plan.quiet is not None and plan.quiet.until == local.time()
    return ends and local.time() not in plan.table.times


def hour_in_words(
    instant: datetime, subscription: Subscription, desk: Desk, *, window: timedelta = AT_ONCE
) -> str:
    """Return an instant to come as people of the room say it; with a window, from when to when."""
    clock = clock_of(subscription.zone)
    local, until = instant.astimezone(clock), (instant + window).astimezone(clock)
    template = said("between {at} and {until}") if window else said("at {at}")
    hours = template.format(at=f"{local:%H:%M}", until=f"{until:%H:%M}")
    return f"{day_in_words(local, desk)} {hours} ({shown_zone(subscription.zone)})"


def day_in_words(local: datetime, desk: Desk) -> str:
    """Return the day of an instant in the room's zone: "today", "on Monday 30 November"."""
    days = (local.date() - desk.now().astimezone(local.tzinfo).date()).days
    near = {0: said("today"), 1: said("tomorrow")}
    return near.get(days) or said("on {date}").format(date=date_in_words(local))


def date_in_words(day: date) -> str:
    return format_date(day, said("EEEE d MMMM"), locale=spoken())


def end_in_words(instant: datetime, subscription: Subscription) -> str:
    """Return when a pause ends: "Monday 30 November", with the hour if that is not midnight."""
    local = instant.astimezone(clock_of(subscription.zone))
    day = date_in_words(local)
    return day if (local.hour, local.minute) == (0, 0) else f"{day}, {local:%H:%M}"


def is_skipping(subscription: Subscription, *, now: datetime) -> bool:
    return subscription.skipped_until is not None and subscription.skipped_until > now


def city_elsewhere(zone: str) -> str:
    """Return a city to type as an example, in another zone than the room's."""
    return next(city for city in ("Kyiv", "New York") if zone_of(city) != zone)


def _scheduled(
    subscription: Subscription, told: AbstractSet[tuple[date, str]], *, now: datetime
) -> Subscription:
    """Return a subscription with its next hour, after a pause or a digest that is skipped."""
    due_at, rests = subscription.next_due_at, subscription.rests(now)
    if rests and subscription.paused_until is None:
        return replace(subscription, next_due_at=None, skipped_until=None)
    if due_at is not None and due_at <= now and not rests:
        return subscription  # owed already, and about to be written down
    pause_ends = subscription.paused_until if rests else None
    coming = _coming(wishes_of(subscription), told, after=pause_ends or now)
    moment = next(coming, None)
    skips = not rests and is_skipping(subscription, now=now)
    skipped_until = moment.due_at + _JUST_AFTER if skips and moment else None
    following = next(coming, None) if skips else moment
    next_due_at = following.due_at if following else None
    return replace(subscription, next_due_at=next_due_at, skipped_until=skipped_until)


def _coming(plan: Plan, told: AbstractSet[tuple[date, str]], *, after: datetime) -> Iterator[Moment]:
    """Yield the moments of a plan that have had no digest yet."""
    while (moment := plan.first(after=after)) is not None:
        if (moment.local_date, moment.at) not in told:
            yield moment
        after = moment.due_at


def _zone_told(request: Request) -> str:
    """Return the zone that the chat tells of the asker, if it is one."""
    try:
        return zone_of(request.asker.zone) if request.asker.zone else DEFAULT_ZONE
    except UserMistake:
        return DEFAULT_ZONE
