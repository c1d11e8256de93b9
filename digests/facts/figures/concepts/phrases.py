"""The words around a figure become noun phrases, read forwards or backwards up to the next figure."""

from digests.facts.figures import lexicon
from digests.facts.figures.concepts.places import Place, Range
from digests.facts.figures.concepts.trimming import LONGEST
from digests.facts.figures.concepts.words import (
    BREAKS,
    DIMENSIONS,
    LINKS,
    NEAR_TIMES,
    OPENERS,
    PRONOUNS,
    REACH,
    TIMES,
)
from digests.facts.figures.grammar import is_adverb, is_finite, is_plural, is_stop
from digests.facts.figures.kinds import COUNT
from digests.facts.figures.tokens import Sentence
from digests.people.english import ENGLISH

_ABBREVIATED = frozenset("inc corp co ltd st dr mr mrs ms jr sr gen sen rep gov no u.s u.k".split())
_JOINTS = frozenset("of in for on from and between by with to at".split())
_LOOSE_LINKS = frozenset("in on for at by from".split())
_LOOSE_AT_THE_START = LINKS | OPENERS | {"and", "or"}
_MODALS = frozenset("to will would could may can should".split())
_BEFORE_A_BASE = lexicon.AUXILIARIES | {"to"}
_BEFORE_A_TIME = NEAR_TIMES | {"on", "the"}
_HEDGES = frozenset("about around nearly almost some".split())
_HOLLOW = NEAR_TIMES | frozenset(
    "many most fact part well both all such other one likely little much more".split()
)
_GIVEN_NAMES = ENGLISH.male_names | ENGLISH.female_names
_TITLES = ENGLISH.titles | ENGLISH.person_nouns | ENGLISH.group_nouns | ENGLISH.org_nouns


def phrase_from(place: Place, start: int) -> Range | None:
    """Return the noun phrase from `start`, with what hangs on it by of, for, in and the like."""
    sentence = place.sentence
    first = end = at = past_openers(sentence, start)
    words, limit = 0, min(at + REACH, sentence.size)
    while at < limit and words < LONGEST and at not in place.taken:
        if _is_inner(sentence, at):
            at += 1
            continue
        words += 1
        behind = _past_joint(place, at) if end > first else at
        if behind > at:
            at = behind
            continue
        if is_stop(sentence.lower[at]) or (at > first and _ends_phrase(sentence, at)):
            break
        at = end = at + 1
    return (first, end) if end > first else None


def phrase_before(place: Place, end: int) -> Range | None:
    """Return the noun phrase that ends before the token `end`, with those it hangs on by of, in, for."""
    sentence = place.sentence
    at, start, low = end - 1, end, max(0, end - 16)
    while at >= low and at not in place.taken:
        word = sentence.lower[at]
        if word in OPENERS or (start < end and word in _JOINTS):
            if start < end and not _joins_back(place, at):
                break
        elif not _is_inner(sentence, at):
            if _stops_back(sentence, at):
                break
            start = at
        at -= 1
    return _with_figure(place, start, end) or _cut(place, start, end)


def before_openers(sentence: Sentence, end: int) -> int:
    """Return where a run of "the", "a", "its" and the like starts that ends before the token `end`."""
    while sentence.word(end - 1) in OPENERS:
        end -= 1
    return end


def past_openers(sentence: Sentence, at: int) -> int:
    """Return the first token from `at` that is no "the", "a", "its" or the like."""
    while sentence.word(at) in OPENERS:
        at += 1
    return at


def is_nounish(sentence: Sentence, at: int) -> bool:
    """Can the token `at` be the last of a noun phrase?"""
    word = sentence.word(at)
    if word == ")":
        return False
    if is_stop(word) or is_adverb(word) or is_verb_behind(sentence, at) or word in lexicon.PARTICIPLES:
        return False
    if word in lexicon.BASE and sentence.word(at - 1) in _BEFORE_A_BASE:
        return False
    return not (word.endswith(("ing", "ed")) or word in DIMENSIONS)


def is_verb_behind(sentence: Sentence, at: int) -> bool:
    """Is the token `at` the verb of the noun before it: "prices rose", "residents oppose"?"""
    word = sentence.word(at)
    return is_finite(word) or (word in lexicon.BASE and is_plural(sentence.word(at - 1)))


def link_holds(place: Place, at: int) -> bool:
    """Does the "of", "in" or the like at `at` hang a thing on the phrase, not a time, a figure or a verb?"""
    sentence = place.sentence
    following = sentence.word(at + 1)
    if following[:1].isdecimal() or following in TIMES or at + 1 in place.taken or at + 2 in place.taken:
        return False
    if following in PRONOUNS and following not in OPENERS:
        return False
    if sentence.lower[at] == "to" and (following in lexicon.BASE or following == "be"):
        return False
    after = sentence.word(at + 2) if following in OPENERS else following
    last = sentence.word(at + 3) if following in OPENERS else sentence.word(at + 2)
    if after in TIMES or (after in NEAR_TIMES and (last in TIMES or last == "of")):
        return False
    return following in OPENERS or not is_stop(following)


def figure_before(place: Place, end: int) -> Range | None:
    """Return another figure that is the subject itself: "16 to 19 year olds earn 7.10"."""
    start = end
    while start > 0 and start - 1 in place.taken and end - start < LONGEST:
        start -= 1
    return (start, end) if start < end else None


