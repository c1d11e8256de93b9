"""Constructs of our own: their labels lie on passages, and what they teach is read rightly."""

import pytest

from bench.train_quotes import CONSTRUCTS, constructs
from digests.facts.quotes import quotes_of
from digests.model import Article
from digests.people import people_of


def said(text):
    article = Article(url="", title="", text=text)
    return [(quote.text, quote.speaker) for quote in quotes_of(article, people_of(article))]


def test_each_label_of_a_construct_lies_on_a_passage():
    astray = [
        one.data["text"] for one in constructs(CONSTRUCTS) if len(one.labels) != len(one.data["quotes"])
    ]

    assert astray == []


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            'Mara Dahl said the plan was "late", while Otto Renn called it "a gift to banks".',
            ["Mara Dahl", "Otto Renn"],
        ),
        ('Chairwoman Ida Falk was brief:\n\n"We sell the mill and keep the land."', ["Ida Falk"]),
        (
            "Left without a job, Peter Lang met the envoy, Hans Ruck.\n\n"
            '"Ruck has promised us nothing," he said.',
            ["Peter Lang"],
        ),
        ('"It is done," Sen. Ida Falk (D-Arlen) said after Renn left.', ["Ida Falk"]),
        (
            'Ida Falk, who met Otto Renn in Arlen, said the talks were "slow and dull".',
            ["Ida Falk"],
        ),
        (
            'The yearly Harbour Trust report came out on Monday. "Tides rise faster here," the report said.',
            ["Harbour Trust"],
        ),
        ('Mr Falk, speaking beside the envoy Otto Renn, said: "I have decided to go."', ["Falk"]),
    ],
)
def test_speakers_are_told_apart(text, speakers):
    assert [speaker for _, speaker in said(text)] == speakers


def test_titles_of_songs_are_nobodys_words():
    assert said('Their best known songs include "Tin Roof", "Paper Moon" and "Long Way Home".') == []
