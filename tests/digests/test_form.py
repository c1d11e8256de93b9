"""Facts as data come back as they were."""

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from digests.form import facts_data, facts_from
from digests.model import Article, Figure, FigureKind, Modifier, Quote, QuoteKind, Span, SpeakerKind, Trend

TEXT = st.text(max_size=40)
MAYBE = st.none() | TEXT
SPANS = st.tuples(st.integers(0, 500), st.integers(0, 500)).map(lambda ends: Span(min(ends), max(ends)))
RANK = st.none() | st.integers(1, 9)
# What newspapers write: a dozen digits are a trillion, and four decimals an exchange rate.
VALUES = st.decimals(min_value=-(10**12), max_value=10**12, places=2) | st.decimals(0, 1000, places=4)
QUOTES = st.builds(
    Quote,
    span=SPANS,
    text=TEXT,
    speaker=MAYBE,
    speaker_kind=st.none() | st.sampled_from(SpeakerKind),
    role=MAYBE,
    cue=MAYBE,
    kind=st.sampled_from(QuoteKind),
    continues=st.booleans(),
    confidence=st.integers(0, 10_000).map(lambda parts: parts / 10_000),
    rank=RANK,
)
FIGURES = st.builds(
    Figure,
    span=SPANS,
    surface=TEXT,
    value=VALUES,
    value_max=st.none() | VALUES,
    unit=MAYBE,
    kind=st.sampled_from(FigureKind),
    modifier=st.sampled_from(Modifier),
    trend=st.none() | st.sampled_from(Trend),
    concept=MAYBE,
    speaker=MAYBE,
    sentence=st.none() | SPANS,
    rank=RANK,
)


@given(st.lists(QUOTES, max_size=4), st.lists(FIGURES, max_size=4))
def test_facts_come_back_from_json_as_they_were(quotes, figures):
    facts = tuple(sorted([*quotes, *figures], key=lambda fact: fact.span))
    article = Article("https://a.example/", "Title", "x" * 500, facts=facts)

    back = facts_from(json.loads(json.dumps(facts_data(article))))

    assert back == facts


def test_whole_number_is_written_without_an_exponent():
    figure = Figure(Span(0, 12), "$250 million", Decimal("2.5E+8"), unit="USD", kind=FigureKind.MONEY)

    data = facts_data(Article("https://a.example/", "Title", "$250 million", facts=(figure,)))

    assert json.dumps(data["figures"][0]["value"]) == "250000000"


def test_sentence_is_given_in_words_too():
    figure = Figure(Span(3, 4), "5", Decimal(5), sentence=Span(0, 13))

    (data,) = facts_data(Article("u", "t", "Of 5 boats 2.", facts=(figure,)))["figures"]

    assert data["sentence"] == "Of 5 boats 2."
