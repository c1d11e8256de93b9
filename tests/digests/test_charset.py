"""Bytes become the text that was meant, or show that they did not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.charset import REPLACEMENT, clean, text_of
from digests.model import Document

TEXTS = {
    "cp1251": "Паром отменён, сообщила мэрия: «ждать до среды». Новое расписание появится завтра утром.",
    "koi8-r": "Паром отменён, сообщила мэрия. Новое расписание появится завтра утром, сказал капитан.",
    "shift_jis": "フェリーは水曜日まで欠航すると港の担当者が述べた。",
    "euc_jp": "フェリーは水曜日まで欠航すると港の担当者が述べた。",
    "iso2022_jp": "フェリーは水曜日まで欠航すると港の担当者が述べた。",
    "gb2312": "渡轮将停运至星期三，港口负责人说。",
    "big5": "渡輪將停運至星期三，港口負責人說。",
    "euc_kr": "항구 관계자는 수요일까지 여객선이 결항한다고 말했다.",
    "cp1250": "Trajekt ne vozi do srijede, rekao je kapetan Čedomir Žižić.",
}


def text(body, charset=None):
    return text_of(Document(url="", body=body, charset=charset))


@pytest.mark.parametrize("charset", TEXTS)
def test_charset_of_the_header_is_believed(charset):
    assert text(TEXTS[charset].encode(charset), charset) == TEXTS[charset]


@pytest.mark.parametrize("charset", TEXTS)
def test_charset_of_the_page_is_believed(charset):
    page = f'<html><head><meta charset="{charset}"></head><p>{TEXTS[charset]}'

    assert text(page.encode(charset)) == page


def test_header_that_is_wrong_gives_way_to_what_fits():
    assert text("Größe – 5 €".encode(), "iso-8859-1") == "Größe – 5 €"


def test_smart_marks_that_strayed_into_utf8_are_mended():
    body = "Die Größe, “sagte sie”, ä ö ü é".encode() + b" \x93so\x94 it\x92s"

    assert text(body) == "Die Größe, “sagte sie”, ä ö ü é “so” it’s"


def test_byte_that_fits_nothing_shows():
    assert REPLACEMENT in text("Größe, Straße, Mühle, Äpfel und Öl: ".encode() * 10 + b"\xe9 x", "utf-8")


def test_nuls_and_lone_surrogates_are_replaced():
    assert clean("a\0b\ud800c") == f"a b{REPLACEMENT}c"


@given(
    st.binary(max_size=200),
    st.one_of(st.none(), st.text(max_size=12), st.sampled_from(["utf-7", "rot13", "hex"])),
)
def test_any_bytes_become_text_that_a_database_takes(body, charset):
    read = text(body, charset)

    read.encode("utf-8")
    assert "\0" not in read


@given(st.text())
def test_utf8_comes_back_as_it_was(original):
    body = original.encode("utf-8", "replace")

    expected = clean(body.decode("utf-8").removeprefix("\ufeff"))
    assert text(b" " + body)[1:] in (expected, clean(body.decode("utf-8")))
