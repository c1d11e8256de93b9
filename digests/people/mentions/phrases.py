"""A noun becomes the phrase around it that stands for somebody: "the former harbour master of Eastmoor"."""

from digests.model import Span
from digests.people.mentions.model import BY_NOUN, ORGANISATION, ROLE, Mention
from digests.people.mentions.reading import Reading, is_capital

_SPREAD = 6  # words of a phrase before its head
_OWNER = 3  # further words of the owner's name before it


def phrase_at(reading: Reading, head: int, *, end: int | None = None) -> Mention | None:
    """Return the phrase with the noun `head`, up to `end`; None of a bare noun, or if the phrase goes on."""
    if end is None and _goes_on(reading, head):
        return None
    low, lexicon = reading.lower[head], reading.lexicon
    first = phrase_start(reading, head)
    plural = low in lexicon.group_nouns or (low.endswith("s") and low[:-1] in lexicon.demonyms)
    bare = first == head and not is_capital(reading.texts[head])
    if bare and not plural and low not in lexicon.bare_nouns:
        return None
    end = head + 1 if end is None else end
    return Mention(
        span=Span(reading.words.starts[first], reading.words.end(end - 1)),
        text=_phrase_text(reading.texts[first:end]),
        first=first,
        end=end,
        outer_first=first,
        outer_end=end,
        form=BY_NOUN,
        kind=ORGANISATION if low in lexicon.org_nouns else ROLE,
        gender=reading.gender_told_by(low),
        plural=plural,
        document=low in lexicon.document_nouns,
        heading=reading.headlines.hold(first),
    )


def phrase_start(reading: Reading, head: int) -> int:
    """Return where the phrase with this head begins: its article or possessor, or what may stand bare."""
    lower, lexicon = reading.lower, reading.lexicon
    first = bare = head
    while first > 0 and head - first < _SPREAD:
        before = lower[first - 1]
        if before in lexicon.determiners:
            return first - 1
        if before in ("'s", "’s") and first > 1:
            return _possessor_start(reading, first - 2, head)
        if before == "," and _is_between_adjectives(reading, first - 1):
            return first - 3
        if not before[0].isalnum() or before in lexicon.prepositions:
            break
        if before in lexicon.function and before not in lexicon.inside:
            break
        first -= 1
        if bare == first + 1 and _may_lead(reading, first):
            bare = first
    return bare


def _is_between_adjectives(reading: Reading, comma: int) -> bool:
    """Say whether a comma joins two words before one noun: "the thin, bespectacled lecturer"."""
    lower, lexicon = reading.lower, reading.lexicon
    if comma < 2 or lower[comma - 2] not in lexicon.determiners or lower[comma - 1] in reading.nouns:
        return False
    return lower[comma - 1].endswith(lexicon.adjective_endings) and lower[comma + 1].endswith(
        lexicon.adjective_endings
    )


def _goes_on(reading: Reading, head: int) -> bool:
    """Say whether a further noun or a name follows, so that this word is no head."""
    if head + 1 >= reading.size:
        return False
    after, low, lexicon = reading.texts[head + 1], reading.lower[head + 1], reading.lexicon
    if low in reading.nouns and after == low:
        return True
    named = is_capital(after) and low not in lexicon.function and low not in lexicon.calendar
    return named and reading.lower[head] in lexicon.person_nouns


def _possessor_start(reading: Reading, first: int, head: int) -> int:
    texts, lower, lexicon = reading.texts, reading.lower, reading.lexicon
    while (
        first > 0
        and is_capital(texts[first - 1])
        and lower[first - 1] not in lexicon.function
        and head - first < _SPREAD + _OWNER
    ):
        first -= 1
    if first > 0 and lower[first - 1] in lexicon.determiners:
        first -= 1
    return first


def _may_lead(reading: Reading, index: int) -> bool:
    """Say whether a phrase may begin with this word: "senior officials", "Vandian police"."""
    low, lexicon = reading.lower[index], reading.lexicon
    if low in lexicon.adjectives or low in lexicon.demonyms:
        return True
    if index in reading.leading:
        return True
    return is_capital(reading.texts[index]) and not reading.opens_sentence(index)


def _phrase_text(texts: list[str]) -> str:
    return " ".join(texts).replace(" 's", "'s").replace(" ’s", "’s")
