"""A number without a unit counts something: the noun behind it becomes the unit."""

from digests.facts.figures import lexicon
from digests.facts.figures.drafts import DASHES, Draft
from digests.facts.figures.grammar import counted_noun, is_plural, is_stop
from digests.facts.figures.kinds import COUNT, MEASURE, OTHER, RATIO
from digests.facts.figures.measures import find_rate, unit_at
from digests.facts.figures.numbers import DIGITS, FRACTION, SHARE, VAGUE, WORDS, number_at, starts_number
from digests.facts.figures.tokens import Sentence


def find_noun(sentence: Sentence, draft: Draft) -> None:
    number = draft.number
    if number.form in (FRACTION, SHARE):
        draft.unit, draft.kind = "fraction", RATIO
        return
    if _fold(sentence, draft) or _n_noun(sentence, draft) or _of_them(sentence, draft):
        return
    hedged = _past_hedge(sentence, draft)
    start = _past_measure(sentence, hedged)
    if _is_magnitude_of_quake(sentence, draft):
        draft.unit, draft.kind = "magnitude", MEASURE
        return
    found = counted_noun(sentence, start, one=draft.value == 1 and number.magnitude is None)
    if found is None:
        return
    _set_noun(sentence, draft, found)
    if start > hedged:  # "eight million 250ml bottles": the measure is a figure of its own
        return
    draft.last = found[1]
    find_rate(sentence, draft)


def _past_hedge(sentence: Sentence, draft: Draft) -> int:
    """Step over what stands between a number and its noun: "1,000+ patents", "55 or more people"."""
    start = draft.last
    if sentence.word(start) in ("+", "of") and (sentence.word(start) == "+" or draft.number.form is VAGUE):
        return start + 1
    if sentence.word(start) in DASHES and sentence.word(start + 1) in ("plus", "odd"):
        return start + 2
    joined = sentence.word(start) == "or" and sentence.word(start + 1) in ("more", "so", "fewer", "less")
    return start + 2 if joined else start


def _is_magnitude_of_quake(sentence: Sentence, draft: Draft) -> bool:
    if not 1 < draft.value < 11:
        return False
    after, before = sentence.word(draft.last), sentence.word(draft.first - 1)
    return before == "magnitude" or (
        not draft.number.plain and after in ("quake", "earthquake", "tremor", "temblor")
    )


def _past_measure(sentence: Sentence, start: int) -> int:
    """Step over "250ml" in "eight million 250ml bottles"."""
    if sentence.word(start)[:1].isdecimal() and unit_at(sentence, start + 1) is not None:
        return start + 2
    return start


def _set_noun(sentence: Sentence, draft: Draft, noun: tuple[int, int]) -> None:
    first, last = noun
    while first < last - 1 and sentence.words[first] in _NO_ADJECTIVES:
        first += 1
    first = max(first, last - 5)
    draft.noun, draft.kind = (first, last), COUNT
    text_start = sentence.starts[first]
    draft.unit = " ".join(_written(sentence, first, last)) if text_start is not None else None


def _written(sentence: Sentence, first: int, last: int) -> list[str]:
    words: list[str] = []
    for at in range(first, last):
        if words and sentence.tight(at):
            words[-1] += sentence.words[at]
        else:
            words.append(sentence.words[at])
    return words


_NO_ADJECTIVES = frozenset("more other additional further new extra such total".split())


def _fold(sentence: Sentence, draft: Draft) -> bool:
    """Read "sixfold", "10-fold", "four-time"."""
    at = draft.last
    while sentence.word(at) in DASHES:
        at += 1
    if sentence.lower[draft.first].endswith("fold"):
        draft.unit, draft.kind = "time", RATIO
        return True
    if (sentence.word(at) in ("fold", "time") and at > draft.last) or sentence.word(at) == "fold":
        draft.unit, draft.kind, draft.last = "time", RATIO, at + 1
        return True
    return False


