"""Numbers by which something is known, not counted: ids, telephone numbers, addresses."""

from digests.facts.figures.grammar import counted_ahead
from digests.facts.figures.numbers import Number
from digests.facts.figures.tokens import Sentence
from digests.facts.figures.traps.clues import DASHES

_STREETS = frozenset(
    "Street St Avenue Ave Road Rd Boulevard Blvd Lane Drive Highway Way Square Terrace".split()
)
_CALLS = frozenset("call called calling dial dialled".split())
_EMERGENCIES = frozenset((911, 999, 112))


def is_id(sentence: Sentence, number: Number) -> bool:
    """Is it a number by which a thing is known: "007", "911", "401(k)", "+44", a telephone number?"""
    raw = sentence.words[number.first]
    if len(raw) > 1 and raw[0] == "0" and raw.isdecimal():
        return True
    if sentence.word(number.last) in ("bc", "bce", "ad") and sentence.raw(number.last).isupper():
        return True
    if not number.plain:
        return False
    if number.value == 911 and not counted_ahead(sentence, number.last):
        return True
    if sentence.word(number.last) == "(" and sentence.word(number.last + 1) == "k":
        return True
    if sentence.word(number.last) in ("zip", "postcode"):
        return True
    if sentence.word(number.first - 1) == "+" and len(raw) < 4:
        return True
    return _is_neighbour_of_digits(sentence, number)


def is_address(sentence: Sentence, number: Number) -> bool:
    """Read "205 W. Congress St.", "in the 3200 block of", "call 911"."""
    if not number.plain:
        return False
    raw, at = sentence.raw(number.last), number.last
    if raw in ("N", "S", "E", "W") and sentence.word(at + 1) == "." and sentence.raw(at + 2)[:1].isupper():
        return True
    if raw[:1].isupper() and any(sentence.raw(near) in _STREETS for near in (at + 1, at + 2)):
        return True
    if sentence.word(at) == "block" and sentence.word(at + 1) == "of":
        return True
    return sentence.word(number.first - 1) in _CALLS and number.value in _EMERGENCIES


def _is_neighbour_of_digits(sentence: Sentence, number: Number) -> bool:
    """A telephone or card number: groups of digits with nothing but a space or dash between."""
    raw, after, before = sentence.words[number.first], number.last, number.first - 1
    if len(raw) < 2:
        return False
    if sentence.word(after).isdecimal() and sentence.raw(after)[0] == "0":
        return True
    if sentence.word(before).isdecimal() and sentence.raw(before)[0] == "0":
        return True
    if (
        sentence.word(after) in DASHES
        and sentence.word(after + 1).isdecimal()
        and len(sentence.word(after + 1)) == 4
    ):
        return len(raw) == 3 and not counted_ahead(sentence, after + 2)
    if sentence.word(before) not in DASHES or not sentence.word(before - 1).isdecimal():
        return False
    return len(raw) == 4 and len(sentence.word(before - 1)) == 3 and not counted_ahead(sentence, after)
