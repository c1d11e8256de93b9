"""Somebody whom a mention may mean becomes the features that tell for and against it."""

from functools import lru_cache

from digests.facts.quotes.references.model import Reference
from digests.facts.quotes.references.owners import owner_of
from digests.facts.quotes.scene import CUES, Who
from digests.people import ORGANISATION, Mention, Person

_REMEMBERED = 8192  # groups of features


# Arguments by place: here is where time goes.
def features_of(
    asked: Reference,
    who: Who,
    at: int,
    rank: int,
    count: int,
    main: Who | None,
    owner: Who | None,
    alone: bool,
) -> list[str]:
    """Return what tells for and against that `who`, named last at item `at`, is meant.

    `rank` 0 is the nearest; `count` is how often he was met, `main` who was met most, `owner` who is said to
    have written a document; `alone` says that nobody else fits.
    """
    scene, letters, item = asked.scene, asked.scene.letters, asked.item
    mention = scene.mentions[scene.refs[at]] if at != item else None
    sentences = min(scene.sentence[item] - scene.sentence[at], 5)
    paragraphs = min(scene.paragraph[item] - scene.paragraph[at], 3)
    first = asked.firsts.get(scene.sentence[at]) == at
    previous = letters[at - 1] if at else "^"
    following = letters[at + 1] if at + 1 < len(letters) else "$"
    person = asked.people.persons[who] if isinstance(who, int) else None
    gender = person.gender is not None if person else mention is not None and mention.gender is not None
    kind = person.kind[0] if person else "n" + (mention.kind[0] if mention else "")
    count = count if count < 3 else 3 if count < 6 else 4
    me = asked.shape()
    speaks = following in CUES
    subject, fresh, again = at in asked.subjects, at > asked.since, who == asked.last
    firm = bool(person and (person.role or person.gender or " " in person.name))
    found = [
        *_of_place(me, kind, sentences, paragraphs, first, min(rank, 4)),
        *_of_count(me, kind, count, who == main, min(rank, 2), gender),
        *_of_neighbours(me, previous, following, speaks, first, alone, min(sentences, 2), min(rank, 2)),
        f"@S{me}{who in asked.speakers}",
        *_of_subject(me, kind, subject, fresh, again, first, firm, min(sentences, 3)),
    ]
    if person is not None:
        found += _of_person(asked, me, kind, person, mention, rank, sentences)
    if asked.last is not None:
        found += (f"@l{me}{again}", f"@ls{again}{min(sentences, 3)}", f"@lt{again}{asked.gap}")
        found.append(f"@lc{again}{asked.cue}")
    if asked.pronoun and asked.same >= 0:
        found.append(f"@ch{at < asked.same}{min(rank, 2)}{first}")
    if not asked.pronoun:
        found += _of_phrase(asked, me, kind, who, person, rank, sentences, who == owner)
    return found


def features_of_itself(asked: Reference, others: int) -> list[str]:
    """Return what tells for and against that a phrase names no one of those around: it is its own name."""
    head, me = asked.head(), asked.shape()
    first = asked.mention.text.split(None, 1)[0].lower()
    near = any(isinstance(who, int) for who in asked.orgs)
    return [
        "@=",
        f"@=n{me}{near}",
        f"@={me}",
        f"@=h{head}",
        f"@=d{me}{first}",
        f"@=o{me}{min(others, 2)}",
        f"@=w{owner_of(asked, asked.item) is not None}{me}",
    ]


def _of_person(
    asked: Reference, me: str, kind: str, person: Person, mention: Mention | None, rank: int, sentences: int
) -> list[str]:
    """Say whether a person is new, is told what he is, and is named in the quote itself."""
    told = mention is not None and (mention.role is not None or mention.titled is not None)
    new = mention is not None and person.mentions[0] == mention.span
    found = [f"@new{me}{new}{told}{min(sentences, 2)}", f"@nr{new}{told}{min(rank, 2)}"]
    if person.name.lower().rsplit(None, 1)[-1] in asked.said:
        found += (f"@said{me}", f"@said{kind}")
    return found


def _of_phrase(
    asked: Reference,
    me: str,
    kind: str,
    who: Who,
    person: Person | None,
    rank: int,
    sentences: int,
    owns: bool,
) -> list[str]:
    """Say whether the noun of a phrase is in somebody's name or role, or is said of such a kind."""
    head = asked.head()
    names = person.name.lower().split() if person else []
    role = person.role.lower().split() if person and person.role else []
    match = "name" if head in names else "role" if head in role else ""
    found = [f"@match{match}", f"@match{match}{kind}{me}"]
    if person is not None and person.kind is ORGANISATION:
        found.append(f"@org{me}{min(asked.orgs.setdefault(who, len(asked.orgs)), 3)}")
    found.append(f"@in{head in names}{kind}")
    found.append(f"@kd{me}{kind}{min(rank, 2)}{min(sentences, 2)}")
    found += (f"@h{head}{kind}", f"@w{me}{owns}", f"@wh{head}{owns}")
    if role:
        found.append(f"@R{head in role}")
    return found


# A few things tell the most of who may be meant, and come up again and again: they are put into words once.


@lru_cache(maxsize=_REMEMBERED)
def _of_place(me: str, kind: str, sentences: int, paragraphs: int, first: bool, rank: int) -> tuple[str, ...]:
    near = min(sentences, 3)
    return (
        f"@{me}{kind}",
        f"@d{me}{sentences}{min(paragraphs, 2)}",
        f"@p{paragraphs}{first}",
        f"@r{me}{rank}",
        f"@rf{min(rank, 3)}{first}{near}",
        f"@1{first}{near}",
    )


@lru_cache(maxsize=_REMEMBERED)
def _of_count(me: str, kind: str, count: int, main: bool, rank: int, gender: bool) -> tuple[str, ...]:
    return f"@c{count}{kind}", f"@m{me}{main}{rank}", f"@g{gender}{kind}"


@lru_cache(maxsize=_REMEMBERED)
def _of_neighbours(
    me: str, previous: str, following: str, speaks: bool, first: bool, alone: bool, sentences: int, rank: int
) -> tuple[str, ...]:
    return (
        f"@b{previous}",
        f"@a{following}",
        f"@v{speaks}{sentences}",
        f"@o{alone}",
        f"@q{me}{first}{speaks}{rank}",
        f"@br{previous in ('p', 'b')}{following == 's'}{rank}",
    )


@lru_cache(maxsize=_REMEMBERED)
def _of_subject(
    me: str, kind: str, subject: bool, fresh: bool, again: bool, first: bool, firm: bool, sentences: int
) -> tuple[str, ...]:
    return (
        f"@sub{me}{subject}{sentences}",
        f"@fresh{me}{fresh}{subject}{again}",
        f"@fs{fresh}{subject}{first}{min(sentences, 2)}",
        f"@firm{me}{firm}{kind}",
    )
