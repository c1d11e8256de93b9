"""An article becomes the table of its persons and organisations: every mention, fullest name, role."""

import re
from dataclasses import dataclass
from enum import StrEnum

from digests.model import Article, Span
from digests.text import fold

_PARTICLE = r"(?:de|da|di|du|van|von|der|den|del|della|la|le|al|el|bin|ibn|of|for|and|the)"
_CAPITAL = r"[^\W\d_a-z][\w'’.-]*"
_NAME = re.compile(
    rf"(?<![\w’'])[A-ZÀ-ÖØ-ÞŁŚŻŽŠČİ][\w'’-]*(?:[ ](?:{_PARTICLE}[ ])?[A-ZÀ-ÖØ-ÞŁŚŻŽŠČİ][\w'’-]*)*"
)
_COMMON = frozenset(
    "the a an he she it they we i you but and or in on at for from to of as if when while his her their its "
    "this that these those there here what who how why where after before during since last next mr mrs ms "
    "dr president minister secretary senator prime defense us uk".split()
)


class Gender(StrEnum):
    MALE = "male"
    FEMALE = "female"


class PersonKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    ROLE = "role"  # "a police spokesman": nobody is named


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who may speak in an article: a person, an organisation, or somebody known by a role alone."""

    name: str  # the fullest the article gives, without titles
    kind: PersonKind
    role: str | None  # "US Defense Secretary"
    gender: Gender | None
    mentions: tuple[Span, ...]  # in the order of the text
    salience: float  # 0 to 1, by number and place of the mentions


@dataclass(frozen=True, slots=True)
class People:
    """The persons of one article."""

    persons: tuple[Person, ...]

    def at(self, span: Span) -> Person | None:
        """Return whom a mention that overlaps `span` names; None if there is none."""
        for person in self.persons:
            if any(m.start < span.end and span.start < m.end for m in person.mentions):
                return person
        return None

    def named(self, name: str) -> Person | None:
        """Return who goes by `name` in this article: full name, or last name alone."""
        wanted = fold(name).split()
        for person in self.persons:
            own = fold(person.name).split()
            if wanted and own[-len(wanted) :] == wanted:
                return person
        return None


def people_of(article: Article) -> People:
    """Return the persons and organisations of `article`."""
    groups: dict[str, list[tuple[str, Span]]] = {}
    for match in _NAME.finditer(article.text):
        words = match.group().split()
        start = match.start()
        while words and words[0].casefold().strip(".") in _COMMON:
            start += len(words.pop(0)) + 1
        if words:
            name = re.sub(r"['’]s$", "", " ".join(words))
            groups.setdefault(fold(name.split()[-1]), []).append((name, Span(start, start + len(name))))
    return People(
        tuple(
            Person(
                max((n for n, _ in g), key=len), PersonKind.PERSON, None, None, tuple(s for _, s in g), 0.0
            )
            for g in groups.values()
        )
    )