def _is_inner(sentence: Sentence, at: int) -> bool:
    """Is it a sign inside a name or compound: "e-cigarette", "S&P", "Inc."?"""
    word = sentence.lower[at]
    if word == "." and sentence.word(at - 1) in _ABBREVIATED:
        return at < sentence.size - 1
    return (
        word in ("-", "‐", "‑", "&", "/")
        and 0 < at < sentence.size - 1
        and (sentence.tight(at) or word == "&")
    )


def _past_joint(place: Place, at: int) -> int:
    """Return where the phrase goes on behind a link or an "and" at `at`; `at` itself where it does not."""
    word = place.sentence.lower[at]
    if word in LINKS and link_holds(place, at):
        return past_openers(place.sentence, at + 1)
    return at + 1 if word == "and" and _joins_nouns(place, at) else at


def _joins_nouns(place: Place, at: int) -> bool:
    """Does the "and" at `at` join another noun, rather than a clause or another figure?"""
    sentence, following = place.sentence, place.sentence.word(at + 1)
    if is_stop(following) or is_finite(following) or following in _HEDGES:
        return False
    if at + 1 in place.taken or at + 2 in place.taken:
        return False
    return not any(is_finite(sentence.word(near)) for near in (at + 2, at + 3))


def _ends_phrase(sentence: Sentence, at: int) -> bool:
    """Does a verb, a time or a person's name begin at `at`, behind a noun?"""
    word = sentence.lower[at]
    if is_verb_behind(sentence, at) or word in lexicon.PARTICIPLES or _opens_name(sentence, at):
        return True
    if word in NEAR_TIMES and sentence.word(at + 1) in TIMES:
        return True
    if word in lexicon.AMBIGUOUS:
        return is_plural(sentence.lower[at - 1])
    return word in TIMES and word not in ("time", "day", "season", "night")


def _opens_name(sentence: Sentence, at: int) -> bool:
    """Does a person's name begin at `at` that is no part of the phrase before: "sentence Ann Roe"?"""
    before = sentence.raw(at - 1)
    if not before.islower() or before in LINKS or before in OPENERS or is_stop(before):
        return False
    if not sentence.raw(at).istitle() or not sentence.raw(at + 1)[:1].isupper():
        return False
    if sentence.lower[at] not in _GIVEN_NAMES:
        return False
    return before not in _TITLES and not before.endswith(ENGLISH.role_suffixes)


def _joins_back(place: Place, at: int) -> bool:
    """Does the phrase behind the "the", "of" or "and" at `at` hang on what stands before?"""
    word, before = place.sentence.lower[at], place.sentence.word(at - 1)
    if word in OPENERS:
        return before in LINKS or before == "and"
    return word != "and" or not (at - 1 in place.taken or is_stop(before))


def _stops_back(sentence: Sentence, at: int) -> bool:
    """Is the token `at` no part of the phrase behind it, read backwards?"""
    word = sentence.lower[at]
    if _opens_name(sentence, at + 1):
        return True
    if word[0].isdecimal() and (sentence.word(at - 1) == ":" or sentence.word(at + 1) == ":"):
        return True
    if is_stop(word) or word in BREAKS or is_adverb(word) or word == "according":
        return True
    if word in DIMENSIONS and sentence.words[at].islower():
        return True
    if is_finite(word):
        return not sentence.words[at][:1].isupper() or at == 0
    return word in lexicon.BASE and sentence.word(at - 1) in _MODALS


def _with_figure(place: Place, start: int, end: int) -> Range | None:
    """Return all of "Ten former directors at WorldCom", where the directors are a figure themselves."""
    sentence = place.sentence
    link = start - 1 if sentence.word(start - 1) in LINKS else start - 2
    if start == end or sentence.word(link) not in ("at", "in", "from") or link - 1 not in place.taken:
        return None
    if place.taken[link - 1].kind is not COUNT:  # "$6 million at a valuation"
        return None
    found = figure_before(place, link)
    whole = (found[0], end) if found else None
    return whole if whole and end - whole[0] <= LONGEST and whole[1] <= place.draft.first else None


def _cut(place: Place, start: int, end: int) -> Range | None:
    """Drop links at the start, times at the end, and a time that runs into a name at the start."""
    sentence = place.sentence
    end = _before_times(sentence, start, _before_loose_link(place, start, end))
    while start < end and sentence.lower[start] in _LOOSE_AT_THE_START:
        start += 1
    start = _past_time(sentence, start, end)
    if end - start == 1 and (sentence.lower[start] in _HOLLOW or sentence.lower[start].endswith("ing")):
        return None
    return (start, end) if start < end else None


def _before_loose_link(place: Place, start: int, end: int) -> int:
    for at in range(start + 1, end):
        if place.sentence.lower[at] in _LOOSE_LINKS and not link_holds(place, at):
            return at
    return end


def _before_times(sentence: Sentence, start: int, end: int) -> int:
    while end > start and sentence.lower[end - 1] in TIMES:
        end -= 1
        if sentence.word(end - 1) in _BEFORE_A_TIME:
            end -= 1
    return end


def _past_time(sentence: Sentence, start: int, end: int) -> int:
    """Return where the name starts in "Monday Acme Corp"; `start` where no time runs into a name."""
    name = end
    while name > start and (sentence.words[name - 1][:1].isupper() or _is_inner(sentence, name - 1)):
        name -= 1
    if start < name < end and (sentence.lower[name - 1] in TIMES or sentence.lower[name - 1].isdecimal()):
        return name
    return start
