"""A number turns out to be somebody's age."""

from digests.facts.figures import lexicon
from digests.facts.figures.drafts import DASHES, Draft
from digests.facts.figures.numbers import Form
from digests.facts.figures.tokens import Sentence
from digests.model import FigureKind

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
    draft.unit, draft.kind, draft.last = unit, FigureKind.AGE, last
    return True


def _is_under_age(sentence: Sentence, draft: Draft) -> bool:
    """Is it the 5 of "under the age of 5 years"?"""
    return sentence.word(draft.first - 1) == "of" and sentence.word(draft.first - 2) == "age"


def _is_bare_age(sentence: Sentence, draft: Draft) -> bool:
    number, before, after = draft.number, sentence.word(draft.first - 1), sentence.word(draft.last)
    if (
        number.form not in (Form.DIGITS, Form.WORDS)
        or number.magnitude
        or not 0 < draft.value < 121
        or not number.plain
    ):
        return False
    if before in ("aged", "age", "ages"):
        return True
    if before == "from" and sentence.word(draft.first - 2) == "age":
        return True
    if (
        before in ("under", "over")
        and sentence.word(draft.first - 2) in _AGED
        and after in (",", ".", "", "who")
    ):
        return True
    if before in ("and", "to") and sentence.word(draft.first - 3) in ("aged", "ages"):
        return True
    if before == "of" and sentence.word(draft.first - 2) in ("age", "ages"):
        return True
    if number.form is not Form.DIGITS:
        return False
    if before == "," and after == "," and sentence.word(draft.first - 3) in ("jr", "sr"):
        return True
    if before == "," and after in (",", ".", "") and (sentence.raw(draft.first - 2)[:1].isupper()):
        return (
            draft.value > 3
            and not sentence.raw(draft.first - 2).isupper()
            and sentence.word(draft.first - 2) not in lexicon.MONTHS
        )
    if before == "(" and after == ")" and sentence.raw(draft.first - 2)[:1].isupper():
        return draft.value > 9
    if draft.value > 9 and after == "," and before in ("both", "now"):
        return True
    if draft.value > 3 and before == "," and after == "," and sentence.word(draft.first - 2) in _AGED_ONE:
        return True
    return _turns(sentence, draft, before, after)


_AGED_ONE = frozenset(
    "man woman boy girl boyfriend girlfriend student teenager driver suspect mother father son daughter "
    "husband wife brother sister teacher officer pilot victim singer actor actress player".split()
)


_AGED = frozenset(
    "those people children anyone adults women men kids everyone half boys girls teenagers".split()
)


def _turns(sentence: Sentence, draft: Draft, before: str, after: str) -> bool:
    """Read "who was 10.", "he will be 35 by", "she turned 40 on"."""
    if before not in _BE or (after not in (".", ",", "", "when", "at", "by", "on", "and")):
        return False
    subject = sentence.word(draft.first - 2)
    if after in ("when", ",") and draft.value > 9 and sentence.raw(draft.first - 2)[:1].isupper():
        return True
    if subject in ("will", "would", "just", "has"):
        subject = sentence.word(draft.first - 3)
    return subject in ("he", "she", "who", "i")


_BE = frozenset("be was is turned turns turning were".split())
