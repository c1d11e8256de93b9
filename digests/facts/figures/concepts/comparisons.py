"""Two figures become one thing said twice, or one that another thing is held against."""

from digests.facts.figures.concepts.phrases import before_openers
from digests.facts.figures.concepts.places import Place
from digests.facts.figures.drafts import Draft
from digests.facts.figures.hedges import is_topic
from digests.facts.figures.kinds import COUNT, MEASURE, MONEY, PERCENT

_AGAIN = (
    ["or"],
    ["and"],
    ["at"],
    ["up", "from"],
    ["down", "from"],
    ["compared", "with"],
    ["compared", "to"],
)
_AGAINST = (["short", "of"], ["instead", "of"], ["rather", "than"], ["compared", "with"], ["compared", "to"])


def repeats(previous: Draft, draft: Draft) -> bool:
    """Does the figure say the same thing again: "$5 (£4)", "or 8 %", "3 % to 5,321", "to 5 from 4"?"""
    between = draft.sentence.lower[previous.last : draft.hedge]
    if not between or len(between) > 6:
        return False
    if between[0] == "(":
        return len(between) < 3 and not draft.attributive
    if draft.kind is COUNT and draft.noun is not None and previous.unit != draft.unit:
        return False
    if between[0] in ("from", "to") and len(between) == 1:
        return True
    if between[-1] == "than" or between[-2:] == ["than", "the"]:  # "a loss of 5, narrower than the 8"
        return draft.kind is previous.kind
    words = [word for word in between if word not in (",", ")", "the")]
    return words in _AGAIN


def compares(previous: Draft, draft: Draft) -> bool:
    """Does the share say how the amount before has changed: "84,000 tickets, 11 % more than"?"""
    return (
        draft.kind is PERCENT
        and previous.kind in (COUNT, MONEY, MEASURE)
        and draft.sentence.lower[previous.last : draft.hedge] == [","]
        and draft.sentence.word(draft.last) in ("more", "fewer", "less", "up", "down", "higher", "lower")
    )


def is_held_against(place: Place) -> bool:
    """Is it only what something else is compared with: "short of the 5", "below the 5", "a row over 5"?

    Then the subject of the sentence is the other thing.
    """
    sentence = place.sentence
    at = before_openers(sentence, place.draft.hedge)
    if sentence.lower[max(0, at - 3) : at] == ["in", "front", "of"]:
        return True
    if at < place.draft.hedge and sentence.word(at - 1) in ("below", "above", "than"):
        return True
    return sentence.lower[max(0, at - 2) : at] in _AGAINST or is_topic(sentence, at - 1)
