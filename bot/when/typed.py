"""The words for days and lengths that people type become numbers, in each language that we speak.

All languages are read wherever one types, for no word of one means something else in another. Names of days
and months are those of the languages in `bot.locales`; the rest stands here.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

from babel.dates import get_day_names, get_month_names

from bot.locales import ENGLISH, LANGUAGES, ours
from digests.text import fold

GROUPS = {
    "daily": frozenset(range(7)),
    "weekdays": frozenset(range(5)),
    "weekends": frozenset((5, 6)),
}
_MEANT = {  # by what it means: what people type for it, the first of a language as we write it
    "en": {
        "daily": ("daily",),
        "weekdays": ("weekdays",),
        "weekends": ("weekends", "weekend"),
        "off": ("off", "never", "none", "no"),
        "tomorrow": ("tomorrow",),
        "one": ("a", "an", "one"),
        "hour": ("hours", "hour"),
        "day": ("days", "day"),
        "week": ("weeks", "week"),
        "month": ("months", "month"),
        "every": ("every",),
    },
    "de": {
        "daily": ("täglich", "taeglich"),
        "weekdays": ("werktags", "wochentags", "werktage", "werktagen"),
        "weekends": ("Wochenende", "Wochenenden", "wochenends"),
        "off": ("aus", "nie", "keine"),
        "tomorrow": ("morgen",),
        "one": ("ein", "eine", "einen", "einem", "einer"),
        "hour": ("Stunden", "Stunde"),
        "day": ("Tage", "Tag", "Tagen"),
        "week": ("Wochen", "Woche"),
        "month": ("Monate", "Monat", "Monaten"),
        "every": ("alle",),
    },
}
_SHORT_DAYS = {"de": ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")}  # two letters: whole words only
_OTHER_DAYS = {"sonnabend": 5}
_OTHER_MONTHS = {"maerz": 3, "sept": 9}
_FEWEST = 3  # letters of a name that is cut short

BEFORE_A_DAY = re.compile(r"(?:on|am|jeden|jede|each|every|immer)\s+(?=\D)", re.IGNORECASE)
BEFORE_AN_END = re.compile(
    r"(?:until|till|for|next|on|bis|zum|f(?:ü|ue)r|am|n(?:ä|ae)chste[nrs]?)\s+", re.IGNORECASE
)
EVERY = re.compile(r"^(?:every|alle|jeden)\s+(\d{1,3})\.?\s+(?:days?|tage?n?)\b", re.IGNORECASE)


def meaning(word: str) -> str | None:
    """Return what a word means, in English: "hour" of "Stunden"; None: nothing that we know."""
    return _meanings().get(fold(word))


def day_number(name: str) -> int | None:
    """Return the weekday that "mon", "tues", "Mi" or "donnerstags" names; "monaco" names none."""
    plain = fold(name).removesuffix(".")
    return _short_days().get(plain, _number(plain.removesuffix("s"), _days()))


def month_number(name: str) -> int | None:
    """Return the month, from 1, that "december", "Dez." or "mar" names; a name cut too short names none."""
    return _number(fold(name).removesuffix("."), _months())


def in_words(timetable: str, *, language: str) -> str:
    """Return a timetable in the words of a language, as people may type it: "werktags 07:30"."""
    if ours(language) == ENGLISH:
        return timetable
    return " ".join(_in_words(timetable, ours(language)))


def _in_words(timetable: str, language: str) -> Iterator[str]:
    for word in timetable.split():
        days = [day_number(name) for name in word.split(",")]
        if (meant := meaning(word)) is not None:
            yield _MEANT[language][meant][0]
        elif None not in days:
            yield ",".join(_SHORT_DAYS[language][day] for day in days if day is not None)
        else:
            yield word


def _number(name: str, names: Mapping[str, int]) -> int | None:
    """Return the one number that a name, or one cut short, may mean."""
    if name in names:
        return names[name]
    meant = {number for full, number in names.items() if len(name) >= _FEWEST and full.startswith(name)}
    return meant.pop() if len(meant) == 1 else None


@cache
def _meanings() -> Mapping[str, str]:
    return {
        fold(word): meant for words in _MEANT.values() for meant, typed in words.items() for word in typed
    }


@cache
def _days() -> Mapping[str, int]:
    names = {
        fold(name): number
        for code in LANGUAGES
        for number, name in get_day_names("wide", locale=code).items()
    }
    return {**names, **_OTHER_DAYS}


@cache
def _short_days() -> Mapping[str, int]:
    return {fold(name): number for names in _SHORT_DAYS.values() for number, name in enumerate(names)}


@cache
def _months() -> Mapping[str, int]:
    names = {
        fold(name): number
        for code in LANGUAGES
        for number, name in get_month_names("wide", locale=code).items()
    }
    return {**names, **_OTHER_MONTHS}
