"""Timetables are read as people type them, and owe exactly one digest a local date and time."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserMistake
from bot.when.plan import Plan
from bot.when.timetable import Timetable, moments, timetable_of

WEEKDAYS, WEEKENDS = frozenset(range(5)), frozenset((5, 6))
EIGHT, HALF_PAST_SIX = time(8), time(18, 30)

TYPED = {
    "08:00": Timetable((EIGHT,)),
    "8:00": Timetable((EIGHT,)),
    "8": Timetable((EIGHT,)),
    "8.00": Timetable((EIGHT,)),
    "8am": Timetable((EIGHT,)),
    "8 AM": Timetable((EIGHT,)),
    "6:30pm": Timetable((HALF_PAST_SIX,)),
    "12am": Timetable((time(0),)),
    "12pm": Timetable((time(12),)),
    "08:00 18:30": Timetable((EIGHT, HALF_PAST_SIX)),
    "18:30, 08:00": Timetable((EIGHT, HALF_PAST_SIX)),
    "08:00 08:00": Timetable((EIGHT,)),
    "daily 08:00": Timetable((EIGHT,)),
    "weekdays 07:30": Timetable((time(7, 30),), WEEKDAYS),
    "07:30 weekdays": Timetable((time(7, 30),), WEEKDAYS),
    "weekends 10:00": Timetable((time(10),), WEEKENDS),
    "mon,thu 09:00": Timetable((time(9),), frozenset((0, 3))),
    "mon, thu 09:00": Timetable((time(9),), frozenset((0, 3))),
    "Mondays 09:00": Timetable((time(9),), frozenset((0,))),
    "tues,weds,thurs 09:00": Timetable((time(9),), frozenset((1, 2, 3))),
    "every 2 days 08:00": Timetable((EIGHT,), every=2),
    "täglich 8 Uhr": Timetable((EIGHT,)),
    "18:30 Uhr": Timetable((HALF_PAST_SIX,)),
    "werktags 07:30": Timetable((time(7, 30),), WEEKDAYS),
    "am Wochenende 10:00": Timetable((time(10),), WEEKENDS),
    "mo 09:00": Timetable((time(9),), frozenset((0,))),
    "mo, do 09:00": Timetable((time(9),), frozenset((0, 3))),
    "Di.,Sa. 09:00": Timetable((time(9),), frozenset((1, 5))),
    "jeden Donnerstag 09:00": Timetable((time(9),), frozenset((3,))),
    "sonnabends 09:00": Timetable((time(9),), frozenset((5,))),
    "alle 2 Tage 08:00": Timetable((EIGHT,), every=2),
    "every monday 09:00": Timetable((time(9),), frozenset((0,))),
    "aus": Timetable(),
    "off": Timetable(),
    "OFF": Timetable(),
}
WITH_ZONE = {
    "08:00 Europe/Kyiv": ("08:00", "Europe/Kyiv"),
    "08:00 18:30 weekdays Europe/Kyiv": ("weekdays 08:00 18:30", "Europe/Kyiv"),
    "every 2 days 08:00 new york": ("every 2 days 08:00", "America/New_York"),
    "08:00 Monaco": ("08:00", "Europe/Monaco"),  # no Monday
    "08:00 utc": ("08:00", "UTC"),
}
WRONG = ("", "soon", "25:00", "08:61", "every 0 days 08:00", "every 99 days 08:00", "weekdays", "0800", "mon")
ZONES = sorted(name for name in available_timezones() if "/" in name and not name.startswith("Etc/"))[::15]
LORD_HOWE, TROLL, APIA = "Australia/Lord_Howe", "Antarctica/Troll", "Pacific/Apia"  # half an hour, two hours


@pytest.mark.parametrize(("typed", "table"), TYPED.items())
def test_timetable_is_read_as_typed(typed: str, table: Timetable) -> None:
    assert timetable_of(typed) == (table, None)


@pytest.mark.parametrize(("typed", "meant"), WITH_ZONE.items())
def test_zone_may_follow_a_timetable(typed: str, meant: tuple[str, str]) -> None:
    table, zone = timetable_of(typed)

    assert (str(table), zone) == meant


@pytest.mark.parametrize("typed", WRONG)
def test_what_is_no_timetable_is_refused_with_a_hint(typed: str) -> None:
    with pytest.raises(UserMistake) as told:
        timetable_of(typed)

    assert any(char.isdigit() for char in str(told.value))  # an example of a time


def test_more_than_twelve_digests_a_day_are_refused() -> None:
    with pytest.raises(UserMistake, match="12"):
        timetable_of(" ".join(f"{hour:02}:00" for hour in range(13)))


@given(
    st.sets(st.times().map(lambda at: at.replace(second=0, microsecond=0)), min_size=1, max_size=12),
    st.one_of(
        st.sets(st.integers(0, 6), min_size=1).map(lambda days: {"days": frozenset(days)}),
        st.integers(1, 60).map(lambda every: {"every": every}),
    ),
)
def test_every_timetable_reads_back_from_its_own_words(times: set[time], which: dict[str, object]) -> None:
    table = Timetable(tuple(sorted(times)), **which)  # type: ignore[arg-type]

    assert timetable_of(str(table)) == (table, None)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_refused_politely(typed: str) -> None:
    try:
        table, _ = timetable_of(typed)
    except UserMistake:
        return

    assert timetable_of(str(table))[0] == table


@pytest.mark.parametrize("zone", [*ZONES, LORD_HOWE, TROLL, APIA, "America/Havana", "Africa/Cairo"])
@pytest.mark.parametrize("at", [time(2, 30), time(0, 0)])
def test_each_local_date_has_exactly_one_moment_whatever_the_clocks_do(zone: str, at: time) -> None:
    first = date(2026, 2, 1)
    begin = datetime.combine(first, time(12), ZoneInfo(zone)).astimezone(UTC)

    owed = list(
        moments(Timetable((at,)), clock=ZoneInfo(zone), after=begin, until=begin + timedelta(days=400))
    )

    days = Counter(moment.local_date for moment in owed)
    expected = [first + timedelta(days=number) for number in range(1, 401)]
    assert set(days.values()) == {1}
    assert sorted(days) == expected[: len(days)]
    assert len(days) in (399, 400)  # the last may lie behind the end
    assert [moment.due_at for moment in owed] == sorted(moment.due_at for moment in owed)


def test_skipped_time_is_met_after_the_gap_and_a_doubled_one_the_first_time() -> None:
    table, berlin = Timetable((time(2, 30),)), "Europe/Berlin"

    spring = Plan(table, ZoneInfo(berlin)).first(after=datetime(2026, 3, 28, 12, tzinfo=UTC))
    autumn = Plan(table, ZoneInfo(berlin)).first(after=datetime(2026, 10, 24, 12, tzinfo=UTC))

    assert spring is not None
    assert spring.due_at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)  # 03:30 there
    assert autumn is not None
    assert autumn.due_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_time_behind_a_gap_is_not_lost_to_one_inside_it() -> None:
    table = Timetable((time(2, 30), time(3)))  # in Berlin 02:30 is met at 03:30 that day
    after = datetime(2026, 3, 28, 12, tzinfo=UTC)

    owed = list(moments(table, clock=ZoneInfo("Europe/Berlin"), after=after, until=after + timedelta(days=1)))

    assert [moment.at for moment in owed] == ["03:00", "02:30"]


def test_walking_from_moment_to_moment_meets_each_once() -> None:
    table, zone = timetable_of("08:00 18:30")[0], "Europe/Kyiv"
    begin = datetime(2026, 10, 20, tzinfo=UTC)
    until = begin + timedelta(days=10)
    walked, after = [], begin
    while (moment := Plan(table, ZoneInfo(zone)).first(after=after)) and moment.due_at <= until:
        walked.append(moment)
        after = moment.due_at

    assert walked == list(moments(table, clock=ZoneInfo(zone), after=begin, until=until))


def test_timetable_that_is_off_owes_nothing() -> None:
    assert Plan(Timetable(), ZoneInfo("UTC")).first(after=datetime(2026, 1, 1, tzinfo=UTC)) is None


def test_every_other_day_stays_the_same_days_after_a_restart() -> None:
    table = timetable_of("every 2 days 08:00")[0]
    begin = datetime(2026, 11, 1, tzinfo=UTC)

    first = Plan(table, ZoneInfo("UTC")).first(after=begin)
    asked_later = Plan(table, ZoneInfo("UTC")).first(after=begin + timedelta(hours=5))

    assert first == asked_later
