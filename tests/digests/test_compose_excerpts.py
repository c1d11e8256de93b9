"""A speech becomes what is shown of it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.compose.excerpts import LONG, excerpts_of, opening
from digests.model import Article, CitedQuote, Quote, Span
from digests.verify import holds_quote

TEXT = (
    "“We waited ten years,” Mayor Ines Calloway said at the quay. “Nobody crosses before it is safe. That I "
    "promise.”\n\n“And I will be the first to walk over.”\n\nThe deck is “beyond saving”, engineers say."
)


def quote(words, text=TEXT, *, continues=False):
    at = text.index(words)
    return Quote(Span(at, at + len(words)), words, speaker="Ines Calloway", continues=continues)


def shown(*facts, text=TEXT):
    """Return what is shown of the speech that the first fact begins: the words of each excerpt's pieces."""
    article = Article("https://a.example/1", "Bridge", text, facts=facts)
    excerpts = excerpts_of(facts[0], article)
    return [([piece.of(text) for piece in excerpt.pieces], excerpt.goes_on) for excerpt in excerpts]


WAITED = quote("We waited ten years,")
SAFE = quote("Nobody crosses before it is safe. That I promise.", continues=True)
FIRST = quote("And I will be the first to walk over.", continues=True)


def test_split_quote_is_one_excerpt_of_two_pieces():
    assert shown(WAITED, SAFE) == [
        (["We waited ten years", "Nobody crosses before it is safe. That I promise."], False)
    ]


def test_paragraphs_of_a_speech_are_excerpts_of_their_own():
    assert [pieces for pieces, _ in shown(WAITED, SAFE, FIRST)] == [
        ["We waited ten years", "Nobody crosses before it is safe. That I promise."],
        ["And I will be the first to walk over."],
    ]


def test_comma_before_the_reporters_words_is_left_out_at_the_end():
    assert shown(WAITED) == [(["We waited ten years"], False)]


def test_part_of_another_speech_is_not_joined():
    assert shown(WAITED, replace(SAFE, continues=False)) == [(["We waited ten years"], False)]


def test_part_that_is_not_the_articles_own_ends_the_speech():
    assert shown(WAITED, replace(SAFE, text="Nobody crosses.")) == [(["We waited ten years"], False)]


def test_long_quote_is_cut_at_the_end_of_a_sentence():
    words = " ".join(f"Sentence number {n} is said here." for n in range(30))

    ((pieces, goes_on),) = shown(quote(words, f"“{words}” Ann said."), text=f"“{words}” Ann said.")

    assert pieces[0].endswith("is said here.")
    assert LONG - 40 < len(pieces[0]) <= LONG
    assert goes_on


def test_long_sentence_is_never_cut_inside():
    words = "word " * 100 + "end."

    assert shown(quote(words, f"“{words}” Ann said."), text=f"“{words}” Ann said.") == [([words], False)]


def test_later_part_without_room_is_left_out_and_marked():
    first, later = "a" * 300 + ".", "b" * 300 + "."
    text = f"“{first}” she said. “{later}”"

    assert shown(quote(first, text), quote(later, text, continues=True), text=text) == [([first], True)]


def opened(words):
    text = f"“{words}” Ann said."
    article = Article("https://a.example/1", "Bridge", text, facts=(quote(words, text),))
    cited = CitedQuote(*article.facts, article, excerpts=excerpts_of(*article.facts, article))
    (only,) = opening(cited).excerpts
    return " ".join(piece.of(text) for piece in only.pieces), only.goes_on


def test_opening_of_a_quote_is_its_first_sentence_and_says_that_it_goes_on():
    assert opened("I want every paper on my desk by tonight. The families must know.") == (
        "I want every paper on my desk by tonight.",
        True,
    )


def test_opening_that_says_little_takes_the_next_sentence_too():
    assert opened("No. We shall not do that here. Not ever.") == ("No. We shall not do that here.", True)


def test_quote_of_one_sentence_is_its_own_opening():
    assert opened("I want every paper on my desk by tonight.") == (
        "I want every paper on my desk by tonight.",
        False,
    )


@pytest.mark.parametrize("words", ["", "  ", ","])
def test_quote_without_words_is_not_taken_apart(words):
    text = f"“{words}” she said."

    assert len(excerpts_of(quote(words, text), Article("https://a.example/1", "", text))) <= 1


@given(
    st.lists(st.text("ab .!?,\n“”'A", min_size=1, max_size=150).filter(str.strip), min_size=1, max_size=4),
    st.lists(st.text("ab .,\n“”", max_size=20), min_size=4, max_size=4),
)
def test_whatever_was_said_gets_through_the_gate(parts, gaps):
    text, facts = "", []
    for number, (words, gap) in enumerate(zip(parts, gaps, strict=False)):
        start = len(text) + 1
        facts.append(Quote(Span(start, start + len(words)), words, "Ann", continues=number > 0))
        text += f"“{words}”{gap}"
    article = Article("https://a.example/1", "", text, facts=tuple(facts))

    excerpts = excerpts_of(facts[0], article)

    cited = CitedQuote(facts[0], article, excerpts=excerpts)
    assert excerpts
    assert holds_quote(cited)
    assert holds_quote(opening(cited))
