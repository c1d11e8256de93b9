"""Words with a capital become a run that may be a name: where it begins, and where it ends."""

from digests.people.mentions.reading import Reading, is_capital

SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
_LONGEST = 10  # words of a name
_LABEL = 6  # words in brackets that tell a party, and the bracket behind them
_PARTICLES = 3  # words from the first particle to the next word with a capital
_ORG = 4  # words that may end an organisation's name behind "and"
_SHORT_MONTH = 3  # letters
_NOT_A_NAME = ("ing", "ly")


def run_at(reading: Reading, first: int) -> tuple[int, int]:
    """Return where the name in the run at `first` begins, and where the run ends: the same if it has none."""
    lexicon, low = reading.lexicon, reading.lower[first]
    if low in lexicon.months and _number_follows(reading, first):
        return first + 1, first + 1
    if _is_label(reading, first):
        end = _label_end(reading, first)
        return end, end
    end = _run_end(reading, first)
    return _skip_opening(reading, _behind_place(reading, first, end), end), end


def is_surname_here(reading: Reading, index: int) -> bool:
    """Say whether a word of the language is a surname: "Will said" of an article about a Jane Will."""
    low, lexicon = reading.lower[index], reading.lexicon
    if low not in reading.borne or (index and reading.lower[index - 1] in lexicon.determiners):
        return False
    after = reading.lower[index + 1] if index + 1 < reading.size else "."
    if low not in lexicon.function:
        return after not in reading.nouns
    speaks = after in lexicon.uttering or after.endswith(lexicon.past_endings)
    return speaks if reading.opens_sentence(index) else not reading.headlines.hold(index)


def _number_follows(reading: Reading, index: int) -> bool:
    return index + 1 < reading.size and reading.texts[index + 1][0].isdigit()


def _is_label(reading: Reading, index: int) -> bool:
    """Say whether a word in brackets tells party or state: "(D-Arlen)", "(R)", "(Vt.)"."""
    texts = reading.texts
    if index == 0 or texts[index - 1] != "(":
        return False
    return texts[index][1:2] in ("-", "") or texts[index + 1 : index + 3] == [".", ")"]


def _label_end(reading: Reading, index: int) -> int:
    label = reading.texts[index : index + _LABEL]
    return index + label.index(")") if ")" in label else index + 1


# where it ends


def _run_end(reading: Reading, first: int) -> int:
    texts, lower, lexicon, at = reading.texts, reading.lower, reading.lexicon, first + 1
    limit = min(reading.size, first + _LONGEST)
    while at < limit:
        text = texts[at]
        if is_capital(text):
            if (
                lower[at] in lexicon.function
                and len(text) > 1
                and not _is_titular(reading, at)
                and not _is_surname(reading, at)
            ):
                break
            if lower[at] in lexicon.calendar and not reading.is_given(at) and _is_date(reading, at):
                break
            at += 1
        elif text.isdigit() and len(text) <= 2 and lower[at - 1] in lexicon.org_names:
            at += 1  # "Radio 1"
        elif text == "." and at + 1 < reading.size and _is_dot_inside(reading, at):
            at += 1
        elif lower[at] not in lexicon.particles and lower[at] not in lexicon.joiners:
            break
        elif (ahead := _joined(reading, first, at)) > at:
            at = ahead
        else:
            break
    return at + (at < reading.size and texts[at] == "." and lower[at - 1] in SUFFIXES)


def _is_titular(reading: Reading, at: int) -> bool:
    """Say whether a small word has a capital because it is part of a name: "Sailors Without Harbours"."""
    lower, lexicon = reading.lower, reading.lexicon
    if lower[at] in lexicon.org_names:
        return True
    between = lower[at] in lexicon.prepositions and lower[at - 1] not in lexicon.function
    return between and at + 1 < reading.size and reading.texts[at + 1][0].isupper()


def _is_surname(reading: Reading, at: int) -> bool:
    """Say whether a small word is a surname, behind a given name: "Jane Will said"."""
    if not reading.is_given(at - 1) or reading.headlines.hold(at):
        return False
    text, low = reading.texts[at], reading.lower[at]
    goes_on = at + 1 < reading.size and is_capital(reading.texts[at + 1])
    return text.isalpha() and not text.isupper() and not goes_on and low not in reading.lexicon.nobody


def _is_date(reading: Reading, at: int) -> bool:
    """Say whether a word of the calendar is one here: "Jun" of "Li Jun said" is not, for no day follows."""
    if len(reading.lower[at]) > _SHORT_MONTH or not reading.texts[at].istitle():
        return True
    after = reading.texts[at + 1 : at + 2]
    return after == ["."] or bool(after and after[0][0].isdigit())


def _is_dot_inside(reading: Reading, at: int) -> bool:
    before = reading.lower[at - 1]
    short = len(before) == 1 or (before in reading.lexicon.titles and len(before) <= 4)
    return short and is_capital(reading.texts[at + 1])


def _joined(reading: Reading, first: int, at: int) -> int:
    """Return the index of the next capital word if small words at `at` join it to the name, else `at`."""
    low, lexicon = reading.lower[at], reading.lexicon
    if low in lexicon.particles:
        ahead = _behind_particles(reading, at)
        if ahead < reading.size and is_capital(reading.texts[ahead]):
            return ahead
    if low in lexicon.joiners and _may_join(reading, first, at):
        ahead = at + 1
        if ahead < reading.size and reading.lower[ahead] == "the":
            ahead += 1
        if ahead < reading.size and _may_be_joined(reading, ahead):
            return ahead
    return at


