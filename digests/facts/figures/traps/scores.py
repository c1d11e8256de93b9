"""Numbers that say how a match stands: "7-2", "6-4, 6-3", "went two up"."""

from digests.facts.figures.grammar import counted_ahead, is_stop
from digests.facts.figures.numbers import Number
from digests.facts.figures.tokens import Sentence
from digests.facts.figures.traps.clues import DASHES, UNITS
from digests.facts.figures.traps.dates import is_month
from digests.facts.figures.units import CURRENCY_SIGNS, FIRST

_BEING = frozenset("be been being was were is are went go going from".split())
_AGES = ("aged", "ages", "age")
_OF_RANGES = frozenset("per year day pc million billion thousand point".split())


def is_score(sentence: Sentence, number: Number) -> bool:
    """Is it half of "7-2", "3-1", "6-4, 6-3": two small numbers, a tight dash, no unit and no plural?"""
    if not number.plain or sentence.word(number.first - 1) in _AGES:
        return False
    if sentence.word(number.first - 1) in DASHES and sentence.word(number.first - 3) in _AGES:
        return False
    at = number.last
    if sentence.word(at) in DASHES and sentence.tight(at) and sentence.tight(at + 1):
        return _pair_is_score(sentence, number.first, at + 1)
    at = number.first - 1
    if sentence.word(at) in DASHES and sentence.tight(at) and sentence.tight(at + 1):
        return sentence.word(at - 1).isdecimal() and _pair_is_score(sentence, at - 1, number.first)
    return False


def is_lead(sentence: Sentence, number: Number) -> bool:
    """Is it by how much a side leads or trails: "had been two down", "went three up"?"""
    if sentence.word(number.last) not in ("up", "down", "ahead", "behind"):
        return False
    return number.plain and sentence.word(number.first - 1) in _BEING


def _pair_is_score(sentence: Sentence, left: int, right: int) -> bool:
    """Do the tokens `left` and `right`, a dash between them, make a score, a name or a date, not a range?"""
    low, high, after = sentence.word(left), sentence.word(right), sentence.word(right + 1)
    if not (low.isdecimal() and high.isdecimal()):
        return False
    if len(low) > 3 or len(high) > 3:
        return len(low) > 3 and not counted_ahead(sentence, right + 1)
    if after in DASHES and sentence.tight(right + 1):
        return sentence.word(right + 2)[:1].isdecimal()  # 07-12-2021, 3-2-1
    if sentence.word(left - 1) in CURRENCY_SIGNS:
        return False
    if left > 1 and sentence.raw(left - 1)[:1].isupper() and not is_stop(sentence.word(left - 1)):
        return not is_month(sentence, left - 1)  # Boeing 737-800
    if int(low) >= int(high):
        return True
    return _names_no_range(sentence, right + 1)


def _names_no_range(sentence: Sentence, index: int) -> bool:
    """Does the token at `index`, behind two numbers, name nothing that a range could be of?"""
    word = sentence.word(index)
    if word in UNITS or word in _OF_RANGES:
        return False
    if word in FIRST and len(word) > 1 and word not in ("second", "point", "night", "stone", "cup"):
        return False
    if word[:1].isalpha() and sentence.tight(index):
        return False
    if word in DASHES and sentence.tight(index):
        return False
    return not counted_ahead(sentence, index, reach=2)
