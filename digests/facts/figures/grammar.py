"""What a word can be in a sentence, without a tagger: word lists, endings and capitals."""

from digests.facts.figures import lexicon
from digests.facts.figures.tokens import Sentence

_HYPHENS = frozenset("-‐‑")
_STOPS = (
    lexicon.DETERMINERS
    | lexicon.PREPOSITIONS
    | lexicon.CONJUNCTIONS
    | lexicon.PRONOUNS
    | lexicon.AUXILIARIES
    | (lexicon.ADVERBS - {"overall"})
    | frozenset(day for day in lexicon.WEEKDAYS if day.endswith("day"))
)
_NO_PLURALS = frozenset(
    "is was has his its this us as thus yes news always perhaps towards besides less business process "
    "congress access success address progress press plus status virus campus bus crisis basis analysis "
    "thesis gas across unless afterwards sometimes press illness fitness lens texas paris series class "
    "glass loss mass boss mess pass cross dress stress express wilderness witness kilometres christmas "
    "census focus bonus".split()
) - {"kilometres"}


def is_stop(word: str) -> bool:
    """Is `word` (lower case) one that no noun phrase runs across: of, the, was, who, punctuation?"""
    return word in _STOPS or not word[:1].isalnum()


def is_plural(word: str) -> bool:
    """Does `word` (lower case) look like a noun of which there are several?"""
    if word in lexicon.IRREGULAR_PLURALS:
        return True
    if len(word) < 3 or not word.endswith("s") or word in _NO_PLURALS:
        return False
    return not word.endswith(("ss", "us", "is", "'s")) and word not in lexicon.PRESENT


def is_finite(word: str) -> bool:
    """Can `word` (lower case) be the verb of a clause by its form alone: fell, was, says, announced?"""
    return word in lexicon.AUXILIARIES or word in lexicon.PAST or word in lexicon.PRESENT


def is_adverb(word: str) -> bool:
    """Does `word` (lower case) end as an adverb does: sharply, not supply?"""
    return word.endswith("ly") and word not in _LY_NOUNS


_LY_NOUNS = frozenset(
    "quarterly monthly weekly daily yearly hourly early family supply assembly only elderly likely "
    "rally ally july italy reply monopoly anomaly butterfly costly deadly friendly".split()
)


def counted_ahead(sentence: Sentence, index: int, *, reach: int = 4) -> bool:
    """Does a plural noun follow from `index`, with nothing but its own adjectives between?"""
    at, end = index, min(index + reach, sentence.size)
    while at < end:
        word = sentence.lower[at]
        if at > index and (
            _is_inner_hyphen(sentence, at) or (word == "and" and _joins_adjectives(sentence, at))
        ):
            at, end = at + 1, min(end + 1, sentence.size)
            continue
        if is_stop(word) and word not in _MORE:
            return False
        if is_plural(word):
            return word not in _RACES
        at += 1
    return False


_MORE = frozenset("more fewer less further".split())
_RACES = frozenset("hurdles sprints races finals heats".split())


def counted_noun(sentence: Sentence, index: int, *, one: bool) -> tuple[int, int] | None:
    """Return the tokens of the noun that a number before `index` counts, its head the last; None if none.

    `one`: the number is 1, so that the head is singular.
    """
    limit = min(index + 7, sentence.size)
    at, run_end = index, index
    while at < limit:
        word = sentence.lower[at]
        if at > index and _is_inner_hyphen(sentence, at):
            at += 2  # "comet-like tails", "T-38 jets"
            if is_plural(sentence.word(at - 1)) and not one and not _goes_on(sentence, at):
                return index, at  # "walkie-talkies"
            continue
        if at > index and (_is_company_sign(sentence, at) or _is_in_name(sentence, at)):
            at += 1
            continue
        if one and _ends_single(sentence, index, at):
            break
        if word in ("and", "or") and at > index and _joins_adjectives(sentence, at):
            at += 1
            continue
        if (is_stop(word) and not (at == index and word in _MORE)) or (
            at > index and _is_verb_here(sentence, at)
        ):
            break
        if word[0].isdecimal() or sentence.words[at] == "x":
            break
        at += 1
        run_end = at
        if word in lexicon.CASUALTIES and counted_ahead(sentence, at):
            continue  # "two missing students"
        if is_plural(word) and not one and not _goes_on(sentence, at):
            return index, at
    return _singular(sentence, index, run_end, one=one)


