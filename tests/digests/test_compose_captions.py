"""A figure is told in its article's own words where its concept would read oddly, and never in somebody's."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digests.compose.captions import told_by
from digests.facts import facts_of
from digests.model import Article, CitedFigure, Figure, Modifier, Quote, Span
from digests.verify import holds_figure


def article(text, facts=()):
    return Article("https://a.example/1", "Title", text, facts=facts)


def figure(text, surface, concept, **more):
    start = text.index(surface)
    span = Span(start, start + len(surface))
    return Figure(span, surface, Decimal(1), concept=concept, sentence=Span(0, len(text)), **more)


def told(text, surface, concept, **more):
    pieces = told_by(figure(text, surface, concept, **more), article(text))
    return " ".join(piece.of(text) for piece in pieces) or None


LONG = "and the town council will hear of all this from its auditors when it next meets in the spring"


@pytest.mark.parametrize(
    ("text", "surface", "concept", "expected"),
    [
        (
            f"Brightwater has raised $640 million from two funds, {LONG}.",
            "$640 million",
            "Brightwater has raised",
            "Brightwater has raised $640 million",
        ),
        (
            f"Brightwater, a maker of pumps, has raised $640 million from two funds, {LONG}.",
            "$640 million",
            "Brightwater has raised",
            "Brightwater has raised $640 million",
        ),
        (
            f"A probe whose capsule runs at 33 megahertz came home, {LONG}.",
            "33 megahertz",
            "capsule runs",
            "capsule runs at 33 megahertz",
        ),
        (
            f"The star of the team, who earns a reported £190,000 a week, {LONG}.",
            "£190,000 a week",
            "star of the team",
            "star of the team, who earns a reported £190,000 a week",
        ),
        (f"Late on Monday 17 people died, {LONG}.", "17 people", "died", "17 people died"),
        (
            f"The fund will buy 40% of the port of Hessel, {LONG}.",
            "40%",
            "port of Hessel, fund",
            "40% of the port of Hessel",
        ),
        (
            f"The rate was cut by the bank to 3.25% this week, {LONG}.",
            "3.25%",
            "rate",
            None,  # the concept is what it is of, and says so
        ),
    ],
)
def test_words_that_lead_up_to_a_number_or_follow_it_tell_it(text, surface, concept, expected):
    assert told(text, surface, concept) == expected


def test_hedge_of_the_article_stays_with_its_number():
    text = f"The fair drew crowds, and nearly 900 people left their homes by the river, {LONG}."

    assert told(text, "900 people", "left their homes", modifier=Modifier.ABOUT) == (
        "nearly 900 people left their homes"
    )


def test_figure_is_not_told_without_the_hedge_that_it_has_elsewhere():
    text = f"As many as could be counted, 900 people left their homes, {LONG}."

    assert told(text, "900 people", "left their homes", modifier=Modifier.OVER) is None


@pytest.mark.parametrize("doubt", ["did not say that", "denies that", "wondered whether", "asks what if"])
def test_piece_of_a_sentence_in_doubt_is_not_told(doubt):
    text = f"The mayor {doubt} 17 people died, {LONG}."

    assert told(text, "17 people", "died") is None


def test_short_sentence_tells_a_figure_whole():
    text = "The Hollin Glacier has lost 34 per cent of its ice."

    assert told(text, "34 per cent", "ice, Hollin Glacier") == text.removesuffix(".")


def test_words_of_a_speaker_are_not_told_as_the_outlets_own():
    text = f"“We saw 17 people died on the pier, {LONG},” she said."
    spoken = Quote(Span(1, text.index("”")), text[1 : text.index("”")], "Ida Brand")

    assert told_by(figure(text, "17 people", "died"), article(text, (spoken,))) == ()


@given(st.text(alphabet="ab 1,.%$“”\n", max_size=80) | st.text(max_size=80))
def test_what_is_told_stands_in_the_text_and_holds_the_figure(words):
    text = f"{words} Some 17 people died in {words}. It cost $5 million, {words}."
    one = article(text)
    one = article(text, facts_of(one))

    for each in one.figures:
        pieces = told_by(each, one)

        assert list(pieces) == sorted(pieces)
        assert not pieces or any(p.start <= each.span.start and each.span.end <= p.end for p in pieces)
        assert holds_figure(CitedFigure(each, one))
