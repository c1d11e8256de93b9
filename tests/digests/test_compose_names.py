"""Speakers are called by the fullest name of a story, where there is one and no doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.compose import told
from digests.compose.names import with_full_names
from digests.model import Article, Quote, Span, SpeakerKind, Story

SAID = "“We sail at dawn,” "


def article(number, name, *, tail="", kind=SpeakerKind.NAMED):
    quote = Quote(Span(1, 17), SAID[1:17], name, kind, rank=1)
    return Article(f"https://{number}.example", "Ferry leaves", f"{SAID}{name} said. {tail}", facts=(quote,))


def speakers(*articles):
    return [quote.speaker for one in with_full_names(articles) for quote in one.quotes]


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Brand", "Ida Brand"),
        ("Vane Collis", "Harriet Vane-Collis"),
        ("Cllr Brand", "Ida Brand"),
        ("de la Cruz", "Ana de la Cruz"),
    ],
)
def test_short_name_becomes_the_full_one_of_another_article(short, full):
    assert speakers(article(1, short), article(2, full)) == [full, full]


def test_full_name_may_stand_in_an_article_that_does_not_quote_its_bearer():
    other = Article(
        "https://2.example", "Ferry", "The harbour master, Ida Brand, was at the quay. Brand left."
    )

    assert speakers(article(1, "Brand"), other) == ["Ida Brand"]


@pytest.mark.parametrize(
    "others",
    [
        [article(2, "Ida Brand"), article(3, "Tom Brand")],
        [article(2, "Tom Brandt")],
        [article(2, "Brand Ferries")],
        [article(2, "a man named Brand", kind=SpeakerKind.ROLE)],
        [],
    ],
)
def test_name_that_nobody_or_several_may_bear_stays(others):
    assert speakers(article(1, "Brand"), *others)[0] == "Brand"


def test_of_a_full_and_a_fuller_name_the_fuller_is_taken():
    names = speakers(article(1, "Brand"), article(2, "Ida Brand"), article(3, "Ida Vane Brand"))

    assert names[0] == names[1] or names[0] in ("Brand", "Ida Vane Brand")


def test_one_who_speaks_under_two_names_is_shown_as_one():
    text = "“We sail at dawn,” Brand said. “Nobody stays here now,” Ida Brand told us."
    quotes = (
        Quote(Span(1, 17), text[1:17], "Brand", SpeakerKind.NAMED, rank=1),
        Quote(Span(32, 53), text[32:53], "Ida Brand", SpeakerKind.NAMED, rank=2),
        Quote(Span(1, 8), text[1:8], "Tom Reed", SpeakerKind.NAMED, rank=3),
    )

    shown = told(Story((Article("https://1.example", "Ferry", text, facts=quotes),))).quotes

    assert {cited.quote.speaker for cited in shown} <= {"Ida Brand", "Tom Reed"}


@given(
    st.lists(st.sampled_from(["Brand", "Ida Brand", "Tom Brand", "", "Dr", "Vane-Brand", " "]), max_size=5)
)
def test_any_names_leave_words_and_spans_alone(names):
    articles = [article(number, name) for number, name in enumerate(names)]

    renamed = with_full_names(articles)

    assert [one.text for one in renamed] == [one.text for one in articles]
    assert [quote.span for one in renamed for quote in one.quotes] == [Span(1, 17)] * len(names)
