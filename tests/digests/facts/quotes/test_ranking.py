"""The order of quotes: what is measured, and which are never shown."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.facts.quotes.english import ENGLISH
from digests.facts.quotes.model import weights
from digests.facts.quotes.ranking import may_be_shown, measures, ranks
from digests.model import Article, Quote, Span, SpeakerKind
from digests.people import people_of

LEAD = "The harbour of Eastmoor will close for a year, the port said."
TOPIC = "The harbour will close because its walls no longer hold"
ASIDE = "My breakfast was rather cold when somebody brought it me"


def article(*said):
    marked = [f"“{text},” said Ida Roth, the port's head." for text in said]
    return Article(url="", title="Harbour of Eastmoor to close", text="\n\n".join([LEAD, *marked]))


def quotes_in(found, *said):
    starts = [found.text.index(text) for text in said]
    return [
        Quote(
            span=Span(start, start + len(text)),
            text=text,
            speaker="Ida Roth",
            speaker_kind=SpeakerKind.NAMED,
            confidence=0.9,
        )
        for start, text in zip(starts, said, strict=True)
    ]


def ranked(*said):
    found = article(*said)
    return ranks(quotes_in(found, *said), people_of(found), found, ENGLISH, weights())


def test_what_the_article_is_about_comes_first():
    assert ranked(ASIDE, TOPIC) == [2, 1]


def test_of_equals_the_earlier_comes_first():
    assert ranked(TOPIC, TOPIC.replace("walls", "piers")) == [1, 2]


def test_a_whole_sentence_comes_before_a_scrap():
    assert ranked("no longer hold", TOPIC) == [2, 1]


@pytest.mark.parametrize(
    ("text", "kind", "confidence", "shown"),
    [
        ("We will close.", SpeakerKind.NAMED, 0.9, True),
        ("We close.", SpeakerKind.NAMED, 0.9, False),
        (TOPIC, SpeakerKind.NAMED, 0.45, False),
        (TOPIC, SpeakerKind.UNNAMED, 0.45, True),
        ("We will close.", SpeakerKind.UNNAMED, 0.45, False),
        (TOPIC, SpeakerKind.ROLE, 0.3, False),
    ],
)
def test_an_unsure_name_is_never_shown(text, kind, confidence, shown):
    quote = Quote(Span(0, len(text)), text, speaker="X", speaker_kind=kind, confidence=confidence)

    assert may_be_shown(quote) is shown
    assert not may_be_shown(replace(quote, speaker=None))


def test_every_measure_has_its_weight():
    found = article(TOPIC)

    (seen,) = measures(quotes_in(found, TOPIC), people_of(found), found, ENGLISH)

    assert set(seen) == set(weights().ranking)


@given(st.lists(st.text(min_size=1), max_size=5), st.text())
def test_any_quotes_of_any_text_get_places_without_gaps(said, title):
    found = Article(url="", title=title, text=" ".join(said))
    quotes = [replace(one, span=Span(0, 1)) for one in quotes_in(replace(found, text="".join(said)), *said)]

    places = [place for place in ranks(quotes, people_of(found), found, ENGLISH, weights()) if place]

    assert sorted(places) == list(range(1, len(places) + 1))
