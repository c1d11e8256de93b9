"""What a figure measures becomes a phrase of at most eight of the article's own words, to stand behind it.

$250 million - weapons for Ukraine        3.2 % - consumer prices        51 people - killed when a bus plunged
"""

from digests.facts.figures import lexicon
from digests.facts.figures.grammar import is_finite, is_plural, is_stop
from digests.facts.figures.reading import Draft
from digests.facts.figures.tokens import Sentence
from digests.model import FigureKind

LONGEST = 8  # words

_REACH = 30  # tokens looked at on either side: what is farther away does not govern the figure
_DASHES = frozenset("-‐‑–—")
_LINKS = frozenset(
    "of for in to with on from against between by at into over under among on about behind".split()
)
_OPENERS = frozenset(
    "the a an this that these those its his her their our your my another some any each every".split()
)
_WHO = frozenset("who which that whom".split())
_PRONOUNS = lexicon.PRONOUNS | {"this", "these", "those", "one"}
_BREAKS = frozenset(', ; : ( ) [ ] . ! ? " “ ” — –'.split())
_TIMES = (
    lexicon.WEEKDAYS
    | lexicon.MONTHS
    | frozenset("yesterday today tomorrow tonight year month week quarter".split())
)
_GIVING = frozenset(
    "give gives gave given giving send sends sent sending grant grants granted granting offer offers "
    "offered offering lend lends lent lending provide provides provided hand hands handed award awards "
    "awarded".split()
)


def concept(draft: Draft) -> str | None:
    """Return what `draft` measures; None where the sentence does not say."""
    found = _range(draft)
    if found is None:
        return None
    words = _trimmed(draft.sentence, *found)
    phrase = " ".join(words)
    recipient = _recipient(draft, len(words))
    return f"{phrase} for {recipient}" if recipient else phrase or None


Range = tuple[int, int]


def _range(draft: Draft) -> Range | None:
    return (
        _of_what(draft)
        or _modified(draft)
        or _before_of(draft)
        or _predicate(draft)
        or _subject(draft)
        or _right_link(draft)
    )


# Behind the figure ------------------------------------------------------------------------------


def _of_what(draft: Draft) -> Range | None:
    """Read "60 % of its market cap", "$250 million worth of weapons"."""
    sentence, at = draft.sentence, draft.last
    if sentence.word(at) in ("worth", "-worth"):
        at += 1
    if sentence.word(at) != "of":
        return None
    if sentence.word(at + 1) in _PRONOUNS:
        return None
    return _noun_phrase(sentence, at + 1)


def _modified(draft: Draft) -> Range | None:
    """Read "a $150,000 contract with a broadcaster", "a 75 percent increase in usage"."""
    sentence, at = draft.sentence, draft.last
    if draft.kind is FigureKind.COUNT and not draft.attributive:
        return None
    word = sentence.word(at)
    while word in _DASHES and sentence.tight(at):
        at += 1
        word = sentence.word(at)
    if is_stop(word) or word in lexicon.PRESENT or word[:1].isdecimal() or word.endswith("ly"):
        return None
    if (word in lexicon.PAST or word in lexicon.PARTICIPLES) and not _is_noun_soon(sentence, at + 1):
        return None
    if word in _TIMES or word in ("higher", "lower", "more", "less", "fewer"):
        return None
    return _noun_phrase(sentence, at)


def _is_noun_soon(sentence: Sentence, index: int) -> bool:
    word = sentence.word(index)
    return not is_stop(word) and not word.endswith("ly")


def _noun_phrase(sentence: Sentence, start: int) -> Range | None:
    """Return the noun phrase from `start`, with what hangs on it by of, for, in and the like."""
    at = start
    while sentence.word(at) in _OPENERS:
        at += 1
    first, end, words = at, at, 0
    limit = min(at + _REACH, sentence.size)
    while at < limit and words < LONGEST:
        word = sentence.lower[at]
        if _is_tight_hyphen(sentence, at) or word == "&":
            at += 1
            continue
        if word in _LINKS and end > first:
            if not _link_holds(sentence, at):
                break
            at += 1
            words += 1
            while sentence.word(at) in _OPENERS:
                at += 1
            continue
        if (
            word == "and"
            and end > first
            and not is_stop(sentence.word(at + 1))
            and not is_finite(sentence.word(at + 1))
        ):
            at += 1
            words += 1
            continue
        if is_stop(word) or (at > first and _ends_phrase(sentence, at)):
            break
        at += 1
        words += 1
        end = at
    return (first, end) if end > first else None


def _is_tight_hyphen(sentence: Sentence, at: int) -> bool:
    return sentence.lower[at] in _DASHES and sentence.tight(at) and sentence.tight(at + 1)


def _link_holds(sentence: Sentence, at: int) -> bool:
    following = sentence.word(at + 1)
    if (
        following[:1].isdecimal()
        or following in _TIMES
        or (following in _PRONOUNS and following not in _OPENERS)
    ):
        return False
    if following in ("the", "this", "last", "next") and sentence.word(at + 2) in _TIMES | {
        "first",
        "past",
        "last",
        "end",
        "second",
    }:
        return False
    return following in _OPENERS or (
        not is_stop(following) and following not in ("least", "more", "last", "next")
    )


def _ends_phrase(sentence: Sentence, at: int) -> bool:
    word = sentence.lower[at]
    if is_finite(word) or word in lexicon.PARTICIPLES:
        return True
    return word in lexicon.AMBIGUOUS and is_plural(sentence.lower[at - 1])


# Before the figure ------------------------------------------------------------------------------


