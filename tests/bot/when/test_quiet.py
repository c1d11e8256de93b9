"""Quiet hours are read as people type them, and hold what falls into them until they end."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserMistake
from bot.when.quiet import QuietHours, quiet_of

NIGHT = QuietHours(time(22), time(7))
TYPED = {
    "22:00-07:00": NIGHT,
    "22:00 - 07:00": NIGHT,
    "22-7": NIGHT,
    "10pm-7am": NIGHT,
    "10 pm to 7 am": NIGHT,
    "22:00 until 07:00": NIGHT,
    "22:00–07:00": NIGHT,
    "22:00 07:00": NIGHT,
    "13:00-14:30": QuietHours(time(13), time(14, 30)),
    "22 bis 7 Uhr": NIGHT,
    "von 22:00 bis 07:00": NIGHT,
    "from 10pm to 7am": NIGHT,
    "aus": None,
    "off": None,
    "None": None,
    "": None,
}
WRONG = (
    "soon",
    "22:00",
    "22:00-",
    "-07:00",
    "22:00-07:00-09:00",
    "25:00-07:00",
    "8:00-8:00",
    "22:00-07:00 Kyiv",
)
KYIV, NEW_YORK = ZoneInfo("Europe/Kyiv"), ZoneInfo("America/New_York")
minutes = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
hours = (
    st.tuples(minutes, minutes).filter(lambda pair: pair[0] != pair[1]).map(lambda pair: QuietHours(*pair))
)
instants = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
zones = st.sampled_from(("UTC", "Europe/Kyiv", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo"))


@pytest.mark.parametrize(("typed", "meant"), TYPED.items())
def test_hours_are_read_as_typed(typed, meant):
    assert quiet_of(typed) == meant


@pytest.mark.parametrize("typed", WRONG)
def test_what_is_no_hours_is_refused_with_something_to_type(typed):
    with pytest.raises(UserMistake) as told:
        quiet_of(typed)

    assert "/" in str(told.value) or "08:00" in str(told.value)


@given(hours)
def test_hours_read_back_from_their_own_words(quiet):
    assert quiet_of(str(quiet)) == quiet


@given(st.text(max_size=30))
def test_whatever_is_typed_is_read_or_refused_politely(typed):
    try:
        quiet = quiet_of(typed)
    except UserMistake:
        return

    assert quiet_of(str(quiet or "")) == quiet


@pytest.mark.parametrize(
    ("local", "sent"),
    [
        ("2026-11-26T21:59", "2026-11-26T21:59"),
        ("2026-11-26T22:00", "2026-11-27T07:00"),
        ("2026-11-27T00:30", "2026-11-27T07:00"),
        ("2026-11-27T06:59", "2026-11-27T07:00"),
        ("2026-11-27T07:00", "2026-11-27T07:00"),
    ],
)
def test_night_holds_what_falls_into_it_until_the_morning(local, sent):
    due, expected = (datetime.fromisoformat(one).replace(tzinfo=KYIV) for one in (local, sent))

    assert NIGHT.held(due.astimezone(UTC), KYIV) == expected


def test_hours_within_a_day_end_on_that_day():
    noon_rest = QuietHours(time(13), time(14, 30))
    due = datetime(2026, 11, 26, 13, 5, tzinfo=KYIV)

    assert noon_rest.held(due, KYIV) == datetime(2026, 11, 26, 14, 30, tzinfo=KYIV)


def test_hours_that_end_in_an_hour_that_comes_twice_end_the_second_time_for_what_is_due_between():
    ends_in_it = QuietHours(time(22), time(1, 30))
    first_end = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)  # 01:30 in New York, summer time still
    second_end = first_end + timedelta(hours=1)

    assert ends_in_it.held(first_end - timedelta(minutes=20), NEW_YORK) == first_end
    assert ends_in_it.held(first_end + timedelta(minutes=40), NEW_YORK) == second_end  # 01:10 again


@given(hours, instants, zones)
def test_nothing_is_sent_within_quiet_hours_nor_before_it_is_due_nor_a_day_late(quiet, due, zone):
    clock = ZoneInfo(zone)

    sent = quiet.held(due, clock)

    assert due <= sent <= due + timedelta(hours=26)
    assert quiet.held(sent, clock) == sent


def test_hours_begin_next_on_the_same_day_or_the_next():
    night, berlin = quiet_of("22:00-07:00"), ZoneInfo("Europe/Berlin")

    assert night.begins(datetime(2026, 11, 26, 12, tzinfo=UTC), berlin) == datetime(
        2026, 11, 26, 21, tzinfo=UTC
    )
    assert night.begins(datetime(2026, 11, 26, 21, tzinfo=UTC), berlin) == datetime(
        2026, 11, 27, 21, tzinfo=UTC
    )


@given(hours, instants, st.sampled_from(("UTC", "Asia/Kolkata", "Pacific/Kiritimati")))
def test_nothing_is_held_before_quiet_hours_begin(quiet, now, zone):
    clock = ZoneInfo(zone)
    begin = quiet.begins(now, clock)
    just_before = max(begin - timedelta(microseconds=1), quiet.held(now, clock))

    assert now < begin <= now + timedelta(days=1)
    assert quiet.held(begin, clock) > begin
    assert quiet.held(just_before, clock) == just_before
