"""What two figures measure turns out to be one thing, perhaps, or two."""

import re
from dataclasses import dataclass

from digests.model import Article, Figure, FigureKind
from digests.text import fold

COUNTS = (FigureKind.COUNT, FigureKind.OTHER)
# What is often measured, and no name where a sentence begins with it.
MEASURED = frozenset(
    "unemployment inflation turnout wages price prices rents sales shares exports imports profits profit "
    "revenue output temperatures growth oil gold gas wheat interest staff pay taxes fares deaths "
    "valuation".split()
)
_SAME_CONCEPT = 0.5  # of the words of the longer concept
_LEAST_SHARED = 2  # words
_ANYBODY = frozenset(
    (
        "",
        "people",
        "person",
        "persons",
        "dead",
        "death",
        "deaths",
        "fatalities",
        "victims",
        "bodies",
        "others",
    )
)
_TIMES = 20  # outlets' numbers of one event's victims differ less
_HARM = re.compile(
    r"\b(?:(?P<dead>dead|died|deaths?|killed|fatalit(?:y|ies)|bodies)"
    r"|(?P<hurt>injur(?:ed|ies)|hurt|wounded|casualties))\b"
)
_SHARE = re.compile(r"%|per cent|percent")
_WORD = re.compile(r"[^\W\d_]{3,}")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_LITTLE = frozenset("the and for from with that this than were was are has had have been".split())


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A figure, and that by which it is compared with others: read once, compared many times."""

    figure: Figure
    article: Article
    unit: str  # in lower case
    number: str | None  # the first one of its words, as `numbers_in` finds it
    harm: str | None  # "dead" or "hurt" where it counts people who are: of these outlets differ most
    words: frozenset[str]  # the roots of the telling words of what is measured
    common: frozenset[str]  # those of them that are written small
    capitals: frozenset[str]  # the others, whole: they may be names

    @property
    def group(self) -> tuple[object, ...]:
        """What all figures have in common that may measure the same beyond doubt: see `are_one`."""
        return (self.harm,) if self.harm else (self.figure.kind, self.unit)


def measured(figure: Figure, article: Article) -> Measured:
    """Return the figure with that by which it is compared."""
    concept = _WORD.findall(figure.concept or "")
    small = frozenset(_root(fold(word)) for word in concept if word.islower() and fold(word) not in _LITTLE)
    capitals = [fold(word) for word in concept if not word.islower()]
    number = _NUMBER.search(figure.surface)
    return Measured(
        figure,
        article,
        unit=(figure.unit or "").casefold(),
        number=fold(number.group()) if number else None,
        harm=_harm(figure),
        words=small.union(_root(word) for word in capitals if word not in _LITTLE),
        common=small,
        capitals=frozenset(capitals) - MEASURED,
    )


def numbers_in(text: str) -> frozenset[str]:
    """Return the words and numbers of `text`, among which a figure's number stands if it is told there."""
    return frozenset(map(fold, _NUMBER.findall(text)))


def _harm(figure: Figure) -> str | None:
    if figure.kind not in COUNTS or _SHARE.search(figure.surface):
        return None
    found = _HARM.search(f"{figure.unit or ''} {figure.concept or ''}".casefold())
    return found.lastgroup if found else None


def may_be_one(one: Measured, other: Measured) -> bool:
    """Say whether nothing speaks against two equal amounts being of one thing."""
    return not one.words or not other.words or not one.words.isdisjoint(other.words)


def are_one(one: Measured, other: Measured) -> bool:
    """Say whether two figures measure the same beyond doubt, whatever their amounts.

    To share a name is not enough, and where each has a name of its own (France, Spain) they are two things.
    """
    if one.group != other.group:
        return False
    if one.harm:
        return _may_be_one_event(one, other)
    return _same_concept(one, other) and not _are_named_apart(one, other)


def _may_be_one_event(one: Measured, other: Measured) -> bool:
    """Say whether two numbers of victims may be of one event: not 11 now, and 90,000 a year.

    Nor are the children among them all of them.
    """
    heads = {one.unit.split(" ")[-1], other.unit.split(" ")[-1]}
    fewer, more = sorted((one.figure.value, other.figure.value))
    return (one.unit == other.unit or heads <= _ANYBODY) and "/" not in one.unit and more <= _TIMES * fewer


def may_seem_one(one: Measured, other: Measured) -> bool:
    """Say whether a reader may take two figures for amounts of one thing: "3.25% main rate", "3.5% rate"."""
    if are_one(one, other):
        return True
    a, b = one.common, other.common
    if not (a and b and (a <= b or b <= a)):
        return False
    alike = one.figure.kind is other.figure.kind and one.unit == other.unit
    shares = {one.figure.unit, other.figure.unit} <= {"%", "fraction"}
    return (alike or shares) and not _are_named_apart(one, other)


def _same_concept(one: Measured, other: Measured) -> bool:
    a, b = one.common, other.common
    if a == b:
        return bool(a) and (one.figure.concept or "").casefold() == (other.figure.concept or "").casefold()
    shared = len(a & b)
    return shared >= _LEAST_SHARED and shared >= _SAME_CONCEPT * max(len(a), len(b))


def _are_named_apart(one: Measured, other: Measured) -> bool:
    names, others = _names(one, other), _names(other, one)
    return bool(names and others) and names.isdisjoint(others)


def _names(one: Measured, other: Measured) -> set[str]:
    """Return the names in what a figure measures: capitalised words that the other does not write small."""
    return {word for word in one.capitals if _root(word) not in other.common}


def _root(word: str) -> str:
    return word.removesuffix("s")[:7]
