"""A sentence becomes drafts of figures: value, unit, kind, hedge and trend, each with its tokens."""

from collections.abc import Iterator

from digests.facts.figures.ages import find_age
from digests.facts.figures.carrying import carry_over
from digests.facts.figures.counts import count_persons, find_noun
from digests.facts.figures.drafts import Draft
from digests.facts.figures.grammar import is_plural
from digests.facts.figures.hedges import modifier_after, modifier_before, trend
from digests.facts.figures.kinds import AGE, COUNT, DURATION, EXACT, MEASURE, MONEY, PERCENT, RATIO
from digests.facts.figures.measures import find_rate, find_unit
from digests.facts.figures.money import currency_before
from digests.facts.figures.numbers import VAGUE, WORDS, Number, number_at, number_starts
from digests.facts.figures.ranges import is_move, with_ranges
from digests.facts.figures.tokens import Sentence
from digests.facts.figures.traps import is_trap
from digests.model import Modifier

_AMOUNTS = (MONEY, PERCENT, MEASURE, RATIO)


def drafts_of(sentence: Sentence) -> list[Draft]:
    """Return the figures of a sentence in their order."""
    drafts = with_ranges(sentence, _with_units(sentence))
    points = False
    for previous, draft in zip([None, *drafts], drafts, strict=False):
        _hedge(sentence, draft)
        if previous is not None:
            carry_over(sentence, previous, draft)
        if points and draft.unit is None and sentence.word(draft.hedge - 1) in ("to", "at"):
            draft.unit, draft.kind = "point", MEASURE
        points = points or draft.unit == "point"
        if draft.unit is None and not draft.attributive:
            count_persons(sentence, draft)
    return _apart([draft for draft in drafts if not _is_empty(sentence, draft)])


def _numbers(sentence: Sentence) -> Iterator[Number]:
    done = 0
    for index in number_starts(sentence):
        number = number_at(sentence, index) if index >= done else None
        if number is None:
            continue
        if not is_trap(sentence, number):
            yield number
        done = number.last


def _apart(drafts: list[Draft]) -> list[Draft]:
    """Leave out what a unit carried over has swallowed, so that no two figures overlap."""
    kept: list[Draft] = []
    for draft in drafts:
        if not kept or draft.first >= kept[-1].last:
            kept.append(draft)
    return kept


def _with_units(sentence: Sentence) -> list[Draft]:
    drafts: list[Draft] = []
    done = 0
    for number in _numbers(sentence):
        if number.first >= done:  # not the 737 of "15 Boeing 737 planes"
            drafts.append(_with_unit(sentence, number, done=done))
            done = drafts[-1].last
    return drafts


def _with_unit(sentence: Sentence, number: Number, *, done: int) -> Draft:
    """Return the number with its unit; no token before `done` is its own."""
    draft = Draft(sentence, number, number.first, number.last, number.value, number.high)
    _sign(sentence, draft, done=done)
    if currency_before(sentence, draft, done=done):
        find_rate(sentence, draft)
    elif not find_age(sentence, draft) and not find_unit(sentence, draft):
        find_noun(sentence, draft)
    return draft


def _sign(sentence: Sentence, draft: Draft, *, done: int) -> None:
    """Read the minus of "-5 yards" and "minus 387"."""
    before = sentence.word(draft.first - 1) if draft.first > done else ""
    if before == "minus" or (
        before in ("-", "−") and sentence.tight(draft.first) and _opens(sentence, draft.first - 1)
    ):
        draft.value = -draft.value
        draft.first -= 1


def _opens(sentence: Sentence, index: int) -> bool:
    return not sentence.tight(index) or sentence.word(index - 1) == "("


def _hedge(sentence: Sentence, draft: Draft) -> None:
    draft.modifier, draft.hedge = modifier_before(sentence, draft.first)
    if draft.kind is DURATION and _is_during(sentence, draft):
        draft.modifier = EXACT
    if draft.modifier is EXACT:
        draft.modifier = _after(sentence, draft)
    amount = draft.kind in _AMOUNTS
    if draft.kind not in (AGE, DURATION) and not _is_times(draft):
        draft.moved = is_move(sentence, draft)
        draft.trend = trend(sentence, draft.hedge, draft.last, amount=amount)


def _is_times(draft: Draft) -> bool:
    """Is it how often, or how many times as much ("went up five times")?"""
    return draft.unit == "time" and not draft.sentence.lower[draft.first].endswith("fold")


def _is_during(sentence: Sentence, draft: Draft) -> bool:
    """Is "over 4 years" the time in which something went on, not more than 4 years?"""
    if sentence.word(draft.hedge) != "over" or draft.hedge + 1 != draft.first:
        return False
    return sentence.word(draft.hedge - 1) not in _LASTING


_LASTING = frozenset("for of a just well after lasted took spent with is was than in from to been by".split())


def _after(sentence: Sentence, draft: Draft) -> Modifier:
    found = modifier_after(sentence, draft.number.last)
    return modifier_after(sentence, draft.last) if found is EXACT else found


def _is_empty(sentence: Sentence, draft: Draft) -> bool:
    """Is it a figure of nothing (a bare "one", "a half"), or a date in disguise ("four years ago")?"""
    if draft.kind is DURATION and sentence.word(draft.last) == "ago":
        return True
    if draft.value == 0 and draft.number.form is WORDS and draft.kind is COUNT:
        return not is_plural(sentence.word(draft.last - 1))  # "zero tolerance"
    if draft.unit is None and draft.number.form is WORDS and draft.number.magnitude is None:
        return (
            draft.value < 2
            or draft.attributive
            or sentence.word(draft.first - 1) in ("the", "these", "all", "in")
        )
    if draft.unit is None and draft.number.form is VAGUE:
        return True
    return draft.unit is None and draft.attributive
