"""A timetable with quiet hours owes each of its digests, none of them in the quiet hours."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserMistake
from bot.when.plan import plan_of
from tests.fakes import NOON

DAY = timedelta(days=1)


def plan(timetable="08:00", zone="UTC", quiet=""):
    return plan_of(timetable=timetable, zone=zone, quiet=quiet)


def test_moment_in_quiet_hours_is_due_when_they_end_and_keeps_its_date_and_name():
    moment = plan("23:00", "Europe/Kyiv", "22:00-07:00").first(after=NOON)

    assert (moment.at, moment.local_date) == ("23:00", NOON.date())
    assert moment.due_at == datetime(2026, 11, 27, 7, tzinfo=ZoneInfo("Europe/Kyiv"))


def test_moment_at_the_end_of_quiet_hours_is_not_held():
    assert plan("07:00", quiet="22:00-07:00").first(after=NOON).due_at == datetime(
        2026, 11, 27, 7, tzinfo=UTC
    )


def test_of_several_held_until_one_instant_the_last_is_first():
    night = plan("22:30 23:30 07:00", quiet="22:00-07:00")

    assert night.first(after=NOON).at == "07:00"
    assert [moment.at for moment in night.moments(after=NOON, until=NOON + DAY)] == [
        "22:30",
        "23:30",
        "07:00",
    ]


def test_what_is_owed_for_a_date_is_found_also_when_it_is_held_until_the_next():
    owed = plan("08:00 23:00", "America/New_York", "22:00-07:00").on(NOON.date())

    assert [moment.at for moment in owed] == ["08:00", "23:00"]


def test_table_that_is_off_owes_nothing():
    assert plan("off", quiet="22:00-07:00").first(after=NOON) is None


def test_table_that_rarely_owes_is_looked_through_to_its_next_day():
    rare = plan("every 60 days 08:00")

    first = rare.first(after=NOON)

    assert NOON < first.due_at <= NOON + 60 * DAY


@pytest.mark.parametrize("zone", ["Europe/Atlantis", "", "../etc/passwd", "a\0b", "Europe"])
def test_zone_that_this_machine_does_not_know_is_said(zone):
    with pytest.raises(UserMistake, match="/timezone"):
        plan(zone=zone)


hours = st.integers(0, 23).map(lambda hour: f"{hour:02}:00")
zones = st.sampled_from(("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Pacific/Apia"))


@given(st.sets(hours, min_size=1, max_size=4), hours, hours, zones, st.integers(0, 400 * 24))
def test_walking_from_digest_to_digest_goes_on_and_is_never_quiet(times, since, until, zone, start):
    quiet = f"{since}-{until}" if since != until else ""
    wishes, at = plan(" ".join(sorted(times)), zone, quiet), NOON + timedelta(hours=start)

    for _ in range(6):
        moment = wishes.first(after=at)
        assert at < moment.due_at <= at + timedelta(hours=51)
        assert wishes.held(moment.due_at) == moment.due_at
        at = moment.due_at
