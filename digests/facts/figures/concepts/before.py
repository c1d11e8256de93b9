"""The words right before a figure become what it measures: "a net profit of 5", "earnings below 5"."""

from digests.facts.figures.concepts.phrases import is_nounish, phrase_before
from digests.facts.figures.concepts.places import Place, Range
from digests.facts.figures.concepts.subjects import subject_of
from digests.facts.figures.concepts.words import TIMES
from digests.facts.figures.kinds import AGE, COUNT, DURATION, MEASURE, MONEY, PERCENT

_TALLIES = frozenset(
    "total average sum maximum minimum equivalent record number combined mean median".split()
)
_BOUNDS = frozenset(
    "over under above below past beyond exceeding lower higher greater less more topping".split()
)


def bounded(place: Place) -> Range | None:
    """Read "earnings below 12,000", "took crude prices past 50": a noun right before a bound."""
    at, kind = place.draft.hedge, place.draft.kind
    if kind not in (MONEY, PERCENT, MEASURE):
        return None
    if place.sentence.word(at) not in _BOUNDS or at == place.draft.first or at - 1 in place.taken:
        return None
    known = is_nounish(place.sentence, at - 1) and place.sentence.word(at - 1) not in TIMES
    return phrase_before(place, at) if known else None


def linked(place: Place) -> Range | None:
    """Read "a net profit of 5", "boost its output to 5", "sold the house for 5", "a stake worth 5"."""
    sentence, at, kind = place.sentence, place.draft.hedge - 1, place.draft.kind
    while sentence.word(at) in ("a", "an", "another", "some", "only", "just", "as"):
        at -= 1
    link = sentence.word(at)
    if kind in (DURATION, AGE):
        return None
    if link not in ("of", "worth") and (
        kind is COUNT or link not in ("to", "by", "at", "for", "from", "with")
    ):
        return None
    before = sentence.word(at - 1)
    if before == "sale":  # "will go on sale for"
        return subject_of(place, at - 2)
    if at - 1 in place.taken or before in _TALLIES or before in TIMES or not is_nounish(sentence, at - 1):
        return subject_of(place, at - 1) if before in _TALLIES else None
    return phrase_before(place, at)
