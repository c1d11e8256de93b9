"""Near copies are told by the runs of words they share, and not by words alone."""

import pytest

from digests.model import Article
from digests.stories.copies import Copies

REPORT = (
    "The port authority of Lowmouth counted {0} ships in the week that ended on Sunday, it said. "
    "In the week before {1} ships had called. Containers rose to {2}, and the wait at the outer pier was {3} "
    "hours on average. The authority publishes the number of ships and containers each Monday at noon. "
    "Weather, strikes and holidays can change the numbers of single weeks, it said, and it asked readers to "
    "look at several weeks together. Officials were not available to say what they expected of the season. "
    "The next report will be published on Monday, and the one for the whole quarter at the end of the month."
)
WEEK = REPORT.format(212, 187, "14,320", 9)


def are_copies(one, other):
    copies = Copies()
    copies.add(1, Article("https://a.example/1", "One", one))
    return copies.add(2, Article("https://b.example/2", "Other", other)) == [1]


def test_half_of_an_article_is_a_copy_of_it():
    assert are_copies(WEEK, WEEK[: len(WEEK) // 2])


def test_article_with_every_twelfth_word_changed_is_a_copy():
    words = WEEK.split()
    edited = [word if at % 12 or word[0].isdigit() else "otherwise" for at, word in enumerate(words)]

    assert are_copies(WEEK, " ".join(edited))


def test_report_of_another_week_in_nearly_the_same_words_is_no_copy():
    words = REPORT.format(305, 212, "15,871", 4).split()
    edited = [word if at % 7 else "meanwhile" for at, word in enumerate(words)]

    assert not are_copies(WEEK, " ".join(edited))


@pytest.mark.parametrize("text", ["", "Rain.", "12 34 56"])
def test_texts_too_short_to_tell_are_no_copies(text):
    assert not are_copies(text, text)
