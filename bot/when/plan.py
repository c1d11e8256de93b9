"""What a person wishes of the times becomes the moments at which digests are due."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.model import Subscription
from bot.when.places import clock_of
from bot.when.quiet import QuietHours, quiet_of
from bot.when.timetable import HORIZON, Moment, Timetable, moments, timetable_of

UNREADABLE = "a zone or schedule that is not known any more"  # why a subscription is paused
_ABOUT_A_DAY = timedelta(hours=26)  # and what clocks may add to it; no hold is longer


@dataclass(frozen=True, slots=True)
class Plan:
    """A timetable in its zone, and the hours in which nothing is sent."""

    table: Timetable
    clock: ZoneInfo
    quiet: QuietHours | None = None

    def moments(self, *, after: datetime, until: datetime) -> list[Moment]:
        """Return what is due in `after < due_at <= until`, in order of time; what is held at its end."""
        return sorted(self._within(after, until), key=lambda moment: moment.due_at)

    def first(self, *, after: datetime) -> Moment | None:
        """Return the first moment after `after`, or None: the timetable is off.

        Of several that are held until the same instant it is the last: there is one digest for all.
        """
        if not self.table.times:
            return None
        for days in (2, 9, HORIZON.days):  # the next is near as a rule, and a year of days takes its time
            until = after + timedelta(days=days)
            if owed := self.moments(after=after, until=until):
                return [moment for moment in owed if moment.due_at == owed[0].due_at][-1]
        return None

    def on(self, day: date) -> list[Moment]:
        """Return what is owed for a local date, held moments too."""
        noon = datetime.combine(day, time(12), self.clock)
        near = self.moments(after=noon - _ABOUT_A_DAY, until=noon + 2 * _ABOUT_A_DAY)
        return [moment for moment in near if moment.local_date == day]

    def past(self, now: datetime) -> list[Moment]:
        """Return what was due in the last day or so."""
        return self.moments(after=now - _ABOUT_A_DAY, until=now)

    def held(self, instant: datetime) -> datetime:
        """Return when something may be sent: at `instant`, or once the quiet hours around it have ended."""
        return self.quiet.held(instant, self.clock) if self.quiet else instant

    def _within(self, after: datetime, until: datetime) -> Iterator[Moment]:
        earlier = after - _ABOUT_A_DAY if self.quiet else after
        for moment in moments(self.table, clock=self.clock, after=earlier, until=until):
            due_at = self.held(moment.due_at)
            if after < due_at <= until:
                yield replace(moment, due_at=due_at)


def plan_of(*, timetable: str, zone: str, quiet: str) -> Plan:
    """Return the plan of what is stored of a subscription.

    Raises:
        UserMistake: it cannot be read: this machine knows no such zone, or another release wrote it.
    """
    table, _ = timetable_of(timetable)
    return Plan(table, clock_of(zone), quiet_of(quiet))


def wishes_of(subscription: Subscription) -> Plan:
    """Return the plan of a subscription.

    Raises:
        UserMistake: see `plan_of`.
    """
    return plan_of(timetable=subscription.timetable, zone=subscription.zone, quiet=subscription.quiet)
