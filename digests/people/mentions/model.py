"""What a mention is: a place in a text, and who is meant there, as far as it tells by itself."""

from enum import StrEnum
from typing import NamedTuple

from digests.model import Span


class Gender(StrEnum):
    MALE = "male"
    FEMALE = "female"


class PersonKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"  # whose government may speak: "Moscow said"
    ROLE = "role"  # "a police spokesman": nobody is named


class Form(StrEnum):
    NAME = "name"
    NOUN = "noun"
    PRONOUN = "pronoun"

    __hash__ = str.__hash__  # that of enums is a function in Python


# A member takes eight times as long to look up on its class, and an article asks for them by the thousand.
BY_NAME, BY_NOUN, BY_PRONOUN = Form.NAME, Form.NOUN, Form.PRONOUN
PERSON, ORGANISATION, PLACE, ROLE = (
    PersonKind.PERSON,
    PersonKind.ORGANISATION,
    PersonKind.PLACE,
    PersonKind.ROLE,
)
MALE, FEMALE = Gender.MALE, Gender.FEMALE


class Mention(NamedTuple):
    """A place where somebody is named, described, or meant by a pronoun.

    There are some hundred in an article, and a tuple is made five times as quickly as a dataclass.
    """

    span: Span
    text: str
    first: int  # index of its first word
    end: int  # index of the word behind its last one
    form: Form
    kind: PersonKind
    gender: Gender | None = None
    plural: bool = False
    document: bool = False  # "the report": it speaks for somebody
    titled: int | None = None  # index of the first word of the title before a name
    heading: bool = False  # in a headline
    person: int | None = None  # index into `People.persons`
    role: tuple[int, int] | None = None  # first word of the role given here, and the word behind it
    outer_first: int = -1  # the whole phrase: with title, role and apposition
    outer_end: int = -1

    def of_person(self, person: int, kind: PersonKind) -> "Mention":
        """Return the mention with its person filled in; `_replace` takes three times as long."""
        return Mention(
            self.span,
            self.text,
            self.first,
            self.end,
            self.form,
            kind,
            self.gender,
            self.plural,
            self.document,
            self.titled,
            self.heading,
            person,
            self.role,
            self.outer_first,
            self.outer_end,
        )

    def in_phrase(
        self, outer_first: int, outer_end: int, *, role: tuple[int, int] | None, gender: Gender | None
    ) -> "Mention":
        """Return the mention as part of a phrase that gives a role; see `of_person`."""
        return Mention(
            self.span,
            self.text,
            self.first,
            self.end,
            self.form,
            self.kind,
            gender,
            self.plural,
            self.document,
            self.titled,
            self.heading,
            self.person,
            role,
            outer_first,
            outer_end,
        )
