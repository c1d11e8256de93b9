"""The words right behind a figure become what it measures: "60 % of its value", "a $5 contract"."""

from digests.facts.figures import lexicon
from digests.facts.figures.concepts.phrases import is_verb_behind, link_holds, phrase_from
from digests.facts.figures.concepts.places import Place, Range
from digests.facts.figures.concepts.verbs import clause_from, opens_clause
from digests.facts.figures.concepts.words import DIMENSIONS, LINKS, NEAR_TIMES, OPENERS, PRONOUNS, TIMES
from digests.facts.figures.drafts import DASHES
from digests.facts.figures.grammar import is_stop
from digests.facts.figures.kinds import COUNT, DURATION, MEASURE, MONEY, PERCENT, RATIO
from digests.facts.figures.numbers import DIGITS, SHARE

_UNSAID = PRONOUNS - OPENERS
_COMPASS = frozenset("north south east west northeast northwest southeast southwest away off".split())


def right_behind(place: Place) -> Range | None:
    """Return the phrase that the figure itself is part of: the surest of all."""
    return _of_what(place) or _in_what(place) or _modified(place)


def spent(place: Place) -> Range | None:
    """Read "eight months in jail for smuggling" with its link, "for nine years the mayor"."""
    sentence, at = place.sentence, place.draft.last
    if place.draft.kind is not DURATION:
        return None
    if sentence.word(at) in ("the", "a", "an"):
        return phrase_from(place, at + 1) if sentence.word(place.draft.hedge - 1) == "for" else None
    if sentence.word(at) not in ("in", "of", "behind", "on") or not link_holds(place, at):
        return None
    found = phrase_from(place, at + 1)
    return None if found is None else (at, found[1])


def beside(place: Place) -> Range | None:
    """Read "15 kilometres north of the border"."""
    sentence, at = place.sentence, place.draft.last
    if place.draft.kind is not MEASURE or sentence.word(at) not in _COMPASS:
        return None
    found = phrase_from(place, at + 2) if sentence.word(at + 1) in ("of", "from") else None
    return None if found is None else (at, found[1])


def linked_behind(place: Place) -> Range | None:
    """Read "fell 5 % on the exchange", where nothing better is told."""
    if place.sentence.word(place.draft.last) in LINKS and link_holds(place, place.draft.last):
        return phrase_from(place, place.draft.last + 1)
    return None


def _of_what(place: Place) -> Range | None:
    """Read "60 % of its market cap", "$250 million worth of weapons"."""
    sentence, at = place.sentence, place.draft.last
    if sentence.word(at) in DASHES and sentence.word(at + 1) == "worth":
        at += 1
    if sentence.word(at) == "worth":
        at += 1
    if sentence.word(at) != "of" or sentence.word(at + 1) in _UNSAID:
        return None
    if place.draft.kind is DURATION and sentence.word(at + 1) in ("the", "this"):
        return None
    found = phrase_from(place, at + 1)
    if found is None or place.draft.kind not in (PERCENT, RATIO):
        return found
    if place.draft.number.form is SHARE or not opens_clause(place) or not is_verb_behind(sentence, found[1]):
        return found
    return clause_from(place, found[0])  # "two-thirds of residents oppose the dam"


def _in_what(place: Place) -> Range | None:
    """Read "$8.9 million in damages": what the money is, not where."""
    sentence, at = place.sentence, place.draft.last
    if place.draft.kind is not MONEY or sentence.word(at) != "in":
        return None
    word = sentence.word(at + 1)
    if is_stop(word) or sentence.raw(at + 1)[:1].isupper() or word in TIMES or word in NEAR_TIMES:
        return None
    return phrase_from(place, at + 1) if word[:1].isalpha() and link_holds(place, at) else None


def _modified(place: Place) -> Range | None:
    """Read "a $150,000 contract with a broadcaster", "a 75 percent increase in usage"."""
    sentence, at = place.sentence, place.draft.last
    if place.draft.kind is COUNT and not place.draft.attributive:
        return None
    if sentence.word(at) == "(" and sentence.word(at + 3) == ")":  # "$168m (£89m) settlement"
        at += 4
    while sentence.word(at) in DASHES and sentence.tight(at):
        at += 1
    word = sentence.word(at)
    if (
        is_stop(word)
        or word in lexicon.PRESENT
        or word[:1].isdecimal()
        or word.endswith("ly")
        or at in place.taken
    ):
        return None
    if word in TIMES or word in NEAR_TIMES or word in DIMENSIONS or word in lexicon.AMBIGUOUS:
        return None
    done = word in lexicon.PAST or word in lexicon.PARTICIPLES or word.endswith("ed")
    if done and (place.draft.number.form is not DIGITS or is_stop(sentence.word(at + 1))):
        return None
    return phrase_from(place, at)
