"""An edition that is kept is the edition that was composed."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.render import digest_message
from bot.store.editions import packed, unpacked
from digests.compose import compose
from digests.edition_form import edition_data, edition_from
from digests.model import (
    Article,
    CitedFigure,
    CitedQuote,
    Digest,
    Edition,
    Fate,
    Figure,
    FigureKind,
    Modifier,
    Quote,
    QuoteKind,
    Span,
    SpeakerKind,
    Story,
    Trend,
)
from digests.verify import verify

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
words = st.text(max_size=12)
spans = st.builds(Span, st.integers(0, 99), st.integers(0, 99))
maybe = st.none() | words
times = st.none() | st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))
quotes = st.builds(
    Quote,
    spans,
    words,
    maybe,
    st.none() | st.sampled_from(SpeakerKind),
    maybe,
    maybe,
    st.sampled_from(QuoteKind),
    st.booleans(),
    st.floats(0, 1),
    st.none() | st.integers(1, 5),
)
amounts = st.decimals(allow_nan=False, allow_infinity=False)
figures = st.builds(
    Figure,
    spans,
    words,
    amounts,
    st.none() | amounts,
    maybe,
    st.sampled_from(FigureKind),
    st.sampled_from(Modifier),
    st.none() | st.sampled_from(Trend),
    maybe,
    maybe,
    st.none() | spans,
    st.none() | st.integers(1, 5),
)
articles = st.builds(
    Article,
    url=words,
    title=words,
    text=words,
    outlet=words,
    id=st.none() | st.integers(1, 99),
    published=times,
    facts=st.lists(quotes | figures, max_size=3).map(tuple),
    collected=times,
)
stories = st.builds(Story, st.lists(articles, min_size=1, max_size=3).map(tuple), st.integers(1, 99))
fates = st.lists(st.tuples(st.integers(1, 99), st.sampled_from(Fate)), max_size=5).map(tuple)


@given(st.lists(stories, max_size=3), fates, words)
def test_edition_comes_back_as_it_was_but_for_words_that_it_does_not_show(told, fates, wanted):
    edition = Edition(compose(told, since=NOON, until=NOON), fates, wanted)

    back = edition_from(json.loads(json.dumps(edition_data(edition))))

    assert edition_from(edition_data(back)) == back
    assert (back.fates, back.words, back.digest.more) == (fates, wanted, edition.digest.more)
    assert [one.headline for one in back.digest.stories] == [one.headline for one in edition.digest.stories]
    assert [len(one.articles) for one in back.digest.stories] == [
        len(one.articles) for one in edition.digest.stories
    ]


@given(figures, quotes)
def test_every_fact_comes_back_to_the_last_digit(figure, quote):
    article = Article("https://a.example/1", "T", "x", facts=(quote,))
    (story,) = compose([Story((article,), 1)], since=NOON, until=NOON).stories
    story = replace(story, quotes=(cited_quote(quote, article),), figures=(cited_figure(figure, article),))
    edition = Edition(Digest((story,), NOON, NOON))

    assert unpacked(packed(edition)) == edition


def cited_quote(quote, article):

    return CitedQuote(quote, article, ("Post",), cut_differently=True)


def cited_figure(figure, article):

    other = CitedFigure(figure, article)
    return CitedFigure(figure, article, ("Post",), disagreeing=(other,), history=(other,))


def test_kept_edition_reads_the_same_and_passes_the_gate():
    text = "“We sail at dawn,” said Ida Brand. The repairs cost 12 million euros. " + "Much else. " * 50
    quote = Quote(Span(1, 17), "We sail at dawn,", "Ida Brand", SpeakerKind.NAMED, cue="said", rank=1)
    start = text.index("12 million euros")
    figure = Figure(
        Span(start, start + 16),
        "12 million euros",
        Decimal(12_000_000),
        unit="EUR",
        kind=FigureKind.MONEY,
        concept="repairs cost",
        rank=1,
    )
    article = Article("https://a.example/1", "Harbour reopens after repairs", text, "Post", 1, published=NOON)
    other = Article("https://b.example/1", "Harbour open again", text, "Wire", 2, published=NOON)
    article = replace(article, facts=(quote, figure), collected=NOON + timedelta(minutes=1))
    digest = verify(compose([Story((article, other), 1)], since=NOON, until=NOON)).digest

    back = unpacked(packed(Edition(digest)))

    assert digest_message(back.digest) == digest_message(digest)
    assert verify(back.digest).dropped == 0
    assert [one.text != "" for one in back.digest.stories[0].articles].count(True) == 1
