"""Digests of one moment are spread no further than their number asks, evenly, and each day alike."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.when.spread import LONGEST, most_that_matter, place_of, window_of

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("count", "rate", "minutes"),
    [(1, 28, 0), (1680, 28, 0), (1681, 28, 2), (10_000, 28, 6), (10**9, 28, 15), (10_000, 0, 0), (100, 1, 2)],
)
def test_window_is_as_long_as_sending_takes_up_to_a_quarter_of_an_hour(count, rate, minutes):
    assert window_of(count, rate=rate) == minutes * MINUTE


@given(st.integers(0, 10**7), st.floats(0.1, 1000))
def test_no_window_is_longer_than_the_longest_and_more_readers_never_shorten_it(count, rate):
    window = window_of(count, rate=rate)

    assert window <= LONGEST
    assert window_of(count + 1, rate=rate) >= window
    assert window_of(most_that_matter(rate), rate=rate) == window_of(10**9, rate=rate)


@given(st.integers(1, 2**62), st.integers(0, 15))
def test_place_lies_within_the_window_and_is_the_same_each_day(subscription, minutes):
    window = minutes * MINUTE

    place = place_of(subscription, window)

    assert timedelta(0) <= place < window or place == window == timedelta(0)
    assert place == place_of(subscription, window)


@pytest.mark.parametrize("step", [1, 2, 7, 1000])
def test_places_of_any_readers_lie_evenly(step):
    window = 6 * MINUTE

    seconds = Counter(place_of(number * step, window) for number in range(1, 10_001))

    assert len(seconds) == 360
    assert max(seconds.values()) <= 2 * 28  # nowhere so many that a second's worth takes two
