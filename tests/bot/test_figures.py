"""Figures in the reader's own language."""

from decimal import Decimal

import pytest

from bot.figures import figure_text, number_text
from digests.model import Figure, FigureKind, Modifier, Span, Trend

NARROW, HARD = "\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}"


def figure(value: str, unit: str | None, kind: FigureKind, **more: object) -> Figure:
    given = {"surface": "as written", **more}
    return Figure(Span(0, 1), value=Decimal(value), unit=unit, kind=kind, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en", "$250 million"),
        ("de", f"250 Millionen{HARD}$"),
        ("fr", f"250 millions{HARD}$US"),
        ("uk", f"250 мільйонів{HARD}USD"),
        ("tr", "$250 milyon"),
        ("pt-BR", f"US${HARD}250 milhões"),
    ],
)
def test_money_is_written_as_the_language_writes_it(locale: str, words: str) -> None:
    assert figure_text(figure("250000000", "USD", FigureKind.MONEY), locale=locale) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("799", "$799"),
        ("84.6", "$84.60"),
        ("1.1396", "$1.1396"),
        ("1356000000", "$1.356 billion"),
        ("12345678", "$12,345,678"),
        ("999999", "$999,999"),
    ],
)
def test_no_digit_of_an_amount_is_lost(value: str, words: str) -> None:
    assert figure_text(figure(value, "USD", FigureKind.MONEY), locale="en") == words


def test_hedge_goes_before() -> None:
    deaths = figure("51", "people", FigureKind.COUNT, modifier=Modifier.OVER)

    assert figure_text(deaths, locale="en") == "at least 51 people"


def test_both_ends_of_a_range_are_shown() -> None:
    share = figure("5", "%", FigureKind.PERCENT, value_max=Decimal(7), surface="5-7%")
    price = figure("10", "USD", FigureKind.MONEY, value_max=Decimal(12))

    assert figure_text(share, locale="en") == "5–7%"
    assert figure_text(share, locale="de") == f"5–7{HARD}%"
    assert figure_text(price, locale="en") == "$10 – $12"


def test_unit_is_translated_but_english_readers_keep_the_words_of_the_article() -> None:
    length = figure("4.5", "m", FigureKind.MEASURE, surface="4.5 metres")

    assert figure_text(length, locale="de") == "4,5 Meter"
    assert figure_text(length, locale="en") == "4.5 metres"


@pytest.mark.parametrize(
    ("kind", "unit", "surface"),
    [
        (FigureKind.RATIO, "fraction", "two-thirds"),
        (FigureKind.COUNT, "nation", "27-nation"),
        (FigureKind.MONEY, "USD/barrel", "$5 a barrel"),
        (FigureKind.MONEY, "penny", "5p"),
        (FigureKind.OTHER, None, "5"),
    ],
)
def test_what_has_no_form_of_its_own_stays_as_the_article_has_it(
    kind: FigureKind, unit: str | None, surface: str
) -> None:
    assert figure_text(figure("5", unit, kind, surface=surface), locale="de") == surface


@pytest.mark.parametrize(
    ("value", "unit", "surface", "trend", "words"),
    [
        ("25", "bp", "25 basis points", Trend.DOWN, "down 25 basis points"),
        ("38", "%", "38 per cent", Trend.UP, "up about 38%"),
        ("38", "%", "38 per cent", None, "about 38%"),
    ],
)
def test_change_says_which_way_it_went(
    value: str, unit: str, surface: str, trend: Trend | None, words: str
) -> None:
    modifier = Modifier.ABOUT if unit == "%" else Modifier.EXACT
    change = figure(value, unit, FigureKind.PERCENT, surface=surface, trend=trend, modifier=modifier)

    assert figure_text(change, locale="en") == words


def test_more_money_is_not_said_to_have_gone_up() -> None:
    money = figure("5000000", "USD", FigureKind.MONEY, trend=Trend.UP)

    assert figure_text(money, locale="en") == "$5 million"


def test_move_from_one_level_to_another_is_no_range() -> None:
    rate = figure("3.25", "%", FigureKind.PERCENT, value_max=Decimal("3.5"), surface="from 3.5% to 3.25%")

    assert figure_text(rate, locale="en") == "from 3.5% to 3.25%"


def test_number_beside_another_says_not_again_what_is_counted() -> None:
    toll = figure("17", "people", FigureKind.COUNT, modifier=Modifier.OVER)

    assert number_text(toll, locale="en") == "at least 17"
    assert number_text(figure("5000000", "USD", FigureKind.MONEY), locale="en") == "$5 million"
