"""Numbers that are no figures: dates, years, times, scores, names, ordinals, versions, telephone numbers."""

from decimal import Decimal

from digests.facts.figures import lexicon
from digests.facts.figures.grammar import counted_ahead, is_finite, is_plural, is_stop
from digests.facts.figures.numbers import DIGITS, FRACTION, WORDS, Number, has_currency_before
from digests.facts.figures.tokens import Sentence
from digests.facts.figures.units import CURRENCY_CODES, CURRENCY_SIGNS, FIRST

_DASHES = frozenset("-‐‑–—−")
_ORDINAL_ENDINGS = frozenset(("st", "nd", "rd", "th", "s", "'s"))
_TIME_WORDS = frozenset(
    "a.m. p.m. am pm a.m p.m o'clock gmt bst est edt pst pdt pt et cet utc hrs noon midnight".split()
)


def is_trap(sentence: Sentence, number: Number) -> bool:
    """Is this number part of a date, a time, a name, a score or an id rather than an amount?"""
    if number.form is DIGITS:
        return (
            _is_glued(sentence, number)
            or _is_ordinal(sentence, number)
            or _is_hyphened_name(sentence, number)
            or _is_address(sentence, number)
            or _is_date(sentence, number)
            or _is_time(sentence, number)
            or _is_score(sentence, number)
            or _is_id(sentence, number)
            or _is_list_mark(sentence, number)
            or _is_name(sentence, number)
        )
    if number.form is WORDS:
        return _is_hour(sentence, number) or _is_lead(sentence, number) or _is_word_trap(sentence, number)
    return number.form is FRACTION and _is_part_trap(sentence, number)


def _is_glued(sentence: Sentence, number: Number) -> bool:
    """Letters, dots or hyphens set tight make ids and names: S-300, MH370, 1.2.3, 24703L202, 4x4."""
    before = sentence.tight(number.first) and _is_glued_before(sentence, number)
    return before or (sentence.tight(number.last) and _is_glued_behind(sentence, number))


def _is_glued_before(sentence: Sentence, number: Number) -> bool:
    first = number.first
    before, second = sentence.word(first - 1), sentence.word(first - 2)
    if before[:1].isalpha():
        # PS5 is a console, PS2.7m a transcribed pound sign
        return not has_currency_before(sentence, first) or (before == "ps" and number.plain)
    tight = sentence.tight(first - 1)
    if before in _DASHES:
        if tight and second[:1].isalpha():
            return second not in _HYPHENED_HEDGES and not _is_amount_after_dash(sentence, number)
        return sentence.raw(first - 2).isupper() and len(second) > 1
    if before == "/":
        return not tight or second[:1].isdecimal() or second == "f"  # f/1.8
    if before in (".", ":"):
        return tight and (second[:1].isdecimal() or (before == "." and second[:1].isalpha()))
    return before in ("#", "@", "_", "\\", "&", "+") or (before in _PRIMES and second[:1].isdecimal())


def _is_glued_behind(sentence: Sentence, number: Number) -> bool:
    last = number.last
    after, raw = sentence.word(last), sentence.raw(last)
    digits_follow = sentence.tight(last + 1) and sentence.word(last + 1)[:1].isdecimal()
    if after in (".", *_PRIMES):
        return digits_follow
    if raw == "p" and sentence.word(last + 1) in lexicon.SCREENS:  # 1080p
        return True
    if (raw == "G" and number.value in _NETWORKS) or (
        raw == "K" and sentence.word(last + 1) in lexicon.SCREENS
    ):
        return True
    if after in ("_", "@", "\\") or raw in ("A", "D", "E"):
        return True
    if len(after) > 2 and raw.isalpha() and raw[0].isupper() and raw[1:].islower():
        return after not in FIRST  # 1Xtra, not 2.4Ghz
    if after[:1].isalpha() and len(after) < 4 and digits_follow:
        return after not in ("ft", "m", "h", "st", "lb", "p")
    return after == "/" and not sentence.word(last + 1)[:1].isalpha()


