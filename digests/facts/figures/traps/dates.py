"""Numbers that say on which day or in which year: "May 12", "Sept. 20-24", "since 1991"."""

from digests.facts.figures import lexicon
from digests.facts.figures.grammar import counted_ahead
from digests.facts.figures.numbers import Number, has_currency_before
from digests.facts.figures.tokens import Sentence
from digests.facts.figures.traps.clues import DASHES, UNITS

_PEOPLE = frozenset(
    "troops soldiers workers employees victims residents passengers prisoners migrants refugees".split()
)
_OTHER_WORDS_TOO = frozenset("may march mar sun sat sep dec jan".split())
_TO_ANOTHER_DAY = DASHES | {"and", "to", "or"}
_BETWEEN_DAYS = _TO_ANOTHER_DAY | {","}
_BEFORE_A_YEAR = frozenset("in since by until from circa of between and".split())


def is_date(sentence: Sentence, number: Number) -> bool:
    """Is it the day of "May 12" or a year?"""
    if _is_bygone(sentence, number):
        return True
    if not number.plain or number.magnitude or has_currency_before(sentence, number.first):
        return False
    return (number.value <= 31 and _is_day(sentence, number)) or _is_year(sentence, number)


def is_month(sentence: Sentence, index: int) -> bool:
    """Is the token at `index` the name of a month?"""
    word = sentence.word(index)
    if word not in lexicon.MONTHS:
        return False
    return sentence.raw(index)[:1].isupper() or word not in _OTHER_WORDS_TOO


def _is_bygone(sentence: Sentence, number: Number) -> bool:
    """Is it the year of "around 1375"?"""
    if sentence.word(number.first - 1) not in ("around", "circa") or not number.plain:
        return False
    return 1000 < number.value < 2100 and sentence.word(number.last) in ("", ".", ",", ";", ")")


def _is_day(sentence: Sentence, number: Number) -> bool:
    """Does a month stand beside it: "May 12", "12 of May", "May 10-12"?"""
    before = number.first - 1
    if sentence.word(before) == ".":
        before -= 1
    if sentence.word(before) == "the":
        before -= 1
    if is_month(sentence, before):
        return not _is_may_verb(sentence, before)
    after = number.last + (sentence.word(number.last) == "of")
    if is_month(sentence, after):
        return not _is_may_verb(sentence, after)
    return _is_other_end_of_days(sentence, number)


def _is_may_verb(sentence: Sentence, index: int) -> bool:
    return sentence.word(index) in ("may", "march") and not sentence.raw(index)[:1].isupper()


def _is_other_end_of_days(sentence: Sentence, number: Number) -> bool:
    """Is it the 24 of "Sept. 20-24", the 8 of "March 7 and 8", the 3 of "3 to 5 June"?"""
    before, after = number.first - 1, number.last
    if sentence.word(before) in _BETWEEN_DAYS and sentence.word(before - 1).isdecimal():
        month = before - 2 - (sentence.word(before - 2) == ".")
        if is_month(sentence, month) and (sentence.word(before) != "," or not counted_ahead(sentence, after)):
            return sentence.word(after) not in ("%", "percent", "people")
    if sentence.word(after) in _TO_ANOTHER_DAY and sentence.word(after + 1).isdecimal():
        return is_month(sentence, after + 2)
    return False


def _is_year(sentence: Sentence, number: Number) -> bool:
    """Is a bare integer a year? Between 1000 and 2100, and nothing says that it counts something."""
    value, raw = number.value, sentence.words[number.first]
    if not 1000 <= value <= 2199 or len(raw) != 4:
        return False
    before, after = sentence.word(number.first - 1), sentence.word(number.last)
    if value > 2100 and before not in ("by", "in", "until"):
        return False
    if after in DASHES and sentence.word(number.last + 1)[:1].isdecimal():
        return len(sentence.word(number.last + 1)) == 2 or _is_year_span(sentence, number.last + 1)
    if _is_round_pair(sentence, number):
        return False
    if value < 1700:
        counted = counted_ahead(sentence, number.last, reach=2) or after in UNITS
        return before in _BEFORE_A_YEAR and not counted
    return not (after in UNITS or _is_counted(sentence, number))


def _is_year_span(sentence: Sentence, index: int) -> bool:
    raw = sentence.raw(index)
    following = sentence.word(index + 1)
    return (
        len(raw) == 4
        and "1500" <= raw <= "2100"
        and not (following in UNITS or counted_ahead(sentence, index + 1, reach=1))
    )


def _is_round_pair(sentence: Sentence, number: Number) -> bool:
    """Is it an end of "from 1000 to 2000 hires"?"""
    if number.value % 50:
        return False
    after, before = number.last, number.first - 1
    if sentence.word(after) == "to" and sentence.word(after + 1).isdecimal():
        return not int(sentence.word(after + 1)[:9]) % 50 and counted_ahead(sentence, after + 2, reach=1)
    if sentence.word(before) == "to" and sentence.word(before - 1).isdecimal():
        return not int(sentence.word(before - 1)[:9]) % 50 and counted_ahead(sentence, after, reach=1)
    return False


def _is_counted(sentence: Sentence, number: Number) -> bool:
    """Do a hedge before and a plural behind, or a plural of people, show that it counts?"""
    before = sentence.word(number.first - 1)
    if not counted_ahead(sentence, number.last, reach=2):
        return False
    following = sentence.word(number.last)
    hedged = before in ("than", "some", "roughly", "approximately", "least", "nearly", "almost") or (
        before in ("about", "over", "to", "around") and number.value % 50 == 0
    )
    return (hedged and number.value != 2000) or following in _PEOPLE
