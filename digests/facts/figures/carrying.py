"""A figure that lacks a unit, a noun or a trend takes it from the one before."""

from digests.facts.figures.drafts import Draft
from digests.facts.figures.grammar import counted_ahead, is_stop
from digests.facts.figures.kinds import ABOUT, COUNT, DURATION, EXACT, MEASURE, MONEY, PERCENT
from digests.facts.figures.measures import find_rate
from digests.facts.figures.numbers import FRACTION, VAGUE
from digests.facts.figures.tokens import Sentence


def carry_over(sentence: Sentence, previous: Draft, draft: Draft) -> None:
    """Give unit, noun or trend of an earlier figure to one that follows and lacks it."""
    between = sentence.lower[previous.last : draft.hedge]
    if draft.unit is None and _may_carry(sentence, previous, draft, between):
        draft.unit, draft.kind, draft.noun = previous.unit, previous.kind, previous.noun
        if draft.unit in ("person", "man", "woman"):  # "one person and about two dozen others"
            draft.unit = "people"
        find_rate(sentence, draft)
    if draft.trend is None and previous.trend is not None and between in ([",", "or"], ["or"]):
        draft.trend = previous.trend
    if draft.trend is None and previous.trend is not None and between[-1:] == ["by"]:
        draft.trend = previous.trend if draft.kind is previous.kind else None
    if between in (["("], ["/"]) and draft.modifier is EXACT:
        draft.modifier = previous.modifier if previous.modifier is not ABOUT else EXACT
        draft.trend = draft.trend or previous.trend


def _may_carry(sentence: Sentence, previous: Draft, draft: Draft, between: list[str]) -> bool:
    """Carry money and points between levels, shares behind "by", counted nouns to their like."""
    if (
        draft.attributive
        or draft.number.form is VAGUE
        or previous.unit is None
        or len(between) > 12
        or counted_ahead(sentence, draft.last, reach=2)
    ):
        return False
    if previous.kind is COUNT:
        return previous.noun is not None and _counts_the_same(sentence, previous, draft, between)
    if len(between) > 8 or "(" in between or not between:
        return False
    if between[-1] == "and" and sentence.word(draft.last) in ("for", "in", "from", "on"):
        return previous.kind in (
            DURATION,
            MEASURE,
            MONEY,
            PERCENT,
        )
    if previous.unit == "point":
        return between[-1] in ("to", "at", "from")
    if previous.unit == "%":
        return between[-1] in ("by", "from", "than") and draft.value < 100
    return (
        previous.kind is MONEY
        and between[-1] in ("from", "than", "is", "was", "by", "against")
        and "to" not in between[:1]
    )


_SAME_BEFORE = frozenset("including another with than while versus against or only".split())


_SAME_AFTER = frozenset(
    "more who were was have had are remain remained died whom others during in per".split()
)


def _counts_the_same(sentence: Sentence, previous: Draft, draft: Draft, between: list[str]) -> bool:
    if between == ["to"]:  # "52 votes to 41"
        return (previous.unit or "").split()[-1] in ("votes", "seats", "points")
    if draft.value != int(draft.value) or draft.number.form is FRACTION:
        return False
    return (
        between[-1:] == ["with"]
        or between[-2:] in (["up", "from"], ["down", "from"])
        or sentence.word(draft.last) in _SAME_AFTER
        or (sentence.word(draft.last) == "of" and sentence.word(draft.last + 1) in ("which", "whom"))
        or (
            between[-1:] == ["and"]
            and len(between) < 6
            and sentence.word(draft.last) in ("for", "in", "from", "on")
        )
        or (bool(between) and between[-1] in _SAME_BEFORE and is_stop(sentence.word(draft.last)))
    )
