"""What a figure measures becomes a phrase of at most eight of the article's own words, to stand behind it.

$250 million - weapons for Ukraine        3.2 % - consumer prices        51 people - killed when a bus plunged
"""

from collections.abc import Sequence

from digests.facts.figures.concepts.before import bounded, linked
from digests.facts.figures.concepts.behind import beside, linked_behind, right_behind, spent
from digests.facts.figures.concepts.comparisons import compares, is_held_against, repeats
from digests.facts.figures.concepts.deeds import deed, name_and_deed, passive, predicate, told
from digests.facts.figures.concepts.owners import owner_of, recipient_of
from digests.facts.figures.concepts.places import Place, Range
from digests.facts.figures.concepts.subjects import subject_of
from digests.facts.figures.concepts.trimming import LONGEST, trimmed
from digests.facts.figures.concepts.wishes import asked, wanted
from digests.facts.figures.drafts import Draft
from digests.facts.figures.kinds import COUNT


def concepts(drafts: Sequence[Draft]) -> list[str | None]:
    """Return what each of the figures of one sentence measures; None where the sentence does not say."""
    taken = {at: draft for draft in drafts for at in range(draft.first, draft.last)}
    found: list[str | None] = []
    for number, draft in enumerate(drafts):
        place = Place(draft, draft.sentence, taken)
        before = found[-1] if found else None
        found.append(_phrase(place) if before is None else _next_phrase(place, drafts[number - 1], before))
    return found


def _next_phrase(place: Place, previous: Draft, before: str) -> str | None:
    """Return the phrase of a figure behind `previous`, which measures `before`: often the same thing."""
    if repeats(previous, place.draft):
        return _own_phrase(place, owned=not is_held_against(place)) or before
    if compares(previous, place.draft):
        counted = previous.unit if previous.kind is COUNT else None
        return " ".join(f"{counted}, {before}".split()[:LONGEST]) if counted else before
    return _phrase(place)


def _phrase(place: Place) -> str | None:
    """Return what the words around the figure say that it measures: the nearest first."""
    if is_held_against(place):
        return _own_phrase(place, owned=False) or _worded(place, wanted(place))
    return (
        _own_phrase(place, owned=True)
        or asked(place)
        or passive(place)
        or _worded(place, bounded(place) or linked(place) or spent(place) or beside(place))
        or _worded(place, predicate(place) or deed(place))
        or name_and_deed(place)
        or _worded(place, told(place, subject_of(place, place.draft.hedge)) or linked_behind(place))
    )


def _own_phrase(place: Place, *, owned: bool) -> str | None:
    return _worded(place, right_behind(place), owned=owned)


def _worded(place: Place, found: Range | None, *, owned: bool = False) -> str | None:
    """Return the words of `found` and for whom the money is or, if `owned`, whose the thing is."""
    if found is None:
        return None
    words = trimmed(place.sentence, found)
    recipient = recipient_of(place, length=len(words))
    if recipient:
        return " ".join((*words, "for", recipient))
    owner = owner_of(place, found, length=len(words)) if owned else None
    return (" ".join(words) + (f", {owner}" if owner else "")) or None