def _n_noun(sentence: Sentence, draft: Draft) -> bool:
    """Read the adjective "27-nation bloc", "four-cylinder engine": the unit is the noun in it."""
    at = draft.last
    if not (sentence.word(at) in DASHES and sentence.tight(at) and sentence.tight(at + 1)):
        return False
    word = sentence.word(at + 1)
    if word in ("plus", "odd"):
        return False
    if word == "strong":  # "a 12,000-strong crowd"
        draft.unit, draft.kind, draft.last, draft.attributive = "people", COUNT, at + 2, True
        return True
    if not word[:1].isalpha() or is_stop(word) or word in _NO_UNITS or word.endswith("ed"):
        draft.unit, draft.kind = None, OTHER
        draft.attributive = True
        return True
    draft.noun, draft.unit, draft.kind = (at + 1, at + 2), sentence.words[at + 1], COUNT
    draft.last, draft.attributive = at + 2, True
    return True


_NO_UNITS = frozenset(
    "way off sided fold thirds on in star speed piece tier size sized part pronged wheel ply "
    "dimensional handed legged eyed letter digit figure litre all to".split()
) - {"litre", "star", "part", "piece", "figure", "tier"}


def _of_them(sentence: Sentence, draft: Draft) -> bool:
    """Read "two of the detainees", "280 million of the 1.5 billion shekels"."""
    at = draft.last + (sentence.word(draft.last) == "out")
    if sentence.word(at) != "of" or draft.number.form is VAGUE:
        return False
    if sentence.word(at + 1) in ("them", "whom", "which", "us"):
        return True
    start = at + 1
    while sentence.word(start) in _OF_DETERMINERS or sentence.word(start).endswith(("'s", "s'")):
        start += 1
    if start == at + 1 and not is_plural(sentence.word(start)):
        return False
    while sentence.word(start) in ("most", "more", "best", "first", "and") or sentence.word(start).endswith(
        "est"
    ):
        start += 1
    if starts_number(sentence, start):
        following = number_at(sentence, start)
        if following is None:
            return False
        match = unit_at(sentence, following.last)
        if match is not None:
            draft.unit, draft.kind = match[0], match[1]
            return True
        start = following.last
    found = counted_noun(sentence, start, one=False)
    if found is not None and is_plural(sentence.lower[found[1] - 1]):
        _set_noun(sentence, draft, found)
    return True


_OF_DETERMINERS = frozenset(
    "at least more than nearly an estimated only all about some the these those his her its their our "
    "my your".split()
)


_PERSONS = frozenset(
    "killed arrested detained sentenced jailed convicted charged rescued evacuated hospitalised "
    "hospitalized dead missing homeless wounded injured hurt displaced kidnapped drowned infected "
    "slain murdered executed deported".split()
)


_PARENTS = frozenset("father mother mum mom dad parent".split())
_GROUPS = frozenset("family crew group team families groups party".split())
_HURT = frozenset("killed killing kills injured injuring wounded wounding hospitalized hospitalised".split())


def count_persons(sentence: Sentence, draft: Draft) -> None:
    """Read "another 2,500 killed", "three were arrested": people, if nothing else was counted before."""
    at = draft.last
    if draft.number.form is VAGUE:
        if sentence.word(at) in lexicon.AUXILIARIES or sentence.word(at) in lexicon.PAST:
            draft.unit, draft.kind = "people", COUNT
        return
    if sentence.word(draft.hedge - 1) in _HURT and draft.value == int(draft.value):
        draft.unit, draft.kind = "people", COUNT
        return
    group = sentence.word(draft.first - 2) if sentence.word(draft.first - 1) == "of" else ""
    if group in _PARENTS or group in _GROUPS:
        draft.unit = "children" if group in _PARENTS else "people"
        draft.kind = COUNT
        return
    if sentence.word(at) == "others":
        draft.unit, draft.kind = "others", COUNT
        return
    while sentence.word(at) in lexicon.AUXILIARIES or sentence.word(at) in ("who", "others", "more"):
        at += 1
    if (
        sentence.word(at) in _PERSONS
        and draft.number.form in (DIGITS, WORDS)
        and draft.value == int(draft.value)
    ):
        draft.unit, draft.kind = "people", COUNT
