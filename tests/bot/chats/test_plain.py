"""Foreign text becomes text that a chat shows as it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chats.plain import grapheme_ends, literal, utf16_length


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("a\x00b", "a b"),
        ("a\tb\x1b[31m", "a b [31m"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("safe\u202etxt.exe", "safetxt.exe"),
        ("\ufeffstart", "start"),
        ("broken \ud800 half", "broken \ufffd half"),
        ("👩‍👩‍👧 e\u0301 שלום", "👩‍👩‍👧 e\u0301 שלום"),
    ],
)
def test_only_what_is_no_text_is_replaced(written, shown):
    assert literal(written) == shown


@given(st.text())
def test_literal_text_can_be_sent_and_stays_as_it_is(text):
    shown = literal(text)

    assert literal(shown) == shown
    shown.encode()


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_length_is_what_utf16_takes(text):
    assert utf16_length(text) == len(text.encode("utf-16-le")) // 2


def test_family_flag_and_accent_are_one_sign_each():
    assert grapheme_ends("👩‍👩‍👧🇺🇦e\u0301") == [5, 7, 9]
