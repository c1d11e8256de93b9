"""An article becomes the table of its persons and organisations: every mention, fullest name, role."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from digests.model import Article, Span
from digests.people.descriptions import roles_told
from digests.people.english import ENGLISH
from digests.people.identities import Identity, identities_of
from digests.people.lexicon import Lexicon
from digests.people.mentions import (
    BY_NAME,
    BY_NOUN,
    BY_PRONOUN,
    FEMALE,
    MALE,
    ORGANISATION,
    PERSON,
    PLACE,
    ROLE,
    Form,
    Gender,
    Mention,
    PersonKind,
    mentions_of,
)
from digests.people.roles import head_of, role_of, role_text, with_phrases
from digests.people.spanish import SPANISH
from digests.text import Words, fold, words_of

__all__ = [
    "BY_NAME",
    "BY_NOUN",
    "BY_PRONOUN",
    "FEMALE",
    "MALE",
    "ORGANISATION",
    "PERSON",
    "PLACE",
    "ROLE",
    "Form",
    "Gender",
    "Lexicon",
    "Mention",
    "People",
    "Person",
    "PersonKind",
    "people_of",
]

_LEXICONS = {"en": ENGLISH, "es": SPANISH}


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who may speak in an article: a person, an organisation, or somebody known by a role alone."""

    name: str  # the fullest the article gives, without titles; of a role its words: "a police spokesman"
    kind: PersonKind
    role: str | None  # "US Defense Secretary"
    gender: Gender | None
    mentions: tuple[Span, ...]  # in the order of the text, pronouns left out
    salience: float  # 0 to 1: its share of all mentions by name


@dataclass(frozen=True)
class People:
    """Who occurs in one article.

    `at` answers which person a span mentions, `named` who goes by a name. Both know persons, organisations
    and those whom the article names by a role alone; a pronoun is nobody here, for who is meant by it is a
    guess that each step makes for itself.
    """

    persons: tuple[Person, ...]  # those with a name, in the order in which they first occur
    mentions: tuple[Mention, ...] = field(repr=False, default=())  # all of them, in the order of the text
    words: Words = field(repr=False, default_factory=lambda: Words([], []))

    def at(self, span: Span) -> Person | None:
        """Return whom the first mention that overlaps `span` names; None if there is none."""
        place = bisect_left(self._starts, span.start)
        for mention in self.mentions[max(0, place - 1) :]:
            if mention.span.start >= span.end:
                return None
            if mention.span.end > span.start and (person := self.of(mention)):
                return person
        return None

    def of(self, mention: Mention) -> Person | None:
        """Return whom `mention` names; None of a pronoun."""
        if mention.person is not None:
            return self.persons[mention.person]
        if mention.form is BY_PRONOUN:
            return None
        return Person(mention.text, ROLE, None, mention.gender, (mention.span,), 0.0)

    def named(self, name: str) -> Person | None:
        """Return who goes by `name`, in full or by last name; of several the most mentioned one."""
        wanted = fold(name).split()
        found = [person for person in self.persons if wanted and _ends_with(person, wanted)]
        return max(found, key=lambda person: person.salience, default=None)

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.span.start for mention in self.mentions]


def people_of(article: Article) -> People:
    """Return the persons and organisations of `article`."""
    lexicon = _LEXICONS.get(article.language, ENGLISH)
    words = words_of(article.text)
    found = with_phrases(mentions_of(words, lexicon), words, lexicon)
    identities, mentions = identities_of(found, words, lexicon)
    told = roles_told(identities, mentions, words, lexicon)
    persons = _persons(identities, told, article.text, words, lexicon)
    return People(persons, _with_described(mentions, persons, lexicon), words)


def _persons(
    identities: list[Identity],
    told: Mapping[int, tuple[int, int]],
    text: str,
    words: Words,
    lexicon: Lexicon,
) -> tuple[Person, ...]:
    total = sum(len(identity.mentions) for identity in identities) or 1
    return tuple(
        Person(
            name=identity.name,
            kind=identity.kind,
            role=role_text(*told[number], text, words, lexicon)
            if number in told
            else _role(identity, text, words, lexicon),
            gender=identity.gender,
            mentions=tuple(mention.span for mention in identity.mentions),
            salience=len(identity.mentions) / total,
        )
        for number, identity in enumerate(identities)
    )


def _role(identity: Identity, text: str, words: Words, lexicon: Lexicon) -> str | None:
    if identity.kind is PLACE:
        return None  # what stands beside a place tells of somebody else
    return role_of(identity.mentions, text, words, lexicon)


def _with_described(
    mentions: tuple[Mention, ...], persons: tuple[Person, ...], lexicon: Lexicon
) -> tuple[Mention, ...]:
    """Return `mentions` with `person` filled in where "the photographer" can be one person only."""
    known: dict[str, set[int]] = {}
    for number, person in enumerate(persons):
        if person.role and person.kind is PERSON:
            known.setdefault(head_of(person.role.split(), lexicon) or "", set()).add(number)
    return tuple(
        mention._replace(person=next(iter(known[head])))
        if mention.form is BY_NOUN
        and mention.text[:4].lower() == "the "
        and len(known.get(head := mention.text.rsplit(" ", 1)[-1].lower(), ())) == 1
        and (person := persons[next(iter(known[head]))]).mentions[0] < mention.span
        and _may_be_described(mention.text[4:], person.role or "", lexicon)
        else mention
        for mention in mentions
    )


def _may_be_described(phrase: str, role: str, lexicon: Lexicon) -> bool:
    """Say whether somebody with `role` may be meant: "the president" is no vice president.

    Nor is "the Conservative candidate" a Labour candidate.
    """
    said, known = phrase.split(), role.split()
    if not lexicon.below.isdisjoint(_folded(said) ^ _folded(known)):
        return False
    one, two = (_folded(w for w in told if w[0].isupper()) & lexicon.demonyms for told in (said, known))
    return not one or not two or not one.isdisjoint(two)


def _folded(told: Iterable[str]) -> set[str]:
    return {word.lower() for word in told}


def _ends_with(person: Person, wanted: list[str]) -> bool:
    return fold(person.name).split()[-len(wanted) :] == wanted
