"""Words of time are read in every language that we speak, and shown so that they can be typed again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.locales import LANGUAGES
from bot.when.timetable import Timetable, timetable_of
from bot.when.typed import day_number, in_words, meaning, month_number

TABLES = ("08:00", "weekdays 07:30", "weekends 10:00", "mon,thu 09:00", "every 2 days 08:00 18:30", "off")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", TABLES)
def test_timetable_is_shown_in_words_that_mean_the_same_when_typed(table, language):
    shown = in_words(table, language=language)

    assert timetable_of(shown) == timetable_of(table)


def test_german_readers_see_german_words():
    assert [in_words(table, language="de") for table in TABLES[1:]] == [
        "werktags 07:30",
        "Wochenende 10:00",
        "Mo,Do 09:00",
        "alle 2 Tage 08:00 18:30",
        "aus",
    ]


@given(st.sets(st.integers(0, 6), min_size=1, max_size=6), st.sampled_from(sorted(LANGUAGES)))
def test_any_days_read_back_from_any_language(days, language):
    table = Timetable(timetable_of("08:00")[0].times, frozenset(days))

    assert timetable_of(in_words(str(table), language=language)) == (table, None)


@pytest.mark.parametrize(
    ("name", "number"),
    [("mon", 0), ("Mo.", 0), ("tues", 1), ("Mi", 2), ("donnerstags", 3), ("monaco", None), ("mo n", None)],
)
def test_days_are_known_by_their_names_and_short_ones(name, number):
    assert day_number(name) == number


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("March", 3),
        ("mar", 3),
        ("März", 3),
        ("Maerz", 3),
        ("Dez.", 12),
        ("mai", 5),
        ("ju", None),
        ("x", None),
    ],
)
def test_months_are_known_by_their_names_and_those_cut_short(name, number):
    assert month_number(name) == number


@given(st.text(max_size=20))
def test_whatever_is_typed_means_something_or_nothing(word):
    assert meaning(word) is None or meaning(word) in meaning_words()
    assert day_number(word) in (None, *range(7))
    assert month_number(word) in (None, *range(1, 13))


def meaning_words():
    return {
        meaning(word) for word in ("off", "one", "hours", "days", "weeks", "months", "every", "tomorrow")
    } | {
        "daily",
        "weekdays",
        "weekends",
    }
