"""Letters and signs set tight to a number make a name or an ordinal of it: S-300, MH370, the 1990s."""

from digests.facts.figures import lexicon
from digests.facts.figures.numbers import Number, has_currency_before
from digests.facts.figures.tokens import Sentence
from digests.facts.figures.traps.clues import DASHES
from digests.facts.figures.units import FIRST

_ORDINAL_ENDINGS = frozenset(("st", "nd", "rd", "th", "s", "'s", "'", "’", "ers"))
_NETWORKS = frozenset((2, 3, 4, 5, 6))  # 5G
_PRIMES = frozenset("'’′")
_HYPHENED_HEDGES = frozenset("sub mid then now early late pre post over under to about from and".split())


def is_glued(sentence: Sentence, number: Number) -> bool:
    """Letters, dots or hyphens set tight make ids and names: S-300, MH370, 1.2.3, 24703L202, 4x4."""
    before = sentence.tight(number.first) and _is_glued_before(sentence, number)
    return before or (sentence.tight(number.last) and _is_glued_behind(sentence, number))


def is_ordinal(sentence: Sentence, number: Number) -> bool:
    """Read "the 1st", "the 1990s", "the 49ers" as no amounts."""
    return sentence.tight(number.last) and sentence.word(number.last) in _ORDINAL_ENDINGS


def _is_glued_before(sentence: Sentence, number: Number) -> bool:
    first = number.first
    before, second = sentence.word(first - 1), sentence.word(first - 2)
    if before[:1].isalpha():
        # PS5 is a console, PS2.7m a transcribed pound sign
        return not has_currency_before(sentence, first) or (before == "ps" and number.plain)
    tight = sentence.tight(first - 1)
    if before in DASHES:
        if tight and second[:1].isalpha():
            return second not in _HYPHENED_HEDGES and sentence.word(number.last) not in ("%", "percent")
        return sentence.raw(first - 2).isupper() and len(second) > 1
    if before == "/":
        return not tight or second[:1].isdecimal() or second == "f"  # f/1.8
    if before in (".", ":"):
        return tight and (second[:1].isdecimal() or (before == "." and second[:1].isalpha()))
    return before in ("#", "@", "_", "\\", "&", "+") or (before in _PRIMES and second[:1].isdecimal())


def _is_glued_behind(sentence: Sentence, number: Number) -> bool:
    last = number.last
    after, raw = sentence.word(last), sentence.raw(last)
    digits_follow = sentence.tight(last + 1) and sentence.word(last + 1)[:1].isdecimal()
    if after == "." or after in _PRIMES:
        return digits_follow
    if raw == "p" and sentence.word(last + 1) in lexicon.SCREENS:  # 1080p
        return True
    if raw == "G" and number.value in _NETWORKS:
        return True
    if raw == "K" and sentence.word(last + 1) in lexicon.SCREENS:
        return True
    if after in ("_", "@", "\\") or raw in ("A", "D", "E"):
        return True
    if len(after) > 2 and raw.isalpha() and raw[0].isupper() and raw[1:].islower():
        return after not in FIRST  # 1Xtra, not 2.4Ghz
    if after[:1].isalpha() and len(after) < 4 and digits_follow:
        return after not in ("ft", "m", "h", "st", "lb", "p")
    return after == "/" and not sentence.word(last + 1)[:1].isalpha()
