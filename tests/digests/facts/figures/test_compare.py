"""Two outlets' figures: the same amount, the same but rounded, or another."""

from decimal import Decimal

import pytest

from digests.facts.figures import figures_of
from digests.facts.figures.compare import Sameness, compared, same_unit
from digests.model import Article, Figure
from digests.people import People


def read(words: str) -> Figure:
    (figure,) = figures_of(Article(url="", title="", text=words), People(()), ())
    return figure


@pytest.mark.parametrize(
    ("one", "other", "sameness"),
    [
        ("It costs $250m.", "It costs 250 million US dollars.", Sameness.EQUAL),
        ("It costs $250m.", "It costs £250m.", Sameness.DIFFERENT),
        ("It costs $1.356bn.", "It costs $1.36 billion.", Sameness.ROUNDED),
        ("It costs $1.356bn.", "It costs $1.4 billion.", Sameness.ROUNDED),
        ("It costs $1.356bn.", "It costs $1.5 billion.", Sameness.DIFFERENT),
        ("It hit 12,345 homes.", "It hit more than 12,000 homes.", Sameness.ROUNDED),
        ("It hit 12,845 homes.", "It hit more than 12,000 homes.", Sameness.ROUNDED),
        ("It hit 12,845 homes.", "It hit 12,000 homes.", Sameness.DIFFERENT),
        ("It hit 53 people.", "It hit about 50 people.", Sameness.ROUNDED),
        ("It hit 53 people.", "It hit 50 people.", Sameness.DIFFERENT),
        ("It hit 53 people.", "It hit 51 people.", Sameness.DIFFERENT),
        ("It hit at least 51 people.", "It hit 51 people.", Sameness.EQUAL),
        ("It hit more than 51 people.", "It hit fewer than 51 people.", Sameness.DIFFERENT),
        ("It sold 25 electric vehicles.", "It sold 25 vehicles.", Sameness.EQUAL),
        ("Half of the shops closed.", "It closed 50% of shops.", Sameness.EQUAL),
        ("It costs between $10 and $12.", "It costs $11.", Sameness.ROUNDED),
        ("It costs between $10 and $12.", "It costs from $10 to $12.", Sameness.EQUAL),
        ("It costs between $10 and $12.", "It costs $14.", Sameness.DIFFERENT),
    ],
)
def test_amounts_are_told_apart(one: str, other: str, sameness: Sameness) -> None:
    assert compared(read(one), read(other)) is sameness
    assert compared(read(other), read(one)) is sameness


def test_pence_are_not_pounds() -> None:
    assert compared(read("It costs 100p."), read("It costs £1.")) is Sameness.DIFFERENT


def test_numbers_without_a_unit_are_the_same_only_to_each_other() -> None:
    assert same_unit(None, None)
    assert not same_unit(None, "people")


def test_nouns_of_one_head_are_one_unit() -> None:
    assert same_unit("electric vehicles", "vehicle")
    assert same_unit("burglaries", "residential burglary")
    assert same_unit("persons", "people")
    assert not same_unit("men", "women")


def test_value_is_exact() -> None:
    assert read("It costs $0.1.").value == Decimal("0.1")
