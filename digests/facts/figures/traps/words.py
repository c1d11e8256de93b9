"""Number words that are no amounts: "one another", "Formula One", "a thing or two"."""

from digests.facts.figures import lexicon
from digests.facts.figures.grammar import counted_ahead, is_plural, is_stop
from digests.facts.figures.numbers import Number
from digests.facts.figures.tokens import Sentence
from digests.facts.figures.traps.clues import DASHES
from digests.facts.figures.traps.names import is_hyphened_name

_ONE_BEFORE = frozenset(
    "no than any every each this that the another which some either number day every good big only first "
    "last new next previous other bad better best wrong right".split()
)
_ONE_AFTER = frozenset(
    "another who that which to for by as and or but is was are were has had can could will would 's in on at "
    "day time thing way reason another's that's more side hand point up it i we they he she you of".split()
)
_ROUGHLY = frozenset(("thing", "word"))  # "a thing or two"
_MEASURED = frozenset(
    "yen euro pound krone franc rupee hour inch foot metre meter kilometre ton tonne litre million "
    "billion year month week hour minute mile percent point percentage dollar cent penny".split()
)
_GROUPS = frozenset("the his her their its our my these those".split())
_NUMBERED_TOO = ("number", "day", "week", "year", "grade", "act")


def is_idle_word(sentence: Sentence, number: Number) -> bool:
    """Is a number word no amount: "one another", "Formula One", "a thing or two", "day three"?"""
    first, last = number.first, number.last
    if is_hyphened_name(sentence, number):
        return True
    before, after = sentence.word(first - 1), sentence.word(last)
    if before == "or" and sentence.word(first - 2) in _ROUGHLY:
        return True
    if sentence.tight(first) and (before[:1].isalnum() or before in DASHES) and before not in ("—", "–"):
        return True
    if number.value == 1 and number.magnitude is None:
        if after in lexicon.PARTS and not after.endswith("s"):
            return True
        named = first > 0 and sentence.raw(first)[:1].isupper() and sentence.raw(first - 1)[:1].isupper()
        return named or _is_pronoun(sentence, number)
    if before in lexicon.NUMBERED and (
        sentence.raw(first - 1)[:1].isupper() or not counted_ahead(sentence, last)
    ):
        return before not in ("top", "round")
    if before in _NUMBERED_TOO and not counted_ahead(sentence, last):
        return True
    return sentence.raw(first)[:1].isupper() and first > 0 and _is_in_name(sentence, number)


def _is_pronoun(sentence: Sentence, number: Number) -> bool:
    """Is "one" no number: "one another", "the one who", "no one"?"""
    before, after = sentence.word(number.first - 1), sentence.word(number.last)
    if sentence.word(number.first) in ("a", "an"):
        return False
    if after in DASHES and sentence.tight(number.last):
        return sentence.word(number.last + 1) not in _MEASURED
    if before in _ONE_BEFORE:
        return after not in _MEASURED
    if after == "of" and sentence.word(number.last + 2) in ("things", "ways", "reasons"):
        return True  # a manner of speaking
    if after == "of":
        counted = is_plural(sentence.word(number.last + 2))
        return not counted and sentence.word(number.last + 1) not in _GROUPS
    if after in ("to", "or", "and") and (
        sentence.word(number.last + 1) in lexicon.SMALL or sentence.word(number.last + 1)[:1].isdecimal()
    ):
        return False
    return after in _ONE_AFTER or is_stop(after) or after in lexicon.PAST or after in lexicon.PRESENT


def _is_in_name(sentence: Sentence, number: Number) -> bool:
    """Is a capitalised number word inside a run of capitals ("Big Ten", "Formula One", "Twenty20")?"""
    before, after = sentence.raw(number.first - 1), sentence.raw(number.last)
    if after[:1].isupper() and counted_ahead(sentence, number.last):
        return before[:1].isupper()
    return before[:1].isupper() or (after[:1].isupper() and before not in ('"', "“", "'", "‘", ":", "(", ")"))
