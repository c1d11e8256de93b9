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
        (
            "Mayor Otto Renn blamed the papers for making an issue of Ida Falk's claim that the bank "
            '"robbed itself".',
            ["Ida Falk"],
        ),
        (
            'The fears of the millers go beyond Otto Renn\'s pledge to be "even-handed" in the talks.',
            ["Otto Renn"],
        ),
        (
            'Peter Lang gave his support at noon, hours after Ida Falk said she was "grateful" for the plan.',
            ["Ida Falk"],
        ),
        (
            '"It is late," Peter Lang said.\n\n"Why did nobody call the owner?" Hans Ruck pressed.',
            ["Peter Lang", "Hans Ruck"],
        ),
        ('"Nobody told us," Hans Ruck fumed.', ["Hans Ruck"]),
        (
            'Otto Renn, described by the judge Ida Falk as "cold and clever", was led away.',
            ["Ida Falk"],
        ),
        (
            'Both issued a statement, Otto Renn saying he was "glad" and Ida Falk calling it "a good day".',
            ["Otto Renn", "Ida Falk"],
        ),
        (
            'The mill is, as Ida Falk put it in a long letter, "a roof without a house".',
            ["Ida Falk"],
        ),
        (
            'Otto Renn called the mill "a ruin", saying they would not pay "a penny" for it.',
            ["Otto Renn", "Otto Renn"],
        ),
        (
            '"It is late and we are tired."\n\n- Ida Falk, Arlen\n\n"We are not."\n\n- Otto Renn.',
            ["Ida Falk", "Otto Renn"],
        ),
        ('Mr Falk, speaking beside the envoy Otto Renn, said: "I have decided to go."', ["Falk"]),
    ],
)
def test_speakers_are_told_apart(text, speakers):
    assert [speaker for _, speaker in said(text)] == speakers


def test_titles_of_songs_are_nobodys_words():
    assert said('Their best known songs include "Tin Roof", "Paper Moon" and "Long Way Home".') == []


def test_a_list_of_names_below_a_quote_is_no_signature():
    text = (
        'Ida Falk was brief.\n\n"It is late and we are tired," she said. "Go home."\n\n'
        '"We met for an hour."\n\n- Otto Renn\n\n- Hans Ruck\n\n- Peter Lang'
    )

    assert said(text)[-1] != ("We met for an hour.", "Otto Renn")


def test_a_town_below_a_quote_is_no_signature():
    text = 'Ida Falk was brief.\n\n"It is late and we are tired."\n\n- London\n\nThe mill was sold in May.'

    assert ("It is late and we are tired.", "London") not in said(text)


def test_the_parts_of_a_list_share_their_fate():
    text = (
        'Nina Sool likes calm shows. She named "Harbour Lane," "The Last Ferry" and "Salt and Stone."\n\n'
        '"I watch them with my mother every week," Sool said.'
    )

    assert said(text) == [("I watch them with my mother every week,", "Nina Sool")]
