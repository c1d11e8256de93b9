"""The words behind a number name its unit, and what it is counted per."""

from digests.facts.figures import lexicon, units
from digests.facts.figures.drafts import DASHES, Draft
from digests.facts.figures.grammar import is_stop
from digests.facts.figures.kinds import MEASURE, MONEY
from digests.facts.figures.money import add_cents, is_pound_money, speaks_of_weight
from digests.facts.figures.numbers import FRACTION, VAGUE
from digests.facts.figures.tokens import Sentence
from digests.model import FigureKind


def find_unit(sentence: Sentence, draft: Draft) -> bool:
    at = draft.last
    hyphens = 0
    while sentence.word(at) in DASHES and sentence.tight(at) and sentence.tight(at + 1):
        at += 1
        hyphens += 1
    at = _skip_article(sentence, draft, at)
    if sentence.word(at) == "u.s." and unit_at(sentence, at) is None:
        at += 1
    if draft.number.form is VAGUE and sentence.word(at) == "of":
        at += 1
    match = unit_at(sentence, at)
    if match is None:
        return False
    unit, kind, end = match
    if unit in ("lb", "lbft") and is_pound_money(sentence, draft):
        unit, kind = "GBP", MONEY
    if kind is MEASURE and unit == "stone" and not speaks_of_weight(sentence):
        return False
    draft.unit, draft.kind, draft.last = unit, kind, end
    draft.attributive = hyphens > 0
    if kind is MONEY:
        add_cents(sentence, draft)
    find_rate(sentence, draft)
    return True


def _skip_article(sentence: Sentence, draft: Draft, at: int) -> int:
    """Step over the article of "half a percentage point" and "1/16 of a pint"."""
    if draft.number.form is not FRACTION:
        return at
    start = at + (sentence.word(at) == "of")
    if sentence.word(start) not in ("a", "an", "one"):
        return at
    start += 1 + (sentence.word(start + 1) in ("us", "u.s."))
    return start if unit_at(sentence, start) is not None else at


def unit_at(sentence: Sentence, index: int) -> tuple[str, FigureKind, int] | None:
    """Return the unit whose words start at the token `index`, the longest, and where they end."""
    first = sentence.word(index).removesuffix("'s")
    if first in units.CURRENCY_SIGNS:
        return units.CURRENCY_SIGNS[first], MONEY, index + 1
    if first not in units.FIRST:
        return None
    words: list[str] = []
    ends: list[int] = []
    at = index
    while len(words) < units.LONGEST and at < sentence.size:
        word = sentence.lower[at].removesuffix("'s")
        if word in DASHES and words and sentence.tight(at) and sentence.tight(at + 1):
            at += 1
            continue
        if word == "/" and words:  # "km/h" is cut into three tokens
            words[-1] += "/" + sentence.word(at + 1)
            at += 2
            ends[-1] = at
            continue
        words.append(word)
        at += 1
        if sentence.word(at) in ("2", "3") and sentence.tight(at):  # km2
            words[-1] += sentence.word(at)
            at += 1
        ends.append(at)
        if word == "sq" and sentence.word(at) == ".":
            at += 1
    return _longest(sentence, index, words, ends)


def _longest(
    sentence: Sentence, index: int, words: list[str], ends: list[int]
) -> tuple[str, FigureKind, int] | None:
    for length in range(len(words), 0, -1):
        if length == 1 and _is_capital_word(sentence, index):
            break
        found = units.WORDS.get(tuple(words[:length]))
        if found is not None and (length > 1 or _is_unit(sentence, index)):
            return found[0], found[1], ends[length - 1]
    simple = words[0].split("/")[0]
    found = units.WORDS.get((simple,))
    return (
        None
        if found is None or "/" not in words[0] or not _is_unit(sentence, index)
        else (found[0], found[1], index + 1)
    )


def _is_capital_word(sentence: Sentence, index: int) -> bool:
    """Is it a name ("two Cup races", "40 Hours") rather than a unit ("20 Celsius")?"""
    raw = sentence.words[index]
    return (
        not sentence.tight(index)
        and len(raw) > 2
        and raw[0].isupper()
        and raw[1:].islower()
        and raw.lower() not in _NAMED_UNITS
    )


