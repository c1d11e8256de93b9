"""Two figures of different articles turn out to be equal, equal but for rounding, or different."""

from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from functools import lru_cache

from digests.facts.figures.grammar import is_plural
from digests.model import Figure, Modifier

_FEW = 100  # below it, a count is not rounded unless its words say so
_PERSONS = frozenset(("people", "person", "persons"))
_WIDE = Context(prec=80)  # digits; thirds and quadrillions in one
_ROUNDINGS = {
    Modifier.OVER: ROUND_FLOOR,
    Modifier.UNDER: ROUND_CEILING,
    Modifier.ABOUT: ROUND_HALF_UP,
    Modifier.EXACT: ROUND_HALF_UP,
}


class Sameness(StrEnum):
    """How two figures stand to each other."""

    EQUAL = "equal"
    ROUNDED = "rounded"  # $1.36 billion and $1,356 million; 12,345 and more than 12,000
    DIFFERENT = "different"


def compared(one: Figure, other: Figure) -> Sameness:
    """Return how the amounts of two figures stand to each other; whether they measure the same is not asked.

    Nothing is converted, except that a fraction is compared with a percentage as hundredths.
    """
    if not same_unit(one.unit, other.unit) or _exclude_each_other(one, other):
        return Sameness.DIFFERENT
    ends, other_ends = _ends(one), _ends(other)
    if ends == other_ends:
        return Sameness.EQUAL
    if _inside(ends, other_ends) or _inside(other_ends, ends):
        return Sameness.ROUNDED
    if len(ends) == len(other_ends) and all(
        _rounds(a, b, one, other) for a, b in zip(ends, other_ends, strict=True)
    ):
        return Sameness.ROUNDED
    return Sameness.DIFFERENT


def same_unit(one: str | None, other: str | None) -> bool:
    """Are two units the same: by name, or as nouns with one head ("electric vehicles", "vehicle")?"""
    if one is None or other is None:
        return one is other
    return one == other or {one, other} == {"fraction", "%"} or _head(one) == _head(other)


@lru_cache(maxsize=4096)  # figures of a story are compared each with each, and have few units
def _head(unit: str) -> str:
    word = unit.casefold().split()[-1]
    if word in _PERSONS:
        return "people"
    if not is_plural(word) or not word.endswith("s"):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ses", "xes", "ches", "shes")) else word[:-1]


def _exclude_each_other(one: Figure, other: Figure) -> bool:
    """More than 50 and fewer than 50 have a number in common, and nothing else."""
    return {one.modifier, other.modifier} == {Modifier.OVER, Modifier.UNDER}


def _ends(figure: Figure) -> tuple[Decimal, ...]:
    factor = 100 if figure.unit == "fraction" else 1
    ends = (figure.value,) if figure.value_max is None else (figure.value, figure.value_max)
    return tuple(end * factor for end in ends)


def _inside(ends: tuple[Decimal, ...], others: tuple[Decimal, ...]) -> bool:
    return len(ends) == 1 and len(others) == 2 and others[0] <= ends[0] <= others[1]


def _rounds(a: Decimal, b: Decimal, one: Figure, other: Figure) -> bool:
    """Is the coarser of two amounts what becomes of the finer when it is rounded as its hedge says?"""
    if _precision(a) < _precision(b):
        a, b, one, other = b, a, other, one
    unhedged = other.modifier is Modifier.EXACT
    if unhedged and (abs(a) < _FEW or _digits(b) < 2) and a == int(a) and other.kind.value == "count":
        return False
    return a.quantize(_step(b), rounding=_ROUNDINGS[other.modifier], context=_WIDE) == b


def _precision(value: Decimal) -> int:
    """Return how fine a number is written: -6 for a million, 1 for 3.2."""
    exponent = value.normalize().as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _step(value: Decimal) -> Decimal:
    return Decimal(1).scaleb(-_precision(value))
