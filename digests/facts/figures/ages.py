"""A number turns out to be somebody's age."""

from digests.facts.figures import lexicon
from digests.facts.figures.drafts import DASHES, Draft
from digests.facts.figures.grammar import is_stop
from digests.facts.figures.kinds import AGE
from digests.facts.figures.numbers import DIGITS, WORDS
from digests.facts.figures.tokens import Sentence

_AGE_UNITS = {
    "year": "year_old",
    "month": "month_of_age",
    "week": "week_of_age",
    "day": "day_of_age",
    "hour": "hour_of_age",
}


_AGE_SINGULAR = (
    {plural + "s": plural for plural in _AGE_UNITS} | {unit: unit for unit in _AGE_UNITS} | {"yr": "year"}
)


def find_age(sentence: Sentence, draft: Draft) -> bool:
    """Read "45-year-old", "3 years of age", "aged 25", "Lopez, 34, said"."""
    at = draft.last
    while sentence.word(at) in DASHES:
        at += 1
    unit = _AGE_SINGULAR.get(sentence.word(at))
    if unit is not None:
        end = at + 1
        while sentence.word(end) in DASHES:
            end += 1
        if sentence.word(end) in ("old", "olds"):
            return _set_age(draft, _AGE_UNITS[unit], end + 1)
        if sentence.word(end) == "of" and sentence.word(end + 1) == "age":
            return _set_age(draft, _AGE_UNITS[unit], end + 2)
        return _is_under_age(sentence, draft) and _set_age(draft, _AGE_UNITS[unit], end)
    if sentence.word(draft.last) == "yo":
        return _set_age(draft, "year_old", draft.last + 1)
    return _is_bare_age(sentence, draft) and _set_age(draft, "year_old", draft.last)


def _set_age(draft: Draft, unit: str, last: int) -> bool:
    draft.unit, draft.kind, draft.last = unit, AGE, last
    return True


def _is_under_age(sentence: Sentence, draft: Draft) -> bool:
    """Is it the 5 of "under the age of 5 years"?"""
    return sentence.word(draft.first - 1) == "of" and sentence.word(draft.first - 2) == "age"


def _is_bare_age(sentence: Sentence, draft: Draft) -> bool:
    number = draft.number
    if number.form not in (DIGITS, WORDS) or not number.plain or not 0 < draft.value < 121:
        return False
    if _is_called_age(sentence, draft):
        return True
    return number.form is DIGITS and (_stands_apart(sentence, draft) or _turns(sentence, draft))


def _is_called_age(sentence: Sentence, draft: Draft) -> bool:
    """Read "aged 25", "at the age of 25", "aged 21 and 25", "those under 35"."""
    before, second = sentence.word(draft.first - 1), sentence.word(draft.first - 2)
    if before in ("from", "between") and "ages" in sentence.lower[max(0, draft.first - 5) : draft.first]:
        return True
    if before in ("aged", "age", "ages") or (before in ("of", "from") and second in ("age", "ages")):
        return True
    if before in ("under", "over") and second in _AGED:
        return sentence.word(draft.last) in (",", ".", "", "who")
    at = draft.first - 1
    while at > draft.first - 7 and (
        sentence.word(at) in (",", "and", "to", "or", "-", "–") or sentence.word(at).isdecimal()
    ):
        at -= 1
    return at < draft.first - 1 and sentence.word(at) in ("aged", "ages")


_AGED = frozenset(
    "those people children anyone adults women men kids everyone half boys girls teenagers".split()
)


def _stands_apart(sentence: Sentence, draft: Draft) -> bool:
    """Read "Lopez, 34, said", "Mr Collins (57)", "the driver, 50, denied", "now 17,"."""
    before, after = sentence.word(draft.first - 1), sentence.word(draft.last)
    name = sentence.raw(draft.first - 2)
    if before == "(" and after == ")":
        return name[:1].isupper() and draft.value > 9
    if before == "," and after == "," and sentence.word(draft.first - 3) in ("jr", "sr"):
        return True
    if before == "," and after in _ENDS and name[:1].isupper():
        return draft.value > 3 and not name.isupper() and name.lower() not in lexicon.MONTHS
    if before == "," and after == "," and name in _AGED_ONE:
        return draft.value > 3
    return draft.value > 9 and after == "," and before in ("both", "now")


_ENDS = frozenset(("", *", . ; - – — )".split()))
_AGED_ONE = frozenset(
    "man woman boy girl boyfriend girlfriend student teenager driver suspect mother father son daughter "
    "husband wife brother sister teacher officer pilot victim singer actor actress player".split()
)


def _turns(sentence: Sentence, draft: Draft) -> bool:
    """Read "who was 10.", "he will be 35 by", "she turned 40 on"."""
    before, after = sentence.word(draft.first - 1), sentence.word(draft.last)
    if before in ("turn", "turns", "turned", "turning") and is_stop(after):
        return draft.value > 9
    if before not in _BE or (after not in (".", ",", "", "when", "until", "at", "by", "on", "and")):
        return False
    subject = sentence.word(draft.first - 2)
    if after in ("when", ",") and draft.value > 9 and sentence.raw(draft.first - 2)[:1].isupper():
        return True
    if subject in ("will", "would", "just", "has"):
        subject = sentence.word(draft.first - 3)
    return subject in ("he", "she", "who", "i")


_BE = frozenset("be was is turned turns turning were".split())