_NAMED_UNITS = frozenset(
    "celsius fahrenheit kelvin euro euros yen yuan rupees bitcoin bitcoins calories mbps gbps".split()
)


def _is_unit(sentence: Sentence, index: int) -> bool:
    """Guard the short and the ambiguous: "5 m" is metres, "5 a side" no ampere, "three won" no currency."""
    word, before, tight = sentence.lower[index], sentence.word(index - 1), sentence.tight(index)
    if word == "second":
        return (
            "." in before or before in ("-", "one", "a", "1", "per") or not is_stop(sentence.word(index + 1))
        )
    if word == "won":
        return len(before) > 3 and before not in lexicon.SMALL
    if word in _ONLY_TIGHT:
        return tight
    if word in units.TIGHT_ONLY or (len(word) == 1 and word.isalpha()):
        return tight or (before[:1].isdecimal() and _is_loose_letter(sentence, index))
    return True


_ONLY_TIGHT = frozenset("a crown real ps pc".split())


def _is_loose_letter(sentence: Sentence, index: int) -> bool:
    """Is a letter apart from its number a unit: "5 m of", "30 C", "2 V"?"""
    word, following = sentence.lower[index], sentence.word(index + 1)
    if word not in _LOOSE_LETTERS or following in DASHES or following == "'":
        return False
    return (
        word in ("g", "l", "m", "w") or len(word) > 1 or sentence.words[index].isupper() or is_stop(following)
    )


_LOOSE_LETTERS = frozenset("m g c f w v l h p ms mi ha kt gt b hz".split())


_PER = frozenset(("per", "a", "an", "/", "each", "every"))


def find_rate(sentence: Sentence, draft: Draft) -> None:
    """Read "per barrel", "an hour", "-a-year", "/kWh" behind a unit."""
    at = draft.last
    if draft.kind is MONEY and sentence.word(at) == "(":
        at = _past_brackets(sentence, at)
    hyphen = sentence.word(at) in DASHES and sentence.tight(at) and sentence.tight(at + 1)
    if hyphen:
        at += 1
    if draft.kind is MEASURE and sentence.word(at) == "of":
        at = _past_stuff(sentence, at)
    word = sentence.word(at)
    if word in ("u.s.", "us") and sentence.word(at + 1) == "per":
        at, word = at + 1, "per"
    if word not in _PER or draft.unit is None:
        return
    following = at + 1 + (sentence.word(at + 1) in DASHES)
    name = _rate_name(sentence, following, free=word in ("per", "/") and not hyphen)
    if (
        name is None
        or sentence.word(name[1]) in _LATER
        or (word in ("each", "every") and draft.kind is not MONEY)
    ):
        return
    draft.unit = units.rate(draft.unit, name[0])
    if sentence.word(draft.last) not in ("(", "of"):
        draft.last = name[1]


def _past_stuff(sentence: Sentence, at: int) -> int:
    """Step over "of copper" in "52,000 tonnes of copper a year"."""
    for end in range(at + 2, min(at + 5, sentence.size)):
        word = sentence.lower[end]
        if word in ("a", "per", "an") and sentence.word(end + 1) in _RATE_TIMES:
            return end
        if is_stop(word):
            break
    return at


_RATE_TIMES = frozenset("year month week day hour minute second annum".split())


def _past_brackets(sentence: Sentence, at: int) -> int:
    """Step over "($2.4 billion)" in "9 billion shekels ($2.4 billion) a year"."""
    for end in range(at + 1, min(at + 7, sentence.size)):
        if sentence.lower[end] == ")":
            return end + 1
    return at


_LATER = frozenset("ago earlier later before after previously".split())


def _rate_name(sentence: Sentence, index: int, *, free: bool) -> tuple[str, int] | None:
    word = sentence.word(index)
    if free and unit_at(sentence, index) is not None:
        unit, _, end = unit_at(sentence, index) or ("", None, 0)
        return units.RATE_NAMES.get(word, unit), end
    if word in units.RATE_NAMES:
        return units.RATE_NAMES[word], index + 1
    if word in units.RATE_NOUNS:
        return word, index + 1
    if not free or is_stop(word) or not word[:1].isalpha():
        return None
    return word, index + 1
