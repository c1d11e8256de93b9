"""Lengths and days are read as people type them, by the clock of their zone."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import UserMistake
from bot.when.until import LONGEST, end_of
from tests.fakes import NOON

KYIV = ZoneInfo("Europe/Kyiv")  # where it is 14:00 on a Thursday, 26 November
TYPED = {
    "3 days": "2026-11-29T14:00",
    "for 3 days": "2026-11-29T14:00",
    "a week": "2026-12-03T14:00",
    "2 weeks": "2026-12-10T14:00",
    "1 month": "2026-12-26T14:00",
    "12 hours": "2026-11-27T02:00",
    "tomorrow": "2026-11-27T00:00",
    "until tomorrow": "2026-11-27T00:00",
    "until Monday": "2026-11-30T00:00",
    "monday": "2026-11-30T00:00",
    "until next mon": "2026-11-30T00:00",
    "until thursday": "2026-12-03T00:00",  # today is one: the next is meant
    "until 2026-12-01": "2026-12-01T00:00",
    "till 1 December": "2026-12-01T00:00",
    "Dec 1": "2026-12-01T00:00",
    "until 5 Jan": "2027-01-05T00:00",
    "26 November": "2027-11-26T00:00",
    "3 Tage": "2026-11-29T14:00",
    "für 2 Wochen": "2026-12-10T14:00",
    "eine Woche": "2026-12-03T14:00",
    "einen Monat": "2026-12-26T14:00",
    "12 Stunden": "2026-11-27T02:00",
    "bis morgen": "2026-11-27T00:00",
    "bis Montag": "2026-11-30T00:00",
    "bis nächsten Mo.": "2026-11-30T00:00",
    "bis zum 1. Dezember": "2026-12-01T00:00",
    "bis 1.12.": "2026-12-01T00:00",
    "1.12.2026": "2026-12-01T00:00",
    "bis 5. März": "2027-03-05T00:00",
    "5. Mai": "2027-05-05T00:00",
}
WRONG = (
    "soon",
    "0",
    "until",
    "until the end",
    "31 February",
    "2026-13-01",
    "5 Ju",
    "3",
    "3 days ago",
    "mon tue",
    "bis bald",
    "31.2.",
    "1.13.2026",
    "mo 3",
)
TOO_FAR = ("2028-01-01", "400 days", "99 weeks", "9999 months", "9999-12-31")
PAST = ("2026-11-01", "2026-11-26", "0 days", "0001-01-01")


@pytest.mark.parametrize(("typed", "local"), TYPED.items())
def test_end_is_read_as_typed(typed, local):
    assert end_of(typed, now=NOON, clock=KYIV) == datetime.fromisoformat(local).replace(tzinfo=KYIV)


@pytest.mark.parametrize("typed", WRONG)
def test_what_is_no_length_or_day_is_answered_with_what_to_type(typed):
    with pytest.raises(UserMistake, match="/pause until Monday"):
        end_of(typed, now=NOON, clock=KYIV)


@pytest.mark.parametrize("typed", TOO_FAR)
def test_more_than_a_year_is_refused(typed):
    with pytest.raises(UserMistake, match="more than a year"):
        end_of(typed, now=NOON, clock=KYIV)


@pytest.mark.parametrize("typed", PAST)
def test_what_is_past_is_refused(typed):
    with pytest.raises(UserMistake, match="is past"):
        end_of(typed, now=NOON, clock=KYIV)


def test_days_are_whole_days_by_the_clock_on_the_wall():
    before = datetime(2026, 10, 24, 9, tzinfo=KYIV)  # the night after, its clocks go back

    assert end_of("2 days", now=before.astimezone(UTC), clock=KYIV) == datetime(2026, 10, 26, 9, tzinfo=KYIV)


@given(st.text(max_size=30))
def test_whatever_is_typed_ends_within_a_year_or_is_refused_politely(typed):
    try:
        end = end_of(typed, now=NOON, clock=KYIV)
    except UserMistake:
        return

    assert timedelta(0) < end - NOON <= LONGEST