_NETWORKS = frozenset((2, 3, 4, 5, 6))  # 5G
_PRIMES = frozenset("'’′")
_HYPHENED_HEDGES = frozenset("sub mid then now early late pre post over under to about from and".split())


def _is_amount_after_dash(sentence: Sentence, number: Number) -> bool:
    return sentence.word(number.last) in ("%", "percent")


def _is_address(sentence: Sentence, number: Number) -> bool:
    """Read "205 W. Congress St.", "in the 3200 block of", "call 911"."""
    if not number.plain:
        return False
    raw, at = sentence.raw(number.last), number.last
    if raw in ("N", "S", "E", "W") and sentence.word(at + 1) == "." and sentence.raw(at + 2)[:1].isupper():
        return True
    if raw[:1].isupper() and any(sentence.raw(near) in _STREETS for near in (at + 1, at + 2)):
        return True
    if sentence.word(at) == "block" and sentence.word(at + 1) == "of":
        return True
    return sentence.word(number.first - 1) in (
        "call",
        "called",
        "calling",
        "dial",
        "dialled",
    ) and number.value in (911, 999, 112)


_STREETS = frozenset(
    "Street St Avenue Ave Road Rd Boulevard Blvd Lane Drive Highway Way Square Terrace".split()
)


_CLUBS = frozenset(("iron", "wood", "hybrid", "wedge"))  # a golfer's 3-iron


def _is_hyphened_name(sentence: Sentence, number: Number) -> bool:
    """Read "5-Hour Energy 400", "Super-G", "a six-figure salary" as no amounts."""
    at = number.last
    if (sentence.word(at + 1) in ("figure", "digit") and sentence.word(at) in _DASHES) or sentence.word(
        at
    ) in ("figure", "digit"):
        return True
    if sentence.word(at) in _DASHES and sentence.word(at + 1) in _CLUBS:
        return True
    return (
        sentence.word(at) in _DASHES
        and sentence.tight(at)
        and sentence.raw(at + 1)[:1].isupper()
        and sentence.raw(at + 1)[1:].islower()
        and (
            sentence.raw(number.first)[:1].isupper() or (number.plain and sentence.raw(at + 2)[:1].isupper())
        )
    )


def _is_ordinal(sentence: Sentence, number: Number) -> bool:
    return sentence.tight(number.last) and sentence.word(number.last) in _ORDINAL_ENDINGS | {"'", "’", "ers"}


# Dates and times --------------------------------------------------------------------------------


def _is_month(sentence: Sentence, index: int) -> bool:
    word = sentence.word(index)
    if word not in lexicon.MONTHS:
        return False
    return sentence.raw(index)[:1].isupper() or word not in (
        "may",
        "march",
        "mar",
        "sun",
        "sat",
        "sep",
        "dec",
        "jan",
    )


def _is_date(sentence: Sentence, number: Number) -> bool:
    if number.magnitude or has_currency_before(sentence, number.first):
        return False
    if number.plain and number.value <= 31 and _is_day(sentence, number):
        return True
    return number.plain and is_year(sentence, number)


def _is_day(sentence: Sentence, number: Number) -> bool:
    before = number.first - 1
    if sentence.word(before) == ".":
        before -= 1
    if sentence.word(before) == "the":
        before -= 1
    if _is_month(sentence, before):
        return not _is_may_verb(sentence, before)
    after = number.last + (sentence.word(number.last) == "of")
    if _is_month(sentence, after):
        return not (sentence.word(after) in ("may", "march") and not sentence.raw(after)[:1].isupper())
    return _is_other_end_of_days(sentence, number)


def _is_may_verb(sentence: Sentence, index: int) -> bool:
    return sentence.word(index) in ("may", "march") and not sentence.raw(index)[:1].isupper()


