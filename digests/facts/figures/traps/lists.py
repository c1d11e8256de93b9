"""Numbers that only count off a list or a row of pictures: "1. Stir", "(2) fold", "1 of 3"."""

from digests.facts.figures.numbers import Number
from digests.facts.figures.tokens import Sentence


def is_list_mark(sentence: Sentence, number: Number) -> bool:
    """Is it the mark of "1. Stir", "2) fold", "1 of 3"?"""
    if not number.plain or number.value > 99:
        return False
    after = sentence.word(number.last)
    if _is_caption(sentence, number):
        return True
    if after == ")" and sentence.tight(number.last):
        return _is_enumerated(sentence, number)
    return number.first == 0 and after == "." and sentence.size > number.last + 1


def _is_caption(sentence: Sentence, number: Number) -> bool:
    """Is it part of "1 of 3." under a row of pictures?"""
    first = number.first
    if first == 0 and sentence.word(1) == "of" and sentence.word(2).isdecimal():
        return sentence.word(3) in (".", "", ":", ")")
    return (
        first == 2
        and sentence.word(1) == "of"
        and sentence.word(0).isdecimal()
        and sentence.word(3) in (".", "", ":")
    )


def _is_enumerated(sentence: Sentence, number: Number) -> bool:
    """Is it the mark of "1) help consumers" or "(2) it must", and not the 5 of "Emily (5)"?"""
    first = number.first
    if sentence.word(first - 1) == "(":
        named = sentence.raw(first - 2)[:1].isupper()
        return number.value < 10 and not named and sentence.raw(number.last + 1)[:1].isalpha()
    return "(" not in sentence.lower[max(0, first - 8) : first]
