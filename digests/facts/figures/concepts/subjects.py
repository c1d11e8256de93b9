"""A figure's place becomes the subject of its clause: "Nvidia" of "Nvidia advanced 8 %"."""

from digests.facts.figures import lexicon
from digests.facts.figures.concepts.phrases import before_openers, figure_before, is_nounish, phrase_before
from digests.facts.figures.concepts.places import Place, Range
from digests.facts.figures.concepts.trimming import LONGEST
from digests.facts.figures.concepts.verbs import verb_before, verb_start
from digests.facts.figures.concepts.words import BREAKS, LINKS, PRONOUNS, TIMES, WHO
from digests.facts.figures.grammar import is_finite
from digests.facts.figures.tokens import Sentence

_LOOSE = LINKS | frozenset(": , ( a an the and".split())
_NO_SUBJECTS = PRONOUNS - WHO
_SAYS = frozenset("said says say told tells tell".split())
_TELLING = _SAYS | frozenset(
    "reported reports showed shows found finds estimated estimates expects "
    "expected warned warns believes believed announced predicted forecast".split()
)
_OPENING_MARKS, _CLOSING_MARKS = frozenset(('"', "“", "‘", "(")), frozenset(('"', "”", "’", ")"))


def subject_of(place: Place, before: int) -> Range | None:
    """Return whose clause the figure stands in: "Nvidia" of "Nvidia advanced 8 %"."""
    verb = verb_before(place, before)
    for turn in range(4):
        if verb is None:
            return phrase_before(place, without_link(place.sentence, before))
        if place.sentence.lower[verb] in _SAYS:
            return None  # who says it is not what it measures
        end = verb_start(place.sentence, verb)
        if place.sentence.word(end - 1) in _NO_SUBJECTS or end == 0:
            verb = verb_before(place, end - 1)
            if verb is None:
                return None
            continue
        found = phrase_before(place, _past_relative(place.sentence, end)) or (
            figure_before(place, end) if turn == 0 else None
        )
        if found is not None and turn > 0 and place.sentence.word(found[0] - 1) in ("that", "which"):
            found = phrase_before(place, found[0] - 1) or found  # "the surge that the storm drove ashore"
        if found is not None:
            return _head(place, found)
        verb = verb_before(place, end - 1)
        if verb is None:
            return None
    return None


def without_link(sentence: Sentence, at: int) -> int:
    """Return the end of what stands before the links and articles that end before the token `at`."""
    while at > 0 and sentence.lower[at - 1] in _LOOSE:
        at -= 1
    return at


def _past_relative(sentence: Sentence, end: int) -> int:
    """Return the end of what stands before ", who" or an insertion in commas or brackets."""
    if sentence.word(end - 1) in WHO:
        end -= 1
        if sentence.word(end - 1) == ",":
            end -= 1
        return end
    if sentence.word(end - 1) in (",", ")"):
        opening = "," if sentence.word(end - 1) == "," else "("
        for at in range(end - 2, max(end - 16, 0), -1):
            if sentence.lower[at] == opening:
                return at
        return end - 1
    return end


def _head(place: Place, found: Range) -> Range:
    """Return "death toll" of "the death toll from a fire off the isle": not the last thing hung on it."""
    for _ in range(4):
        outer = _outer(place, before_openers(place.sentence, found[0]))
        if outer is None:
            return found
        found = outer
    return found


def _outer(place: Place, start: int) -> Range | None:
    """Return the phrase that the one at `start` hangs on by a preposition or a relative clause."""
    sentence, at = place.sentence, start - 1
    if sentence.word(at) in lexicon.PREPOSITIONS:
        if sentence.word(at - 1) in _CLOSING_MARKS:
            opening = _opening_mark(sentence, at - 1)
            return phrase_before(place, opening) if opening is not None else None
        if is_nounish(sentence, at - 1) and at - 1 not in place.taken and sentence.word(at - 1) not in TIMES:
            return phrase_before(place, at)
        at -= 1
    return _antecedent(place, at) if is_finite(sentence.word(at)) else None


def _opening_mark(sentence: Sentence, closing: int) -> int | None:
    for at in range(closing - 1, max(closing - LONGEST, -1), -1):
        if sentence.lower[at] in _OPENING_MARKS:
            return at
    return None


def _antecedent(place: Place, verb: int) -> Range | None:
    """Return "surge" of "the surge that the storm pushed", where `verb` is "pushed"."""
    sentence = place.sentence
    if sentence.lower[verb] in _TELLING:
        return None
    for at in range(verb - 1, max(verb - LONGEST, 0), -1):
        word = sentence.lower[at]
        if word in ("that", "which", "who"):
            known = is_nounish(sentence, at - 1) and at - 1 not in place.taken
            return phrase_before(place, at) if known else None
        if word in BREAKS or is_finite(word):
            return None
    return None