def _is_other_end_of_days(sentence: Sentence, number: Number) -> bool:
    """Is it the 24 of "Sept. 20-24", the 8 of "March 7 and 8", the 3 of "3 to 5 June"?"""
    before, after = number.first - 1, number.last
    joined = (*_DASHES, "and", "to", ",", "or")
    if sentence.word(before) in joined and sentence.word(before - 1).isdecimal():
        month = before - 2 - (sentence.word(before - 2) == ".")
        if _is_month(sentence, month) and (
            sentence.word(before) != "," or not counted_ahead(sentence, after)
        ):
            return sentence.word(after) not in ("%", "percent", "people")
    if sentence.word(after) in (*_DASHES, "and", "to", "or") and sentence.word(after + 1).isdecimal():
        return _is_month(sentence, after + 2)
    return False


def is_year(sentence: Sentence, number: Number) -> bool:
    """Is a bare integer a year? Between 1000 and 2100, and nothing says that it counts something."""
    value, raw = number.value, sentence.words[number.first]
    if (
        not 1000 <= value <= 2199
        or len(raw) != 4
        or (value > 2100 and sentence.word(number.first - 1) not in ("by", "in", "until"))
    ):
        return False
    after = sentence.word(number.last)
    if after in _DASHES and sentence.word(number.last + 1)[:1].isdecimal():
        return len(sentence.word(number.last + 1)) == 2 or _is_year_span(sentence, number.last + 1)
    if _is_round_pair(sentence, number):
        return False
    if value < 1700:
        return sentence.word(number.first - 1) in (
            "in",
            "since",
            "by",
            "until",
            "from",
            "circa",
            "of",
            "between",
            "and",
        ) and not (counted_ahead(sentence, number.last, reach=2) or _is_unit_after(after))
    return not (_is_unit_after(after) or _is_counted(sentence, number))


def _is_round_pair(sentence: Sentence, number: Number) -> bool:
    """Is it an end of "from 1000 to 2000 hires"?"""
    if number.value % 50:
        return False
    after, before = number.last, number.first - 1
    if sentence.word(after) == "to" and sentence.word(after + 1).isdecimal():
        return not int(sentence.word(after + 1)[:9]) % 50 and counted_ahead(sentence, after + 2, reach=1)
    if sentence.word(before) == "to" and sentence.word(before - 1).isdecimal():
        return not int(sentence.word(before - 1)[:9]) % 50 and counted_ahead(sentence, after, reach=1)
    return False


def _is_year_span(sentence: Sentence, index: int) -> bool:
    raw = sentence.raw(index)
    following = sentence.word(index + 1)
    return (
        len(raw) == 4
        and "1500" <= raw <= "2100"
        and not (_is_unit_after(following) or counted_ahead(sentence, index + 1, reach=1))
    )


_UNIT_AFTER = frozenset(
    "% percent sq square m km kg g mb gb mah rpm hp feet foot ft miles metres meters acres hectares "
    "tonnes tons pounds dollars euros yen yuan calories degrees points p cc mg ml litres gallons "
    "kilometres kilometers yards people volts watts hz mhz nm bps psi mw kw lb lbs".split()
)


def _is_unit_after(word: str) -> bool:
    return word in _UNIT_AFTER


def _is_counted(sentence: Sentence, number: Number) -> bool:
    """Do a hedge before and a plural behind, or a plural of people, show that it counts?"""
    before = sentence.word(number.first - 1)
    if not counted_ahead(sentence, number.last, reach=2):
        return False
    following = sentence.word(number.last)
    hedged = before in ("than", "some", "roughly", "approximately", "least", "nearly", "almost") or (
        before in ("about", "over", "to", "around") and number.value % 50 == 0
    )
    return (hedged and number.value != 2000) or following in _PEOPLE


_PEOPLE = frozenset(
    "troops soldiers workers employees victims residents passengers prisoners migrants refugees".split()
)


