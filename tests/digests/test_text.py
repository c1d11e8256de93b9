"""Words, sentences and folding."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.model import Span
from digests.text import fold, paragraphs, sentences, squeeze, words_of
from tests.timing import cpu_seconds


@given(st.text())
def test_words_stand_where_they_say(text):
    words = words_of(text)

    assert all(text[s : s + len(w)] == w for w, s in zip(words.texts, words.starts, strict=True))
    assert words.starts == sorted(words.starts)


@given(st.text())
def test_no_sign_but_white_space_is_left_out_of_the_words(text):
    words = words_of(text)

    assert sum(len(w.replace("\n", "")) for w in words.texts) >= sum(c.isalnum() for c in text)


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("The U.S. sent F-16s.", ["The", "U.S.", "sent", "F-16s", "."]),
        ("Iran’s don't", ["Iran", "’s", "don't"]),
        ("a 31-year-old, 1,200 km", ["a", "31-year-old", ",", "1,200", "km"]),
    ],
)
def test_words_are_cut_where_a_reader_would(text, texts):
    assert words_of(text).texts == texts


@given(st.text(alphabet=" \n.!?aB\"'”Mr", max_size=80))
def test_sentences_follow_one_another_inside_their_paragraphs(text):
    spans = sentences(text)

    assert all(one.end <= two.start for one, two in pairwise(spans))
    assert all(any(p.start <= s.start and s.end <= p.end for p in paragraphs(text)) for s in spans)


def test_an_abbreviation_ends_no_sentence():
    text = "Mr. Roe met Gen. Doe. They spoke."

    assert [span.of(text) for span in sentences(text)] == ["Mr. Roe met Gen. Doe.", "They spoke."]


@pytest.mark.parametrize("piece", [".", "!", '."', "?\t", "'", "\n ", "A."])
def test_sentences_take_time_in_proportion_to_any_text(piece):
    def seconds(size):
        text = piece * (size // len(piece)) + "x"
        return cpu_seconds(lambda: (sentences(text), words_of(text)))

    seconds(20_000)

    assert seconds(80_000) < 14 * max(seconds(20_000), 0.002)


def test_folding_and_squeezing_leave_what_names_are_compared_by():
    assert fold("Wisława ÉCOLE") == "wisława ecole"
    assert squeeze(" a \n b\t") == "a b"
    assert Span(1, 2).of("abc") == "b"
