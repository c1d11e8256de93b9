"""Verbs around a figure become what was done: "police seized 5", "5 were killed when a bus plunged"."""

from digests.facts.figures import lexicon
from digests.facts.figures.concepts.phrases import before_openers, link_holds, phrase_before, phrase_from
from digests.facts.figures.concepts.places import Place, Range
from digests.facts.figures.concepts.subjects import subject_of, without_link
from digests.facts.figures.concepts.trimming import LONGEST, trimmed
from digests.facts.figures.concepts.verbs import (
    clause_from,
    is_clear,
    main_verb,
    opens_clause,
    past_auxiliaries,
    verb_before,
    verb_start,
)
from digests.facts.figures.concepts.words import LINKS, OPENERS
from digests.facts.figures.grammar import is_finite, is_stop
from digests.facts.figures.hedges import is_movement
from digests.facts.figures.kinds import COUNT, MEASURE, MONEY, PERCENT, RATIO

_STATES = lexicon.AUXILIARIES | frozenset(
    "cost costs costing reach reached reaches total totaled totalled stand stands stood remain remains "
    "remained range ranges ranged include includes included say says said report reports reported "
    "settle settled close closed open opened become became weigh weighs weighed measure measures "
    "measured last lasted average averaged leave leaves left hit hits post posted posts trade traded "
    "estimate estimated expect expected forecast".split()
)
_DONE_TO = (COUNT, MONEY, MEASURE)


def passive(place: Place) -> str | None:
    """Read "at which $5 million was collected": what was done with the money, and where."""
    sentence, at = place.sentence, place.draft.last
    if place.draft.kind is not MONEY or place.draft.attributive:
        return None
    at_which = sentence.word(place.draft.hedge - 1) == "which"
    if not (at_which or opens_clause(place)) or sentence.word(at) not in lexicon.AUXILIARIES:
        return None
    verb = past_auxiliaries(sentence, at)
    if sentence.word(verb) not in lexicon.PARTICIPLES and not sentence.word(verb).endswith("ed"):
        return None
    words = trimmed(sentence, clause_from(place, verb))
    where = _where(place) if at_which else []
    if where and len(where) + len(words) <= LONGEST:
        return f"{' '.join(words)}, {' '.join(where)}"
    return " ".join(words) or None


def predicate(place: Place) -> Range | None:
    """Read "killed when a bus plunged", "arrested at the border" behind what is counted."""
    sentence, at = place.sentence, place.draft.last
    if place.draft.kind in (PERCENT, RATIO):
        return clause_from(place, at) if opens_clause(place) and is_finite(sentence.word(at)) else None
    if place.draft.kind is not COUNT or place.draft.attributive:
        return None
    if place.draft.noun is not None:  # "three of the 40 hostages"
        at = max(at, place.draft.noun[1])
    verb = past_auxiliaries(sentence, at)
    return _complement(place, verb) if verb > at else _bare_verb(place, at)


def deed(place: Place) -> Range | None:
    """Read "police seized", "the court fined the brewery": who did what, right up to the figure."""
    sentence, end = place.sentence, place.draft.hedge
    if place.draft.kind not in _DONE_TO or place.draft.attributive:
        return None
    while sentence.word(end - 1) in OPENERS or sentence.word(end - 1) in ("record", "only", "just"):
        end -= 1
    verb = verb_before(place, end)
    if verb is None:
        return None
    start, main = verb_start(sentence, verb), main_verb(sentence, verb, end=end)
    found = phrase_before(place, start)
    if found is None or found[1] != start or end - found[0] > LONGEST:
        return None
    if main in _STATES or not is_clear(place, verb, end=end):
        return None
    if place.draft.kind is MEASURE and not is_movement(main):
        return None
    return found[0], end


def name_and_deed(place: Place) -> str | None:
    """Read "Roe Ltd, a maker of pumps, has raised 5": a name alone would not say what was done."""
    end = before_openers(place.sentence, place.draft.hedge)
    verb = verb_before(place, end) if place.draft.kind in _DONE_TO else None
    if (
        verb is None
        or not is_clear(place, verb, end=end)
        or main_verb(place.sentence, verb, end=end) in _STATES
    ):
        return None
    found = subject_of(place, place.draft.hedge)
    if found is None or not all(word[:1].isupper() for word in place.sentence.words[found[0] : found[1]]):
        return None
    words = [
        *trimmed(place.sentence, found),
        *trimmed(place.sentence, (verb_start(place.sentence, verb), end)),
    ]
    return " ".join(words) if len(words) <= LONGEST else None


def told(place: Place, found: Range | None) -> Range | None:
    """Add the verb to a subject of one word: "squad cost 5", where "squad" would say too little."""
    end = before_openers(place.sentence, place.draft.hedge)
    if found is None or place.draft.kind is not MONEY or len(trimmed(place.sentence, found)) != 1:
        return found
    verb = verb_before(place, end)
    if verb != end - 1 or place.sentence.lower[verb] in lexicon.AUXILIARIES:
        return found
    return (found[0], end) if verb_start(place.sentence, verb) == found[1] else found


def _where(place: Place) -> list[str]:
    """Return "a dinner" of "a dinner at which $5 million was collected"."""
    link = place.draft.hedge - 2
    if place.sentence.word(link) not in LINKS:
        return []
    found = phrase_before(place, without_link(place.sentence, link))
    return trimmed(place.sentence, found) if found else []


def _complement(place: Place, at: int) -> Range | None:
    """Return what stands behind "were", "have", "who are": a verb, a place, a thing."""
    sentence, word = place.sentence, place.sentence.word(at)
    if word in LINKS and link_holds(place, at):
        found = phrase_from(place, at + 1)
        return None if found is None else (at, found[1])
    if word in ("no", "a", "an", "the") and sentence.word(at - 1) in ("have", "has", "had"):
        return clause_from(place, at - 1)
    if is_stop(word) or word[:1].isdecimal():
        return None
    return clause_from(place, at)


def _bare_verb(place: Place, at: int) -> Range | None:
    """Return the clause of a verb right behind what is counted: "killed in a fire", "waiting for trial"."""
    word = place.sentence.word(at)
    if word in lexicon.BASE and opens_clause(place):
        return clause_from(place, at)
    if word in lexicon.PAST or word in lexicon.PARTICIPLES or word.endswith("ed"):
        return clause_from(place, at)
    return clause_from(place, at) if word.endswith("ing") and len(word) > 5 else None