def _is_time(sentence: Sentence, number: Number) -> bool:
    after, before = sentence.word(number.last), sentence.word(number.first - 1)
    if (
        after in ("p", "a")
        and sentence.word(number.last + 1) == "."
        and sentence.word(number.last + 2) == "m"
    ):
        return True
    if after == ":" and sentence.tight(number.last) and sentence.word(number.last + 1)[:1].isdecimal():
        return True
    if before == ":" and sentence.tight(number.first) and sentence.word(number.first - 2)[:1].isdecimal():
        return True
    if after == "local" and sentence.word(number.last + 1) == "time":
        return True
    if after in _TIME_WORDS:
        return not (after == "pt" and number.value > 24) and not (after == "et" and number.value > 24)
    if after in ("h", "a", "p") and sentence.word(number.last + 1) == "." and before == "at":
        return after == "h" and number.value < 25
    if number.plain and len(sentence.words[number.first]) == 4 and after in ("gmt", "hours", "local"):
        return sentence.words[number.first].startswith("0") or after != "hours"
    if after in (*_DASHES, "to", "and", "or") and sentence.word(number.last + 1)[:1].isdecimal():
        return sentence.word(number.last + 2) in ("a.m.", "p.m.", "am", "pm")
    if _is_hour(sentence, number) or _is_minute(sentence, number) or _is_bygone(sentence, number):
        return True
    return before == "at" and number.plain and after in (".", ",", "on", "") and _names_time(sentence)


def _is_hour(sentence: Sentence, number: Number) -> bool:
    """Is it the clock time of "at eight tomorrow", "until 9 on Monday", not of "stood at 12 on Monday"?"""
    if sentence.word(number.first - 1) not in ("at", "until", "till") or not 0 < number.value <= 24:
        return False
    if not number.plain or sentence.word(number.first - 2) in _LEVEL_VERBS:
        return False
    return _is_followed_by_day(sentence, number.last)


def _is_followed_by_day(sentence: Sentence, after: int) -> bool:
    at = after
    if sentence.word(at) in ("on", "this"):
        at += 1
    elif sentence.word(at) == "in" and sentence.word(at + 1) == "the":
        return sentence.word(at + 2) in _PARTS_OF_DAY
    return sentence.word(at) in _HOUR_FOLLOWS or (at > after and sentence.word(at) in _PARTS_OF_DAY)


def _is_lead(sentence: Sentence, number: Number) -> bool:
    """Is it by how much a side leads or trails: "had been two down", "went three up"?"""
    if sentence.word(number.last) not in ("up", "down", "ahead", "behind"):
        return False
    return number.plain and sentence.word(number.first - 1) in _BEING


_BEING = frozenset("be been being was were is are went go going from".split())


def _is_minute(sentence: Sentence, number: Number) -> bool:
    """Is it the clock time of "knew at 6.14", not a price or rate of two decimals?"""
    hours, point, minutes = sentence.words[number.first].partition(".")
    if sentence.word(number.first - 1) not in ("at", "until", "till") or number.last - number.first != 1:
        return False
    if not point or len(minutes) != 2 or int(minutes) > 59 or not hours.isdecimal() or int(hours) > 24:
        return False
    after, prior = sentence.word(number.last), sentence.word(number.first - 2)
    return is_stop(after) and after not in _PRICED and prior not in _LEVEL_VERBS | _TRADED


_PRICED = frozenset("% $ £ € per a to against".split())
_TRADED = frozenset(
    "trade trades traded trading quoted priced fixed at opened ends end rate rates ratio score "
    "average".split()
)


def _is_bygone(sentence: Sentence, number: Number) -> bool:
    """Is it the year of "around 1375"?"""
    if sentence.word(number.first - 1) not in ("around", "circa") or not number.plain:
        return False
    return 1000 < number.value < 2100 and sentence.word(number.last) in ("", ".", ",", ";", ")")


_HOUR_FOLLOWS = frozenset("tomorrow tonight today sharp".split()) | frozenset(
    day for day in lexicon.WEEKDAYS if day.endswith("day")
)
_PARTS_OF_DAY = frozenset("morning evening afternoon".split())
_LEVEL_VERBS = frozenset(
    "stood stands stand standing remained remains remain remaining put puts is was are were held steady "
    "unchanged closed settled peaked ended reported estimated".split()
)


def _names_time(sentence: Sentence) -> bool:
    return any(
        word in ("clock", "morning", "evening", "afternoon", "night", "tonight") for word in sentence.lower
    )


