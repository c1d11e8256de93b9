"""A group hears no more than it may, whatever it heard and whatever was done to the clock."""

import itertools
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.minute import MOST, WITHIN, next_place
from tests.fakes import NOON

GAP = timedelta(seconds=1.05)


@given(st.lists(st.floats(0, 20), max_size=80))
def test_group_hears_no_more_than_eighteen_times_in_any_minute(later):
    now, heard, places = NOON, [], []
    for wait in later:
        now += timedelta(seconds=wait)
        place, heard = next_place(heard, gap=GAP, now=now)
        places.append(place)

    assert all(places[at + MOST] - places[at] >= WITHIN for at in range(len(places) - MOST))
    assert all(b - a >= GAP for a, b in itertools.pairwise(places))


def test_group_that_heard_little_hears_at_once():
    heard = [NOON - timedelta(seconds=2 * number) for number in range(MOST - 1, 0, -1)]

    place, _ = next_place(heard, gap=GAP, now=NOON)

    assert place == NOON


def test_what_was_heard_more_than_a_minute_ago_is_counted_no_more():
    _, heard = next_place([NOON - WITHIN], gap=GAP, now=NOON)

    assert heard == [NOON]


def test_places_of_a_clock_that_was_set_back_since_keep_nobody_waiting():
    ahead = [NOON + timedelta(hours=2)]

    place, _ = next_place(ahead, gap=GAP, now=NOON)

    assert place == NOON