def _behind_particles(reading: Reading, at: int) -> int:
    ahead, stop = at + 1, min(reading.size, at + _PARTICLES)
    while (
        ahead < stop
        and reading.lower[ahead] in reading.lexicon.particles
        and not is_capital(reading.texts[ahead])
    ):
        ahead += 1
    return ahead


def _may_join(reading: Reading, first: int, at: int) -> bool:
    """Say whether the small word at `at` may stand within the name that begins at `first`."""
    lower, lexicon = reading.lower, reading.lexicon
    joiner, before = lower[at], lower[at - 1]
    if joiner == "and" and first > 0 and lower[first - 1] == "the" and _org_follows(reading, at + 1):
        return not reading.texts[at - 1].isupper()  # "the EHA and Harbour Department" are two
    if before in lexicon.org_names:
        return joiner != "and" or any(low in lexicon.joiners for low in lower[first:at])
    if joiner in ("and", "for"):
        return any(low in lexicon.org_names for low in lower[first:at])
    return joiner == "&" or (joiner == "of" and before in lexicon.of_titles)


def _org_follows(reading: Reading, first: int) -> bool:
    """Say whether the capital words from `first` end an organisation's name, two at least."""
    at = first
    while at < min(reading.size, first + _ORG) and is_capital(reading.texts[at]):
        at += 1
    return at - first >= 2 and reading.lower[at - 1] in reading.lexicon.org_names


def _may_be_joined(reading: Reading, index: int) -> bool:
    low, lexicon = reading.lower[index], reading.lexicon
    return is_capital(reading.texts[index]) and low not in lexicon.function and low not in lexicon.calendar


# where it begins


def _behind_place(reading: Reading, first: int, end: int) -> int:
    """Return where the name begins in "Eastmoor-based Harbour Watch", "Nine-year-old Jane Roe"."""
    for at in range(first, end - 1):
        low = reading.lower[at]
        if "-" in low and low.rpartition("-")[2] in reading.lexicon.linked:
            return at + 1
    return first


def _skip_opening(reading: Reading, first: int, end: int) -> int:
    """Leave out a day, and a common word that has its capital from the sentence it begins."""
    lower, calendar = reading.lower, reading.lexicon.calendar
    if lower[first] in calendar and (end - first == 1 or not reading.is_given(first)):
        return _skip_opening(reading, first + 1, end) if first + 1 < end else end
    if end - first == 2 and lower[end - 1] in calendar and not reading.is_given(first):
        return end if _is_date(reading, end - 1) else first
    if not reading.opens_sentence(first):
        return first
    if end - first == 1:
        return end if _is_common_alone(reading, first) else first
    return first + 1 if _is_common_before(reading, first, end) else first


def _is_common_alone(reading: Reading, index: int) -> bool:
    """Say whether a lone word that opens a sentence is no name: "Senior" of "Senior officials said"."""
    low, lexicon = reading.lower[index], reading.lexicon
    common = _is_common(reading, low) or low in lexicon.adjectives or _leads_noun(reading, index)
    if low in reading.borne or (low in reading.surnames and _speaks(reading, index)):
        return False
    return common and low not in lexicon.titles and low not in reading.nouns and low not in reading.given


def _leads_noun(reading: Reading, index: int) -> bool:
    """Say whether a word stands before a noun, and nowhere within a sentence: "Corporate leaders said"."""
    if index + 1 == reading.size or reading.lower[index + 1] not in reading.nouns:
        return False
    told = reading.texts[index + 1] == reading.lower[index + 1] and reading.texts[index].istitle()
    leads = told and reading.lower[index] not in reading.lexicon.places and not reading.stands_within(index)
    if leads:
        reading.leading.add(index)
    return leads


def _speaks(reading: Reading, index: int) -> bool:
    """Say whether a word of speech or ", who" follows."""
    after, lexicon = [*reading.lower[index + 1 : index + 3], "", ""], reading.lexicon
    return after[0] in lexicon.uttering or (after[0] == "," and after[1] in lexicon.who)


def _is_common(reading: Reading, low: str) -> bool:
    if low in reading.small or low in reading.lexicon.openers:
        return True
    return low.endswith(_NOT_A_NAME) and low not in reading.surnames


def _is_common_before(reading: Reading, first: int, end: int) -> bool:
    """Say whether a word that opens a sentence stands before a name and is no part of it."""
    low, lexicon = reading.lower[first], reading.lexicon
    if low in lexicon.place_openings and end - first == 2 and reading.lower[first + 1] in lexicon.places:
        return False  # "South Korea"
    return (
        _is_common(reading, low)
        and low not in lexicon.titles
        and low not in lexicon.org_names
        and not reading.is_given(first)
        and _stands_alone(reading, first + 1, end)
    )


def _stands_alone(reading: Reading, first: int, end: int) -> bool:
    """Say whether these are a name without the word before: "Jane Roe" is, "Rights" is not."""
    low = reading.lower[first]
    if reading.is_given(first) or low in reading.lexicon.titles or low in reading.surnames:
        return True
    return end - first == 1 and low not in reading.small
