"""Names around an amount become for whom it is, or whose."""

from digests.facts.figures.concepts.places import Place, Range
from digests.facts.figures.concepts.subjects import subject_of
from digests.facts.figures.concepts.trimming import LONGEST, trimmed
from digests.facts.figures.kinds import DURATION, MONEY

_OWNERS = frozenset("its their his her our my".split())
_GIVING = frozenset(
    "give gives gave given giving send sends sent sending grant grants granted granting offer offers "
    "offered offering lend lends lent lending provide provides provided hand hands handed award awards "
    "awarded".split()
)


def recipient_of(place: Place, *, length: int) -> str | None:
    """Return Ukraine of "would give Ukraine another $250 million worth of weapons".

    `length`: the words of the phrase so far.
    """
    sentence, draft = place.sentence, place.draft
    if draft.kind is not MONEY or length > LONGEST - 2:
        return None
    if "of" not in sentence.lower[draft.last : draft.last + 2]:
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


def owner_of(place: Place, found: Range, *, length: int) -> str | None:
    """Return Roe of "Roe lost 60 % of its market cap", where `found` is the market cap, of `length` words."""
    if found[0] < place.draft.last or length > LONGEST - 3:
        return None
    if place.sentence.word(found[0] - 1) not in _OWNERS and length > 3:
        return None
    if place.draft.kind is DURATION:
        return None
    owner = subject_of(place, place.draft.hedge)
    if owner is None or owner[1] - owner[0] > LONGEST - length or owner[1] > place.draft.first:
        return None
    return " ".join(trimmed(place.sentence, owner))