def _before_of(draft: Draft) -> Range | None:
    """Read "a net profit of 5", "a fine of up to 10", "at a speed of 15"."""
    sentence, at = draft.sentence, draft.hedge - 1
    while sentence.word(at) in ("a", "an", "another", "some", "only", "just"):
        at -= 1
    if sentence.word(at) != "of" or draft.kind in (FigureKind.DURATION, FigureKind.AGE):
        return None
    return _ending(sentence, at)


def _ending(sentence: Sentence, end: int) -> Range | None:
    """Return the noun phrase that ends before the token `end`, with the ones it hangs on by of, in, for."""
    at = end - 1
    low = max(0, end - 14)
    start = end
    while at >= low:
        word = sentence.lower[at]
        if _is_inner(sentence, at):
            at -= 1
            continue
        if word in _OPENERS or (
            word in ("of", "in", "for", "to", "on", "from", "and", "between", "by", "with") and start < end
        ):
            at -= 1
            continue
        if is_stop(word) or (is_finite(word) and not word[:1].isupper()) or word in _BREAKS:
            break
        start = at
        at -= 1
    while start < end and (sentence.lower[start] in _LINKS or sentence.lower[start] in _OPENERS):
        start += 1
    return (start, end) if start < end else None


def _is_inner(sentence: Sentence, at: int) -> bool:
    return sentence.lower[at] in ("-", "&", "/", "'", "’") and 0 < at < sentence.size - 1


def _subject(draft: Draft) -> Range | None:
    """Return whose clause the figure stands in: "Nvidia" of "Nvidia advanced 8 %"."""
    sentence = draft.sentence
    verb = _verb_before(sentence, draft.hedge)
    if verb is None:
        return _ending(sentence, _without_link(sentence, draft.hedge))
    end = verb
    while end > 0 and (
        is_finite(sentence.lower[end - 1])
        or sentence.lower[end - 1] in lexicon.ADVERBS
        or sentence.lower[end - 1] == "to"
    ):
        end -= 1
    before = sentence.word(end - 1)
    if before in _WHO:
        end -= 1
        if sentence.word(end - 1) == ",":
            end -= 1
    elif before == ",":
        end = _past_apposition(sentence, end)
    return _ending(sentence, end)


def _without_link(sentence: Sentence, at: int) -> int:
    while at > 0 and (
        sentence.lower[at - 1] in _LINKS or sentence.lower[at - 1] in (":", ",", "(", "by", "at")
    ):
        at -= 1
    return at


def _past_apposition(sentence: Sentence, end: int) -> int:
    for at in range(end - 2, max(end - 15, 0), -1):
        if sentence.lower[at] == ",":
            return at
    return end - 1


def _verb_before(sentence: Sentence, index: int) -> int | None:
    for at in range(index - 1, max(index - _REACH, -1), -1):
        word = sentence.lower[at]
        if word in (";", ":", "—", "(", "“", '"'):
            return None
        if is_finite(word):
            return at
        if (
            word in lexicon.AMBIGUOUS
            and at > 0
            and not is_stop(sentence.lower[at - 1])
            and is_stop(sentence.word(at + 1))
        ):
            return at
    return None


def _predicate(draft: Draft) -> Range | None:
    """Read what was done to the counted: "killed when a bus plunged", "arrested at the border"."""
    sentence, at = draft.sentence, draft.last
    if draft.kind is not FigureKind.COUNT or draft.attributive:
        return None
    while (
        sentence.word(at) in lexicon.AUXILIARIES
        or sentence.word(at) in _WHO
        or sentence.word(at) in lexicon.ADVERBS
    ):
        at += 1
    word = sentence.word(at)
    if not (
        word in lexicon.PAST
        or word in lexicon.PARTICIPLES
        or word.endswith("ed")
        or (at > draft.last and word.endswith("ing"))
    ):
        return None
    return _clause(sentence, at)


def _clause(sentence: Sentence, start: int) -> Range:
    at = start
    while (
        at < min(start + LONGEST + 2, sentence.size)
        and sentence.lower[at] not in _BREAKS
        and sentence.lower[at] not in ("and", "but", "while")
    ):
        at += 1
    return start, at


def _right_link(draft: Draft) -> Range | None:
    sentence, at = draft.sentence, draft.last
    if sentence.word(at) in _LINKS:
        return _noun_phrase(sentence, at + 1)
    return None


# Words ------------------------------------------------------------------------------------------


def _trimmed(sentence: Sentence, first: int, end: int) -> list[str]:
    words: list[str] = []
    for at in range(first, end):
        if words and sentence.tight(at):
            words[-1] += sentence.words[at]
        else:
            words.append(sentence.words[at])
    words = words[:LONGEST]
    while words and words[-1].lower() in _LINKS | _OPENERS | {"and", "or", "when", "as"}:
        words.pop()
    while words and words[0].lower() in _LINKS | _OPENERS:
        words.pop(0)
    return words


def _recipient(draft: Draft, length: int) -> str | None:
    """Return Ukraine of "would give Ukraine another $250 million worth of weapons"."""
    sentence = draft.sentence
    if (
        draft.kind is not FigureKind.MONEY
        or length > LONGEST - 2
        or "of" not in sentence.lower[draft.last : draft.last + 2]
    ):
        return None
    end = draft.hedge
    while sentence.word(end - 1) in ("another", "a", "an", "some", "additional", "further", "extra"):
        end -= 1
    first = end
    while first > 0 and sentence.words[first - 1][:1].isupper() and end - first < 4:
        first -= 1
    if first == end or sentence.word(first - 1 - (sentence.word(first - 1) == "the")) not in _GIVING:
        return None
    return " ".join(sentence.words[first:end])
