"""A run of capital words becomes a name with its title, or the phrase that it is: "the Harbour Minister"."""

from digests.model import Span
from digests.people.mentions.kinds import is_organisation, is_work, kind_of
from digests.people.mentions.model import (
    BY_NAME,
    FEMALE,
    MALE,
    ORGANISATION,
    PERSON,
    Gender,
    Mention,
    PersonKind,
)
from digests.people.mentions.phrases import phrase_at
from digests.people.mentions.reading import Reading
from digests.people.mentions.runs import is_surname_here
from digests.people.mentions.titles import TAILED, before_tail, behind_employer, behind_titles, tells_person

_TOLD = 2  # words before a name and its title that may tell the gender


class Names:
    """Takes the runs of a text from left to right, and keeps what they tell of later ones."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.numbered: set[tuple[str, str]] = set()  # names that begin with a number: "50 Dimes"
        self.works: set[tuple[str, ...]] = set()  # titles of films, books, songs

    def mention_of(self, first: int, end: int) -> Mention | None:
        """Return what the words from `first` to `end` name; None if that is nobody."""
        reading = self.reading
        if end - first == 1 and _is_no_name(reading, first):
            demonym = reading.lower[first] in reading.lexicon.demonyms
            return None if demonym else phrase_at(reading, first)
        if is_organisation(reading, first, end):
            return _named(reading, first, first, end, ORGANISATION)
        name = behind_titles(reading, first, end)
        if name >= end:
            return _title_alone(reading, first, end)
        if name > first:
            return _named(reading, first, name, end, kind_of(reading, name, end))
        return self._without_title(first, end)

    def _without_title(self, first: int, end: int) -> Mention | None:
        reading = self.reading
        name = first = self._with_number(behind_employer(reading, first, end), end)
        if is_work(reading, first, end):
            self.works.add(tuple(reading.lower[first:end]))
        if reading.lower[first] in reading.lexicon.demonyms and end - first >= 2:
            name = first + 1
            if reading.lower[name] in reading.nouns and end - name == 1:
                return phrase_at(reading, name)
        if end - name >= TAILED:
            end = before_tail(reading, name, end)
        return _named(reading, first, name, end, kind_of(reading, name, end))

    def _with_number(self, first: int, end: int) -> int:
        """Return where the name begins in "rap star 50 Dimes": at its number."""
        texts, lower = self.reading.texts, self.reading.lower
        if end - first != 1 or first < 2 or not texts[first - 1].isdigit():
            return first
        name = texts[first - 1], lower[first]
        if tells_person(self.reading, lower[first - 2]):
            self.numbered.add(name)
        return first - 1 if name in self.numbered else first


def _is_no_name(reading: Reading, index: int) -> bool:
    """Say whether a lone capital word names nobody: "Vandian", "Republicans", "Minister"."""
    low, lexicon = reading.lower[index], reading.lexicon
    if low in lexicon.demonyms:
        return not is_surname_here(reading, index)
    if len(low) == 1:
        return True
    if low.endswith("s") and (low[:-1] in lexicon.demonyms or low in lexicon.group_nouns):
        return True
    if low not in reading.nouns or low in lexicon.org_names or low in reading.surnames:
        return False
    if len(low) > 2 and reading.texts[index].isupper() and low not in lexicon.titles:
        return False  # an acronym that reads as a noun: "SITE"
    behind_determiner = index > 0 and reading.lower[index - 1] in lexicon.determiners
    return reading.opens_sentence(index) or low in lexicon.titles or behind_determiner


def _title_alone(reading: Reading, first: int, end: int) -> Mention | None:
    heads = (at for at in range(first, end) if reading.lower[at] in reading.lexicon.titles)
    head = max(heads, default=first)  # "Ex-minister Of the Harbour": only its end is a title
    return phrase_at(reading, head, end=end)


def _named(reading: Reading, first: int, name: int, end: int, kind: PersonKind) -> Mention:
    """Return the name from `name` to `end` with the title that begins at `first`."""
    if end - name >= 2 and kind is PERSON:
        reading.surnames.add(reading.lower[end - 1])
        reading.given.add(reading.lower[name])
        if reading.is_given(name) and not reading.headlines.hold(first):
            reading.borne.add(reading.lower[end - 1])
    return Mention(
        span=Span(reading.words.starts[name], reading.words.end(end - 1)),
        text=" ".join(reading.texts[name:end]).replace(" .", "."),
        first=name,
        end=end,
        outer_first=first,
        outer_end=end,
        form=BY_NAME,
        kind=kind,
        gender=_gender_of(reading, first, name, end) if kind is PERSON else None,
        titled=first if name > first else None,
        heading=reading.headlines.hold(first),
    )


def _gender_of(reading: Reading, first: int, name: int, end: int) -> Gender | None:
    lower, lexicon = reading.lower, reading.lexicon
    far = 0 if first and lower[first - 1] in lexicon.prepositions else _TOLD
    for low in lower[max(0, first - far) : name]:
        if gender := reading.gender_told_by(low):
            return gender
    if end - name >= 2:
        given = lower[name].split("-")[0]
        male, female = given in lexicon.male_names, given in lexicon.female_names
        if male is not female:
            return MALE if male else FEMALE
    return None
