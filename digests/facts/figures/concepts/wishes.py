"""Verbs of asking become whose wish a figure was: "the union had asked for 5 %"."""

from digests.facts.figures.concepts.phrases import before_openers, past_openers, phrase_before
from digests.facts.figures.concepts.places import Place, Range
from digests.facts.figures.concepts.trimming import LONGEST, trimmed
from digests.facts.figures.concepts.verbs import verb_start
from digests.facts.figures.concepts.words import ASKS, BREAKS, LINKS, PRONOUNS

_WANTS = frozenset(
    "sought requested wanted needed demanded expected predicted forecast promised pledged required".split()
)
_ENDS_THE_WISH = BREAKS | PRONOUNS | (LINKS - {"of"})


def asked(place: Place) -> str | None:
    """Read "the union had asked for 5 %": who asked, and that it was only asked for."""
    sentence = place.sentence
    end = before_openers(sentence, place.draft.hedge)
    if sentence.word(end - 1) != "for" or sentence.word(end - 2) not in ASKS:
        return None
    start = verb_start(sentence, end - 2)
    found = phrase_before(place, start)
    if found is None or found[1] != start:
        return None
    return " ".join([*trimmed(sentence, (found[0], end - 1))[: LONGEST - 1], "for"])


def wanted(place: Place) -> Range | None:
    """Read "the 5 % that the union had asked for" behind the figure."""
    sentence, at = place.sentence, place.draft.last
    if sentence.word(at) in ("that", "which"):
        at += 1
    at = past_openers(sentence, at)
    for verb in range(at + 1, min(at + LONGEST - 1, sentence.size)):
        word = sentence.lower[verb]
        if word in ASKS and sentence.word(verb + 1) == "for":
            return at, verb + 2
        if word in _WANTS:
            return at, verb + 1
        if word in _ENDS_THE_WISH:
            return None
    return None
