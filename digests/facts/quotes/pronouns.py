"""A pronoun becomes those whom it may mean, each with the features that tell for and against."""

from collections.abc import Callable
from dataclasses import dataclass

from digests.facts.quotes.scene import CUES, Scene, Who, who_of
from digests.people import Form, Gender, Mention, People, PersonKind

_MOST = 7  # persons weighed
_REACH = 260  # items


@dataclass(slots=True)
class Meant:
    """Somebody whom a pronoun may mean."""

    who: Who
    features: list[str]


def meant_by(
    scene: Scene, people: People, item: int, *, last: Who | None, firsts: dict[int, int]
) -> list[Meant]:
    """Return whom the pronoun at `item` may mean, the nearest first; `last` said the quote before."""
    pronoun = scene.mentions[scene.refs[item]]
    fits = _fits(pronoun)
    nearest: dict[Who, int] = {}
    seen: dict[Who, int] = {}
    at, stop = item - 1, max(-1, item - _REACH)
    letters = scene.letters
    while at > stop:
        if letters[at] in "Nn":
            mention = scene.mentions[scene.refs[at]]
            who = who_of(mention)
            if fits(mention, people):
                if (
                    who not in nearest
                    and len(nearest) < _MOST
                    and (letters[at] == "N" or scene.sentence[item] - scene.sentence[at] <= 3)
                ):
                    nearest[who] = at
                seen[who] = seen.get(who, 0) + 1
        at -= 1
    main = max(seen, key=lambda who: seen[who], default=None)
    return [
        Meant(
            who,
            _features(
                scene,
                people,
                item,
                at,
                who=who,
                rank=rank,
                seen=seen,
                main=main,
                last=last,
                firsts=firsts,
                alone=len(nearest) == 1,
            ),
        )
        for rank, (who, at) in enumerate(nearest.items())
    ]


def _fits(pronoun: Mention) -> Callable[[Mention, People], bool]:
    if pronoun.plural:
        return lambda mention, people: mention.plural or mention.kind is not PersonKind.PERSON
    if pronoun.gender is None:
        return lambda mention, people: not mention.plural and mention.kind is not PersonKind.PERSON
    other = Gender.FEMALE if pronoun.gender is Gender.MALE else Gender.MALE

    def fits(mention: Mention, people: People) -> bool:
        if mention.plural or mention.kind is PersonKind.PLACE:
            return False
        if mention.form is Form.NOUN:
            return mention.kind is PersonKind.ROLE and mention.gender is not other
        assert mention.person is not None
        person = people.persons[mention.person]
        return person.gender is not other and person.kind is not PersonKind.PLACE

    return fits


def _features(
    scene: Scene,
    people: People,
    item: int,
    at: int,
    *,
    who: Who,
    rank: int,
    seen: dict[Who, int],
    main: Who | None,
    last: Who | None,
    firsts: dict[int, int],
    alone: bool,
) -> list[str]:
    letters = scene.letters
    mention = scene.mentions[scene.refs[at]]
    sentences = min(scene.sentence[item] - scene.sentence[at], 5)
    paragraphs = min(scene.paragraph[item] - scene.paragraph[at], 3)
    first = firsts.get(scene.sentence[at]) == at
    previous = letters[at - 1] if at else "^"
    following = letters[at + 1] if at + 1 < len(letters) else "$"
    gender = people.persons[who].gender is not None if isinstance(who, int) else mention.gender is not None
    kind = people.persons[who].kind[0] if isinstance(who, int) else "n" + mention.kind[0]
    count = seen[who] if seen[who] < 3 else 3 if seen[who] < 6 else 4
    pronoun = scene.words[item] if scene.words[item] not in ("he", "she") else "h"
    return [
        f"@{pronoun}{kind}",
        f"@d{sentences}{min(paragraphs, 2)}",
        f"@p{paragraphs}{first}",
        f"@r{min(rank, 4)}",
        f"@rf{min(rank, 3)}{first}{min(sentences, 3)}",
        f"@1{first}{min(sentences, 3)}",
        f"@c{count}{kind}",
        f"@m{who == main}{min(rank, 2)}",
        f"@g{gender}{kind}",
        f"@b{previous}",
        f"@a{following}",
        f"@v{following in CUES}{min(sentences, 2)}",
        f"@l{who == last}{pronoun}" if last is not None else "@l-",
        f"@ls{who == last}{min(sentences, 3)}" if last is not None else "@l-",
        f"@o{alone}",
    ]