# Scores, ids, lists -----------------------------------------------------------------------------


def _is_score(sentence: Sentence, number: Number) -> bool:
    """Is it half of "7-2", "3-1", "6-4, 6-3": two small numbers, a tight dash, no unit and no plural?"""
    if not number.plain or sentence.word(number.first - 1) in ("aged", "ages", "age"):
        return False
    if sentence.word(number.first - 1) in _DASHES and sentence.word(number.first - 3) in (
        "aged",
        "ages",
        "age",
    ):
        return False
    at = number.last
    if sentence.word(at) in _DASHES and sentence.tight(at) and sentence.tight(at + 1):
        return _pair_is_score(sentence, number.first, at + 1)
    at = number.first - 1
    if sentence.word(at) in _DASHES and sentence.tight(at) and sentence.tight(at + 1):
        return sentence.word(at - 1).isdecimal() and _pair_is_score(sentence, at - 1, number.first)
    return False


def _pair_is_score(sentence: Sentence, left: int, right: int) -> bool:
    low, high, after = sentence.word(left), sentence.word(right), sentence.word(right + 1)
    if not (low.isdecimal() and high.isdecimal() and len(low) < 4 and len(high) < 4):
        return (
            len(low) > 3 and low.isdecimal() and high.isdecimal() and not counted_ahead(sentence, right + 1)
        )
    if after in _DASHES and sentence.tight(right + 1):
        return sentence.word(right + 2)[:1].isdecimal()  # 07-12-2021, 3-2-1
    if sentence.word(left - 1) in CURRENCY_SIGNS:
        return False
    if left > 1 and sentence.raw(left - 1)[:1].isupper() and not is_stop(sentence.word(left - 1)):
        return not _is_month(sentence, left - 1)  # Boeing 737-800
    if int(low) >= int(high):
        return True
    return _names_no_range(sentence, right + 1)


def _names_no_range(sentence: Sentence, index: int) -> bool:
    word = sentence.word(index)
    if (
        word in ("%", "percent", "per", "year", "day", "pc", "million", "billion", "thousand", "point")
        or word in _UNIT_AFTER
    ):
        return False
    if word in FIRST and len(word) > 1 and word not in ("second", "point", "night", "stone", "cup"):
        return False
    if word[:1].isalpha() and sentence.tight(index):
        return False
    if word in _DASHES and sentence.tight(index):
        return False
    return not counted_ahead(sentence, index, reach=2)


def _is_id(sentence: Sentence, number: Number) -> bool:
    raw = sentence.words[number.first]
    if len(raw) > 1 and raw[0] == "0" and raw.isdecimal():
        return True
    if sentence.word(number.last) in ("bc", "bce", "ad") and sentence.raw(number.last).isupper():
        return True
    if not number.plain:
        return False
    if number.value == 911 and not counted_ahead(sentence, number.last):
        return True
    if sentence.word(number.last) == "(" and sentence.word(number.last + 1) == "k":
        return True
    if sentence.word(number.last) in ("zip", "postcode"):
        return True
    if sentence.word(number.first - 1) == "+" and len(raw) < 4:
        return True
    return _is_neighbour_of_digits(sentence, number)


def _is_neighbour_of_digits(sentence: Sentence, number: Number) -> bool:
    """A telephone or card number: groups of digits with nothing but a space or dash between."""
    raw, after, before = sentence.words[number.first], number.last, number.first - 1
    if len(raw) < 2:
        return False
    if sentence.word(after).isdecimal() and sentence.raw(after)[0] == "0":
        return True
    if sentence.word(before).isdecimal() and sentence.raw(before)[0] == "0":
        return True
    if (
        sentence.word(after) in _DASHES
        and sentence.word(after + 1).isdecimal()
        and len(sentence.word(after + 1)) == 4
    ):
        return len(raw) == 3 and not counted_ahead(sentence, after + 2)
    return (
        sentence.word(before) in _DASHES
        and sentence.word(before - 1).isdecimal()
        and len(raw) == 4
        and (len(sentence.word(before - 1)) == 3 and not counted_ahead(sentence, after))
    )


