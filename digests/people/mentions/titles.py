"""What stands before a name in its run of capital words is told from it: title, employer, number."""

from digests.people.mentions.reading import Reading
from digests.people.mentions.runs import SUFFIXES

TAILED = 4  # words of a name and what follows it


def behind_titles(reading: Reading, first: int, end: int) -> int:
    """Return where the name begins in "Harbour Minister Jane Roe"; `end` if there are only titles."""
    lower = reading.lower
    name = _behind_each_title(reading, first, end)
    if name == first and end - first >= 3 and reading.is_given(first + 1):
        nouns = lower[first] in reading.lexicon.person_nouns or lower[first] in reading.lexicon.group_nouns
        name += nouns and not reading.is_given(first)  # "Plumber Jane Roe", "Senators Jane Roe and"
    if name < end and lower[name] == "of":
        name = _behind_of(reading, name + 1, end)
    return first if name < end and lower[name] in SUFFIXES else name


def behind_employer(reading: Reading, first: int, end: int) -> int:
    """Return where the name begins in "Mid Vandia Jane Roe", behind "the MP for"."""
    if first < 2 or reading.lower[first - 1] not in reading.lexicon.of_words:
        return first
    if not tells_person(reading, reading.lower[first - 2]):
        return first
    return next((at for at in (end - 2, end - 3) if at > first and reading.is_given(at)), first)


def before_tail(reading: Reading, name: int, end: int) -> int:
    """Return where the name ends in "Jane Roe Harbour Day": where common words go on, two at least."""
    if not reading.is_given(name):
        return end
    tail = next((at for at in range(name + 2, end - 1) if _may_follow(reading, at)), end)
    return tail if all(_may_follow(reading, at) for at in range(tail, end)) else end


def _may_follow(reading: Reading, at: int) -> bool:
    """Say whether a word with a capital may stand behind a name and be no part of it."""
    low, lexicon = reading.lower[at], reading.lexicon
    return low in reading.small or low in lexicon.org_names or low in lexicon.openers


def title_follows(reading: Reading, index: int, end: int) -> bool:
    """Say whether a title and a name follow: "Harbour Department Secretary Jane Roe"."""
    lower, lexicon = reading.lower, reading.lexicon
    return not lexicon.titles.isdisjoint(lower[index + 1 : end]) and any(
        lower[at] in lexicon.titles and at + 1 < end and lower[at + 1] not in lexicon.org_names
        for at in range(index + 1, end)
    )


def tells_person(reading: Reading, low: str) -> bool:
    """Say whether a word says that a person is meant: "star", "Minister"."""
    return low in reading.lexicon.person_nouns or low in reading.lexicon.titles


def _behind_each_title(reading: Reading, first: int, end: int) -> int:
    texts, lower, titles, name = reading.texts, reading.lower, reading.lexicon.titles, first
    if "-" in lower[first] and lower[first].rpartition("-")[2] in titles and first + 1 < end:
        name = first + 1  # "Ex-minister Jane Roe"
    if titles.isdisjoint(lower[first:end]):
        return name  # most runs
    for index in range(first, end):
        if lower[index] in titles and not (
            index == end - 1 and first < index and _is_last_name(reading, first, name, index)
        ):
            name = index + 1
            if name < end and texts[name] == ".":
                name += 1
    return name


def _is_last_name(reading: Reading, first: int, name: int, index: int) -> bool:
    """Say whether a title that ends a run is somebody's name: "Jane King", and "Mr King" behind her."""
    if name == index:
        low, lexicon = reading.lower[index], reading.lexicon
        before = reading.lower[index - 2 if reading.texts[index - 1] == "." else index - 1]
        return before in lexicon.honorifics and (low in reading.surnames or low in lexicon.borne)
    return not _all_titles(reading, first, index)


def _all_titles(reading: Reading, first: int, end: int) -> bool:
    texts, lower, lexicon = reading.texts, reading.lower, reading.lexicon
    return all(
        lower[i] in lexicon.titles
        or lower[i] in lexicon.demonyms
        or (len(texts[i]) > 1 and texts[i].isupper())  # "NHU MP"
        for i in range(first, end)
    )


def _behind_of(reading: Reading, first: int, end: int) -> int:
    """Return where the name begins in "State Jane F. Roe", what follows "Secretary of"."""
    given = next((at for at in range(first + 1, end - 1) if reading.is_given(at)), None)
    if given is not None:
        return given
    return end - 2 if end - first >= 3 and reading.texts[end - 2] != "." else end
