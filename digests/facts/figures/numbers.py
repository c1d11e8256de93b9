"""Numerals and number words become values: "1.3bn", "two-and-a-half", "half a million", "one in five"."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from digests.facts.figures import lexicon
from digests.facts.figures.grammar import counted_ahead
from digests.facts.figures.tokens import Sentence
from digests.facts.figures.units import CURRENCY_CODES, CURRENCY_SIGNS, TIGHT_CODES

_LONGEST_NUMERAL = 24  # digits; what is longer is an id or noise
_LARGEST = Decimal(10) ** 18  # what goes on beyond it is no amount
_HYPHENS = frozenset("-‐‑")
_SLASHES = frozenset("/⁄")
_DENOMINATORS = frozenset((2, 3, 4, 5, 6, 8, 10, 16, 32, 64, 100, 128))
_ALWAYS_MAGNITUDE = frozenset(("k", "mn", "bn", "tn", "trn", "mio", "bil", "mil"))
_SPACED_MAGNITUDE = frozenset(("bn", "mn", "tn", "trn", "mln", "mil", "m", "b"))
_EXPONENT_SIGNS = frozenset("-−–^⁻")


class Form(StrEnum):
    """How a number is written."""

    DIGITS = "digits"
    WORDS = "words"
    FRACTION = "fraction"  # two-thirds
    SHARE = "share"  # one in five
    VAGUE = "vague"  # thousands of


# A member takes ten times as long to look up on its class; see `kinds`.
DIGITS, WORDS, FRACTION, SHARE, VAGUE = Form


@dataclass(slots=True)
class Number:
    """A value and the tokens `[first, last)` that write it."""

    first: int
    last: int
    value: Decimal
    form: Form
    high: Decimal | None = None
    magnitude: Decimal | None = None  # the last one written: "10 and 12 billion" share it
    plain: bool = True  # bare digits: no comma, no point, no magnitude


STARTERS = (
    frozenset(lexicon.SMALL)
    | frozenset(lexicon.TENS)
    | frozenset(lexicon.VAGUE)
    | frozenset(lexicon.FRACTION_SIGNS)
    | {"a", "an", "half", "quarter", "tens"}
    | {stem + "fold" for stem in (*lexicon.SMALL, *lexicon.TENS, *lexicon.MAGNITUDES)}
)


def starts_number(sentence: Sentence, index: int) -> bool:
    """Can a number start at the token `index`?"""
    word = sentence.word(index)
    return word in STARTERS or word[:1].isdecimal() or word == "."


def number_starts(sentence: Sentence) -> list[int]:
    """Return the tokens at which a number can start; for most tokens this is all that is asked of them."""
    return [
        index
        for index, word in enumerate(sentence.lower)
        if word in STARTERS or word[0].isdecimal() or word == "."
    ]


def number_at(sentence: Sentence, index: int) -> Number | None:
    """Return the number that starts at the token `index`."""
    word = sentence.lower[index]
    if word[0].isdecimal():
        return _digits(sentence, index)
    if word in lexicon.FRACTION_SIGNS:
        return Number(index, index + 1, _ratio(lexicon.FRACTION_SIGNS[word]), FRACTION, plain=False)
    if word == "." and _is_bare_decimal(sentence, index):
        value = Decimal("0." + sentence.words[index + 1])
        return Number(index, index + 2, value, DIGITS, plain=False)
    return _words(sentence, index)


def _is_bare_decimal(sentence: Sentence, index: int) -> bool:
    following = sentence.word(index + 1)
    return (
        sentence.tight(index + 1)
        and following.isdecimal()
        and len(following) <= _LONGEST_NUMERAL
        and not sentence.tight(index)
    )


# Digits -----------------------------------------------------------------------------------------


def _digits(sentence: Sentence, index: int) -> Number | None:
    raw = sentence.words[index]
    if len(raw) > _LONGEST_NUMERAL:
        return None
    number = Number(index, index + 1, Decimal(raw.replace(",", "")), DIGITS)
    number.plain = raw.isdecimal()
    if _slash_fraction(sentence, number) or _power(sentence, number):
        return number
    _mixed(sentence, number)
    _magnitude(sentence, number)
    _and_a_half(sentence, number)
    return _share(sentence, number) or number


def _slash_fraction(sentence: Sentence, number: Number) -> bool:
    part = _fraction_of_digits(sentence, number.first)
    if part is None or part >= 1:
        return False
    last = number.first + 3
    if sentence.tight(last) and sentence.word(last) in ("rd", "rds", "th", "ths", "nds"):
        last += 1
    number.value, number.last, number.form, number.plain = part, last, FRACTION, False
    return True


def _fraction_of_digits(sentence: Sentence, index: int) -> Decimal | None:
    """Return the value of "3/4" at `index`."""
    if sentence.word(index + 1) not in _SLASHES or not (
        sentence.tight(index + 1) and sentence.tight(index + 2)
    ):
        return None
    above, below = sentence.word(index), sentence.word(index + 2)
    if not (above.isdecimal() and below.isdecimal() and len(above) < 4 and len(below) < 4):
        return None
    if sentence.word(index + 3) in _SLASHES or int(below) not in _DENOMINATORS:
        return None
    return Decimal(above) / Decimal(below)


def _power(sentence: Sentence, number: Number) -> bool:
    """Read "2.998×10-8"."""
    at = number.last
    if sentence.word(at) not in ("×", "x") or sentence.word(at + 1) != "10":
        return False
    negative = sentence.word(at + 2) in _EXPONENT_SIGNS
    exponent = sentence.word(at + 2 + negative)
    if not exponent.isdecimal() or len(exponent) > 2 or not sentence.tight(at + 2 + negative):
        return False
    number.value *= Decimal(10) ** (-int(exponent) if negative else int(exponent))
    number.last, number.plain = at + 3 + negative, False
    return True


def _mixed(sentence: Sentence, number: Number) -> None:
    """Read the fraction in "7 3/4" and "2½"."""
    sign = lexicon.FRACTION_SIGNS.get(sentence.word(number.last))
    part = _ratio(sign) if sign else _fraction_of_digits(sentence, number.last)
    if part is not None and part < 1 and number.plain:
        number.value += part
        number.last += 1 if sign else 3
        number.plain = False


def _magnitude(sentence: Sentence, number: Number) -> None:
    at = number.last
    word = sentence.word(at)
    if word in lexicon.SUFFIXES and (sentence.tight(at) or word in _SPACED_MAGNITUDE):
        if _is_magnitude(sentence, number, word):
            _multiply(number, lexicon.SUFFIXES[word], at + 1)
        return
    while True:
        at = number.last + (sentence.word(number.last) in _HYPHENS and sentence.tight(number.last))
        factor = lexicon.MAGNITUDES.get(sentence.word(at)) or _dozen(sentence, at)
        if (
            factor is None
            or (at > number.last and not sentence.tight(at))
            or number.value * factor > _LARGEST
        ):
            return
        _multiply(number, factor, at + 1)


def _dozen(sentence: Sentence, index: int) -> Decimal | None:
    return Decimal(12) if sentence.word(index) == "dozen" else None


def _multiply(number: Number, factor: Decimal, last: int) -> None:
    number.value *= factor
    number.magnitude = (number.magnitude or Decimal(1)) * factor
    number.last, number.plain = last, False


def _is_magnitude(sentence: Sentence, number: Number, suffix: str) -> bool:
    """Is the letter behind the digits a million ("£5m", "12m people") and no metre?"""
    at = number.last
    following = sentence.word(at + 1)
    tight_after = sentence.tight(at + 1) and following[:1].isalnum()
    if tight_after or (sentence.raw(at) == "K" and following in lexicon.SCREENS):
        return False
    money = has_currency_before(sentence, number.first)
    if suffix in ("m", "b", "t", "mm") and not sentence.tight(at):
        return money
    if suffix in _ALWAYS_MAGNITUDE or money:
        return True
    if suffix == "mm":
        return False
    return following in _MONEY_WORDS or counted_ahead(sentence, at + 1)


_MONEY_WORDS = frozenset(
    "dollars euros pounds yen yuan rupees francs roubles rubles us usd eur gbp pesos won".split()
)


def has_currency_before(sentence: Sentence, index: int) -> bool:
    """Does a currency sign or code stand before the token `index`?"""
    before = sentence.word(index - 1)
    if before in CURRENCY_SIGNS or before in ("=",):
        return True
    if before in CURRENCY_CODES and sentence.raw(index - 1)[:1].isupper():
        return sentence.tight(index) or before not in TIGHT_CODES
    return False


def _and_a_half(sentence: Sentence, number: Number) -> None:
    """Read the tail of "four and a half", "two-and-a-half", "one and three quarters"."""
    at, hyphens = number.last, 0
    parts: list[str] = []
    while len(parts) < 3 and at < sentence.size:
        if sentence.lower[at] in _HYPHENS and sentence.tight(at):
            hyphens += 1
        else:
            parts.append(sentence.lower[at])
        at += 1
    if len(parts) < 3 or parts[0] != "and" or parts[2] not in lexicon.PARTS:
        return
    above = {"a": 1, "one": 1, "two": 2, "three": 3}.get(parts[1])
    if above is None or number.form is FRACTION:
        return
    number.value += Decimal(above) / lexicon.PARTS[parts[2]] * (number.magnitude or 1)
    number.last, number.plain = at, False
    if number.magnitude is None:
        _magnitude(sentence, number)


# One in five ------------------------------------------------------------------------------------


def _share(sentence: Sentence, number: Number) -> Number | None:
    """Read "one in five", "nine out of 10", "1 in 4"."""
    at = number.last
    hyphen = 1 if sentence.word(at) in _HYPHENS and sentence.tight(at) else 0
    at += hyphen
    if sentence.word(at) == "out" and sentence.word(at + 1) == "of":
        at += 2
    elif sentence.word(at) in ("in", "-in-"):
        at += 1 + hyphen
    else:
        return None
    if sentence.word(at) == "every":
        at += 1
    if at >= sentence.size or number.magnitude or number.value != int(number.value):
        return None
    below = _whole(sentence, at)
    if below is None or not _is_share(sentence, number, below):
        return None
    return Number(number.first, below.last, number.value / below.value, SHARE, plain=False)


def _whole(sentence: Sentence, index: int) -> Number | None:
    word = sentence.lower[index]
    if word.replace(",", "").isdecimal() and len(word) < 12:
        number = Number(index, index + 1, Decimal(word.replace(",", "")), DIGITS)
        _magnitude(sentence, number)
        return number
    if word in lexicon.SMALL or word in lexicon.TENS:
        return _spelled(sentence, index)
    if word in ("a", "an") and sentence.word(index + 1) in lexicon.MAGNITUDES:
        return _spelled(sentence, index)
    return None


def _is_share(sentence: Sentence, number: Number, below: Number) -> bool:
    if not 0 < number.value < below.value or sentence.word(below.last) in _PERIODS:
        return False
    if sentence.word(below.last) in ("%", "percent", "per", "-", "million"):
        return False
    year = below.plain and 1900 <= below.value <= 2100
    return not year and (number.value < 10 or sentence.word(below.first - 1) == "of")


_PERIODS = frozenset(
    "days day weeks week months month years year hours hour minutes minute seconds decades games matches "
    "starts innings overs states countries cities counties".split()
)


# Words ------------------------------------------------------------------------------------------


def _words(sentence: Sentence, index: int) -> Number | None:
    word = sentence.lower[index]
    if word in lexicon.VAGUE or word == "tens":
        return _vague(sentence, index)
    if word.endswith("fold") and len(word) > 4:
        return _fold(sentence, index)
    if word == "half":
        return _half(sentence, index)
    if word in ("a", "an"):
        return _article(sentence, index)
    if word in ("quarter", "third") and sentence.word(index + 1) == "of":
        return None
    if word == "quarter" and sentence.word(index + 1) in lexicon.MAGNITUDES:
        factor = lexicon.MAGNITUDES[sentence.word(index + 1)]
        return Number(index, index + 2, factor / 4, WORDS, magnitude=factor, plain=False)
    number = _spelled(sentence, index)
    if number is None:
        return None
    _and_a_half(sentence, number)
    return _part(sentence, number) or _share(sentence, number) or number


def _fold(sentence: Sentence, index: int) -> Number | None:
    """Read "sixfold": its unit is in the word."""
    stem = sentence.lower[index][:-4]
    value = lexicon.SMALL.get(stem) or lexicon.TENS.get(stem) or lexicon.MAGNITUDES.get(stem)
    return None if value is None else Number(index, index + 1, value, WORDS, plain=False)


def _spelled(sentence: Sentence, index: int) -> Number | None:
    """Read whole number words: "twenty-eight thousand six hundred and forty-two", "three dozen"."""
    tally, at, last = _Tally(), index, index
    if sentence.lower[index] in ("a", "an"):
        at += 1
    while at < sentence.size and tally.value < _LARGEST:
        word = sentence.lower[at]
        if not _is_joint(sentence, at, last, tally.previous):
            if not tally.takes(word):
                break
            last = at + 1
        at += 1
    if last == index:
        return None
    plain = tally.magnitude is None
    return Number(index, last, tally.value, WORDS, magnitude=tally.magnitude, plain=plain)


def _is_joint(sentence: Sentence, at: int, last: int, previous: str) -> bool:
    """Is it the hyphen of "twenty-eight" or the "and" of "six hundred and forty"?"""
    if at == 0 or not previous or last != at:
        return False
    if sentence.lower[at] in _HYPHENS:
        return sentence.tight(at) and sentence.tight(at + 1)
    following = sentence.word(at + 1)
    return (
        sentence.lower[at] == "and"
        and previous in ("hundred", "thousand", "million")
        and (following in lexicon.SMALL or following in lexicon.TENS)
    )


class _Tally:
    """Adds up number words from left to right."""

    def __init__(self) -> None:
        self.total = Decimal(0)  # of the parts whose magnitude is known: thousands
        self.current: Decimal | None = None  # the part before its magnitude
        self.magnitude: Decimal | None = None
        self.previous = ""

    @property
    def value(self) -> Decimal:
        return self.total + (self.current or Decimal(0))

    def takes(self, word: str) -> bool:
        """Add `word`, unless it starts another number or is none."""
        if word in lexicon.SMALL or word in lexicon.TENS:
            if not self._may_follow(word):
                return False
            self.current = (self.current or Decimal(0)) + lexicon.SMALL.get(
                word, lexicon.TENS.get(word, Decimal(0))
            )
        elif word in ("hundred", "dozen"):
            self.magnitude = Decimal(100 if word == "hundred" else 12)
            self.current = self._or_one() * self.magnitude
        elif word in lexicon.MAGNITUDES:
            self.magnitude = lexicon.MAGNITUDES[word]
            self.total, self.current = self.total + self._or_one() * self.magnitude, None
        else:
            return False
        self.previous = word
        return True

    def _or_one(self) -> Decimal:
        return Decimal(1) if self.current is None else self.current

    def _may_follow(self, word: str) -> bool:
        if self.previous in lexicon.SMALL:
            return False
        return self.previous not in lexicon.TENS or Decimal(0) < lexicon.SMALL.get(word, Decimal(0)) < 10


def _part(sentence: Sentence, number: Number) -> Number | None:
    """Read "two-thirds", "three quarters", "one fifth"."""
    at = number.last + (sentence.word(number.last) in _HYPHENS and sentence.tight(number.last))
    below = lexicon.PARTS.get(sentence.word(at))
    if below is None or number.magnitude or not 0 < number.value < below:
        return None
    plural = sentence.word(at).endswith("s") or sentence.word(at) == "halves"
    if plural != (number.value > 1) or (number.value == 1 and not _is_one_part(sentence, at)):
        return None
    return Number(number.first, at + 1, number.value / below, FRACTION, plain=False)


def _is_one_part(sentence: Sentence, index: int) -> bool:
    return sentence.word(index + 1) not in ("quarter", "time", "place") and sentence.word(index) != "second"


def _vague(sentence: Sentence, index: int) -> Number | None:
    """Read "thousands of", "tens of thousands of", "hundreds of millions of"."""
    word = sentence.lower[index]
    if sentence.word(index - 1) in _PRECISE or not _counts(sentence, index):
        return None
    low = lexicon.VAGUE.get(word, Decimal(10))
    last = index + 1
    if sentence.word(last) == "of" and sentence.word(last + 1) in lexicon.VAGUE:
        low *= lexicon.VAGUE[sentence.word(last + 1)]
        last += 2
    elif word == "tens":
        return None
    if sentence.word(last) != "of" and not sentence.word(last)[:1].isalpha():
        return None
    return Number(index, last, low, VAGUE, high=low * 10, plain=False)


_PRECISE = frozenset(("the", "low", "mid", "high", "several", "many"))


def _counts(sentence: Sentence, index: int) -> bool:
    following = sentence.word(index + 1)
    return following == "of" or counted_ahead(sentence, index + 1)


def _half(sentence: Sentence, index: int) -> Number | None:
    """Read "half a million", "half-million", "half a dozen", "half an hour", "half of", "half the"."""
    hyphen = sentence.word(index + 1) in _HYPHENS and sentence.tight(index + 1)
    at = index + 1 + hyphen
    if sentence.word(at) in ("a", "an") and not hyphen:
        at += 1
    factor = lexicon.MAGNITUDES.get(sentence.word(at)) or _dozen(sentence, at)
    if factor is not None:
        return Number(index, at + 1, factor / 2, WORDS, magnitude=factor, plain=False)
    if hyphen or not _is_half(sentence, index):
        return None
    return Number(index, index + 1, Decimal("0.5"), FRACTION, plain=False)


_NOT_BEFORE_HALF = frozenset(
    "first second this last next other better final latter half opening that same every".split()
)
_AFTER_HALF = frozenset("of the a an its his her their all that those our my".split())


def _is_half(sentence: Sentence, index: int) -> bool:
    before, following = sentence.word(index - 1), sentence.word(index + 1)
    if before in _NOT_BEFORE_HALF or before in _HYPHENS:
        return False
    return following in _AFTER_HALF or before in ("than", "nearly", "almost", "about", "by", "over", "under")


def _article(sentence: Sentence, index: int) -> Number | None:
    """Read "a million", "a dozen", "a third", "a quarter of a million", "a couple of hundred"."""
    word = sentence.word(index + 1)
    if word in lexicon.MAGNITUDES or word == "dozen":
        number = _spelled(sentence, index)
        if number is not None:
            _and_a_half(sentence, number)
        return number
    if word in ("couple", "pair") and sentence.word(index + 2) == "of":
        factor = lexicon.MAGNITUDES.get(sentence.word(index + 3)) or _dozen(sentence, index + 3)
        return (
            None
            if factor is None
            else Number(index, index + 4, factor * 2, WORDS, magnitude=factor, plain=False)
        )
    if word in ("half", "quarter"):
        return _part_of_magnitude(sentence, index)
    if word in lexicon.PARTS and not word.endswith("s") and sentence.word(index + 2) in _AFTER_PART:
        return Number(index, index + 2, Decimal(1) / lexicon.PARTS[word], FRACTION, plain=False)
    return None


_AFTER_PART = frozenset(("of", "less", "more", "from", "in", "to", ".", ",", "", "since", "higher", "lower"))


def _part_of_magnitude(sentence: Sentence, index: int) -> Number | None:
    part = Decimal(1) / lexicon.PARTS[sentence.word(index + 1)]
    at = index + 2
    if sentence.word(at) in _HYPHENS and sentence.tight(at):
        at += 1
    elif sentence.word(at) == "of" and sentence.word(at + 1) == "a":
        at += 2
    factor = lexicon.MAGNITUDES.get(sentence.word(at))
    if factor is not None:
        return Number(index, at + 1, factor * part, WORDS, magnitude=factor, plain=False)
    if (
        sentence.word(at) in ("point", "percentage", "hour", "mile", "percent", "per")
        or sentence.word(index + 2) == "of"
    ):
        return Number(index, index + 2, part, FRACTION, plain=False)
    return None


def _ratio(written: str) -> Decimal:
    above, below = written.split("/")
    return Decimal(above) / Decimal(below)