def _is_caption(sentence: Sentence, number: Number) -> bool:
    """Is it part of "1 of 3." under a row of pictures?"""
    first = number.first
    if first == 0 and sentence.word(1) == "of" and sentence.word(2).isdecimal():
        return sentence.word(3) in (".", "", ":", ")")
    return (
        first == 2
        and sentence.word(1) == "of"
        and sentence.word(0).isdecimal()
        and sentence.word(3) in (".", "", ":")
    )


def _is_list_mark(sentence: Sentence, number: Number) -> bool:
    if not number.plain or number.value > 99:
        return False
    after = sentence.word(number.last)
    if _is_caption(sentence, number):
        return True
    if after == ")" and sentence.tight(number.last):
        return _is_enumerated(sentence, number)
    return number.first == 0 and after == "." and sentence.size > number.last + 1


def _is_enumerated(sentence: Sentence, number: Number) -> bool:
    """Is it the mark of "1) help consumers" or "(2) it must", and not the 5 of "Emily (5)"?"""
    first = number.first
    if sentence.word(first - 1) == "(":
        named = sentence.raw(first - 2)[:1].isupper()
        return number.value < 10 and not named and sentence.raw(number.last + 1)[:1].isalpha()
    return "(" not in sentence.lower[max(0, first - 8) : first]


# Names ------------------------------------------------------------------------------------------

_EDITIONS = frozenset({"Max", "MAX", "Pro", "Plus", "Ultra", "Mini", "Lite"})  # of a product: "the 12 Pro"


def _is_name(sentence: Sentence, number: Number) -> bool:
    """Does a name or a word for a numbered thing stand before: iPhone 15, Boeing 737, Room 214, page 12?"""
    first = number.first
    before = sentence.word(first - 1)
    if number.plain and sentence.raw(number.last) in _EDITIONS:
        return True
    if before in lexicon.NUMBERED and number.plain:
        return _is_numbered(sentence, number, before)
    if before == "." and sentence.word(first - 2) in ("no", "nos", "art", "vol", "sec", "fig", "pp", "p"):
        return True
    if before == "#" or sentence.raw(first - 1) == "№":
        return True
    if not before[:1].isalpha() or number.magnitude is not None:
        return False
    if not number.plain:
        return _is_version(sentence, number)
    return _is_named(sentence, number, before)


def _is_numbered(sentence: Sentence, number: Number, before: str) -> bool:
    after = sentence.word(number.last)
    if not number.plain or after in ("%", "percent", "per", "pc"):
        return False
    if sentence.raw(number.first - 1)[:1].isupper():
        return True
    return not counted_ahead(sentence, number.last, reach=2)


def _is_version(sentence: Sentence, number: Number) -> bool:
    """Read "Silk Road 2.0", "Android 4.4"."""
    raw, before = sentence.words[number.first], sentence.raw(number.first - 1)
    if len(raw) > 4 or "." not in raw or number.first < 2 or number.value > 30 or number.value == 0:
        return False
    if not (before[:1].isupper() and before.isalpha()) or sentence.word(number.first - 1) in CURRENCY_CODES:
        return False
    after = sentence.word(number.last)
    return (is_stop(after) or is_finite(after)) and after not in ("%", "per", "(")


def _is_named(sentence: Sentence, number: Number, before: str) -> bool:
    raw = sentence.raw(number.first - 1)
    capital = raw[:1].isupper() or any(char.isupper() for char in raw[1:])
    if (
        not capital
        or before in CURRENCY_CODES
        or before in lexicon.WEEKDAYS
        or _is_month(sentence, number.first - 1)
    ):
        return False
    if number.first == 1 and (
        is_stop(before) or before in lexicon.PAST or is_plural(before) or before.endswith(("ly", "ing", "ed"))
    ):
        return False
    after = sentence.word(number.last)
    if (
        after in ("%", "percent", "per", "pc", "pct")
        or is_stop(before)
        or after in _COUNTED_AFTER_NAMES
        or (after in _DASHES and sentence.tight(number.last) and sentence.raw(number.last + 1).islower())
        or (sentence.tight(number.last) and after == "p")
    ):
        return False
    return not (before in lexicon.AUXILIARIES or before in lexicon.PAST or _is_unit_after(after))


