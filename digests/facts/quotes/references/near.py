"""A pronoun or phrase becomes those before it whom it fits, the nearest first."""

from bisect import bisect_left
from collections.abc import Callable

from digests.facts.quotes.references.model import Reference
from digests.facts.quotes.scene import Scene, Who, who_of
from digests.people import BY_NAME, FEMALE, MALE, ORGANISATION, PERSON, PLACE, ROLE, Mention, People

_MOST = 7  # persons weighed
REACH = 260  # items


def met_before(asked: Reference) -> tuple[dict[Who, int], dict[Who, int]]:
    """Return who fits, each with its nearest item, and how often each was met."""
    scene, letters = asked.scene, asked.scene.letters
    fits = _fits(asked.mention) if asked.pronoun else _fits_phrase(asked.mention)
    nearest: dict[Who, int] = {}
    seen: dict[Who, int] = {}
    sentence = scene.sentence[asked.item]
    named = scene.named
    place = bisect_left(named, asked.item) - 1
    while place >= 0 and named[place] > asked.item - REACH:
        at = named[place]
        place -= 1
        mention = scene.mentions[scene.refs[at]]
        if letters[at] != "N" and not asked.pronoun:
            employer = _employer(scene, scene.refs[at])
            if employer is None:
                continue
            mention = employer
        if not fits(mention, asked.people):
            continue
        who = who_of(mention)
        near = mention.form is BY_NAME or sentence - scene.sentence[at] <= 3
        if who not in nearest and len(nearest) < _MOST and near:
            nearest[who] = at
        seen[who] = seen.get(who, 0) + 1
    return nearest, seen


def _employer(scene: Scene, number: int) -> Mention | None:
    """Return whom a phrase speaks for: "a spokesman for the Harbour Trust"."""
    phrase, mentions = scene.mentions[number], scene.mentions
    for mention in mentions[number + 1 : number + 3]:
        if phrase.end < mention.first and mention.end <= phrase.outer_end:
            return mention
    return None


def _fits(pronoun: Mention) -> Callable[[Mention, People], bool]:
    if pronoun.plural:
        return lambda mention, people: mention.plural or mention.kind is not PERSON
    if pronoun.gender is None:
        return lambda mention, people: not mention.plural and mention.kind is not PERSON
    other = FEMALE if pronoun.gender is MALE else MALE

    def fits(mention: Mention, people: People) -> bool:
        if mention.plural or mention.kind is PLACE:
            return False
        if mention.person is None:
            return mention.kind is ROLE and mention.gender is not other and not mention.document
        person = people.persons[mention.person]
        return person.gender is not other and person.kind is not PLACE

    return fits


def _fits_phrase(phrase: Mention) -> Callable[[Mention, People], bool]:
    if phrase.plural:
        return lambda mention, people: False
    if phrase.kind is ORGANISATION or phrase.document:
        return lambda mention, people: mention.kind is not PLACE
    other = {MALE: FEMALE, FEMALE: MALE, None: None}[phrase.gender]

    def fits(mention: Mention, people: People) -> bool:
        if mention.person is None or mention.kind is not PERSON:
            return False
        return other is None or people.persons[mention.person].gender is not other

    return fits
