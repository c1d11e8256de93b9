"""A word of speech becomes the phrase that is its subject, whatever its noun is: "another said"."""

from digests.model import Span
from digests.people.mentions.model import BY_NOUN, ROLE, Mention
from digests.people.mentions.phrases import phrase_at, phrase_start
from digests.people.mentions.reading import Reading, is_capital

_AUXILIARIES = 3  # words between a subject and its verb: "has also since"
_LONGEST = 7  # words from an article to its noun
_MARKS = frozenset(('"', "”", "’", "'", "''", "»"))
_AGED = "-old"  # "the 43-year-old"


def subject_before(reading: Reading, verb: int) -> Mention | None:
    """Return who speaks in "one questioner said", "others have also said", "21 percent said"."""
    head, lexicon = _behind_adverbs(reading, verb), reading.lexicon
    if head < 0:
        return None
    low = reading.lower[head]
    if low in lexicon.somebody or low in lexicon.several:
        return _nameless(reading, head)
    if low in lexicon.shares and head > 0 and reading.texts[head - 1][0].isdigit():
        return _phrase(reading, head - 1, head + 1)
    if not _may_be_head(reading, head) or _is_passive(reading, verb):
        return None
    first = phrase_start(reading, head)
    if reading.lower[first] not in lexicon.determiners or _is_object(reading, first):
        return None
    return phrase_at(reading, head)


def subject_behind(reading: Reading, verb: int) -> Mention | None:
    """Return who speaks in '“Enough,” wrote another', where a quote is before the verb."""
    first, lexicon = verb + 1, reading.lexicon
    if first + 1 >= reading.size or not _is_quote_before(reading, verb):
        return None
    low = reading.lower[first]
    ends = _is_end(reading, first + 1)
    if ends and (low in lexicon.somebody or low in lexicon.several):
        return _nameless(reading, first)
    if low not in lexicon.determiners:
        return None
    head = _head_behind(reading, first)
    return None if head is None else phrase_at(reading, head, end=head + 1)


def opening_subject(reading: Reading, index: int) -> Mention | None:
    """Return who speaks where a sentence begins with "Others", and a verb or a comma follows."""
    if index + 1 >= reading.size or not reading.opens_sentence(index):
        return None
    after, lexicon = reading.lower[index + 1], reading.lexicon
    speaks = after in lexicon.uttering or after in lexicon.pasts or after in lexicon.auxiliaries
    if speaks or after == "," or after.endswith(lexicon.past_endings):
        return _nameless(reading, index)
    return None


def _is_object(reading: Reading, first: int) -> bool:
    """Say whether a phrase hangs on a preposition: "people familiar with the matter said"."""
    return first > 0 and reading.lower[first - 1] in reading.lexicon.of_words


def _is_passive(reading: Reading, verb: int) -> bool:
    """Say whether a verb tells what was done with something: "a plan described by Roe"."""
    return verb + 1 < reading.size and reading.lower[verb + 1] in reading.lexicon.doing


def _behind_adverbs(reading: Reading, verb: int) -> int:
    """Return the word before a verb and all that may stand between it and its subject."""
    head = verb - 1
    while head > verb - 1 - _AUXILIARIES and head >= 0 and _is_adverb(reading, head):
        head -= 1
    return head


def _is_adverb(reading: Reading, index: int) -> bool:
    low = reading.lower[index]
    return low in reading.lexicon.having or low in reading.lexicon.still


def _may_be_head(reading: Reading, head: int) -> bool:
    """Say whether a word that no list has may be a noun for somebody."""
    text, low, lexicon = reading.texts[head], reading.lower[head], reading.lexicon
    if low in lexicon.function or low.endswith("ly"):
        return False
    if text != low:
        return low in lexicon.demonyms
    return low.isalpha() or low.endswith(_AGED)


def _is_quote_before(reading: Reading, verb: int) -> bool:
    texts = reading.texts
    at = verb - 1 - (verb > 1 and texts[verb - 1] == ",")
    return at >= 0 and texts[at] in _MARKS


def _is_end(reading: Reading, index: int) -> bool:
    """Say whether a phrase has ended before this word."""
    low, lexicon = reading.lower[index], reading.lexicon
    return not low[0].isalnum() or low in lexicon.prepositions or low in lexicon.function


def _head_behind(reading: Reading, first: int) -> int | None:
    """Return the noun of the phrase that begins at `first`; None of one that will be met anyhow."""
    texts, lower, lexicon = reading.texts, reading.lower, reading.lexicon
    at = first + 1
    while at < min(reading.size, first + _LONGEST) and not (
        _is_end(reading, at) and lower[at] not in lexicon.inside
    ):
        low = lower[at]
        if low in reading.nouns or (is_capital(texts[at]) and low not in lexicon.demonyms):
            return None
        if at > first + 1 and low.endswith(lexicon.past_endings) and low not in lexicon.participles:
            break  # "one voter involved in it"
        at += 1
    head = at - 1
    return head if head > first and _may_be_head(reading, head) else None


def _nameless(reading: Reading, index: int) -> Mention | None:
    """Return "another", "the two", but neither "no one" nor "two"."""
    low, lexicon = reading.lower[index], reading.lexicon
    before = reading.lower[index - 1] if index else ""
    if low in lexicon.several:
        return _phrase(reading, index - 1, index + 1) if before in lexicon.articles else None
    return None if before in lexicon.negatives else _phrase(reading, index, index + 1)


def _phrase(reading: Reading, first: int, end: int) -> Mention:
    """Return a phrase without a noun: it is nobody's role, like that of several."""
    return Mention(
        span=Span(reading.words.starts[first], reading.words.end(end - 1)),
        text=" ".join(reading.texts[first:end]),
        first=first,
        end=end,
        outer_first=first,
        outer_end=end,
        form=BY_NOUN,
        kind=ROLE,
        plural=True,
        heading=reading.headlines.hold(first),
    )