# Words ------------------------------------------------------------------------------------------

_ONE_BEFORE = frozenset(
    "no any every each this that the another which some either number day every good big only first "
    "last new next previous other bad better best wrong right".split()
)
_ONE_AFTER = frozenset(
    "another who that which to for by as and or but is was are were has had can could will would 's in on at "
    "day time thing way reason another's that's more side hand point up it i we they he she you of".split()
)


_ROUGHLY = frozenset(("thing", "word"))  # "a thing or two"


def _is_word_trap(sentence: Sentence, number: Number) -> bool:
    first, last = number.first, number.last
    if _is_hyphened_name(sentence, number):
        return True
    before, after = sentence.word(first - 1), sentence.word(last)
    if before == "or" and sentence.word(first - 2) in _ROUGHLY:
        return True
    if sentence.tight(first) and (before[:1].isalnum() or before in _DASHES) and before not in ("—", "–"):
        return True
    if after in lexicon.PARTS and not after.endswith("s") and number.magnitude is None and number.value == 1:
        return True
    if number.value == 1 and number.magnitude is None:
        named = first > 0 and sentence.raw(first)[:1].isupper() and sentence.raw(first - 1)[:1].isupper()
        return named or _is_pronoun(sentence, number)
    if before in lexicon.NUMBERED and (
        sentence.raw(first - 1)[:1].isupper() or not counted_ahead(sentence, last)
    ):
        return before not in ("top", "round")
    if (
        before in ("number", "nine", "day", "week", "year", "grade", "act")
        and before != "nine"
        and not counted_ahead(sentence, last)
    ):
        return True
    return sentence.raw(first)[:1].isupper() and first > 0 and _is_in_name(sentence, number)


def _is_pronoun(sentence: Sentence, number: Number) -> bool:
    before, after = sentence.word(number.first - 1), sentence.word(number.last)
    if sentence.word(number.first) in ("a", "an"):
        return False
    if after in _DASHES and sentence.tight(number.last):
        return not _is_measured(sentence.word(number.last + 1))
    if before in _ONE_BEFORE or before in ("no", "than"):
        return not _is_measured(after)
    if after == "of" and sentence.word(number.last + 2) in ("things", "ways", "reasons"):
        return True  # a manner of speaking
    if after == "of":
        return sentence.word(number.last + 1) not in (
            "the",
            "his",
            "her",
            "their",
            "its",
            "our",
            "my",
            "these",
            "those",
        ) and not is_plural(sentence.word(number.last + 2))
    if after in ("to", "or", "and") and (
        sentence.word(number.last + 1) in lexicon.SMALL or sentence.word(number.last + 1)[:1].isdecimal()
    ):
        return False
    return after in _ONE_AFTER or is_stop(after) or after in lexicon.PAST or after in lexicon.PRESENT


_COUNTED_AFTER_NAMES = frozenset("times years months weeks days hours minutes points votes seats".split())
_MEASURED = frozenset(
    "yen euro pound krone franc rupee hour inch foot metre meter kilometre ton tonne litre million "
    "billion year month week hour minute mile percent point percentage dollar cent penny".split()
)


def _is_measured(word: str) -> bool:
    return word in _MEASURED


def _is_in_name(sentence: Sentence, number: Number) -> bool:
    """Is a capitalised number word inside a run of capitals ("Big Ten", "Formula One", "Twenty20")?"""
    before, after = sentence.raw(number.first - 1), sentence.raw(number.last)
    if after[:1].isupper() and counted_ahead(sentence, number.last):
        return before[:1].isupper()
    return before[:1].isupper() or (after[:1].isupper() and before not in ('"', "“", "'", "‘", ":", "(", ")"))


def _is_part_trap(sentence: Sentence, number: Number) -> bool:
    return number.value == Decimal(0)
