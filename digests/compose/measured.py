"""What two figures measure turns out to be one thing, perhaps, or two."""

import re
from functools import lru_cache

from digests.model import Figure, FigureKind
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
_LITTLE = frozenset("the and for from with that this than were was are has had have been".split())


def harm_of(figure: Figure) -> str | None:
    """Return "dead" or "hurt" where the figure counts people who are: of these outlets differ most."""
    if figure.kind not in COUNTS or _SHARE.search(figure.surface):
        return None
    found = _HARM.search(f"{figure.unit or ''} {figure.concept or ''}".casefold())
    return found.lastgroup if found else None


def may_be_one(one: Figure, other: Figure) -> bool:
    """Say whether nothing speaks against two equal amounts being of one thing."""
    a, b = _words(one), _words(other)
    return not a or not b or bool(a & b)


def are_one(one: Figure, other: Figure) -> bool:
    """Say whether two figures measure the same beyond doubt, whatever their amounts.

    To share a name is not enough, and where each has a name of its own (France, Spain) they are two things.
    """
    if harm_of(one) or harm_of(other):
        return harm_of(one) == harm_of(other) and _may_be_one_event(one, other)
    if one.kind is not other.kind or (one.unit or "").casefold() != (other.unit or "").casefold():
        return False
    return _same_concept(one, other) and not _are_named_apart(one, other)


def _may_be_one_event(one: Figure, other: Figure) -> bool:
    """Say whether two numbers of victims may be of one event: not 11 now, and 90,000 a year.

    Nor are the children among them all of them.
    """
    unit, other_unit = (one.unit or "").casefold(), (other.unit or "").casefold()
    alike = unit == other_unit or {unit.split(" ")[-1], other_unit.split(" ")[-1]} <= _ANYBODY
    fewer, more = sorted((one.value, other.value))
    return alike and "/" not in unit and more <= _TIMES * fewer


def may_seem_one(one: Figure, other: Figure) -> bool:
    """Say whether a reader may take two figures for amounts of one thing: "3.25% main rate", "3.5% rate"."""
    if are_one(one, other):
        return True
    shares = {one.unit, other.unit} <= {"%", "fraction"}
    alike = one.kind is other.kind and (one.unit or "").casefold() == (other.unit or "").casefold()
    a, b = _words(one, names=False), _words(other, names=False)
    is_part = bool(a and b) and (a <= b or b <= a)
    return (alike or shares) and is_part and not _are_named_apart(one, other)


def _same_concept(one: Figure, other: Figure) -> bool:
    a, b = _words(one, names=False), _words(other, names=False)
    shared = len(a & b)
    if a == b:
        return shared > 0 and (one.concept or "").casefold() == (other.concept or "").casefold()
    return shared >= _LEAST_SHARED and shared >= _SAME_CONCEPT * max(len(a), len(b))


def _are_named_apart(one: Figure, other: Figure) -> bool:
    names, others = _names(one, other), _names(other, one)
    return bool(names and others) and names.isdisjoint(others)


def _words(figure: Figure, *, names: bool = True) -> frozenset[str]:
    """Return the telling words of what a figure measures, their endings aside."""
    return _words_in(figure.concept or "", names=names)


@lru_cache(maxsize=4096)  # a story's figures are each compared with all others
def _words_in(concept: str, *, names: bool) -> frozenset[str]:
    words = [fold(word) for word in _WORD.findall(concept) if names or word.islower()]
    return frozenset(word.removesuffix("s")[:7] for word in words if word not in _LITTLE)


def _names(figure: Figure, other: Figure) -> set[str]:
    """Return the names in what a figure measures: capitalised words that the other does not write small."""
    small = _words(other, names=False)
    capitals = {fold(word) for word in _WORD.findall(figure.concept or "") if not word.islower()}
    return {word for word in capitals - MEASURED if word.removesuffix("s")[:7] not in small}
