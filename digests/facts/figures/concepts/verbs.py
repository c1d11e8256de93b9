"""The words around a figure become its clause: where its verb is, and how far it goes."""

from digests.facts.figures import lexicon
from digests.facts.figures.concepts.places import Place, Range
from digests.facts.figures.concepts.trimming import LONGEST
from digests.facts.figures.concepts.words import BREAKS, LINKS, REACH, WHO
from digests.facts.figures.grammar import is_adverb, is_finite, is_plural, is_stop
from digests.facts.figures.tokens import Sentence

_CLAUSE_ENDS = frozenset(";:—“")
_BEFORE_A_CLAUSE = frozenset("that while but said when because ; found".split())


def verb_before(place: Place, index: int) -> int | None:
    """Return the nearest verb before the token `index`, in the same clause."""
    for at in range(index - 1, max(index - REACH, -1), -1):
        if at in place.taken:
            continue
        if place.sentence.lower[at] in _CLAUSE_ENDS:
            return None
        if _is_verb(place, at):
            return at
    return None


def verb_start(sentence: Sentence, verb: int) -> int:
    """Return the first token of the verb `verb` with all its auxiliaries: "may" of "may soon have lost"."""
    end = verb
    while end > 0 and _leads_verb(sentence, end - 1, verb=verb):
        end -= 1
    return end


def main_verb(sentence: Sentence, verb: int, *, end: int) -> str:
    """Return "cut" of "will cut", "scored" of "has scored" and "recalling" of "is recalling"."""
    lower = sentence.lower
    if lower[verb] in lexicon.AUXILIARIES:
        for at in range(verb + 1, end):
            if lower[at] in lexicon.BASE or lower[at] in lexicon.PARTICIPLES or lower[at].endswith("ing"):
                return lower[at]
    return lower[verb]


def is_clear(place: Place, verb: int, *, end: int) -> bool:
    """Is there no other figure, break or link from the verb to the token `end`?"""
    lower = place.sentence.lower
    return not any(at in place.taken or lower[at] in BREAKS or lower[at] in LINKS for at in range(verb, end))


def past_auxiliaries(sentence: Sentence, at: int) -> int:
    """Return the token behind "were", "who have just been" and the like; `at` where there is none."""
    start, lower = at, sentence.lower
    while at < len(lower) and (
        lower[at] in lexicon.AUXILIARIES
        or lower[at] in WHO
        or lower[at] in lexicon.ADVERBS
        or (at > start and is_adverb(lower[at]))
    ):
        at += 1
    return at


def opens_clause(place: Place) -> bool:
    """Is the figure the first of its clause?"""
    return place.draft.hedge == 0 or place.sentence.word(place.draft.hedge - 1) in _BEFORE_A_CLAUSE


def clause_from(place: Place, start: int) -> Range:
    """Return the clause from `start` up to a break, as far as a phrase can be long."""
    sentence, at = place.sentence, start
    while at < min(start + LONGEST + 2, sentence.size):
        word = sentence.lower[at]
        if (
            word in BREAKS
            or word in (".", "but", "while")
            or (word == "and" and (at + 1 in place.taken or is_finite(sentence.word(at + 1))))
        ):
            break
        at += 1
    return start, at


def _is_verb(place: Place, at: int) -> bool:
    sentence, word = place.sentence, place.sentence.lower[at]
    if is_finite(word) and not (at > 0 and sentence.words[at][:1].isupper()):
        return True
    if word in lexicon.AMBIGUOUS and _is_verb_by_place(place, at):
        return True
    is_base, is_past = word in lexicon.BASE, word.endswith("ed") and len(word) > 4
    if not (is_base or is_past) or not (is_stop(sentence.word(at + 1)) or at + 1 in place.taken):
        return False
    before = sentence.word(at - 1)
    return (is_base and is_plural(before)) or (is_past and (not is_stop(before) or before in WHO))


def _is_verb_by_place(place: Place, at: int) -> bool:
    """Is what can be a noun as well, as "costs", a verb where it stands?"""
    sentence = place.sentence
    if sentence.word(at - 1) in WHO and (at + 1 == place.draft.hedge or at + 1 in place.taken):
        return True  # "a sensor that costs $11"
    if at == 0 or is_stop(sentence.lower[at - 1]):
        return False
    return (
        is_stop(sentence.word(at + 1)) and sentence.word(at + 1) not in ("of", "and", ",", ".")
    ) or at + 1 in place.taken


def _leads_verb(sentence: Sentence, at: int, *, verb: int) -> bool:
    """Is the token `at` an auxiliary or an adverb that belongs to the verb behind it?"""
    word = sentence.lower[at]
    if at > 0 and sentence.words[at][:1].isupper():
        return False
    return (
        is_finite(word)
        or word in lexicon.ADVERBS
        or word == "to"
        or is_adverb(word)
        or (word == "than" and sentence.word(at - 1) in ("more", "less"))
        or (at < verb - 1 and word in lexicon.PARTICIPLES)
    )