def _is_inner_hyphen(sentence: Sentence, index: int) -> bool:
    return sentence.lower[index] in _HYPHENS and sentence.tight(index) and sentence.tight(index + 1)


def _ends_single(sentence: Sentence, index: int, at: int) -> bool:
    word = sentence.lower[at]
    if at == index:
        return word.endswith("ing")
    return word in lexicon.CASUALTIES or word in lexicon.AMBIGUOUS or word.endswith("ed")


def _is_in_name(sentence: Sentence, index: int) -> bool:
    """Is it the "of" of "Bank of America", the number of "Boeing 737"?"""
    word = sentence.lower[index]
    if not sentence.words[index - 1][:1].isupper():
        return False
    return word[0].isdecimal() or (word == "of" and sentence.raw(index + 1)[:1].isupper())


def _is_company_sign(sentence: Sentence, index: int) -> bool:
    word = sentence.lower[index]
    return word == "&" or (word == "." and sentence.word(index - 1) in ("co", "inc", "st", "jr"))


def _joins_adjectives(sentence: Sentence, index: int) -> bool:
    before, following = sentence.word(index - 1), sentence.word(index + 1)
    if is_plural(before) or is_stop(following) or following[:1].isdecimal():
        return False
    return any(is_plural(sentence.word(at)) for at in (index + 2, index + 3)) or (
        is_plural(following) and before.endswith(("al", "ic", "ish", "an", "ed", "ive", "ary"))
    )


def _goes_on(sentence: Sentence, index: int) -> bool:
    """Is the plural before `index` an adjective of a plural that follows ("sales offices")?"""
    word = sentence.word(index)
    if sentence.raw(index)[:1].isupper() and not sentence.raw(index - 1)[:1].isupper():
        return False
    return (
        is_plural(word)
        and word not in lexicon.AMBIGUOUS
        and word not in lexicon.CASUALTIES
        and word not in ("more", "others")
    )


def _is_verb_here(sentence: Sentence, index: int) -> bool:
    word = sentence.lower[index]
    if (
        word in lexicon.PRESENT
        or word in lexicon.PAST
        or word in lexicon.PARTICIPLES
        or word.endswith(("ing", "ed"))
    ):
        if sentence.lower[index - 1].endswith("ly") and word not in _NEVER_ADJECTIVES:
            return False  # "decently sized"
        return not counted_ahead(sentence, index + 1, reach=3) or word in _NEVER_ADJECTIVES
    return word in lexicon.AMBIGUOUS and is_plural(sentence.lower[index - 1])


_NEVER_ADJECTIVES = frozenset("said says told had has took made went came saw gave got did fell rose".split())


def _singular(sentence: Sentence, index: int, end: int, *, one: bool) -> tuple[int, int] | None:
    """Judge a run of words without a plural: "36,000 staff", "one student", not "15 by"."""
    if end == index:
        return None
    head = sentence.lower[end - 1]
    if not one and sentence.lower[index].endswith("ly"):
        return None  # "18 allegedly involve"
    if end - index == 1 and (
        head in lexicon.PARTICIPLES or head in lexicon.PAST or head.endswith(("ly", "ing", "ed"))
    ):
        return (index, end) if head in lexicon.CASUALTIES else None
    if head in _ADJECTIVES_ALONE or (
        not one and end - index == 1 and head in lexicon.BASE and head != "staff"
    ):
        return None
    if not one and end - index > 1 and sentence.words[index].islower() and sentence.lower[index] not in _MORE:
        return index, index + 1  # "12 page document": the first word is the unit
    return index, end


_ADJECTIVES_ALONE = frozenset(
    "more other additional new further extra total old high low new long wide tall deep big cheaper "
    "higher lower faster better worse older younger taller longer bigger smaller larger fewer less "
    "hotter cooler former first last late early latest largest biggest top best".split()
)
