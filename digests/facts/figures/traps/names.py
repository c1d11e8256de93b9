"""Numbers that are part of a name or number a thing: Boeing 737, Room 214, Android 4.4, a 3-iron."""

from digests.facts.figures import lexicon
from digests.facts.figures.grammar import counted_ahead, is_finite, is_plural, is_stop
from digests.facts.figures.numbers import Number
from digests.facts.figures.tokens import Sentence
from digests.facts.figures.traps.clues import DASHES, UNITS
from digests.facts.figures.traps.dates import is_month
from digests.facts.figures.units import CURRENCY_CODES

_CLUBS = frozenset(("iron", "wood", "hybrid", "wedge"))  # a golfer's 3-iron
_EDITIONS = frozenset({"Max", "MAX", "Pro", "Plus", "Ultra", "Mini", "Lite"})  # of a product: "the 12 Pro"
_LENGTHS = ("figure", "digit")
_NEVER_BEHIND_NAMES = frozenset(
    "per pc pct times years months weeks days hours minutes points votes seats".split()
)


def is_name(sentence: Sentence, number: Number) -> bool:
    """Does a name or a word for a numbered thing stand before: iPhone 15, Boeing 737, Room 214, page 12?"""
    first = number.first
    before = sentence.word(first - 1)
    if number.plain and sentence.raw(number.last) in _EDITIONS:
        return True
    if before in lexicon.NUMBERED and number.plain:
        return _is_numbered(sentence, number, before)
    if before == "." and sentence.word(first - 2) in ("no", "nos", "art", "vol", "sec", "fig", "pp", "p"):
        return True
    if before == "#" or sentence.raw(first - 1) == "№":
        return True
    if not before[:1].isalpha() or number.magnitude is not None:
        return False
    if not number.plain:
        return _is_version(sentence, number)
    return _is_named(sentence, number, before)


def is_hyphened_name(sentence: Sentence, number: Number) -> bool:
    """Read "5-Hour Energy 400", "Super-G", "a six-figure salary" as no amounts."""
    at = number.last
    if sentence.word(at) not in DASHES:
        return sentence.word(at) in _LENGTHS
    if sentence.word(at + 1) in _LENGTHS or sentence.word(at + 1) in _CLUBS:
        return True
    return (
        sentence.tight(at)
        and sentence.raw(at + 1)[:1].isupper()
        and sentence.raw(at + 1)[1:].islower()
        and (
            sentence.raw(number.first)[:1].isupper() or (number.plain and sentence.raw(at + 2)[:1].isupper())
        )
    )


def _is_numbered(sentence: Sentence, number: Number, before: str) -> bool:
    """Does `before`, as in "Room 214" or "page 12", number a thing, rather than stand before an amount?"""
    after = sentence.word(number.last)
    if not number.plain or after in ("%", "percent", "per", "pc"):
        return False
    if sentence.raw(number.first - 1)[:1].isupper():
        return True
    return not counted_ahead(sentence, number.last, reach=2)


def _is_version(sentence: Sentence, number: Number) -> bool:
    """Read "Silk Road 2.0", "Android 4.4"."""
    raw, before = sentence.words[number.first], sentence.raw(number.first - 1)
    if len(raw) > 4 or "." not in raw or number.first < 2 or number.value > 30 or number.value == 0:
        return False
    if not (before[:1].isupper() and before.isalpha()) or sentence.word(number.first - 1) in CURRENCY_CODES:
        return False
    after = sentence.word(number.last)
    return (is_stop(after) or is_finite(after)) and after not in ("%", "per", "(")


def _is_named(sentence: Sentence, number: Number, before: str) -> bool:
    """Is `before` a name that the number is part of: "Boeing 737"?"""
    if not _is_name_before(sentence, number, before):
        return False
    last, after = number.last, sentence.word(number.last)
    if after in UNITS or after in _NEVER_BEHIND_NAMES or is_stop(before):
        return False
    if after in DASHES and sentence.tight(last) and sentence.raw(last + 1).islower():
        return False
    if after == "p" and sentence.tight(last):
        return False
    return not (before in lexicon.AUXILIARIES or before in lexicon.PAST)


def _is_name_before(sentence: Sentence, number: Number, before: str) -> bool:
    if not any(char.isupper() for char in sentence.raw(number.first - 1)):
        return False
    if before in CURRENCY_CODES or before in lexicon.WEEKDAYS or is_month(sentence, number.first - 1):
        return False
    if number.first > 1:
        return True
    opens_only = is_stop(before) or before in lexicon.PAST or is_plural(before)  # a capital for its place
    return not (opens_only or before.endswith(("ly", "ing", "ed")))
