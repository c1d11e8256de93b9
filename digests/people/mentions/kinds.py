"""A run of capital words becomes what it names, by its own words and those around it: whom, or what."""

from digests.people.mentions.model import ORGANISATION, PERSON, PLACE, PersonKind
from digests.people.mentions.reading import Reading
from digests.people.mentions.titles import title_follows

_SHORT = 2  # letters of capitals that may be initials
_TOLD = 8  # words behind a name that may tell what it is


def is_organisation(reading: Reading, first: int, end: int) -> bool:
    """Say whether the words themselves, or "the" before them, make the run an organisation's name."""
    lower, lexicon, size = reading.lower, reading.lexicon, end - first
    if size == 1 and _is_acronym(reading, first) and lower[first] not in lexicon.places:
        return True
    if size > 1 or reading.texts[first].isupper():
        telling = _telling_word(reading, first, end)
        if telling is not None:
            titles = any(lower[at] in lexicon.titles for at in range(first, telling))
            return not title_follows(reading, telling, end) and (not titles or end - telling <= 2)
    if size > 1 and reading.texts[first].isupper() and _is_led_by_acronym(reading, first, end):
        return True
    if size > 1 and lower[first] == "general" and lower[first + 1] in lexicon.after_general:
        return True
    return (
        first > 0
        and lower[first - 1] == "the"
        and lower[first] not in lexicon.titles
        and not (size > 1 and reading.is_given(first))
        and not title_follows(reading, first, end)
    )


def kind_of(reading: Reading, first: int, end: int) -> PersonKind:
    """Return what the name is that is not an organisation's by its own words."""
    low = reading.lower
    if end - first == 1 and low[first] in reading.lexicon.bare_nouns:
        return ORGANISATION  # "Congress"
    if end - first == 1 and low[first] in reading.lexicon.places:
        return PLACE
    if end - first == 2 and low[first] in reading.lexicon.place_openings:
        return PLACE
    if not reading.is_given(first) and (_called_thing(reading, first) or _treated_as_thing(reading, end)):
        return ORGANISATION
    return PERSON


def is_work(reading: Reading, first: int, end: int) -> bool:
    """Say whether words around a name say that it is a work's: "the film", ", directed by"."""
    if end - first < 2 or reading.is_given(first):
        return False
    if first > 0 and reading.lower[first - 1] in reading.lexicon.work_nouns:
        return True
    low = reading.lower[end : end + 3]
    return len(low) == 3 and low[0] == "," and low[1] in reading.lexicon.making and low[2] == "by"


def _is_acronym(reading: Reading, index: int) -> bool:
    return len(reading.texts[index]) > 1 and reading.texts[index].isupper()


def _is_led_by_acronym(reading: Reading, first: int, end: int) -> bool:
    """Say whether capitals stand before other words, and nobody's title or given name: "EWTO Insights"."""
    texts, lower, lexicon = reading.texts, reading.lower, reading.lexicon
    if len(texts[first]) <= _SHORT or lower[first] in lexicon.places:
        return False
    mixed = not any(texts[at].isupper() for at in range(first + 1, end))
    return mixed and not any(lower[at] in lexicon.titles or reading.is_given(at) for at in range(first, end))


def _telling_word(reading: Reading, first: int, end: int) -> int | None:
    """Return the first word that only organisations have in their names, unless it is a person's here."""
    lower, names = reading.lower, reading.lexicon.org_names
    if names.isdisjoint(lower[first:end]):
        return None  # most runs
    for index in range(first, end):
        if lower[index] in names and not _is_in_persons_name(reading, first, index, end):
            return index
    return None


def _is_in_persons_name(reading: Reading, first: int, index: int, end: int) -> bool:
    """Say whether a given name stands beside: "Jane Park", but not "the Jane Park"."""
    if index == first + 1 and end - first == 2:
        return reading.is_given(first) and reading.lower[first - 1] != "the"
    return index == first and end - first == 3 and reading.is_given(first + 1)


def _called_thing(reading: Reading, first: int) -> bool:
    """Say whether a noun before a name says that it is an organisation's: "rights group Open Door"."""
    return first > 0 and reading.texts[first - 1] == reading.lower[first - 1] in reading.lexicon.org_nouns


def _treated_as_thing(reading: Reading, end: int) -> bool:
    """Say whether what follows a name does: ", which", ", a group that"."""
    if end + 2 >= reading.size or reading.texts[end] not in (",", "–", "—"):
        return False
    low = reading.lower[end : end + _TOLD]
    if low[1] in reading.lexicon.which:
        return True
    return low[1] in reading.lexicon.articles and _ends_in_thing(reading, low[2:])


def _ends_in_thing(reading: Reading, low: list[str]) -> bool:
    """Say whether the head of a phrase is an organisation: "rights group based in"."""
    lexicon, head = reading.lexicon, ""
    for word in low:
        if not word.isalpha() or word in lexicon.prepositions or word in lexicon.role_ends:
            break
        head = word
    return head in lexicon.org_nouns
