"""Numbers that say at what time of day: "5 p.m.", "9:30", "at eight tomorrow"."""

from digests.facts.figures import lexicon
from digests.facts.figures.grammar import is_stop
from digests.facts.figures.numbers import Number
from digests.facts.figures.tokens import Sentence
from digests.facts.figures.traps.clues import DASHES

_TIME_WORDS = frozenset(
    "a.m. p.m. am pm a.m p.m o'clock gmt bst est edt pst pdt pt et cet utc hrs noon midnight".split()
)
_PRICED = frozenset("% $ £ € per a to against".split())
_TRADED = frozenset(
    "trade trades traded trading quoted priced fixed at opened ends end rate rates ratio score "
    "average".split()
)
_HOUR_FOLLOWS = frozenset("tomorrow tonight today sharp".split()) | frozenset(
    day for day in lexicon.WEEKDAYS if day.endswith("day")
)
_PARTS_OF_DAY = frozenset("morning evening afternoon".split())
_LEVEL_VERBS = frozenset(
    "stood stands stand standing remained remains remain remaining put puts is was are were held steady "
    "unchanged closed settled peaked ended reported estimated".split()
)
_TO_ANOTHER = DASHES | {"to", "and", "or"}
_CLOCK_WORDS = frozenset("clock morning evening afternoon night tonight".split())


def is_time(sentence: Sentence, number: Number) -> bool:
    """Is it a time of day: "5 p.m.", "9:30", "at eight tomorrow", "knew at 6.14"?"""
    if _has_colon(sentence, number):
        return True
    said = _as_said_behind(sentence, number)
    return _as_said_before(sentence, number) if said is None else said


def is_hour(sentence: Sentence, number: Number) -> bool:
    """Is it the clock time of "at eight tomorrow", "until 9 on Monday", not of "stood at 12 on Monday"?"""
    if sentence.word(number.first - 1) not in ("at", "until", "till") or not 0 < number.value <= 24:
        return False
    if not number.plain or sentence.word(number.first - 2) in _LEVEL_VERBS:
        return False
    return _is_followed_by_day(sentence, number.last)


def _has_colon(sentence: Sentence, number: Number) -> bool:
    first, last = number.first, number.last
    if sentence.word(last) == ":" and sentence.tight(last) and sentence.word(last + 1)[:1].isdecimal():
        return True
    return (
        sentence.word(first - 1) == ":" and sentence.tight(first) and sentence.word(first - 2)[:1].isdecimal()
    )


def _as_said_behind(sentence: Sentence, number: Number) -> bool | None:
    """Return whether the words behind make it a time; None where they leave it open."""
    last, raw = number.last, sentence.words[number.first]
    after, second, third = sentence.word(last), sentence.word(last + 1), sentence.word(last + 2)
    if (after in ("p", "a") and second == "." and third == "m") or (after == "local" and second == "time"):
        return True
    if after in _TIME_WORDS:
        return not (after in ("pt", "et") and number.value > 24)
    if after in ("h", "a", "p") and second == "." and sentence.word(number.first - 1) == "at":
        return after == "h" and number.value < 25
    if number.plain and len(raw) == 4 and after in ("hours", "local"):
        return raw.startswith("0") or after != "hours"
    if after in _TO_ANOTHER and second[:1].isdecimal():
        return third in ("a.m.", "p.m.", "am", "pm")
    return None


def _as_said_before(sentence: Sentence, number: Number) -> bool:
    if is_hour(sentence, number) or _is_minute(sentence, number):
        return True
    if sentence.word(number.first - 1) != "at" or not number.plain:
        return False
    return sentence.word(number.last) in (".", ",", "on", "") and _names_time(sentence)


def _is_minute(sentence: Sentence, number: Number) -> bool:
    """Is it the clock time of "knew at 6.14", not a price or rate of two decimals?"""
    hours, point, minutes = sentence.words[number.first].partition(".")
    if sentence.word(number.first - 1) not in ("at", "until", "till") or number.last - number.first != 1:
        return False
    if not point or len(minutes) != 2 or int(minutes) > 59 or not hours.isdecimal() or int(hours) > 24:
        return False
    after, prior = sentence.word(number.last), sentence.word(number.first - 2)
    return is_stop(after) and after not in _PRICED and prior not in _LEVEL_VERBS | _TRADED


def _is_followed_by_day(sentence: Sentence, after: int) -> bool:
    """Does "on Monday", "tomorrow" or "in the morning" start at the token `after`?"""
    at = after
    if sentence.word(at) in ("on", "this"):
        at += 1
    elif sentence.word(at) == "in" and sentence.word(at + 1) == "the":
        return sentence.word(at + 2) in _PARTS_OF_DAY
    return sentence.word(at) in _HOUR_FOLLOWS or (at > after and sentence.word(at) in _PARTS_OF_DAY)


def _names_time(sentence: Sentence) -> bool:
    """Does the sentence tell a time of day elsewhere?"""
    return not _CLOCK_WORDS.isdisjoint(sentence.lower)
