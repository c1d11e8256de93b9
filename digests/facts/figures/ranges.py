"""Two figures side by side become one with both ends: "10 to 12 billion", "between 5 and 7 %"."""

from digests.facts.figures.drafts import DASHES, Draft
from digests.facts.figures.hedges import is_movement, trend
from digests.facts.figures.kinds import COUNT, MONEY, PERCENT
from digests.facts.figures.numbers import DIGITS, WORDS
from digests.facts.figures.tokens import Sentence


def with_ranges(sentence: Sentence, drafts: list[Draft]) -> list[Draft]:
    merged: list[Draft] = []
    for draft in drafts:
        if (
            merged
            and merged[-1].high is None
            and draft.high is None
            and _is_range(sentence, merged[-1], draft)
        ):
            merged[-1] = _joined(merged[-1], draft)
        else:
            merged.append(draft)
    for at in range(len(merged) - 1, 0, -1):  # from the right: "30, 60, even 90 days"
        _share_unit(sentence, merged[at - 1], merged[at])
    return merged


def is_move(sentence: Sentence, draft: Draft) -> bool:
    """Are the two ends what was and what is ("fell from 9 to 6"), not those of a range?"""
    if draft.high is None or sentence.word(draft.first - 1) != "from":
        return False
    words = sentence.lower[max(0, draft.first - _MOVEMENT_REACH) : draft.first]
    return draft.value > draft.high or any(is_movement(word) for word in words)


_MOVEMENT_REACH = 8  # tokens between a verb and its amounts


def _is_range(sentence: Sentence, left: Draft, right: Draft) -> bool:
    between = [word for word in _between(sentence, left, right) if word not in _SOFT]
    if not _can_pair(left, right):
        return False
    opener = _opener(sentence, left)
    if between == ["and"]:
        return opener == "between"
    if opener == "from" and between[-1:] == ["to"] and len(between) < 4 and left.kind is not COUNT:
        return "," not in between
    if between == ["-", "to"]:
        between = ["to"]
    if between in (["to"], ["up", "to"], ["-", "to"], ["to", "-"]):
        if opener in ("from", "between"):
            return True
        return between == ["to"] and _is_plain_to(sentence, left, right)
    if len(between) == 1 and between[0] in DASHES:
        dash_tight = sentence.tight(left.last) == sentence.tight(right.first)
        return (between[0] != "—") and dash_tight and left.value < right.value * (right.number.magnitude or 1)
    return False


def _between(sentence: Sentence, left: Draft, right: Draft) -> list[str]:
    if right.first - left.last > 4:
        return ["far"]
    return sentence.lower[left.last : right.first]


_SOFT = frozenset(
    ("about", "around", "roughly", "nearly", "approximately", "almost", "over", "just", "under")
)


def _can_pair(left: Draft, right: Draft) -> bool:
    if left.kind is PERCENT and right.unit is None:
        return False  # "firmed 0.6% to 11.42"
    if left.unit is None or left.unit == right.unit or left.kind is right.kind is COUNT:
        return left.unit is None or right.unit is None or left.kind is not COUNT or _same_noun(left, right)
    if right.unit is None or (left.unit == "m" and right.kind is MONEY):
        return right.number.form is DIGITS or right.number.form is WORDS
    return (
        (left.kind is MONEY and right.unit.startswith(left.unit + "/"))
        or right.unit.startswith(f"{left.unit}/")
        or (left.unit.startswith(f"{right.unit}/"))
    )


def _same_noun(left: Draft, right: Draft) -> bool:
    return left.unit == right.unit or (left.unit or "").split()[-1:] == (right.unit or "").split()[-1:]


def _opener(sentence: Sentence, left: Draft) -> str:
    at = left.first - 1
    for _ in range(3):
        word = sentence.word(at)
        if word in ("from", "between"):
            return word
        if word not in _SOFT and word not in ("a", "an", "as", "some"):
            return ""
        at -= 1
    return ""


def _is_plain_to(sentence: Sentence, left: Draft, right: Draft) -> bool:
    """Is "5 to 7 %" a range, and "rose 5 % to 7 %" none?"""
    if left.unit is None and right.unit is None and trend(sentence, left.first, left.last, amount=True):
        return False
    if left.unit is None or (left.kind is COUNT and left.noun is None):
        return left.value <= right.value or right.number.magnitude is not None
    if left.unit == "people" or left.kind is COUNT:
        return False
    before = sentence.lower[max(0, left.first - 6) : left.first]  # "cut its fee 0.5% to 3%"
    return left.value < right.value and not any(is_movement(word) for word in before)


def _joined(left: Draft, right: Draft) -> Draft:
    _share_magnitude(left, right)
    left.high, left.last = right.value, right.last
    if left.unit is None or (right.unit is not None and "/" in right.unit):
        left.unit, left.kind, left.noun = right.unit, right.kind, right.noun
    left.attributive = right.attributive
    left.number.last = right.number.last
    return left


def _share_magnitude(left: Draft, right: Draft) -> None:
    """Read "10 and 12 billion" as billions both, but "$500,000 to $1 million" as written."""
    factor = right.number.magnitude
    if (
        factor is not None
        and left.number.magnitude is None
        and left.value < 1000
        and right.value / factor < 10_000
    ):
        left.value *= factor


def _share_unit(sentence: Sentence, left: Draft, right: Draft) -> None:
    """Give "7" its unit in "7- or 8-inch" and "8 or $9"."""
    if left.unit is not None or right.unit is None:
        return
    between = [word for word in _between(sentence, left, right) if word not in _SOFT and word not in DASHES]
    if between in (
        ["or"],
        ["and"],
        ["to"],
        ["out", "of", "the"],
        ["of", "the"],
        ["of"],
        ["or", "even"],
        [","],
        ["x"],
        ["×"],
    ):
        left.unit, left.kind = right.unit, right.kind
