"""What an article puts between marks, told apart from other articles."""

from digests.facts.quotes.english import ENGLISH
from digests.facts.quotes.manner import manner_of
from digests.facts.quotes.marks import passages_of


def manner(text):
    return manner_of(text, passages_of(text, ENGLISH.pairs))


def test_a_review_has_titles_between_marks_and_a_report_speech():
    review = manner('She wrote "Tin Roof", "Night and Day" and "The Long Way Home".')
    report = manner('"We will rebuild all of it," she said. "It may take us a year."')

    assert review.titled == [True, True, True]
    assert (review.titles, report.titles) == (4, 0)
    assert (review.short, report.short) == (2, 0)


def test_single_marks_are_counted_against_double_ones():
    assert manner("‘So be it,’ he said.").single == 2
    assert manner('"So be it," he said.').single == 0


def test_an_article_without_passages_has_a_manner_too():
    assert manner("Nobody spoke.").titled == []
