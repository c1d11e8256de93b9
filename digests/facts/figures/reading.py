"""A sentence becomes drafts of figures: value, unit, kind, hedge and trend, each with its tokens."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from digests.facts.figures import lexicon, units
from digests.facts.figures.grammar import counted_ahead, counted_noun, is_plural, is_stop
from digests.facts.figures.hedges import modifier_after, modifier_before, trend
from digests.facts.figures.numbers import Form, Number, number_at
from digests.facts.figures.tokens import Sentence
from digests.facts.figures.traps import is_trap
from digests.model import FigureKind, Modifier, Span, Trend

_DASHES = frozenset("-‐‑–—")
_AMOUNTS = frozenset((FigureKind.MONEY, FigureKind.PERCENT, FigureKind.MEASURE, FigureKind.RATIO))
STARTERS = (
    frozenset(lexicon.SMALL)
    | frozenset(lexicon.TENS)
    | frozenset(lexicon.VAGUE)
    | frozenset(lexicon.FRACTION_SIGNS)
    | {"a", "an", "half", "quarter", "tens"}
    | {stem + "fold" for stem in (*lexicon.SMALL, *lexicon.TENS, *lexicon.MAGNITUDES)}
)


@dataclass(slots=True)
class Draft:
    """A figure in the making. It covers the tokens `[first, last)`, its hedge starts at `hedge`."""

    sentence: Sentence
    number: Number
    first: int
    last: int
    value: Decimal
    high: Decimal | None = None
    unit: str | None = None
    kind: FigureKind = FigureKind.OTHER
    modifier: Modifier = Modifier.EXACT
    trend: Trend | None = None
    hedge: int = 0
    noun: tuple[int, int] | None = None  # tokens of the counted noun
    attributive: bool = False  # "12-page document": the unit is an adjective of what follows

    @property
    def span(self) -> Span:
        return Span(self.sentence.starts[self.first], self.sentence.ends[self.last - 1])


def drafts_of(sentence: Sentence) -> list[Draft]:
    """Return the figures of a sentence in their order."""
    drafts = [_with_unit(sentence, number) for number in _numbers(sentence)]
    drafts = _ranges(sentence, [draft for draft in drafts if draft is not None])
    points = False
    for previous, draft in zip([None, *drafts], drafts, strict=False):
        _hedge(sentence, draft)
        if previous is not None:
            _carry(sentence, previous, draft)
        if points and draft.unit is None and sentence.word(draft.hedge - 1) in ("to", "at"):
            draft.unit, draft.kind = "point", FigureKind.MEASURE
        points = points or draft.unit == "point"
        if draft.unit is None and not draft.attributive:
            _persons(sentence, draft)
    return [draft for draft in drafts if not _is_empty(sentence, draft)]


def _numbers(sentence: Sentence) -> Iterator[Number]:
    index = 0
    while index < sentence.size:
        word = sentence.lower[index]
        number = None
        if word in STARTERS or word[0].isdecimal() or word == ".":
            number = number_at(sentence, index)
        if number is None:
            index += 1
            continue
        if not is_trap(sentence, number):
            yield number
        index = number.last


# Units ------------------------------------------------------------------------------------------


def _with_unit(sentence: Sentence, number: Number) -> Draft:
    draft = Draft(sentence, number, number.first, number.last, number.value, number.high)
    _sign(sentence, draft)
    if _currency_before(sentence, draft):
        _rate(sentence, draft)
    elif not _age(sentence, draft) and not _unit_after(sentence, draft):
        _count(sentence, draft)
    return draft


def _sign(sentence: Sentence, draft: Draft) -> None:
    """Read the minus of "-5 yards" and "minus 387"."""
    before = sentence.word(draft.first - 1)
    if before == "minus" or (
        before in ("-", "−") and sentence.tight(draft.first) and _opens(sentence, draft.first - 1)
    ):
        draft.value = -draft.value
        draft.first -= 1


def _opens(sentence: Sentence, index: int) -> bool:
    return (
        index == 0
        or (not sentence.tight(index) and sentence.word(index - 1) not in ("to",))
        or sentence.word(index - 1) == "("
    )


def _currency_before(sentence: Sentence, draft: Draft) -> bool:
    at = draft.first - 1
    if at < 0:
        return False
    word = sentence.lower[at]
    if word == "=" and sentence.word(at - 1) == "y" and sentence.tight(at):
        return _set_money(draft, "JPY", at - 1)
    if word in units.CURRENCY_SIGNS:
        return _signed(sentence, draft, at)
    if word in units.CURRENCY_CODES and sentence.words[at][:1].isupper():
        return _coded(sentence, draft, at)
    return False


def _signed(sentence: Sentence, draft: Draft, at: int) -> bool:
    sign = sentence.lower[at]
    joined = sentence.word(at - 1) + sign
    if joined in units.CURRENCY_SIGNS and (sentence.tight(at) or sentence.words[at - 1].isupper()):
        return _set_money(draft, units.CURRENCY_SIGNS[joined], at - 1)
    return _set_money(draft, units.CURRENCY_SIGNS[sign], at)


def _coded(sentence: Sentence, draft: Draft, at: int) -> bool:
    code = sentence.lower[at]
    dollar = f"${code}"
    if dollar in units.CURRENCY_SIGNS and sentence.word(at - 1) == "$" and sentence.tight(at):
        return _set_money(draft, units.CURRENCY_SIGNS[dollar], at - 1)
    if code in units.TIGHT_CODES and not (sentence.tight(at + 1) and _has_money_form(draft.number, code)):
        return False
    return _set_money(draft, units.CURRENCY_CODES[code], at)


def _has_money_form(number: Number, code: str) -> bool:
    return code != "ps" or not number.plain  # PS2.7m is a transcribed pound sign, PS5 a console


def _set_money(draft: Draft, unit: str, first: int) -> bool:
    draft.unit, draft.kind, draft.first = unit, FigureKind.MONEY, first
    return True


_AGE_UNITS = {
    "year": "year_old",
    "month": "month_of_age",
    "week": "week_of_age",
    "day": "day_of_age",
    "hour": "hour_of_age",
}
_AGE_SINGULAR = (
    {plural + "s": plural for plural in _AGE_UNITS} | {unit: unit for unit in _AGE_UNITS} | {"yr": "year"}
)


def _age(sentence: Sentence, draft: Draft) -> bool:
    """Read "45-year-old", "3 years of age", "aged 25", "Lopez, 34, said"."""
    at = draft.last
    while sentence.word(at) in _DASHES:
        at += 1
    unit = _AGE_SINGULAR.get(sentence.word(at))
    if unit is not None:
        end = at + 1
        while sentence.word(end) in _DASHES:
            end += 1
        if sentence.word(end) in ("old", "olds"):
            return _set_age(draft, _AGE_UNITS[unit], end + 1)
        if sentence.word(end) == "of" and sentence.word(end + 1) == "age":
            return _set_age(draft, _AGE_UNITS[unit], end + 2)
        return _is_under_age(sentence, draft) and _set_age(draft, _AGE_UNITS[unit], end)
    if sentence.word(draft.last) == "yo":
        return _set_age(draft, "year_old", draft.last + 1)
    return _is_bare_age(sentence, draft) and _set_age(draft, "year_old", draft.last)


def _set_age(draft: Draft, unit: str, last: int) -> bool:
    draft.unit, draft.kind, draft.last = unit, FigureKind.AGE, last
    return True


def _is_under_age(sentence: Sentence, draft: Draft) -> bool:
    """Is it the 5 of "under the age of 5 years"?"""
    return sentence.word(draft.first - 1) == "of" and sentence.word(draft.first - 2) == "age"


def _is_bare_age(sentence: Sentence, draft: Draft) -> bool:
    number, before, after = draft.number, sentence.word(draft.first - 1), sentence.word(draft.last)
    if (
        number.form not in (Form.DIGITS, Form.WORDS)
        or number.magnitude
        or not 0 < draft.value < 121
        or not number.plain
    ):
        return False
    if before in ("aged", "age", "ages"):
        return True
    if before == "from" and sentence.word(draft.first - 2) == "age":
        return True
    if (
        before in ("under", "over")
        and sentence.word(draft.first - 2) in _AGED
        and after in (",", ".", "", "who")
    ):
        return True
    if before in ("and", "to") and sentence.word(draft.first - 3) in ("aged", "ages"):
        return True
    if before == "of" and sentence.word(draft.first - 2) in ("age", "ages"):
        return True
    if number.form is not Form.DIGITS:
        return False
    if before == "," and after in (",", ".", "") and (sentence.raw(draft.first - 2)[:1].isupper()):
        return (
            draft.value > 3
            and not sentence.raw(draft.first - 2).isupper()
            and sentence.word(draft.first - 2) not in lexicon.MONTHS
        )
    if before == "(" and after == ")" and sentence.raw(draft.first - 2)[:1].isupper():
        return draft.value > 9
    if draft.value > 9 and after == "," and before in ("both", "now"):
        return True
    if draft.value > 3 and before == "," and after == "," and sentence.word(draft.first - 2) in _AGED_ONE:
        return True
    return _turns(sentence, draft, before, after)


_BE = frozenset("be was is turned turns turning were".split())


_AGED_ONE = frozenset(
    "man woman boy girl boyfriend girlfriend student teenager driver suspect mother father son daughter "
    "husband wife brother sister teacher officer pilot victim singer actor actress player".split()
)
_AGED = frozenset(
    "those people children anyone adults women men kids everyone half boys girls teenagers".split()
)


def _turns(sentence: Sentence, draft: Draft, before: str, after: str) -> bool:
    """Read "who was 10.", "he will be 35 by", "she turned 40 on"."""
    if before not in _BE or (after not in (".", ",", "", "when", "at", "by", "on", "and")):
        return False
    subject = sentence.word(draft.first - 2)
    if after in ("when", ",") and draft.value > 9 and sentence.raw(draft.first - 2)[:1].isupper():
        return True
    if subject in ("will", "would", "just", "has"):
        subject = sentence.word(draft.first - 3)
    return subject in ("he", "she", "who", "i")


def _unit_after(sentence: Sentence, draft: Draft) -> bool:
    at = draft.last
    hyphens = 0
    while sentence.word(at) in _DASHES and sentence.tight(at) and sentence.tight(at + 1):
        at += 1
        hyphens += 1
    at = _skip_article(sentence, draft, at)
    if draft.number.form is Form.VAGUE and sentence.word(at) == "of":
        at += 1
    match = _unit_at(sentence, at)
    if match is None:
        return False
    unit, kind, end = match
    if unit in ("lb", "lbft") and _is_pound_money(sentence, draft):
        unit, kind = "GBP", FigureKind.MONEY
    if kind is FigureKind.MEASURE and unit == "stone" and not _weighs(sentence):
        return False
    draft.unit, draft.kind, draft.last = unit, kind, end
    draft.attributive = hyphens > 0
    if kind is FigureKind.MONEY:
        _cents(sentence, draft)
    _rate(sentence, draft)
    return True


def _skip_article(sentence: Sentence, draft: Draft, at: int) -> int:
    """Step over the article of "half a percentage point" and "1/16 of a pint"."""
    if draft.number.form is not Form.FRACTION:
        return at
    start = at + (sentence.word(at) == "of")
    if sentence.word(start) not in ("a", "an", "one"):
        return at
    start += 1 + (sentence.word(start + 1) in ("us", "u.s."))
    return start if _unit_at(sentence, start) is not None else at


def _unit_at(sentence: Sentence, index: int) -> tuple[str, FigureKind, int] | None:
    """Return the unit whose words start at the token `index`, the longest, and where they end."""
    first = sentence.word(index)
    if first in units.CURRENCY_SIGNS:
        return units.CURRENCY_SIGNS[first], FigureKind.MONEY, index + 1
    if first not in units.FIRST:
        return None
    words: list[str] = []
    ends: list[int] = []
    at = index
    while len(words) < units.LONGEST and at < sentence.size:
        word = sentence.lower[at]
        if word in _DASHES and words and sentence.tight(at) and sentence.tight(at + 1):
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


def _is_unit(sentence: Sentence, index: int) -> bool:
    """Guard the short names: "5 m" is metres, "5 a side" no ampere, "5 s" no second."""
    word, raw = sentence.lower[index], sentence.words[index]
    if word in ("second", "seconds"):
        return (
            word == "seconds"
            or sentence.word(index - 1) in ("-", "one", "a", "1", "per")
            or not is_stop(sentence.word(index + 1))
        )
    if word == "a":
        return False
    if word == "won":  # currency, or the verb of "three won"
        return len(sentence.word(index - 1)) > 3 and sentence.word(index - 1) not in lexicon.SMALL
    if (
        word in ("rand", "crown", "stone", "real", "sen", "cup", "ps", "pc")
        and sentence.tight(index) is False
    ):
        return word in ("rand", "stone", "sen", "cup")
    if word in units.TIGHT_ONLY or (len(word) == 1 and word.isalpha()):
        if sentence.tight(index):
            return True
        if not sentence.word(index - 1)[:1].isdecimal() or sentence.word(index + 1) in _DASHES:
            return False
        return (
            word in ("m", "g", "c", "f", "w", "v", "l", "h", "p", "ms", "mi", "ha", "kt", "gt", "b", "hz")
            and (
                is_stop(sentence.word(index + 1))
                or raw.isupper()
                or len(raw) > 1
                or word in ("g", "l", "m", "w")
            )
            and word not in lexicon.PRONOUNS
            and not (word == "m" and sentence.word(index + 1) == "'")
        )
    return True


def _is_pound_money(sentence: Sentence, draft: Draft) -> bool:
    if draft.number.magnitude is not None and draft.number.magnitude >= 1000:
        return not any(word in _WEIGHTY for word in sentence.lower)
    return any(word in _COSTLY for word in sentence.lower) and not any(
        word in _WEIGHTY for word in sentence.lower
    )


_COSTLY = frozenset(
    "cost costs costing price prices priced pay pays paid paying spend spent spending profit profits "
    "sales revenue turnover sterling fine fined fees bill debt debts loan wage wages salary salaries "
    "budget worth earn earned compensation damages funding raised pence market".split()
)
_WEIGHTY = frozenset(
    "weigh weighs weighed weighing weight heavy lost thrust carbon explosives cocaine heroin marijuana "
    "meat fish beef food cargo payload lose gained body cannabis".split()
)


def _weighs(sentence: Sentence) -> bool:
    return any(word in _WEIGHTY for word in sentence.lower)


def _cents(sentence: Sentence, draft: Draft) -> None:
    """Read "3 dollars 50 cents" and "thirteen dollars and forty-five cents" as one amount."""
    at = draft.last + (sentence.word(draft.last) == "and")
    if at >= sentence.size or draft.unit not in ("USD", "EUR", "AUD", "CAD", "GBP") or draft.number.magnitude:
        return
    part = (
        number_at(sentence, at)
        if (sentence.lower[at] in STARTERS or sentence.lower[at][0].isdecimal())
        else None
    )
    if part is None or part.value >= 100 or sentence.word(part.last) not in ("cents", "cent", "pence", "p"):
        return
    draft.value += part.value / 100
    draft.last = part.last + 1
    draft.number.last = draft.last


_PER = frozenset(("per", "a", "an", "/", "each", "every"))


def _rate(sentence: Sentence, draft: Draft) -> None:
    """Read "per barrel", "an hour", "-a-year", "/kWh" behind a unit."""
    at = draft.last
    if draft.kind is FigureKind.MONEY and sentence.word(at) == "(":
        at = _past_brackets(sentence, at)
    hyphen = sentence.word(at) in _DASHES and sentence.tight(at) and sentence.tight(at + 1)
    if hyphen:
        at += 1
    if draft.kind is FigureKind.MEASURE and sentence.word(at) == "of":
        at = _past_stuff(sentence, at)
    word = sentence.word(at)
    if word in ("u.s.", "us") and sentence.word(at + 1) == "per":
        at, word = at + 1, "per"
    if word not in _PER or draft.unit is None:
        return
    following = at + 1 + (sentence.word(at + 1) in _DASHES)
    name = _rate_name(sentence, following, free=word in ("per", "/") and not hyphen)
    if (
        name is None
        or sentence.word(name[1]) in _LATER
        or (word in ("each", "every") and draft.kind is not FigureKind.MONEY)
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
    if free and _unit_at(sentence, index) is not None:
        unit, _, end = _unit_at(sentence, index) or ("", None, 0)
        return units.RATE_NAMES.get(word, unit), end
    if word in units.RATE_NAMES:
        return units.RATE_NAMES[word], index + 1
    if word in units.RATE_NOUNS:
        return word, index + 1
    if not free or is_stop(word) or not word[:1].isalpha():
        return None
    return word, index + 1


# Counts -----------------------------------------------------------------------------------------


def _count(sentence: Sentence, draft: Draft) -> None:
    number = draft.number
    if number.form in (Form.FRACTION, Form.SHARE):
        draft.unit, draft.kind = "fraction", FigureKind.RATIO
        return
    if _fold(sentence, draft) or _n_noun(sentence, draft) or _of_them(sentence, draft):
        return
    start = draft.last + (1 if sentence.word(draft.last) == "+" else 0)
    if sentence.word(start) == "or" and sentence.word(start + 1) in ("more", "so", "fewer", "less"):
        start += 2
    if number.form is Form.VAGUE and sentence.word(start) == "of":
        start += 1
    start = _past_measure(sentence, start)
    if _is_magnitude_of_quake(sentence, draft):
        draft.unit, draft.kind = "magnitude", FigureKind.MEASURE
        return
    found = counted_noun(sentence, start, one=draft.value == 1 and number.magnitude is None)
    if found is None:
        return
    _set_noun(sentence, draft, found)
    draft.last = found[1]
    _rate(sentence, draft)


def _is_magnitude_of_quake(sentence: Sentence, draft: Draft) -> bool:
    if not 1 < draft.value < 11:
        return False
    after, before = sentence.word(draft.last), sentence.word(draft.first - 1)
    return before == "magnitude" or (
        not draft.number.plain and after in ("quake", "earthquake", "tremor", "temblor")
    )


def _past_measure(sentence: Sentence, start: int) -> int:
    """Step over "250ml" in "eight million 250ml bottles"."""
    if sentence.word(start)[:1].isdecimal() and _unit_at(sentence, start + 1) is not None:
        return start + 2
    return start


def _set_noun(sentence: Sentence, draft: Draft, noun: tuple[int, int]) -> None:
    first, last = noun
    while first < last - 1 and sentence.words[first] in _NO_ADJECTIVES:
        first += 1
    first = max(first, last - 5)
    draft.noun, draft.kind = (first, last), FigureKind.COUNT
    text_start = sentence.starts[first]
    draft.unit = " ".join(_written(sentence, first, last)) if text_start is not None else None


def _written(sentence: Sentence, first: int, last: int) -> list[str]:
    words: list[str] = []
    for at in range(first, last):
        if words and sentence.tight(at):
            words[-1] += sentence.words[at]
        else:
            words.append(sentence.words[at])
    return words


_NO_ADJECTIVES = frozenset("more other additional further new extra such total".split())


def _fold(sentence: Sentence, draft: Draft) -> bool:
    """Read "sixfold", "10-fold", "four-time"."""
    at = draft.last
    while sentence.word(at) in _DASHES:
        at += 1
    if sentence.lower[draft.first].endswith("fold"):
        draft.unit, draft.kind = "time", FigureKind.RATIO
        return True
    if (sentence.word(at) in ("fold", "time") and at > draft.last) or sentence.word(at) == "fold":
        draft.unit, draft.kind, draft.last = "time", FigureKind.RATIO, at + 1
        return True
    return False


def _n_noun(sentence: Sentence, draft: Draft) -> bool:
    """Read the adjective "27-nation bloc", "four-cylinder engine": the unit is the noun in it."""
    at = draft.last
    if not (sentence.word(at) in _DASHES and sentence.tight(at) and sentence.tight(at + 1)):
        return False
    word = sentence.word(at + 1)
    if not word[:1].isalpha() or is_stop(word) or word in _NO_UNITS:
        draft.unit, draft.kind = None, FigureKind.OTHER
        draft.attributive = True
        return True
    draft.noun, draft.unit, draft.kind = (at + 1, at + 2), sentence.words[at + 1], FigureKind.COUNT
    draft.last, draft.attributive = at + 2, True
    return True


_NO_UNITS = frozenset(
    "way off sided fold thirds on in star speed piece tier size sized part pronged wheel ply "
    "dimensional handed legged eyed letter digit figure litre all to".split()
) - {"litre", "star", "part", "piece", "figure", "tier"}


def _of_them(sentence: Sentence, draft: Draft) -> bool:
    """Read "two of the detainees", "280 million of the 1.5 billion shekels"."""
    at = draft.last
    if sentence.word(at) != "of" or draft.number.form is Form.VAGUE:
        return False
    if sentence.word(at + 1) in ("them", "whom", "which", "us"):
        return True
    start = at + 1
    while sentence.word(start) in _OF_DETERMINERS or sentence.word(start).endswith(("'s", "s'")):
        start += 1
    if start == at + 1 and not is_plural(sentence.word(start)):
        return False
    while sentence.word(start) in ("most", "more", "best", "first", "and") or sentence.word(start).endswith(
        "est"
    ):
        start += 1
    if sentence.word(start)[:1].isdecimal() or sentence.word(start) in STARTERS:
        following = number_at(sentence, start)
        if following is None:
            return False
        match = _unit_at(sentence, following.last)
        if match is not None:
            draft.unit, draft.kind = match[0], match[1]
            return True
        start = following.last
    found = counted_noun(sentence, start, one=False)
    if found is None:
        return True
    _set_noun(sentence, draft, found)
    return True


_OF_DETERMINERS = frozenset(
    "at least more than nearly an estimated only all about some the these those his her its their our "
    "my your".split()
)


# Ranges -----------------------------------------------------------------------------------------


def _ranges(sentence: Sentence, drafts: list[Draft]) -> list[Draft]:
    merged: list[Draft] = []
    for draft in drafts:
        if (
            merged
            and merged[-1].high is None
            and draft.high is None
            and _is_range(sentence, merged[-1], draft)
        ):
            merged[-1] = _joined(merged[-1], draft)
        else:
            if merged:
                _share_unit(sentence, merged[-1], draft)
            merged.append(draft)
    return merged


def _between(sentence: Sentence, left: Draft, right: Draft) -> list[str]:
    if right.first - left.last > 4:
        return ["far"]
    return sentence.lower[left.last : right.first]


def _is_range(sentence: Sentence, left: Draft, right: Draft) -> bool:
    between = [word for word in _between(sentence, left, right) if word not in _SOFT]
    if not _can_pair(left, right):
        return False
    opener = _opener(sentence, left)
    if between == ["and"]:
        return opener == "between"
    if opener == "from" and between[-1:] == ["to"] and len(between) < 4 and left.kind is not FigureKind.COUNT:
        return "," not in between
    if between == ["-", "to"]:
        between = ["to"]
    if between in (["to"], ["up", "to"], ["-", "to"], ["to", "-"]):
        if opener in ("from", "between"):
            return True
        return between == ["to"] and _is_plain_to(sentence, left, right)
    if len(between) == 1 and between[0] in _DASHES:
        dash_tight = sentence.tight(left.last) == sentence.tight(right.first)
        return (between[0] != "—") and dash_tight and left.value < right.value * (right.number.magnitude or 1)
    return False


_SOFT = frozenset(
    ("about", "around", "roughly", "nearly", "approximately", "almost", "over", "just", "under")
)


def _can_pair(left: Draft, right: Draft) -> bool:
    if left.unit is None or left.unit == right.unit or left.kind is right.kind is FigureKind.COUNT:
        return (
            left.unit is None
            or right.unit is None
            or left.kind is not FigureKind.COUNT
            or _same_noun(left, right)
        )
    if right.unit is None or (left.unit == "m" and right.kind is FigureKind.MONEY):
        return right.number.form is Form.DIGITS or right.number.form is Form.WORDS
    return (
        (left.kind is FigureKind.MONEY and right.unit.startswith(left.unit + "/"))
        or right.unit.startswith(f"{left.unit}/")
        or (left.unit.startswith(f"{right.unit}/"))
    )


def _same_noun(left: Draft, right: Draft) -> bool:
    return left.unit == right.unit or (left.unit or "").split()[-1:] == (right.unit or "").split()[-1:]


def _opener(sentence: Sentence, left: Draft) -> str:
    at = left.first - 1
    for _ in range(3):
        word = sentence.word(at)
        if word in ("from", "between"):
            return word
        if word not in _SOFT and word not in ("a", "an", "as", "some"):
            return ""
        at -= 1
    return ""


def _is_plain_to(sentence: Sentence, left: Draft, right: Draft) -> bool:
    """Is "5 to 7 %" a range, and "rose 5 % to 7 %" none?"""
    if left.unit is None and right.unit is None and trend(sentence, left.first, left.last, amount=True):
        return False
    if left.unit is None or (left.kind is FigureKind.COUNT and left.noun is None):
        return left.value <= right.value or right.number.magnitude is not None
    if left.unit == "people" or left.kind is FigureKind.COUNT:
        return False
    return left.value < right.value and trend(sentence, left.first, left.last, amount=True) is None


def _joined(left: Draft, right: Draft) -> Draft:
    _share_magnitude(left, right)
    left.high, left.last = right.value, right.last
    if left.unit is None or (right.unit is not None and "/" in right.unit):
        left.unit, left.kind, left.noun = right.unit, right.kind, right.noun
    left.attributive = right.attributive
    left.number.last = right.number.last
    return left


def _share_magnitude(left: Draft, right: Draft) -> None:
    """Read "10 and 12 billion" as billions both, but "$500,000 to $1 million" as written."""
    factor = right.number.magnitude
    if (
        factor is not None
        and left.number.magnitude is None
        and left.value < 1000
        and right.value / factor < 10_000
    ):
        left.value *= factor


def _share_unit(sentence: Sentence, left: Draft, right: Draft) -> None:
    """Give "7" its unit in "7- or 8-inch" and "8 or $9"."""
    if left.unit is not None or right.unit is None:
        return
    between = [word for word in _between(sentence, left, right) if word not in _SOFT and word not in _DASHES]
    if between in (
        ["or"],
        ["and"],
        ["to"],
        ["out", "of", "the"],
        ["of", "the"],
        ["of"],
        ["or", "even"],
        [","],
    ):
        left.unit, left.kind = right.unit, right.kind


# Hedges and what is carried over ----------------------------------------------------------------


_PERSONS = frozenset(
    "killed arrested detained sentenced jailed convicted charged rescued evacuated hospitalised hospitalized "
    "wounded injured hurt displaced kidnapped drowned infected slain murdered executed deported".split()
)


_HURT = frozenset("killed killing kills injured injuring wounded wounding hospitalized hospitalised".split())


def _persons(sentence: Sentence, draft: Draft) -> None:
    """Read "another 2,500 killed", "three were arrested": people, if nothing else was counted before."""
    at = draft.last
    if draft.number.form is Form.VAGUE:
        if sentence.word(at) in lexicon.AUXILIARIES or sentence.word(at) in lexicon.PAST:
            draft.unit, draft.kind = "people", FigureKind.COUNT
        return
    if sentence.word(draft.hedge - 1) in _HURT and draft.value == int(draft.value):
        draft.unit, draft.kind = "people", FigureKind.COUNT
        return
    while sentence.word(at) in lexicon.AUXILIARIES or sentence.word(at) in ("who", "others", "more"):
        at += 1
    if (
        sentence.word(at) in _PERSONS
        and draft.number.form in (Form.DIGITS, Form.WORDS)
        and draft.value == int(draft.value)
    ):
        draft.unit, draft.kind = "people", FigureKind.COUNT


def _hedge(sentence: Sentence, draft: Draft) -> None:
    draft.modifier, draft.hedge = modifier_before(sentence, draft.first)
    if draft.kind is FigureKind.DURATION and _is_during(sentence, draft):
        draft.modifier = Modifier.EXACT
    if draft.modifier is Modifier.EXACT:
        draft.modifier = _after(sentence, draft)
    amount = draft.kind in _AMOUNTS
    if draft.kind is not FigureKind.AGE and draft.kind is not FigureKind.DURATION:
        draft.trend = trend(sentence, draft.hedge, draft.last, amount=amount)


def _is_during(sentence: Sentence, draft: Draft) -> bool:
    """Is "over 4 years" the time in which something went on, not more than 4 years?"""
    if sentence.word(draft.hedge) != "over" or draft.hedge + 1 != draft.first:
        return False
    return sentence.word(draft.hedge - 1) not in _LASTING


_LASTING = frozenset("for of a just well after lasted took spent with is was than in from to been by".split())


def _after(sentence: Sentence, draft: Draft) -> Modifier:
    found = modifier_after(sentence, draft.number.last)
    return modifier_after(sentence, draft.last) if found is Modifier.EXACT else found


def _carry(sentence: Sentence, previous: Draft, draft: Draft) -> None:
    """Give unit, noun or trend of an earlier figure to one that follows and lacks it."""
    between = sentence.lower[previous.last : draft.hedge]
    if draft.unit is None and _may_carry(sentence, previous, draft, between):
        draft.unit, draft.kind, draft.noun = previous.unit, previous.kind, previous.noun
        _rate(sentence, draft)
    if draft.trend is None and previous.trend is not None and between in ([",", "or"], ["or"]):
        draft.trend = previous.trend
    if draft.trend is None and previous.trend is not None and between[-1:] == ["by"]:
        draft.trend = previous.trend if draft.kind is previous.kind else None
    if between in (["("], ["/"]) and draft.modifier is Modifier.EXACT:
        draft.modifier = previous.modifier if previous.modifier is not Modifier.ABOUT else Modifier.EXACT
        draft.trend = draft.trend or previous.trend


def _may_carry(sentence: Sentence, previous: Draft, draft: Draft, between: list[str]) -> bool:
    """Carry money and points between levels, shares behind "by", counted nouns to their like."""
    if (
        draft.attributive
        or draft.number.form is Form.VAGUE
        or previous.unit is None
        or len(between) > 12
        or counted_ahead(sentence, draft.last, reach=2)
    ):
        return False
    if previous.kind is FigureKind.COUNT:
        return previous.noun is not None and _counts_the_same(sentence, previous, draft, between)
    if len(between) > 8 or "(" in between or not between:
        return False
    if between[-1] == "and" and sentence.word(draft.last) in ("for", "in", "from", "on"):
        return previous.kind in (
            FigureKind.DURATION,
            FigureKind.MEASURE,
            FigureKind.MONEY,
            FigureKind.PERCENT,
        )
    if previous.unit == "point":
        return between[-1] in ("to", "at", "from")
    if previous.unit == "%":
        return between[-1] in ("by", "from", "than") and draft.value < 100
    return (
        previous.kind is FigureKind.MONEY
        and between[-1] in ("from", "than", "is", "was", "by", "against")
        and "to" not in between[:1]
    )


_SAME_BEFORE = frozenset("including another with than while versus against or only".split())
_SAME_AFTER = frozenset(
    "more who were was have had are remain remained died whom others during in per".split()
)


def _counts_the_same(sentence: Sentence, previous: Draft, draft: Draft, between: list[str]) -> bool:
    if between == ["to"]:  # "52 votes to 41"
        return (previous.unit or "").split()[-1] in ("votes", "seats", "points")
    if draft.value != int(draft.value) or draft.number.form is Form.FRACTION:
        return False
    return (
        between[-1:] == ["with"]
        or sentence.word(draft.last) in _SAME_AFTER
        or (sentence.word(draft.last) == "of" and sentence.word(draft.last + 1) in ("which", "whom"))
        or (
            between[-1:] == ["and"]
            and len(between) < 6
            and sentence.word(draft.last) in ("for", "in", "from", "on")
        )
        or (bool(between) and between[-1] in _SAME_BEFORE and is_stop(sentence.word(draft.last)))
    )


def _is_empty(sentence: Sentence, draft: Draft) -> bool:
    """Is it a figure of nothing (a bare "one", "a half"), or a date in disguise ("four years ago")?"""
    if draft.kind is FigureKind.DURATION and sentence.word(draft.last) == "ago":
        return True
    if draft.unit is None and draft.number.form is Form.WORDS and draft.number.magnitude is None:
        return (
            draft.value < 2 or draft.attributive or sentence.word(draft.first - 1) in ("the", "these", "all")
        )
    if draft.unit is None and draft.number.form is Form.VAGUE:
        return True
    return draft.unit is None and draft.attributive
